"""What every strategy is: a few knobs and one verb."""

from __future__ import annotations

from types import CodeType
from typing import ClassVar, Protocol

import numpy as np

from sim.engine.knobs import KnobSet, snake_case
from sim.engine.levers import Levers

__all__ = ["GroupFacts", "Strategy"]


class GroupFacts(Protocol):
    """What hosts can know of their groups in the morning, one number per group (a NumPy array each)."""

    day_born: np.ndarray
    n_members: np.ndarray
    seats: np.ndarray
    index: np.ndarray
    replicate: np.ndarray
    n_member_messages: np.ndarray  # of yesterday

    def luck(self, purpose: str) -> np.ndarray:
        """A uniform number of (0, 1) per group, today's, for a purpose named in :data:`sim.engine.luck.PURPOSES`."""
        ...


class Strategy(KnobSet):
    """A plan of the host. It turns levers each morning and never touches members or other parameters.

    A subclass gives its rule and source in the docstring, its knobs as class attributes, its ``title`` in both
    languages, its ``id`` of the founding material, and :meth:`push`. Its name is its class name in snake_case; its YAML
    in ``conf/strategy`` bears that name.
    """

    id: ClassVar[str] = ""
    title: ClassVar[tuple[str, str]] = ("", "")  # in English and in Simplified Chinese

    @property
    def name(self) -> str:
        """The name used in config: the class name in snake_case."""
        return type(self).config_name()

    @classmethod
    def config_name(cls) -> str:
        """The class name in snake_case."""
        return snake_case(cls.__name__)

    @classmethod
    def turns(cls) -> frozenset[str]:
        """Names of the levers that it turns: every ``levers.NAME`` in the text of its methods."""
        methods = [thing for klass in cls.__mro__ for thing in vars(klass).values() if hasattr(thing, "__code__")]
        codes = [method.__code__ for method in methods]
        return frozenset(name for code in codes for name in _names(code))

    @property
    def needs_spare_groups(self) -> bool:
        """Does this strategy open groups beyond those the community is founded with?"""
        return False

    @property
    def spare_groups_each(self) -> int:
        """If so, how many for each of the groups the community is founded with."""
        return 1

    def push(self, levers: Levers, groups: GroupFacts, day: int) -> None:
        """Turn levers for ``day``; ``groups`` holds arrays, one entry per group."""
        raise NotImplementedError(f"{type(self).__name__} turns no lever")

    def contradiction(self) -> str:
        """What is wrong with the values taken together, or nothing: ``"earliest=9 comes after latest=8"``."""
        return ""


def _names(code: CodeType) -> set[str]:
    """Every name in the text of a function and of the functions inside it."""
    inside = [inner for inner in code.co_consts if isinstance(inner, CodeType)]
    return set(code.co_names).union(*map(_names, inside)) if inside else set(code.co_names)
