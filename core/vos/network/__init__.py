"""The network, and what runs it on a CPU or a GPU."""
