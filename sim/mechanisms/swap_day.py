"""The members' market (置换, 资源对接): on some days members offer each other things, and help with what they have.

Source: founding material, S59; how many offer something, and how often it fits, are assumptions. What an offer draws is
left to the talk: it is a line like others, which other members answer, so ties grow by the rule that there is.
"""

from __future__ import annotations

from sim.engine.declarations import carried, daily, lever, lost
from sim.engine.knobs import Knob
from sim.engine.levers import any_of
from sim.engine.luck import purpose, uniform
from sim.mechanisms import Mechanism, host_posts, kind, write
from sim.mechanisms.gifts import Gifts
from sim.model.rows import Desk, Group, Line, Look, Member, Today, World

__all__ = ["SwapDay"]

HAS_SOME, FITS = purpose("swap day: have something to offer"), purpose("swap day: it fits")


class SwapDay(Mechanism):
    """On a swap day who looks in may write an offer; who answers one may get what they need, and save its price.

    Nothing of it is the host's, who earns nothing by it; calling the day costs the minutes of a post.
    """

    title = ("Members' market", "成员集市")
    uses = (Gifts,)
    offers = Knob(0.15, 0.0, 1.0, "probability", "who looks in on a swap day has something to offer", "assumption")
    fits = Knob(0.4, 0.0, 1.0, "probability", "what is offered is of use to whoever answers", "assumption")
    saved = Knob(20.0, 0.0, 10_000.0, "CNY", "what they save by it", "assumption")
    draw = Knob(0.8, 0.0, 10.0, "interest", "how much an offer draws answers", "assumption")
    call_hour = Knob(10.0, 0.0, 23.9, "hour", "hour at which the host calls the day", "assumption")

    class kinds:
        market = kind("market day called", "集市通知", author="host", worth=(0.0, 0.0), interest=0.0)
        swap = kind("offer among members", "成员置换", is_opener=True, is_missed=True, interest=0.8, worth=(0.1, 0.0))

    kind_market: int  # their codes
    kind_swap: int

    class member:
        asked: int = lost()  # day plus one on which they thought of what to offer
        n_swaps: int = carried()

    class group:
        swap_day: float = lever(any_of, "yes/no", "members may offer each other things today")
        is_on: int
        n_swap_offers: int = daily("things offered among members", "成员置换信息数")
        n_swaps: int = daily("swaps among members", "成员置换成交数", better=True)


@SwapDay.at_plan(when="swap_day")
def call(group: Group, ours: SwapDay.group, knobs: SwapDay, world: World, gifts: object) -> None:
    """The host calls the day; without the minutes of a post there is none."""
    ours.is_on = 1 if host_posts(60.0 * knobs.call_hour, knobs.kind_market, group, world) else 0


@SwapDay.each_group(before="talk", since="swap_day")
def stir(group: Group, ours: SwapDay.group, knobs: SwapDay, world: World, desk: Desk, gifts: object) -> None:
    """interest in answering an offer = draw, of those left open since yesterday, too"""
    desk.kinds[knobs.kind_swap].interest = knobs.draw


@SwapDay.at_look(before="reply", when="swap_day", gate="is_on")
def offer(
    me: Member, mine: SwapDay.member, group: Group, ours: SwapDay.group, today: Today, knobs: SwapDay, world: World,
    look: Look, gifts: object,
) -> None:  # fmt: skip
    """P(offer) = offers, at the first look of the day after the call."""
    is_ordinary = me.is_staff == 0 and me.role != world.role_advertiser
    if is_ordinary and mine.asked <= world.day and look.t >= 60.0 * knobs.call_hour:
        mine.asked = world.day + 1
        if uniform(world, me.person, HAS_SOME, group.index) < knobs.offers:
            ours.n_swap_offers += 1
            write(look, knobs.kind_swap)


@SwapDay.at_reply(when="swap_day")
def swap(
    line: Line, answered: Line, me: Member, mine: SwapDay.member, group: Group, ours: SwapDay.group, today: Today,
    knobs: SwapDay, world: World, gifts: Gifts.member,
) -> None:  # fmt: skip
    """P = fits, for who answers an offer first: in hand + saved."""
    is_first = answered.kind == knobs.kind_swap and answered.n_answers == 1 and me.is_staff == 0
    if is_first and uniform(world, me.person, FITS, answered.slot) < knobs.fits:
        ours.n_swaps += 1
        mine.n_swaps += 1
        gifts.yuan += knobs.saved
