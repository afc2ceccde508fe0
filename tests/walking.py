"""What laws and contracts are about, found by walking: strategies with doses, roles, and the files of ``conf/``.

Nothing here names a strategy but ``nothing``, which stands alone: a new class, role or file is tested because it is
there. Doses are drawn from what a knob declares (default, range, unit, choices); where the range is made for large
groups, most draws lie where a small world (:func:`tests.plays.lively`) feels them.
"""

from __future__ import annotations

import inspect
import pkgutil
import random
from collections.abc import Callable, Iterable
from importlib import import_module
from itertools import combinations
from typing import Any

from hypothesis import Phase, settings
from hypothesis import find as hypothesis_find
from hypothesis import strategies as st
from hypothesis.errors import NoSuchExample

import agents
from agents import Member
from agents.composition import Cast
from scenarios import ConfigError
from scenarios.config import catalog
from scenarios.config.contradictions import check_contradictions
from scenarios.strategies.base import Strategy
from sim.engine.knobs import Knob, snake_case
from sim.stage_watch import STAGES

__all__ = [
    "QUESTIONS", "SCENARIOS", "STRATEGIES", "any_plan", "compatible", "covering_plans", "dosed", "doses", "everything",
    "fed", "felt", "is_chinese", "moving", "nobody", "only", "questions", "role_classes", "said", "stands",
    "usual",
]  # fmt: skip

Plan = tuple[Strategy, ...]
Value = float | int | bool | str

SEATS, DAYS, FOUNDERS = 24, 20, 10  # of the small worlds of tests.plays
#: The most of a unit that such a world feels; what is measured in another unit is drawn from its whole range.
FELT = {"members": 2 * SEATS, "people": 2 * SEATS, "shares": 2 * SEATS, "messages": 4 * SEATS, "groups": 6,
        "days": 2 * DAYS, "CNY": 100}  # fmt: skip
ODD_SUMS = (8.88, 66.66, 0.01, 0.05, 1.0, 9.9)
WIDE = 20  # times the lowest value: from there on draws are spread by orders of magnitude

STRATEGIES = catalog.strategies()
SCENARIOS = catalog.options("scenario")
QUESTIONS = ("study", "search", "sensitivity")


def felt(knob: Knob) -> tuple[float, float]:
    """The part of a number's range that a small world feels."""
    assert knob.low is not None
    assert knob.high is not None
    top = min(knob.high, FELT.get(knob.unit.partition("/")[0], knob.high))
    return knob.low, max(top, knob.low)


def in_own_type(knob: Knob, value: float) -> Value:
    """A number as the knob takes it: whole, in whole fen, or as it is, and within the range."""
    low, high = knob.low, knob.high
    assert low is not None
    assert high is not None
    if isinstance(knob.default, int):
        value = round(value)
    elif knob.unit.startswith("CNY"):
        value = round(value, 2)
    return knob.check(min(max(value, low), high))


def at(knob: Knob, share: float) -> Value:
    """The value a share of the way through what is felt: by orders of magnitude where the range is wide."""
    low, top = felt(knob)
    step = 1.0 if isinstance(knob.default, int) else 0.01 if knob.unit.startswith("CNY") else 0.0
    floor = max(low, step)
    if low >= 0.0 < floor and top > WIDE * floor:
        return low if share == 0.0 else in_own_type(knob, floor * (top / floor) ** share)
    return in_own_type(knob, low + share * (top - low))


def usual(kind: type[Strategy]) -> Strategy:
    """A strategy in its default dose, but where a small world would not feel it: there a quarter of what is felt."""
    return kind(**{name: _usual(knob) for name, knob in kind.own_knobs().items()})


def _usual(knob: Knob) -> Value:
    if knob.kind in ("yes/no", "choice"):
        return knob.default
    low, top = felt(knob)
    is_felt = top == knob.high or float(knob.default) <= top / 2
    return knob.default if is_felt else in_own_type(knob, low + (top - low) / 4)


def _values(knob: Knob) -> st.SearchStrategy[Value]:
    """Values of one knob. The simplest is the usual one; edges of the declared range are drawn often."""
    if knob.kind == "yes/no":
        return st.sampled_from([knob.default, not knob.default])
    if knob.kind == "choice":
        return st.sampled_from([knob.default, *(word for word in knob.choices if word != knob.default)])
    low, top = felt(knob)
    edges = dict.fromkeys(in_own_type(knob, edge) for edge in (low, top, knob.high or top, float(knob.default)))
    ways = [st.just(_usual(knob)), st.floats(0, 1).map(lambda share: at(knob, share)), st.sampled_from(list(edges))]
    if knob.unit.startswith("CNY"):
        ways.append(st.sampled_from([in_own_type(knob, odd) for odd in ODD_SUMS]))
    return st.one_of(ways)


def doses(kind: type[Strategy]) -> st.SearchStrategy[dict[str, Value]]:
    """Values of every knob of a strategy that do not contradict each other, and a window."""
    drawn = st.fixed_dictionaries({name: _values(knob) for name, knob in kind.own_knobs().items()})
    return st.tuples(drawn, windows()).map(lambda pair: {**_agreed(kind, pair[0]), **pair[1]})


