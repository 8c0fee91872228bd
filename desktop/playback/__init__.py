"""Decoded frames on their way to the screen: playing, showing, thumbnails."""
