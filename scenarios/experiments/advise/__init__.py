"""Advice: from what an operator knows of their groups to at most three plans, by halving under common luck."""
