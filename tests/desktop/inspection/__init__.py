"""The tool and the panels that look into pictures, masks and networks."""
