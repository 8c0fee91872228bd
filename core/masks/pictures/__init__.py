"""Mask pictures: reading those of any program, and writing them."""
