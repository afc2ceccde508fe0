"""What can be said to a search on the command line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from scenarios import catalog
from scenarios.errors import ConfigError, shown
from scenarios.study.options import StudyOptions, playing, split, whole_number
from scenarios.study.search.file import MOST_TRIALS, Search, read_search
from scenarios.study.search.points import study_of_points
from sim.knobs import did_you_mean

__all__ = ["SearchOptions", "read_search_options"]

_NUMBERS = ("trials", "seeds", "fresh_seeds", "days", "seed")
_CONTROLS = ("search", *_NUMBERS, "store", "runner", "runner.address", "workers", "chunk", "out")


@dataclass(frozen=True)
class SearchOptions:
    """A search, and how to play its points."""

    search: Search
    play: StudyOptions


def read_search_options(texts: Sequence[str]) -> SearchOptions:
    """The search with everything said on the command line."""
    said, extra = split(texts, _CONTROLS, "search=packet_dose")
    if "search" not in said:
        raise ConfigError(f"which search? write search=NAME{did_you_mean('', catalog.options('search'))}")
    search = read_search(said["search"])
    changes: dict[str, Any] = {key: whole_number(key, said[key]) for key in _NUMBERS if key in said}
    if not 1 <= changes.get("trials", 1) <= MOST_TRIALS:
        raise ConfigError(f"trials={changes['trials']} is out of range: it goes from 1 to {MOST_TRIALS:,}")
    _refuse_searched(search, extra)
    search = replace(search, **changes, extra=tuple(extra))
    study = study_of_points(search, {0: tuple(axis.at(0.5) for axis in search.axes)})
    return SearchOptions(search, StudyOptions(study, **playing(said)))


def _refuse_searched(search: Search, extra: Sequence[str]) -> None:
    searched = {axis.key for axis in search.axes}
    for text in extra:
        if text.partition("=")[0].strip().lstrip("+") in searched:
            raise ConfigError(f"'{shown(text)}': the search {search.name} varies this knob; leave it out, or write a "
                              "search of your own")  # fmt: skip
