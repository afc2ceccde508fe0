"""Nothing has moved: fixed worlds give the numbers that were written down, column by column, in both lanes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.golden import renew
from tests.golden.worlds import SLOW, WORLDS, kept, machine, measured

CURE = 'if this is meant: python -m tests.golden.renew "why", and it stands in the changelog'
LANES = [(name, lane) for name in WORLDS for lane in ("compiled", "mesa") if lane == "compiled" or name not in SLOW]


@pytest.mark.parametrize(("name", "lane"), LANES)
def test_a_fixed_world_gives_the_numbers_written_down(name: str, lane: str) -> None:
    if machine() != kept()["machine"]:
        pytest.skip("bytes are promised for one operating system and processor family")
    was, now = kept()["worlds"][name], measured(name, lane)
    moved = {key: (value, now["numbers"].get(key)) for key, value in was["numbers"].items()
             if now["numbers"].get(key) != value}  # fmt: skip
    assert moved == {}, CURE
    columns = [key for key, value in was["columns"].items() if now["columns"].get(key) != value]
    assert columns == [], CURE


def test_every_world_is_written_down_and_lively_enough_to_notice() -> None:
    worlds = kept()["worlds"]
    assert worlds.keys() == WORLDS.keys()
    numbers = [world["numbers"] for world in worlds.values()]
    assert all(any(one[key] for one in numbers) for key in numbers[0])  # no number is 0 in every world


def test_the_reason_of_the_last_renewal_stands_in_the_changelog() -> None:
    text = renew.CHANGELOG.read_text("utf-8")
    assert text.split(renew.HEAD, 1)[1].startswith(f"- {kept()['why']}\n")


def test_nothing_is_renewed_without_a_reason(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(renew, "BASELINE", tmp_path / "baseline.json")
    assert renew.main([]) == 2
    assert not (tmp_path / "baseline.json").exists()
