"""What happens when the bell rings: every plan is played in many communities, in a process of its own."""

from __future__ import annotations

import hashlib
import multiprocessing
import shlex
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from scenarios.errors import UserError, shown
from scenarios.execution.runners.processes import deaf, one_thread
from scenarios.experiments.advise.situation import plain
from scenarios.web.advice.case import PROGRESS, Progress, noted
from scenarios.web.advice.work import FOUND, begun, heard_by
from scenarios.web.wall.classroom import Student
from scenarios.web.wall.rules import Rules, written

__all__ = ["PAGE", "TEAMS", "Bell", "command", "compete", "hand_in"]

TEAMS = "teams"
"""Folder of a round with one file for each student, as `shequn tournament` reads them."""
_STORE, _PAGES, _BOARDS = "store", "boards", "boards.json"
PAGE = f"{_PAGES}/report.html"
"""Where the boards of a round are, to be projected."""


def hand_in(students: Sequence[Student], place: Path) -> Path:
    """Put every student's plan down as a team's file, the first who joined first.

    Raises
    ------
    UserError
        Nobody has a plan that could be played, or there is no room on the disk.
    """
    if not students:
        raise UserError("nobody has played yet; ring the bell when somebody has")
    folder = place / TEAMS
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob("*.yaml"):
            old.unlink()
        for number, student in enumerate(students, 1):
            said = {"team": student.name, "strategies": written(student.plan) or ["nothing"]}
            path = folder / f"{number:03d}.yaml"
            path.write_text(yaml.safe_dump(said, allow_unicode=True, sort_keys=False), "utf-8")
    except OSError as error:
        raise UserError(f"the plans cannot be kept in {shown(folder)} ({error.strerror}); make room there") from None
    return folder


class Bell:
    """A tournament that is played, or was, in a folder. What was played lies in its store, so it can be begun again."""

    def __init__(self, place: Path, rules: Rules, workers: int) -> None:
        self.place, self._rules, self._workers = place.absolute(), rules, workers  # the process works in there
        self._process: Any = None

    def start(self) -> None:
        """Play what has not been played yet."""
        for old in (FOUND, PROGRESS):
            (self.place / old).unlink(missing_ok=True)
        context = multiprocessing.get_context("spawn")
        self._process = context.Process(target=begun, args=(self.place, compete, self._rules, self._workers))
        with one_thread(), deaf():
            self._process.start()

    @property
    def found(self) -> dict[str, Any]:
        """What came of it: ``mistake``, or boards; empty while it is played, or if it was never begun."""
        return noted(self.place / FOUND)

    @property
    def is_going(self) -> bool:
        """Is it being played?"""
        return self._process is not None and self._process.is_alive()

    @property
    def progress(self) -> dict[str, float]:
        """How far it is: ``done`` of ``of`` communities."""
        return noted(self.place / PROGRESS)

    def close(self) -> None:
        """Stop; what was played is kept."""
        if self._process is not None:
            self._process.kill()
            self._process.join()


def compete(rules: Rules, workers: int) -> Mapping[str, Any]:
    """Play the tournament of a round, in its folder; its page and its tables stay there."""
    from scenarios.config.compose import Composer
    from scenarios.experiments.options import Options
    from scenarios.experiments.player import Player
    from scenarios.experiments.tournament.tournament import Tournament
    from sim.data.store import Store
    from sim.locale.speaking import speaking
    from sim.locale.words import languages

    kind = Tournament((TEAMS,), composer := Composer())
    said, extra = competition(rules)
    asked = kind.read("tournament", said, extra)
    options = Options(store=_STORE, runner="serial" if workers == 1 else "processes", workers=workers)
    with Store(_STORE) as store:
        runs = sum(one.n_runs for one in asked.studies)
        progress = Progress(Path(), runs, store.ledger.count("done"))
        answer = kind.play(asked, Player(options, store, composer, heard_by(progress)))
    if answer.page is None:
        raise UserError("no plan could be played; the terminal of the wall tells why")
    answer.page(Path(_PAGES), formats=options.formats)
    told = {}
    for lang in languages():
        with speaking(lang):
            lines, tables = answer.told(lang)
            told[lang] = {"lines": list(lines), "tables": list(tables)}
    digest = hashlib.sha256((Path(_PAGES) / _BOARDS).read_bytes()).hexdigest()
    return {"told": told, "digest": digest, "command": command(rules)}


def command(rules: Rules) -> str:
    """What plays the same from the command line, in the folder of the round."""
    said, extra = competition(rules)
    settings = (f"{key}={plain(value)}" for key, value in said.items())
    return shlex.join(["shequn", "tournament", TEAMS, *settings, *extra])


def competition(rules: Rules) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Settings and overrides of the tournament that a class plays, as on the command line."""
    said = {"hours": rules.hours, "yuan": rules.yuan, "replicates": rules.communities, "days": rules.days,
            "seed": rules.seed}  # fmt: skip
    return said, (f"scenario={rules.scenario}", "population.groups=1", f"population.seats={rules.seats}")
