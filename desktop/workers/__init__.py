"""Long work off the UI thread: one generic worker, and the generators it runs."""
