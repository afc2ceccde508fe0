"""Prepared content (内容): the host's posts, the hour at which people learn to expect them, and the habit of that hour.

Source: founding material, S9, S10, H5; that a slot which is kept builds a habit is an assumption.
"""

from __future__ import annotations

from sim.engine.declarations import lever, lost
from sim.engine.knobs import Knob
from sim.engine.levers import any_of, only_one, plus
from sim.engine.luck import SECOND, SLOT, uniform
from sim.engine.rule import rule
from sim.mechanisms import Mechanism, host_person, host_says
from sim.model.rows import Group, Member, Today, World
from sim.model.submodels.messages import CONTENT, PREVIEW

__all__ = ["Content", "settle"]

MOST_OWED = 5.0
"""Posts that may be owed at most: what was due before is forgotten."""
SAME_HOUR = 0.5
"""Hours by which a post may miss the hour of the last one and still keep the slot."""


class Content(Mechanism):
    """Posts fall due, cost minutes, and draw those who have learnt the hour; a preview draws who looked in yesterday.

    Somebody who finds something useful of the host in a slot that is kept takes to the hour; every other day loosens
    the habit. What a member gets from a post is said by the rules of reading, which all messages share.
    """

    title = ("Prepared content", "预先准备的内容")
    habit_pull = Knob(1.2, 0.0, 10.0, "logit", "pull of the hour one is used to, on days with a post",
                      "assumption: habit")
    preview_pull = Knob(0.3, 0.0, 10.0, "logit", "pull of a post announced yesterday, on those who looked in",
                        "assumption")
    habit_gain = Knob(0.08, 0.0, 1.0, "share", "growth of the habit when the slot is met", "assumption: habit")
    habit_loss = Knob(0.03, 0.0, 1.0, "share", "loss of the habit on a day without it", "assumption: habit")
    minutes = Knob(40.0, 0.0, 600.0, "minutes", "to prepare a post, once for all groups", "assumption")
    hour = Knob(20.0, 0.0, 23.0, "hour", "hour of a post for which no hour is set", "assumption")
    gap = Knob(120.0, 1.0, 720.0, "minutes", "between the posts of one day", "assumption")
    preview_after = Knob(15.0, 0.0, 720.0, "minutes", "from a day's first post to the preview of the next",
                         "assumption")
    drawn_within = Knob(20.0, 0.0, 240.0, "minutes", "after the hour, in which habit brings people", "assumption")
    slot_speed = Knob(0.2, 0.0, 1.0, "1/post", "speed at which people judge whether the slot is kept", "assumption")

    class member:
        habit: float = lost()  # of looking at the hour, 0 … 1
        rested: int = lost()  # last day on which the habit was brought up to date

    class group:
        content_posts: float = lever(plus, "posts/day", "prepared posts of the host", bears="content")
        content_hour: float = lever(
            only_one, "hour", "hour at which the prepared post appears", neutral=-1.0
        )
        content_preview: float = lever(any_of, "yes/no", "each post announces the next")
        debt: float  # posts due
        n_posts: int  # of today, until the next morning
        is_previewed: int  # today's post was announced by yesterday's
        has_posted: int
        last_hour: float  # of the last post, if there was one
        slot_kept: float  # how reliably the hour was kept, moving average


