"""Experts: what a KOL draws on the day after they spoke, and whose word vouches for the host, once."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from agents import KOL, ROLES
from sim.mechanisms.experts import Experts, ask_the_expert, believe, listen, remember
from sim.mechanisms.office_hours import OfficeHours
from sim.model.hooks import Scene
from sim.model.submodels.messages import ANSWER_KIND, post
from tests.mechanisms.own_rows import OwnRows
from tests.plays import Tables, differing, lively, play, strategy
from tests.unit.rules.people import Room

ON = {"draw": 1.0, "asks": 0.3, "trust": 0.05}


class Salon:
    """A group with a KOL on seat 7."""

    def __init__(self, **ours: float) -> None:
        self.room = Room(day=9)
        self.group, self.world, self.desk = self.room.group, self.room.world, self.room.desk()
        self.kol = self.room.sit(7, KOL, is_expert=1, trust=0.4, read_quality=2.1)
        self.own, self.office = OwnRows(self.room, Experts(**ON)), OwnRows(self.room, OfficeHours())
        for name, value in ours.items():
            setattr(self.own.ours, name, value)

    def acts(self, rule: Any, me: Any, *more: Any) -> Any:
        rule(me, self.own.of(me), self.group, self.own.ours, self.room.today, self.own.knobs, self.world, *more,
             self.office.of(me))  # fmt: skip
        return self.own.of(me)


@pytest.mark.parametrize(("spoke", "who"), [(1, 1), (0, 1), (1, 7)])
def test_members_ask_more_on_the_day_after_an_expert_spoke(spoke: int, who: int) -> None:
    salon = Salon(spoke=spoke)
    me = salon.kol if who == 7 else salon.room.sit(1, info_need=0.6, match=0.5)
    salon.acts(ask_the_expert, me)
    drawn = spoke if who == 1 else 0
    assert (salon.room.today.open, salon.room.today.ask) == (pytest.approx(0.3 * drawn), pytest.approx(0.3 * drawn))


@pytest.mark.parametrize("lines", [0, 3])
def test_that_an_expert_spoke_is_remembered_for_a_day(lines: int) -> None:
    salon = Salon(spoke=1 - (lines > 0))
    salon.group.n_kol_messages = lines
    remember(salon.group, salon.own.ours, salon.own.knobs, salon.world, salon.desk, None)
    assert salon.own.ours.spoke == (lines > 0)


def test_useful_words_of_experts_vouch_for_the_host_those_in_office_hours_apart() -> None:
    salon = Salon()
    me = salon.room.sit(1, trust=0.4, read_quality=2.1)
    for who in (salon.kol, salon.room.sit(2), salon.kol, me, salon.kol):
        post(salon.desk, who, ANSWER_KIND, -1, 1, 1_200.0, 0, 0.7, salon.group, salon.world)
    assert salon.acts(listen, me, Scene(salon.desk, salon.room.members, 0)).heard == 3
    salon.office.of(me).heard = 1
    salon.acts(believe, me)
    assert me.trust == pytest.approx(0.4 + 0.05 * 2.0 / 3.0 * 0.5 * 0.6)
    assert salon.acts(listen, salon.kol, Scene(salon.desk, salon.room.members, 0)).heard == 0  # their own words
    salon.own.of(salon.kol).heard = 5
    salon.acts(believe, salon.kol)
    assert salon.kol.trust == 0.4
    seated = salon.room.sit(3, trust=0.4, read_quality=2.1)
    salon.own.of(seated).heard = 5
    salon.acts(ask_the_expert, seated)  # a new day
    salon.acts(believe, seated)
    assert seated.trust == 0.4


def town(**knobs: float) -> Tables:
    """Twenty communities of three groups with experts; the host has no time."""
    return play(lively(replicates=20, days=40, operator={"hours": 0.0}, cast={"kols": 2.0}, tuned=(Experts(**knobs),)))


def test_more_is_asked_and_the_host_is_trusted_more_where_experts_draw_and_vouch() -> None:
    none, some = town(), town(**ON)
    questions = [int((t["messages"]["kind"] == 1).sum()) for t in (none, some)]
    assert questions[1] > 1.1 * questions[0]
    late = [t["daily"]["mean_trust"][t["daily"]["day"] >= 30].mean() for t in (none, some)]
    assert late[1] > late[0]


def test_at_0_nothing_is_in_play() -> None:
    assert not Experts.is_always({f"experts.{name}": 0.0 for name in ON})
    assert all(Experts.is_always({f"experts.{name}": 0.1}) for name in ON)
    assert differing(town(), play(lively(replicates=20, days=40, operator={"hours": 0.0}, cast={"kols": 2.0}))) == []


def test_lanes_agree_on_experts() -> None:
    scenario = lively([strategy("office_hours", fee=1.0)], replicates=1, days=20, tuned=(Experts(**ON),))
    compiled = play(scenario)
    assert differing(play(scenario, "mesa"), compiled) == []
    kols = compiled["spells"]["role"] == [role.__name__ for role in ROLES].index("KOL")
    assert np.unique(compiled["spells"]["group"][kols]).size > 0
