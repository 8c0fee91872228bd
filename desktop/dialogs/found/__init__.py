"""Finding objects by a detector or a text: what to look for, and accepting what was found."""
