"""Models of how the objects look: the network's with its memory, and the classical one."""
