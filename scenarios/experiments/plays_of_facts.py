"""The runs in which facts are measured: which days, which strategies, and what is watched while they are played.

A world is played once with every strategy off (but the camp, which sells) and every message kept. Some facts need
another run of it: K10 that somebody sends a red packet, K11 two years.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import pandas as pd

from scenarios.config.ensemble import Row, Sets, applied, holding
from sim.analysis.facts.persons import LIFE
from sim.analysis.facts.targets import facts_table
from sim.data.results import Results

__all__ = ["FURTHER", "WATCHED", "WORDS", "Play", "played_once"]


@dataclass(frozen=True)
class Play:
    """One run of a world: the ``facts`` measured on it, ``days``, further ``words`` for ``compose``, what is
    ``watched`` (:data:`sim.watches.WATCHES`)."""

    facts: Collection[str]
    days: int
    words: tuple[str, ...]
    watched: tuple[str, ...] = ()


# What is played in a world, where that is not every strategy off: a camp has a price at the door, a lesson a day, and a
# course at 160 times the price to sell.
WORDS: dict[str, tuple[str, ...]] = {
    "camp": ("strategy=[paid_entry,fixed_time]", "strategies.paid_entry.price=9.9", "scenario.item_price=1584")
}
# What is watched in the run of a world.
WATCHED = {"tech_channel": ("looks",)}
FURTHER: dict[str, tuple[Play, ...]] = {
    "everyday": (
        # Somebody, the host, puts a packet of 5 CNY in ten lucky shares into every group every day; people answer it.
        Play(("K10",), 41, ("strategy=[red_packet]", "record=counts"), ("packets",)),
        # Those who came into a group in its first four weeks are watched for two years each.
        Play(("K11",), LIFE + 28, ("strategy=[nothing]", "record=spells"), ("mutes",)),
    )
}


def played_once(
    play: Play, scenario: str, replicates: int, seed: int, more: Sequence[str] = (),
    row: Row | Sets | None = None,
    draws: int = 300,
) -> tuple[pd.DataFrame, Results]:  # fmt: skip
    """The facts of one run, with their ``spread`` over communities, and its tables.

    ``more`` are overrides, ``row`` the numbers of a set (:mod:`scenarios.config.ensemble`), or of several, of which
    replicate r plays set r mod n. Without ``draws`` there are
    no intervals and no spread.
    """
    from scenarios import compose
    from sim import simulate
    from sim.watches import WATCHES

    plan = compose([f"scenario={scenario}", *play.words, f"replicates={replicates}", f"seed={seed}",
                    f"days={play.days}", *more])  # fmt: skip
    watches = {name: WATCHES[name]() for name in play.watched}
    if isinstance(row, Sets):
        plan = holding(plan.replace(sets=row), row.rows)
    elif row is not None:
        plan = applied(holding(plan, [row]), row)
    results = simulate(plan, watches=[*watches.values()])
    watched = {name: watch.frame for name, watch in watches.items()}

    def measured(draws: int, replicate: int | None = None) -> pd.DataFrame:
        frames = {"messages": results.messages, "spells": results.spells, "daily": results.daily,
                  "purchases": results.purchases, **watched}  # fmt: skip
        if replicate is not None:
            frames = {name: f if f is None else f[f["replicate"] == replicate] for name, f in frames.items()}
        notes = {name: frame for name in (*watched, "purchases") if (frame := frames[name]) is not None}
        return facts_table(frames["messages"], frames["spells"], frames["daily"], start=plan.start, draws=draws,
                           only=play.facts, watched=notes)  # fmt: skip

    whole = measured(draws)
    parts = [measured(0, replicate) for replicate in range(replicates)] if draws else [whole]
    spread = pd.concat(parts).groupby(["id", "statistic"])["value"].std().rename("spread").reset_index()
    return whole.merge(spread, on=["id", "statistic"], how="left"), results
