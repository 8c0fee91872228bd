"""The window of a batch: what to do, and how every clip is."""
