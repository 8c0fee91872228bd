"""Commands that look into masks and networks."""
