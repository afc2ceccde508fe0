"""Same bytes however many threads share the work: communities between them, or the groups of one community."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.model.vocabulary import CHANNELS
from sim.simulation import Engine
from tests.plays import differing, lively, play, strategy

FOUR = ("group_cap", "red_packet", "fixed_time", "advert_ban")


class Spy:
    """Notes in what portions the engine hands out work."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.portions: set[int] = set()
        original = Engine._spread

        def spread(engine: Engine, n: int, task: Any, least: int) -> list[Any]:
            outs = original(engine, n, task, least)
            self.portions.add(len(outs))
            return outs

        patch.setattr(Engine, "_spread", spread)


def test_threads_do_not_change_a_byte(monkeypatch: pytest.MonkeyPatch) -> None:
    scenario = lively([strategy(name) for name in FOUR], replicates=40, days=12)
    spy = Spy(monkeypatch)
    one = play(scenario)
    assert spy.portions == {1}
    for threads in (2, 3):
        assert differing(one, play(scenario.replace(threads=threads))) == []
    assert max(spy.portions) >= 7  # the work was split indeed: 120 groups, 40 communities
    assert len(spy.portions) >= 3


CITY: dict[str, Any] = {
    "population": {"groups": 70, "seats": 24, "founders": 8, "spare_groups": 10}, "purpose": {"search_rate": 6.0},
    "market": {"carry_rate": 0.3}, "mind": {"leave": 0.1, "invite": 1.0}, "operator": {"advert_yuan_base": 4.0},
}  # fmt: skip


@pytest.mark.parametrize("record", ["spells", "messages"])
def test_threads_share_out_one_community_and_do_not_change_a_byte(
    record: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Eighty groups of one market: the same people at several doors, queues that move, rings that open and close."""
    chosen = [strategy("group_cap", limit=14, queue=3, when_full="new_group"), strategy("advert_ban")]
    scenario = lively(chosen, replicates=1, days=12, record=record, **CITY)
    one = play(scenario)
    spy = Spy(monkeypatch)
    for threads in (2, 3):
        assert differing(one, play(scenario.replace(threads=threads))) == []
    assert max(spy.portions) == 5  # eighty groups, sixteen at a time
    daily, came = one["daily"], {CHANNELS[code] for code in np.unique(one["spells"]["channel"])}
    assert daily[daily["day"] > 2]["new_joined"].sum() > 300
    assert came == {"founder", "search", "invited", "paid_ad", "carried"}
    assert daily["n_turned_away"].sum() > 0
    assert daily["n_waiting"].sum() > 0
    assert daily["new_left"].sum() > 100
    assert np.unique(daily["group"]).size > 70  # groups were opened to relieve others


def test_both_lanes_agree_on_one_community_of_many_groups() -> None:
    scenario = lively([strategy("group_cap", limit=14, queue=3, when_full="new_group")], replicates=1, days=4, **CITY)
    assert differing(play(scenario, "mesa"), play(scenario.replace(threads=2))) == []
