"""Optical flow between frames, masks carried along it, and what moves with an object."""
