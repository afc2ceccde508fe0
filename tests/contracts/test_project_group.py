"""Project groups: each round lasts its days, ends, and makes room for the next; a seat costs its price."""

from __future__ import annotations

import numpy as np

from sim.model.vocabulary import CHANNELS, REASONS
from tests.plays import differing, lively, play, strategy

DOSES = {"price": 5.0, "seats": 20, "days": 6, "promise": 500.0, "further": 5}
FOUNDER, DISSOLVED = CHANNELS.index("founder"), REASONS.index("dissolved")
RICH = {"replicates": 4, "days": 24, "purpose": {"search_rate": 4.0}, "operator": {"hours": 30.0},
        "cast": {"connectors": 0.0}, "market": {"carry_rate": 0.0}}  # fmt: skip


def test_rounds_follow_each_other_and_end() -> None:
    tables = play(lively([strategy("project_group", **DOSES)], **RICH))
    daily, spells = tables["daily"], tables["spells"]
    for key in {(int(one["replicate"]), int(one["group"])) for one in daily}:
        days = daily["day"][(daily["replicate"] == key[0]) & (daily["group"] == key[1])]
        assert (days.min() % 6, days.size) == (0, 6)
    begun = np.bincount(daily["day"][daily["day"] % 6 == 0] // 6)
    assert list(begun) == [12, 12, 12, 12]  # three families in each of four communities
    paid = spells["channel"] != FOUNDER
    assert (spells["entry_paid"][paid] == 5.0).all()
    assert (spells["reason"][paid] == DISSOLVED).sum() > 50
    assert tables["daily"]["n_members"].max() <= 20


def test_lanes_agree() -> None:
    scenario = lively([strategy("project_group", **DOSES)], days=14)
    assert differing(play(scenario, "mesa"), play(scenario)) == []
