"""Regions of a picture: superpixels to build masks of, and selective search, which proposes whole objects."""

from core.masks.regions.proposals import MOST_PROPOSALS, Proposal, propose_objects
from core.masks.regions.superpixels import LARGEST_SIDE, METHODS, SMALLEST_SIDE, Regions, find_regions

__all__ = [
    "LARGEST_SIDE",
    "METHODS",
    "MOST_PROPOSALS",
    "SMALLEST_SIDE",
    "Proposal",
    "Regions",
    "find_regions",
    "propose_objects",
]
