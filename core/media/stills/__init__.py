"""Pictures as clips: which files belong together, and what each of them holds."""