@Content.at_plan(since="content_posts")
def prepare(group: Group, ours: Content.group, knobs: Content, world: World) -> None:
    """``content_posts`` a day fall due; each costs posting_minutes + minutes/(living groups), or is owed.

    Once no more are asked for, nothing is owed.

    slot_kept ← slot_kept + slot_speed (kept − slot_kept), kept = 1 if the hour is that of the last post.
    """
    ours.is_previewed = 1 if ours.n_posts > 0 and ours.content_preview > 0.0 else 0
    ours.debt = min(MOST_OWED, ours.debt + ours.content_posts) if ours.content_posts > 0.0 else 0.0
    ours.n_posts = 0
    minutes = world.posting_minutes + knobs.minutes / max(1, world.n_living)
    while ours.debt >= 1.0 and group.minutes_left >= minutes:
        ours.debt -= 1.0
        ours.n_posts += 1
        group.minutes_left -= minutes
        group.minutes_content += minutes
    if ours.n_posts > 0:
        last = ours.last_hour if ours.has_posted > 0 else -1.0
        kept = 1.0 if abs(ours.content_hour - last) < SAME_HOUR else 0.0
        ours.slot_kept += knobs.slot_speed * (kept - ours.slot_kept)
        ours.last_hour, ours.has_posted = ours.content_hour, 1
        group.n_fresh += ours.n_posts
        announce(group, ours, knobs, world)


@rule
def announce(group: Group, ours: Content.group, knobs: Content, world: World) -> None:
    """The host's posts of the day, and the preview of the next, at their minutes."""
    second = uniform(world, host_person(group, world), SECOND, group.index)
    hour = ours.content_hour if ours.content_hour >= 0.0 else knobs.hour
    for k in range(ours.n_posts):
        host_says(min(1438.0, hour * 60.0 + knobs.gap * k + second), CONTENT, group)
    if ours.content_preview > 0.0:
        host_says(min(1439.0, hour * 60.0 + knobs.preview_after + second), PREVIEW, group)


@Content.each_member(before="visit", since="content_posts")
def draw(
    me: Member, mine: Content.member, group: Group, ours: Content.group, today: Today, knobs: Content, world: World
) -> None:
    """visit + habit_pull η [a post today] + preview_pull [announced yesterday, and they looked in]"""
    if ours.n_posts == 0:
        return
    settle(mine, me.day_rested, knobs)
    today.visit += knobs.habit_pull * mine.habit
    if ours.is_previewed > 0 and me.n_looks > 0:  # still those of yesterday
        today.visit += knobs.preview_pull


@Content.each_visitor(before="talk", since="content_posts")
def come_at_the_hour(
    me: Member, mine: Content.member, group: Group, ours: Content.group, today: Today, knobs: Content, world: World
) -> None:
    """Who looks today comes with probability η first in the minutes after the hour.

    Days of rest before today's look count already: η ← η − habit_loss η on each.
    """
    if ours.n_posts == 0 or ours.content_hour < 0.0 or mine.habit <= 0.0:
        return
    v = uniform(world, me.person, SLOT, group.index)
    if v < mine.habit:
        habit = mine.habit
        for _ in range(world.day - 1 - mine.rested):
            habit -= knobs.habit_loss * habit
        if v < habit:
            today.look_at = min(1439.0, ours.content_hour * 60.0 + knobs.drawn_within * v)


@Content.each_visitor(after="talk", since="content_posts")
def take_to_it(
    me: Member, mine: Content.member, group: Group, ours: Content.group, today: Today, knobs: Content, world: World
) -> None:
    """η ← η + habit_gain (1 − η) useful where the slot is kept and something of the host was read; else it fades.

    useful = q/(enough + q), q what was read today. Advertisers come to post, not to read.
    """
    if me.role == world.role_advertiser:
        return
    settle(mine, me.day_rested - 1, knobs)
    mine.rested = me.day_rested
    useful = me.read_quality / (world.enough + me.read_quality)
    met = ours.n_posts > 0 and ours.slot_kept > 0.5 and me.n_host_read > 0
    mine.habit += knobs.habit_gain * (1.0 - mine.habit) * useful if met else -knobs.habit_loss * mine.habit


@rule
def settle(mine: Content.member, day: int, knobs: Content) -> None:
    """Days without a look, up to ``day``: η ← η − habit_loss η on each.

    They count when the member's other days of rest do (``day_rested``), so that a habit is as old as all that others
    see of a person.
    """
    if mine.habit > 0.0:
        for _ in range(day - mine.rested):
            mine.habit -= knobs.habit_loss * mine.habit
    mine.rested = day
