"""S21 shills."""

from __future__ import annotations

from typing import ClassVar

from scenarios.strategies.base import GroupFacts, Strategy
from scenarios.strategies.expected import Expected
from sim.engine.knobs import Knob
from sim.engine.levers import Levers

__all__ = ["Shills"]


class Shills(Strategy):
    """Second accounts of the host answer what the host says, and begin to talk where nobody does.

    Silence looks like life, and the first answer draws others. But each line can be seen through, by experts first;
    trust falls, and once somebody tells, everybody's does. It fails in a high dose, and where there is no core yet.

    With ``rescue``, and ``lines=0``, they do no more than answer topics that nobody has answered (``daily_topic``).

    Source: founding material, S21, H18.
    """

    id: ClassVar[str] = "S21"
    family: ClassVar[str] = "people"
    title: ClassVar[tuple[str, str]] = ("Shills", "安排托儿")
    accounts = Knob(2, 1, 4, "accounts", "second accounts in each group", "assumption")
    lines = Knob(3.0, 0.0, 30.0, "lines/day", "that they say in all", "assumption")
    skill = Knob(0.5, 0.0, 1.0, "share", "by how much less plain than clumsy ones their lines are", "assumption")
    rescue = Knob(False, None, None, "", "they answer what the host had planned and nobody has answered too",
                  "founding material, S12")  # fmt: skip
    expected = (
        Expected("member_messages", +1, days=30),
        Expected("trust", -1, days=120),
    )
    doses = ({"lines": 1.0}, {"lines": 3.0}, {"lines": 12.0})

    def push(self, levers: Levers, groups: GroupFacts, day: int) -> None:
        """Have them speak."""
        levers.shills.plus(self.accounts)
        levers.shill_lines.plus(self.lines)
        levers.shill_skill.only_one(self.skill)
        if self.rescue:
            levers.shill_rescue.any_of()
