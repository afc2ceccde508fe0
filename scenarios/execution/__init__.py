"""Who plays what: jobs, chunks, workers, runners."""
