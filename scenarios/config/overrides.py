"""Overrides as Hydra writes them (``key=value``), read and checked before anything is composed."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from hydra.core.override_parser.overrides_parser import OverridesParser
from hydra.core.override_parser.types import Override
from hydra.errors import HydraException

from scenarios.config.catalog import options
from scenarios.errors import ConfigError, shown
from sim.engine.knobs import did_you_mean

__all__ = ["Choice", "chosen", "expand", "merged", "read", "written"]

# Words of neighbouring groups and commands, answered plainly.
_ELSEWHERE = {"study": "`shequn study study=NAME` plays a study",
              "arms": "`shequn run` alone takes arms on one line; a study names them in its file",
              "hydra": "Hydra's own settings cannot be changed here"}
_ELSEWHERE |= {key: f"only you yourself can say it: beside the command (shequn run {key}=FOLDER …), or in Python by "
                    f"compose(…, {key}=FOLDER)" for key in ("plugins", "conf_dir")}  # fmt: skip


@dataclass(frozen=True)
class Choice:
    """One override: key, parsed value and the text of the value."""

    key: str
    value: object
    text: str


def read(overrides: Iterable[str]) -> list[Choice]:
    """Parse overrides and refuse what cannot be meant: deletions, packages, sweeps, a key given twice."""
    choices: list[Choice] = []
    for text in overrides:
        choices.append(_choice(_checked(text)))
    keys = [choice.key for choice in choices]
    for key in keys:
        if keys.count(key) > 1:
            raise ConfigError(f"'{shown(key)}' is given {keys.count(key)} times; give it once")
    return choices


@lru_cache(maxsize=4096)  # the arms of a study share most of their overrides, and each takes a millisecond to read
def _choice(text: str) -> Choice:
    override = _parse(text)
    if override.is_sweep_override():
        raise ConfigError(f"{shown(text)}: several values at once need -m (one run for each); a list is [a,b]")
    return Choice(override.key_or_group, override.value(), override.get_value_element_as_str())


def chosen(group: str, choices: Sequence[Choice], default: list[str]) -> list[str]:
    """The checked names chosen for a config group; ``default`` where nothing is said."""
    given = [choice for choice in choices if choice.key == group]
    if not given:
        return default
    value = given[0].value
    names = value if isinstance(value, list) and group == "strategy" else [value]
    for name in names:
        _check_option(group, name, len(names) > 1 or isinstance(value, list))
    return [str(name) for name in names]


def _check_option(group: str, name: object, in_list: bool) -> None:
    known = options(group)
    if isinstance(name, str) and name in known:
        return
    if isinstance(name, list):
        raise ConfigError(f"{group}={shown(name)}: choose one; there is {', '.join(known)}")
    where = f"in the list of {group}" if in_list else f"{group}={shown(name)}"
    hint = did_you_mean(str(name), known)
    hint = hint if hint.startswith("; there is") else f"{hint} There is {', '.join(known)}"
    raise ConfigError(f"{where}: there is no {group} '{shown(name)}'{hint}")


def written(value: object) -> str:
    """A value as an override writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "{" + ",".join(f"{key}:{written(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return f"[{','.join(map(written, value))}]"
    return repr(value) if isinstance(value, float) else str(value)


def merged(*layers: Sequence[str]) -> list[str]:
    """Overrides of several layers: where two set one key, the later layer holds."""
    found: dict[str, str] = {}
    for layer in layers:
        for text in layer:
            found[text.partition("=")[0].strip().lstrip("+")] = text
    return list(found.values())


def expand(overrides: Sequence[str]) -> list[list[str]]:
    """Every combination of a sweep (``limit=50,100``), in the order written, as lists of plain overrides."""
    from hydra._internal.core_plugins.basic_sweeper import BasicSweeper

    parsed = [_parse(text) for text in overrides]
    for text, override in zip(overrides, parsed, strict=True):
        sweep = override.value()
        if override.is_sweep_override() and (not override.is_discrete_sweep() or getattr(sweep, "shuffle", False)):
            raise ConfigError(f"{shown(text)}: a sweep lists its values, like 50,100 or range(50,200,50)")
    try:
        batches = BasicSweeper.split_arguments(parsed, max_batch_size=None)
    except (HydraException, ValueError, TypeError, ZeroDivisionError) as error:
        raise ConfigError(f"the sweep cannot be read: {shown(error)}") from error
    combinations = [list(combination) for combination in batches[0]]
    if len({tuple(combination) for combination in combinations}) < len(combinations):
        raise ConfigError("the sweep names a value twice; each combination is one arm")
    return combinations


def swept(overrides: Sequence[str]) -> list[str]:
    """Keys of the overrides that list several values."""
    return [parsed.key_or_group for parsed in map(_parse, overrides) if parsed.is_sweep_override()]


def _checked(text: object) -> str:
    if not isinstance(text, str):
        raise ConfigError(f"{shown(text)} is no override; write strings like 'days=180'")
    return text


def _parse(text: str) -> Override:
    """One override, or a message that quotes it."""
    if isinstance(text, str) and (why := _ELSEWHERE.get(text.lstrip("+~").partition("=")[0].split(".")[0])):
        raise ConfigError(f"'{shown(text)}' cannot be used: {why}")
    try:
        override = OverridesParser.create().parse_override(_checked(text))
    except (HydraException, ValueError, RecursionError) as error:
        cure = "write key=value, for instance days=180"
        if "=" in text:
            cure = "write key=value; quote lists 'k=[a,b]'" + ("" if text.isascii() else ", and in them words: '集市'")
        raise ConfigError(f"'{shown(text)}' cannot be read: {cure}{_near_command(text)}") from error
    key = override.key_or_group
    if override.is_delete():
        raise ConfigError(f"'{shown(text)}': nothing can be taken away; give '{shown(key)}' another value")
    if not key or override.package is not None or "/" in key:
        raise ConfigError(f"'{shown(text)}' cannot be used: write key=value, for instance days=180")
    return override


def _near_command(text: str) -> str:
    near = difflib.get_close_matches(text, ["--help", "--multirun"], n=1, cutoff=0.6)
    return f"; did you mean '{near[0]}'?" if near else ""
