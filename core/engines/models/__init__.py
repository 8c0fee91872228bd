"""Models that do not ship with the program: what there is (`catalogue`), what is here (`store`), and fetching it."""
