"""``conf/claim/NAME.yaml`` to a checked :class:`Claim`.

    title        the claim in the operators' words ({en: …, zh: …})
    worlds       label → overrides; all are played under the ensemble
    arms         label → overrides
    statements   name → what the claim says, one thing each:
                   say       in words
                   more      arms (``arm`` or ``arm @ world``) whose measures are added up
                   less      … and taken away
                   measure   an outcome, days of a column, or a rule (:mod:`scenarios.experiments.measures`)
                   sign      what is expected of more − less: 1, −1, or 0 (no change)
                   least     smallest effect worth naming, set before anything was played
                   same      statements that say the same of several settings share this word
    terms        name → what of the rules speaks for the claim: say, and ``set``, overrides that take it away
    together     overrides said besides where all terms are taken away
    rests        what is assumed in the rules, and what emerges from them
    by_construction   why it holds by the way the model is made, where it does
    days         180 where nothing is said
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
from sim.analysis.experiment.claim_verdict import ALL_OFF
from sim.analysis.experiment.measure import Measure
from sim.engine.knobs import did_you_mean

__all__ = ["FOLDER", "Claim", "Statement", "Term", "read_claim"]

FOLDER = "claim"
_KEYS = ("title", "worlds", "arms", "statements", "terms", "together", "rests", "by_construction", "days")
_OF_STATEMENT = ("say", "more", "less", "measure", "sign", "least", "same")
_LONGEST = 600
_AT = "@"

Overrides = tuple[str, ...]
Texts = Mapping[str, str]
Places = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Statement:
    """One thing a claim says. ``more`` and ``less`` are (arm, world)."""

    name: str
    say: Texts
    more: Places
    less: Places
    measure: Measure
    sign: int
    least: float
    same: str


@dataclass(frozen=True)
class Term:
    """A term of the rules that speaks for a claim, and the overrides without which it is gone."""

    name: str
    say: Texts
    set: Overrides


@dataclass(frozen=True)
class Claim:
    """A claim as its file tells it; ``by_construction`` is empty where it is not; ``together`` is said besides where
    all terms are taken away.
    """

    name: str
    title: Texts
    worlds: Mapping[str, Overrides]
    arms: Mapping[str, Overrides]
    statements: tuple[Statement, ...]
    terms: tuple[Term, ...]
    rests: Texts
    by_construction: Texts
    days: int
    together: Overrides = ()

    @property
    def id(self) -> str:
        """``H1``."""
        return id_of(self.name)


def read_claim(word: str) -> Claim:
    """The claim of that name, or in the file of that path, checked in itself.

    Raises
    ------
    ConfigError
        Naming the place and the cure.
    """
    name, found, place = read_question(FOLDER, word, _KEYS)
    needed(found, ("title", "arms", "statements", "rests"), place, "a claim")
    days = checked_setting("days", found.get("days", 180), f"{place}: ")
    worlds, _ = designed(found.get("worlds", {"pet_owners": ["scenario=pet_owners"]}), "world", f"{place}: worlds")
    arms, _ = designed(found["arms"], "arm", f"{place}: arms")
    statements = tuple(_statement(str(key), one, f"{place}: statements: {shown(key)}", worlds, arms, days)
                       for key, one in mapping_of(found["statements"], f"{place}: statements").items())  # fmt: skip
    terms = tuple(_term(str(key), one, f"{place}: terms: {shown(key)}")
                  for key, one in mapping_of(found.get("terms") or {}, f"{place}: terms").items())  # fmt: skip
    by = found.get("by_construction")
    return Claim(name, texts_of(found["title"], f"{place}: title", _LONGEST), worlds, arms, statements, terms,
                 texts_of(found["rests"], f"{place}: rests", 2 * _LONGEST),
                 texts_of(by, f"{place}: by_construction", _LONGEST) if by else {}, days,
                 overrides_of(found.get("together") or [], f"{place}: together"))  # fmt: skip


def _statement(
    name: str, found: object, place: str, worlds: Mapping[str, Any], arms: Mapping[str, Any], days: int
) -> Statement:
    said = mapping_of(found, place)
    for key in said:
        if key not in _OF_STATEMENT:
            raise ConfigError(f"{place}: a statement has no '{shown(key)}'{did_you_mean(str(key), _OF_STATEMENT)}")
    needed(said, ("say", "more", "measure", "sign", "least"), place, "a statement")
    sign, least = said["sign"], number_of(said["least"], f"{place}: least")
    if isinstance(sign, bool) or sign not in (1, -1, 0):
        raise ConfigError(f"{place}: sign: {shown(sign)} is none of 1, -1 and 0")
    if not 0 < least < 1e12:
        raise ConfigError(f"{place}: least: {shown(said['least'])} is no effect worth naming; write a number above 0")
    more, less = (_places(said.get(side, []), f"{place}: {side}", worlds, arms) for side in ("more", "less"))
    return Statement(name, texts_of(said["say"], f"{place}: say", _LONGEST), more, less,
                     measure_of(said["measure"], f"{place}: measure", days), int(sign), least,
                     str(said.get("same", "")))  # fmt: skip


def _places(value: object, place: str, worlds: Mapping[str, Any], arms: Mapping[str, Any]) -> Places:
    """``arm`` in the first world, or ``arm @ world``."""
    texts = [value] if isinstance(value, str) else value
    if not isinstance(texts, list) or (not texts and place.endswith("more")):
        raise ConfigError(f"{place}: {shown(value)} is no list of arms")
    found = []
    for text in map(str, texts):
        arm, _, world = (part.strip() for part in text.partition(_AT))
        world = world or next(iter(worlds))
        for label, known, what in ((arm, arms, "arm"), (world, worlds, "world")):
            if label not in known:
                raise ConfigError(f"{place}: there is no {what} '{shown(label)}'{did_you_mean(label, known)}")
        found.append((arm, world))
    return tuple(found)


def _term(name: str, found: object, place: str) -> Term:
    said = mapping_of(found, place)
    needed(said, ("say", "set"), place, "a term")
    if name == ALL_OFF:
        raise ConfigError(f"{place}: '{ALL_OFF}' are all terms together; give this one another name")
    return Term(name, texts_of(said["say"], f"{place}: say", _LONGEST), overrides_of(said["set"], f"{place}: set"))
