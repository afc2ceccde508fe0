"""One set of workers and one bar for several studies: what the bar hears, and who is started."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from scenarios.execution.runners import Runner
from scenarios.experiments import player as module
from scenarios.experiments.cells import Cell
from scenarios.experiments.options import Options, options_of
from scenarios.experiments.player import Player
from scenarios.experiments.study import Study
from sim.data.store import Store

WORLD = ("scenario=pet_owners", "population.groups=1", "population.seats=20")


def study(arm: str, seeds: int) -> Study:
    """Doing nothing and another arm, for a week."""
    arms = {"nothing": ("strategy=nothing",), arm: (f"strategy={arm}",)}
    return Study("steady", {}, {}, {"w": WORLD}, arms, "nothing", seeds, ("messages",), 7, part="steady")


@pytest.fixture
def play(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], tuple[int, ...]]:
    """Three looks, at more communities or another arm: runs asked for, runs the bar heard of, runners with work, and
    how many runs are said to have been stored and played.
    """
    made: list[int] = []
    make = module.runner_for

    def noted(options: Options, cells: Sequence[Cell], jobs: int) -> Runner:
        made.append(jobs)
        return make(options, cells, jobs)

    monkeypatch.setattr(module, "runner_for", noted)

    def played() -> tuple[int, ...]:
        heard: list[float] = []
        made.clear()

        @contextmanager
        def bar(runs: int) -> Iterator[Callable[[str, float], None]]:
            yield lambda arm, more: heard.append(more)

        with Store(tmp_path) as store:
            one = Player(options_of({"runner": "serial"}), store, bar=bar)
            with one.steadily(100, 4):
                for arm, seeds in (("fixed_time", 2), ("fixed_time", 4), ("advert_ban", 4)):
                    assert len(one.play(study(arm, seeds)).outcomes()) == 2 * seeds
        return len(one.asked), int(sum(heard)), sum(jobs > 0 for jobs in made), one.tally.stored, one.tally.done

    return played


def test_every_run_is_heard_of_once(play: Callable[[], tuple[int, ...]]) -> None:
    assert play() == (12, 12, 1, 0, 12)


def test_what_is_stored_is_heard_of_once_and_starts_nobody(play: Callable[[], tuple[int, ...]]) -> None:
    play()
    assert play() == (12, 12, 0, 12, 0)
