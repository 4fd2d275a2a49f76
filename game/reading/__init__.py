"""Reading beside the frame: threads that turn strokes into readings."""
