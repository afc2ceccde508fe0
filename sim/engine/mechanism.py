"""A mechanism is one file that declares everything one thing needs: knobs, levers, state, what is counted, and rules.

From the declaration follow the tables in which its state lies, the daily reset, what is recorded, outcomes, the
parameter page, ``explain`` and labels in both languages. Its rules are hooks: plain functions of one person or one
group, compiled each on its own. A mechanism of which no lever is turned costs nothing and changes nothing, unless the
world's numbers put it in play (:meth:`Mechanism.is_always`).

    class Quiz(Mechanism):
        title = ("Quiz", "有奖问答")
        prize_joy = Knob(0.1, 0.0, 1.0, "share", "belonging gained by a prize", "assumption")

        class member:
            n_won: int = carried()

        class group:
            quiz_prize: float = lever(only_one, "CNY", "prize of the day's question")
            n_quizzes: int = daily("quizzes", "问答次数")

    @Quiz.each_visitor(after="talk", when="quiz_prize")
    def cheer(me, mine, group, ours, today, knobs, world):
        ...
"""

from __future__ import annotations

import inspect
import typing
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, ClassVar

import numpy as np

from sim.engine.declarations import HOOKS, ORDERING, PARAMETERS, Column, Hook, Rule
from sim.engine.knobs import KnobSet, snake_case
from sim.engine.levers import Lever
from sim.engine.refusals import sets_columns_of
from sim.engine.rows import CACHE_LINE, row_type

__all__ = ["Mechanism", "MechanismError", "felt_levers", "in_play"]

Turned = str | tuple[str, ...]
"""Of which levers a rule depends: one, or any of some."""
Mark = Callable[[Rule], Rule]
TABLES = ("member", "group", "world", "person")
MOST_RULES = 31
"""Of one mechanism: each has a bit of its group's ``runs``."""
LINES = {"member": 8, "group": CACHE_LINE, "world": CACHE_LINE, "person": 1}
"""Bytes of which rows take a whole number: members are gone through in turn, persons are millions, seldom seen."""


@dataclass
class _Declared:
    """What a class declares, read once."""

    columns: dict[str, dict[str, Column]] = field(default_factory=dict)
    types: dict[str, np.dtype] = field(default_factory=dict)
    levers: dict[str, Lever] = field(default_factory=dict)
    kinds: dict[str, Any] = field(default_factory=dict)  # of message, in the terms of the model


class MechanismError(TypeError):
    """A declaration that cannot be: the message names the mechanism, the place and the cure."""


