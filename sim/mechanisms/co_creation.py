"""Co-creation (参与感): the host calls for ideas, takes some of them into the product, and says whose they were.

Whose idea is taken has part in the product, and tells others; whose is not was asked in vain, and complains the second
time (:mod:`sim.mechanisms.complaints`). Source: founding material, S58: good proposals are taken after a test; all
sizes are an assumption.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from sim.engine.declarations import carried, daily, lever
from sim.engine.knobs import Knob
from sim.engine.levers import any_of, only_one
from sim.engine.luck import purpose, uniform
from sim.engine.rule import rule
from sim.mechanisms import Mechanism, give_minutes, kind, say
from sim.mechanisms.complaints import IGNORED, Complaints
from sim.mechanisms.order import is_ordinary
from sim.model.rows import Desk, Group, Line, Member, Own, State, Today, World

__all__ = ["CoCreation"]

ADOPT, LUCK = purpose("co-creation: adopt"), purpose("co-creation: luck")
WEIGHED, REFUSED, TAKEN = -1, 1, 2
"""What has become of an idea: weighed tonight, not taken, taken."""


class CoCreation(Mechanism):
    """A call is put to all like a topic; whoever answers it has given an idea, one at a time.

    Interest in answering = draw (0.5 + 0.5 m), m the match of who reads. An idea is the better, the more its author
    knows and the matter fits them, and by luck. When ``after_days`` have passed, the host takes the best of those given
    to the call, and lets each author who looks in know while minutes last; who hears nothing for twice as long was
    forgotten. The better what is taken, the better the product fits everybody.
    """

    title = ("Co-creation", "共创")
    uses = (Complaints,)
    draw = Knob(0.5, 0.0, 10.0, "ratio", "interest in answering a call, of who fits the topic fully", "assumption")
    hour = Knob(12.5, 0.0, 23.9, "hour", "hour of the call", "assumption")
    after_days = Knob(7.0, 1.0, 90.0, "days", "after a call, on which authors are told", "assumption")
    read_minutes = Knob(2.0, 0.0, 60.0, "minutes", "for an idea: to weigh it, and to tell its author", "assumption")
    author_joy = Knob(0.2, 0.0, 1.0, "share", "belonging given to whose idea is taken", "assumption")
    in_vain = Knob(0.25, 0.0, 5.0, "feeling", "weight of an idea that is not taken", "assumption")
    patience = Knob(2.0, 1.0, 50.0, "ideas", "in vain, which give cause for a complaint", "assumption")
    fit_step = Knob(0.01, 0.0, 1.0, "share", "of what lacks to a perfect fit, that an idea of quality 1 adds for all",
                    "assumption")  # fmt: skip
    tell = Knob(0.05, 0.0, 1.0, "chance a day", "that an author whose idea was taken asks a friend, at first",
                "assumption")  # fmt: skip
    tell_days = Knob(30.0, 1.0, 365.0, "days", "in which that eagerness fades", "assumption")

    class kinds:
        idea_call = kind("call for ideas", "征集点子", author="host", is_piece=True, is_opener=True, interest=0.25,
                         match=0.25, crowding=0.0, herd=1.0, host_worth=(0.15, 0.0))  # fmt: skip

    kind_idea_call: int  # its code

    class member:
        idea: int = carried()  # day plus one of the call to which they gave an idea that waits …
        quality: float = carried()  # … how good it is …
        verdict: int = carried()  # … and what has become of it, of which they know nothing yet
        n_vain: int = carried()  # ideas in vain, since the last complaint
        adopted: int = carried()  # … on which one was taken

    class group:
        idea_call: float = lever(any_of, "yes/no", "the host calls for ideas today", bears="minutes_ideas")
        adopt: float = lever(only_one, "share", "of the ideas that are taken")
        called: int  # day of the last call, plus one
        better: float  # by how much the product fits everybody better, of what lacks
        n_ideas: int = daily("ideas given", "提出点子数")
        n_adopted: int = daily("ideas taken", "采纳点子数", better=True)
        n_forgotten: int = daily("ideas of which their authors heard nothing", "没有下文的点子数", better=False)
        minutes_ideas: float = daily("staff minutes spent on ideas", "处理点子用时", unit="minutes", better=False,
                                     booked=True)  # fmt: skip


@CoCreation.each_group(before="talk", since="idea_call")
def call(
    group: Group, ours: CoCreation.group, knobs: CoCreation, world: World, desk: Desk, complaints: object
) -> None:
    """The call costs the minutes of a post; what it draws stands in its row of the table of kinds on the desk."""
    it = desk.kinds[knobs.kind_idea_call]
    it.interest = it.match = 0.5 * knobs.draw
    if ours.idea_call > 0.0 and group.host_slot >= 0 and give_minutes(world.posting_minutes, group):
        ours.minutes_ideas += world.posting_minutes
        ours.called = world.day + 1
        say(desk, 60.0 * knobs.hour, group.host_slot, knobs.kind_idea_call, group)


@CoCreation.at_reply(since="idea_call")
def note(
    line: Line, answered: Line, me: Member, mine: CoCreation.member, group: Group, ours: CoCreation.group, today: Today,
    knobs: CoCreation, world: World, complaints: object,
) -> None:  # fmt: skip
    """Who answers the call has given an idea, if none of theirs waits: quality = u (m + expertise) / 2, u uniform"""
    if answered.kind == knobs.kind_idea_call and me.is_staff == 0 and mine.idea == 0:
        mine.idea, mine.verdict = ours.called, 0
        mine.quality = 0.5 * (me.match + me.expertise) * uniform(world, me.person, LUCK, group.index)
        ours.n_ideas += 1


if TYPE_CHECKING:
    Kept = Own[CoCreation.member, CoCreation.group, object, object]


@CoCreation.each_evening(since="idea_call")
def weigh(
    state: State, own: Kept, g: int, group: Group, ours: CoCreation.group, knobs: CoCreation, world: World
) -> None:
    """On the eve of the day the host takes the best of the n ideas that are due: ⌊adopt · n + u⌋ of them, u uniform."""
    n, rows = 0, range(group.first, group.first + group.n_slots)
    for row in rows:
        mine = own.members[row]
        is_due = mine.idea > 0 and mine.verdict == 0 and world.day + 2 - mine.idea >= knobs.after_days
        if state.members[row].person >= 0 and is_due:
            mine.verdict = WEIGHED
            n += 1
    for _ in range(int(ours.adopt * n + uniform(world, group.index, ADOPT, 0)) if n > 0 else 0):
        best = -1
        for row in rows:
            if own.members[row].verdict == WEIGHED and (best < 0 or better_than(own, row, best)):
                best = row
        own.members[best].verdict = TAKEN
    for row in rows:
        if own.members[row].verdict == WEIGHED:
            own.members[row].verdict = REFUSED


@rule
def better_than(own: Kept, one: int, other: int) -> bool:
    """Is the idea of whoever sits in one row better than that in the other?"""
    return own.members[one].quality > own.members[other].quality


@CoCreation.each_visitor(before="talk", since="idea_call")
def tell_author(
    me: Member, mine: CoCreation.member, group: Group, ours: CoCreation.group, today: Today, knobs: CoCreation,
    world: World, complaints: Complaints.member,
) -> None:  # fmt: skip
    """Taken: β + author_joy (1 − β), better + fit_step · quality (1 − better); else in vain, as if nobody tells them.

    Whose idea was taken asks friends: invite + tell · e^(−days since / tell_days)
    """
    if mine.idea > 0 and mine.verdict > 0:
        is_told = give_minutes(knobs.read_minutes, group)
        is_forgotten = not is_told and world.day + 1 - mine.idea >= 2.0 * knobs.after_days
        if is_told and mine.verdict == TAKEN:
            mine.adopted = world.day + 1
            ours.n_adopted += 1
            ours.better += knobs.fit_step * mine.quality * (1.0 - ours.better)
            me.belonging += knobs.author_joy * (1.0 - me.belonging)
        elif is_told or is_forgotten:
            feel_ignored(me, mine, today, knobs, world, complaints)
        ours.minutes_ideas += knobs.read_minutes if is_told else 0.0
        ours.n_forgotten += 1 if is_forgotten else 0
        mine.idea = 0 if is_told or is_forgotten else mine.idea
    if mine.adopted > 0:
        today.invite += knobs.tell * math.exp(-(world.day + 1 - mine.adopted) / knobs.tell_days)


@rule
def feel_ignored(
    me: Member, mine: CoCreation.member, today: Today, knobs: CoCreation, world: World, complaints: Complaints.member
) -> None:
    """cost + in_vain; the ``patience``-th time it is a cause to complain, as questions are that nobody answers."""
    today.cost += knobs.in_vain
    mine.n_vain += 1
    if mine.n_vain >= knobs.patience and complaints.cause == 0 and is_ordinary(me, world):
        complaints.cause, mine.n_vain = IGNORED, 0


@CoCreation.each_visitor(after="talk", since="idea_call")
def fit_better(
    me: Member, mine: CoCreation.member, group: Group, ours: CoCreation.group, today: Today, knobs: CoCreation,
    world: World, complaints: object,
) -> None:  # fmt: skip
    """On a day with an offer: buy + b_f · better · (1 − fit), b_f = ``mind.buy_fit``"""
    if group.is_offer_day > 0:
        today.buy += world.buy_fit * ours.better * (1.0 - me.fit)
