"""Public layouts whose JSON says which object is the same on all frames: BURST, VISOR, SA-V, panoptic videos."""
