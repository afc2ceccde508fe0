"""Hand-made logs for the tests of facts: a few messages whose answer is known without the code."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pandas as pd

from sim.analysis.facts.published import Measures
from sim.analysis.logs.talk import DAY, Talk, talk_of
from sim.analysis.statistics.bootstrap import Boot

START = pd.Timestamp("2024-01-01", tz="UTC")  # a Monday
WEEK = 7 * DAY

Message = tuple[int, float, int] | tuple[int, float, int, int] | tuple[int, float, int, int | None, str]


def log(messages: Sequence[Message]) -> pd.DataFrame:
    """Messages as (room, seconds since START, author, message of the room answered, kind)."""
    rows, ids = [], dict.fromkeys((m[0] for m in messages), 0)
    for message in messages:
        room, seconds, author, reply, kind = (*message, None, "text")[:5] if len(message) < 5 else message
        if len(message) == 4:
            reply, kind = message[3], "text"
        rows.append((room, ids[room], START + pd.to_timedelta(seconds, unit="s"), author, kind, reply))
        ids[room] += 1
    frame = pd.DataFrame(rows, columns=["group", "id", "t", "author", "kind", "reply_to"])
    return frame.astype({"reply_to": "Int32"})


def rooms(born: dict[int, float], end: float) -> pd.DataFrame:
    """Rooms created ``born`` seconds after START and watched until ``end``."""
    created = [START + pd.to_timedelta(seconds, unit="s") for seconds in born.values()]
    return pd.DataFrame(
        {"group": list(born), "created": created, "observed_until": START + pd.to_timedelta(end, unit="s")}
    )


def talk(messages: Sequence[Message], end: float = 300 * DAY, born: dict[int, float] | None = None) -> Talk:
    known = born if born is not None else {message[0]: 0.0 for message in messages}
    return talk_of(log(messages), rooms(known, end))


def boot(one: Talk) -> Boot:
    return Boot(one.n_units, 50)


def value(fact: Callable[[Talk, Boot], Measures], one: Talk, name: str) -> float:
    return fact(one, boot(one))[name].value
