"""The export dialog's parts: one small widget for each thing that is chosen."""
