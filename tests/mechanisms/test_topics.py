"""Topics: what falls due and what it costs, what it draws, how it wears, and whoever is asked where nobody answers."""

from __future__ import annotations

import math
from functools import cache
from typing import Any

import numpy as np
import pytest

from agents import Advertiser, Host
from agents.propensities import wish_to_answer
from scenarios import Scenario
from sim.mechanisms.topics import AGREE, Topics, ask_all, count, judge, look_after, oblige
from sim.model.hooks import Scene
from sim.model.kinds import codes
from sim.model.submodels.conversation_log import GLANCE, LOG, LOOKS, MUSTER, SAID
from sim.model.submodels.messages import CHAT, post
from tests.mechanisms.own_rows import OwnRows
from tests.plays import Tables, differing, lively, play, strategy
from tests.unit.rules.people import CLOSE, Room, besides, measured

TOPIC = codes()["topic"]


class Noon:
    """A group on day 30 with its host on seat 3; a post costs a minute."""

    def __init__(self, minutes: float = 60.0, knobs: dict[str, float] | None = None, **ours: float) -> None:
        self.room = Room(day=30, posting_minutes=1.0)
        self.group, self.world = self.room.group, self.room.world
        self.host = self.room.sit(3, Host, is_staff=1)
        self.group.minutes_left, self.group.host_slot = minutes, 3
        self.own = OwnRows(self.room, Topics(**(knobs or {})))
        self.ours, self.knobs, self.desk = self.own.ours, self.own.knobs, self.room.desk()
        self.knobs.kind_topic = TOPIC
        for name, value in ours.items():
            setattr(self.ours, name, value)

    def asked(self) -> Noon:
        """After the morning."""
        ask_all(self.group, self.ours, self.knobs, self.world, self.desk)
        return self

    def topic_at(self, t: float) -> int:
        """The host's topic stands in the log; its line."""
        post(self.desk, self.host, TOPIC, -1, 0, t, 1, 0.15, self.group, self.world)
        return int(self.desk.n[LOG]) - 1

    def look(self, rule: Any, me: Any, t: float, kind: int = GLANCE) -> Any:
        """A rule at a look."""
        now = self.desk.now[0]
        now.t, now.second, now.kind, now.n_says = t, int(60 * t), kind, 0
        seen = Scene(self.desk, self.room.members, 0) if rule is look_after else now
        rule(me, self.own.of(me), self.group, self.ours, self.room.today, self.knobs, self.world, seen)
        return now

    def visits(self, *people: Any) -> None:
        """They look today."""
        for me in people:
            self.desk.muster[self.desk.n[MUSTER]] = me.slot
            self.desk.n[MUSTER] += 1


def said(noon: Noon) -> list[tuple[float, int]]:
    return sorted((noon.desk.said[k].t, noon.desk.said[k].kind) for k in range(noon.desk.n[SAID]))


@pytest.mark.parametrize(
    ("ours", "times"),
    [
        ({"topic_posts": 1.0}, [750.0]),
        ({"topic_posts": 1.0, "topic_hour": 9.0}, [540.0]),
        ({"topic_posts": 2.0, "topic_hour": 9.0}, [540.0, 720.0]),
        ({"topic_posts": 0.5}, []),
        ({"topic_posts": 0.5, "due": 0.5}, [750.0]),
        ({"topic_posts": 0.0, "due": 3.0}, []),
    ],
    ids=str,
)
def test_topics_fall_due_and_are_put_at_the_hour(ours: dict[str, float], times: list[float]) -> None:
    noon = Noon(**ours).asked()
    assert said(noon) == [(t, TOPIC) for t in times]
    assert (noon.group.minutes_left, noon.ours.minutes_topics) == (60.0 - len(times), float(len(times)))


def test_a_topic_without_minutes_is_owed_up_to_five() -> None:
    noon = Noon(minutes=1.5, topic_posts=3.0).asked()
    assert (noon.ours.n_topics, noon.ours.due) == (1, 2.0)
    assert Noon(minutes=0.0, topic_posts=3.0, due=4.5).asked().ours.due == 5.0


