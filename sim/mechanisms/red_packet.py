"""Red packets (红包): money split into shares, taken in order of arrival by those who look. Source: S16, H8.

All sums are whole fen (1/100 CNY), so that sent = received + returned holds exactly.
"""

from __future__ import annotations

from typing import Annotated

from sim.engine.declarations import daily, lever, lost
from sim.engine.knobs import Knob
from sim.engine.levers import only_one
from sim.engine.luck import GIVE, SECOND, SHARE, uniform
from sim.engine.rows import Long
from sim.engine.rule import rule
from sim.mechanisms import MEMBER, OPERATOR, Mechanism, host_person, pay, say, set_aside, write
from sim.model.rows import Desk, Group, Look, Member, Today, World
from sim.model.submodels.messages import RED_PACKET
from sim.model.submodels.yuan import felt

__all__ = ["MOST", "RedPacket", "lay", "share_of"]

MOST = 8
"""Packets that may lie open in a group on one day; while all are open nobody sends another."""
GIFT_SHARES = 10
"""A member who gives splits their packet among as many as look, at most ten."""
SHOWING_UP, NEWCOMERS = 2, 3
"""For whom the host's packet is, beside 0, everybody: codes of the lever ``packet_for``."""
PENNIES = 2.0
"""Fen a share below which a packet is one of pennies."""


class RedPacket(Mechanism):
    """A packet is announced on the screen, its shares please those who take them, who may give one in return.

    Notice and joy fade as one gets used to packets (numbness). What nobody took by midnight returns to the sender.
    """

    title = ("Red packets", "红包")
    notice = Knob(0.25, 0.0, 10.0, "logit", "pull of a packet announced on the screen", "assumption")
    joy = Knob(0.08, 0.0, 5.0, "feeling", "joy of a large share, fading as one gets used to packets", "assumption")
    joy_half = Knob(0.000625, 1e-6, 0.1, "share",
                    "money taken on a day, in monthly free money, that gives half of it", "assumption: 0.50 CNY of 800")
    insult = Knob(0.02, 0.0, 5.0, "feeling", "cost of a share of the host's where shares are below 0.02 CNY on average",
                  "founding material, S16: penny packets are laughed at; weight: assumption")  # fmt: skip
    prompt = Knob(15.0, 0.0, 1_440.0, "minutes", "within which who shows up finds the packet for showing up",
                  "assumption")  # fmt: skip

    class member:
        day: int = lost()  # on which the other columns were last blank
        n_seen: int = lost()  # packets opened or passed over today
        fen_taken: int = lost()
        fen_of_host: int = lost()  # of it, from the host's packet: what the split alone decided
        fen_given: int = lost()

    class group:
        packet_yuan: float = lever(only_one, "CNY/day", "money in the day's red packet", bears="packet")
        packet_shares: float = lever(only_one, "shares", "shares the packet is split into")
        packet_lucky: float = lever(only_one, "yes/no", "shares are drawn by luck instead of equal")
        packet_hour: float = lever(only_one, "hour", "hour at which the packet is sent", neutral=-1.0)
        packet_for: float = lever(
            only_one, "code", "for whom it is: 0 everybody, 2 those who look soon after it, 3 newcomers"
        )
        fen_planned: int
        laid_at: float  # minute of the day
        n_open: int
        fen_left: Annotated[list[Long], MOST]
        shares_left: Annotated[list[int], MOST]
        is_lucky: Annotated[list[int], MOST]
        sender: Annotated[list[int], MOST]
        fen_sent: int = daily("", "", unit="CNY", into="packet_sent")
        fen_received: int = daily("", "", unit="CNY", into="packet_received")
        fen_returned: int = daily("", "", unit="CNY", into="packet_returned")
        packet_cost: int = daily(
            "money in the host's red packets", "群主红包花费", unit="CNY", better=False, booked=True
        )


@RedPacket.at_plan(when="packet_yuan")
def plan_packet(group: Group, ours: RedPacket.group, knobs: RedPacket, world: World) -> None:
    """Today's packet is set aside from the purse; what it does not hold is not sent."""
    fen = int(ours.packet_yuan * 100.0 + 0.5)
    ours.n_open = ours.fen_planned = 0
    if fen >= 1 and ours.packet_shares >= 1.0 and set_aside(fen / 100.0, group, world):
        ours.fen_planned = fen


@RedPacket.each_member(before="visit", when="packet_yuan")
def notice(
    me: Member, mine: RedPacket.member, group: Group, ours: RedPacket.group, today: Today, knobs: RedPacket,
    world: World,
) -> None:  # fmt: skip
    """visit + notice (1 − numbness)"""
    if ours.fen_planned > 0:
        today.visit += knobs.notice * (1.0 - me.numb_packet)


@RedPacket.each_group(before="visit", when="packet_yuan")
def announce(group: Group, ours: RedPacket.group, knobs: RedPacket, world: World, desk: Desk) -> None:
    """The host sends the packet at the hour."""
    if ours.fen_planned > 0 and group.host_slot >= 0:
        second = uniform(world, host_person(group, world), SECOND, group.index)
        say(desk, max(0.0, ours.packet_hour) * 60.0 + second, group.host_slot, RED_PACKET, group)


