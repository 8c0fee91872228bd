"""Batches: many clips segmented and exported without a person next to them."""
