"""What was tried on the way to the recipes."""
