"""What the shipped models are measured by."""
