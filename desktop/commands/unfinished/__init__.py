"""Work that is left before it is finished: asked about, kept, and offered again."""