class Mechanism(KnobSet):
    """Base of all mechanisms. Its name in config is the class name in snake_case."""

    title: ClassVar[tuple[str, str]] = ("", "")  # in English and in Simplified Chinese
    uses: ClassVar[tuple[type[Mechanism], ...]] = ()
    opens: ClassVar[str] = ""  # its knob that says how many groups, for each one founded, it may open for other owners
    known: ClassVar[dict[str, type[Mechanism]]] = {}
    hooks: ClassVar[list[Hook]]
    declared: ClassVar[_Declared]

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.hooks, cls.declared = [], _read(cls)
        _refuse_doubles(cls)
        Mechanism.known[cls.name()] = cls

    @classmethod
    def name(cls) -> str:
        """The name used in config and tables."""
        return snake_case(cls.__name__)

    @classmethod
    def levers(cls) -> dict[str, Lever]:
        """The levers it declares, by name."""
        return cls.declared.levers

    @classmethod
    def is_always(cls, knobs: Mapping[str, float]) -> bool:
        """Is it in play even if no lever of it is turned? ``knobs`` are the numbers of the world by name."""
        return False

    @classmethod
    @cache
    def columns(cls, table: str, fate: str = "") -> dict[str, Column]:
        """Columns of a table (``member``, ``group``, ``world``, ``person``), or those of one fate."""
        return {name: c for name, c in cls.declared.columns[table].items() if fate in ("", c.fate)}

    @classmethod
    def knob_type(cls) -> np.dtype:
        """Row type of its knobs, numbers and yes/no; choices are handed over as their place in the list.

        Behind them stand the codes of the kinds of message it appends: ``kind_NAME``, whole numbers.
        """
        names = list(cls.knobs()) or ["none"]
        return np.dtype([*((name, "f8") for name in names), *(("kind_" + name, "i8") for name in cls.declared.kinds)])

    def knob_row(self, codes: Mapping[str, int] | None = None) -> np.ndarray:
        """One row of its values; ``codes`` are those of kinds of message."""
        row = np.zeros(1, self.knob_type())
        for name in self.declared.kinds if codes else ():
            row["kind_" + name] = (codes or {})[name]
        for name, knob in self.knobs().items():
            value = self.values[name]
            row[name] = knob.choices.index(value) if isinstance(value, str) else float(value)
        return row

    # --- hooks: decorators for the rules ---------------------------------------------------------------------------

    @classmethod
    def each_member(cls, before: str = "", after: str = "", when: Turned = "", since: Turned = "") -> Mark:
        """For every ordinary member: ``(me, mine, group, ours, today, knobs, world)``."""
        return cls._hook("each_member", before, after, when, since)

    @classmethod
    def each_visitor(cls, before: str = "", after: str = "", when: Turned = "", since: Turned = "") -> Mark:
        """For every ordinary member who looks at the group today (cheap): as :meth:`each_member`."""
        return cls._hook("each_visitor", before, after, when, since)

    @classmethod
    def each_group(cls, before: str = "", after: str = "", when: Turned = "", since: Turned = "") -> Mark:
        """For every group: ``(group, ours, knobs, world, desk)``; ``desk`` is for :func:`say`."""
        return cls._hook("each_group", before, after, when, since)

    @classmethod
    def each_line(cls, when: Turned = "", since: Turned = "") -> Mark:
        """For every line of today's talk, after it: ``(line, answered, me, mine, group, ours, knobs, world)``.

        ``me`` is its author, an ordinary member; ``answered`` the line it answers, or the line itself.
        """
        return cls._hook("each_line", "", "", when, since)

    @classmethod
    def at_look(
        cls, before: str = "", after: str = "", when: Turned = "", since: Turned = "", gate: str = ""
    ) -> Mark:
        """Whenever somebody looks: ``(me, mine, group, ours, today, knobs, world, look)``; the only hook in the talk.

        ``after read`` at every look, ``before all`` at every look of staff, when what is new has been read (``look``
        then bears the log: ``look.desk``, ``look.members``, ``look.first``, the first line just read); ``before reply``
        and ``after reply`` at looks at which one may answer; ``before post`` when a line that was planned is about to
        be written (``look.kind`` is its kind). While ``gate``, an ``int`` column of the group, is 0 the rule rests.
        """
        if gate and gate not in {*cls.columns("group"), *cls.levers()}:
            raise MechanismError(f"{cls.__name__}: class group has no column '{gate}'")
        if gate and cls.declared.types["group"][gate] != np.int32:
            raise MechanismError(f"{cls.__name__}: gate '{gate}' is no column of type int")
        return cls._hook("at_look", before, after, when, since, gate)

    @classmethod
    def at_reply(cls, when: Turned = "", since: Turned = "") -> Mark:
        """Whenever somebody has answered a line: ``(line, answered, me, mine, group, ours, today, knobs, world)``;
        ``line`` is the answer and ``me`` its author, staff or not; ``answered.n_answers`` counts it already.
        """
        return cls._hook("at_reply", "", "", when, since)

    @classmethod
    def at_plan(cls, when: Turned = "", since: Turned = "") -> Mark:
        """The operator's morning, group by group: may take from purse and minutes, and plan lines (``host_says``)."""
        return cls._hook("at_plan", "", "", when, since)

    @classmethod
    def each_knock(cls, before: str = "", after: str = "", when: Turned = "", since: Turned = "") -> Mark:
        """For everybody who comes to the door, before they know whether they want in, or ``after="wish"`` for whoever
        does: ``(me, theirs, group, ours, knock, knobs, world)``; ``me`` is their row on the doorstep.

        ``theirs`` is the person's row of this mechanism (``class person``: to be read only, they may stand at another
        door too), ``knock`` what they meet: ``price`` (CNY), ``worth`` (logit, money's worth, held against it) and
        ``enter`` (logit, all else) to be added to, ``is_refused``. Not called under ``same_members``: no door is shut.
        """
        return cls._hook("each_knock", before, after, when, since)

    @classmethod
    def on_seat(cls, when: Turned = "", since: Turned = "") -> Mark:
        """When somebody comes in: ``(me, mine, group, ours, knobs, world)``; not for who is moved, no newcomer."""
        return cls._hook("on_seat", "", "", when, since)

    @classmethod
    def on_leave(cls, when: Turned = "", since: Turned = "") -> Mark:
        """On the evening on which somebody leaves, is sent away or moves: after the evening's orders."""
        return cls._hook("on_leave", "", "", when, since)

    @classmethod
    def on_buy(cls, when: Turned = "", since: Turned = "") -> Mark:
        """On the evening on which somebody has bought."""
        return cls._hook("on_buy", "", "", when, since)

    @classmethod
    def between_days(cls, after: str = "", when: Turned = "", since: Turned = "") -> Mark:
        """Once a day for a community: ``(state, own, c, knobs, world)``; orders (verbs) may be given, but neither
        ``after="seat"`` (who came in today sits there) nor ``after="leave"`` (who goes tonight is listed)."""
        return cls._hook("between_days", "", after, when, since)

    @classmethod
    def each_evening(cls, when: Turned = "", since: Turned = "") -> Mark:
        """Once a day for every open group that is not about to close: ``(state, own, g, group, ours, knobs, world)``;
        the place for orders (verbs); may ask for tables of ``uses``. All groups in turn, then the next rule."""
        return cls._hook("each_evening", "", "", when, since)

    @classmethod
    def _hook(cls, kind: str, before: str, after: str, when: Turned, since: Turned, gate: str = "") -> Mark:
        place = f"before {before}" if before else f"after {after}" if after else HOOKS[kind][0]
        if place not in HOOKS[kind]:
            raise MechanismError(f"{cls.__name__}: {kind} cannot stand {place}; there is {', '.join(HOOKS[kind])}")
        turned, ever = (((names,) if names else ()) if isinstance(names, str) else names for names in (when, since))
        for lever in (*turned, *ever):
            if lever not in cls.levers():
                raise MechanismError(f"{cls.__name__}: it has no lever '{lever}'; there is {', '.join(cls.levers())}")

        def mark(rule: Rule) -> Rule:
            given, wanted = tuple(inspect.signature(rule).parameters), PARAMETERS[kind]
            wanted += () if kind in ORDERING and given == wanted else tuple(used.name() for used in cls.uses)
            if given != wanted:
                raise MechanismError(f"{rule.__name__}({', '.join(given)}): a rule of {kind} takes {', '.join(wanted)}")
            read_only = ("theirs", *wanted[len(PARAMETERS[kind]) :]) if kind == "each_knock" else ()
            if set_there := [name for name in read_only if sets_columns_of(rule, name)]:
                raise MechanismError(f"{rule.__name__} sets {set_there[0]}.*: people may knock at two doors at once, "
                                     "so they are only read there; write them between_days")  # fmt: skip
            cls.hooks.append(Hook(kind, place, rule, turned, ever, gate))
            if len(cls.hooks) > MOST_RULES:
                raise MechanismError(f"{cls.__name__} has more than {MOST_RULES} rules; make two mechanisms of it")
            return rule

        return mark


