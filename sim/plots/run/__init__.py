"""Pictures of a run, one picture a file."""
