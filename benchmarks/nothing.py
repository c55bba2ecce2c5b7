"""Does nothing: what starting Python alone costs."""
