"""The commands that train networks and show how that went."""
