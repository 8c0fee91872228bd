"""What `benchmarks.reliability` tries: kills, damaged and hostile input, random use of the window, repeated work."""
