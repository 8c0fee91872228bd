"""Readers and writers of the layouts, a module or two each."""
