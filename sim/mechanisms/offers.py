"""Offers of the product (推介): what the host sells in the group, by habit or as a strategy has it.

Source: founding material (groups are kept to sell; S25, S26, S43, S47); how often and when, and what hard and woven
offers do, is an assumption.
"""

from __future__ import annotations

from collections.abc import Mapping

from sim.engine.declarations import daily, lever
from sim.engine.knobs import Knob
from sim.engine.levers import any_of, only_one, plus
from sim.engine.luck import SECOND, purpose, uniform
from sim.engine.rule import rule
from sim.mechanisms import Mechanism, give_minutes, host_person, host_says, kind, say
from sim.model.entities import MOST_PLANNED
from sim.model.hands import OPERATORS
from sim.model.rows import Desk, Group, Member, Today, World
from sim.model.submodels.messages import CONTENT, OFFER

__all__ = ["HARD", "PLAIN", "REGRET", "WOVEN", "Offers"]

PLAIN, HARD, WOVEN = range(3)
"""Tones of an offer."""
REGRET = purpose("offers: regret")
EARLIEST = 540.0
"""Minute from which several offers of a day are spread."""


class Offers(Mechanism):
    """Every ``operator.offer_every`` days the host offers the product, on different days in different groups.

    In play wherever there is a product (``scenario.item_price``) and offers are made: it needs no lever. A strategy may
    say when, how and at what price instead. Whether somebody takes an offer they saw is a rule of their role (``buy``).

    A **plain** offer is seen by whoever reads something of the host's that day. A **hard** one is seen by everybody who
    looks, and is to them an advert like any other. A **woven** one is part of a prepared piece, which is worth less.
    """

    title = ("Offers of the product", "商品推介")
    hour = Knob(19.0, 0.0, 23.0, "hour", "hour at which the product is offered", "assumption")
    hard_pull = Knob(0.4, 0.0, 4.0, "logit", "pull of a hard advert that is on everybody's screen", "assumption")
    example = Knob(2.0, 0.0, 20.0, "adverts", "left standing, that a hard advert of the host counts as where others "
                   "see what is normal", "assumption")  # fmt: skip
    woven_loss = Knob(0.3, 0.0, 1.0, "share", "worth that what the host tells loses where all of it sells",
                      "assumption")  # fmt: skip
    woven_numb = Knob(0.5, 0.0, 1.0, "share", "part of the numbness that an offer woven into a piece leaves out",
                      "assumption")  # fmt: skip
    attentive = Knob(0.4, 0.0, 4.0, "logit", "pull of an offer right after a piece, on who found all one can wish in "
                     "what they read", "assumption")  # fmt: skip
    regret = Knob(0.0, 0.0, 1.0, "probability", "that a purchase is regretted by whom the product does not fit at all",
                  "not estimated: 0 leaves it out")  # fmt: skip
    regret_trust = Knob(0.1, 0.0, 1.0, "share", "trust lost by a purchase that is regretted", "assumption")
    good_trust = Knob(0.0, 0.0, 1.0, "share", "trust gained by a purchase that is not, where the product fits fully",
                      "not estimated: 0 leaves it out")  # fmt: skip
    after_minutes = Knob(5.0, 1.0, 120.0, "minutes", "from a piece to the offer that follows it", "assumption")

    class kinds:
        hard_offer = kind("hard advert of the host", "群主硬广告", author="host", feeds="adverts",
                          host_worth=(0.0, 0.0))  # fmt: skip

    kind_hard_offer: int  # its code

    class group:
        offers_planned: float = lever(any_of, "yes/no", "a strategy says when the product is offered: the operator's "
                                      "own rhythm rests")  # fmt: skip
        no_offers: float = lever(any_of, "yes/no", "nothing is offered, by whomever")
        offers: float = lever(plus, "offers/day", "offers of today", bears="minutes_selling")
        offer_hour: float = lever(only_one, "hour", "hour of the day's last offer", neutral=-1.0)
        offer_tone: float = lever(only_one, "0, 1, 2", "plain, hard, or woven into the host's pieces")
        offer_price: float = lever(only_one, "CNY", "price of what is offered; 0: that of the product")
        then_offer: float = lever(any_of, "yes/no", "on a day with a piece of content the offer follows it")
        soft_share: float = lever(plus, "share", "share of the host's pieces that sell")
        due: float  # offers and woven pieces due, less than one
        is_after: int  # the offer of today follows a piece
        n_offers: int = daily("offers made as a strategy has it", "按策略推介次数")
        minutes_selling: float = daily("staff minutes spent on offers", "推介用时", unit="minutes", better=False,
                                       booked=True)  # fmt: skip

    @classmethod
    def is_always(cls, knobs: Mapping[str, float]) -> bool:
        """Is there a product, and is it offered?"""
        return knobs.get("item_price", 0.0) > 0.0 and knobs.get("offer_every", 0.0) >= 1.0


