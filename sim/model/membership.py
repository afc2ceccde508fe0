"""The engine's half of a member: a Mesa agent. What it feels and does is said in ``agents``.

In the Mesa lane an agent holds its state itself, as any object does; in the compiled lane it looks through to its row.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, ClassVar

import mesa
import numpy as np

from sim.engine.rows import Long, Small
from sim.model.submodels.ties import MAX_TIES

__all__ = ["ACTS", "MAX_TIES", "Resident", "seat_for"]

if TYPE_CHECKING:

    class _Agent:
        """Mesa comes without types: with these mypy knows which attributes an agent has, and which it has not."""

        model: mesa.Model
        unique_id: int

        def __init__(self, model: mesa.Model) -> None: ...
        def remove(self) -> None: ...

else:
    _Agent = mesa.Agent

ACTS = (
    "appears", "enters", "visit", "rest", "opens", "answers", "worth", "feel", "bond", "buy", "invite",
    "leave",
)  # fmt: skip
"""The methods of a role that the day calls: each is one rule for one person."""


class Resident(_Agent):
    """A seat taken by a person. Annotations declare the columns of the row; those in ``hot`` come first."""

    hot: ClassVar[tuple[str, ...]] = ()

    person: int  # identity in the community; -1 on a free seat
    role: Small  # code of the role, the index of its class in the world's roles
    slot: Small  # seat number in the group, stable while the person is in
    n_looks: Small  # looks at the group planned for today (0: no visit)
    is_staff: Small  # 1: speaks for the host: welcomes, answers and polices from the host's minutes; 2: hidden account
    is_expert: Small
    n_friends: Small  # friends inside when they came to the door
    is_welcomed: Small
    is_gone: Small  # removed today: reads and writes no more
    reason: Small  # why they leave today (index into sim.data.tables.REASONS), 0 while they stay
    day_joined: int  # in this group, or in the one they were moved from: tenure counts from here
    day_seated: int  # on which this membership began
    moving: int  # row of the seat they were moved from, plus 1; −1 − group to which they are moving; 0 neither
    day_first_post: int
    day_last_post: int
    day_trusting: int
    day_first_invitation: int
    channel: Small
    inviter: int
    n_messages: int
    n_active_days: Small
    n_purchases: Small
    n_invited: Small
    n_brought: Small
    n_ties: Small
    n_strong: Small
    n_ties_lost: Small
    day_faded: int  # day on which the ties were last looked after
    day_rested: int  # last day that is accounted for, by a look or by rest
    day_looked: int  # day of the last look at the group, -1: none yet
    day_noticed: int  # day on which a line of theirs was first answered in the week in which they wrote it, -1: never
    is_muted: Small
    weeks_away: Small  # weeks in a row without a look; −1 while they take a seat in another group
    entry_paid: float
    spent: float
    read_upto: Long  # number of the group's messages already seen
    # today, reset in the morning
    n_posts: Small
    n_ads_posted: Small
    n_invitations: Small
    is_buying: Small
    n_read: Small
    n_ads_read: Small
    n_unread: Small
    n_ignored: Small
    n_host_read: Small
    news: Small  # something to tell from another group
    has_news: Small  # something worth telling elsewhere
    n_homes: Small  # groups of the community the person is in
    elsewhere: Long  # row of another membership of the same person (a ring; this row if there is none)
    cursor: int
    read_quality: float
    warmth: float  # replies received today, weighted by ties
    attention_left: float
    # ties: person, their seat, strength
    tie_person: Annotated[list[int], MAX_TIES]
    tie_slot: Annotated[list[Small], MAX_TIES]
    tie_strength: Annotated[list[float], MAX_TIES]

    def __init__(self, model: mesa.Model, row: np.void | dict[str, object]) -> None:
        """``row`` is a row of the table, to be looked through to, or the columns themselves, to be one's own."""
        super().__init__(model)
        if isinstance(row, np.void):
            self._row = row
        else:
            self.__dict__.update(row)

    if not TYPE_CHECKING:  # what has a name at all is declared above

        def __getattr__(self, name: str) -> object:
            """Only asked for what the agent does not hold itself: in the compiled lane, a column of the row."""
            row = vars(self).get("_row")
            if row is None or name not in row.dtype.names:
                raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
            value = row[name]
            return value if value.ndim else value.item()

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.person}>"


def seat_for(model: mesa.Model | None) -> Callable[[dict[str, object]], Resident]:
    """What makes the object of a seat, from its columns, while no agent of the model sits there."""

    def seat(values: dict[str, object]) -> Resident:
        made = Resident.__new__(Resident)
        made.__dict__.update(values, model=model, unique_id=-1, pos=None)
        return made

    return seat
