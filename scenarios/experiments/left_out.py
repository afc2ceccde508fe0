"""The design that leaves one out: all strategies together, then all but each of them.

    arms:
      design: leave_one_out
      base: ['strategy=[group_cap,paid_entry,red_packet]', strategies.red_packet.amount=8]

What an arm lacks against *all* is what the strategy that was left out brings in the company of the others, and what it
costs there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from scenarios.config import overrides
from scenarios.config.nodes import strategies_in
from scenarios.errors import ConfigError
from sim.analysis.experiment.returns import LESS, WHOLE

__all__ = ["each_left_out"]


def each_left_out(base: Sequence[str], place: str) -> dict[str, tuple[str, ...]]:
    """Overrides by label: ``all``, then ``without NAME`` for each strategy chosen or node given in ``base``."""
    names = strategies_in(base)
    if len(names) < 2:
        raise ConfigError(f"{place}: base: leave_one_out needs two strategies or more, like "
                          "base: ['strategy=[group_cap,red_packet]']")  # fmt: skip
    return {WHOLE: tuple(base)} | {f"{LESS}{name}": _without(name, base) for name in names}


def _without(name: str, base: Iterable[str]) -> tuple[str, ...]:
    """The overrides without a strategy, its node and its doses."""
    kept = []
    for text in base:
        choice = overrides.read([text])[0]
        if choice.key == "strategy":
            names = list(map(str, choice.value if isinstance(choice.value, list) else [choice.value]))
            kept.append(f"strategy=[{','.join(one for one in names if one != name) or 'nothing'}]")
        elif choice.key == "strategies" and isinstance(choice.value, dict):
            rest = {node: knobs for node, knobs in choice.value.items() if node != name}
            kept += [f"strategies={overrides.written(rest)}"] if rest else []
        elif not choice.key.startswith(f"strategies.{name}."):
            kept.append(text)
    return tuple(kept)
