"""Training samples: from sequences, composites and pictures, with photometry, and packs of their data."""
