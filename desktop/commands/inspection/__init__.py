"""What the actions do that look into pictures, masks and networks."""
