"""Panels that look into pictures and networks: proposals of objects, and what a network sees."""
