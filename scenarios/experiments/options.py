"""What can be said to a study on the command line: some words are for the study, the rest changes every world."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from scenarios.config import catalog
from scenarios.errors import ConfigError, shown
from scenarios.execution.runners import RUNNERS, WITH_ADDRESS, default_runner
from scenarios.experiments.reader import read_study
from scenarios.experiments.study import Study
from sim.engine.knobs import did_you_mean

__all__ = ["STORE", "StudyOptions", "named", "playing", "read_options", "refuse_varied", "split", "whole_number"]

STORE = "outputs/store"
_RECORDS = ("outcomes", "counts")
_CONTROLS = ("study", "seeds", "store", "runner", "runner.address", "workers", "chunk", "plan", "fail", "until", "out",
             "replace", "record", "report", "days", "seed")  # fmt: skip


@dataclass(frozen=True)
class StudyOptions:
    """A study and how to play it. ``until`` is the half width at which it may stop (None: play ``seeds`` seeds).

    ``workers`` and ``chunk`` (runs of a chunk) are 0 where nothing is said; ``out`` None is outputs/study/NAME, and
    ``overwrite`` lets go of what else is there.
    """

    study: Study
    store: str = STORE
    runner: str = ""
    address: str = ""
    workers: int = 0
    chunk: int = 0
    plan: bool = False
    fail_fast: bool = False
    until: float | None = None
    out: str | None = None
    report: bool = True
    overwrite: bool = False

    @property
    def leaves(self) -> bool:
        """Will there be tables or a page?"""
        return not self.plan and bool(self.report or self.out)


def read_options(texts: Sequence[str]) -> StudyOptions:
    """The study with everything said on the command line."""
    said, extra = split(texts, _CONTROLS, "study=group_size")
    named(said, "study", "study")
    study = read_study(said["study"])
    changes: dict[str, Any] = {key: whole_number(key, said[key]) for key in ("seeds", "days", "seed") if key in said}
    daily = _one_of("record", said.get("record", "outcomes"), _RECORDS) == "counts"
    return StudyOptions(replace(study, **changes, extra=tuple(extra), daily=daily), **playing(said))


def split(texts: Sequence[str], controls: Sequence[str], example: str) -> tuple[dict[str, str], list[str]]:
    """What is said to the command itself, by key, and the overrides that change the world."""
    said: dict[str, str] = {}
    extra: list[str] = []
    for text in texts:
        key, equals, value = text.partition("=")
        if not equals:
            raise ConfigError(f"'{shown(text)}' cannot be read: write key=value, for instance {example}")
        if key not in controls:
            extra.append(text)
        elif key in said:
            raise ConfigError(f"'{key}' is given twice; give it once")
        else:
            said[key] = value
    _refuse_twice(extra)
    return said, extra


def named(said: Mapping[str, str], kind: str, what: str) -> None:
    """Refuse a command that does not say which study, search or analysis it is about."""
    if kind not in said:
        raise ConfigError(f"which {what}? write {kind}=NAME{did_you_mean('', catalog.options(kind))}")


def refuse_varied(knobs: Collection[str], extra: Sequence[str], who: str) -> None:
    """Refuse to set, for every world, a knob that ``who`` varies."""
    for text in extra:
        if text.partition("=")[0].strip().lstrip("+") in knobs:
            raise ConfigError(f"'{shown(text)}': {who} varies this knob; leave it out, or write a file of your own")


def playing(said: dict[str, str]) -> dict[str, Any]:
    """How to play, as the fields of :class:`StudyOptions`."""
    readers: dict[str, tuple[str, Callable[[str], object]]] = {
        "store": ("store", lambda value: _folder("store", value)),
        "out": ("out", lambda value: _folder("out", value)),
        "runner": ("runner", lambda value: _one_of("runner", value, RUNNERS)),
        "runner.address": ("address", lambda value: value),
        "workers": ("workers", lambda value: _count("workers", value)),
        "chunk": ("chunk", lambda value: _count("chunk", value)),
        "plan": ("plan", lambda value: _yes("plan", value)),
        "replace": ("overwrite", lambda value: _yes("replace", value)),
        "report": ("report", lambda value: _yes("report", value)),
        "fail": ("fail_fast", lambda value: _one_of("fail", value, ("keep", "fast")) == "fast"),
        "until": ("until", _until),
    }
    found = {"runner": default_runner(), **{field: read(said[key]) for key, (field, read) in readers.items()
                                            if key in said}}  # fmt: skip
    if found.get("address") and found["runner"] not in WITH_ADDRESS:
        raise ConfigError(f"runner.address={shown(found['address'])}: the runner '{found['runner']}' has no address; "
                          f"say runner={' or runner='.join(WITH_ADDRESS)}, or leave it out")  # fmt: skip
    return found


def whole_number(key: str, value: str) -> int:
    """The whole number said to ``key``."""
    try:
        return int(value)
    except ValueError:
        raise ConfigError(f"{key}={shown(value)} is not a whole number") from None


def _count(key: str, value: str) -> int:
    number = whole_number(key, value)
    if not 1 <= number <= 10_000:
        raise ConfigError(f"{key}={number} is out of range: it goes from 1 to 10,000")
    return number


def _one_of(key: str, value: str, choices: Sequence[str]) -> str:
    if value not in choices:
        raise ConfigError(f"{key}={shown(value)}: there is no '{shown(value)}'{did_you_mean(value, choices)}")
    return value


def _yes(key: str, value: str) -> bool:
    return _one_of(key, value.lower(), ("true", "false")) == "true"


def _until(value: str) -> float:
    """``until=±2``, ``until=2``."""
    try:
        half = float(value.lstrip("±").removeprefix("+-"))
    except ValueError:
        half = math.nan
    if not 0 < half < 1e12:
        raise ConfigError(f"until={shown(value)} is no half width above 0; write it like until=±2, in the unit of the "
                          "first outcome")
    return half


def _folder(key: str, value: str) -> str:
    if not value.strip() or not value.isprintable():
        raise ConfigError(f"{key}={shown(value)} is no folder; write it like {key}=outputs/mine")
    return value


def _refuse_twice(extra: Sequence[str]) -> None:
    keys = [text.partition("=")[0].lstrip("+") for text in extra]
    for key in keys:
        if keys.count(key) > 1:
            raise ConfigError(f"'{shown(key)}' is given {keys.count(key)} times; give it once")
