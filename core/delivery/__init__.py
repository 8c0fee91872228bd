"""Taking results away in the formats of other programs."""
