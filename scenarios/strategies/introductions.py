"""S8 introduction template, welcome ritual, fitted greeting."""

from __future__ import annotations

from typing import ClassVar

from scenarios.strategies.base import GroupFacts, Strategy
from scenarios.strategies.expected import Expected
from sim.engine.knobs import Knob
from sim.engine.levers import Levers

__all__ = ["Introductions"]


class Introductions(Strategy):
    """Newcomers introduce themselves by a set form, and the host calls on all to welcome them.

    So they are answered in their first hours and get to know people, and the host, who knows them now, greets them with
    a word that fits (``fitted``). It fails where nobody is there to answer, for to be ignored hurts, and where ten
    newcomers a day are a flood. Without ``template`` there is no form.

    Source: founding material, S8, H9.
    """

    id: ClassVar[str] = "S8"
    family: ClassVar[str] = "welcome"
    title: ClassVar[tuple[str, str]] = ("Introductions", "自我介绍与迎新")
    template = Knob(True, None, None, "", "newcomers have a template (who, where, what work, three strengths)",
                    "founding material, S8")  # fmt: skip
    call = Knob(1.0, 0.0, 5.0, "share", "by how much the host's call makes others answer introductions", "assumption")
    fitted = Knob(True, None, None, "", "the host greets those they know something of with a word that fits",
                  "founding material, S8")  # fmt: skip
    expected = (Expected("newcomers_again", +1),)  # H9: it acts on newcomers
    doses = ({"call": 0.3}, {"call": 1.0}, {"call": 3.0})

    def push(self, levers: Levers, groups: GroupFacts, day: int) -> None:
        """Ask newcomers who they are, and the others to welcome them."""
        levers.welcome_call.plus(self.call)
        if self.template:
            levers.intro_template.any_of()
        if self.fitted:
            levers.greet_fit.any_of()
