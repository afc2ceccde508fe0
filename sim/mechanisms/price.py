"""The price at the door (入群费): asked of whoever comes, paid by whoever gets a seat. Source: S2, H3.

What a price means to somebody stands with the people who feel it: whether they still want in (``enters``), and how
long money paid makes leaving harder (``leave_sunk`` in the rules of roles).
"""

from __future__ import annotations

from sim.engine.declarations import lever
from sim.engine.levers import plus
from sim.mechanisms import OPERATOR, Mechanism, charge
from sim.model.rows import Group, Knock, Member, World
from sim.model.vocabulary import CHANNELS

__all__ = ["Price"]

FOUNDER = CHANNELS.index("founder")


class Price(Mechanism):
    """Everybody at the door is asked the price of the day; on the day they get a seat they pay the price of that day.

    Founders and appointed persons pay nothing. Who is carried in by their own news pays without being asked at a door.
    """

    title = ("Price at the door", "入群费")

    class group:
        entry_price: float = lever(plus, "CNY", "price at the door")


@Price.each_knock(when="entry_price")
def ask(me: Member, theirs: object, group: Group, ours: Price.group, knock: Knock, knobs: Price, world: World) -> None:
    """price asked + entry_price"""
    knock.price += ours.entry_price


@Price.on_seat(when="entry_price")
def take(me: Member, mine: object, group: Group, ours: Price.group, knobs: Price, world: World) -> None:
    """entry paid + entry_price, to the fen, from a newcomer to the operator."""
    if me.channel != FOUNDER:
        me.entry_paid += charge(me, OPERATOR, ours.entry_price, group) / 100.0
