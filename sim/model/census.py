"""Counts of a group that measures need and no rule reads; they cost a visitor's night a few comparisons."""

from __future__ import annotations

__all__ = ["Census"]


class Census:
    """Columns of a group's row. All begin at zero each morning but ``n_customers``, which goes up and down."""

    n_knocks: int  # people who came to the door
    n_week_posters: int  # ordinary members who write, for the first time this week
    n_noticed: int  # … of whom a line of this week is answered, for the first time this week
    n_customers: int  # members who have ever bought
    n_customers_seen: int  # who look in for the first time this week, and had bought before
    n_comers: int  # ordinary members who look in
    n_counted_posts: int  # what they wrote, as far as it counts for closeness
