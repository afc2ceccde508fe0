"""What can be declared in a mechanism, and what is refused, each with a message that names the place and the cure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from sim.engine.declarations import HOOKS, PARAMETERS, carried, daily, lever
from sim.engine.knobs import Knob
from sim.engine.levers import any_of, at_most, only_one
from sim.engine.mechanism import Mechanism, MechanismError, felt_levers, in_play
from tests.unit.rules.people import Room


@pytest.fixture(autouse=True)
def known() -> Iterator[None]:
    """What a test declares is forgotten after it."""
    before = dict(Mechanism.known)
    yield
    Mechanism.known.clear()
    Mechanism.known.update(before)


def bell() -> type[Mechanism]:
    """A mechanism that rings."""

    class Bell(Mechanism):
        """Rings."""

        title = ("Bell", "钟")
        loud = Knob(0.5, 0.0, 1.0, "share", "how loud", "assumption")
        tone = Knob("low", None, None, "", "which", "assumption", choices=("low", "high"))

        class member:
            n_heard: int = carried()
            patience: float

        class group:
            bell_rings: float = lever(any_of, "yes/no", "it rings today")
            bell_hour: float = lever(only_one, "hour", "when", neutral=-1.0)
            n_rings: int = daily("rings", "敲钟次数")

    return Bell


def test_levers_columns_and_knobs_are_read_from_the_class() -> None:
    made = bell()
    assert made.name() == "bell"
    assert {name: lever.neutral for name, lever in made.levers().items()} == {"bell_rings": 0.0, "bell_hour": -1.0}
    assert {name: c.fate for name, c in made.columns("member").items()} == {"n_heard": "carried", "patience": "kept"}
    assert list(made.columns("group", "daily")) == ["n_rings"]
    row = made(loud=0.25, tone="high").knob_row()
    assert (float(row["loud"][0]), float(row["tone"][0])) == (0.25, 1.0)


def test_it_is_in_play_where_a_lever_of_it_is_turned_and_brings_those_it_uses() -> None:
    made = bell()

    class Tower(Mechanism):
        """Stands."""

        title = ("Tower", "塔")
        uses = (made,)

        class group:
            tower_stands: float = lever(any_of, "yes/no", "it stands")

    assert in_play(["bell_hour"]) == (made,)
    assert in_play(["tower_stands", "no_lever_of_a_mechanism"]) == (made, Tower)
    assert in_play(["no_lever_of_a_mechanism"]) == ()


def test_it_is_in_play_where_the_numbers_of_the_world_say_so() -> None:
    made = bell()

    class Tower(Mechanism):
        """Stands of itself where there is stone."""

        title = ("Tower", "塔")
        uses = (made,)

        @classmethod
        def is_always(cls, knobs: Mapping[str, float]) -> bool:
            return knobs.get("stones", 0.0) > 0.0

    assert in_play([], {"stones": 1.0}) == (made, Tower)
    assert in_play([], {"stones": 0.0}) == in_play([], {"sand": 1.0}) == in_play([]) == ()


def test_a_lever_that_roles_feel_stands_in_the_groups_row_and_is_neutral_there() -> None:
    class Fence(Mechanism):
        """Stands around."""

        class group:
            fence_height: float = lever(at_most, "m", "no higher than this", felt=True)
            fence_paint: float = lever(any_of, "yes/no", "painted")

    assert "fence_height" in {one.name for one in felt_levers()}
    group = Room().group
    assert group.fence_height == 1e9
    assert group.advert_ban == 0.0
    assert not hasattr(group, "fence_paint")


def test_a_lever_or_a_count_belongs_to_one_mechanism() -> None:
    bell()
    with pytest.raises(MechanismError, match="Gong: 'bell_hour' is declared by Bell already"):

        class Gong(Mechanism):
            class group:
                bell_hour: float = lever(only_one, "hour", "when")


def test_levers_are_declared_for_groups_only() -> None:
    with pytest.raises(MechanismError, match="levers are declared in class group"):

        class Gong(Mechanism):
            class member:
                gong: float = lever(any_of, "yes/no", "what")


@pytest.mark.parametrize("kind", HOOKS)
def test_a_rule_takes_the_arguments_of_its_kind_by_name_and_in_order(kind: str) -> None:
    made = bell()
    wanted = PARAMETERS[kind]
    text = f"def rule({', '.join(wanted)}): pass\ndef other({', '.join(wanted[:-1])}): pass"
    space: dict[str, Any] = {}
    exec(text, space)
    assert getattr(made, kind)()(space["rule"]) is space["rule"]
    assert made.hooks[-1].place == HOOKS[kind][0]
    with pytest.raises(MechanismError, match=f"a rule of {kind} takes {', '.join(wanted)}"):
        getattr(made, kind)()(space["other"])


def test_persons_are_only_read_at_the_door() -> None:
    def remember(me: Any, theirs: Any, group: Any, ours: Any, knock: Any, knobs: Any, world: Any) -> None:
        theirs.n_knocks += 1

    with pytest.raises(MechanismError, match=r"remember sets theirs.\*: .* write them between_days"):
        bell().each_knock()(remember)


def test_a_place_and_a_lever_that_do_not_exist_are_named() -> None:
    made = bell()
    with pytest.raises(MechanismError, match="each_member cannot stand before breakfast; there is before visit"):
        made.each_member(before="breakfast")
    with pytest.raises(MechanismError, match="it has no lever 'bell'; there is bell_rings, bell_hour"):
        made.each_member(when="bell")
