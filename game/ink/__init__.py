"""The ink: pointers in, strokes on the canvas, and how a line is drawn."""
