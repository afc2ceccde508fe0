"""Without a word it lists everything but the knobs. `shequn explain NAME` tells more of one."""

from __future__ import annotations

import argparse

__all__ = ["KINDS", "arguments", "listing", "run"]

KINDS = ("scenarios", "strategies", "studies", "searches", "sensitivities", "populations", "roles", "records",
         "mechanisms", "outcomes", "tables", "knobs")  # fmt: skip


def arguments(parser: argparse.ArgumentParser) -> None:
    """What kind of thing."""
    parser.add_argument("kind", nargs="?", help=", ".join(KINDS))


def run(options: argparse.Namespace) -> int:
    """Print names with a line on each."""
    from scenarios.cli.texts import aligned
    from scenarios.errors import UserError
    from sim.engine.knobs import did_you_mean
    from sim.locale.speaking import spoken, told
    from sim.locale.words import bracket, say

    asked = {told(kind): kind for kind in KINDS}.get(options.kind, options.kind)
    if asked is not None and asked not in KINDS:
        raise UserError(f"there is no list of '{options.kind}'{did_you_mean(options.kind, KINDS)}")
    if asked == "knobs":
        _print_knobs()
        return 0
    for kind in [asked] if asked else KINDS[:-1]:
        title = told(kind)
        print(say("list_kind", spoken(), kind=kind if title == kind else title + bracket(kind, spoken())))
        print(*aligned(listing(kind)), sep="\n")
    return 0


def listing(kind: str) -> list[tuple[str, str]]:
    """Name and a line for everything of one kind."""
    from scenarios.cli.things import things

    return [(one.name, one.line()) for one in things() if one.kind == kind]


def _print_knobs() -> None:
    from scenarios.cli.finding import all_shown_knobs
    from scenarios.cli.texts import knob_span
    from sim.locale.speaking import told
    from sim.locale.words import columns

    for name, knob in all_shown_knobs().items():
        span = knob_span(knob)
        print(f"{name:<38}{knob.default!s:<10}{span}{' ' * (34 - columns(span))}{told(knob.doc)}")
