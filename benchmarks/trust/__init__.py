"""What `benchmarks.reliability` tries: kills, damage and hostile input, random use of the window, the same work again.
"""
