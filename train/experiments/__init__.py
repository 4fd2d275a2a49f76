"""What was tried on the way to the recipes; README.md beside this file is the log of it."""
