"""Objects by clicks: what the click decoder is given, and the selector that runs it."""
