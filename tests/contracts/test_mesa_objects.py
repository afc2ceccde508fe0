"""In the Mesa lane the state is plain objects: a debugger shows it, rules cannot write past it, columns hold it."""

from __future__ import annotations

import copy
import re
from typing import Any, NamedTuple

import numpy as np
import pytest

from agents import Host, Lurker, Member
from sim import Community
from sim.engine.columns import ColumnError
from sim.engine.lanes import Schedule
from sim.engine.mesa_lane import MesaLane
from sim.engine.objects import Objects, Sheet
from tests.plays import lively, started

LANES = ("mesa", "compiled")


def stepped(lane: str, days: int = 4) -> Community:
    """A community after some days."""
    model = Community(lively(replicates=1), lane=lane)
    for _ in range(days):
        model.step()
    return model


def play_on(model: Community) -> None:
    """Ten days more."""
    for _ in range(10):
        model.step()


def test_an_agent_holds_plain_values() -> None:
    model = stepped("mesa")
    for agent in model.agents:
        held = vars(agent)
        assert "_row" not in held
        assert type(held["person"]) is type(held["n_looks"]) is int
        assert type(held["belonging"]) is type(held["read_quality"]) is float
        assert type(held["tie_strength"]) is list
        assert len(held["tie_strength"]) == 15


def test_what_agents_hold_stands_in_the_tables_after_the_day() -> None:
    model = stepped("mesa")
    members = model._engine.state.members
    assert len(model._seated) > 20
    for row, agent in model._seated.items():
        for name in members.dtype.names or ():
            assert getattr(agent, name) == members[name][row].tolist(), name


def test_groups_worlds_and_lines_show_their_values() -> None:
    engine = started(lively(replicates=1), "mesa")
    engine.step()
    state, desk = engine.in_lane, engine._desks[0]
    for one, column in ((state.groups[0], "novelty"), (state.worlds[0], "heart"), (desk.log[0], "quality")):
        held = getattr(one, column)
        assert (f"{column}={held:.6g}" if held else column) in repr(one)
        assert one[column] == getattr(one, column)
        assert type(getattr(one, column)) is float
        assert not isinstance(one, np.void)


@pytest.mark.parametrize("lane", LANES)
def test_a_group_and_a_world_print_themselves_by_column(lane: str) -> None:
    model = stepped(lane)
    engine = model._engine
    rows = (model.groups[1], model.world)
    inside = (engine.in_lane.groups[1], engine.in_lane.worlds[0]) if lane == "mesa" else ()  # as a rule sees them
    for name, one in zip(("Group", "World") * 2, (*rows, *inside), strict=False):
        held, _, empty = repr(one)[1:-1].partition("\n  0: ")
        assert held.startswith(f"{name}: ")
        assert max(map(len, repr(one).splitlines())) <= 115
        said = dict(re.findall(r"(\w+)=([^,\s]+)", held))
        assert set(said) | set(re.findall(r"\w+", empty)) == set(rows[name == "World"].dtype.names or ())
        column = "n_members" if name == "Group" else "heart"
        assert float(said[column]) == pytest.approx(float(one[column]), rel=1e-5)
        assert "dtype" not in repr(one)
    assert repr(model) == f"<Community lively, nothing: day 4 of {model.plan.days}>"


class CountsByHalves(Member):
    """Writes a fraction into a column of integers."""

    def bond(self, today: Any, group: Any, world: Any) -> None:
        """Half a friend."""
        self.n_invited = 2.5  # type: ignore[assignment]


class CountsTooFar(Member):
    """Writes a number of more bits than the column has."""

    def bond(self, today: Any, group: Any, world: Any) -> None:
        """More friends than there are."""
        self.n_brought = 40_000


class LosesTies(Member):
    """Makes a list longer than its columns."""

    def bond(self, today: Any, group: Any, world: Any) -> None:
        """One tie too many."""
        self.tie_slot.append(1)  # type: ignore[attr-defined]


REFUSED = {
    CountsByHalves: r"members\[\d+\]\.n_invited = 2\.5 does not fit its column int16",
    CountsTooFar: r"members\[\d+\]\.n_brought = 40000 does not fit its column int16: .*32767",
    LosesTies: r"members\[\d+\]\.tie_slot = \[.*, 1\] does not fit its column 15 × int16",
}


@pytest.mark.parametrize("role", REFUSED, ids=lambda role: role.__name__)
def test_what_a_column_cannot_hold_is_refused_with_column_and_value(role: type[Member]) -> None:
    model = Community(lively(replicates=1).with_role(role, 0.4), lane="mesa")
    with pytest.raises(ColumnError, match=REFUSED[role]):
        play_on(model)


class WritesPastTheRows(Member):
    """Reaches for a table."""

    def visit(self, today: Any, group: Any, world: Any) -> None:
        """Make every group's matter new."""
        self.model.groups["novelty"][:] = 1.0


