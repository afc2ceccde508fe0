"""Pages: what was found, in plain words, pictures and tables."""
