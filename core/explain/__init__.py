"""Looking inside: what the built-in network sees of a frame, what it remembers, and what that can be used for."""
