"""The tour: three bubbles that show where the main job is done."""
