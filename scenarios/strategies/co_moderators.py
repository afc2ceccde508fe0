"""S22 co-moderators."""

from __future__ import annotations

from typing import ClassVar

from scenarios.strategies.base import GroupFacts, Strategy
from scenarios.strategies.expected import Expected
from sim.engine.knobs import Knob
from sim.engine.levers import Levers

__all__ = ["CoModerators"]


class CoModerators(Strategy):
    """Have members share in greeting, answering and policing.

    Minutes grow with the number of helpers. Members help for nothing, less, and tire; with ``who=hired`` helpers are
    hired, and cost wages. It fails without rules that they could keep: helpers police where adverts are banned
    (``advert_ban``), and nowhere else.

    With ``who=leaders`` opinion leaders are won over instead: unofficially, they answer others and call the host.

    Source: founding material, S22.
    """

    id: ClassVar[str] = "S22"
    family: ClassVar[str] = "people"
    title: ClassVar[tuple[str, str]] = ("Co-moderators", "增设管理员")
    who = Knob("inside", None, None, "", "members of the group, hired people, or opinion leaders won over",
               "founding material, S22", choices=("inside", "hired", "leaders"))  # fmt: skip
    number = Knob(2, 1, 6, "moderators", "in each group", "assumption")
    minutes = Knob(20.0, 0.0, 600.0, "minutes/day", "that a hired one brings; members bring a share", "assumption")
    wage = Knob(20.0, 0.0, 1_000.0, "CNY/day", "of each hired one", "assumption")
    # help is wanted where there is much to police and the host has a minute a day for each group
    expected = (Expected("advert_share", -1, world="deals", beside="advert_ban",
                         settings=("operator.hours=0.3", "roles.advertisers=0.05")),)  # fmt: skip
    doses = ({"number": 1}, {"number": 2}, {"number": 6})

    def push(self, levers: Levers, groups: GroupFacts, day: int) -> None:
        """Ask for help."""
        if self.who == "hired":
            levers.moderators_hired.plus(self.number)
        elif self.who == "leaders":
            levers.leaders_won.plus(self.number)
        else:
            levers.moderators_inside.plus(self.number)
        levers.mod_minutes.only_one(self.minutes)
        levers.mod_wage.only_one(self.wage)
