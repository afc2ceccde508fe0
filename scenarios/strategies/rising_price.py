"""S4 a price that rises with seats sold or with the date."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from scenarios.strategies.base import GroupFacts, Strategy
from scenarios.strategies.expected import Expected
from sim.engine.knobs import Knob
from sim.engine.levers import Levers

__all__ = ["RisingPrice"]


class RisingPrice(Strategy):
    """Say that it is worth ``promise``; ask ``start``, ``step`` more per ``every_seats`` seats sold, at most ``most``.

    With ``every_days`` above 0 it rises with the date, too. The price of a day is that of the seats sold by the morning
    since the run began; founders enter free. Whoever hesitates will pay more. Steps that are too steep leave seats
    empty: what the last one pays must still be below what they expect.

    Source: founding material, S4, H4.
    """

    id: ClassVar[str] = "S4"
    family: ClassVar[str] = "entry"
    title: ClassVar[tuple[str, str]] = ("Rising price", "阶梯涨价")
    start = Knob(9.9, 0.0, 100_000.0, "CNY", "price of the first seats", "founding material, C4 and C13: 9.9 and 19.9")
    step = Knob(5.0, 0.0, 10_000.0, "CNY", "rise from one step to the next", "assumption")
    every_seats = Knob(20, 0, 2_000, "seats", "seats sold at one price; 0: it does not rise with seats", "assumption")
    every_days = Knob(0, 0, 365, "days", "days at one price; 0: it does not rise with the date", "assumption")
    most = Knob(299.0, 0.0, 100_000.0, "CNY", "highest price", "founding material, C4: 299")
    promise = Knob(200.0, 0.0, 100_000.0, "CNY a month", "what the host says a membership is worth", "assumption")
    expected = (
        Expected("revenue", +1),
        Expected("members", -1),  # where steps are steep, seats stay empty
        Expected("advert_share", -1, world="deals"),
    )
    doses = ({"step": 5.0}, {"step": 50.0}, {"step": 200.0, "every_seats": 5, "most": 10_000.0})

    def contradiction(self) -> str:
        """It rises with something, and not from above its highest."""
        if self.every_seats == 0 and self.every_days == 0:
            return "every_seats=0 and every_days=0: the price never rises; give one of them, or play paid_entry"
        return f"start={self.start:g} is above most={self.most:g}" if self.start > self.most else ""

    def push(self, levers: Levers, groups: GroupFacts, day: int) -> None:
        """Ask today's price, announce the next, and say what it is for."""
        steps = groups.n_ever // self.every_seats if self.every_seats else np.zeros_like(groups.n_ever)
        steps = steps + ((day - self.from_day) // self.every_days if self.every_days else 0)
        price = np.minimum(self.most, self.start + self.step * steps)
        levers.entry_price.only_one(price)
        levers.price_rise.plus(np.minimum(self.step, self.most - price))
        levers.promise.plus(self.promise)
