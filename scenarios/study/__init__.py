"""Studies: worlds × arms × seeds, read from ``conf/study``, played by runners, kept in a store."""
