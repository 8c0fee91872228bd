"""Segmentation networks that are trained for the objects of one clip, each in a file of its own; see `network`."""
