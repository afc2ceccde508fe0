"""Without a word it lists everything but the knobs. `shequn explain NAME` tells more of one."""

from __future__ import annotations

import argparse

__all__ = ["KINDS", "arguments", "run"]

KINDS = ("scenarios", "strategies", "studies", "searches", "sensitivities", "populations", "roles", "records",
         "mechanisms", "outcomes", "knobs")  # fmt: skip


def arguments(parser: argparse.ArgumentParser) -> None:
    """What kind of thing."""
    parser.add_argument("kind", nargs="?", help=", ".join(KINDS))


def run(options: argparse.Namespace) -> int:
    """Print names with a line on each."""
    from scenarios.errors import UserError
    from sim.engine.knobs import did_you_mean

    if options.kind is not None and options.kind not in KINDS:
        raise UserError(f"there is no list of '{options.kind}'{did_you_mean(options.kind, KINDS)}")
    if options.kind == "knobs":
        _print_knobs()
        return 0
    from scenarios.cli.explanations import listing

    for kind in [options.kind] if options.kind else KINDS[:-1]:
        print(f"{kind}:")
        rows = listing(kind)
        width = max((len(name) for name, _ in rows), default=0)
        for name, line in rows:
            print(f"  {name:<{width}}  {line}")
    return 0


def _print_knobs() -> None:
    from scenarios.cli.explanations import knob_span
    from scenarios.config.sections import shown_knobs
    from scenarios.strategies.window import Window

    window = {f"strategies.NAME.{name}": knob for name, knob in Window.window_knobs().items()}
    for name, knob in {**shown_knobs(), **window}.items():
        print(f"{name:<38}{knob.default!s:<10}{knob_span(knob):<34}{knob.doc}")
