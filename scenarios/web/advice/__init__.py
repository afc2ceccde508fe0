"""The page for one's own groups: a log is read, a world fitted to it, and advice given, in processes of their own."""
