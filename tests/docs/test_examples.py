"""What the pages show to be typed is what the program takes: every command, every file, every block of Python.

A command is given to the program as it stands, up to where it would begin to play, simulate or read a log: its words
are read, and what it asks for is composed and checked (of an experiment with many arms: the first). Files are checked
as the program checks them.
"""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, NoReturn

import pytest

from docs.website.examples import ROOT, blocks, commands, files, pages
from scenarios.__main__ import main
from scenarios.config import own
from scenarios.config.compose import Composer, compose
from scenarios.course.handin import FORMAT, VERSION, Handed
from scenarios.errors import UserError
from scenarios.experiments.cells import cells_of
from scenarios.experiments.reader import read_study
from scenarios.experiments.search.file import read_search
from scenarios.experiments.study import Study
from scenarios.experiments.tournament.faults import Faults
from scenarios.experiments.tournament.team import read_team

PAGES = [page for page in pages() if commands(page)]
KEPT = [(page, place, text) for page in pages() for place, text in files(page)]
# Where commands begin to take long: (module, name).
DOORS = (
    ("scenarios.execution.play", "play"),
    ("scenarios.experiments.session", "with_store"),
    ("scenarios.cli.advise_questions", "at_a_terminal"),
    ("scenarios.cli.read", "_read"),
    ("scenarios.cli.fit", "_found"),
    ("scenarios.cli.validate", "_found"),
    ("scenarios.cli.calibrate", "_found"),
    ("scenarios.cli.export", "_written"),
    ("scenarios.experiments.calibration.ablations", "ablate"),
    ("sim.data.store.query", "query"),
    ("sim.data.results", "load"),
    ("scenarios.reports.replay", "write_replay"),
    ("scenarios.cli.app", "_check_free"),
)


class Reached(BaseException):
    """The command was understood, and would now begin."""


def _door() -> Callable[..., NoReturn]:
    """What stands in the place of a function that would take long."""

    def begin(*_: object, **__: object) -> NoReturn:
        raise Reached

    return begin


def _begin_with_one(study: Study, composer: Composer | None = None) -> NoReturn:
    """What is said is composed in the first world and arm; all cells of all claims would take a minute."""
    arm = study.reference or next(iter(study.arms))
    world = next(iter(study.worlds))
    cells_of(replace(study, worlds={world: study.worlds[world]}, arms={arm: study.arms[arm]}), composer)
    raise Reached


def _named(page: Path) -> str:
    return str(page.relative_to(ROOT))


def _block(page: str, language: str, word: str) -> str:
    return next(text for lang, text, _ in blocks(ROOT / "docs" / page) if lang == language and word in text)


