"""What every strategy is: a few knobs and one verb."""

from __future__ import annotations

from collections.abc import Mapping
from types import CodeType
from typing import Any, ClassVar, Protocol, Self

import numpy as np

from scenarios.strategies.expected import Expected
from scenarios.strategies.families import FAMILIES, OWN
from scenarios.strategies.window import Window
from sim.engine.knobs import Knob, KnobError, Value, snake_case
from sim.engine.levers import Levers, only_one
from sim.mechanisms import all_levers

__all__ = ["RESERVED", "GroupFacts", "Strategy"]


RESERVED = frozenset({"host", "operator", "unknown"})
"""Words that tables use for those who are no strategy."""


class GroupFacts(Protocol):
    """What hosts can know of their groups in the morning, one number per group (a NumPy array each)."""

    day_born: np.ndarray
    n_members: np.ndarray
    n_peak: np.ndarray  # most members there ever were
    n_ever: np.ndarray  # who came in at the door since day 0, founders not counted
    seats: np.ndarray
    index: np.ndarray
    replicate: np.ndarray
    n_member_messages: np.ndarray  # of yesterday
    new_joined: np.ndarray  # yesterday
    stage: np.ndarray  # as the host judges it (sim.stage_watch), where a strategy of the run asks for it

    def luck(self, purpose: str) -> np.ndarray:
        """A uniform number of (0, 1) per group, today's, for a purpose named in :data:`sim.engine.luck.PURPOSES`."""
        ...


class Strategy(Window):
    """A plan of the host. It turns levers each morning and never touches members or other parameters.

    It is played while and where its window is open (:class:`~scenarios.strategies.window.Window`). A run may have
    several of one kind, told apart by the names of their nodes in config.

    A subclass gives its rule and source in the docstring, its knobs as class attributes, its ``title`` in both
    languages, its ``id`` of the founding material, its ``family`` and :meth:`push`. Its name is its class name in
    snake_case; its YAML in ``conf/strategy`` bears that name.
    """

    id: ClassVar[str] = ""
    family: ClassVar[str] = OWN  # one of FAMILIES
    title: ClassVar[tuple[str, str]] = ("", "")  # in English and in Simplified Chinese
    expected: ClassVar[tuple[Expected, ...]] = ()  # what it is expected to do, said beforehand
    doses: ClassVar[tuple[Mapping[str, Value], ...]] = ()  # three doses to try, the weakest first
    needs: ClassVar[frozenset[str]] = frozenset()  # levers of which another strategy of the arm must turn one

    chooses_founders: ClassVar[bool] = False  # are its levers turned before the founding, too?

    def __init__(self, node: str = "", **values: object) -> None:
        super().__init__(**values)
        if node.lower() in RESERVED:
            raise KnobError(f"a strategy cannot be called '{node}': in tables that is who bears what nobody asked for")
        self.node = node

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if taken := sorted(set(Window.window_knobs()) & set(vars(cls))):
            raise TypeError(f"{cls.__name__}.{taken[0]}: every strategy has a knob of this name (its window)")
        if cls.family not in FAMILIES:
            raise TypeError(f"{cls.__name__}.family='{cls.family}': there is no such family; take one of "
                            f"{', '.join(FAMILIES)}")  # fmt: skip

    @property
    def name(self) -> str:
        """The name in config and tables: that of its node, else the class name in snake_case."""
        return self.node or type(self).config_name()

    @classmethod
    def own_knobs(cls) -> dict[str, Knob[Any]]:
        """The knobs without those of the window, which all strategies have."""
        return {name: knob for name, knob in cls.knobs().items() if name not in cls.window_knobs()}

    @property
    def values(self) -> dict[str, Value]:
        """The values of its own knobs, and those of the window that are not open."""
        return {name: self.__dict__[name] for name in self.own_knobs()} | self.window

    def replace(self, changes: Mapping[str, object]) -> Strategy:
        """A copy with some values changed."""
        return type(self)(self.node, **{**self.values, **changes})

    def called(self, node: str) -> Self:
        """The same under another name."""
        return type(self)(node, **self.values)

    def __eq__(self, other: object) -> bool:
        return super().__eq__(other) and self.name == getattr(other, "name", "")

    def __hash__(self) -> int:
        return hash((super().__hash__(), self.name))

    @classmethod
    def config_name(cls) -> str:
        """The class name in snake_case."""
        return snake_case(cls.__name__)

    @classmethod
    def turns(cls) -> frozenset[str]:
        """Names of the levers that it turns: every ``levers.NAME`` in the text of its methods."""
        own = [klass for klass in cls.__mro__ if issubclass(klass, Strategy) and klass is not Strategy]
        methods = [thing for klass in own for thing in vars(klass).values() if hasattr(thing, "__code__")]
        codes = [method.__code__ for method in methods]
        return frozenset(name for code in codes for name in _names(code))

    @classmethod
    def claims(cls) -> frozenset[str]:
        """Levers that only one strategy can hold at a time in a group, among those it turns."""
        turned = cls.turns()
        return frozenset(lever.name for lever in all_levers() if lever.name in turned and lever.law == only_one)

    @property
    def rests(self) -> frozenset[str]:
        """Levers that it leaves alone at these doses: what only they are for is not put in play."""
        return frozenset()

    @property
    def needs_spare_groups(self) -> bool:
        """Does this strategy open groups beyond those the community is founded with?"""
        return self.opens_for_waiting

    @property
    def spare_groups_each(self) -> int:
        """If so, how many for each of the groups the community is founded with."""
        return 1

    @property
    def opens_for_waiting(self) -> bool:
        """Does it give those who wait at a door to a group that it opens? Only one strategy can."""
        return False

    @property
    def removes_at_once(self) -> bool:
        """Is whoever breaks a rule out at once? Then nobody can be sanctioned by degrees."""
        return False

    def turn(self, levers: Levers, groups: GroupFacts, day: int) -> None:
        """Turn today's levers in the groups in which it is played today."""
        mask = self.open_in(groups, day)
        if mask is None or mask.any():
            levers.holder, levers.mask = self.name, mask
            self.push(levers, groups, day)

    def push(self, levers: Levers, groups: GroupFacts, day: int) -> None:
        """Turn levers for ``day``; ``groups`` holds arrays, one entry per group."""
        raise NotImplementedError(f"{type(self).__name__} turns no lever")

    def unfed(self) -> str:
        """What is wrong where nobody turns one of the levers that it needs."""
        return f"{self.name} has nothing to work on"

    def never_binds(self, seats: int) -> str:
        """The knob whose value asks for more than a group's ``seats`` can hold, so that it does nothing; or nothing."""
        return ""

    def is_met_by(self, members: int) -> str:
        """The knob whose goal groups of so many members have reached before the first day; or nothing."""
        return ""

    @property
    def most_members(self) -> float:
        """Members beyond whom it lets nobody into a group."""
        return float("inf")

    def leaves_no_room(self, members: int, seats: int) -> str:
        """The knob whose value, beside so many members, takes every seat of a group; or nothing."""
        return ""

    def contradiction(self) -> str:
        """What is wrong with the values taken together, or nothing: ``"earliest=9 comes after latest=8"``."""
        return ""


def _names(code: CodeType) -> set[str]:
    """Every name in the text of a function and of the functions inside it."""
    inside = [inner for inner in code.co_consts if isinstance(inner, CodeType)]
    return set(code.co_names).union(*map(_names, inside)) if inside else set(code.co_names)
