"""Splines for other programs: one module writes one format, as text, from the same scene."""
