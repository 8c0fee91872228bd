"""A clip's sound in an export: what becomes of each track, carrying it along, and looking at it again."""
