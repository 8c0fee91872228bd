"""Two results of a frame side by side on the canvas."""
