"""What the readers of all layouts have in common: notes on what is left out, names kept inside, clips out of shapes."""
