"""Engines evaluated on annotated datasets."""
