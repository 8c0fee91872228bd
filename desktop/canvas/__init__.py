"""The picture with its masks: zoom, pan, paint."""
