"""Reading in the light of one person's own digits."""
