"""Rules called from inside the day: at a reply, at a look, with the rows of mechanisms that theirs uses."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np
import pytest

from scenarios.strategies.base import GroupFacts, Strategy
from sim.engine.calls import MOST_CALLS
from sim.engine.compiled.calls import laid_out_calls
from sim.engine.declarations import daily, lever
from sim.engine.knobs import Knob
from sim.engine.levers import Levers, any_of
from sim.engine.mechanism import Mechanism, MechanismError
from sim.mechanisms import kind, write
from sim.model.kinds import codes
from tests.mechanisms.known_here import known_here
from tests.plays import Tables, differing, lively, play, started


class Ear(Mechanism):
    """Keeps one number of everybody. Source: a test."""

    title = ("Ear", "耳")

    class member:
        n_heard: int

    class group:
        ear_open: float = lever(any_of, "yes/no", "ears are open")
        n_ears: int = daily("looks at which ears were open", "听的次数")


@Ear.at_look(before="reply", when="ear_open")
def hear(me: Any, mine: Any, group: Any, ours: Any, today: Any, knobs: Any, world: Any, look: Any) -> None:
    """One more look."""
    mine.n_heard += 1
    ours.n_ears += 1


class Mouth(Mechanism):
    """Keeps other columns of everybody. Source: a test."""

    title = ("Mouth", "口")

    class member:
        calm: float
        n_said: int

    class group:
        mouth_open: float = lever(any_of, "yes/no", "mouths are open")
        n_mouths: int = daily("answers given", "回答次数")
        n_first: int = daily("first answers given", "首答次数")


@Mouth.at_reply(when="mouth_open")
def answer(
    line: Any, answered: Any, me: Any, mine: Any, group: Any, ours: Any, today: Any, knobs: Any, world: Any
) -> None:
    """Count it, and whether it was the first."""
    if line.person == me.person and line.reply_to >= 0:
        ours.n_mouths += 1
        mine.n_said += 1
        ours.n_first += 1 if answered.n_answers == 1 else 0


class Head(Mechanism):
    """Looks at both. Source: a test."""

    title = ("Head", "头")
    uses = (Ear, Mouth)

    class group:
        head_turns: float = lever(any_of, "yes/no", "heads turn")
        n_heard: int = daily("looks seen by heads", "头见听次")
        n_said: int = daily("answers seen by heads", "头见答次")


@Head.each_member(after="talk", when="head_turns")
def turn(
    me: Any, mine: Any, group: Any, ours: Any, today: Any, knobs: Any, world: Any, ear: Any, mouth: Any
) -> None:
    """Sums of what ears and mouths keep; then they begin anew."""
    ours.n_heard += ear.n_heard
    ours.n_said += mouth.n_said
    ear.n_heard = mouth.n_said = 0


class Herald(Mechanism):
    """Whoever writes a planned line adds one of its own kind. Source: a test."""

    title = ("Herald", "传令")

    class kinds:
        herald = kind("herald", "传令", author="nobody", is_ritual=True)

    class group:
        herald_rides: float = lever(any_of, "yes/no", "a herald rides")


@Herald.at_look(before="post", when="herald_rides")
def ride(me: Any, mine: Any, group: Any, ours: Any, today: Any, knobs: Any, world: Any, look: Any) -> None:
    """One line more."""
    write(look, knobs.kind_herald)



class Pen(Mechanism):
    """Goes through the lines of the day. Source: a test."""

    title = ("Pen", "笔")

    class group:
        pen_writes: float = lever(any_of, "yes/no", "lines are gone through")
        n_lines: int = daily("lines gone through", "过目行数")
        n_foreign: int = daily("lines of staff, or of somebody else", "误读行数")


@Pen.each_line(when="pen_writes")
def copy(
    line: Any, answered: Any, me: Any, mine: Any, group: Any, ours: Any, knobs: Any, world: Any
) -> None:
    """Count lines, and those that are not by an ordinary member who still sits there."""
    ours.n_lines += 1
    ours.n_foreign += 1 if me.is_staff > 0 or me.person != line.person else 0


class Attentive(Strategy):
    """Turns all of them."""

    id: ClassVar[str] = "S97"
    title: ClassVar[tuple[str, str]] = ("Attentive", "专注")
    ears_from = Knob(0, 0, 100, "day", "ears are open from this day on", "test")

    def push(self, levers: Levers, groups: GroupFacts, day: int) -> None:
        levers.ear_open.any_of(day >= self.ears_from)
        levers.pen_writes.any_of()
        levers.mouth_open.any_of()
        levers.head_turns.any_of()


class Heralded(Strategy):
    """Turns the herald's lever."""

    id: ClassVar[str] = "S95"
    title: ClassVar[tuple[str, str]] = ("Heralded", "有传令")

    def push(self, levers: Levers, groups: GroupFacts, day: int) -> None:
        levers.herald_rides.any_of()


known = known_here(Ear, Mouth, Head, Herald, Pen)


def total(tables: Tables, mechanism: str, column: str) -> int:
    """Sum of a count over groups and days."""
    return int(tables[f"mechanism.{mechanism}"][column].sum())


