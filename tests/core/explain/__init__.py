"""Looking inside the built-in network."""