@RedPacket.at_look(before="post", when="packet_yuan")
def send(
    me: Member, mine: RedPacket.member, group: Group, ours: RedPacket.group, today: Today, knobs: RedPacket,
    world: World, look: Look,
) -> None:  # fmt: skip
    """The host's packet lies open from now on."""
    if look.kind == RED_PACKET:
        fen = lay(me.person, ours.fen_planned, int(ours.packet_shares), int(ours.packet_lucky), ours)
        ours.packet_cost += fen
        ours.laid_at = look.t


@RedPacket.at_look(before="reply", when="packet_yuan", gate="n_open")
def take(
    me: Member, mine: RedPacket.member, group: Group, ours: RedPacket.group, today: Today, knobs: RedPacket,
    world: World, look: Look,
) -> None:  # fmt: skip
    """Take a share of every packet not seen before, if it is for them; nobody takes of their own. Money wakes those
    who only read.

    Who has taken more than given sends as much on, with probability ``generosity``; staff and advertisers do not.
    """
    if mine.day != world.day:
        mine.day = world.day
        mine.n_seen = mine.fen_taken = mine.fen_of_host = mine.fen_given = 0
    for k in range(mine.n_seen, ours.n_open):
        is_host_s = ours.sender[k] == host_person(group, world)
        if is_host_s and is_left_out(me, look, ours, knobs, world):
            continue
        if ours.shares_left[k] > 0 and ours.sender[k] != me.person:
            u = uniform(world, me.person, SHARE, look.second * MOST + k)
            fen = share_of(ours.fen_left[k], ours.shares_left[k], ours.is_lucky[k], u)
            ours.fen_left[k] -= fen
            ours.shares_left[k] -= 1
            ours.fen_received += fen
            mine.fen_taken += fen
            mine.fen_of_host += fen if is_host_s else 0
            today.is_woken = 1
    mine.n_seen = ours.n_open
    is_giver = me.is_staff == 0 and me.role != world.role_advertiser and mine.fen_taken > mine.fen_given
    if is_giver and uniform(world, me.person, GIVE, look.second) < me.generosity:
        fen = lay(me.person, mine.fen_taken, max(1, min(GIFT_SHARES, group.n_visitors)), 1, ours)
        if fen > 0:
            mine.fen_given += fen
            write(look, RED_PACKET)


@RedPacket.each_visitor(after="talk", when="packet_yuan")
def enjoy(
    me: Member, mine: RedPacket.member, group: Group, ours: RedPacket.group, today: Today, knobs: RedPacket,
    world: World,
) -> None:  # fmt: skip
    """gain + joy · S(y / (joy_half B)) (1 − numbness), y CNY taken;  numbness ← numbness + numbing (1 − numbness)

    Where the host's packet is of pennies: cost + insult.
    """
    if mine.day == world.day and mine.fen_taken > 0:
        today.gain += knobs.joy * felt(mine.fen_taken / 100.0, knobs.joy_half, me) * (1.0 - me.numb_packet)
        me.numb_packet += world.numbing * (1.0 - me.numb_packet)
        if 0 < ours.fen_planned < PENNIES * ours.packet_shares:
            today.cost += knobs.insult


@RedPacket.each_group(after="talk", when="packet_yuan")
def return_packets(group: Group, ours: RedPacket.group, knobs: RedPacket, world: World, desk: Desk) -> None:
    """At midnight what nobody took goes back to the sender (WeChat: after 24 hours); the operator pays the rest."""
    for k in range(ours.n_open):
        ours.fen_returned += ours.fen_left[k]
        if ours.sender[k] == host_person(group, world):
            ours.packet_cost -= ours.fen_left[k]
        ours.fen_left[k] = 0
    pay(OPERATOR, MEMBER, ours.packet_cost / 100.0, group)


@rule
def is_left_out(me: Member, look: Look, ours: RedPacket.group, knobs: RedPacket, world: World) -> bool:
    """The host's packet is not for them: they come too late for it, or are no newcomer (tenure ≥ settle_days)."""
    if ours.packet_for == SHOWING_UP:
        return look.t > ours.laid_at + knobs.prompt
    return ours.packet_for == NEWCOMERS and world.day - me.day_joined >= world.settle_days


@rule
def lay(sender: int, fen: int, shares: int, is_lucky: int, ours: RedPacket.group) -> int:
    """Lay a packet of ``fen`` in ``shares`` shares into the group; return the fen sent (0 if too many lie open)."""
    k = ours.n_open
    shares = min(shares, fen)  # a share is at least one fen
    if k >= MOST or shares < 1:
        return 0
    ours.fen_left[k], ours.shares_left[k], ours.is_lucky[k], ours.sender[k] = fen, shares, is_lucky, sender
    ours.n_open = k + 1
    ours.fen_sent += fen
    return fen


@rule
def share_of(fen: int, shares: int, is_lucky: int, u: float) -> int:
    """The next share of what is left.

    Lucky: uniform on [0.01 CNY, 2 × rest / shares left], the last one takes the rest; so means are equal and later
    draws vary more. Equal: rest / shares left. At least one fen remains for each further share.

    Source: folklore of the split rule, as restated with the facts (Yuan et al. 2017 use its randomness).
    """
    if shares == 1:
        return fen
    mean = fen / shares
    part = int(1.0 + u * (2.0 * mean - 1.0)) if is_lucky > 0 else int(mean)
    return max(1, min(part, fen - (shares - 1)))
