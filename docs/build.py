"""Write docs/parameters.md: every knob with default, range, unit, meaning and source, from its declaration."""

from __future__ import annotations

import inspect
from pathlib import Path

from scenarios.cli.explanations import knob_span
from scenarios.config import catalog
from scenarios.config.sections import sections
from scenarios.config.settings import Settings
from scenarios.strategies.base import Strategy
from scenarios.strategies.window import Window
from sim.engine.knobs import Knob, KnobSet

PAGE = Path(__file__).parent / "parameters.md"
HEAD = """# Parameters

Every number of the model, from its declaration (`make docs` writes this page). On the command line a knob is set by
its full name, for instance `talk.tie_gain=0.3`; `shequn explain NAME` tells the same as this page.
"""


def page() -> str:
    """The page as Markdown."""
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
    table = ["| knob | default | range | meaning | source |", "|---|---|---|---|---|", *rows, ""]
    return "\n".join([f"## {title}", "", first, "", *table])


def _row(name: str, knob: Knob) -> str:
    cells = (f"`{name}`", str(knob.default), knob_span(knob).replace(" | ", " or "), knob.doc, knob.source)
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    print(f"wrote {PAGE.relative_to(Path.cwd())}" if PAGE.is_relative_to(Path.cwd()) else f"wrote {PAGE}")