def _write(folder: Path, place: str, text: str) -> Path:
    (folder / place).parent.mkdir(parents=True, exist_ok=True)
    (folder / place).write_text(text, "utf-8")
    return folder / place


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of somebody who has done all that the pages told them so far."""
    place = tmp_path_factory.mktemp("reader")
    _write(place, "my/weekend_packet.py", _block("add_a_strategy.md", "python", "class WeekendPacket"))
    _write(place, "my/follower.py", _block("guide.md", "python", "class Follower").split("\nfollowed = ")[0])
    _write(place, "my/quiz.py", (ROOT / "tests" / "mechanisms" / "quiz.py").read_text("utf-8"))
    played = (ROOT / "tests" / "mechanisms" / "test_quiz.py").read_text("utf-8")
    quiz_night = played[played.index("class QuizNight") : played.index("@pytest.fixture")]
    _write(
        place,
        "my/quiz_night.py",
        "from typing import ClassVar\n\nfrom scenarios.strategies.base import GroupFacts, Strategy\n"
        f"from sim.engine.knobs import Knob\nfrom sim.engine.levers import Levers\n\n\n{quiz_night}",
    )
    for _, name, text in KEPT:
        if name.startswith("my/") and "shown" not in name:
            _write(place, name, text)
    for team in sorted((ROOT / "conf" / "team").glob("*.yaml")):
        _write(place, f"teams/{team.name}", team.read_text("utf-8"))
    handed = {"format": FORMAT, "version": VERSION, **asdict(Handed("03", 1, "en", "小明", None, (), "0"))}
    _write(place, "handed_in/one.json", json.dumps(handed))
    _write(place, "my/case/c17.yaml", (ROOT / "conf" / "case" / "c02.yaml").read_text("utf-8"))
    learners = (ROOT / "conf" / "scenario" / "learners.yaml").read_text("utf-8")
    for name in ("chat", "my_messages"):
        _write(place, f"outputs/fit/{name}/scenario/fitted_{name}.yaml", learners)
        _write(place, f"outputs/fit/{name}/posterior.json", json.dumps({"sets": [{"values": {"mind.reply": 0.2}}]}))
    return place


@pytest.fixture
def shell(reader: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[list[str]], int]]:
    """A shell in that folder, in which what would take long does not begin."""
    monkeypatch.chdir(reader)
    monkeypatch.setenv("LANG", "C")
    doors: dict[Callable[..., Any], Any] = {_begin_with_one: cells_of}
    for home, name in DOORS:
        doors[door := _door()] = getattr(importlib.import_module(home), name)
        monkeypatch.setattr(f"{home}.{name}", door)
    for home in ("session", "several"):
        monkeypatch.setattr(f"scenarios.experiments.{home}.cells_of", _begin_with_one)
    own.take_up("my", "my")

    def given(words: list[str]) -> int:
        try:
            return main(words)
        except Reached:
            return 0

    yield given
    own.forget()
    monkeypatch.undo()
    for module in [one for name, one in sys.modules.items() if name.startswith(("scenarios.", "sim."))]:
        for name, thing in [*vars(module).items()]:  # a module that was imported meanwhile took a door for the thing
            if callable(thing) and getattr(thing, "__module__", "") == __name__ and thing in doors:
                setattr(module, name, doors[thing])


@pytest.mark.parametrize("page", PAGES, ids=_named)
def test_every_command_of_a_page_is_understood(
    page: Path, shell: Callable[[list[str]], int], capsys: pytest.CaptureFixture[str]
) -> None:
    refused = {" ".join(words): capsys.readouterr().err for words in commands(page) if shell(words) != 0}
    assert refused == {}


@pytest.mark.parametrize(
    ("said", "complaint"),
    [
        ("run scenario=cat_owners", "cat_owners"),
        ("run 'strategy=[red_packets]'", "red_packets"),
        ("run arms='nothing; group_cap.size=3'", "size"),
        ("study study=group_sizes", "group_sizes"),
        ("claims only=h99", "h99"),
        ("advise kind=pet_owners groups=10 hours=1 yuan=1 matters=fame:1", "fame"),
        ("fit chat.txt simulations=3", "simulations"),
        ("read chat.txt from=icq", "icq"),
        ("explain red_pocket", "red_pocket"),
        ("pairs only=red_packet", "red_packet"),
        ("replay", "folder"),
        ("simulate", "simulate"),
    ],
)
def test_a_command_that_is_wrong_is_found_out(
    said: str, complaint: str, shell: Callable[[list[str]], int], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"Text.\n\n```sh\nshequn {said}   # a comment\n```\n", "utf-8")
    (words,) = commands(page)
    assert shell(words) == 2
    assert complaint in capsys.readouterr().err


def _check(place: str, file: Path) -> None:
    """As the program would take it."""
    if place.startswith(("my/study/", "conf/study/")):
        cells_of(read_study(str(file)))
    elif place.startswith("conf/search/"):
        read_search(str(file))
    elif file.read_text("utf-8").startswith(("team:", "# @package _global_\nteam:")):
        assert read_team(file, place, faults := Faults()) is not None, faults.told
    elif "/strategy/" in place:
        assert compose(["scenario=pet_owners", f"strategy=[{file.stem}]"]).strategies
    else:
        assert compose([f"scenario={file.stem}", "days=400"]).as_dict()["timeline"]


@pytest.mark.parametrize(
    ("page", "place", "text"), KEPT, ids=lambda value: _named(value) if isinstance(value, Path) else ""
)
def test_every_file_that_a_page_shows_is_taken(
    page: Path, place: str, text: str, reader: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(reader)
    place = place.replace("conf/strategy", "my/strategy")  # where a reader without a clone keeps it
    file = _write(reader, place, text if "/scenario/" not in place else f"# @package _global_\n{text}")
    try:
        own.take_up("my", "my")
        _check(place, file)
    finally:
        own.forget()


@pytest.mark.parametrize(
    ("place", "text"),
    [
        (
            "my/study/bad.yaml",
            "question: {en: a, zh: b}\narms: {nothing: [strategy=nothing], a: [strategy=red_packets]}\n",
        ),
        ("my/study/bad.yaml", "question: {en: a, zh: b}\narm: {}\n"),
        ("conf/search/bad.yaml", "question: {en: a, zh: b}\nover: {strategies.red_packet.amount: [1]}\n"),
        ("my/strategy/bad_plan.yaml", "# @package strategies\na: {use: red_packet, amounts: 3}\n"),
    ],
)
def test_a_file_that_is_wrong_is_found_out(
    place: str, text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    file = _write(tmp_path, place, text)
    try:
        own.take_up(conf_dir="my" if place.startswith("my/strategy") else ())
        with pytest.raises(UserError):
            _check(place, file)
    finally:
        own.forget()


def test_nothing_that_pages_show_is_passed_over() -> None:
    """Every block is of a language that is checked here or in another test, or is shown to be read."""
    checked = {"sh", "", "python", "yaml", "json", "powershell", "{toctree}"}
    assert {language for page in pages() for language, _, _ in blocks(page)} <= checked
    assert len(KEPT) >= 9
    assert sum(len(commands(page)) for page in PAGES) > 90


@pytest.mark.parametrize(
    "page",
    [
        page
        for page in sorted((ROOT / "docs" / "tutorials").glob("*.md"))
        if any(language == "python" for language, _, _ in blocks(page))
    ],
    ids=_named,
)
def test_the_python_of_a_tutorial_runs(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    names: dict[str, Any] = {"__name__": "tutorial"}
    for language, text, _ in blocks(page):
        if language == "python":
            exec(compile_(text, page), names)
    assert capsys.readouterr().out.strip()


def compile_(text: str, page: Path) -> Any:
    """With the page's name in a traceback."""
    return compile(text, str(page), "exec")


SMALL = {"replicates": "2", "days": "20", "population.groups": "1"}


def _smaller(words: list[str]) -> list[str]:
    """The same command, played in no time."""
    keys = [word.partition("=")[0] for word in words]
    return [f"{key}={SMALL[key]}" if key in SMALL else word for key, word in zip(keys, words, strict=True)]


@pytest.mark.slow
def test_the_first_steps_of_the_tutorials_lead_where_they_say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Played for real: a first run with its page and its film; a chat that is written and read again."""
    monkeypatch.chdir(tmp_path)
    tutorials = ROOT / "docs" / "tutorials"
    for words in commands(tutorials / "first_curve.md"):
        assert main(_smaller(words)) == 0, words
    for name in ("report.html", "replay.html"):
        assert (tmp_path / "outputs" / "first" / name).is_file()
    talk, export, read = commands(tutorials / "advice.md")[:3]
    assert main(_smaller(talk)) == main(export) == 0
    (chat,) = (tmp_path / "outputs" / "export" / "talk").iterdir()
    chat.rename(tmp_path / "chat.txt")
    assert main(read) == 0
    assert [*(tmp_path / "outputs" / "read").rglob("report.html")]
