"""Ruler, playhead and one lane per object."""
