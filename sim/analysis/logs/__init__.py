"""Real logs: reading, checking, and the same tables as a run."""
