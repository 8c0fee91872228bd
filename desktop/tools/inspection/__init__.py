"""Tools that ask about a pixel and change nothing."""
