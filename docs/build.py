"""Write what follows from declarations: docs/parameters.md, docs/tables.md, and the end of sim/locale/shequn.pot.

The first page has every knob with default, range, unit, meaning and source; the second every table that is written,
column by column, and how outcomes are worked out. For those who translate, the template ends with what stands in
English in the code: the names of outcomes, strategies, mechanisms, worlds, studies and facts, what is declared of them,
and the parts of messages. The course has a catalogue of its own, which ends with the prose of its notebooks; these are
written in the other languages that have it.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from pathlib import Path

import polib

from docs.declared import declared_texts
from docs.messages import found as message_parts
from docs.notebooks import originals, prose, translations
from scenarios.cli.texts import knob_span
from scenarios.config import catalog
from scenarios.config.sections import sections
from scenarios.config.settings import Settings
from scenarios.course import words as course
from scenarios.experiments.calibration.ablations import read_ablations
from scenarios.experiments.reader import read_study, studies
from scenarios.experiments.search.file import read_search
from scenarios.experiments.sensitivity.file import read_sensitivity
from scenarios.strategies.base import Strategy
from scenarios.strategies.window import Window
from sim.analysis.dictionary import definition, tables
from sim.analysis.facts.fingerprints import FEATURES
from sim.analysis.facts.targets import targets
from sim.analysis.fit.prior import known_prior
from sim.analysis.fit.summaries import LABELS
from sim.analysis.logs.summary import NAMES
from sim.analysis.logs.traits import TRAITS
from sim.analysis.registry import OUTCOMES, complete
from sim.engine.knobs import Knob, KnobSet
from sim.locale.catalogue import BY_ENGLISH, DECLARED, FOLDER, MESSAGE, NAME, TEMPLATE
from sim.mechanisms import mechanisms

PAGE = Path(__file__).parent / "parameters.md"
TABLES = Path(__file__).parent / "tables.md"
TEXTS = FOLDER / TEMPLATE
COURSE = course.FOLDER / "course.pot"
HEAD = """# Parameters

Every number of the model, from its declaration (`make docs` writes this page). On the command line a knob is set by
its full name, for instance `talk.tie_gain=0.3`; `shequn explain NAME` tells the same as this page.
"""


TABLES_HEAD = """# Tables and outcomes

