"""``conf/case/NAME.yaml`` to a checked :class:`Case`.

    title      what the case is called ({en: …, zh: …})
    told       what was reported, in our own words
    world      overrides: population, founding, ``timeline=[…]``; played under the ensemble
    arms       label → overrides; the first is what was done
    measures   name → what is set beside the report:
                 say        in words
                 measure    an outcome, days of a column, or a rule (:mod:`scenarios.experiments.measures`)
                 arm        of which arm (the first)
                 against    another arm with which it is compared, ``how``: difference or ratio
                 reported   a number, or [low, high] (-.inf, .inf: open)
                 nothing    what it would be had nothing happened, where there is such a number
                 by_construction   true where it holds by the way the model is made
    silent     name → what the report does not tell: say, ``values`` (label → overrides; the world has one more)
    days       how long it is played
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from scenarios.config.files import read_question
from scenarios.config.texts import texts_of
from scenarios.config.yamlfile import mapping_of
from scenarios.errors import ConfigError, shown
from scenarios.experiments.designs import designed, overrides_of
from scenarios.experiments.measures import measure_of, number_of
from scenarios.experiments.options import checked_setting
from scenarios.experiments.over_ensemble import id_of
from scenarios.experiments.reader import needed
from sim.analysis.experiment.case_verdict import Reported
from sim.analysis.experiment.measure import HOWS, Measure
from sim.engine.knobs import did_you_mean

__all__ = ["FOLDER", "Beside", "Case", "Silent", "read_case"]

FOLDER = "case"
_KEYS = ("title", "told", "world", "arms", "measures", "silent", "days")
_OF_MEASURE = ("say", "measure", "arm", "against", "how", "reported", "nothing", "by_construction")
_LONGEST = 600

Overrides = tuple[str, ...]
Texts = Mapping[str, str]


@dataclass(frozen=True)
class Beside:
    """One number that was reported, and how the model's is measured; ``against`` is empty where it stands alone."""

    name: str
    say: Texts
    measure: Measure
    arm: str
    against: str
    how: str
    reported: Reported
    by_construction: bool


@dataclass(frozen=True)
class Silent:
    """Something that the report does not tell, and other values that it may have had."""

    name: str
    say: Texts
    values: Mapping[str, Overrides]


@dataclass(frozen=True)
class Case:
    """A case as its file tells it."""

    name: str
    title: Texts
    told: Texts
    world: Overrides
    arms: Mapping[str, Overrides]
    measures: tuple[Beside, ...]
    silent: tuple[Silent, ...]
    days: int

    @property
    def id(self) -> str:
        """``C1``."""
        return id_of(self.name)


def read_case(word: str) -> Case:
    """The case of that name, or in the file of that path, checked in itself.

    Raises
    ------
    ConfigError
        Naming the place and the cure.
    """
    name, found, place = read_question(FOLDER, word, _KEYS)
    needed(found, ("title", "told", "world", "arms", "measures", "days"), place, "a case")
    days = checked_setting("days", found["days"], f"{place}: ")
    arms, _ = designed(found["arms"], "arm", f"{place}: arms")
    measures = tuple(_beside(str(key), one, f"{place}: measures: {shown(key)}", arms, days)
                     for key, one in mapping_of(found["measures"], f"{place}: measures").items())  # fmt: skip
    silent = tuple(_silent(str(key), one, f"{place}: silent: {shown(key)}")
                   for key, one in mapping_of(found.get("silent") or {}, f"{place}: silent").items())  # fmt: skip
    return Case(name, texts_of(found["title"], f"{place}: title", _LONGEST),
                texts_of(found["told"], f"{place}: told", 2 * _LONGEST),
                overrides_of(found["world"], f"{place}: world"), arms, measures, silent, days)  # fmt: skip


def _beside(name: str, found: object, place: str, arms: Mapping[str, Any], days: int) -> Beside:
    said = mapping_of(found, place)
    for key in said:
        if key not in _OF_MEASURE:
            raise ConfigError(f"{place}: there is no '{shown(key)}'{did_you_mean(str(key), _OF_MEASURE)}")
    needed(said, ("say", "measure", "reported", "nothing"), place, "a number that was reported")
    arm, against = str(said.get("arm", next(iter(arms)))), str(said.get("against", ""))
    for label in filter(None, (arm, against)):
        if label not in arms:
            raise ConfigError(f"{place}: there is no arm '{shown(label)}'{did_you_mean(label, arms)}")
    how = said.get("how", HOWS[0])
    if how not in HOWS:
        raise ConfigError(f"{place}: how: {shown(how)} is neither {' nor '.join(HOWS)}")
    nothing = number_of(said["nothing"], f"{place}: nothing")
    low, high = _range(said["reported"], f"{place}: reported")
    return Beside(name, texts_of(said["say"], f"{place}: say", _LONGEST),
                  measure_of(said["measure"], f"{place}: measure", days), arm, against, str(how),
                  Reported(low, high, nothing), said.get("by_construction") is True)  # fmt: skip


def _range(value: object, place: str) -> tuple[float, float]:
    ends = value if isinstance(value, list) else [value, value]
    if len(ends) != 2:
        raise ConfigError(f"{place}: {shown(value)} is neither a number nor [low, high]")
    low, high = (number_of(end, place) for end in ends)
    if low > high:
        raise ConfigError(f"{place}: {shown(value)}: write the lower number first")
    return low, high


def _silent(name: str, found: object, place: str) -> Silent:
    said = mapping_of(found, place)
    needed(said, ("say", "values"), place, "what is not told")
    values = {str(label): overrides_of(given, f"{place}: values: {shown(label)}")
              for label, given in mapping_of(said["values"], f"{place}: values").items()}  # fmt: skip
    return Silent(name, texts_of(said["say"], f"{place}: say", _LONGEST), values)
