"""Partner groups: who is sent comes from one part of the market, fits better, and is paid for to the fen."""

from __future__ import annotations

import numpy as np
import pytest

from sim.mechanisms.partners import Partners, send, trust_the_word
from sim.model.submodels.market import fittest
from sim.model.vocabulary import CHANNELS
from tests.mechanisms.own_rows import OwnRows
from tests.plays import differing, lively, play, started, strategy
from tests.unit.rules.people import Room

SENT, SEARCH = CHANNELS.index("partner"), CHANNELS.index("search")


@pytest.mark.parametrize(("channel", "pull"), [(SENT, 0.5), (SEARCH, 0.0)])
def test_the_partners_word_is_trusted(channel: int, pull: float) -> None:
    room = Room()
    own = OwnRows(room, Partners())
    room.knock.enter = 0.0
    trust_the_word(room.sit(1, channel=channel), None, room.group, own.ours, room.knock, own.knobs, room.world)
    assert room.knock.enter == pull


def test_nobody_is_sent_whom_the_purse_does_not_hold() -> None:
    room = Room()
    own = OwnRows(room, Partners())
    own.ours.partner_reach, own.ours.partner_price, own.ours.partner_fit = 50.0, 2.0, 3.0
    room.world.market_size = 64 * 30
    room.world.purse_left = 20.0
    send(room.group, own.ours, own.knobs, room.world)
    assert (room.group.n_sent, own.ours.n_sent, room.group.yuan_paid) == (0, 0, 0.0)
    room.world.purse_left = 1_000.0
    send(room.group, own.ours, own.knobs, room.world)
    assert room.group.n_sent == own.ours.n_sent > 20
    assert room.group.yuan_paid == 2.0 * own.ours.n_sent


def test_they_are_of_a_few_circles_and_used_to_fit() -> None:
    room = Room()
    room.world.market_size = 64 * 30
    people = {}
    for fit in (1, 4):
        room.group.sent_from[0], room.group.sent_from[1], room.group.sent_from[2] = 64 * 28, 64 * 4, fit
        people[fit] = [fittest(k, room.group, room.world) for k in range(200)]
        assert {person // 64 for person in people[fit]} == {28, 29, 0, 1}
    assert people[1] != people[4]


MANY = {"replicates": 20, "days": 20, "population": {"seats": 60}, "purpose": {"match": 0.4}}


def test_who_is_sent_fits_better_than_who_passes_by_and_is_paid_for() -> None:
    tables = play(lively([strategy("partner_groups", reach=3.0, fit=8)], **MANY))
    counted = tables["mechanism.partners"]
    assert counted["n_sent"].sum() == pytest.approx(3.0 * 60 * 20, rel=0.1)
    assert counted["partner_cost"].sum() == 2 * counted["n_sent"].sum()
    assert counted["partner_cost"].sum() == pytest.approx(tables["daily"]["cost"].sum(dtype=float), rel=1e-5)
    engine = started(lively([strategy("partner_groups", reach=3.0, fit=8)], **MANY))
    for _ in range(10):
        engine.step()
    rows = engine.state.members[engine.recorder.seated()]
    engine.close()
    match = {channel: rows["match"][rows["channel"] == channel] for channel in (SENT, SEARCH)}
    assert match[SENT].size > 100
    assert match[SENT].mean() > match[SEARCH].mean() + 0.1


def test_a_partner_is_used_up() -> None:
    """Of a few circles fewer come in the second half than in the first."""
    scenario = lively([strategy("partner_groups", reach=10.0)], tuned=(Partners(circles=1),), replicates=20, days=20,
                      population={"seats": 200})  # fmt: skip
    joined = play(scenario)["spells"]
    days = joined["day_joined"][joined["channel"] == SENT]
    assert np.sum(days >= 10) < 0.8 * np.sum(days < 10)


def test_lanes_agree() -> None:
    scenario = lively([strategy("partner_groups", reach=4.0, fit=5)])
    assert differing(play(scenario, "mesa"), play(scenario)) == []
