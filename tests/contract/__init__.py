"""What every engine must do, whichever it is."""
