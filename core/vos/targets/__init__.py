"""Target models: the network with its memory, and the classical one."""
