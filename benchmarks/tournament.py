"""A tournament of 20 teams and doing nothing × 50 communities × 180 days (population small), as ``shequn tournament``
plays it with two workers: the clock and the processor's seconds of all its processes, files read and page written.
Beside it the same runs as a plain study (``shequn study``), which keeps no daily table and makes no boards.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

__all__ = ["measure"]

ROOT = Path(__file__).resolve().parent.parent
TEAMS, COMMUNITIES, DAYS, WORKERS = 20, 50, 180, 2
PAIRS = ("fixed_time", "irregular_time", "red_packet", "advert_ban", "group_cap", "paid_entry", "daily_topic",
         "introductions", "answer_at_once", "levels", "checkin", "welfare", "office_hours", "contest", "screening",
         "gift_for_invites", "graded_sanctions", "morning_greeting", "regular_meeting", "private_care")  # fmt: skip


def arms(teams: int) -> dict[str, list[str]]:
    """Strategies by team: one, or two that go together."""
    found = {}
    for number, name in enumerate(PAIRS[:teams]):
        other = PAIRS[(number * 7 + 3) % len(PAIRS)]
        found[f"team {number + 1}"] = [name] if number % 2 or other == name else [name, other]
    return found


def measure(quick: bool) -> dict[str, Any]:
    """Both, each into an empty store, the rules compiled before."""
    load = os.getloadavg()[0]
    teams, communities = (4, 4) if quick else (TEAMS, COMMUNITIES)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        files, study = _written(place, arms(teams), communities)
        shared = [f"days={DAYS}", "population=small", f"workers={WORKERS}", "seed=1"]
        _play(["tournament", str(files), "replicates=2", f"store={place / 'warm'}", f"out={place / 'w'}", *shared])
        found = {
            "tournament": _play(["tournament", str(files), f"replicates={communities}", f"store={place / 'one'}",
                                 f"out={place / 'a'}", *shared]),
            "study": _play(["study", f"study={study}", f"store={place / 'two'}", f"out={place / 'b'}", "report=false",
                            *shared]),
        }  # fmt: skip
    ratio = found["tournament"]["cpu_seconds"] / found["study"]["cpu_seconds"]
    return {"teams": teams, "communities": communities, "days": DAYS, "workers": WORKERS,
            "load": load, "runs": (teams + 1) * communities, **found, "cpu_ratio": ratio}  # fmt: skip


def _written(place: Path, teams: dict[str, list[str]], communities: int) -> tuple[Path, Path]:
    """A folder of files, one a team, and a study with the same arms and budget."""
    files, study = place / "teams", place / "the_same.yaml"
    files.mkdir()
    for number, (team, names) in enumerate(teams.items()):
        (files / f"{number}.yaml").write_text(json.dumps({"team": team, "strategies": names}), "utf-8")
    budget = ["operator.hours=1.5", "operator.purse=500", "allowance.monthly=500"]
    played = {"nothing": ["strategy=nothing"], **{team: [f"strategy=[{','.join(names)}]"]
                                                  for team, names in teams.items()}}  # fmt: skip
    study.write_text(json.dumps({"question": "the same", "worlds": {"pets": ["scenario=pet_owners", *budget]},
                                 "arms": played, "seeds": communities}), "utf-8")  # fmt: skip
    return files, study


def _play(words: list[str]) -> dict[str, float]:
    """Seconds by the clock and of processors, children among them, that a command takes."""
    began, before = time.perf_counter(), os.times()
    subprocess.run([sys.executable, "-m", "scenarios", *words], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    after = os.times()
    spent = after.children_user - before.children_user + after.children_system - before.children_system
    return {"seconds": time.perf_counter() - began, "cpu_seconds": spent}
