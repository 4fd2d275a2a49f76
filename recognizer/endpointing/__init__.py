"""Is the ink complete? When an answer may be judged."""
