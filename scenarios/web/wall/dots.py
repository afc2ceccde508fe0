"""What the wall and the phones are told while a class plays. Until the bell has rung no dot has a name."""

from __future__ import annotations

import math
from collections import Counter
from typing import Any

from scenarios.web.advice.case import left_of
from scenarios.web.wall.classroom import Student
from scenarios.web.wall.desk import Desk
from sim.locale.messages import message
from sim.locale.speaking import speaking
from sim.locale.words import say

__all__ = ["AXES", "dots", "standing"]

AXES = ("members_end", "belonging_of_all")
"""Across and up; of one group each."""


def dots(desk: Desk, lang: str) -> dict[str, Any]:
    """Who is there, a dot for each group that was played, and after the bell what became of every plan.

    A dot is a place and how many groups came to it. They come in the order of their places, not of those who joined:
    nobody can be told by when a dot appears.
    """
    room = desk.room
    found = Counter(tuple(one.found["numbers"][axis] or 0.0 for axis in AXES) for one in room.playing())
    places = [[*place, n] for place, n in sorted(found.items())]
    told = {
        "joined": len(room.students), "played": found.total(), "waiting": sum(one.is_waiting for one in room.students),
        "names": [one.name for one in room.students], "round": room.round, "rung": room.is_rung,
        "done": room.is_rung and bool(desk.bell.found), "ready": _ready(desk, lang),
    }  # fmt: skip
    with speaking(lang):
        return {**told, "dots": places, **(_after(desk, lang) if room.is_rung else {})}


def standing(desk: Desk, student: Student) -> dict[str, Any]:
    """What a phone has to know to show its page anew."""
    return {"waiting": student.is_waiting, "rung": desk.room.is_rung, "round": desk.room.round,
            "done": bool(desk.bell.found)}  # fmt: skip


def _ready(desk: Desk, lang: str) -> str:
    """How many strategies are compiled, while not all are."""
    if desk.n_ready >= desk.n_rehearsed:
        return ""
    return say("wall_ready", lang, n=desk.n_ready, of=desk.n_rehearsed)


def _after(desk: Desk, lang: str) -> dict[str, Any]:
    found = desk.bell.found
    if not found:
        told = desk.bell.progress
        text = say("app_advice_far", lang, done=f"{told['done']:,}", of=f"{told['of']:,}") if told else ""
        left = left_of(told)
        more = say("app_advice_left", lang, n=math.ceil(left / 60.0)) if left is not None and left > 60.0 else ""
        return {"far": {"text": text, "left": more, "done": told.get("done", 0), "of": told.get("of", 0)},
                "is_lost": not desk.bell.is_going}  # fmt: skip
    return {"mistake": message(found.get("mistake", ""))}
