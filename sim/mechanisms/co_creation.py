"""Co-creation (参与感): the host calls for ideas, takes some of them into the product, and says whose they were.

Whose idea is taken has part in the product, and tells others; whose is not was asked in vain.
Source: founding material, S58; all sizes are an assumption.
"""

from __future__ import annotations

import math

from sim.engine.declarations import carried, daily, lever
from sim.engine.knobs import Knob
from sim.engine.levers import any_of, only_one
from sim.engine.luck import purpose, uniform
from sim.mechanisms import Mechanism, give_minutes, kind, say
from sim.model.rows import Desk, Group, Line, Member, Today, World

__all__ = ["CoCreation"]

ADOPT = purpose("co-creation: adopt")


class CoCreation(Mechanism):
    """A call is put to all like a topic; whoever answers it has given an idea, one at a time.

    Interest in answering = draw (0.5 + 0.5 m), m the match of who reads. When ``after_days`` have passed, the host lets
    each author who looks in know what became of the idea, while minutes last. What is taken makes the product fit
    everybody a little better.
    """

    title = ("Co-creation", "共创")
    draw = Knob(0.5, 0.0, 10.0, "ratio", "interest in answering a call, of who fits the topic fully", "assumption")
    hour = Knob(12.5, 0.0, 23.9, "hour", "hour of the call", "assumption")
    after_days = Knob(7.0, 1.0, 90.0, "days", "after an idea, on which its author is told", "assumption")
    read_minutes = Knob(2.0, 0.0, 60.0, "minutes", "for an idea: to weigh it, and to tell its author", "assumption")
    author_joy = Knob(0.2, 0.0, 1.0, "share", "belonging given to whose idea is taken", "assumption")
    in_vain = Knob(0.25, 0.0, 5.0, "feeling", "weight of an idea that is not taken", "assumption")
    fit_step = Knob(0.01, 0.0, 1.0, "share", "of what lacks to a perfect fit, that an idea adds for all", "assumption")
    tell = Knob(0.05, 0.0, 1.0, "chance a day", "that an author whose idea was taken asks a friend, at first",
                "assumption")  # fmt: skip
    tell_days = Knob(30.0, 1.0, 365.0, "days", "in which that eagerness fades", "assumption")

    class kinds:
        idea_call = kind("call for ideas", "征集点子", author="host", is_piece=True, is_opener=True, interest=0.25,
                         match=0.25, crowding=0.0, herd=1.0, host_worth=(0.15, 0.0))  # fmt: skip

    kind_idea_call: int  # its code

    class member:
        idea: int = carried()  # day plus one of an idea that waits
        adopted: int = carried()  # … on which one was taken

    class group:
        idea_call: float = lever(any_of, "yes/no", "the host calls for ideas today", bears="minutes_ideas")
        adopt: float = lever(only_one, "share", "of the ideas that are taken")
        better: float  # by how much the product fits everybody better, of what lacks
        n_ideas: int = daily("ideas given", "提出点子数")
        n_adopted: int = daily("ideas taken", "采纳点子数", better=True)
        minutes_ideas: float = daily("staff minutes spent on ideas", "处理点子用时", unit="minutes", better=False,
                                     booked=True)  # fmt: skip


@CoCreation.each_group(before="talk", since="idea_call")
def call(group: Group, ours: CoCreation.group, knobs: CoCreation, world: World, desk: Desk) -> None:
    """The call costs the minutes of a post; what it draws stands in its row of the table of kinds on the desk."""
    it = desk.kinds[knobs.kind_idea_call]
    it.interest = it.match = 0.5 * knobs.draw
    if ours.idea_call > 0.0 and group.host_slot >= 0 and give_minutes(world.posting_minutes, group):
        ours.minutes_ideas += world.posting_minutes
        say(desk, 60.0 * knobs.hour, group.host_slot, knobs.kind_idea_call, group)


@CoCreation.at_reply(since="idea_call")
def note(
    line: Line, answered: Line, me: Member, mine: CoCreation.member, group: Group, ours: CoCreation.group, today: Today,
    knobs: CoCreation, world: World,
) -> None:  # fmt: skip
    """Who answers the call has given an idea, if none of theirs waits."""
    if answered.kind == knobs.kind_idea_call and me.is_staff == 0 and mine.idea == 0:
        mine.idea = world.day + 1
        ours.n_ideas += 1


@CoCreation.each_visitor(before="talk", since="idea_call")
def tell_author(
    me: Member, mine: CoCreation.member, group: Group, ours: CoCreation.group, today: Today, knobs: CoCreation,
    world: World,
) -> None:  # fmt: skip
    """Taken with probability ``adopt``: β + author_joy (1 − β), better + fit_step (1 − better); else cost + in_vain.

    Whose idea was taken asks friends: invite + tell · e^(−days since / tell_days)
    """
    if mine.idea > 0 and world.day + 1 - mine.idea >= knobs.after_days and give_minutes(knobs.read_minutes, group):
        mine.idea = 0
        ours.minutes_ideas += knobs.read_minutes
        if uniform(world, me.person, ADOPT, group.index) < ours.adopt:
            mine.adopted = world.day + 1
            ours.n_adopted += 1
            ours.better += knobs.fit_step * (1.0 - ours.better)
            me.belonging += knobs.author_joy * (1.0 - me.belonging)
        else:
            today.cost += knobs.in_vain
    if mine.adopted > 0:
        today.invite += knobs.tell * math.exp(-(world.day + 1 - mine.adopted) / knobs.tell_days)


@CoCreation.each_visitor(after="talk", since="idea_call")
def fit_better(
    me: Member, mine: CoCreation.member, group: Group, ours: CoCreation.group, today: Today, knobs: CoCreation,
    world: World,
) -> None:  # fmt: skip
    """On a day with an offer: buy + b_f · better · (1 − fit), b_f = ``mind.buy_fit``"""
    if group.is_offer_day > 0:
        today.buy += world.buy_fit * ours.better * (1.0 - me.fit)
