"""Digit Dash, the game: a window, a pen, sixty seconds, and a recognizer that reads along."""
