"""The kitchen of Digit Dash: data, augmentation and the scripts that produce the shipped models."""
