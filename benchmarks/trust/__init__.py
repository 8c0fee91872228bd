"""What `benchmarks.reliability` tries: kills, damage and hostile input, a hand at random, the same work again."""
