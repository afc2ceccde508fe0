"""What a name stands for: exactly, else as a part of one thing's name or title, in either language."""

from __future__ import annotations

from collections.abc import Sequence

from scenarios.cli.explanations import columns_text, knobs_text
from scenarios.cli.things import Thing, things
from scenarios.config.sections import shown_knobs
from scenarios.errors import UserError, shown
from scenarios.strategies.window import Window
from sim.analysis.dictionary import columns_called
from sim.engine.knobs import Knob, did_you_mean
from sim.locale.names import declared
from sim.locale.speaking import spoken
from sim.locale.words import bracket

__all__ = ["all_shown_knobs", "explain"]

_FEW = 6


def explain(name: str) -> str:
    """Rule, knobs, units, ranges and sources of what is called ``name``; of all, where several things are.

    Raises
    ------
    UserError
        If nothing is called so; if it is a part of several names.
    """
    known = list(things())
    found = [one for one in known if name.lower() in one.names]
    knobs = {full: knob for full, knob in all_shown_knobs().items() if name in (full, full.rsplit(".", 1)[-1])}
    columns = [] if found or knobs else columns_called(name)
    if not (found or knobs or columns):
        found = _part_of(name, known)
    texts = [one.text() for one in _once(found)]
    texts += [knobs_text(knobs)] if knobs else []
    texts += ["\n".join(columns_text([column], f"{table.name}.")) for table, column in columns]
    return ("\n" if columns else "\n\n").join(texts)


def all_shown_knobs() -> dict[str, Knob]:
    """Every knob by its full name; those of windows once for all strategies."""
    window = {f"strategies.NAME.{name}": knob for name, knob in Window.window_knobs().items()}
    return shown_knobs() | window


def _part_of(name: str, known: Sequence[Thing]) -> list[Thing]:
    """The one thing of whose name or title ``name`` is a part."""
    part = name.strip().lower()
    found = [one for one in known if part and any(part in own for own in one.names)] if len(part) > 1 else []
    found = _once(found)
    if not found:
        raise UserError(f"there is nothing called '{shown(name)}'{_nearest(name, known)}")
    if len(found) > 1:
        some = ", ".join(one.name + bracket(declared(one.titles, spoken()), spoken()) for one in found[:_FEW])
        more = ", …" if len(found) > _FEW else ""
        raise UserError(f"'{shown(name)}' is a part of several names; say which: {some}{more}")
    return found


def _once(found: Sequence[Thing]) -> list[Thing]:
    """Without the mechanisms of which a strategy of the same name tells."""
    told = {one.name for one in found if one.kind == "strategies"}
    return [one for one in found if one.kind != "mechanisms" or one.name not in told]


def _nearest(name: str, known: Sequence[Thing]) -> str:
    """The name most like it, or where all names are."""
    knobs = all_shown_knobs()
    words = {word for one in known for word in (one.name, *one.titles) if word}
    near = did_you_mean(name, {*words, *knobs, *(full.rsplit(".", 1)[-1] for full in knobs)})
    return near if near.startswith("; did you mean") else "; see `shequn list`"
