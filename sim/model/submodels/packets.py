"""Red packets: money split into shares, taken in order of arrival by those who look.

All sums are whole fen (1/100 CNY), so that sent = received + returned holds exactly.
"""

from __future__ import annotations

from typing import Any

from sim.engine.luck import SHARE, uniform
from sim.engine.rule import inlined, rule
from sim.model.submodels.conversation_log import MAX_PACKETS, PACKETS, Desk

__all__ = ["return_packets", "send_packet", "share_of", "take_packets"]


@rule
def send_packet(desk: Desk, me: Any, fen: int, shares: int, lucky: float, group: Any) -> int:
    """Lay a packet of ``fen`` in ``shares`` shares into the group; return the fen sent (0 if too many lie open)."""
    k = desk.n[PACKETS]
    shares = min(shares, fen)  # a share is at least one fen
    if k >= MAX_PACKETS or shares < 1:
        return 0
    desk.n[PACKETS] = k + 1
    packet = desk.packets[k]
    packet.fen = fen
    packet.shares = shares
    packet.lucky = lucky
    packet.person = me.person
    group.fen_sent += fen
    if me.is_staff > 0:
        group.yuan_packet += fen / 100.0
    return fen


@rule
def share_of(fen: int, shares: int, lucky: float, u: float) -> int:
    """The next share of what is left.

    Lucky: uniform on [0.01 CNY, 2 × rest / shares left], the last one takes the rest; so means are equal and later
    draws vary more. Equal: rest / shares left. At least one fen remains for each further share.

    Source: folklore of the split rule, as restated with the facts (Yuan et al. 2017 use its randomness).
    """
    if shares == 1:
        return fen
    mean = fen / shares
    part = int(1.0 + u * (2.0 * mean - 1.0)) if lucky > 0.0 else int(mean)
    return max(1, min(part, fen - (shares - 1)))


@inlined
def take_packets(desk: Desk, me: Any, second: int, group: Any, world: Any) -> None:
    """Open every packet that lies open and has not been opened before; nobody opens his own."""
    for k in range(me.packets_seen, desk.n[PACKETS]):
        packet = desk.packets[k]
        if packet.shares > 0 and packet.person != me.person:
            u = uniform(world, me.person, SHARE, second * MAX_PACKETS + k)
            fen = share_of(packet.fen, packet.shares, packet.lucky, u)
            packet.fen -= fen
            packet.shares -= 1
            me.fen_received += fen
            group.fen_received += fen
    me.packets_seen = desk.n[PACKETS]


@rule
def return_packets(desk: Desk, members: Any, group: Any) -> None:
    """At midnight what nobody took goes back to the sender (WeChat: after 24 hours)."""
    for k in range(desk.n[PACKETS]):
        packet = desk.packets[k]
        rest = packet.fen
        group.fen_returned += rest
        if group.host_slot >= 0 and packet.person == members[group.first + group.host_slot].person:
            group.yuan_packet -= rest / 100.0
        packet.fen = 0
