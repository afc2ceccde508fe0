"""The pages keep up with the code: parameters, knobs, phases, links, and examples that run."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import polib
import pytest

from scenarios.config import catalog
from scenarios.config.sections import SECTIONS
from scenarios.experiments.validation import WORLDS, scenario_for
from sim.analysis.facts.targets import targets
from sim.locale.catalogue import BY_ENGLISH
from sim.mechanisms import mechanisms
from sim.model.schedule import PHASES

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "tests" / "data" / "README.md"])
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")


def script(name: str) -> ModuleType:
    """A script of docs/ as a module."""
    spec = importlib.util.spec_from_file_location(f"docs_{name}", ROOT / "docs" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def text(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def blocks(name: str, language: str = "python") -> list[str]:
    """The code blocks of a page."""
    return re.findall(rf"```{language}\n(.*?)```", text(name), re.DOTALL)


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    heads = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).strip().replace(" ", "-") for head in heads}


def chapters(page: str) -> dict[str, str]:
    """The parts of a page by their headings."""
    return {part.splitlines()[0]: part.strip() for part in f"\n{page}".split("\n## ")}


def test_parameters_are_up_to_date() -> None:
    """Every knob on the page is as it is declared; what was just added comes with the next `make docs`."""
    known = set(chapters(script("build").page()).items())
    told = set(chapters(text("docs/parameters.md")).items())
    assert told <= known, "knobs have changed: run `make docs`"
    added = {heading for heading, _ in known - told}
    own = {f"{name}.*" for name in mechanisms()}
    assert {one for one in added if not one.startswith("strategies.") and one not in own} == set(), "run `make docs`"


OWN = "|".join(("strategies", *mechanisms()))  # sections to which a newcomer adds
NEW = re.compile(r"(strategy|plan of strategies|mechanism|outcome|world|study|search|sensitivity)( .+)?|world or arm.*|"
                 rf"(rule|lever) of mechanism .+|(section|knob) ({OWN})(\..+)?|table mechanism\..+|"
                 "column .+|source of a knob|unit")

def test_names_to_be_translated_are_up_to_date() -> None:
    """Texts and names are as they are declared; the names of what was just added come with the next `make docs`."""
    code = "import sys; sys.path.insert(0, 'docs'); import build; sys.stdout.reconfigure(encoding='utf-8'); " \
           "sys.stdout.write(build.template())"  # in a process of its own: other tests declare mechanisms here
    found = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8", check=True,
                           env={**os.environ, "PYTHONPATH": str(ROOT)}).stdout  # fmt: skip
    made, listed = (polib.pofile(one, encoding="utf-8") for one in (found, str(ROOT / "sim/locale/shequn.pot")))
    assert [str(one) for one in made if one.msgctxt not in BY_ENGLISH] == [
        str(one) for one in listed if one.msgctxt not in BY_ENGLISH]  # fmt: skip
    whose, told = ({(one.msgctxt, one.msgid): set(one.comment.split(", ")) for one in each if one.msgctxt in BY_ENGLISH}
                   for each in (made, listed))  # fmt: skip
    assert len(told) > 1_500
    for name, things in whose.items():
        added = things - told.get(name, set())
        assert [thing for thing in added if not NEW.fullmatch(thing)] == [], f"{name}: run `make docs`"
    gone = {name for name, things in told.items() if not things <= whose.get(name, set())}
    assert gone == set(), "names have changed: run `make docs`"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_relative_links_lead_somewhere(page: Path) -> None:
    broken = []
    for link in LINK.findall(page.read_text("utf-8")):
        if "://" in link or link.startswith("mailto:"):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        if not target.exists() or (anchor and target.suffix == ".md" and anchor not in anchors(target)):
            broken.append(link)
    assert broken == []


def test_every_knob_of_the_world_is_in_the_model() -> None:
    words = set(re.findall(r"\w+", text("docs/model.md")))
    unused = {"entry_minutes", "spare_groups"}  # declared, without effect yet
    missing = {f"{key}.{name}" for key, section in SECTIONS.items() for name in section.knobs() if name not in words}
    assert {name for name in missing if name.split(".")[1] not in unused} == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_knobs_named_in_the_pages_exist(page: Path) -> None:
    sections = "|".join(SECTIONS)
    for key, name in re.findall(rf"`(?:\w+ )?({sections})\.(\w+)", page.read_text("utf-8")):
        assert name in SECTIONS[key].knobs(), f"{key}.{name}"


def test_the_model_tells_the_day_as_it_is() -> None:
    rows = re.findall(r"^\| (\w+) \| (\w+) \| (.+?) \| \[", text("docs/model.md"), re.MULTILINE)
    assert rows == [tuple(phase) for phase in PHASES]


def test_what_coverage_says_of_strategies_and_roles_is_so() -> None:
    """A row leads to the strategy of its number; one without a row is no more than one that nobody asked for."""
    page = text("docs/coverage.md")
    rows = re.findall(r"^\| (\w+) \|.*\[(\w+)\]\(\.\./scenarios/strategies/\w+\.py\)", page, re.MULTILINE)
    assert len(rows) >= 13
    known = catalog.strategies()
    assert [(number, name) for number, name in rows if name in known and known[name].id != number] == []
    assert [name for name in catalog.roles() if name != "Member" and name not in page] == []


def test_both_readmes_show_the_same_example_and_numbers() -> None:
    assert blocks("README.md") == blocks("README.zh.md")
    slots = [sorted(set(re.findall(r"<!-- bench:([\w.]+) -->", text(name)))) for name in ("README.md", "README.zh.md")]
    assert slots[0] == slots[1]


def test_slots_are_filled() -> None:
    filler = script("fill")
    numbers = filler.flat({"city": {"seconds": 123.456}, "n": 12_000, "machine": "two cores"})
    assert numbers == {"city.seconds": "123", "n": "12,000", "machine": "two cores"}
    page = "<!-- bench:n -->…<!-- /bench --> and <!-- bench:other -->…<!-- /bench -->"
    filled, still_open = filler.fill(page, numbers)
    assert filled == "<!-- bench:n -->12,000<!-- /bench --> and <!-- bench:other -->…<!-- /bench -->"
    assert still_open == {"other"}


def test_the_facts_page_is_made_of_known_facts() -> None:
    maker = script("facts_table")
    known = set(targets()[["id", "statistic"]].itertuples(index=False, name=None))
    assert set(maker.LOG) <= known
    assert all(scenario_for(world) in catalog.options("scenario") for world in WORLDS)
    page = text("docs/facts.md")
    assert [fact for fact in maker.SHOWN if f"| {fact} |" not in page] == []


@pytest.mark.slow
def test_the_readme_example_runs(capsys: pytest.CaptureFixture[str]) -> None:
    (code,) = blocks("README.md")
    assert len([line for line in code.splitlines() if line.strip()]) <= 10
    exec(compile(code, "README.md", "exec"), {"__name__": "readme"})
    assert "lifetime: " in capsys.readouterr().out


@pytest.mark.slow
def test_the_guide_runs_from_top_to_bottom(monkeypatch: pytest.MonkeyPatch) -> None:
    names = ModuleType("guide_example")
    monkeypatch.setitem(sys.modules, "guide_example", names)
    for code in blocks("docs/guide.md"):
        exec(compile(code, "docs/guide.md", "exec"), vars(names))
