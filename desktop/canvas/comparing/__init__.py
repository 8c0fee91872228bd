"""Two results of a frame beside each other on the canvas."""
