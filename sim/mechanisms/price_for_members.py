"""A price for members (成员价): what is sold in the group costs members less than it costs outsiders.

The yuan saved act once on each decision. On buying they act as the lower price, and as nothing else: the outsiders'
price is asked of people, so it is none that was struck out to anchor by. Whoever has bought has the saving in hand, and
is glad of it as of a gift (:mod:`sim.mechanisms.gifts`). Whoever stands at the door has heard what members save, and
reckons with that, not with what they themselves might buy. Source: founding material, S7; all sizes are assumptions.
"""

from __future__ import annotations

from sim.engine.declarations import daily, lever
from sim.engine.knobs import Knob
from sim.engine.levers import times
from sim.mechanisms import Mechanism
from sim.mechanisms.gifts import Gifts
from sim.model.rows import Group, Knock, Member, Own, State, World
from sim.model.submodels.yuan import felt

__all__ = ["PriceForMembers"]


class PriceForMembers(Mechanism):
    """Every offer, whoever makes it, costs members ``member_price`` of its price, to the fen; so much less is earned.

    Goods are taken to cost the operator a share of what they sell for (``operator.margin``), at this price as at any.
    """

    title = ("Price for members", "成员价")
    uses = (Gifts,)
    enter_saving = Knob(0.8, 0.0, 5.0, "logit", "pull at the door of what members save", "assumption: as of a gift")
    saving_half = Knob(0.02, 0.001, 0.5, "share", "saved a month, in monthly free money, that gives half of it",
                       "assumption: as of a gift")  # fmt: skip
    memory = Knob(30.0, 1.0, 365.0, "days", "over which it is known what members save", "assumption")

    class group:
        member_price: float = lever(times, "ratio", "price for members, of that for outsiders")
        saving: float  # CNY that a purchase of today saves
        usual: float  # CNY that a member saves a day, on the average of late
        fen_saved: int = daily("money that members save by their price", "成员价省下的钱", unit="CNY", better=True)


@PriceForMembers.at_plan(when="member_price")
def lower(group: Group, ours: PriceForMembers.group, knobs: PriceForMembers, world: World, gifts: object) -> None:
    """price of today · member_price, in whole fen, one at least"""
    ours.saving = 0.0
    if group.is_offer_day > 0:
        price = max(1, int(group.price_today * ours.member_price * 100.0 + 0.5)) / 100.0
        ours.saving = group.price_today - price
        group.price_today = price


@PriceForMembers.on_buy(when="member_price")
def be_glad(
    me: Member, mine: object, group: Group, ours: PriceForMembers.group, knobs: PriceForMembers, world: World,
    gifts: Gifts.member,
) -> None:  # fmt: skip
    """in hand + what was saved, CNY"""
    if ours.saving > 0.0:
        gifts.yuan += ours.saving
        ours.fen_saved += int(ours.saving * 100.0 + 0.5)


@PriceForMembers.each_evening(when="member_price")
def hear_of_it(
    state: State, own: Own[object, PriceForMembers.group, object, object], g: int, group: Group,
    ours: PriceForMembers.group, knobs: PriceForMembers, world: World,
) -> None:  # fmt: skip
    """usual ← usual + (saved today / members − usual) / memory"""
    ours.usual += (ours.fen_saved / 100.0 / max(1, group.n_members) - ours.usual) / knobs.memory


@PriceForMembers.each_knock(when="member_price")
def lure(
    me: Member, theirs: object, group: Group, ours: PriceForMembers.group, knock: Knock, knobs: PriceForMembers,
    world: World, gifts: object,
) -> None:  # fmt: skip
    """worth + enter_saving · S(30 · usual / (saving_half · B)): the month's saving, S(x) = x / (1 + x)"""
    knock.worth += knobs.enter_saving * felt(30.0 * ours.usual, knobs.saving_half, me)
