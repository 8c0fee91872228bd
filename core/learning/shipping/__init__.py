"""What makes shipped files of trained weights: export, 8-bit graphs, growing a wider network."""
