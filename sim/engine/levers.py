"""Levers: all that a host can do to a group. Neutral every morning, turned by strategies, felt by members.

Each lever has one law by which several turns combine. The laws commute, and turns are folded in sorted name order,
so strategies combine in any order and none has to clean up after itself:

``at_most``  the smallest value counts        ``plus``   the values add up
``any_of``   true if anyone says so           ``times``  the values multiply
``only_one`` one claimant; a second one is a contradiction and is refused by name
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple, overload

import numpy as np

from sim.engine.knobs import did_you_mean

__all__ = [
    "Contradiction", "Lever", "LeverHandle", "Levers", "any_of", "at_most", "only_one", "plus", "times",
]  # fmt: skip

at_most, plus, times, any_of, only_one = "at_most", "plus", "times", "any_of", "only_one"
LAWS = (at_most, plus, times, any_of, only_one)
"""The laws, to be named in declarations."""
NEUTRAL = {at_most: 1e9, plus: 0.0, times: 1.0, any_of: 0.0, only_one: 0.0}


class Contradiction(ValueError):
    """Two strategies claim a lever that only one can hold."""


class Lever:
    """One lever, declared as a class attribute, whose name it takes.

    Parameters
    ----------
    law
        How several turns combine, see above.
    unit, doc
        Unit of the value, and what it means in a sentence.
    neutral
        The value at which it does nothing; that of the law if not given.
    bears
        Kind of cost (see :mod:`sim.data.recorder`) that its holder answers for.
    is_felt
        Roles read it in their own rules: its value stands in the group's main row too, under the same name, neutral
        where its mechanism is not in play.
    """

    def __init__(
        self, law: str, unit: str, doc: str, neutral: float | None = None, bears: str = "", is_felt: bool = False
    ) -> None:
        self.law, self.unit, self.doc, self.bears, self.is_felt = law, unit, doc, bears, is_felt
        self.neutral = NEUTRAL[law] if neutral is None else neutral
        self.name = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    if TYPE_CHECKING:  # in a row it is a number of its own

        @overload
        def __get__(self, row: None, owner: type) -> Lever: ...
        @overload
        def __get__(self, row: object, owner: type) -> float: ...
        def __get__(self, row: object | None, owner: type) -> Lever | float: ...
        def __set__(self, row: object, value: float) -> None: ...


class LeverHandle:
    """One lever in reach of the strategy whose turn it is. The verb must be the lever's own law."""

    def __init__(self, levers: Levers, lever: Lever) -> None:
        self._levers, self._lever = levers, lever

    def at_most(self, value: float | np.ndarray) -> None:
        """Let no more than ``value`` pass."""
        self._turn("at_most", value)

    def plus(self, value: float | np.ndarray) -> None:
        """Add ``value``."""
        self._turn("plus", value)

    def times(self, value: float | np.ndarray) -> None:
        """Multiply by ``value``."""
        self._turn("times", value)

    def any_of(self, value: bool | np.ndarray = True) -> None:
        """Switch on (where ``value`` is true)."""
        self._turn("any_of", np.asarray(value, dtype=float))

    def only_one(self, value: float | np.ndarray) -> None:
        """Claim the lever. A second claimant is refused."""
        self._turn("only_one", value)

    def _turn(self, law: str, value: float | np.ndarray) -> None:
        if law != self._lever.law:
            raise TypeError(f"lever {self._lever.name} is turned by {self._lever.law}, not by {law}")
        self._levers.record(self._lever, value)


class Turn(NamedTuple):
    """What one strategy has done to a lever this morning."""

    holder: str
    value: float | np.ndarray
    mask: np.ndarray | None  # the groups in which it is played today; None: all
    morning: int = 0  # how many mornings there were before


