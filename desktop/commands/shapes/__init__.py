"""What the menu of shapes does."""
