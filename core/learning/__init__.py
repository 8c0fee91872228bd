"""What trains the built-in network and turns it into the files the engine ships with."""
