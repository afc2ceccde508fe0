"""The tables a run leaves behind: names and types of their columns, declared once.

The engine fills structured arrays of these types; :mod:`sim.data.results` turns them into frames and Parquet files;
the analysis reads nothing else. Every table but ``daily`` and ``spells`` may be missing (``None``) in a run that did
not record it. Money is in CNY, days are 0-based integers, shares and scores lie in [0, 1].
"""

from __future__ import annotations

import numpy as np

from sim.model.census import Census
from sim.model.vocabulary import CHANNELS, KINDS, REASONS

__all__ = [
    "CHANNELS", "DAILY", "GROUPS", "KINDS", "LEDGER", "MESSAGES", "OTHERS", "PAIRS", "PURCHASES", "REASONS", "SPELLS",
    "STARTS",
]  # fmt: skip

# Who and where: every table begins with these (arm and world are labels added by the results).
_PLACE = [("replicate", "i4"), ("group", "i4")]

# One row per group and day while the group exists.
DAILY = np.dtype(
    [
        *_PLACE,
        ("day", "i4"),
        *[(name, "i4") for name in ("n_members", "n_visitors", "n_readers", "n_posters", "n_messages")],
        ("n_member_messages", "i4"),  # by ordinary members: no host, moderator, shill; no advert, packet, system line
        *[(name, "i4") for name in ("n_ads", "n_host_messages", "n_kol_messages", "n_on_topic")],
        *[(name, "i4") for name in ("n_veterans", "n_veteran_messages", "n_trusting", "n_strong_pairs")],
        *[(name, "i4") for name in ("n_openers", "n_answered", "n_replies", "n_replies_off_host")],
        *[(name, "i4") for name in ("n_waiting", "n_turned_away", "n_invitations")],
        *[(name, "i4") for name in ("new_joined", "new_left", "new_removed", "new_muted", "n_purchases")],
        *[(name, "f4") for name in ("revenue", "cost", "host_minutes", "mean_trust", "mean_belonging", "novelty")],
        *[(name, "f4") for name in ("packet_sent", "packet_received", "packet_returned")],
        *[(name, "i4") for name in ("new_moved_in", "new_moved_out")],  # from and to other groups of the community
        # counts that stay below the seats of a group, or what comes to one door on a day
        *[(name, "i2") for name in Census.__annotations__],
    ]
)

# One row per day and group of another owner than the operator (1: a rival, 2 + p: the promoter p); none is in daily.
_OF_OTHERS = (
    "n_members", "n_visitors", "n_posters", "n_messages", "n_member_messages", "n_ads", "n_host_messages", "new_joined",
    "new_moved_in", "new_left", "new_removed", "new_moved_out", "host_minutes", "mean_trust", "mean_belonging",
    "novelty",
)  # fmt: skip
OTHERS = np.dtype([*_PLACE, ("day", "i4"), ("owner", "i4"), *((name, DAILY[name].str) for name in _OF_OTHERS)])

# One row per membership; day_left is -1 (null in the frame) while still a member. All counts, and first days of
# anything, are since day 0.
SPELLS = np.dtype(
    [
        *_PLACE,
        ("person", "i4"),
        ("role", "i1"),  # code; the frame bears the name
        ("channel", "i1"),  # index into CHANNELS
        ("inviter", "i4"),  # person, or -1
        ("day_joined", "i4"),  # negative: so many days before day 0, in a running start
        ("day_left", "i4"),
        ("reason", "i1"),  # index into REASONS
        ("entry_paid", "f4"),
        ("n_messages", "i4"),
        ("n_purchases", "i4"),
        ("spent", "f4"),
        ("muted", "i1"),
        ("day_first_post", "i4"),  # -1 if never
        ("day_trusting", "i4"),  # first day with trust above the threshold, -1 if never
        ("n_active_days", "i4"),  # days with at least one message
        ("n_invited", "i4"),  # friends asked
        ("n_brought", "i4"),  # of whom joined
        ("day_first_invitation", "i4"),  # -1 if never
        ("trust", "f4"),  # at the end of the spell
        ("belonging", "f4"),
    ]
)

MESSAGES = np.dtype(
    [*_PLACE, ("id", "i4"), ("minute", "f8"), ("author", "i4"), ("kind", "i1"), ("reply_to", "i4"), ("on_topic", "i1")]
)
PURCHASES = np.dtype([*_PLACE, ("person", "i4"), ("day", "i4"), ("rung", "i1"), ("price", "f4"), ("refunded", "i1")])
LEDGER = np.dtype([*_PLACE, ("day", "i4"), ("strategy", "i2"), ("CNY", "f4"), ("host_minutes", "f4")])
PAIRS = np.dtype([*_PLACE, ("person", "i4"), ("other", "i4"), ("strength", "f4")])
GROUPS = np.dtype(
    [*_PLACE, ("day_born", "i4"), ("day_first_silent", "i4"), ("day_died", "i4"), ("n_peak", "i4"), ("lifetime", "i4")]
)
# Groups of a running start on the eve of day 0: members, and messages a day in the week before; up to how many members
# were brought in before they were let go, and the factor of everybody's readiness to answer.
STARTS = np.dtype(
    [*_PLACE, ("age", "i4"), ("n_members", "i4"), ("n_messages", "f4"), ("n_brought_to", "i4"), ("reply", "f8")]
)
