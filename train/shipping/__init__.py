"""From a fitted model to a shipped one: steps, export, install, options."""