def wish(noon: Noon, n_answers: int = 0) -> float:
    """Wish of a member of w = 0.2 and m = 0.5 to answer a topic just put."""
    me = noon.room.sit(1, info_need=0.2, match=0.5, reply=1.0)
    it = noon.desk.kinds[TOPIC]
    return float(wish_to_answer(me, it, n_answers, 0.0, 0.0, 0, noon.room.today, noon.group, noon.world))


def test_what_a_topic_draws_is_its_draw_its_life_and_being_of_the_day() -> None:
    plain = wish(Noon(topic_posts=1.0).asked())
    assert plain == pytest.approx(0.6 * (0.8 - 0.5 * 0.2 + 0.4 * 0.5) * 0.5)
    assert wish(Noon(topic_posts=1.0, life=0.3).asked()) == pytest.approx(1.3 * plain)
    assert wish(Noon(topic_posts=1.0, topic_timely=0.2).asked()) == pytest.approx(1.2 * plain)
    assert wish(Noon(knobs={"draw": 0.0}, topic_posts=1.0).asked()) == 0.0


def test_answers_call_for_further_ones_as_herd_says_and_crowd_none_out() -> None:
    plain = wish(Noon(topic_posts=1.0).asked())
    assert wish(Noon(topic_posts=1.0).asked(), 3) == pytest.approx(plain * (1.0 + 3.0 / 4.0))
    assert wish(Noon(knobs={"herd": 0.0}, topic_posts=1.0).asked(), 3) == pytest.approx(plain)


def test_answers_to_topics_are_counted_and_no_others() -> None:
    noon = Noon(topic_posts=1.0)
    me = noon.room.sit(1)
    for line in (noon.topic_at(600.0), noon.topic_at(610.0)):
        noon.desk.log[line].kind = TOPIC if line == 0 else CHAT
        answered = noon.desk.log[line]
        count(answered, answered, me, noon.own.of(me), noon.group, noon.ours, noon.room.today, noon.knobs, noon.world)
    assert noon.ours.n_topic_answers == 1


@pytest.mark.parametrize(
    ("topics", "answers", "life"), [(1, 0, -0.05), (1, 4, 0.05), (1, 9, 0.05), (2, 4, 0.0), (0, 3, 0.0)]
)
def test_topics_live_on_answers_and_wear_without(topics: int, answers: int, life: float) -> None:
    noon = Noon(topic_posts=1.0, n_topics=topics, n_topic_answers=answers)
    judge(noon.group, noon.ours, noon.knobs, noon.world, noon.desk)
    assert noon.ours.life == pytest.approx(life)


def test_the_host_comes_back_to_the_topic_after_a_while() -> None:
    noon = Noon(ask_member=1.0)
    noon.look(look_after, noon.host, 750.0, TOPIC)
    look = noon.desk.looks[0]
    assert (noon.desk.n[LOOKS], look.t, look.slot, look.kind) == (1, 795.0, 3, GLANCE)
    assert noon.ours.n_asked_in_private == 0


def busy(minutes: float = 60.0) -> tuple[Noon, Any]:
    """Three visitors, of whom the second writes most but for an advertiser; the topic was put at noon."""
    noon = Noon(minutes, ask_member=1.0)
    people = [noon.room.sit(4, activity=0.1), noon.room.sit(5, activity=0.6), noon.room.sit(6, activity=0.3)]
    noon.visits(*people, noon.room.sit(7, Advertiser, activity=0.9))
    noon.topic_at(720.0)
    return noon, people[1]


