"""Several arms on one line: ``arms='nothing; group_cap.limit=100; paid_entry.price=9.9+advert_ban'``.

    arms      ARM; ARM; …                     the first is the reference
    ARM       STRATEGY+STRATEGY+…             played together
    STRATEGY  name                            with the doses of its file
              name.knob=value,knob=value,…    with these doses, in this arm alone

The line is no override: ``;``, ``+`` and ``=`` mean something else to Hydra, so it is taken out of the words before
these are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from scenarios.config import catalog
from scenarios.errors import ConfigError, shown
from sim.engine.knobs import did_you_mean

__all__ = ["EXAMPLE", "arm_place", "arms_of", "refuse_beside"]

EXAMPLE = "arms='nothing; group_cap.limit=100; paid_entry'"
MOST = 100
_LONGEST = 120
_PART = re.compile(r"([^.=]+)([.=]?)(.*)")
_WIDE = str.maketrans("；＋＝，", ";+=,")  # as a Chinese keyboard writes them
_BESIDE = {
    "strategy": "arms= names the strategies of every arm; write 'STRATEGY+STRATEGY' in each arm that is to have them",
    "strategies": "with arms= a dose is written in the arm that is to have it, like group_cap.limit=100",
    "study": "a study has arms of its own; give arms= or study=, not both",
    "arm": "arms= names its arms itself; leave arm= out",
}


def arms_of(line: str) -> list[tuple[str, tuple[str, ...]]]:
    """Every arm of the line: its label, which is what stands between the semicolons, and its overrides.

    Raises
    ------
    ConfigError
        Naming the number of the arm, what is wrong in it, and the cure.
    """
    labels = [" ".join(text.split()) for text in line.translate(_WIDE).split(";")]
    if not any(labels):
        raise ConfigError(f"arms= names no arm; write {EXAMPLE}")
    if len(labels) > MOST:
        raise ConfigError(f"arms: {len(labels)} arms; the most is {MOST}, a study's file (conf/study) takes more")
    return [(label, _overrides(label, arm_place(number, label))) for number, label in enumerate(labels, 1)]


def arm_place(number: int, label: str) -> str:
    """How messages name an arm."""
    return f"arms: arm {number}, '{shown(label)}'"


def refuse_beside(words: Iterable[str]) -> None:
    """Refuse, beside ``arms=``, what says otherwise what is played."""
    for text in words:
        key = text.lstrip("+~").partition("=")[0]
        if why := _BESIDE.get(key.split(".")[0]):
            raise ConfigError(f"'{shown(text)}' beside arms=: {why}")


def _overrides(label: str, place: str) -> tuple[str, ...]:
    """``strategy=[a,b]``, and the doses."""
    if len(label) > _LONGEST or not label.isprintable():
        raise ConfigError(f"{place}: an arm is written in up to {_LONGEST} printable letters; give a longer one a name "
                          "in a study's file (conf/study)")  # fmt: skip
    parts = [_PART.fullmatch(part.strip()) for part in label.split("+")]
    read = [part.groups() for part in parts if part]
    names = [name.strip() for name, _, _ in read]
    if len(read) < len(parts) or not all(names):
        lone = "there is a '+' with nothing beside it" if "+" in label else "it names no strategy"
        raise ConfigError(f"{place}: {lone}; write {EXAMPLE}")
    for name in names:
        _check_name(name, place)
        if names.count(name) > 1:
            raise ConfigError(f"{place}: '{name}' stands in it {names.count(name)} times; write its doses together: "
                              f"{name}.knob=value,knob=value")  # fmt: skip
    doses = [dose for (_, mark, rest), name in zip(read, names, strict=True) if mark
             for dose in _doses(name, mark, rest, place)]  # fmt: skip
    return (f"strategy=[{','.join(names)}]", *doses)


def _check_name(name: str, place: str) -> None:
    known = catalog.options("strategy")
    if name not in known:
        raise ConfigError(f"{place}: there is no strategy '{shown(name)}'{_nearest(name)}")


def _nearest(name: str) -> str:
    """The strategy of that title, in whatever language, or of a name like it."""
    titles = {title.lower(): one for one, made in catalog.strategies().items() for title in made.title}
    if name.lower() in titles:
        return f"; did you mean '{titles[name.lower()]}'?"
    return did_you_mean(name, catalog.options("strategy"))


def _doses(name: str, mark: str, rest: str, place: str) -> Iterator[str]:
    """``strategies.NAME.knob=value`` for each dose of a strategy."""
    if mark == "=":
        raise ConfigError(f"{place}: '{shown(name + mark + rest)}' names no knob; write {name}.knob=value")
    if catalog.is_plan(name):
        raise ConfigError(f"{place}: '{name}' is a plan with doses of its own; `shequn explain {name}` tells them")
    known = catalog.strategies()[name].knobs()
    for dose in rest.split(","):
        knob, equals, value = (text.strip() for text in dose.partition("="))
        if equals and knob not in known:
            own = catalog.strategies()[name].own_knobs()
            raise ConfigError(f"{place}: {name} has no knob '{shown(knob)}'{did_you_mean(knob, own)}")
        if not value:
            raise ConfigError(f"{place}: '{shown(dose)}' gives no knob a value; write {name}.knob=value,knob=value; "
                              "another value is another arm")  # fmt: skip
        yield f"strategies.{name}.{knob}={value}"
