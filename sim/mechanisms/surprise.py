"""Surprises (惊喜): something good that was held back, and that nobody was told of. Source: S56.

What is announced is a promise, weighed at the door and expected afterwards (:mod:`sim.mechanisms.price`). What comes
unannounced meets no expectation, until people get used to it, by the rule by which they get used to everything.
"""

from __future__ import annotations

from sim.engine.declarations import daily, lever, lost
from sim.engine.knobs import Knob
from sim.engine.levers import any_of, only_one
from sim.engine.luck import purpose, uniform
from sim.mechanisms import Mechanism, give_minutes, host_person, host_says
from sim.model.rows import Group, Look, Member, Today, World
from sim.model.submodels.messages import CONTENT

__all__ = ["Surprise"]

HOUR = purpose("surprise: hour")


class Surprise(Mechanism):
    """On a surprise day the host posts one piece of content more, at an hour nobody knows.

    It is worth ``surprise_worth`` times an ordinary piece to those who meet it on that day, and takes as many times the
    minutes to prepare. Where minutes do not last there is no surprise.
    """

    title = ("Surprise", "惊喜")
    minutes = Knob(40.0, 0.0, 600.0, "minutes", "to prepare a piece of ordinary worth, once for all groups",
                   "assumption: as any prepared post")  # fmt: skip
    earliest = Knob(9.0, 0.0, 23.0, "hour", "earliest hour of a surprise", "assumption")
    latest = Knob(22.0, 0.0, 23.9, "hour", "latest hour of a surprise", "assumption")

    class member:
        met: int = lost()  # day plus one of the last surprise met

    class group:
        surprise_today: float = lever(
            any_of, "yes/no", "the host brings something nobody was told of", bears="minutes_surprising"
        )
        surprise_worth: float = lever(only_one, "times", "worth of it, of an ordinary piece", neutral=1.0)
        is_out: int
        n_surprises: int = daily("surprises", "惊喜次数")
        minutes_surprising: float = daily(
            "host's minutes spent on surprises", "群主准备惊喜用时", unit="minutes", better=False, booked=True
        )


@Surprise.at_plan(when="surprise_today")
def prepare(group: Group, ours: Surprise.group, knobs: Surprise, world: World) -> None:
    """The piece costs posting_minutes + worth · minutes / (living groups), or there is none."""
    minutes = world.posting_minutes + ours.surprise_worth * knobs.minutes / max(1, world.n_living)
    ours.is_out = 0
    if give_minutes(minutes, group):
        ours.minutes_surprising += minutes
        ours.n_surprises += 1
        group.n_fresh += 1
        u = uniform(world, host_person(group, world), HOUR, group.index)
        host_says(60.0 * (knobs.earliest + u * max(0.0, knobs.latest - knobs.earliest)), CONTENT, group)


@Surprise.at_look(before="post", when="surprise_today")
def bring(
    me: Member, mine: Surprise.member, group: Group, ours: Surprise.group, today: Today, knobs: Surprise, world: World,
    look: Look,
) -> None:  # fmt: skip
    """From now on whoever looks in meets it."""
    if look.kind == CONTENT and me.slot == group.host_slot:
        ours.is_out = ours.n_surprises


@Surprise.at_look(before="reply", when="surprise_today", gate="is_out")
def meet(
    me: Member, mine: Surprise.member, group: Group, ours: Surprise.group, today: Today, knobs: Surprise, world: World,
    look: Look,
) -> None:  # fmt: skip
    """quality read + (worth − 1) · novelty, once a day, for who looks in after it and has read something of the host"""
    if mine.met <= world.day and me.n_host_read > 0 and me.is_staff == 0:
        mine.met = world.day + 1
        me.read_quality += (ours.surprise_worth - 1.0) * group.novelty
