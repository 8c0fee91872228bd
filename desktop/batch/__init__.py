"""The batch window: what to do, and the state of every clip."""
