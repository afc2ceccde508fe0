"""The facts that the model is checked against, and how each is computed from a log."""
