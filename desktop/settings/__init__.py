"""What is remembered between runs: preferences, languages, the settings file."""
