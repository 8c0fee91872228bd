"""Mask pictures: reading them from whatever program, and writing them."""