def test_the_most_active_visitor_is_asked_once_where_nobody_answers() -> None:
    noon, chosen = busy()
    noon.look(look_after, noon.host, 764.0)
    assert noon.ours.n_asked_in_private == 0
    noon.look(look_after, noon.host, 766.0)
    noon.look(look_after, noon.host, 900.0)
    assert (noon.ours.n_asked_in_private, noon.group.minutes_left, noon.ours.minutes_topics) == (1, 55.0, 5.0)
    assert noon.ours.asked_slot == chosen.slot + 1
    assert (noon.desk.looks[0].slot, noon.desk.looks[0].t) == (chosen.slot, 771.0)


def test_nobody_is_asked_about_an_answered_topic_or_without_minutes() -> None:
    noon, _ = busy()
    noon.desk.log[0].n_answers = 1
    noon.look(look_after, noon.host, 766.0)
    poor, _ = busy(minutes=4.0)
    poor.look(look_after, poor.host, 766.0)
    assert noon.ours.n_asked_in_private == poor.ours.n_asked_in_private == 0


def chance(numb: float, days: int = 1) -> float:
    """Measured chance that somebody who was asked so many days ago answers."""
    noon, chosen = busy()

    def answers(person: int) -> bool:
        chosen.person, noon.ours.asked_slot, noon.ours.asked_line = person, chosen.slot + 1, 1
        noon.own.of(chosen).numb, noon.own.of(chosen).asked = numb, 31 - days
        return noon.look(oblige, chosen, 771.0).n_says > 0  # type: ignore[no-any-return]

    return measured(noon.room, AGREE, answers)


def test_goodwill_is_used_up_by_being_asked_and_comes_back() -> None:
    assert chance(0.0) == pytest.approx(0.8, abs=CLOSE)
    assert chance(0.5) == pytest.approx(0.8 * (1.0 - 0.5 * math.exp(-0.03)), abs=CLOSE)
    assert chance(0.5, days=30) == pytest.approx(0.8 * (1.0 - 0.5 * math.exp(-0.9)), abs=CLOSE)


def test_only_who_was_asked_answers_and_the_answer_is_one_to_the_topic() -> None:
    noon, chosen = busy()
    noon.ours.asked_slot, noon.ours.asked_line, noon.knobs.agree = chosen.slot + 1, 1, 1.0
    other = noon.room.sit(4)
    assert noon.look(oblige, other, 770.0).n_says == 0
    assert noon.look(oblige, chosen, 771.0).n_says == 1
    besides(0, noon.desk, noon.room.members, chosen, 771.0, 46_260, noon.group, noon.world)
    line = noon.desk.log[1]
    assert (line.person, line.kind, line.reply_to, line.is_topic) == (chosen.person, CHAT, 0, 1)
    assert (noon.desk.log[0].n_answers, noon.group.n_replies) == (1, 1)
    assert noon.own.of(chosen).numb == pytest.approx(0.3)
    assert noon.look(oblige, chosen, 800.0).n_says == 0


def town(*chosen: Any) -> Scenario:
    """Twenty communities of three groups, forty days; the host has time."""
    return lively(chosen, replicates=20, days=40, operator={"hours": 20.0})


@cache
def counted(rescue: str) -> Tables:
    return play(town(strategy("daily_topic", rescue=rescue)))


def per_topic(tables: Tables) -> float:
    found = tables["mechanism.topics"]
    return float(found["n_topic_answers"].sum() / found["n_topics"].sum())


def test_topics_are_answered_and_more_of_them_where_somebody_helps() -> None:
    alone, helped = counted("nobody"), counted("member")
    assert per_topic(alone) > 0.05
    assert per_topic(helped) > 1.3 * per_topic(alone)
    assert alone["mechanism.topics"]["n_asked_in_private"].sum() == 0


def test_a_rescue_costs_minutes() -> None:
    spent = [tables["ledger"]["host_minutes"].sum(dtype=np.float64) for tables in map(counted, ("nobody", "member"))]
    assert spent[1] > spent[0] > 0.0


def test_lanes_agree() -> None:
    scenario = lively([strategy("daily_topic", per_day=2.0)], replicates=1, days=12)
    assert differing(play(scenario, "compiled"), play(scenario, "mesa")) == []
