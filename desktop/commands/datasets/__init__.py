"""Commands around datasets."""
