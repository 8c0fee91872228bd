"""Training of the decoder that answers clicks."""
