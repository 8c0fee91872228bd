"""Annotated datasets on disk: readers and writers of their folder layouts."""
