"""The window. Everything that Qt is needed for; the work itself is in `core`."""
