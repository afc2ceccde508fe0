"""Which replies people mark: of simulated talk every answer is known, of real talk only what its writer marked.

People leave an answer to the line just above unmarked, since nobody needs to be told. Simulated logs, where each answer
bears its ``reply_to``, are read by this one rule before anything is measured of them; real logs stay as they are.
"""

from __future__ import annotations

import pandas as pd

__all__ = ["as_people_mark", "room_keys"]


def room_keys(frame: pd.DataFrame) -> list[str]:
    """The columns that together name a room: group, and arm, world, replicate where there are any."""
    return [name for name in ("arm", "world", "replicate", "group") if name in frame.columns]


def as_people_mark(messages: pd.DataFrame) -> pd.DataFrame:
    """The same messages; ``reply_to`` is null where the message answered is the line just above in its room.

    The line above is the one with the next smaller ``id`` of the room, of whatever kind and by whomever: an advert
    between question and answer makes people point. Done twice it changes nothing more.
    """
    if messages["reply_to"].isna().all():
        return messages
    keys = room_keys(messages)
    placed = messages[[*keys, "id"]].sort_values([*keys, "id"], kind="stable")
    above = placed.groupby(keys, observed=True, sort=False)["id"].shift(1).reindex(messages.index)
    plain = (messages["reply_to"].astype("Float64") == above).fillna(False)
    return messages.assign(reply_to=messages["reply_to"].mask(plain.astype(bool)))
