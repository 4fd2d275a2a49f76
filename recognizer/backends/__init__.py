"""The backends: one file for each kind of model."""
