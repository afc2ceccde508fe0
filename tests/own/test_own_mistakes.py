"""What is wrong with work of one's own is one message that names the place; and a file never has code run."""

from __future__ import annotations

from pathlib import Path

import pytest

from scenarios import ConfigError, compose
from scenarios.config import catalog, own
from scenarios.experiments.cells import cells_of
from scenarios.experiments.reader import read_study
from sim.engine.mechanism import Mechanism

PUSH = "    def push(self, levers, groups, day):\n        levers.packet_yuan.only_one(1.0)\n"
BASE = "from scenarios.strategies.base import Strategy\n"
QUIZ = "from sim.mechanisms import Mechanism\nfrom sim.engine.declarations import lever\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("def broken(:\n", "line 1: "),
        (f"{BASE}\n\nx = undefined\n", "line 4: NameError: name 'undefined'"),
        ("import no_such_package\n", "line 1: ModuleNotFoundError"),
        ("raise SystemExit(0)\n", "line 1: SystemExit"),
        (f"{BASE}class GroupCap(Strategy):\n{PUSH}", "there is a strategy 'group_cap' already"),
        (f"{BASE}class StagePlan(Strategy):\n{PUSH}", "there is a strategy 'stage_plan' already"),
        (f"{BASE}class Host(Strategy):\n{PUSH}", "there is a strategy 'host' already"),
        (f"{BASE}class Mine(Strategy):\n    pass\n", "no method push"),
        (f"{BASE}class Mine(Strategy):\n{PUSH.replace('yuan', 'yuann')}", "line 4: there is no lever 'packet_yuann'"),
        (f"{BASE}class Mine(Strategy):\n{PUSH.replace('only_one', 'plus')}", "turned by only_one, not plus"),
        (f"{BASE}class Mine(Strategy):\n    every = 3\n{PUSH}", "line 2"),
        ("from agents import Member\nclass Lurker(Member):\n    pass\n", "or a role of that name"),
        ("from agents import Member\nclass Kols(Member):\n    pass\n", "there is 'roles.kols'"),
        (f"{QUIZ}class RedPacket(Mechanism):\n    title = ('a', 'b')\n", "there is a mechanism 'red_packet' already"),
        (f"{QUIZ}class Quiz9(Mechanism):\n    class group:\n        price: float = lever('plus', '', '')\n"
         "@Quiz9.each_group(after='talk', when='price')\ndef ask(group, ours, knobs, world, desk):\n"
         "    ours.pricee = 1.0\n", "line 8"),
        ("print('hello')\n", "no strategy, mechanism or role"),
        (f"{BASE}class Mine(Strategy):\n    push = print\n", "the text of Mine.push cannot be read"),
    ],
)  # fmt: skip
def test_broken_python_is_named_and_leaves_nothing(my: Path, text: str, said: str) -> None:
    (my / "zz.py").write_text(text, "utf-8")
    for name in ("weekend_packet.py", "follower.py"):
        (my / name).unlink()
    before = dict(Mechanism.known), catalog.strategies(), catalog.roles()
    with pytest.raises(ConfigError) as error:
        own.take_up(plugins=my)
    assert said in str(error.value)
    assert any(place in str(error.value) for place in ("zz.py", "plugins=", ".zz: "))
    assert (dict(Mechanism.known), catalog.strategies(), catalog.roles()) == before
    assert own.in_use() == ()


def test_a_place_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no folder, file or Python module"):
        own.take_up(plugins="nowhere")
    with pytest.raises(ConfigError, match="no such folder"):
        own.take_up(conf_dir="nowhere")
    with pytest.raises(ConfigError, match="laid out like conf/"):
        own.take_up(conf_dir=tmp_path)
    (tmp_path / "bad.py").write_bytes(b"\xff\xfe\x00x")
    with pytest.raises(ConfigError, match=r"bad\.py"):
        own.take_up(plugins=tmp_path)


