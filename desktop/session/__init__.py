"""The open project as the widgets see it."""
