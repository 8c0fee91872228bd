"""What the mouse does on the canvas; every tool has the same five methods."""
