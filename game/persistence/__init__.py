"""What is kept in the player's data folder: settings, rounds, the hand."""
