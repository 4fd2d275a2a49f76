"""How the game looks: theme, layout, text, shapes, motion and the few widgets."""
