"""Video files: the packet index, decoding, and any frame by its index."""
