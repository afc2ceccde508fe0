"""What has been tried, on disk after every trial: a line of JSON each, so that a kill or Ctrl-C loses nothing.

The first line says which calibration it is: what is tuned, against which targets, on which luck, by which rules. Lines
come in the order in which trials end; nothing depends on that order.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from scenarios.errors import UserError, shown

__all__ = ["Journal", "Trial"]

Values = dict[str, float]
Key = tuple[str, int, int, int, int]


@dataclass(frozen=True)
class Trial:
    """One set that was played: the ``number``-th of its ``start``, where it lies, and the value of every statistic.

    Its ``stage`` is the search; ``again``, where one of the best is played on other luck, in so many ``communities``;
    or ``draw``, there too, with values of what is assumed, ``variant`` says with which.
    """

    start: int
    number: int
    point: tuple[float, ...]
    facts: Values = field(default_factory=dict)
    seconds: float = 0.0
    stage: str = "search"
    communities: int = 0
    variant: int = 0

    @property
    def key(self) -> Key:
        """What tells it from all others of its journal."""
        return self.stage, self.start, self.number, self.communities, self.variant


class Journal:
    """The trials of a calibration, in memory and in its file.

    Raises
    ------
    UserError
        The file is of another calibration, or cannot be read as one.
    """

    def __init__(self, path: Path, about: Mapping[str, Any]) -> None:
        self.path = path
        self.trials: dict[Key, Trial] = {}
        if path.exists() and b"\n" in path.read_bytes():
            self._read(about)
        else:  # nothing yet, or what a kill or a full disk left of the first line
            path.parent.mkdir(parents=True, exist_ok=True)
            path.unlink(missing_ok=True)
            self._write({"calibration": about})

    def _read(self, about: Mapping[str, Any]) -> None:
        raw = self.path.read_bytes()
        whole = raw[: raw.rfind(b"\n") + 1]  # what a kill has torn is tried again
        try:
            first, *lines = [json.loads(line) for line in whole.decode("utf-8").splitlines()]
            mine = first["calibration"]
            found = [Trial(**one | {"point": tuple(one["point"]), "facts": _numbers(one["facts"])}) for one in lines]
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise UserError(f"{shown(str(self.path))} is no journal of a calibration that can be read; take it away, "
                            "or give another out=") from error  # fmt: skip
        if mine != json.loads(json.dumps(about)):
            raise UserError(f"{shown(str(self.path))} is of another calibration (other rules, targets or settings); "
                            "take it away, or give another out=")  # fmt: skip
        self.trials = {one.key: one for one in found}
        if whole != raw:
            with self.path.open("r+b") as file:
                file.truncate(len(whole))

    def add(self, trial: Trial) -> None:
        """Keep a trial."""
        kept = asdict(trial) | {"facts": {key: v if math.isfinite(v) else None for key, v in trial.facts.items()}}
        self._write(kept)
        self.trials[trial.key] = trial

    def of(self, start: int) -> list[Trial]:
        """The trials of a start's search, in order."""
        return [one for _, one in sorted(self.trials.items()) if (one.stage, one.start) == ("search", start)]

    def _write(self, line: Mapping[str, Any]) -> None:
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line, ensure_ascii=False, allow_nan=False) + "\n")
            file.flush()


def _numbers(facts: Mapping[str, float | None]) -> Values:
    return {str(key): math.nan if value is None else float(value) for key, value in facts.items()}
