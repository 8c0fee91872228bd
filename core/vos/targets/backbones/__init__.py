"""Backbones of target networks: a picture to features at strides 2, 4, 8 and 16."""
