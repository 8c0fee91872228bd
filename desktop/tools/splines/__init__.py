"""The spline tool and what it takes hold of."""
