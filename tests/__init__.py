"""The tests, and the pictures of all screens: `python -m tests.screenshots DIR`."""