@st.composite
def windows(draw: st.DrawFn) -> dict[str, Value]:
    """Any window that a short run of small groups feels; often an open one."""
    if draw(st.booleans()):
        return {}
    first, every = draw(st.integers(0, DAYS)), draw(st.integers(1, 5))
    small = draw(st.sampled_from([0, 3, SEATS // 2]))
    return {
        "from_day": first, "until_day": first + draw(st.integers(0, DAYS)), "every": every,
        "length": draw(st.integers(1, every)), "while_stage": draw(st.sampled_from(["any", *STAGES])),
        "size_above": small, "size_below": small + draw(st.sampled_from([1, SEATS // 2, 10 * SEATS])),
    }  # fmt: skip


def _agreed(kind: type[Strategy], dose: dict[str, Value]) -> dict[str, Value]:
    """Where values contradict each other, one after the other goes back to its default until they no longer do."""
    for name, knob in kind.own_knobs().items():
        if not kind(**dose).contradiction() and not kind(**dose).is_met_by(FOUNDERS):
            break
        dose = {**dose, name: knob.default}
    return dose


def dosed(kind: type[Strategy]) -> st.SearchStrategy[Strategy]:
    """A strategy in any dose."""
    return doses(kind).map(lambda dose: kind(**dose))


def stands(plan: Plan) -> bool:
    """Can these strategies be combined?"""
    try:
        check_contradictions(plan, 400)
    except ConfigError:
        return False
    return True


def fed(plan: Plan) -> Plan:
    """These strategies, and the first others without which they could not be played, if there are any."""
    feeding = {lever for one in plan for lever in one.needs}
    others = [usual(made) for made in STRATEGIES.values() if made.turns() & feeding]
    wider = ((*plan, *more) for n in range(len(plan) + 1) for more in combinations(others, n))
    return next((one for one in wider if stands(one)), plan)


def said(name: str) -> str:
    """The override that plays a strategy, beside what it cannot be played without."""
    names = [one.name for one in fed((STRATEGIES[name](),))] if name in STRATEGIES else [name]
    return f"strategy=[{','.join(names)}]" if len(names) > 1 else f"strategy={name}"


def compatible(wished: Iterable[Strategy]) -> Plan:
    """The strategies in this order, without those that contradict one before them."""
    plan: Plan = ()
    for one in wished:
        if stands((*plan, one)):
            plan = (*plan, one)
    return plan


COMBINED = [name for name in STRATEGIES if name != "nothing"]


@st.composite
def any_plan(draw: st.DrawFn, including: str = "", most: int = 6) -> Plan:
    """Any combination of strategies in any doses; ``including`` one of them, so that none is ever left out."""
    if including == "nothing":
        return (STRATEGIES["nothing"](),)
    others = [name for name in COMBINED if name != including]
    chosen = draw(st.lists(st.sampled_from(others), unique=True, max_size=most)) if others else []
    first = fed((draw(dosed(STRATEGIES[including])),)) if including else ()
    return compatible([*reversed(first), *(draw(dosed(STRATEGIES[name])) for name in chosen)])


def everything() -> Plan:
    """As many strategies as can stand together, in their usual doses."""
    return compatible(usual(STRATEGIES[name]) for name in COMBINED)


def covering_plans(most: int = 4) -> dict[str, Plan]:
    """Plans of a few strategies in usual doses, by their names, such that every strategy is in one of them."""
    plans: list[Plan] = []
    for one in (usual(STRATEGIES[name]) for name in COMBINED):
        fits = [i for i, plan in enumerate(plans) if len(plan) < most and stands((*plan, one))]
        if fits:
            plans[fits[0]] = (*plans[fits[0]], one)
        else:
            plans.append(fed((one,)))
    return {"+".join(one.name for one in plan): plan for plan in plans}


def moving(kind: type[Strategy], moves: Callable[[Strategy], bool], tries: int = 12) -> Strategy:
    """The first dose, of a fixed handful beginning with the usual one, for which ``moves`` holds; fail if none does."""
    first = usual(kind)
    if moves(first):
        return first
    tried: list[Strategy] = [first]

    def told(one: Strategy) -> bool:
        tried.append(one)
        return moves(one)

    few = settings(max_examples=tries, database=None, phases=(Phase.generate,), deadline=None)
    try:
        return hypothesis_find(dosed(kind), told, settings=few, random=random.Random(1))
    except NoSuchExample:
        raise AssertionError(f"none of these doses moves anything: {tried}") from None


def role_classes() -> list[type[Member]]:
    """Every subclass of Member (and Member) in a file of ``agents``, in the order of the files."""
    found = []
    for info in pkgutil.iter_modules(agents.__path__):
        module = import_module(f"{agents.__name__}.{info.name}")
        found += [thing for _, thing in inspect.getmembers(module, inspect.isclass)
                  if issubclass(thing, Member) and thing.__module__ == module.__name__]  # fmt: skip
    return found


def _numbers_of_roles() -> dict[str, Knob]:
    """Knobs that say how many there are of a role."""
    return {name: knob for name, knob in Cast.knobs().items() if knob.unit in ("per group", "share of the market")}


def nobody() -> dict[str, float]:
    """A cast of hosts and ordinary people only."""
    return dict.fromkeys(_numbers_of_roles(), 0.0)


def only(role: type[Member]) -> dict[str, float]:
    """A cast with many of one role and, beside ordinary people, of no other."""
    name, numbers = snake_case(role.__name__) + "s", _numbers_of_roles()
    many = {name: 1.0 if numbers[name].unit == "per group" else 0.3} if name in numbers else {}
    return {**nobody(), **many}


def questions() -> list[tuple[str, str]]:
    """Kind and name of every study, search and sensitivity analysis that is ready to be played."""
    return [(kind, name) for kind in QUESTIONS for name in catalog.options(kind)]


def is_chinese(text: Any) -> bool:
    """Is there a Chinese character in it?"""
    return any("一" <= letter <= "鿿" for letter in str(text))
