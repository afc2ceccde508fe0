"""``python -m tests.marathon [sets=300] [days=60] [seed=1]``: random accepted sets of strategies, doses and windows.

Each is played in both lanes in a small lively world. Told are errors, tables that differ between the lanes, and laws
of money and seats that are broken. It takes half an hour or more, and is no part of `make test`, which plays fewer for
less long. The exit code is 1 if anything was found.
"""

from __future__ import annotations

import itertools
import sys
import time
from collections import Counter
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings

from scenarios import Scenario
from scenarios.strategies.base import Strategy
from tests.laws.test_conservation import LAWS, nobody_enters_twice, worlds
from tests.money import played
from tests.plays import differing, lively, play
from tests.seats import LAWS_OF_SEATS
from tests.walking import COMBINED, any_plan


def main(words: list[str]) -> int:
    """Draw, play, tell."""
    said = {key: int(value) for key, _, value in (word.partition("=") for word in words)}
    sets, days, begun = said.get("sets", 300), said.get("days", 60), time.monotonic()
    names: Counter[str] = Counter()
    found: list[str] = []
    tried = itertools.count(1)

    @seed(said.get("seed", 20261129))
    @settings(max_examples=sets, database=None, deadline=None, suppress_health_check=list(HealthCheck),
              phases=(Phase.generate,))  # fmt: skip
    @given(chosen=any_plan(most=12), world=worlds)
    def check(chosen: tuple[Strategy, ...], world: dict[str, Any]) -> None:
        names.update(one.name for one in chosen)
        scenario = lively(chosen, days=days, **world)
        if wrong := problems(scenario):
            found.append(f"{wrong} {chosen} {world}")
            print(found[-1], flush=True)
        if (n := next(tried)) % 10 == 0:
            print(f"{n} sets, {len(found)} wrong, {time.monotonic() - begun:.0f} s", flush=True)

    check()
    kinds = f"{len(names)} of {len(COMBINED)} kinds"
    print(f"{next(tried) - 1} sets of {sum(names.values())} strategies in all, {kinds}; {len(found)} wrong")
    return 1 if found else 0


def problems(scenario: Scenario) -> list[str]:
    """Laws that are broken, tables that differ, or the error."""
    try:
        tables = played(scenario, LAWS_OF_SEATS)
        for law in LAWS:
            if law is not nobody_enters_twice:  # after four idle weeks people may be reached by another group
                law(tables, scenario)
        mesa = play(scenario, "mesa")
        return differing(mesa, {name: table for name, table in tables.items() if name in mesa})
    except Exception as error:  # whatever it is, it is told with the set that made it, and the walk goes on
        return [f"{type(error).__name__}: {str(error)[:300]}"]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
