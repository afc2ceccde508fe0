"""Tournaments: files of strategies, one a team, play the same worlds under the same budget."""
