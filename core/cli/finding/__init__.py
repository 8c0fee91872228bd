"""What `detect` and `find` share."""
