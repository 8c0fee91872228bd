"""Regions of pictures."""
