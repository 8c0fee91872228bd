"""The program around its window: start and end, log, diagnostics, scheduling."""
