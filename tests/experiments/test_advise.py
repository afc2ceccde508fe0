"""``shequn advise``: what is said, mistakes, and an answer for two strategies on two worlds."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from scenarios.__main__ import main
from scenarios.config import catalog
from scenarios.errors import ConfigError
from scenarios.experiments.advise.advise import Advise
from scenarios.experiments.advise.situation import Situation, from_file, situation_of

MINE = """
kind: deals
groups: 3
people: 20
hours: 0.5
yuan: 100
matters: {talk: 1, sales: 3}
without: [shills]
days: 20
"""


def test_a_file_says_what_the_groups_are(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(MINE, "utf-8")
    found = from_file(path)
    assert found.weights == {"member_messages": 0.25, "revenue": 0.75}
    assert found.world == ("scenario=deals", "population.groups=3", "population.members=20", "operator.hours=0.5",
                           "operator.purse=66.6667")  # fmt: skip
    asked = Advise().read("advise", {"file": str(path), "hours": 2.0}, ())
    assert (asked.situation.hours, asked.situation.kind) == (2.0, "deals")


@pytest.mark.parametrize(("said", "why"), [
    ({"kind": "delas"}, "did you mean 'deals'"), ({"groups": 0}, "no number from 1"),
    ({"groups": 2.5}, "no whole number"),
    ({"hours": -1}, "no number from 0"), ({"yuan": float("nan")}, "no number"), ({"matters": {}}, "no mapping"),
    ({"matters": {"fun": 1}}, "no 'fun'"), ({"matters": {"life": 0}}, "something must matter"),
    ({"matters": {"life": -1}}, "no weight"), ({"without": ["red_paket"]}, "did you mean 'red_packet'"),
    ({"days": 0}, "days"),
])  # fmt: skip
def test_a_mistake_is_one_message(said: dict[str, object], why: str) -> None:
    with pytest.raises(ConfigError, match=why):
        situation_of(said, "here")


def test_mistakes_on_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    mistakes = ((["hours=many"], "is no number"), (["matters=life"], "life:1,talk:1"), (["file=none.yaml"], "none"))
    for words, why in mistakes:
        assert main(["advise", *words]) == 2
        assert why in capsys.readouterr().err


def test_what_is_advised_was_better_on_fresh_communities(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Two strategies left on the menu, two worlds; the table and the sentences say the same."""
    sets = tmp_path / "two.json"
    sets.write_text(json.dumps({"sets": [{"values": {"mind.reply": 0.2}}, {"values": {"mind.reply": 0.3}}]}), "utf-8")
    out = [name for name in catalog.strategies() if name not in ("fixed_time", "hard_adverts", "nothing")]
    small = [f"world={sets}", "population.seats=40", f"store={tmp_path / 'store'}", f"out={tmp_path / 'out'}"]
    code = main(["advise", "kind=pet_owners", "groups=4", "days=40", f"without={','.join(out)}", "matters=talk:1",
                 *small])  # fmt: skip
    told = capsys.readouterr().out
    assert code == 0
    table = pd.read_csv(tmp_path / "out" / "plans.csv")
    assert table["plan"].str.contains("fixed_time").any()
    assert (table["score"] > 0).all()
    assert table["score"].is_monotonic_decreasing
    assert table["plan"].nunique() <= 3
    assert "from day 1" in told
    assert "by lot" in told
    spent = table[table["outcome"] == "cost"]["with"]
    assert (spent <= Situation().yuan * 40 / 30 + table[table["outcome"] == "revenue"]["with"].to_numpy()).all()
