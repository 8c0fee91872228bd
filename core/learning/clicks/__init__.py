"""Training of the click decoder."""
