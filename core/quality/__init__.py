"""Quality control of masks: what stands out in a clip, and how far masks are from true ones."""
