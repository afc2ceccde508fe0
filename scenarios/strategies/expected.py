"""What a strategy is expected to do, said before it is played: in which world, to what, which way, how much at least.

Such a declaration is a prediction on trial. It names something that members do or feel, never the counter of the
strategy's own lever, and what is expected is not tuned to afterwards: where it does not come, the table says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sim.engine.knobs import Value

__all__ = ["Expected", "dosed", "place_of", "strategy_and_dose"]


@dataclass(frozen=True)
class Expected:
    """One expectation: ``outcome`` moves by ``sign`` (+1 more, −1 less, 0 neither) by more than ``least``.

    Parameters
    ----------
    outcome
        A name of ``shequn list outcomes``.
    sign
        +1, −1; 0 expects no change: both limits of the difference lie within ``least``.
    world
        The scenario in which it is expected, with ``settings``, further overrides of it that all arms share.
    against
        The strategy that is played instead in the arm it is compared with, with a dose if it has one of its own:
        ``promise_less.promise=200``.
    beside
        A strategy that is played in both arms, where it needs one; it may have a dose too.
    least
        The smallest effect worth naming, in the outcome's unit; by default that of the outcome.
    days
        For how many days both are played.
    given
        Knobs of the strategy at which this is expected, at every dose: ``skill=0.9``. What is done well may be expected
        to do something else than what is done badly.
    """

    outcome: str
    sign: int
    world: str = "pet_owners"
    settings: tuple[str, ...] = ()
    against: str = "nothing"
    beside: str = ""
    least: float | None = None
    days: int = 180
    given: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        """Where it is played, in words that tell it from every other place."""
        return place_of(self.world, self.settings, self.beside, self.against)


def place_of(world: str, settings: Iterable[str], beside: str, against: str) -> str:
    """The label of a world with its settings, what is played beside, and what it is compared with if that is not
    ``nothing``.
    """
    parts = [world, *settings, f"beside {beside}" * bool(beside), f"against {against}" * (against != "nothing")]
    return " ".join(part for part in parts if part)


def dosed(dose: Mapping[str, Value], prefix: str = "") -> tuple[str, ...]:
    """A dose as overrides say it: ``amount=5.0``, after a ``prefix``."""
    return tuple(f"{prefix}{knob}={str(value).lower() if isinstance(value, bool) else value}"
                 for knob, value in dose.items())  # fmt: skip


def strategy_and_dose(said: str) -> tuple[str, tuple[str, ...]]:
    """The strategy that ``against`` or ``beside`` names, and the overrides of its dose; "" where they name none.

    >>> strategy_and_dose("promise_less.promise=200,extra=1")
    ('promise_less', ('strategies.promise_less.promise=200', 'strategies.promise_less.extra=1'))
    """
    name, _, dose = said.partition(".")
    return name.replace("nothing", ""), tuple(f"strategies.{name}.{part}" for part in dose.split(",") if part)
