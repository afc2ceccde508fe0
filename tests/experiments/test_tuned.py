"""``tuned.toml``: what may be tuned, how far; mistakes in one message."""

from __future__ import annotations

from pathlib import Path

import pytest

from scenarios.errors import ConfigError
from scenarios.experiments.calibration.tuned import FILE, read_tuning
from sim.analysis.facts.targets import targets
from tests.experiments.calibrations import tuned_file


@pytest.mark.parametrize(("old", "new", "why"), [
    ('"mind.reply"', '"mind.replly"', "no knob 'mind.replly'"),
    ("high = 1.0", "high = 99.0", "outside that of the knob"),
    ("low = 0.01", "low = 2.0", "low below high"),
    ("low = 0.01", "low = 0.0", "log above 0"),
    ('scale = "log"', 'scale = "cubic"', "scale linear, or log"),
    ("low = 0.01", 'low = "a"', "as numbers"),
    ('world = "tech_channel"', 'planet = "mars"', "no 'planet'"),
    ('"scenario.talk"\nworld = "tech_channel"', '"mind.reply"', "name it once"),
    ("[loss]", "[loss", "cannot be read"), ("[loss]", "[loss]\nmissing = 9.0", "must cost at least"),
    ("[loss]", '[[unseen]]\nknob = "quarrels.calm"\nhigh = 0.5\n[loss]', "stands at 0"),
    ("[loss]", '[[unseen]]\nknob = "quarrels.temper"\nhigh = 5.0\n[loss]', "within its range"),
    ("[loss]", '[[unseen]]\nknob = "quarrels.temper"\n[loss]', "write knob, high"),
])  # fmt: skip
def test_a_wrong_file_gets_one_message(tmp_path: Path, old: str, new: str, why: str) -> None:
    path = tuned_file(tmp_path)
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(ConfigError, match=why):
        read_tuning(path)


def test_worlds_differ_in_few_tuned_numbers(tmp_path: Path) -> None:
    path = tuned_file(tmp_path)
    names = ("talk", "info_need", "match", "need_days", "need_spread", "search_rate", "acquaintance", "shared_need",
             "fit")  # fmt: skip
    entries = [f'[[tuned]]\nknob = "scenario.{name}"\nworld = "learners"\nlow = 0.1\nhigh = 0.9\n' for name in names]
    path.write_text("\n".join(entries), "utf-8")
    with pytest.raises(ConfigError, match="at most 8"):
        read_tuning(path)


def test_what_ships_can_be_tuned_and_stands_in_its_ranges() -> None:
    tuning = read_tuning(FILE)
    known = set(targets()["id"])
    assert all(one.facts and set(one.facts) <= known for one in tuning.tuned)
    keys = {f"{row['id']}.{row['statistic']}" for row in targets().to_dict("records")}
    assert tuning.rule.logs <= keys
    now = tuning.now()
    assert all(0.0 <= place <= 1.0 for place in tuning.places(now))
    for one, value in zip(tuning.tuned, now, strict=True):
        assert one.at(one.place(value)) == pytest.approx(value, rel=1e-4)
