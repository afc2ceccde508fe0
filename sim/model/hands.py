"""Whose hands a group is in: its owner; and hidden accounts, an invited guest, hired moderators while it lives.

Mechanisms say in the morning how many are wanted (hooks ``at_plan``); before the doors open they take seats, like
anybody, as far as there is room. They stay until the group ends, whether or not they have anything to do. Their numbers
lie behind those of host, experts and moderators of the founding, so nobody is renumbered.

A group may be somebody else's than the operator's (``owner``). It is played by the same rules, with people of the same
market; but the operator deals it no hours and no money, its strategies turn no lever there, and its days stand in a
table of their own (:mod:`sim.data.owners`).
"""

from __future__ import annotations

from typing import Annotated

from sim.engine.rows import Small

__all__ = [
    "GUEST", "HIDDEN", "HIRED", "MOST_HIRED", "MOST_SHILLS", "OPERATORS", "PROMOTERS", "RIVALS", "SHILL",
    "Hands",
]  # fmt: skip

SHILL, GUEST, HIRED = 21, 25, 26
"""The first numbers of each among a group's appointed persons; there are ``entities.APPOINTED``."""
MOST_SHILLS, MOST_HIRED = GUEST - SHILL, 6
HIDDEN = 2
"""``is_staff`` of an account of the host's that nobody takes for theirs; 1 are those who speak for the host openly."""


OPERATORS, RIVALS, PROMOTERS = range(3)
"""Owners of a group: the operator of the community, a rival; a promoter, by ``PROMOTERS`` + their number."""


class Hands:
    """Columns of a group."""

    owner: int  # who takes what it earns and gives it their minutes; set before it is opened, for good
    owner_brings: Small  # friends whom a promoter takes into a group of their own when it is opened
    owner_minutes: float  # what another owner than the operator gives it tomorrow; set each evening
    shills_wanted: Small  # of mechanisms, felt: how many hidden accounts of the host there are to be …
    n_shills: Small  # … how many have a seat …
    shill_slots: Annotated[list[Small], MOST_SHILLS]  # … and which
    is_guest_wanted: Small  # of mechanisms, felt: an expert is to be invited
    guest_seat: Small  # their seat, plus one; 0: nobody
    hired_wanted: Small  # of mechanisms, felt: how many moderators are to be hired
    n_hired: Small
    n_fakes: int  # of mechanisms, felt: members shown who are nobody; they take seats, and make others strangers
