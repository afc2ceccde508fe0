"""``conf/study/NAME.yaml`` to a checked :class:`Study`. Every mistake is one message that names the place and the cure.

    title, question   texts in English and Chinese ({en: …, zh: …})
    worlds, arms      label → list of overrides; or a design (see :mod:`scenarios.experiments.designs`)
    reference         label of the arm that the others are compared with (default: the first)
    outcomes          names of outcomes, the most important first
    seeds, days, seed
    labels            what labels of worlds and arms are called in Chinese ({zh: {label: name}}), for the page
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from scenarios.config import catalog
from scenarios.config.files import read_question
from scenarios.config.nodes import knobs_with
from scenarios.config.texts import check_language, texts_of
from scenarios.errors import ConfigError, shown
from scenarios.experiments.axes import axes_of
from scenarios.experiments.designs import designed, overrides_of
from scenarios.experiments.options import checked_setting
from scenarios.experiments.study import Study
from sim.analysis.registry import OUTCOMES
from sim.engine.knobs import did_you_mean

__all__ = [
    "FOLDER", "KEYS", "MOST_CELLS", "known_outcome", "needed", "outcomes_of", "points_of", "question_of", "read_study",
    "studies",
]  # fmt: skip

KEYS = ("title", "question", "worlds", "arms", "reference", "outcomes", "seeds", "days", "seed", "labels")
FOLDER = "study"
DEFAULT_OUTCOMES = ("lifetime", "member_messages", "advert_share", "buyers", "revenue_per_member", "cost")
DEFAULT_SEEDS = 20
MOST_CELLS = 20_000
_LONGEST = 60


def studies() -> list[str]:
    """Names of the studies there are: the files of ``conf/study``."""
    return catalog.options(FOLDER)


def read_study(name: str) -> Study:
    """The study called ``name``, or in the file of that path, checked in itself; whether its arms can be played is
    checked when it is composed.
    """
    name, found, place = read_question(FOLDER, name, KEYS)
    needed(found, ("question", "arms"), place, "a study")
    worlds, _ = designed(found.get("worlds", {"pet_owners": ["scenario=pet_owners"]}), "world", f"{place}: worlds")
    arms, varied = designed(found["arms"], "arm", f"{place}: arms")
    if len(worlds) * len(arms) > MOST_CELLS:
        raise ConfigError(f"{place}: {len(worlds)} worlds × {len(arms)} arms are more than {MOST_CELLS:,} scenarios")
    return Study(
        **question_of(found, name, place, DEFAULT_SEEDS),
        worlds=worlds,
        arms=arms,
        reference=_reference(found.get("reference"), arms, place),
        outcomes=outcomes_of(found.get("outcomes", list(DEFAULT_OUTCOMES)), place),
        varied=varied,
        labels=_labels(found.get("labels") or {}, (*worlds, *arms), f"{place}: labels"),
    )


def _labels(value: object, known: Sequence[str], place: str) -> dict[str, dict[str, str]]:
    """Names of labels by language, each of a world or arm that there is."""
    if not isinstance(value, Mapping):
        raise ConfigError(f"{place}: {shown(value)} is no mapping; write {{zh: {{label: name}}}}")
    for language, names in value.items():
        check_language(language, place)
        if not isinstance(names, Mapping):
            raise ConfigError(f"{place}.{language}: {shown(names)} is no mapping; write {{label: name}}")
        for label, name in names.items():
            if str(label) not in known:
                raise ConfigError(f"{place}.{language}: there is no world or arm '{shown(label)}'"
                                  f"{did_you_mean(str(label), known)}")
            if not isinstance(name, str) or not name.strip() or len(name) > _LONGEST:
                raise ConfigError(f"{place}.{language}: {shown(label)}: {shown(name)} is no name of up to {_LONGEST} "
                                  "letters")  # fmt: skip
    return {language: {str(label): " ".join(name.split()) for label, name in names.items()}
            for language, names in value.items()}  # fmt: skip


def needed(found: Mapping[str, Any], keys: Sequence[str], place: str, what: str) -> None:
    """Refuse a file without one of ``keys``; ``what`` it describes needs them all."""
    for key in keys:
        if found.get(key) is None:
            first, last = ", ".join(keys[:-1]), keys[-1]
            raise ConfigError(f"{place}: '{key}' is missing; {what} needs {first} and {last}")


def question_of(found: Mapping[str, Any], name: str, place: str, seeds: int) -> dict[str, Any]:
    """What studies, searches and sensitivity analyses say alike, as fields: what is asked, how long, of which luck."""
    defaults = {"seeds": seeds, "days": 180, "seed": 1}
    return {
        "name": name,
        "title": texts_of(found.get("title", name), f"{place}: title", 1000),
        "question": texts_of(found["question"], f"{place}: question", 1000),
        **{key: checked_setting(key, found.get(key, default), f"{place}: ") for key, default in defaults.items()},
    }


def points_of(found: Mapping[str, Any], name: str, place: str, seeds: int) -> dict[str, Any]:
    """What searches and sensitivity analyses say alike: :func:`question_of`, world, base, and the knobs in ``over``."""
    base = overrides_of(found.get("base", []), f"{place}: base")
    return question_of(found, name, place, seeds) | {
        "world": overrides_of(found.get("world", ["scenario=pet_owners"]), f"{place}: world"),
        "base": base,
        "axes": axes_of(found["over"], place, knobs_with(base)),
    }


def _reference(value: object, arms: Iterable[str], place: str) -> str:
    labels = list(arms)
    if value is None:
        return labels[0]
    if str(value) not in labels:
        raise ConfigError(f"{place}: reference: there is no arm '{shown(value)}'{did_you_mean(str(value), labels)}")
    return str(value)


def known_outcome(name: object, place: str) -> str:
    """The name of an outcome that runs of a store have: they hold no messages, so none that needs them."""
    if not isinstance(name, str) or name not in OUTCOMES:
        raise ConfigError(f"{place}: there is no outcome '{shown(name)}'{did_you_mean(str(name), OUTCOMES)}")
    if OUTCOMES[name].needs:
        raise ConfigError(f"{place}: '{name}' needs recorded messages, which runs of a store do not keep; "
                          "play it by shequn run … record=messages")  # fmt: skip
    return name


def outcomes_of(value: object, place: str) -> tuple[str, ...]:
    """Names of outcomes, each known and named once."""
    if not isinstance(value, list) or not value:
        raise ConfigError(f"{place}: outcomes: {shown(value)} is no list; write outcomes: [lifetime, buyers]")
    for name in value:
        known_outcome(name, f"{place}: outcomes")
        if value.count(name) > 1:
            raise ConfigError(f"{place}: outcomes: '{name}' is named twice")
    return tuple(value)
