"""Batches: many clips segmented and exported unattended."""