class Levers:
    """The levers of ``n_groups`` groups on one morning.

    Strategies write ``levers.entry_price.only_one(9.9)``; the engine calls :meth:`reset`, lets every strategy push in
    sorted name order, and reads :attr:`settings`. Before each it sets :attr:`holder`, and :attr:`mask` to the groups in
    which the strategy is played today: elsewhere its turns do nothing.
    """

    def __init__(self, n_groups: int, levers: tuple[Lever, ...]) -> None:
        self._known = {lever.name: lever for lever in levers}
        self.n_groups = n_groups
        self.settings = {lever.name: np.full(n_groups, lever.neutral) for lever in levers}
        self.turns: dict[str, list[Turn]] = {}
        self.last_turns: dict[str, list[Turn]] = {}  # those of each group's last day with one
        self.morning = 0
        self.holder = "?"
        self.mask: np.ndarray | None = None

    def reset(self) -> None:
        """Every lever back to neutral, as each morning."""
        for name in self.turns:
            self.settings[name].fill(self._known[name].neutral)
        for name, turns in self.turns.items():
            self.last_turns[name] = [*turns, *_elsewhere(self.last_turns.get(name, ()), turns)]
        self.turns.clear()
        self.morning += 1

    def stand_back(self, where: np.ndarray) -> None:
        """In these groups, which are somebody else's, nothing has been turned today."""
        for name in self.turns:
            self.settings[name][where] = self._known[name].neutral

    def __getattr__(self, name: str) -> LeverHandle:
        known = self.__dict__.get("_known", {})
        if name not in known:
            raise AttributeError(f"there is no lever '{name}'{did_you_mean(name, known)}")
        return LeverHandle(self, known[name])

    def record(self, lever: Lever, value: float | np.ndarray) -> None:
        """Fold one turn of the present holder into the lever by its law, in the groups of the mask."""
        turns = self.turns.setdefault(lever.name, [])
        if lever.law == only_one:
            for turn in turns:
                if turn.holder != self.holder and np.any(_groups(turn.mask) & _groups(self.mask)):
                    raise Contradiction(
                        f"{turn.holder} and {self.holder} both want to set {lever.name}; choose one of them"
                    )
        turns.append(Turn(self.holder, value, self.mask, self.morning))
        setting, where = self.settings[lever.name], _groups(self.mask)
        if lever.law == only_one:
            np.copyto(setting, value, where=where)
        else:
            _FOLDS[lever.law](setting, value, out=setting, where=where)

    def borne(self, paid: np.ndarray, names: Iterable[str]) -> Iterator[tuple[str, np.ndarray]]:
        """Who bears what was paid in each group, and how much: those who turned any of the levers there today, else
        those who were the last to; where nobody ever did, the host.
        """
        names, rest = tuple(names), paid
        for is_over in (False, True):
            shares = self.shares(names, is_over) if rest.any() else {}
            yield from ((holder, rest * share) for holder, share in shares.items())
            if shares:
                rest = np.where(sum(shares.values()) == 0.0, rest, 0.0)
        yield "host", rest

    def shares(self, names: Iterable[str], is_over: bool = False) -> dict[str, np.ndarray]:
        """Who answers for some levers taken together: each holder's part by group; if it ``is_over``, by how they were
        turned on the last day on which any of them was turned in that group.

        The parts add up to 1 in groups in which anybody turned any of them, and are 0 elsewhere. A lever is shared out
        by its law: ``plus`` by amount, ``times`` by |log|, ``any_of`` equally, ``at_most`` to whose value holds,
        ``only_one`` to its claimant. Levers that are moved count the same each; where none is (all amounts are zero),
        whoever turned one bears the same.
        """
        known = self.last_turns if is_over else self.turns
        turned = {name: known.get(name, ()) for name in names}
        last = np.full(self.n_groups, -1)
        for turn in chain.from_iterable(turned.values()):
            np.maximum(last, turn.morning, out=last, where=_groups(turn.mask))
        moved: dict[str, np.ndarray] = {}
        present: dict[str, np.ndarray] = {}
        for name, turns in turned.items():
            amounts: dict[str, np.ndarray] = {}
            lever, setting = self._known[name], self.settings[name]
            for holder, value, mask, morning in turns:
                where = (_groups(mask) & (last == morning)).astype(float)
                weight = _WEIGHTS[lever.law](np.asarray(value, dtype=float), setting, lever.neutral)
                amounts[holder] = amounts.get(holder, 0.0) + where * weight
                present[holder] = np.maximum(present.get(holder, 0.0), where)
            for holder, part in _shared_out(amounts).items():
                moved[holder] = moved.get(holder, 0.0) + part
        is_none = sum(moved.values()) == 0.0
        return _shared_out({holder: np.where(is_none, present[holder], moved[holder]) for holder in moved})


def _groups(mask: np.ndarray | None) -> Any:
    return np.True_ if mask is None else mask


def _elsewhere(earlier: Iterable[Turn], turns: Sequence[Turn]) -> list[Turn]:
    """Of earlier turns what is left of them: in groups in which there are no later ones."""
    masks = [turn.mask for turn in turns if turn.mask is not None]
    if len(masks) < len(turns):
        return []
    is_left = ~np.logical_or.reduce(masks)
    kept = (turn._replace(mask=is_left & _groups(turn.mask)) for turn in earlier)
    return [turn for turn in kept if np.any(turn.mask)]


def _shared_out(weights: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Weights as parts of their sum, group by group; 0 where the sum is."""
    total = sum(weights.values())
    return {holder: np.divide(weight, total, out=np.zeros_like(weight), where=total > 0.0)
            for holder, weight in weights.items()}  # fmt: skip


_FOLDS: dict[str, np.ufunc] = {at_most: np.minimum, plus: np.add, times: np.multiply, any_of: np.maximum}
_WEIGHTS: dict[str, Callable[[np.ndarray, np.ndarray, float], Any]] = {
    plus: lambda value, setting, neutral: np.abs(value),
    times: lambda value, setting, neutral: np.abs(np.log(np.maximum(value, 1e-300))),
    any_of: lambda value, setting, neutral: value > 0.0,
    at_most: lambda value, setting, neutral: (value <= setting) & (value < neutral),
    only_one: lambda value, setting, neutral: value != neutral,
}
