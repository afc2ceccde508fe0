"""What an operator may do: every strategy at its weakest and its strongest dose, alone or several together."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from scenarios.config import catalog
from scenarios.strategies.expected import dosed

__all__ = ["NOTHING", "Move", "Plan", "label", "overrides", "singles", "together"]


@dataclass(frozen=True, order=True)
class Move:
    """One strategy at a dose (``amount=5.0``)."""

    strategy: str
    dose: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """As ``arms=`` writes it."""
        return f"{self.strategy}.{','.join(self.dose)}" if self.dose else self.strategy


Plan = tuple[Move, ...]
"""Moves by name; none is to do nothing."""
NOTHING: Plan = ()


def singles(without: Collection[str] = ()) -> list[Plan]:
    """Each strategy alone that is not ruled out, at its weakest and at its strongest dose."""
    found: list[Plan] = []
    for name, made in catalog.strategies().items():
        if name == "nothing" or name in without:
            continue
        doses = made.doses or ({},)
        moves = (Move(name, dosed(dose)) for dose in (doses[0], doses[-1]))
        found += [(move,) for move in dict.fromkeys(moves)]
    return found


def together(first: Plan, second: Plan) -> Plan | None:
    """Both at once; None where they share a strategy."""
    names = [move.strategy for move in (*first, *second)]
    return tuple(sorted((*first, *second))) if len(set(names)) == len(names) else None


def label(plan: Plan) -> str:
    """``fixed_time+red_packet.amount=5.0``."""
    return "+".join(move.label for move in plan) or "nothing"


def overrides(plan: Plan) -> tuple[str, ...]:
    """As an arm of a study."""
    names = ",".join(move.strategy for move in plan) or "nothing"
    return (f"strategy=[{names}]", *(f"strategies.{move.strategy}.{text}" for move in plan for text in move.dose))
