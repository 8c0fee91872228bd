"""Lists to choose from, and how their rows are drawn."""
