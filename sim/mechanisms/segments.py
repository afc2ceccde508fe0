"""Offers by tag (标签分层): the host knows who somebody is, and shows them what fits.

Who has introduced themselves by the template is known for nothing (:mod:`sim.mechanisms.welcome`); of others the host
has to make out who they are from what they write. What they are is said by :mod:`sim.mechanisms.tags`. Source: founding
material, S32; the sizes are an assumption.
"""

from __future__ import annotations

from sim.engine.declarations import carried, daily, lever
from sim.engine.knobs import Knob
from sim.engine.levers import any_of, only_one
from sim.mechanisms import Mechanism, give_minutes
from sim.mechanisms.tags import Tags, segment_of, taken_for
from sim.model.rows import Group, Member, Today, World

__all__ = ["Segments"]


class Segments(Mechanism):
    """There are ``segments`` kinds of customer and an offer for each. Whoever has a tag is shown the one that fits.

    To everybody else the host shows one by guess, which is right once in ``segments`` times: a wrong one fits less than
    an offer made to all alike.
    """

    title = ("Offers by tag", "标签分层")
    uses = (Tags,)
    tag_fit = Knob(0.4, 0.0, 1.0, "share", "of what lacks to a perfect fit, that an offer for one's own kind adds",
                   "assumption")  # fmt: skip
    wrong_fit = Knob(0.3, 0.0, 1.0, "share", "of the fit, that an offer for another kind loses", "assumption")

    class member:
        is_counted: int = carried()  # as one who is known

    class group:
        offer_by_tag: float = lever(any_of, "yes/no", "offers are made by tag", bears="minutes_tagging")
        segments: float = lever(only_one, "kinds", "kinds of customer that are told apart", neutral=4.0)
        tag_minutes: float = lever(only_one, "minutes", "to make out who somebody is")
        n_tagged: int = daily("members newly tagged", "新打标签人数")
        n_guessed: int = daily("offers shown by guess", "凭猜测推介人次", better=False)
        minutes_tagging: float = daily("staff minutes spent on tags", "打标签用时", unit="minutes", better=False,
                                       booked=True)  # fmt: skip


@Segments.each_visitor(before="talk", when="offer_by_tag")
def tag(
    me: Member, mine: Segments.member, group: Group, ours: Segments.group, today: Today, knobs: Segments, world: World,
    tags: Tags.member,
) -> None:  # fmt: skip
    """Who has used the template is known. Who has ever written can be made out, while minutes last."""
    if tags.is_tagged == 0 and me.n_messages > 0 and give_minutes(ours.tag_minutes, group):
        ours.minutes_tagging += ours.tag_minutes
        tags.is_tagged = 1
    if tags.is_tagged > 0 and mine.is_counted == 0:
        mine.is_counted = 1
        ours.n_tagged += 1


@Segments.each_visitor(after="talk", when="offer_by_tag")
def show(
    me: Member, mine: Segments.member, group: Group, ours: Segments.group, today: Today, knobs: Segments, world: World,
    tags: Tags.member,
) -> None:  # fmt: skip
    """On a day with an offer: buy + b_f tag_fit (1 − fit) if it is the one for them, else buy − b_f wrong_fit fit

    It is if they have a tag, or if the host's guess is their kind, once in ``segments`` times; b_f = ``mind.buy_fit``.
    """
    if group.is_offer_day == 0:
        return
    kinds = max(1, int(ours.segments))
    ours.n_guessed += 1 - tags.is_tagged
    shown = taken_for(me.person, tags.is_tagged, kinds, group.index, world)
    is_right = shown == segment_of(me.person, kinds, world)
    better = knobs.tag_fit * (1.0 - me.fit) if is_right else -knobs.wrong_fit * me.fit
    today.buy += world.buy_fit * better
