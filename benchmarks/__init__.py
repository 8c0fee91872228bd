"""Measurements: each module prints one table and writes one JSON file below `benchmarks/results`."""