def _read(cls: type[Mechanism]) -> _Declared:
    """Columns, row types and levers of the nested classes ``member``, ``group``, ``world`` and ``person``; kinds."""
    found = _Declared()
    for table in TABLES:
        owner = vars(cls).get(table)
        columns: dict[str, Column] = {}
        extra: list[tuple[str, str]] = []
        for name, value in vars(owner).items() if owner is not None else ():
            if isinstance(value, Lever):
                if table != "group":
                    raise MechanismError(f"{cls.__name__}.{table}.{name}: levers are declared in class group")
                found.levers[name] = value
                extra.append((name, "f8"))
            elif isinstance(value, Column):
                columns[name] = value
        hints = typing.get_type_hints(owner, include_extras=True) if owner is not None else {}
        for name in hints:
            if name not in found.levers:
                columns.setdefault(name, Column())
        found.columns[table] = columns
        extra += [("runs", "i4")] if table == "group" else []
        plain = type(f"{cls.__name__}_{table}", (), {"__annotations__": {n: hints[n] for n in columns}})
        if not columns and not extra:
            found.types[table] = np.dtype([("none", "i1")])
        else:
            found.types[table] = row_type(plain, extra=extra or None, line=LINES[table])
    kinds = vars(vars(cls)["kinds"]) if "kinds" in vars(cls) else {}
    found.kinds = {name: one for name, one in kinds.items() if not name.startswith("_")}
    return found


def _refuse_doubles(cls: type[Mechanism]) -> None:
    """Levers and counts are known by their names alone, so a name belongs to one mechanism."""
    ours = {*cls.levers(), *cls.columns("group", "daily")}
    for other in Mechanism.known.values():
        if other.__name__ != cls.__name__:
            for name in sorted(ours & {*other.levers(), *other.columns("group", "daily")}):
                raise MechanismError(f"{cls.__name__}: '{name}' is declared by {other.__name__} already")


def felt_levers() -> tuple[Lever, ...]:
    """The levers of known mechanisms that stand in the group's main row, in play or not, sorted by mechanism."""
    known = (Mechanism.known[name] for name in sorted(Mechanism.known))
    return tuple(lever for one in known for lever in one.levers().values() if lever.is_felt)


def in_play(turned: Iterable[str], knobs: Mapping[str, float] | None = None) -> tuple[type[Mechanism], ...]:
    """Mechanisms of which a lever is turned, those that these numbers of the world put in play, and those they use,
    sorted by name.
    """
    names, numbers = set(turned), knobs or {}
    waiting = [m for m in Mechanism.known.values() if names & set(m.levers()) or m.is_always(numbers)]
    found: dict[str, type[Mechanism]] = {}
    while waiting:
        one = waiting.pop()
        if one.name() not in found:
            found[one.name()] = one
            waiting.extend(one.uses)
    return tuple(found[name] for name in sorted(found))
