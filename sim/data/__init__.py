"""What a run leaves behind: tables, results, digest, and the store of finished runs."""