Every table that the program writes, from its declaration (`make docs` writes this page); `shequn explain daily` tells
the same. Types are those of the files: a whole number or text may be empty where nothing is to be told.
"""


def page() -> str:
    """The page of parameters as Markdown."""
    parts = [HEAD, _section("Settings", "", Settings)]
    parts += [_section(f"{key}.*", f"{key}.", section) for key, section in sections().items() if section.knobs()]
    parts += [_section(f"strategies.{name}.* ({strategy.id})", f"strategies.{name}.", strategy)
              for name, strategy in catalog.strategies().items() if strategy.own_knobs()]
    parts.append(_section("strategies.NAME.*: when and where any of them is played", "strategies.NAME.", Window))
    return "\n".join(parts)


def _section(title: str, prefix: str, thing: type[KnobSet]) -> str:
    first = (inspect.getdoc(thing) or "").split("\n\n")[0]
    own = thing.own_knobs() if issubclass(thing, Strategy) else thing.knobs()
    rows = [_row(prefix + name, knob) for name, knob in own.items()]
    table = _table("knob", "default", "range", "meaning", "source", rows=rows)
    return "\n".join([f"## {title}", "", first, "", *table])


def _row(name: str, knob: Knob) -> str:
    return _cells(f"`{name}`", str(knob.default), knob_span(knob).replace(" | ", " or "), knob.doc, knob.source)


def tables_page() -> str:
    """The page of tables and outcomes as Markdown."""
    parts = [TABLES_HEAD]
    for one in tables().values():
        rows = [_cells(f"`{column.name}`", column.kind, column.unit, column.meaning) for column in one.columns]
        also = [f"Also: {one.also}.", ""] if one.also else []
        parts += [f"## {one.name}", "", f"{one.about} ({one.where})", "",
                  *_table("column", "type", "unit", "meaning", rows=rows), *also]  # fmt: skip
    parts += ["## How outcomes are worked out", "",
              "Sums Σ are over groups and days of one community, of columns of `daily` where no other is named.", ""]
    better = {True: "more", False: "less", None: "neither"}
    rows = [_cells(f"`{name}`", one.en, one.unit, better[one.more_is_better], *definition(one))
            for name, one in OUTCOMES.items()]  # fmt: skip
    return "\n".join([*parts, *_table("outcome", "name", "unit", "better", "definition", "equation", rows=rows)])


def _table(*head: str, rows: list[str]) -> list[str]:
    return [_cells(*head), "|" + "---|" * len(head), *rows, ""]


def _cells(*cells: str) -> str:
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"


def template() -> str:
    """shequn.pot: its texts as they are, then what stands in English in the code, each with all it is said of."""
    whose: dict[str, list[str]] = {}
    for name, thing in _names():
        whose.setdefault(name, []).append(thing)
    said = {NAME: {name: ", ".join(dict.fromkeys(things)) for name, things in whose.items()},
            DECLARED: declared_texts(), MESSAGE: {part: ", ".join(places) for part, places in message_parts().items()}}
    return _template(TEXTS, said)


def course_template() -> str:
    """course.pot: its texts as they are, then the prose of the notebooks."""
    return _template(COURSE, {DECLARED: {text: f"prose of the notebook {path.stem}" for path in originals()
                                         for text in prose(path)}})  # fmt: skip


def _template(path: Path, said: Mapping[str, Mapping[str, str]]) -> str:
    """The texts of a template that have keys, then others by context and English, with what they are said of."""
    found = polib.pofile(str(path), encoding="utf-8", wrapwidth=118)
    for entry in [entry for entry in found if entry.msgctxt in BY_ENGLISH]:
        found.remove(entry)
    for context, texts in said.items():
        for english, comment in texts.items():
            found.append(polib.POEntry(msgctxt=context, msgid=english, msgstr="", comment=comment))
    return f"{found}"


def _names() -> Iterator[tuple[str, str]]:
    """Every declared name in English, and what it is the name of."""
    complete()
    yield from ((one.en, "outcome") for one in OUTCOMES.values())
    yield from ((one.title[0], "strategy") for one in catalog.strategies().values())
    yield from ((title[0], "plan of strategies") for title in catalog.plans().values())
    yield from ((title[0], "world") for title in catalog.titles("scenario").values())
    yield from ((one.title[0], "mechanism") for one in mechanisms().values())
    for study in map(read_study, studies()):
        yield from ((text, f"study {study.name}") for text in (study.title["en"], study.question["en"]))
        yield from ((label.replace("_", " "), "world or arm of a study") for label in study.labels.get("zh", {}))
    for asked in (*map(read_search, catalog.options("search")), *map(read_sensitivity, catalog.options("sensitivity"))):
        yield from ((text, f"{type(asked).__name__.lower()} {asked.name}")
                    for text in (asked.title["en"], asked.question["en"]))
    yield from ((name, "fact of talk") for name in targets()["en"])
    yield from ((name, "number of a real log") for name, _ in NAMES.values())
    yield from ((name, "trait of a real log") for name, _ in TRAITS.values())
    yield from ((one.label[0], "mechanism that shequn ablate takes away") for one in read_ablations())
    yield from ((name, "what tells rooms apart") for (name, _), _ in FEATURES.values())
    yield from ((name, "measure of a log, of shequn fit") for name, _ in LABELS.values())
    yield from ((one.label[0], "number of a world, of shequn fit") for one in known_prior().parameters)


def not_covered() -> list[str]:
    """Strategies that docs/coverage.md, which is written by hand, does not name."""
    told = (PAGE.parent / "coverage.md").read_text(encoding="utf-8")
    return [name for name in catalog.strategies() if f"scenarios/strategies/{name}.py" not in told]


if __name__ == "__main__":
    for name in not_covered():
        print(f"note: docs/coverage.md does not name the strategy {name}")
    books = [book for path in originals() for book in translations(path).items()]
    for path, text in ((PAGE, page()), (TABLES, tables_page()), (TEXTS, template()), (COURSE, course_template()),
                       *books):
        path.write_text(text, encoding="utf-8")
        print(f"wrote {path.relative_to(Path.cwd())}" if path.is_relative_to(Path.cwd()) else f"wrote {path}")
