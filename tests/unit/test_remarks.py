"""What is told before any number: doses without effect, runs too short, single communities; one and many."""

from __future__ import annotations

from pathlib import Path

import pytest

from scenarios.__main__ import main
from scenarios.config.compose import compose
from scenarios.reports.remarks import notes_of, too_little
from scenarios.reports.run_report import RunReport, write_report
from scenarios.terminal import show_summary
from sim.locale.speaking import speaking
from sim.locale.words import say
from tests.fakes import fake_results


def test_a_cap_above_the_seats_is_told() -> None:
    def told(limit: int, seats: int) -> list[str]:
        scenario = compose(["strategy=group_cap", f"strategies.group_cap.limit={limit}", f"population.seats={seats}"])
        return [say(key, "en", **values) for key, values in notes_of([("w", "capped", scenario.as_dict())] * 2).remarks]

    assert told(49, 50) == []
    assert told(100, 50) == ["'capped': group_cap.limit=100 never binds, as a group has 50 seats; what differs "
                             "comes of the strategy's other knobs. Choose less, or larger groups by "
                             "population.seats."]  # fmt: skip
    assert told(100, 200) == []


def test_a_run_tells_what_its_cap_does() -> None:
    run = fake_results(["nothing", "group_cap"], replicates=4, days=60)
    doses = {"group_cap": {"limit": 80, "queue": 20, "when_full": "queue"}}
    run.meta["arms"]["group_cap"] |= {"strategies": doses, "population": {"seats": 50}}
    assert "group_cap.limit=80 never binds" in RunReport(run).brief("en")[0]
    assert "group_cap.limit=80 本身不起作用" in RunReport(run).brief("zh")[0]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_too_few_days_say_nothing_of_lives(lang: str, tmp_path: Path) -> None:
    run = fake_results(["nothing"], replicates=1, days=5)
    text = write_report(tmp_path, lang, results=run).read_text(encoding="utf-8")
    assert say("remark_no_deaths", lang, days=5, window=28) in text
    assert say("remark_one", lang) in text
    assert say("table_lives", lang) not in text
    assert say("table_dead_by", lang) not in text
    assert not list(tmp_path.glob("survival*"))


@pytest.mark.parametrize(("communities", "said"), [(1, "remark_one"), (2, "remark_few"), (19, "remark_few"), (20, "")])
def test_few_communities_are_said_to_be_few(communities: int, said: str) -> None:
    for lang in ("en", "zh"):
        assert too_little(180, communities, lang) == ([say(said, lang, n=communities)] if said else [])


def test_a_single_community_has_no_column_of_dashes(capsys: pytest.CaptureFixture[str]) -> None:
    show_summary(fake_results(["nothing"], replicates=1, days=40))
    one = capsys.readouterr().out
    assert "… " not in one
    assert "interval" not in one
    show_summary(fake_results(["nothing"], replicates=3, days=40))
    assert "95 % interval" in capsys.readouterr().out


def test_a_run_of_one_arm_has_no_limits_beyond_what_can_be(capsys: pytest.CaptureFixture[str]) -> None:
    results = fake_results(["nothing"], replicates=4, days=40)
    one = {"mean": 0.9, "low": -0.2, "high": 1.1, "n": 4}
    results.__dict__["summary"] = {"nothing": {"alive": one, "lifetime": one | {"high": 99.0}, "profit": one}}
    with speaking("zh"):
        show_summary(results)
    alive, lifetime, profit = [line for line in capsys.readouterr().out.splitlines() if "…" in line]
    assert "0 … 1 " in alive
    assert "share" not in alive
    assert "0 … 11 " in lifetime  # of 40 days
    assert "-0.2 … 1.1" in profit


def test_a_run_of_one_arm_says_what_it_is_too_short_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["days=5", "population.groups=2", "population.seats=20"]
    assert main(["run", *words, "replicates=1", f"out={tmp_path / 'one'}"]) == 0
    said = capsys.readouterr().out
    assert say("remark_no_deaths", "en", days=5, window=28) in said
    assert say("remark_one", "en") in said
    assert "lifetime" not in said
    assert "still talking" not in said
    assert main(["run", "days=29", *words[1:], "replicates=2", f"out={tmp_path / 'two'}"]) == 0
    said = capsys.readouterr().out
    assert "lifetime" in said
    assert "no death can be seen" not in said


def test_one_and_many() -> None:
    assert say("of_n", "en", n=1) == "1 community per arm"
    assert say("of_n", "en", n=1000) == "1,000 communities per arm"
    assert say("of_n", "zh", n=1) == "每个方案 1 个社群"
