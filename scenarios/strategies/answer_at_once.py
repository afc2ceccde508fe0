"""S50 every question answered within the hour."""

from __future__ import annotations

from typing import ClassVar

from scenarios.strategies.base import GroupFacts, Strategy
from scenarios.strategies.expected import Expected
from sim.engine.knobs import Knob
from sim.engine.levers import Levers

__all__ = ["AnswerAtOnce"]


class AnswerAtOnce(Strategy):
    """Look into the group ``looks`` more times a day, so that questions are answered within the hour.

    Whoever asks is noticed, and others see that help is given. Minutes grow with the group, and members help each other
    less. With many groups and few hours it is half a promise.

    Source: founding material, S50, H28.
    """

    id: ClassVar[str] = "S50"
    family: ClassVar[str] = "order"
    title: ClassVar[tuple[str, str]] = ("Answer at once", "有问必速答")
    looks = Knob(12, 0, 40, "looks/day", "looks beside the host's own", "assumption")
    most_minutes = Knob(60.0, 0.0, 600.0, "minutes/day", "the most that these looks may cost", "assumption")
    expected = (  # where questions are asked, by a team that has the time
        Expected("answered", +1, world="tech_channel", settings=("operator.hours=24",)),
        Expected("newcomers_again", +1, world="tech_channel", settings=("operator.hours=24",)),
        Expected("off_host_replies", -1, world="tech_channel", settings=("operator.hours=24",)),  # the harm
    )
    doses = ({"looks": 4}, {"looks": 12}, {"looks": 40})

    def push(self, levers: Levers, groups: GroupFacts, day: int) -> None:
        """Promise prompt answers."""
        levers.prompt_looks.plus(self.looks)
        levers.prompt_minutes.at_most(self.most_minutes)