def test_a_name_belongs_to_one(my: Path) -> None:
    (my / "scenario" / "deals.yaml").write_text("# @package _global_\n{}\n")
    with pytest.raises(ConfigError, match="there is a scenario 'deals' already"):
        own.take_up(conf_dir=my)
    other = my.parent / "other" / "my"
    other.mkdir(parents=True)
    (other / "mine.py").write_text(f"{BASE}class WeekendPacket(Strategy):\n{PUSH}")
    own.take_up(plugins=my)
    with pytest.raises(ConfigError, match="'my' is the name of two plugins"):
        own.take_up(plugins=other)
    with pytest.raises(ConfigError, match="there is a strategy 'weekend_packet' already"):
        own.take_up(plugins=other / "mine.py")


def test_names_that_python_takes_for_one_are_refused(tmp_path: Path) -> None:
    """They would be one module, and workers would be sent the one without the other."""
    for name, strategy in (("my-rules", "OneOfMine"), ("my_rules", "AnotherOfMine")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.py").write_text(f"{BASE}class {strategy}(Strategy):\n{PUSH}")
    with pytest.raises(ConfigError, match="'my_rules' is the name of two plugins"):
        own.take_up(plugins=[tmp_path / "my-rules", tmp_path / "my_rules"])


def test_links_that_lead_back_up_are_left_alone(my: Path) -> None:
    (my / "__init__.py").touch()
    for name in ("up", "again"):  # forty links deep, two to choose from at each
        (my / name).symlink_to(my)
    own.take_up(plugins=my)
    assert all(".up" not in module for plugin in own.in_use() for module in plugin.modules)


def test_a_package_that_breaks_on_the_way_to_its_module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "breaks_at_once").mkdir()
    (tmp_path / "breaks_at_once" / "__init__.py").write_text("raise RuntimeError('no luck')\n")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(ConfigError, match=r"plugins=breaks_at_once\.sub: RuntimeError: no luck"):
        own.take_up(plugins="breaks_at_once.sub")


def test_a_folder_cannot_take_the_place_of_what_is_shipped(my: Path) -> None:
    """Neither the file that chooses for everybody, nor Hydra's own."""
    (my / "config.yaml").write_text("defaults: [_self_]\nseed: 99\n")
    (my / "hydra" / "job_logging").mkdir(parents=True)
    (my / "hydra" / "job_logging" / "default.yaml").write_text("# @package _global_\nseed: 98\n")
    (my / "scenario" / "mine.yaml").write_text("# @package _global_\nmarket: {friends: 9}\n")
    scenario = compose(["scenario=mine"], conf_dir=my)
    assert (scenario.seed, scenario.days, scenario.market.friends) == (1, 180, 9)


@pytest.fixture
def trap(my: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What a stranger would like to have run: it leaves a mark if it is."""
    monkeypatch.chdir(my.parent)
    (my / "trap.py").write_text(f"open({str(my / 'mark')!r}, 'w').close()\n")
    return my / "mark"


def test_no_file_has_code_run(my: Path, trap: Path) -> None:
    study = (my / "study" / "weekends.yaml").read_text("utf-8")
    own.take_up(conf_dir=my)
    with pytest.raises(ConfigError, match="needs the plugin 'my', and no file can have code run"):
        read_study("weekends")
    for line in ("plugins: my/trap.py", "plugins: [../my]", "plugins: {my: 1}", "plugins: [my, os]"):
        (my / "study" / "weekends.yaml").write_text(study.replace("plugins: [my]", line), "utf-8")
        with pytest.raises(ConfigError, match="plugin"):
            read_study("weekends")
    arms = study.replace("plugins: [my]\n", "").replace("strategy=nothing", "plugins=my")
    (my / "study" / "weekends.yaml").write_text(arms.replace("scenario=mine", "scenario=deals"), "utf-8")
    with pytest.raises(ConfigError, match="only you yourself can say it"):
        cells_of(read_study("weekends"))
    for key in ("plugins", "conf_dir"):
        (my / "scenario" / "mine.yaml").write_text(f"# @package _global_\n{key}: my\n")
        with pytest.raises(ConfigError, match=f"'{key}' has no place in such a file"):
            compose(["scenario=mine"])
        with pytest.raises(ConfigError, match="only you yourself can say it"):
            compose([f"{key}=my"])
    assert not trap.exists()
    own.take_up(plugins=my)
    assert trap.exists()
