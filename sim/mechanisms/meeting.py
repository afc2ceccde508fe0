"""Meetings (活动): members do something together, online or face to face, and come to know each other.

Source: founding material, S40, H24; that shared activity makes ties is old (direction only: Homans 1950, from memory);
how many attend, and how much they gain, are assumptions. Evidence on what meetings offline do is conflicting.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.engine.declarations import daily, lever, lost
from sim.engine.distributions import logistic
from sim.engine.knobs import Knob
from sim.engine.levers import any_of, plus
from sim.engine.luck import lasting, purpose, uniform
from sim.engine.rule import rule
from sim.mechanisms import OPERATOR, OUTSIDE, Mechanism, give_minutes, host_person, pay, set_aside
from sim.model.rows import Group, Member, Own, State, Today, World
from sim.model.submodels.ties import acquaint, fade

__all__ = ["Meeting"]

ATTEND, FAR, MEET = purpose("meeting: attend"), purpose("meeting: live far away"), purpose("meeting: who meets whom")
COMES = 50.0
"""Logit of looking in for somebody who attends: they do."""
RECENT = 7  # days: who has not looked in for longer has not heard of it
WEEK = 7


class Meeting(Mechanism):
    """On the day of a meeting those who have looked in lately decide whether to attend; who does meets some others.

    It takes place if purse and minutes of the host hold it. A meeting on the weekday of the last one is a habit.
    """

    title = ("Meetings", "活动")
    attend = Knob(-1.0, -10.0, 10.0, "logit", "readiness to attend at middling belonging, rested", "assumption")
    attend_belonging = Knob(3.0, 0.0, 30.0, "logit", "pull of belonging, on β − ½", "assumption")
    attend_ties = Knob(1.0, 0.0, 10.0, "logit", "pull of strong ties, on n / (1 + n)", "assumption")
    attend_habit = Knob(0.5, 0.0, 5.0, "logit", "pull of a meeting that always falls on this weekday", "assumption")
    habit = Knob(0.3, 0.0, 1.0, "share", "habit gained by a meeting on the weekday of the last", "assumption")
    far = Knob(2.0, 0.0, 20.0, "logit", "push of living at the far end of town, face to face", "assumption")
    meets = Knob(4, 0, 20, "people", "others whom each meets online", "assumption")
    meets_offline = Knob(8, 0, 20, "people", "others whom each meets face to face", "assumption")
    bond = Knob(0.15, 0.0, 1.0, "share", "growth of a tie by meeting online", "assumption")
    bond_offline = Knob(0.30, 0.0, 1.0, "share", "growth of a tie by meeting face to face", "assumption")
    joy = Knob(0.15, 0.0, 1.0, "feeling", "joy of having attended", "assumption")
    talk = Knob(0.5, 0.0, 5.0, "ratio", "more openers while a meeting is talked of", "assumption")

    class member:
        attends: int = lost()  # day plus one
        order: int = lost()  # scratch of the evening: seats of those who attended, in the order drawn

    class group:
        meeting_today: float = lever(any_of, "yes/no", "there is a meeting today")
        meeting_offline: float = lever(any_of, "yes/no", "it is face to face")
        meeting_near: float = lever(any_of, "yes/no", "a meeting of yesterday, today or tomorrow is talked of")
        meeting_yuan: float = lever(plus, "CNY", "what a meeting costs", bears="meeting_cost")
        meeting_minutes: float = lever(plus, "minutes", "work of the host for a meeting", bears="minutes_meetings")
        is_on: int
        last: int  # day of the last meeting, plus one
        habit: float
        n_meetings: int = daily("meetings", "活动次数")
        n_attended: int = daily("members who attend a meeting", "参加活动人次", better=True)
        meeting_cost: int = daily("money spent on meetings", "活动花费", unit="CNY", better=False, booked=True)
        minutes_meetings: float = daily(
            "host's minutes spent on meetings", "群主组织活动用时", unit="minutes", better=False, booked=True
        )


if TYPE_CHECKING:
    Kept = Own[Meeting.member, Meeting.group, object, object]


@Meeting.at_plan(when="meeting_today")
def hold(group: Group, ours: Meeting.group, knobs: Meeting, world: World) -> None:
    """It takes place if there are money and minutes.

    habit η ← η + habit (1 − η) if it falls on the weekday of the last, else 0
    """
    ours.is_on = 0
    has_minutes = group.minutes_left >= ours.meeting_minutes
    if has_minutes and set_aside(ours.meeting_yuan, group, world):
        give_minutes(ours.meeting_minutes, group)
        ours.minutes_meetings += ours.meeting_minutes
        ours.meeting_cost = pay(OPERATOR, OUTSIDE, ours.meeting_yuan, group)
        ours.is_on = ours.n_meetings = 1
        is_same = ours.last > 0 and (world.day + 1 - ours.last) % WEEK == 0
        ours.habit = ours.habit + knobs.habit * (1.0 - ours.habit) if is_same else 0.0
        ours.last = world.day + 1


@Meeting.each_member(before="visit", when="meeting_today")
def attend(
    me: Member, mine: Meeting.member, group: Group, ours: Meeting.group, today: Today, knobs: Meeting, world: World
) -> None:
    """P = σ(attend + belonging (β − ½) + ties S(strong) + habit η − far · distance [face to face] − φ)

    Who attends looks in. Asked is who has looked in within a week; distance, 0 … 1, is lasting luck.
    """
    if ours.is_on == 0 or world.day - me.day_looked > RECENT or me.role == world.role_advertiser:
        return
    x = knobs.attend + knobs.attend_belonging * (me.belonging - 0.5) - me.fatigue
    x += knobs.attend_ties * me.n_strong / (1.0 + me.n_strong) + knobs.attend_habit * ours.habit
    if ours.meeting_offline > 0.0:
        x -= knobs.far * lasting(world, me.person, FAR, 0)
    if uniform(world, me.person, ATTEND, group.index) < logistic(x):
        mine.attends = world.day + 1
        ours.n_attended += 1
        today.visit += COMES


@Meeting.each_visitor(before="talk", when="meeting_near")
def talk_of(
    me: Member, mine: Meeting.member, group: Group, ours: Meeting.group, today: Today, knobs: Meeting, world: World
) -> None:
    """open + talk, while a meeting is near"""
    today.open += knobs.talk


@Meeting.each_visitor(after="talk", when="meeting_today")
def enjoy(
    me: Member, mine: Meeting.member, group: Group, ours: Meeting.group, today: Today, knobs: Meeting, world: World
) -> None:
    """gain + joy, for who attended"""
    if mine.attends == world.day + 1:
        today.gain += knobs.joy


@Meeting.each_evening(when="meeting_today")
def meet(
    state: State, own: Kept, g: int, group: Group, ours: Meeting.group, knobs: Meeting, world: World
) -> None:
    """Those who attended stand in a ring, in an order drawn for the day; each meets their neighbours on both sides, and
    of an odd number the last is whoever stands opposite: of an odd ring, one has nobody there.
    """
    n = 0
    for row in range(group.first, group.first + group.n_slots):
        if state.members[row].person >= 0 and own.members[row].attends == world.day + 1:
            own.members[group.first + n].order = row - group.first
            n += 1
    shuffle(own, n, group, world)
    is_offline = ours.meeting_offline > 0.0
    others, half = int(knobs.meets_offline if is_offline else knobs.meets), n // 2
    reach = min(others // 2, half)
    gain = knobs.bond_offline if is_offline else knobs.bond
    for i in range(n):
        a = state.members[group.first + own.members[group.first + i].order]
        for step in range(1, reach + 1):
            if 2 * step == n and i >= step:
                continue  # who stands opposite is the neighbour on both sides, and has been met
            b = state.members[group.first + own.members[group.first + (i + step) % n].order]
            introduce(a, b, gain, state, group, world)
        if others % 2 == 1 and reach < half and i < half:
            b = state.members[group.first + own.members[group.first + i + half].order]
            introduce(a, b, gain, state, group, world)


@rule
def introduce(a: Member, b: Member, gain: float, state: State, group: Group, world: World) -> None:
    """Two who attended meet: both first look after their ties."""
    if a.day_faded < world.day:
        fade(a, state.members, group, world)
    if b.day_faded < world.day:
        fade(b, state.members, group, world)
    acquaint(a, b, gain, world)


@rule
def shuffle(own: Kept, n: int, group: Group, world: World) -> None:
    """The first ``n`` seats noted in the order of the day: each changes places with one drawn from those before it."""
    for i in range(n - 1, 0, -1):
        j = int(uniform(world, host_person(group, world), MEET, i) * (i + 1))
        one, other = own.members[group.first + i], own.members[group.first + j]
        one.order, other.order = other.order, one.order
