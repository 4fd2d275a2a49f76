"""What models learn from: drawn, varied and composed ink."""
