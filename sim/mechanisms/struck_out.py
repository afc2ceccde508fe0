"""A list price that is struck out (划线价): "market price 1,980, for you 198".

Whoever takes the list price at its word finds the offer cheap; it is a price that nobody ever paid, so it can be seen
through like a staged line (:mod:`sim.mechanisms.suspicion`), the easier the higher it is. Source: founding material,
S41 and S43 (1,980 struck out, 198 asked); anchoring: Tversky & Kahneman 1974 (direction, from memory); sizes are
assumptions.
"""

from __future__ import annotations

import math

from sim.engine.declarations import daily, lever
from sim.engine.knobs import Knob
from sim.engine.levers import only_one
from sim.mechanisms import Mechanism
from sim.mechanisms.suspicion import Suspicion
from sim.model.rows import Group, Member, Today, World

__all__ = ["StruckOut"]


class StruckOut(Mechanism):
    """On a day with an offer whoever sees it sees a list price ``list_price`` times as high beside the price."""

    title = ("Struck-out list price", "划线原价")
    uses = (Suspicion,)
    anchor = Knob(0.4, 0.0, 4.0, "logit", "pull of a list price, on the log of how many times the price it is",
                  "assumption")  # fmt: skip
    plain = Knob(0.5, 0.0, 10.0, "lines/offer", "staged, that a list price is as plain as, on the same log",
                 "assumption: ten times the price, a line")  # fmt: skip

    class group:
        list_price: float = lever(only_one, "ratio", "list price that is struck out, of the price", neutral=1.0)
        n_list_seen: int = daily("struck-out list prices seen", "看到划线原价人次")


@StruckOut.each_visitor(after="talk", when="list_price")
def compare(
    me: Member, mine: object, group: Group, ours: StruckOut.group, today: Today, knobs: StruckOut, world: World,
    suspicion: Suspicion.member,
) -> None:  # fmt: skip
    """Who sees the offer, and is meant: buy + anchor · ln(r) · (1 − 2 s), r = list price / price, s suspicion as of
    their last visit: half certain, it pulls no more, and beyond that repels;  staged lines + plain · ln(r)
    """
    is_seen = me.n_host_read > 0 or today.offered > 0
    if group.is_offer_day == 0 or not is_seen or today.offered < 0 or ours.list_price <= 1.0:
        return
    high = math.log(ours.list_price)
    today.buy += knobs.anchor * high * (1.0 - 2.0 * suspicion.suspicion)
    suspicion.staged += knobs.plain * high
    ours.n_list_seen += 1
