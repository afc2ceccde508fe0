"""Points (亲密度): how close a member is to the group, as a host can count it: coming, writing, tasks, buying.

It has no levers and does nothing to anybody. Other mechanisms read it, to tell who has done most. Source: founding
material, M8; the weights are assumptions.
"""

from __future__ import annotations

from sim.engine.declarations import carried
from sim.engine.knobs import Knob
from sim.mechanisms import Mechanism
from sim.mechanisms.tasks import Tasks
from sim.model.rows import Group, Member, Today, World

__all__ = ["Points"]


class Points(Mechanism):
    """Points are gathered from the run's first day on, wherever a mechanism in play reads them; they go along when
    people are moved.

    Adverts earn nothing, and neither do posts beyond the first few of a day, so that nobody can write themselves to the
    top.
    """

    title = ("Points", "亲密度")
    uses = (Tasks,)
    look = Knob(1.0, 0.0, 10.0, "points", "for a day on which one looks in", "assumption")
    post = Knob(2.0, 0.0, 20.0, "points", "for each post of a day", "assumption")
    most_posts = Knob(3.0, 0.0, 30.0, "posts", "that count on one day", "assumption")
    task = Knob(5.0, 0.0, 50.0, "points", "for a task done", "assumption")
    purchase = Knob(10.0, 0.0, 100.0, "points", "for a purchase", "assumption")

    class member:
        points: float = carried()


@Points.each_visitor(after="talk")
def gather(
    me: Member, mine: Points.member, group: Group, ours: object, today: Today, knobs: Points, world: World,
    tasks: Tasks.member,
) -> None:  # fmt: skip
    """points + look + post · min(posts, most_posts) + task [done today]"""
    mine.points += knobs.look + knobs.post * min(knobs.most_posts, 1.0 * (me.n_posts - me.n_ads_posted))
    if tasks.done == world.day + 1:
        mine.points += knobs.task


@Points.on_buy()
def reward(
    me: Member, mine: Points.member, group: Group, ours: object, knobs: Points, world: World, tasks: object
) -> None:
    """points + purchase"""
    mine.points += knobs.purchase
