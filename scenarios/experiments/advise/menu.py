"""What an operator may do: every strategy at its weakest and its strongest dose, alone or several together, all the
time or at a stage.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from scenarios.config import catalog
from scenarios.strategies.base import Strategy
from scenarios.strategies.expected import dosed

__all__ = ["MOST_MOVES", "NOTHING", "STAGES", "Move", "Plan", "label", "overrides", "singles", "staged", "together"]

MOST_MOVES = 3
STAGES = ("from_day=30", "until_day=29", "while_stage=decline")
"""When a move may be played instead of all the time: after a month, in the first month, while a group is in decline."""
_CLOSES = "dissolve"


@dataclass(frozen=True, order=True)
class Move:
    """One strategy at a dose (``amount=5.0``), which may say when it is played (:data:`STAGES`)."""

    strategy: str
    dose: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """As ``arms=`` writes it."""
        return f"{self.strategy}.{','.join(self.dose)}" if self.dose else self.strategy

    @property
    def stage(self) -> str:
        """The one of :data:`STAGES` that it says; nothing: from day 1 on."""
        return next((part for part in self.dose if part in STAGES), "")


Plan = tuple[Move, ...]
"""Moves by name; none is to do nothing."""
NOTHING: Plan = ()
MOST_YUAN = 300.0
"""CNY; the dearest single price that many are told to pay is 299 (case C4)."""


def singles(without: Collection[str] = (), may_close: bool = True) -> list[Plan]:
    """Each strategy that is not ruled out, at its weakest and at its strongest dose (of those with amounts up to
    :data:`MOST_YUAN`): alone, or where it needs another one to work on, beside the first that serves.

    With ``may_close`` false those that close groups stay out: a group that was closed did not die, and has no lines to
    count, so that life and talk cannot tell what it costs.
    """
    known = {name: made for name, made in catalog.strategies().items() if name != "nothing" and name not in without}
    found: list[Plan] = []
    for name, made in known.items():
        if not may_close and _CLOSES in made.turns():
            continue
        doses = made.doses or ({},)
        strongest = next((dose for dose in reversed(doses) if _is_known_money(made, dose)), doses[0])
        moves = (Move(name, dosed(dose)) for dose in (doses[0], strongest))
        fed = _fed(made, known)
        if fed is not None:
            found += [tuple(sorted((move, *fed))) for move in dict.fromkeys(moves)]
    return found


def _is_known_money(made: type[Strategy], dose: Mapping[str, Any]) -> bool:
    """Is no amount of it larger than those that the sources tell of? What people would pay beyond is extrapolated: the
    model's people have no end to their purse, and advice would grow rich on it.
    """
    knobs = made.knobs()
    return all(value <= MOST_YUAN for key, value in dose.items() if key in knobs and knobs[key].unit.startswith("CNY"))


def _fed(made: type[Strategy], known: dict[str, type[Strategy]]) -> Plan | None:
    """What is played beside a strategy so that it has something to work on; None where nothing is left that serves."""
    if not made.needs:
        return NOTHING
    feeding = (name for name, other in known.items()
               if other.needs.isdisjoint(made.needs) and other.turns() & made.needs)  # fmt: skip
    name = next((name for name in feeding if _CLOSES not in known[name].turns()), None)
    return (Move(name, dosed((known[name].doses or ({},))[0])),) if name else None


def together(first: Plan, second: Plan) -> Plan | None:
    """Both at once; None where they share a strategy, or are more moves than anybody keeps in mind."""
    both = (*first, *second)
    names = {move.strategy for move in both}
    return tuple(sorted(both)) if len(names) == len(both) <= MOST_MOVES else None


def staged(plan: Plan) -> list[Plan]:
    """The plan with one of its moves not all the time, but at one of the stages."""
    return [tuple(sorted((*plan[:k], replace(move, dose=(*move.dose, stage)), *plan[k + 1 :])))
            for k, move in enumerate(plan) if not move.stage for stage in STAGES]  # fmt: skip


def label(plan: Plan) -> str:
    """``fixed_time+red_packet.amount=5.0``."""
    return "+".join(move.label for move in plan) or "nothing"


def overrides(plan: Plan) -> tuple[str, ...]:
    """As an arm of a study."""
    names = ",".join(move.strategy for move in plan) or "nothing"
    return (f"strategy=[{names}]", *(f"strategies.{move.strategy}.{text}" for move in plan for text in move.dose))
