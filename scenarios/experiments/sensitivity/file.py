"""``conf/sensitivity/NAME.yaml`` to a checked :class:`Sensitivity`. Every mistake is one message, place and cure.

    title, question   texts in English and Chinese ({en: …, zh: …})
    world, base       overrides of every point: what fate decides, what the host does
    over              the knobs (see :mod:`scenarios.experiments.axes`)
    method, n         morris with n trajectories, or sobol with n base points (a power of two)
    outcomes          names of outcomes, the most important first
    seeds, days, seed
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from scenarios.config.files import read_question
from scenarios.config.yamlfile import count_of
from scenarios.errors import ConfigError, shown
from scenarios.experiments.exploration import Exploration
from scenarios.experiments.reader import MOST_CELLS, needed, outcomes_of, points_of
from sim.analysis.experiment.sensitivity import METHODS, n_points
from sim.engine.knobs import did_you_mean

__all__ = ["KEYS", "Sensitivity", "check_size", "read_sensitivity"]

KEYS = ("title", "question", "world", "base", "over", "method", "n", "outcomes", "seeds", "days", "seed")
_DEFAULT_N = {"morris": 10, "sobol": 64}
_LEAST_N = 4


@dataclass(frozen=True, kw_only=True)
class Sensitivity(Exploration):
    """A design over the whole ranges of the knobs, its size ``n``, and the outcomes watched."""

    kind: ClassVar[str] = "sensitivity"
    method: str
    n: int

    @property
    def knobs(self) -> tuple[str, ...]:
        """Full names of the knobs."""
        return tuple(axis.key for axis in self.axes)

    @property
    def points(self) -> int:
        """Points of the design."""
        return n_points(self.method, len(self.axes), self.n)


def read_sensitivity(name: str) -> Sensitivity:
    """The sensitivity analysis called ``name``; whether it can be played is checked when its points are composed."""
    name, found, place = read_question("sensitivity", name, KEYS)
    needed(found, ("question", "over"), place, "a sensitivity analysis")
    method = found.get("method", "morris")
    if method not in METHODS:
        raise ConfigError(f"{place}: method: there is no '{shown(method)}'{did_you_mean(str(method), METHODS)}")
    made = Sensitivity(
        **points_of(found, name, place, seeds=5),
        method=method,
        n=count_of(found, "n", _DEFAULT_N[method], MOST_CELLS, place),
        outcomes=outcomes_of(found.get("outcomes", ["lifetime"]), place),
    )
    check_size(made, place)
    return made


def check_size(made: Sensitivity, place: str) -> None:
    """Refuse a design that is too small to tell anything, uneven, or beyond what a store should hold."""
    if made.n < _LEAST_N:
        raise ConfigError(f"{place}: n={made.n} tells nothing; take n={_LEAST_N} or more")
    if made.method == "sobol" and made.n & (made.n - 1):
        near = 1 << round(made.n.bit_length() - 1)
        raise ConfigError(f"{place}: n={made.n}: Sobol's sequence is even for powers of two only; take n={near} or "
                          f"n={2 * near}")  # fmt: skip
    if made.points > MOST_CELLS:
        raise ConfigError(f"{place}: n={made.n} with {len(made.axes)} knobs makes {made.points:,} points; the most is "
                          f"{MOST_CELLS:,}")  # fmt: skip
