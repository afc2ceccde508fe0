"""The files of all teams: found in folders, by patterns or by name; what is wrong is told of all of them at once."""

from __future__ import annotations

import glob
import os
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from scenarios.config.catalog import CONF
from scenarios.errors import shown
from scenarios.experiments.tournament.faults import Faults
from scenarios.experiments.tournament.team import Team, read_team

__all__ = ["EXAMPLES", "MOST", "read_teams"]

EXAMPLES = CONF / "team"
"""Teams that play where no file is named."""
MOST = 100
_ENDS = (".yaml", ".yml")


def read_teams(words: Sequence[str], playable: Callable[[Team], object]) -> tuple[Team, ...]:
    """The teams in files, folders and patterns, by name; those of :data:`EXAMPLES` where nothing is said. ``playable``
    complains (ConfigError) where a team's strategies cannot be played together.

    Raises
    ------
    Refused
        With everything that is wrong in any of them.
    """
    faults, places = Faults(), dict[str, tuple[Path, str]]()
    for word in words or (str(EXAMPLES),):
        for path in _found(word, faults):
            place = f"conf/team/{path.name}" if path.parent == EXAMPLES else str(path)
            places.setdefault(os.path.realpath(path), (path, place))
    if len(places) > MOST:
        faults.at(f"{len(places)} files", f"no tournament has more than {MOST} teams; play them in rounds")
    read = [read_team(path, place, faults) for path, place in list(places.values())[:MOST]]
    teams = [team for team in read if team]
    _check_names(teams, faults)
    for team in teams:
        faults.of(team.place, partial(playable, team))
    faults.refuse()
    return tuple(sorted(teams, key=lambda team: (team.known_by, team.name)))


def _found(word: str, faults: Faults) -> list[Path]:
    """The files that a word stands for, by name."""
    path = Path(os.path.expanduser(word))
    if os.path.isdir(path):
        found = sorted(one for one in path.iterdir() if one.suffix in _ENDS and one.is_file())
        if not found:
            faults.at(word, "no team's file lies in this folder; their names end in .yaml")
        return found
    if os.path.exists(path):
        return [path]
    found = sorted(map(Path, glob.glob(str(path)))) if glob.has_magic(word) else []
    if not found:
        faults.at(word, "nothing is called so; name the files of the teams, or the folder they lie in")
    return found


def _check_names(teams: Sequence[Team], faults: Faults) -> None:
    first: dict[str, Team] = {}
    for team in teams:
        other = first.setdefault(team.known_by, team)
        if other is not team:
            faults.at(team.place, f"team: '{shown(team.name)}' is also the name of the team in {other.place}; take "
                                  "another name")  # fmt: skip
