"""Prompt answers: looks that the host promises and pays for, and who feels noticed."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest

from agents import Host
from sim.mechanisms.prompt_answers import PromptAnswers, feel_noticed, notice, pay_for_it, promise
from sim.model.hooks import Scene
from sim.model.submodels.conversation_log import GLANCE, LOG
from sim.model.submodels.messages import ANSWER_KIND, CHAT, CONTENT, QUESTION, post
from tests.mechanisms.own_rows import OwnRows
from tests.plays import Tables, differing, lively, play, strategy
from tests.unit.rules.people import Room


class Office:
    """A group with its host on seat 3, on a day with a promise."""

    def __init__(self, minutes: float = 60.0, **ours: float) -> None:
        self.room = Room(day=30)
        self.group, self.world, self.desk = self.room.group, self.room.world, self.room.desk()
        self.host = self.room.sit(3, Host, is_staff=1)
        self.group.minutes_left, self.group.host_slot = minutes, 3
        self.own = OwnRows(self.room, PromptAnswers())
        self.ours, self.knobs = self.own.ours, self.own.knobs
        for name, value in ({"prompt_looks": 12.0} | ours).items():
            setattr(self.ours, name, value)

    def morning(self) -> Office:
        promise(self.group, self.ours, self.knobs, self.world)
        return self

    def look(self, me: Any, kind: int) -> None:
        self.desk.now[0].kind = kind
        scene = Scene(self.desk, self.room.members, 0)
        pay_for_it(
            me, self.own.of(me), self.group, self.ours, self.room.today, self.knobs, self.world, scene
        )

    def answered(self, asker: Any, by: Any, kind: int = QUESTION, after: float = 30.0) -> None:
        """The asker's line is answered after so many minutes."""
        post(self.desk, asker, kind, -1, 0, 600.0, 1, 0.1, self.group, self.world)
        j = int(self.desk.n[LOG]) - 1
        post(self.desk, by, ANSWER_KIND, j, 1, 600.0 + after, 0, 0.1, self.group, self.world)
        notice(
            self.desk.log[j + 1], self.desk.log[j], by, self.own.of(by), self.group, self.ours, self.room.today,
            self.knobs, self.world,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("levers", "looks"),
    [({}, 12), ({"prompt_minutes": 5.5}, 5), ({"prompt_minutes": 0.0}, 0), ({"prompt_looks": 90.0}, 50)],
    ids=str,
)
def test_so_many_looks_are_promised_as_their_minutes_allow(levers: dict[str, float], looks: int) -> None:
    office = Office(**levers).morning()
    assert (office.group.n_host_looks, office.ours.n_unpaid) == (looks, looks)


def test_the_host_looks_that_often_beside() -> None:
    office = Office(minutes=20.0)
    Host.visit(office.host, office.room.today, office.group, office.world)
    usual = office.host.n_looks
    Host.visit(office.host, office.room.today, office.morning().group, office.world)
    assert office.host.n_looks == usual + 12
    office.group.minutes_left = 0.0
    Host.visit(office.host, office.room.today, office.group, office.world)
    assert office.host.n_looks == 0


def test_looks_cost_minutes_while_there_are_any() -> None:
    office = Office(minutes=2.5).morning()
    office.look(office.room.sit(5, is_staff=1), GLANCE)  # a moderator's
    office.look(office.host, CONTENT)  # a planned post
    assert (office.group.minutes_left, office.ours.n_unpaid) == (2.5, 12)
    for _ in range(4):
        office.look(office.host, GLANCE)
    assert (office.group.minutes_left, office.ours.minutes_looking, office.ours.n_unpaid) == (0.5, 2.0, 8)


def test_who_looks_for_questions_answers_them() -> None:
    """Read once and not answered a question would be passed over for good: half of them, where nothing is promised."""
    office = Office().morning()

    def wish(n_answers: int) -> float:
        question, today = office.desk.kinds[QUESTION], office.room.today
        return Host.answers(office.host, question, n_answers, 5.0, 0.0, 0, today, office.group, office.world)

    assert wish(0) == 1.0
    office.look(office.host, GLANCE)
    assert (wish(0), wish(1)) == (20.0, 0.0)


def warmth(office: Office, me: Any) -> float:
    before = me.warmth
    feel_noticed(me, office.own.of(me), office.group, office.ours, office.room.today, office.knobs, office.world)
    return float(me.warmth - before)


def test_whoever_is_answered_by_staff_within_the_hour_feels_noticed() -> None:
    office = Office().morning()
    me, other = office.room.sit(1), office.room.sit(2)
    office.answered(me, office.host, after=60.0)
    office.answered(me, office.host, after=1.0)
    office.answered(other, office.host, after=61.0)
    office.answered(other, me)
    office.answered(other, office.host, CHAT)
    assert office.ours.n_prompt_answers == 2
    assert (warmth(office, me), warmth(office, other)) == (2.0, 0.0)
    office.knobs.presence = 0.0
    assert warmth(office, me) == 0.0


@cache
def played(looks: int, presence: float = 1.0) -> Tables:
    plan = [strategy("answer_at_once", looks=looks)] if looks else []
    tuned = (PromptAnswers(presence=presence),) if looks else ()
    return play(lively(plan, replicates=20, days=30, operator={"hours": 20.0}, cast={"moderators": 0.0}, tuned=tuned))


def test_more_questions_are_answered_and_fewer_by_members() -> None:
    def share(tables: Tables, part: str, whole: str) -> float:
        return float(tables["daily"][part].sum(dtype=float) / tables["daily"][whole].sum(dtype=float))

    assert share(played(20), "n_answered", "n_openers") > share(played(0), "n_answered", "n_openers")
    assert share(played(20), "n_replies_off_host", "n_replies") < share(played(0), "n_replies_off_host", "n_replies")


def test_being_noticed_makes_people_belong() -> None:
    mean = [float(played(20, p)["daily"]["mean_belonging"].mean(dtype=np.float64)) for p in (0.0, 5.0)]
    assert mean[1] > mean[0]


def test_lanes_agree() -> None:
    scenario = lively([strategy("answer_at_once"), strategy("hold_back")], replicates=1, days=12)
    assert differing(play(scenario, "compiled"), play(scenario, "mesa")) == []
