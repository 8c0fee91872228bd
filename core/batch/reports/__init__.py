"""The report of a batch: pages and plots."""
