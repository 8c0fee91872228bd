"""Training of target networks on the masked frames of one clip."""
