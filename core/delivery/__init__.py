"""Exports of results in the formats of other programs."""
