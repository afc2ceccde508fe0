"""What happens between the days: in every group by itself, and what the groups of a community settle between them.

Loops over groups are handed out to threads group by group, whatever community they are of; loops over communities are
one piece of work a community. So as little as possible is done in the latter.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from sim.engine.declarations import Rule
from sim.engine.lanes import Act, Loop, Made
from sim.engine.rule import rule
from sim.model.initialization import make_begin, make_found, make_open
from sim.model.prefetching import fetch_arrivals, fetch_door, nothing
from sim.model.submodels.appointed import APPOINTED_LATER, FOUNDER, make_appoint, make_call_in
from sim.model.submodels.departure import account, part
from sim.model.submodels.door import make_decide
from sim.model.submodels.entry import make_enter, make_fill, make_knock, make_settle
from sim.model.submodels.market import make_carry, make_propose
from sim.model.submodels.moves import next_spare
from sim.model.submodels.moving import make_move
from sim.model.submodels.operator import plan

if TYPE_CHECKING:
    from sim.model.rows import State

__all__ = ["BETWEEN", "loops_between_days"]

BETWEEN = ("found", "plan", "move", "propose", "decide", "fill", "carry", "part", "account")
"""Names of the loops, in the order in which they are played."""


def loops_between_days(act: Act, made: Made, is_fetching: bool) -> dict[str, Callable[..., None]]:
    """Every loop of :data:`BETWEEN` by name; all take ``(state, lo, hi)``. See ``Schedule.build``."""

    def ahead(fetch: Rule) -> Rule:
        return made(fetch) if is_fetching else nothing

    settle = rule(make_settle(act))
    sit = rule(make_enter(settle))
    open_group = rule(make_open(rule(make_appoint(act, sit, FOUNDER))))
    call_in = rule(make_call_in(rule(make_appoint(act, sit, APPOINTED_LATER))))
    of_community = {
        "found": make_found(sit, open_group), "plan": plan, "move": make_move(rule(make_begin(sit, open_group))),
        "decide": make_decide(open_group, next_spare, call_in, ahead(fetch_door)),
        "carry": make_carry(sit), "account": account,
    }  # fmt: skip
    of_group: dict[str, tuple[Rule, Rule]] = {
        "propose": (make_propose(rule(make_knock(act))), nothing),
        "fill": (make_fill(settle), fetch_arrivals),
        "part": (part, nothing),
    }
    loops = {name: _over_communities(made(phase)) for name, phase in of_community.items()}
    return loops | {name: _over_groups(made(phase), ahead(fetch)) for name, (phase, fetch) in of_group.items()}


def _over_communities(phase: Rule) -> Loop:
    """Run a phase ``(state, c)`` for each community of a range."""

    def communities(state: State, lo: int, hi: int) -> None:
        for c in range(lo, hi):
            phase(state, c)

    return communities


def _over_groups(phase: Rule, ahead: Rule) -> Loop:
    """Run a phase ``(state, g, group, world)`` for each opened group of a range; ``ahead``: what comes next."""

    def groups(state: State, lo: int, hi: int) -> None:
        for g in range(lo, hi):
            group = state.groups[g]
            ahead(state, g)
            if group.is_open == 1:
                phase(state, g, group, state.worlds[group.community])

    return groups