@Offers.at_plan()
def plan_offer(group: Group, ours: Offers.group, knobs: Offers, world: World) -> None:
    """The operator's own offer that is due costs posting_minutes; without them it is left out, not put off.

    In a group of another owner the operator sells nothing.
    """
    if ours.offers_planned + ours.no_offers > 0.0 or group.owner != OPERATORS:
        return
    every = int(world.offer_every)
    due = every > 0 and (world.day - group.day_born + 3 * group.index) % every == every - 1
    if due and group.minutes_left >= world.posting_minutes and world.item_price > 0.0:
        group.is_offer_day = 1
        group.price_today = world.item_price
        group.minutes_left -= world.posting_minutes
        group.minutes_content += world.posting_minutes
        second = uniform(world, host_person(group, world), SECOND, group.index)
        host_says(knobs.hour * 60.0 + second, OFFER, group)


@Offers.at_plan(when=("offers", "soft_share"))
def plan_offers(group: Group, ours: Offers.group, knobs: Offers, world: World) -> None:
    """Offers of a strategy fall due by ``offers`` a day, and each costs posting_minutes, or is left out.

    Woven ones take no minutes of their own: of the pieces that the host has prepared for today a share ``soft_share``
    sells, in whole pieces over the days; what the host tells today is worth · (1 − woven_loss · selling / pieces).
    """
    price = ours.offer_price if ours.offer_price > 0.0 else world.item_price
    if ours.no_offers > 0.0 or price <= 0.0:
        return
    if ours.offer_tone == WOVEN:
        pieces = pieces_planned(group)
        ours.due += min(1.0, ours.soft_share) * pieces
        ours.n_offers = int(ours.due + 1e-9)
        if ours.n_offers > 0:
            group.withheld += (1.0 - group.withheld) * knobs.woven_loss * min(1.0, ours.n_offers / pieces)
    else:
        ours.due += ours.offers
        while ours.n_offers + 1 <= int(ours.due + 1e-9) and give_minutes(world.posting_minutes, group):
            ours.n_offers += 1
            ours.minutes_selling += world.posting_minutes
    ours.due -= int(ours.due + 1e-9)
    if ours.n_offers > 0:
        group.is_offer_day = 1
        group.price_today = price


@rule
def pieces_planned(group: Group) -> int:
    """How many pieces of content the host has planned for today."""
    n = 0
    for k in range(min(MOST_PLANNED, group.n_planned)):
        n += 1 if group.planned_kind[k] == CONTENT else 0
    return n


@Offers.each_group(before="talk", when="offers")
def announce(group: Group, ours: Offers.group, knobs: Offers, world: World, desk: Desk) -> None:
    """The last offer comes at the hour, or ``after_minutes`` after the day's last piece of content; the others are
    spread evenly from nine in the morning on.
    """
    ours.is_after = 0
    if ours.n_offers == 0 or ours.offer_tone == WOVEN or group.host_slot < 0:
        return
    last = 60.0 * (ours.offer_hour if ours.offer_hour >= 0.0 else knobs.hour)
    if ours.then_offer > 0.0:
        for k in range(min(MOST_PLANNED, group.n_planned)):
            if group.planned_kind[k] == CONTENT:
                after = group.planned_at[k] + knobs.after_minutes
                last = after if ours.is_after == 0 else max(last, after)
                ours.is_after = 1
    last += uniform(world, host_person(group, world), SECOND, group.index)
    first = min(EARLIEST, last)
    code = knobs.kind_hard_offer if ours.offer_tone == HARD else OFFER
    for k in range(ours.n_offers):
        say(desk, first + (last - first) * (k + 1) / ours.n_offers, group.host_slot, code, group)


@Offers.each_visitor(after="talk", when=("offer_tone", "then_offer"))
def meet(
    me: Member, mine: object, group: Group, ours: Offers.group, today: Today, knobs: Offers, world: World
) -> None:
    """hard: it reaches whoever looks, buy + hard_pull, and is no reason for trust;  woven: numbing · (1 − woven_numb);
    after a piece: buy + attentive · q / (enough + q), q the quality read today
    """
    if ours.n_offers == 0:
        return
    if ours.offer_tone == HARD:
        today.buy += knobs.hard_pull
        today.n_selling += min(me.n_host_read, ours.n_offers)
        if today.offered == 0:
            today.offered = 1
    if ours.offer_tone == WOVEN:
        today.numb -= knobs.woven_numb
    if ours.is_after > 0:
        today.buy += knobs.attentive * me.read_quality / (world.enough + me.read_quality)


@Offers.each_group(after="talk", when="offer_tone")
def set_an_example(group: Group, ours: Offers.group, knobs: Offers, world: World, desk: Desk) -> None:
    """Each hard advert counts as ``example`` adverts that nobody minded; the norm is at most 1."""
    if ours.offer_tone == HARD:
        room = 1 + group.n_openers + group.n_ads
        group.n_ads_unpunished = min(room, group.n_ads_unpunished + int(knobs.example * ours.n_offers + 0.5))


@Offers.on_buy()
def look_back(
    me: Member, mine: object, group: Group, ours: Offers.group, knobs: Offers, world: World
) -> None:
    """With probability regret · (1 − fit) τ ← τ (1 − regret_trust), else τ ← τ + good_trust · fit (1 − τ)"""
    if uniform(world, me.person, REGRET, group.index) < knobs.regret * (1.0 - me.fit):
        me.trust -= knobs.regret_trust * me.trust
    else:
        me.trust += knobs.good_trust * me.fit * (1.0 - me.trust)
