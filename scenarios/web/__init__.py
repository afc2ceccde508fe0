"""The page: a run is played whole on the server, sent once, and played day by day in the browser."""
