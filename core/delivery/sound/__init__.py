"""A clip's sound in an export: the plan for each track, copying or encoding it, and checking the result."""
