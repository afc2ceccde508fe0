"""What students get wrong in a role: told at once, with file, line and cure; or played in Mesa, if it is no mistake."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from agents import Lurker, Member
from scenarios import ConfigError, Scenario
from sim.engine.rule import rule
from sim.lane_choice import lane_for
from tests.plays import lively


def with_rule(name: str, method: Callable[..., Any], base: type[Member] = Member, **columns: Any) -> Scenario:
    """A small town in which some play a role that differs by one method."""
    made = type("Mine", (base,), {name: method, "__module__": __name__, **columns})
    return lively(replicates=1, days=2).with_role(made, 0.3)


def vizit(self: Any, today: Any, group: Any, world: Any) -> None:
    self.n_looks = 1


def greet(self: Any, group: Any, world: Any) -> None:
    self.n_looks = 1


def short_visit(self: Any, group: Any, world: Any) -> None:
    self.n_looks = 1


def sets(self: Any, today: Any, group: Any, world: Any) -> None:
    self.n_lookz = 1


def reads(me: Any, now: Any, room: Any, town: Any) -> None:
    me.n_looks = 1 if room.n_membres > 5 else 0


def asks(self: Any, today: Any, group: Any, world: Any) -> None:
    self.n_looks = int(world.imitatoin)


@pytest.mark.parametrize(
    ("name", "method", "said", "line"),
    [
        ("vizit", vizit, "Mine.vizit: there is no rule of this name; did you mean 'visit'?", 1),
        ("answer", vizit, "did you mean 'answers'?", 1),
        ("greet", greet, "the rules are appears, enters, visit", 1),
        ("visit", short_visit, "this rule takes self, today, group, world", 1),
        ("visit", sets, "self has no column 'n_lookz'; did you mean 'n_looks'?", 2),
        ("visit", reads, "room has no column 'n_membres'; did you mean 'n_members'?", 2),
        ("visit", asks, "world has no column 'imitatoin'; did you mean 'imitation'?", 2),
    ],
)
def test_a_mistake_is_told_before_anything_is_played(
    name: str, method: Callable[..., Any], said: str, line: int
) -> None:
    method.__name__ = name
    with pytest.raises(ConfigError) as error:
        with_rule(name, method)
    assert said in str(error.value)
    first = inspect.getsourcelines(method)[1]
    assert f"{Path(__file__).name}, line {first + line - 1}" in str(error.value)


def test_what_is_no_mistake() -> None:
    """Helpers under other names, what an agent of Mesa has, constants of the class, plain attributes, own columns."""

    def visit(self: Any, today: Any, group: Any, world: Any) -> None:
        self._seen = self.model
        self.n_mine += self.often + self.n_ties
        today.look_at = 1.0

    def told(self: Any) -> str:
        return f"{self.n_looks} looks"

    with_rule("visit", visit, Lurker, __annotations__={"n_mine": int}, often=2, told=told)


def imports(self: Any, today: Any, group: Any, world: Any) -> None:
    import math

    self.n_looks = int(math.sqrt(4.0))


def keeps(self: Any, today: Any, group: Any, world: Any) -> None:
    looks = {"often": 2}
    self.n_looks = looks["often"]


def reads_text(self: Any, today: Any, group: Any, world: Any) -> None:
    self.n_looks = int("2")


def helper(me: Any) -> None:
    me.n_looks = 2


@rule
def misspelt_helper(me: Any) -> None:
    me.n_lookz = 2


def is_helped(self: Any, today: Any, group: Any, world: Any) -> None:
    helper(self)


def is_badly_helped(self: Any, today: Any, group: Any, world: Any) -> None:
    misspelt_helper(self)


@pytest.mark.parametrize(
    ("method", "said", "place", "line"),
    [
        (imports, "it imports; write the import at the top", imports, 2),
        (keeps, "it makes a dict", keeps, 2),
        (reads_text, "No implementation of function", reads_text, 2),
        (is_helped, "it calls helper(), which is no rule; write @rule", is_helped, 2),
        (is_badly_helped, "no column 'n_lookz'", is_badly_helped, 1),
    ],
)
def test_what_cannot_be_compiled_is_played_in_mesa_with_a_word(
    method: Callable[..., Any], said: str, place: Callable[..., Any], line: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """And known within moments: the rule is tried by itself, not after everything around it."""
    method.__name__ = "visit"
    lane, reason = lane_for(with_rule("visit", method))
    assert lane == "mesa"
    assert said in reason
    assert f"{Path(__file__).name}, line {inspect.getsourcelines(place)[1] + line - 1}" in reason
    assert "using lane=mesa" in capsys.readouterr().err
