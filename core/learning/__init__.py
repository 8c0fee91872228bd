"""Training of the built-in network, and export to the files that ship."""
