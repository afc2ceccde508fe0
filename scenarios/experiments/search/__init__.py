"""Searches: which doses serve several ends at once? Optuna proposes points, the store keeps what was played."""
