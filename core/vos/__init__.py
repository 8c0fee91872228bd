"""The network and the algorithms: pure arrays, no files and no project."""
