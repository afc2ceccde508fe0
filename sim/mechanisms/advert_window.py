"""A window for adverts (广告时段): at one hour whoever pays a toll may post an advert; the toll is a packet for all.

What happens to adverts at other hours is for the ban to say (:mod:`sim.mechanisms.advert_ban`). Adverts of the window
are lines of a kind of their own: nobody deletes them, they make adverts normal in the window alone, and they are
counted apart. Who sent a toll may take a share of it, as of any packet.
All sums are whole fen: tolls paid = taken + returned. Source: founding material, S24; terms are assumptions.
"""

from __future__ import annotations

from typing import Annotated

from sim.engine.declarations import daily, lever, lost
from sim.engine.knobs import Knob
from sim.engine.levers import only_one, plus
from sim.engine.luck import purpose, uniform
from sim.engine.rule import rule
from sim.mechanisms import MEMBER, Mechanism, kind, pay, write
from sim.model.rows import Desk, Group, Look, Member, Scene, Today, World
from sim.model.submodels.conversation_log import LOG, PLAIN
from sim.model.submodels.yuan import felt

__all__ = ["MOST_TOLLS", "AdvertWindow"]

MOST_TOLLS = 8
"""Adverts that the window holds on one day."""
NOTHING_ELSE = -1_000.0
"""Relative change of how readily who pays opens otherwise: not at all, whatever else the day is like."""
WHEN, COPY = purpose("advert window: when"), purpose("advert window: do as others")


class AdvertWindow(Mechanism):
    """Whoever would advertise pays if an advert is worth more to them than the toll, and posts nothing else that day.

    These are advertisers, who reckon with the window at the door already, and members on a day on which they would do
    as advertisers do.

    The toll is split into equal shares, one for each ordinary member who looks in after it, until none is left.
    """

    title = ("Advert window", "广告时段")
    minutes = Knob(60.0, 1.0, 720.0, "minutes", "for which the window is open", "founding material, S24: an hour")
    shares = Knob(10.0, 1.0, 100.0, "shares", "into which a toll is split", "assumption")
    milder = Knob(0.3, 0.0, 1.0, "share", "annoyance of an advert in the window, of that of another", "assumption")
    joy = Knob(0.08, 0.0, 5.0, "feeling", "joy of a large share, fading as one gets used to packets",
               "assumption: as of red packets")
    joy_half = Knob(0.000625, 1e-6, 0.1, "share", "money taken on a day, in monthly free money, that gives half of it",
                    "assumption: as of red packets")  # fmt: skip

    class kinds:
        window_advert = kind("advert in the window", "时段内广告", author="nobody", is_ritual=True)
        toll_packet = kind("toll packet", "广告费红包", author="nobody", is_ritual=True)

    kind_window_advert: int  # their codes
    kind_toll_packet: int

    class member:
        paying: int = lost()  # day plus one of the last day on which the toll seemed worth paying
        day: int = lost()  # day plus one of which the others tell
        n_read: int = lost()  # adverts of the window that they have read
        n_seen: int = lost()  # toll packets opened or passed over
        fen_taken: int = lost()

    class group:
        advert_window: float = lever(only_one, "hour", "hour from which adverts are let in for a toll", neutral=-1.0,
                                     felt=True)  # fmt: skip
        advert_toll: float = lever(plus, "CNY", "toll for an advert in the window, as a packet for all", felt=True)
        reach: int  # yesterday's visitors
        norm: float  # how normal it has become to advertise in the window
        n_tolls: int  # toll packets of today
        fen_share: Annotated[list[int], MOST_TOLLS]  # a share of each …
        shares_left: Annotated[list[int], MOST_TOLLS]  # … and how many are left
        n_window_adverts: int = daily("adverts in the window", "时段内广告数")
        n_members_window: int = daily("adverts of members in the window", "时段内成员所发广告数")
        fen_tolls: int = daily("tolls paid for adverts in the window", "时段广告费", unit="CNY")
        fen_tolls_taken: int = daily("… taken by members", "时段广告费被领金额", unit="CNY", better=True)
        fen_tolls_returned: int = daily("… left over, and returned", "时段广告费退回金额", unit="CNY")


@AdvertWindow.each_group(before="visit", when="advert_window")
def count_on(group: Group, ours: AdvertWindow.group, knobs: AdvertWindow, world: World, desk: Desk) -> None:
    """Whoever pays reckons with as many visitors as yesterday."""
    ours.reach = group.n_visitors
    ours.n_tolls = 0


@rule
def would_advertise(me: Member, group: Group, ours: AdvertWindow.group, world: World) -> bool:
    """Advertisers, and members with P = imitation · copying · min(1, norm of adverts + norm of the window) · S(talk):
    what they would open with on a day, where it is normal and allowed; S(x) = x / (1 + x).
    """
    if me.role == world.role_advertiser:
        return True
    normal = min(1.0, group.ad_norm + ours.norm)
    p = world.imitation * me.copying * normal * me.talk / (1.0 + me.talk)
    return me.is_expert == 0 and uniform(world, me.person, COPY, group.index) < p


