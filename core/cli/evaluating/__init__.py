"""Engines held against annotated datasets."""