@pytest.mark.parametrize("lane", ["mesa", "compiled"])
def test_every_answer_is_met_by_the_rules_at_replies(lane: str) -> None:
    tables = play(lively([Attentive()]), lane)
    assert total(tables, "mouth", "n_mouths") == tables["daily"]["n_replies"].sum() > 300
    assert 0 < total(tables, "mouth", "n_first") < total(tables, "mouth", "n_mouths")


@pytest.mark.parametrize("lane", ["mesa", "compiled"])
def test_a_rule_is_handed_the_rows_of_two_mechanisms_that_its_own_uses(lane: str) -> None:
    """Staff are not met by ``each_member``, so heads see somewhat less than there was."""
    tables = play(lively([Attentive()]), lane)
    for seen, mechanism, column in (("n_heard", "ear", "n_ears"), ("n_said", "mouth", "n_mouths")):
        assert 0.5 * total(tables, mechanism, column) < total(tables, "head", seen) < total(tables, mechanism, column)


def test_both_lanes_and_several_threads_agree() -> None:
    scenario = lively([Attentive()])
    compiled = play(scenario)
    assert differing(compiled, play(scenario, "mesa")) == []
    assert differing(compiled, play(scenario.replace(threads=2))) == []


def test_rules_that_only_count_move_nothing_else() -> None:
    one, other = play(lively()), play(lively([Attentive()]))
    moved = {name for name in differing(one, other) if not name.startswith("mechanism.")}
    assert moved <= {"ledger"}  # which names the strategy


@pytest.mark.parametrize("lane", ["mesa", "compiled"])
def test_what_is_written_beside_a_planned_line_is_by_its_author_and_at_once(lane: str) -> None:
    notes = play(lively([Heralded()]), lane)["messages"]
    added = np.flatnonzero(notes["kind"] == codes()["herald"])
    assert added.size > 30
    for column in ("replicate", "group", "author", "minute"):
        assert (notes[column][added] == notes[column][added - 1]).all(), column


@pytest.mark.parametrize("lane", ["mesa", "compiled"])
def test_rules_act_on_the_days_on_which_a_lever_is_turned(lane: str) -> None:
    tables = play(lively([Attentive(every=3)]), lane)
    counts, daily = tables["mechanism.mouth"], tables["daily"]
    answered = counts["day"][counts["n_mouths"] > 0]
    assert set((answered % 3).tolist()) == {0}
    assert counts["n_mouths"].sum() == daily["n_replies"][daily["day"] % 3 == 0].sum() > 100


@pytest.mark.parametrize("lane", ["mesa", "compiled"])
def test_a_rule_whose_lever_is_turned_later_acts_from_then_on(lane: str) -> None:
    """Others have acted since the first day."""
    looks = play(lively([Attentive(ears_from=5)]), lane)["mechanism.ear"]
    days = looks["day"][looks["n_ears"] > 0]
    assert set(days.tolist()) == set(range(5, 20))


def test_lines_are_met_with_their_authors_who_are_no_staff() -> None:
    tables = play(lively([Attentive()]))
    assert total(tables, "pen", "n_foreign") == 0
    assert 300 < total(tables, "pen", "n_lines") < tables["daily"]["n_messages"].sum()


def test_where_no_lever_is_turned_nothing_is_called() -> None:
    engine = started(lively([Attentive()]))
    engine.in_play.new_day(engine.levers)  # levers are neutral before the first morning
    engine.in_play.lay_out(engine.in_lane, engine._desks)
    assert not any(desk.calls.any() for desk in engine._desks)
    engine.step()
    assert all(desk.calls.any() for desk in engine._desks)


def test_a_place_holds_only_so_many_rules() -> None:
    engine = started(lively([Attentive()]))
    engine.step()
    tied = next(iter(engine.in_play._tied.values()))
    assert laid_out_calls([[tied] * MOST_CALLS])[0, MOST_CALLS].tolist() == [0, 0, 0, 0]
    with pytest.raises(ValueError, match=f"{MOST_CALLS + 1} rules of mechanisms act at one place"):
        laid_out_calls([[tied] * (MOST_CALLS + 1)])


def test_a_gate_must_be_a_whole_number_of_the_group() -> None:
    with pytest.raises(MechanismError, match="class group has no column 'gone'"):
        Ear.at_look(gate="gone")
    with pytest.raises(MechanismError, match="gate 'ear_open' is no column of type int"):
        Ear.at_look(gate="ear_open")


def test_a_mechanism_has_at_most_as_many_rules_as_a_number_has_bits() -> None:
    class Loud(Mechanism):
        """Too many. Source: a test."""

        title = ("Loud", "吵")

    def rule(group: Any, ours: Any, knobs: Any, world: Any) -> None:
        """Nothing."""

    del Mechanism.known["loud"]
    for _ in range(31):
        Loud.at_plan()(rule)
    with pytest.raises(MechanismError, match="Loud has more than 31 rules"):
        Loud.at_plan()(rule)
