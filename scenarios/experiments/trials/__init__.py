"""``shequn effects``: every strategy at three doses against what it is expected to do."""
