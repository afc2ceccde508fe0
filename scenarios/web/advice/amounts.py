"""How much is simulated for a visitor, and what is refused because it would be too much."""

from __future__ import annotations

from dataclasses import dataclass, field

from scenarios.experiments.advise.growing import Sizes

__all__ = ["Amounts"]


@dataclass(frozen=True)
class Amounts:
    """What a visitor of the page gets. The command line takes any numbers.

    ``simulations`` are the logs that may be simulated for a fit, the first what is offered first; ``draws`` communities
    are then played with what is left, and are the worlds that advice rests on. ``upload`` and ``typed`` are bytes of a
    log and of a form, ``group_days`` days of groups of one community; a fit or a piece of advice is ended after
    ``seconds``, the reading of a log after ``reading``. A log whose dates are not settled is kept for ``undecided``
    seconds. ``extra`` overrides hold in worlds that were fitted to no log.
    """

    simulations: tuple[int, ...] = (300, 2_000)
    draws: int = 30
    sizes: Sizes = field(default_factory=Sizes)
    upload: int = 50_000_000
    typed: int = 20_000
    groups: int = 50
    group_days: int = 10_000
    cases: int = 20
    seconds: float = 3_600.0
    reading: float = 180.0
    undecided: float = 900.0
    extra: tuple[str, ...] = ()

    @property
    def megabytes(self) -> str:
        """Of a log, as the page says it."""
        return f"{self.upload / 1e6:g}"
