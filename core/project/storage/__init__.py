"""The tables of a project file and what is stored in each."""
