"""Who is removed is silent from that moment on, and goes once."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pytest

from agents import ROLES, Advertiser
from sim.data.tables import REASONS
from sim.mechanisms.advert_ban import AdvertBan, police
from tests.plays import lively, per_day, play, started, strategy

REMOVED = REASONS.index("removed")


def test_a_removed_member_says_nothing_more_that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Seen at the moment of removal, in the Mesa lane: posts then are posts at midnight."""
    posts: dict[int, int] = {}
    def watching(me: Any, mine: Any, group: Any, ours: Any, today: Any, knobs: Any, world: Any, look: Any) -> None:
        police(me, mine, group, ours, today, knobs, world, look)
        members = look.members
        for row in range(group.first, group.first + group.n_slots):
            if members[row].person >= 0 and members[row].is_gone > 0:
                posts.setdefault(row, members[row].n_posts)

    def zealous(self: Any, today: Any, group: Any, world: Any) -> None:
        self.n_looks = 12

    (hook,) = AdvertBan.hooks
    monkeypatch.setattr(AdvertBan, "hooks", [dataclasses.replace(hook, rule=watching)])
    monkeypatch.setattr(Advertiser, "visit", zealous)
    removed = 0
    cast = {"advertisers": 0.6, "moderators": 2.0}
    engine = started(lively([strategy("advert_ban")], cast=cast, purpose={"search_rate": 20.0}), "mesa")
    for _ in range(15):
        posts.clear()
        engine.step()
        removed += len(posts)
        assert all(engine.state.members["n_posts"][row] == n for row, n in posts.items())
    assert removed > 5


def test_who_leaves_anyway_and_is_removed_on_the_same_day_goes_once() -> None:
    """Reasons of life are met in the morning, removal during the talk: one seat is given up, and counted once."""
    scenario = lively(
        [strategy("advert_ban")], days=40, replicates=40, record="spells",
        population={"seats": 40, "founders": 30}, purpose={"search_rate": 6.0, "talk": 10.0},
        mind={"leave_shock": 0.2, "leave": 0.0, "imitation": 5.0, "deterrence": 1.0},
        cast={"moderators": 1.0, "advertisers": 0.4}, operator={"hours": 1.0},
    )  # fmt: skip
    tables = play(scenario)
    spells, daily = tables["spells"], tables["daily"]
    gone, removed = spells["day_left"] >= 0, spells["reason"] == REMOVED
    others = spells["role"] != ROLES.index(Advertiser)  # advertisers do not leave for reasons of life
    assert (removed & others).sum() > 50
    for mine, theirs in ((removed, "new_removed"), (gone & ~removed, "new_left")):
        counted = per_day(daily, scenario, "day", daily[theirs])
        assert np.array_equal(per_day(spells[mine], scenario, "day_left"), counted), theirs
