"""Every day of a membership passes once: at rest, or with a look, whenever rest is settled."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from agents import ROLES, Advertiser, Member
from tests.plays import lively, started

DAYS = 60


def test_a_day_is_spent_at_rest_or_with_a_look(monkeypatch: pytest.MonkeyPatch) -> None:
    """Days rested + days with a look (after the first) + days not yet settled = days since joining."""
    passed: Counter[tuple[int, int, int]] = Counter()
    kinds: Counter[str] = Counter()
    rest, feel = Member.rest, Member.feel

    def resting(self: Any, days: int, group: Any, world: Any) -> None:
        passed[group.first, self.person, self.day_joined] += days
        kinds["rest"] += days
        rest(self, days, group, world)

    def feeling(self: Any, today: Any, group: Any, world: Any) -> None:
        passed[group.first, self.person, self.day_joined] += 1 if world.day > self.day_joined else 0
        kinds["look"] += 1
        feel(self, today, group, world)

    monkeypatch.setattr(Member, "rest", resting)
    monkeypatch.setattr(Member, "feel", feeling)
    engine = started(lively(days=DAYS, mind={"leave": 0.005}, cast={"moderators": 0.0}), "mesa")
    for _ in range(DAYS):
        engine.step()
    rows, size = engine.recorder.seated(), int(engine.state.groups["seats"][0]) + 1
    today, n = DAYS - 1, 0
    for row in rows:
        me = engine.state.members[row]
        if me["is_staff"] or ROLES[me["role"]] is Advertiser:
            continue  # days mean nothing to them
        n += 1
        spent = passed[row // size * size, int(me["person"]), int(me["day_joined"])]
        assert spent + today - me["day_rested"] == today - me["day_joined"], me["person"]
    assert n > 60
    assert min(kinds["rest"], kinds["look"]) > 5 * n
