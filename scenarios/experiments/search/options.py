"""What can be said to a search on the command line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from scenarios.errors import ConfigError
from scenarios.experiments.options import StudyOptions, named, playing, refuse_varied, split, whole_number
from scenarios.experiments.search.file import MOST_TRIALS, Search, read_search
from scenarios.experiments.search.points import study_of_points

__all__ = ["SearchOptions", "read_search_options"]

_NUMBERS = ("trials", "seeds", "fresh_seeds", "days", "seed")
_CONTROLS = ("search", *_NUMBERS, "store", "runner", "runner.address", "workers", "chunk", "plan", "out",
             "replace", "report")  # fmt: skip


@dataclass(frozen=True)
class SearchOptions:
    """A search, and how to play its points."""

    search: Search
    play: StudyOptions


def read_search_options(texts: Sequence[str]) -> SearchOptions:
    """The search with everything said on the command line."""
    said, extra = split(texts, _CONTROLS, "search=packet_dose")
    named(said, "search", "search")
    search = read_search(said["search"])
    changes: dict[str, Any] = {key: whole_number(key, said[key]) for key in _NUMBERS if key in said}
    if not 1 <= changes.get("trials", 1) <= MOST_TRIALS:
        raise ConfigError(f"trials={changes['trials']} is out of range: it goes from 1 to {MOST_TRIALS:,}")
    refuse_varied([axis.key for axis in search.axes], extra, f"the search {search.name}")
    search = replace(search, **changes, extra=tuple(extra))
    study = study_of_points(search, {0: tuple(axis.at(0.5) for axis in search.axes)})
    return SearchOptions(search, StudyOptions(study, **playing(said)))
