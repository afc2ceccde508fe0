"""``world=ensemble``: every replicate plays the world under constants of its own, the same ones in every arm.

The facts do not settle the constants of the model: many sets of them fit as well. An ensemble is a file of such sets
(:data:`SHIPPED` is the one that ``shequn calibrate`` made for the facts); replicate r plays set r mod n, in all arms,
so that arms stay paired. ``world=FILE.json`` takes the sets of another file, those of a world fitted to a log, say:

    {"sets": [{"values": {"mind.reply": 0.2},                   # in every world
               "worlds": {"learners": {"scenario.talk": 0.08}}, # in one world alone
               "factors": {"contest.rivalry": 1.4}},            # of whatever the world says
              …]}

What the user says on the command line, or a study in its world or arm, holds in all sets. Where a value puts a
mechanism in play (quarrels, by ``quarrels.temper``), it is in play in all replicates, so that they have the same
tables; where another set says 0 it does nothing. The file holds names and numbers, checked against the knobs there are;
nothing in it is run.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scenarios.config.sections import FIELDS, SECTIONS, sections
from scenarios.errors import ConfigError, shown
from sim.engine.knobs import Knob, KnobError, KnobSet, did_you_mean
from sim.engine.mechanism import in_play

if TYPE_CHECKING:
    from scenarios.scenario import Scenario

__all__ = ["NAME", "SHIPPED", "Row", "Sets", "applied", "holding", "is_ensemble", "known_knob", "read_sets",
           "with_sets"]  # fmt: skip

NAME = "ensemble"
SHIPPED = Path(__file__).resolve().parents[2] / "sim" / "analysis" / "facts" / "reference" / "ensemble.json"
_ENDING = ".json"
_FIXED, _FREE = ("population",), ("population.founders",)
"""Sections that decide how large the tables are, the same in all replicates; but for knobs that do not."""
_PARTS = ("values", "worlds", "factors")
_CHECKED: set[tuple[object, ...]] = set()
"""Sets and numbers of a world that go together: the arms of a study share them."""
_MOST_BYTES, _MOST_SETS = 20_000_000, 10_000
_MOST = 1e100

Numbers = Mapping[str, float]


@dataclass(frozen=True)
class Row:
    """One set: ``values`` of knobs, values for single ``worlds`` (by scenario), ``factors`` of what the world says."""

    values: Numbers = field(default_factory=dict)
    worlds: Mapping[str, Numbers] = field(default_factory=dict)
    factors: Numbers = field(default_factory=dict)

    def of(self, scenario: str, but: Collection[str] = ()) -> Row:
        """What of it one scenario is played with; not the knobs in ``but``, which somebody else has set."""
        values = {**self.values, **self.worlds.get(scenario, {})}
        return Row({key: value for key, value in values.items() if key not in but}, {},
                   {key: value for key, value in self.factors.items() if key not in but})  # fmt: skip

    def as_dict(self) -> dict[str, Any]:
        """As the file holds it."""
        return {part: found for part in _PARTS if (found := getattr(self, part))}


@dataclass(frozen=True)
class Sets:
    """The sets of a scenario, in order; ``name`` is what was said to ``world=``."""

    name: str
    rows: tuple[Row, ...]

    def __hash__(self) -> int:
        return hash((self.name, self.version))

    @property
    def version(self) -> str:
        """Hash of all their numbers."""
        text = json.dumps([row.as_dict() for row in self.rows], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    def as_dict(self) -> dict[str, Any]:
        """What a resolved configuration says of them; replicate r plays set r mod ``sets``."""
        return {"name": self.name, "sets": len(self.rows), "version": self.version}

    def row(self, replicate: int) -> Row:
        """What a replicate plays."""
        return self.rows[replicate % len(self.rows)]


def is_ensemble(world: object) -> bool:
    """Does ``world=`` ask for an ensemble? Otherwise it is a label."""
    return isinstance(world, str) and (world == NAME or world.endswith(_ENDING))


def with_sets(made: Scenario, said: Collection[str]) -> Scenario:
    """The scenario; with the sets that ``world=`` asks for, all of which can be played. What was ``said`` besides, by
    the names of knobs, holds in all of them.
    """
    world = made.world
    if not is_ensemble(world):
        return made
    path = SHIPPED if world == NAME else Path(world)
    rows = tuple(row.of(made.name, said) for row in read_sets(path))
    found = made.replace(world=f"{made.name} ({path.stem})", sets=Sets(path.name if world != NAME else NAME, rows))
    found = holding(found, rows)
    if (key := (hash(found.sets), *made.sections.values())) not in _CHECKED:
        for number, row in enumerate(rows):
            try:
                applied(found, row)
            except ConfigError as error:
                raise ConfigError(f"{path.name}, set {number}: {error}") from error
        _CHECKED.add(key)
    return found


def read_sets(path: Path) -> list[Row]:
    """The sets of a file, every name and number checked.

    Raises
    ------
    ConfigError
        The file cannot be read, or a knob is unknown or out of its range.
    """
    try:
        if path.exists() and not path.is_file():  # a pipe would be waited for
            raise ValueError("no file")
        file = path.stat()
        if file.st_size > _MOST_BYTES:
            raise ConfigError(f"world={shown(str(path))}: the file is larger than 20 MB; no ensemble is")
        return list(_read(path, (file.st_dev, file.st_ino, file.st_size, file.st_mtime_ns)))
    except ConfigError:  # which is a ValueError, and says it better
        raise
    except (OSError, ValueError, RecursionError) as error:
        raise ConfigError(f"world={shown(str(path))}: no file of sets can be read there; `shequn calibrate` makes "
                          "one") from error  # fmt: skip


@lru_cache(maxsize=8)
def _read(path: Path, state: tuple[int, ...]) -> tuple[Row, ...]:
    """The sets of a file that is in this ``state``: a search composes hundreds of arms with the same ones."""
    found = json.loads(path.read_text("utf-8"))
    rows = found.get("sets") if isinstance(found, dict) else None
    if not isinstance(rows, list) or not rows or len(rows) > _MOST_SETS:
        raise ConfigError(f"world={shown(str(path))}: it has no list of sets; `shequn calibrate` makes one")
    return tuple(_row(one, f"{path.name}, set {number}") for number, one in enumerate(rows))


def _row(one: object, place: str) -> Row:
    if not isinstance(one, dict) or not one.keys() <= {*_PARTS} or not all(isinstance(v, dict) for v in one.values()):
        raise ConfigError(f"{place}: write values, worlds or factors, each with knobs and numbers")
    worlds = one.get("worlds", {})
    if not all(isinstance(numbers, dict) for numbers in worlds.values()):
        raise ConfigError(f"{place}: worlds: write each with its knobs and numbers")
    values = _numbers(one.get("values", {}), place, True)
    return Row(values, {str(name): _numbers(numbers, place, True) for name, numbers in worlds.items()},
               _numbers(one.get("factors", {}), place, False))  # fmt: skip


def _numbers(given: Mapping[Any, Any], place: str, in_range: bool) -> dict[str, float]:
    """Numbers by the full name of their knob."""
    for key, value in given.items():
        knob = known_knob(str(key), place)
        if not _is_number(value) or (not in_range and value < 0):
            raise ConfigError(f"{place}: {shown(key)}: {shown(value)} is no number")
        try:
            if in_range:
                knob.check(value)
        except KnobError as error:
            raise ConfigError(f"{place}: {shown(key)}: {error}") from error
    return {str(key): value for key, value in given.items()}


def _is_number(value: object) -> bool:
    """One that a factor may be, too: of more than a hundred digits none is meant."""
    return isinstance(value, int | float) and not isinstance(value, bool) and -_MOST <= value <= _MOST


def known_knob(key: str, place: str, kinds: Collection[str] = ("number", "whole number")) -> Knob[Any]:
    """The knob of that full name and of one of these kinds, in which replicates may differ."""
    section, _, name = key.partition(".")
    known = sections()
    if section in _FIXED and key not in _FREE:
        raise ConfigError(f"{place}: {shown(key)}: replicates share their population; leave it out")
    if section not in known or name not in known[section].knobs():
        names = [f"{one}.{knob}" for one, made in known.items() for knob in made.knobs()]
        raise ConfigError(f"{place}: there is no knob '{shown(key)}'{did_you_mean(key, names)}")
    knob = known[section].knobs()[name]
    if knob.kind not in kinds:
        raise ConfigError(f"{place}: {shown(key)} is no number")
    return knob


def holding(scenario: Scenario, rows: Iterable[Row]) -> Scenario:
    """The scenario with all mechanisms in play that any of the sets puts in play by a number of its own."""
    named = {made.name() for row in rows for made in in_play((), row.of(scenario.name).values)}
    held = tuple(sorted(named - {one.name() for one in scenario.mechanisms}))
    return scenario.replace(held=held) if held else scenario


def applied(scenario: Scenario, row: Row) -> Scenario:
    """The scenario with the numbers of a set; mechanisms that are not in play stay out of it.

    Raises
    ------
    ConfigError
        The numbers do not go together, or would put another mechanism in play or take one out.
    """
    row, changes = row.of(scenario.name), {}
    by_section = _by_section(row)
    for key in SECTIONS.keys() & by_section.keys():
        knobs = getattr(scenario, FIELDS[key])
        changes[FIELDS[key]] = _changed(knobs, by_section[key])
    playing = {one.name(): one for one in scenario.mechanisms}
    tuned = {one.name(): one for one in scenario.tuned}
    for key in by_section.keys() & playing.keys():
        tuned[key] = _changed(playing[key], by_section[key])
    found = scenario.replace(sets=None, tuned=tuple(tuned.values()), **changes)
    if {one.name() for one in found.mechanisms} != playing.keys():
        raise ConfigError("it puts other mechanisms in play than the scenario has; all sets share them")
    return found


def _by_section(row: Row) -> dict[str, dict[str, tuple[float, bool]]]:
    """Section → knob → number, and whether it is a factor."""
    found: dict[str, dict[str, tuple[float, bool]]] = {}
    both: Iterable[tuple[Numbers, bool]] = ((row.factors, True), (row.values, False))
    for numbers, is_factor in both:
        for key, number in numbers.items():
            section, _, name = key.partition(".")
            found.setdefault(section, {})[name] = number, is_factor
    return found


def _changed[K: KnobSet](knobs: K, numbers: Mapping[str, tuple[float, bool]]) -> K:
    """The knobs with other numbers; a product is kept within the knob's range."""
    changes: dict[str, float] = {}
    for name, (number, is_factor) in numbers.items():
        knob = knobs.knobs()[name]
        value = float(knobs.values[name]) * number if is_factor else number
        if is_factor:
            value = min(max(value, -math.inf if knob.low is None else knob.low),
                        math.inf if knob.high is None else knob.high)  # fmt: skip
        changes[name] = round(value) if knob.kind == "whole number" else value
    return knobs.replace(changes)  # type: ignore[return-value]
