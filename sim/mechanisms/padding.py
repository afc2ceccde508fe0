"""Padding (僵尸号凑人数): members who are nobody, and earlier groups that never were, make a group look big.

What is shown draws people to the door. Inside, everybody has more strangers about them, phones buzz for fewer, and
advertisers come for a reach that is not there: these follow from ``group.n_fakes`` where members are counted. The
crowd can be seen through (:mod:`sim.mechanisms.suspicion`). Source: S39.
"""

from __future__ import annotations

import math

from sim.engine.declarations import daily, lever
from sim.engine.knobs import Knob
from sim.engine.levers import plus
from sim.mechanisms import OPERATOR, OUTSIDE, Mechanism, pay, set_aside
from sim.mechanisms.suspicion import Suspicion
from sim.model.rows import Group, Knock, Member, Today, World

__all__ = ["Padding"]


class Padding(Mechanism):
    """Fakes are bought once, if the purse holds them all; they take seats, count as members shown, and say nothing."""

    title = ("Padding", "凑人数")
    uses = (Suspicion,)
    enter_crowd = Knob(0.3, 0.0, 5.0, "logit", "pull of what is shown, on the log of how many times more it is",
                       "assumption")  # fmt: skip
    tell = Knob(0.02, 0.0, 1.0, "lines/look", "as plain is a group that is nothing but fakes", "assumption")

    class group:
        fake_members: float = lever(plus, "members", "members shown who are nobody", bears="fen_fakes")
        fake_price: float = lever(plus, "CNY", "price of each", bears="fen_fakes")
        claimed_crowd: float = lever(plus, "people", "in earlier groups that never were")
        n_bought: int
        fen_fakes: int = daily("money in fake members", "买僵尸号花费", unit="CNY", better=False, booked=True)


@Padding.at_plan(when="fake_members")
def show(group: Group, ours: Padding.group, knobs: Padding, world: World, suspicion: object) -> None:
    """What is lacking is bought, if the purse holds it all. As many are shown as there are seats left for them."""
    lacking = int(ours.fake_members) - ours.n_bought
    if lacking > 0:
        yuan = lacking * ours.fake_price
        if yuan == 0.0 or set_aside(yuan, group, world):
            ours.n_bought += lacking
            ours.fen_fakes = pay(OPERATOR, OUTSIDE, yuan, group)
    group.n_fakes = max(0, min(ours.n_bought, int(ours.fake_members), group.seats - group.n_members))


@Padding.each_knock(when=("fake_members", "claimed_crowd"))
def impress(
    me: Member, theirs: object, group: Group, ours: Padding.group, knock: Knock, knobs: Padding, world: World,
    suspicion: object,
) -> None:  # fmt: skip
    """enter + enter_crowd · ln((1 + members + fakes + claimed) / (1 + members))"""
    shown = 1.0 + group.n_members + group.n_fakes + ours.claimed_crowd
    knock.enter += knobs.enter_crowd * math.log(shown / (1.0 + group.n_members))


@Padding.each_visitor(after="talk", when="fake_members")
def look_around(
    me: Member, mine: object, group: Group, ours: Padding.group, today: Today, knobs: Padding, world: World,
    suspicion: Suspicion.member,
) -> None:  # fmt: skip
    """staged lines + tell · looks · fakes / (members + fakes)"""
    suspicion.staged += knobs.tell * me.n_looks * group.n_fakes / (group.n_members + group.n_fakes)
