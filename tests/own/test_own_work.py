"""Work of one's own lies anywhere: YAML by ``conf_dir=`` and ``study=PATH``, Python by ``plugins=``."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest

from scenarios import ConfigError, compose
from scenarios.__main__ import main
from scenarios.cli.finding import explain
from scenarios.cli.list_ import listing
from scenarios.config import catalog, own
from scenarios.experiments.cells import cells_of
from scenarios.experiments.reader import read_study
from scenarios.experiments.search.file import read_search
from scenarios.reports.described import without_plugins
from scenarios.reports.run_report import write_report
from sim import simulate
from sim.data.results import load
from sim.locale.words import arm_label, world_label

ROOT = Path(__file__).resolve().parents[2]
MINE = ["scenario=mine", "strategy=weekend_packet"]


def test_all_of_it_is_known_as_if_it_were_shipped(my: Path) -> None:
    scenario = compose([*MINE, "roles.follower=0.2"], plugins=my, conf_dir=my)
    assert [dict(one)["amount"] for one in scenario.strategies] == [7.7]
    assert [(role.__name__, share) for role, share in scenario.added_roles] == [("Follower", 0.2)]
    assert scenario.population.seats == 20
    assert "weekend_packet" in dict(listing("strategies"))
    assert "Follower" in dict(listing("roles"))
    assert "mine" in dict(listing("scenarios"))
    assert "strategies.weekend_packet.amount = 8.8" in explain("weekend_packet")
    assert f"({my}/scenario/mine.yaml)" in explain("mine")
    assert arm_label("weekend_packet", "zh") == "周末红包"
    assert world_label("mine", "en") == "Mine"


def test_a_strategy_needs_no_file(my: Path) -> None:
    (my / "strategy" / "weekend_packet.yaml").unlink()
    scenario = compose(["strategy=[weekend_packet]"], plugins=[my])
    assert [dict(one)["amount"] for one in scenario.strategies] == [8.8]
    assert compose(["strategies={late:{use:weekend_packet,from_day:3}}"]).arm == "late"


def test_a_file_and_an_installed_module_do_as_well(my: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert compose(["roles.follower=0.1"], plugins=my / "follower.py").added_roles
    own.forget()
    (my / "__init__.py").write_text("")
    my.rename(my.with_name("my_own_package"))
    monkeypatch.syspath_prepend(my.parent)
    assert compose(["strategy=weekend_packet"], plugins="my_own_package").arm == "weekend_packet"
    assert type(compose(["strategy=weekend_packet"]).strategies[0]).__module__ == "my_own_package.weekend_packet"


def test_a_study_is_played_from_its_path(my: Path) -> None:
    own.take_up(my, my)
    for word in (str(my / "study" / "weekends.yaml"), "weekends"):
        study = read_study(word)
        assert study.name == "weekends"
        assert [cell.scenario.arm for cell in cells_of(study)] == ["nothing", "weekend"]


@pytest.mark.parametrize(
    ("word", "said"),
    [("nowhere.yaml", "no such file"), ("group_sise", "did you mean 'group_size'"), ("a\nb.yaml", "cannot be printed")],
)
def test_a_study_that_is_not_there(word: str, said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        read_study(word)


def test_a_file_of_ones_own_does_not_take_the_runs_of_a_shipped_one(my: Path) -> None:
    copy = my / "group_size.yaml"
    copy.write_text((catalog.CONF / "study" / "group_size.yaml").read_text("utf-8"), "utf-8")
    with pytest.raises(ConfigError, match="there is a study 'group_size' already"):
        read_study(str(copy))
    assert read_study(str(catalog.CONF / "study" / "group_size.yaml")).name == "group_size"


def test_searches_come_by_path_too(my: Path) -> None:
    path = my / "doses.yaml"
    path.write_text("question: {en: which, zh: 哪个}\nover: {strategies.weekend_packet.amount: {low: 1, high: 9}}\n"
                    "objectives: {cost: minimise}\nbase: [strategy=weekend_packet]\n", "utf-8")  # fmt: skip
    own.take_up(my)
    search = read_search(str(path))
    assert search.name == "doses"
    before = search.part
    (my / "doses.py").write_text("USUAL = 9.9\n")
    own.take_up(my)
    assert read_search(str(path)).part != before  # what was learnt from other rules is no guide


def test_what_the_command_line_says(my: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list", "strategies", f"plugins={my}", f"conf_dir={my}"]) == 0
    assert "weekend_packet" in capsys.readouterr().out
    assert main(["explain", "follower", f"plugins=[{my}]"]) == 0
    assert main(["run", "plugins=a", "plugins=b"]) == 2
    assert "plugins=a,b" in capsys.readouterr().err
    assert main(["list", "plugins="]) == 2
    assert main(["run", "--help"]) == 0
    assert "conf_dir=my" in capsys.readouterr().out


def test_an_edited_file_of_ones_own_is_read_again(my: Path) -> None:
    for seats in (20, 30):
        file = my / "scenario" / "mine.yaml"
        file.write_text(file.read_text("utf-8").replace("seats: 20", f"seats: {seats}"), "utf-8")
        os.utime(file, (seats, seats))  # however fast it was
        assert compose(MINE, plugins=my, conf_dir=my).population.seats == seats


def test_a_run_says_what_it_was_played_with_and_its_page_what_is_missing(my: Path, tmp_path: Path) -> None:
    scenario = compose([*MINE, "replicates=1", "days=3"], plugins=my, conf_dir=my)
    folder = simulate(scenario).write(tmp_path / "run")
    meta = load(folder).meta
    assert meta["arms"]["weekend_packet"]["plugins"] == {"my": own.in_use()[0].version}
    assert without_plugins(meta, "en") == []
    own.forget()
    assert "(my)" in without_plugins(meta, "en")[0]
    page = write_report(folder, "en").read_text("utf-8")
    assert "is not given here (my)" in page
    assert "roles.follower=0.3" in page


def test_the_folder_of_the_guide(my: Path) -> None:
    """Class, doses and study as docs/guide.md shows them, each in its file."""
    guide = (ROOT / "docs" / "guide.md").read_text("utf-8")
    code = next(one for one in re.findall(r"```python\n(.*?)```", guide, re.DOTALL) if "class WeekendPacket" in one)
    doses, study = re.findall(r"```yaml\n(.*?)```", guide[guide.index("## A folder of your own") :], re.DOTALL)[:2]
    shutil.rmtree(my)
    for name, text in (("weekend_packet.py", code.split("\n\n\nweekend =")[0]), ("strategy/weekend_packet.yaml", doses),
                       ("study/weekends.yaml", study)):  # fmt: skip
        (my / name).parent.mkdir(parents=True, exist_ok=True)
        (my / name).write_text(text, "utf-8")
    own.take_up(my, my)
    weekend = cells_of(read_study("weekends"))[1].scenario
    assert [dict(one)["amount"] for one in weekend.strategies] == [6.6]


def test_words_of_a_role_without_its_plugin(my: Path) -> None:
    with pytest.raises(ConfigError, match="found if you add plugins=FOLDER"):
        compose(["scenario=mine"], conf_dir=my)
    with pytest.raises(ConfigError, match="found if you add plugins=FOLDER"):
        compose(["strategy=weekend_packet"])
