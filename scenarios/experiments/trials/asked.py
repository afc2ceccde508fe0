"""What is played to put expectations on trial: a study for each world and reference, with an arm for each dose."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from scenarios.config import catalog
from scenarios.errors import ConfigError, shown
from scenarios.experiments.study import Study
from scenarios.strategies.base import Strategy
from scenarios.strategies.expected import Expected, dosed, place_of, strategy_and_dose
from scenarios.strategies.plans import PLANS, Plan
from sim.engine.knobs import did_you_mean

__all__ = ["MONEY", "Case", "Trials", "trials_of"]

MONEY = ("profit_month", "hours_month")
"""What the doses cost is told beside what they do."""
_REFERENCE = "reference"
Key = tuple[str, tuple[str, ...], str, str, int]


@dataclass(frozen=True)
class Case:
    """One expectation of a strategy at one dose, and where it is played: number of the study and arm."""

    strategy: str
    expected: Expected
    dose: str
    study: int
    arm: str
    is_judged: bool


@dataclass(frozen=True)
class Trials:
    """Everything that is played, and for what."""

    studies: tuple[Study, ...]
    cases: tuple[Case, ...]
    seeds: int
    name: str = "effects"

    @property
    def title(self) -> Mapping[str, str]:
        """In both languages."""
        return {"en": "What strategies do", "zh": "各策略的效果"}

    @property
    def question(self) -> Mapping[str, str]:
        """In both languages."""
        return {"en": "Does each strategy do what was expected of it before it was played, and by enough to matter?",
                "zh": "每个策略是否做到了推演之前所预期的？效果是否大到值得一提？"}  # fmt: skip


def trials_of(only: Sequence[str], seeds: int, seed: int, extra: tuple[str, ...]) -> Trials:
    """The trials of some strategies, or of all that expect anything.

    Raises
    ------
    ConfigError
        Where there is no such strategy, or it expects nothing.
    """
    known: dict[str, type[Strategy] | Plan] = {**catalog.strategies(), **PLANS}
    for name in only:
        if name not in known:
            raise ConfigError(f"only={shown(name)}: there is no such strategy{did_you_mean(name, known)}")
        if not known[name].expected:
            raise ConfigError(f"only={shown(name)}: it does not say what it is expected to do")
    names = only or sorted(name for name, made in known.items() if made.expected)
    arms: dict[Key, dict[str, tuple[str, ...]]] = {}
    outcomes: dict[Key, list[str]] = {}
    found: list[tuple[str, Expected, str, Key, str, bool]] = []
    for name in names:
        for one, dose, key, arm, overrides, is_judged in _arms_of(name, known[name]):
            reference = _together(one.beside, one.against)
            arms.setdefault(key, {_REFERENCE: reference})[arm] = overrides
            outcomes.setdefault(key, []).append(one.outcome)
            found.append((name, one, dose, key, arm, is_judged))
    studies = tuple(_study(key, arms[key], outcomes[key], seeds, seed, extra) for key in arms)
    numbers = {key: number for number, key in enumerate(arms)}
    cases = tuple(Case(name, one, dose, numbers[key], arm, last) for name, one, dose, key, arm, last in found)
    return Trials(studies, cases, seeds)


def _arms_of(
    name: str, made: type[Strategy] | Plan
) -> Iterable[tuple[Expected, str, Key, str, tuple[str, ...], bool]]:
    prefix = "strategies" if isinstance(made, Plan) else f"strategies.{name}"
    for one in made.expected:
        key = (one.world, one.settings, one.against, one.beside, one.days)
        for number, dose in enumerate(made.doses):
            said = ",".join((*dosed(dose), *one.given))
            doses = (*dosed(dose, f"{prefix}."), *(f"{prefix}.{knob}" for knob in one.given))
            arm = f"{name}.{said}"
            yield one, said, key, arm, (*_together(one.beside, name), *doses), number == len(made.doses) - 1


def _study(
    key: Key, arms: Mapping[str, tuple[str, ...]], outcomes: Sequence[str], seeds: int, seed: int,
    extra: tuple[str, ...],
) -> Study:  # fmt: skip
    world, settings, against, beside, days = key
    label = place_of(world, settings, beside, against)
    names, worlds = tuple(dict.fromkeys([*outcomes, *MONEY])), {label: (f"scenario={world}", *settings)}
    return Study("effects", {"en": label}, {}, worlds, arms, _REFERENCE, seeds, names, days, seed, extra,
                 part="effects")  # fmt: skip


def _together(*said: str) -> tuple[str, ...]:
    names, doses = zip(*map(strategy_and_dose, said), strict=True)
    return (f"strategy=[{','.join(filter(None, names)) or 'nothing'}]", *chain.from_iterable(doses))
