"""Batches: many clips segmented and exported without a person beside them."""
