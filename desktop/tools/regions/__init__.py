"""Masks built of superpixels: the tool and what can be set for it."""