def test_a_rule_cannot_write_into_the_tables() -> None:
    model = Community(lively(replicates=1).with_role(WritesPastTheRows, 0.4), lane="mesa")
    with pytest.raises(ValueError, match="read-only"):
        play_on(model)
    assert not any(table.flags.writeable for table in model._engine.state if isinstance(table, np.ndarray))


@pytest.mark.parametrize("lane", LANES)
def test_what_is_assigned_to_an_agent_between_the_days_counts(lane: str) -> None:
    model = stepped(lane)
    agent = next(agent for agent in model.agents if type(agent) is Member)
    person = agent.person
    agent.spent = 12.25
    spells = model.tables["spells"]
    assert spells["spent"][(spells["person"] == person) & (spells["day_left"] < 0)].tolist() == [12.25]
    assert agent.spent == 12.25
    agent.belonging = 1.0
    model.step()
    assert agent.belonging > 0.8


@pytest.mark.parametrize("lane", LANES)
def test_an_agent_knows_what_it_does_not_have(lane: str) -> None:
    agent = stepped(lane).agents_by_type[Host][0]
    with pytest.raises(AttributeError, match="'Host' object has no attribute 'n_cats'"):
        agent.n_cats  # noqa: B018
    assert copy.copy(agent).person == agent.person


def test_an_agent_of_the_compiled_lane_looks_through_to_its_row() -> None:
    model = stepped("compiled")
    host = model.agents_by_type[Host][0]
    row = next(row for row, agent in model._seated.items() if agent is host)
    model._engine.state.members["spent"][row] = 7.5
    assert host.spent == 7.5
    assert type(host.spent) is float


class Plain:
    """A role whose rule calls nothing."""

    role = 1

    def visit(self) -> str:
        """Its own word."""
        return "plain"


class Fancy(Plain):
    """A role whose rule calls its parent's, which only one of its own kind may do."""

    def visit(self) -> str:
        """Its parent's word, and its own."""
        return super().visit() + " and fancy"


def test_who_has_changed_role_acts_as_one_of_the_new_role() -> None:
    lane = MesaLane(Schedule(("visit",), lambda *_: {}, (), "day", lambda: None, ""), (Plain, Fancy))
    me = Plain()
    assert lane._act("visit")(me) == "plain and fancy"
    assert type(me) is Fancy


def test_agents_are_kept_by_their_role_though_it_changed_during_the_day() -> None:
    model = Community(lively(replicates=1, mind={"lurker_days": 3.0}), lane="mesa")
    for _ in range(8):
        model.step()
        for role, agents in model.agents_by_type.items():
            assert all(type(agent) is role for agent in agents)
            assert all(model.plan.roles[agent.role] is role for agent in agents)
    assert len(model.agents_by_type[Lurker]) > 0


def test_a_sheet_gives_back_every_byte() -> None:
    table = np.zeros((2, 3), np.dtype([("a", "i1"), ("b", "u8"), ("c", "f8", 2)], align=True))
    sheet = Sheet("things", table)
    one = sheet[1, 2]
    one.a, one["b"], one.c = -128, 2**64 - 1, [-0.0, float("nan")]
    sheet.store()
    for column, value in (("a", -128), ("b", 2**64 - 1), ("c", [-0.0, np.nan])):
        assert table[1, 2][column].tobytes() == np.array(value, table.dtype[column].base).tobytes()
    assert not table[0].tobytes().strip(b"\0")
    again = Sheet("things", table)[1, 2]
    assert (again.a, again["b"], np.signbit(again.c).tolist()) == (-128, 2**64 - 1, [True, False])


@pytest.mark.parametrize("place", [(0, 3), (2, 0), (0, -1)])
def test_a_sheet_has_no_rows_beside_the_table(place: tuple[int, int]) -> None:
    with pytest.raises(IndexError, match="the table is 2 × 3 rows"):
        Sheet("things", np.zeros((2, 3), [("a", "i4")]))[place]


def test_a_misspelt_column_is_refused_at_once() -> None:
    line = Sheet("log", np.zeros(2, [("kind", "i4")]))[0]
    with pytest.raises(AttributeError):
        line.knd = 1
    with pytest.raises(AttributeError):
        line["knd"] = 1


def test_columns_that_round_are_refused() -> None:
    with pytest.raises(TypeError, match=r"things\.a is of type float32"):
        Sheet("things", np.zeros(2, [("a", "f4")]))


class Two(NamedTuple):
    """One table of things, and one of numbers."""

    cats: Any
    numbers: Any


def test_opened_tables_are_taken_over() -> None:
    tables = Two(np.zeros(2, [("lives", "i2")]), np.zeros((2, 2), np.int64))
    objects = Objects(tables, {})
    objects.close()
    cat = objects.state.cats[0]
    cat.lives = 9
    objects.state.numbers[1, 1] = 5
    with objects.open("cats"):
        assert tables.cats["lives"].tolist() == [9, 0]
        tables.cats["lives"] = 3
    assert cat.lives == 3
    objects.store()
    assert tables.numbers.tolist() == [[0, 0], [0, 5]]
    with pytest.raises(ValueError, match="read-only"):
        tables.cats["lives"] = 1
