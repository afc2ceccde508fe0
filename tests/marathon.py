"""``python -m tests.marathon [sets=300] [days=60] [seed=1]``: random accepted sets of strategies, doses and windows.

Each is played in both lanes in a small lively world, and the largest accepted set too. Told are errors, tables that
differ between the lanes, and laws of money and seats that are broken. Then as many sets are drawn that need not be
accepted, and composed as a user writes them: who is refused must get one sentence that names a strategy of theirs. It
takes half an hour or more, and is no part of `make test`, which plays fewer for less long. The exit code is 1 if
anything was found.
"""

from __future__ import annotations

import itertools
import sys
import time
from collections import Counter
from collections.abc import Sequence
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from scenarios import ConfigError, Scenario, compose
from scenarios.strategies.base import Strategy
from tests.laws.test_conservation import LAWS, nobody_enters_twice, worlds
from tests.money import played
from tests.plays import differing, lively, play
from tests.seats import LAWS_OF_SEATS
from tests.walking import COMBINED, STRATEGIES, any_plan, dosed, everything


def main(words: list[str]) -> int:
    """Draw, play, tell."""
    said = {key: int(value) for key, _, value in (word.partition("=") for word in words)}
    sets, days, begun = said.get("sets", 300), said.get("days", 60), time.monotonic()
    names: Counter[str] = Counter()
    found: list[str] = []
    tried = itertools.count(1)

    walk = settings(max_examples=sets, database=None, deadline=None, suppress_health_check=list(HealthCheck),
                    phases=(Phase.generate,))  # fmt: skip
    refused: Counter[bool] = Counter()

    @seed(said.get("seed", 20261129))
    @walk
    @given(chosen=any_plan(most=12), world=worlds)
    def check(chosen: tuple[Strategy, ...], world: dict[str, Any]) -> None:
        names.update(one.name for one in chosen)
        scenario = lively(chosen, days=days, **world)
        if wrong := problems(scenario):
            found.append(f"{wrong} {chosen} {world}")
            print(found[-1], flush=True)
        if (n := next(tried)) % 10 == 0:
            print(f"{n} sets, {len(found)} wrong, {time.monotonic() - begun:.0f} s", flush=True)

    @seed(said.get("seed", 20261129))
    @walk
    @given(chosen=sets_of_any())
    def compose_it(chosen: list[Strategy]) -> None:
        told = refusal(chosen)
        refused[bool(told)] += 1
        if told and not is_clear(told, chosen):
            found.append(f"no clear message: {told!r} {chosen}")
            print(found[-1], flush=True)

    check()
    found += [f"{wrong} everything()" for wrong in problems(lively(everything(), days=days))]
    compose_it()
    print(f"{refused[True]} of {refused[True] + refused[False]} sets that need not be accepted were refused")
    kinds = f"{len(names)} of {len(COMBINED)} kinds"
    print(f"{next(tried) - 1} sets of {sum(names.values())} strategies in all, {kinds}; {len(found)} wrong")
    return 1 if found else 0


@st.composite
def sets_of_any(draw: st.DrawFn) -> list[Strategy]:
    """Strategies in any doses, whether or not they can stand together."""
    names = draw(st.lists(st.sampled_from(COMBINED), unique=True, min_size=2, max_size=12))
    return [draw(dosed(STRATEGIES[name])) for name in names]


def refusal(chosen: Sequence[Strategy]) -> str:
    """What a user is told who asks for these strategies; "" if they may have them."""
    names = ",".join(one.name for one in chosen)
    doses = [f"strategies.{one.name}.{knob}={str(value).lower() if isinstance(value, bool) else value}"
             for one in chosen for knob, value in one]  # fmt: skip
    try:
        compose([f"strategy=[{names}]", *doses])
    except ConfigError as error:
        return str(error)
    return ""


def is_clear(told: str, chosen: Sequence[Strategy]) -> bool:
    """One sentence that is no essay, and names a strategy that was asked for."""
    return "\n" not in told.strip() and len(told) < 400 and any(one.name in told for one in chosen)


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
