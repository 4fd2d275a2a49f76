"""From the ink of a whole number to its digits."""
