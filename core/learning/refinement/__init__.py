"""Training of the small network that corrects contours."""
