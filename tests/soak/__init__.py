"""Soak: a bot plays for hours through all modes, and nothing may grow: `python -m tests.soak`."""
