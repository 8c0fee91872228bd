"""Writing rendered frames to files: video encoders, pictures, OpenEXR, sound."""
