"""What the program costs: made-up years of any size, each stage beside its baselines; nothing here is a test."""
