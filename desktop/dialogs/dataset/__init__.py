"""What the dataset dialog is made of."""
