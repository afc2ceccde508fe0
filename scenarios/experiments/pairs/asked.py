"""What is played to see how strategies go together: for each pair nothing, the one, the other and both."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from scenarios.config import catalog
from scenarios.config.compose import Composer
from scenarios.errors import ConfigError
from scenarios.experiments.cells import cells_of
from scenarios.experiments.study import Study
from scenarios.strategies.expected import strategy_and_dose
from scenarios.strategies.interplay import Predicted

__all__ = ["Pair", "Pairs", "acceptable", "pairs_of", "usual"]

NEITHER = "nothing"
DAYS = 180
Key = tuple[str, tuple[str, ...], str, int]


@dataclass(frozen=True)
class Pair:
    """Two strategies in one world: which study plays them, and its arms with both, the first, the second and neither.

    ``expected`` is what was predicted of ``outcome``; both are empty where nothing was.
    """

    first: str
    second: str
    world: str
    study: int
    arms: tuple[str, str, str, str]
    expected: str = ""
    outcome: str = ""


@dataclass(frozen=True)
class Pairs:
    """Everything that is asked. ``outcomes`` are looked at for every pair; ``refused`` are pairs that cannot stand
    together, with the reason.
    """

    studies: tuple[Study, ...]
    pairs: tuple[Pair, ...]
    worlds: tuple[str, ...]
    outcomes: tuple[str, ...]
    seeds: int
    fresh_seeds: int
    seed: int
    refused: tuple[tuple[str, str, str], ...] = ()
    name: str = "pairs"

    @property
    def title(self) -> Mapping[str, str]:
        """In both languages."""
        return {"en": "Which strategies go together", "zh": "哪些策略能搭配"}

    @property
    def question(self) -> Mapping[str, str]:
        """In both languages."""
        return {"en": "Do two strategies together do more than each alone adds up to, the same thing twice, or do they "
                      "spoil each other?",
                "zh": "两个策略一起用，是一加一大于二、重复做同一件事，还是互相拆台？"}  # fmt: skip

    @property
    def runs(self) -> int:
        """Runs of the first look."""
        return sum(study.n_runs for study in self.studies)

    def looked_at(self, pair: Pair) -> list[str]:
        """The outcomes of a pair: the predicted one first."""
        return list(dict.fromkeys([*filter(None, [pair.outcome]), *self.outcomes]))

    def fresh(self, wanted: Iterable[Pair]) -> dict[int, Study]:
        """The studies that play some pairs again on another luck, by the number of the first one."""
        arms: dict[int, set[str]] = {}
        for one in wanted:
            arms.setdefault(one.study, set()).update(one.arms)
        return {number: replace(self.studies[number], seed=self.seed + 1, seeds=self.fresh_seeds,
                                arms={arm: said for arm, said in self.studies[number].arms.items() if arm in some})
                for number, some in arms.items()}  # fmt: skip


def usual(first: str, second: str) -> Predicted:
    """Two strategies of which nothing was predicted, played as what is expected of each takes for granted: with the
    settings that all its expectations share (the larger of two), a strategy beside in its dose, and days for each.
    """
    settings: dict[str, str] = {}
    beside: dict[str, tuple[str, ...]] = {}
    days = DAYS
    for expected in (catalog.strategies()[name].expected for name in (first, second)):
        for text in expected[0].settings if expected else ():
            key, _, value = text.partition("=")
            if all(text in other.settings for other in expected):
                settings[key] = max(settings.get(key, value), value, key=_size)
        if len(there := {strategy_and_dose(one.beside) for one in expected}) == 1:
            beside |= {name: dose for name, dose in there if name not in {"", first, second}}
        days = max([days, *(one.days for one in expected)])
    said = tuple(f"{key}={value}" for key, value in settings.items())
    doses = tuple(text.removeprefix("strategies.") for dose in beside.values() for text in dose)
    return Predicted(first, second, "", "", "", ",".join(beside), said, doses, days)


def _size(value: str) -> float:
    try:
        return float(value)
    except ValueError:
        return 0.0


def pairs_of(
    asked: Sequence[Predicted], worlds: Sequence[str], outcomes: Sequence[str], *, seeds: int, fresh_seeds: int,
    seed: int, days: int | None, extra: tuple[str, ...],
) -> Pairs:  # fmt: skip
    """The question about some pairs, whatever is predicted of them, in some worlds."""
    arms: dict[Key, dict[str, tuple[str, ...]]] = {}
    names: dict[Key, list[str]] = {}
    found: list[tuple[Predicted, str, Key, tuple[str, str, str, str]]] = []
    for one in asked:
        made = _arms(one)
        for world in worlds:
            key = (world, one.settings, _beside(one), days or one.days)
            arms.setdefault(key, {}).update(made)
            names.setdefault(key, [*outcomes]).append(one.outcome or outcomes[0])
            both, first, second, neither = made
            found.append((one, world, key, (both, first, second, neither)))
    numbers = {key: number for number, key in enumerate(arms)}
    studies = tuple(_study(key, arms[key], names[key], seeds, seed, extra) for key in arms)
    pairs = tuple(Pair(one.first, one.second, world, numbers[key], four, one.word, one.outcome)
                  for one, world, key, four in found)  # fmt: skip
    return Pairs(studies, pairs, tuple(worlds), tuple(outcomes), seeds, fresh_seeds, seed)


def acceptable(
    asked: Sequence[Predicted], worlds: Sequence[str], extra: tuple[str, ...], composer: Composer
) -> tuple[list[Predicted], list[tuple[str, str, str]]]:
    """The pairs whose four arms can be played in all worlds; and those that cannot, each with the reason."""
    fine: list[Predicted] = []
    refused: list[tuple[str, str, str]] = []

    @cache
    def why_not(world: tuple[str, ...], arm: tuple[str, ...], days: int) -> str:
        study = Study("pairs", {}, {}, {"": world}, {NEITHER: arm}, NEITHER, 1, (), days, extra=extra)
        try:
            cells_of(study, composer)
        except ConfigError as error:
            return str(error).split("\n", 1)[-1]
        return ""

    for one in asked:
        told = (why_not((f"scenario={world}", *one.settings), arm, one.days)
                for world in worlds for arm in _arms(one).values())  # fmt: skip
        if why := next(filter(None, told), ""):
            refused.append((one.first, one.second, why))
        else:
            fine.append(one)
    return fine, refused


def _arms(one: Predicted) -> dict[str, tuple[str, ...]]:
    """Overrides of the four arms by label: both, first, second, neither."""
    label = {name: _dosed(name, one.doses) for name in (one.first, one.second)}
    played = {f"{label[one.first]}+{label[one.second]}": (one.first, one.second), label[one.first]: (one.first,),
              label[one.second]: (one.second,), NEITHER: ()}  # fmt: skip
    return {arm: _overrides(names, one) for arm, names in played.items()}


def _beside(one: Predicted) -> str:
    """What is played beside, with its doses: pairs that differ in it share no arms."""
    return ",".join(_dosed(name, one.doses) for name in one.beside.split(",") if name)


def _dosed(name: str, doses: Sequence[str]) -> str:
    """The strategy with its doses, as ``arms=`` writes it."""
    mine = [text.partition(".")[2] for text in doses if text.startswith(f"{name}.")]
    return f"{name}.{','.join(mine)}" if mine else name


def _overrides(names: Sequence[str], one: Predicted) -> tuple[str, ...]:
    together = [*names, *filter(None, one.beside.split(","))]
    doses = tuple(f"strategies.{text}" for text in one.doses if text.partition(".")[0] in together)
    return (f"strategy=[{','.join(together) or NEITHER}]", *doses)


def _study(
    key: Key, arms: Mapping[str, tuple[str, ...]], outcomes: Sequence[str], seeds: int, seed: int,
    extra: tuple[str, ...],
) -> Study:  # fmt: skip
    world, settings, _, days = key
    ordered = {NEITHER: arms[NEITHER], **arms}
    return Study("pairs", {"en": world}, {}, {world: (f"scenario={world}", *settings)}, ordered, NEITHER, seeds,
                 tuple(dict.fromkeys(outcomes)), days, seed, extra, part="pairs")  # fmt: skip