@AdvertWindow.each_visitor(before="talk", when="advert_window")
def reckon(
    me: Member, mine: AdvertWindow.member, group: Group, ours: AdvertWindow.group, today: Today, knobs: AdvertWindow,
    world: World,
) -> None:  # fmt: skip
    """Who would advertise pays if  advert_value · visitors of yesterday > toll:  they come within the window instead of
    at an hour of their own, and open with nothing else.
    """
    if world.advert_value * ours.reach > ours.advert_toll and would_advertise(me, group, ours, world):
        u = uniform(world, me.person, WHEN, group.index)
        mine.paying = world.day + 1
        today.look_at = min(1439.0, 60.0 * ours.advert_window + knobs.minutes * u)
        today.open = NOTHING_ELSE


@AdvertWindow.at_look(before="reply", when="advert_window")
def advertise(
    me: Member, mine: AdvertWindow.member, group: Group, ours: AdvertWindow.group, today: Today, knobs: AdvertWindow,
    world: World, look: Look,
) -> None:  # fmt: skip
    """Pay the toll and post an advert; beyond eight a day the window is full."""
    k = ours.n_tolls
    if mine.paying != world.day + 1 or look.kind != PLAIN or k >= MOST_TOLLS:
        return
    mine.paying = 0
    ours.n_window_adverts += 1
    ours.n_members_window += 0 if me.role == world.role_advertiser else 1
    write(look, knobs.kind_window_advert)
    fen = pay(MEMBER, MEMBER, ours.advert_toll, group)
    n = min(int(knobs.shares), fen)
    ours.n_tolls = k + 1
    ours.shares_left[k] = n
    ours.fen_share[k] = fen // n if n > 0 else 0
    if fen > 0:
        ours.fen_tolls += fen
        write(look, knobs.kind_toll_packet)


@rule
def is_reader(me: Member, mine: AdvertWindow.member, world: World) -> bool:
    """Neither staff nor advertiser; what they met on another day is forgotten."""
    if mine.day != world.day + 1:
        mine.day = world.day + 1
        mine.n_read = mine.n_seen = mine.fen_taken = 0
    return me.is_staff == 0 and me.role != world.role_advertiser


@AdvertWindow.at_look(after="read", since="advert_window")
def count(
    me: Member, mine: AdvertWindow.member, group: Group, ours: AdvertWindow.group, today: Today, knobs: AdvertWindow,
    world: World, look: Scene,
) -> None:  # fmt: skip
    """Adverts of others in the window just read, those of yesterday evening that still lie open among them."""
    if is_reader(me, mine, world):
        for j in range(look.first, look.desk.n[LOG]):
            line = look.desk.log[j]
            mine.n_read += 1 if line.kind == knobs.kind_window_advert and line.person != me.person else 0


@AdvertWindow.at_look(before="reply", when="advert_window", gate="n_tolls")
def take(
    me: Member, mine: AdvertWindow.member, group: Group, ours: AdvertWindow.group, today: Today, knobs: AdvertWindow,
    world: World, look: Look,
) -> None:  # fmt: skip
    """Who looks in takes a share of every toll of today not seen before. Money wakes those who only read."""
    if not is_reader(me, mine, world):
        return
    for k in range(mine.n_seen, ours.n_tolls):
        if ours.shares_left[k] > 0:
            ours.shares_left[k] -= 1
            ours.fen_tolls_taken += ours.fen_share[k]
            mine.fen_taken += ours.fen_share[k]
            today.is_woken = 1
    mine.n_seen = ours.n_tolls


@AdvertWindow.each_visitor(after="talk", since="advert_window")
def feel_it(
    me: Member, mine: AdvertWindow.member, group: Group, ours: AdvertWindow.group, today: Today, knobs: AdvertWindow,
    world: World,
) -> None:  # fmt: skip
    """cost + milder · annoyance · dislike · n / (1 + read), n adverts of the window read;
    gain + joy · S(y / (joy_half B)) (1 − numbness), y CNY taken;  numbness ← numbness + numbing (1 − numbness)
    """
    if mine.day != world.day + 1:
        return
    today.cost += knobs.milder * world.annoyance * me.dislike * mine.n_read / (1.0 + me.n_read)
    if mine.fen_taken > 0:
        today.gain += knobs.joy * felt(mine.fen_taken / 100.0, knobs.joy_half, me) * (1.0 - me.numb_packet)
        me.numb_packet += world.numbing * (1.0 - me.numb_packet)


@AdvertWindow.each_group(after="talk", when="advert_window")
def return_rest(group: Group, ours: AdvertWindow.group, knobs: AdvertWindow, world: World, desk: Desk) -> None:
    """At midnight what nobody took goes back to who paid it.

    norm ← norm + (adverts of the window / (1 + openers + adverts, those of the window too) − norm) / norm_days
    """
    ours.fen_tolls_returned = ours.fen_tolls - ours.fen_tolls_taken
    seen = ours.n_window_adverts / (1.0 + group.n_openers + group.n_ads + ours.n_window_adverts)
    ours.norm += (seen - ours.norm) / world.norm_days
