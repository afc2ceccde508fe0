"""``conf/study/NAME.yaml`` to a checked :class:`Study`. Every mistake is one message that names the place and the cure.

    title, question   texts in English and Chinese ({en: …, zh: …})
    worlds, arms      label → list of overrides; or a design (see :mod:`scenarios.study.designs`)
    reference         label of the arm that the others are compared with (default: the first)
    outcomes          names of outcomes, the most important first
    seeds, days, seed, keep_daily
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from scenarios import catalog
from scenarios.errors import ConfigError, shown
from scenarios.settings import Settings
from scenarios.study.designs import designed
from scenarios.study.study import Study
from scenarios.study.yamlfile import read_yaml
from sim.analysis.outcomes import OUTCOMES
from sim.knobs import KnobError, did_you_mean

__all__ = ["FOLDER", "KEYS", "MOST_CELLS", "outcomes_of", "read_study", "studies", "text_of", "whole"]

KEYS = ("title", "question", "worlds", "arms", "reference", "outcomes", "seeds", "days", "seed")
FOLDER = "study"
LANGUAGES = ("en", "zh")
DEFAULT_OUTCOMES = ("lifetime", "member_messages", "advert_share", "buyers", "revenue_per_member", "cost")
DEFAULT_SEEDS = 20
MOST_CELLS = 20_000


def studies() -> list[str]:
    """Names of the studies there are: the files of ``conf/study``."""
    return catalog.options(FOLDER)


def path_of(name: str) -> Path:
    """The file of a study, by name."""
    known = studies()
    if name not in known:
        raise ConfigError(f"study={shown(name)}: there is no study '{shown(name)}'{did_you_mean(name, known)}")
    return catalog.CONF / FOLDER / f"{name}.yaml"


def read_study(name: str) -> Study:
    """The study called ``name``, checked in itself; whether its arms can be played is checked when it is composed."""
    path = path_of(name)
    place = f"conf/study/{path.name}"
    found = read_yaml(path, place)
    _known_keys(found, place)
    worlds, _ = designed(found.get("worlds", {"pet_owners": ["scenario=pet_owners"]}), "world", f"{place}: worlds")
    arms, varied = designed(_needed(found, "arms", place), "arm", f"{place}: arms")
    if len(worlds) * len(arms) > MOST_CELLS:
        raise ConfigError(f"{place}: {len(worlds)} worlds × {len(arms)} arms are more than {MOST_CELLS:,} scenarios")
    return Study(
        name=name,
        title=text_of(found.get("title", name), f"{place}: title"),
        question=text_of(_needed(found, "question", place), f"{place}: question"),
        worlds=worlds,
        arms=arms,
        reference=_reference(found.get("reference"), arms, place),
        seeds=whole(found, "seeds", "replicates", DEFAULT_SEEDS, place),
        outcomes=outcomes_of(found.get("outcomes", list(DEFAULT_OUTCOMES)), place),
        days=whole(found, "days", "days", 180, place),
        seed=whole(found, "seed", "seed", 1, place),
        varied=varied,
    )


def _known_keys(found: Mapping[Any, Any], place: str) -> None:
    for key in found:
        if key not in KEYS:
            raise ConfigError(f"{place}: there is no key '{shown(key)}'{did_you_mean(str(key), KEYS)}")


def _needed(found: Mapping[str, Any], key: str, place: str) -> Any:
    if found.get(key) is None:
        raise ConfigError(f"{place}: '{key}' is missing; a study needs question and arms")
    return found[key]


def text_of(value: object, place: str) -> dict[str, str]:
    """A text in both languages; a plain text stands for both."""
    texts = {language: value for language in LANGUAGES} if isinstance(value, str) else value
    if not isinstance(texts, Mapping) or not texts:
        raise ConfigError(f"{place}: {shown(value)} is no text; write a line, or {{en: …, zh: …}}")
    for language, text in texts.items():
        if language not in LANGUAGES:
            raise ConfigError(f"{place}: there is no language '{shown(language)}'; there is en and zh")
        if not isinstance(text, str) or not text.strip() or len(text) > 1000:
            raise ConfigError(f"{place}.{language}: {shown(text)} is no text of up to 1,000 letters")
    first = next(iter(texts.values()))
    return {language: " ".join(str(texts.get(language, first)).split()) for language in LANGUAGES}


def _reference(value: object, arms: Iterable[str], place: str) -> str:
    labels = list(arms)
    if value is None:
        return labels[0]
    if str(value) not in labels:
        raise ConfigError(f"{place}: reference: there is no arm '{shown(value)}'{did_you_mean(str(value), labels)}")
    return str(value)


def outcomes_of(value: object, place: str) -> tuple[str, ...]:
    """Names of outcomes, each known and named once."""
    if not isinstance(value, list) or not value:
        raise ConfigError(f"{place}: outcomes: {shown(value)} is no list; write outcomes: [lifetime, buyers]")
    for name in value:
        if not isinstance(name, str) or name not in OUTCOMES:
            raise ConfigError(f"{place}: outcomes: there is no outcome '{shown(name)}'"
                              f"{did_you_mean(str(name), OUTCOMES)}")
        if value.count(name) > 1:
            raise ConfigError(f"{place}: outcomes: '{name}' is named twice")
    return tuple(value)


def whole(found: Mapping[str, Any], key: str, knob: str, default: int, place: str) -> int:
    """A whole number within the range of a setting."""
    if key not in found:
        return default
    try:
        return int(Settings.knobs()[knob].check(found[key]))
    except KnobError as error:
        raise ConfigError(f"{place}: {str(error).replace(f'{knob}=', f'{key}=', 1)}") from error
