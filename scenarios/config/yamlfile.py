"""YAML from strangers: plain mappings, lists, numbers and words; nothing else, and never code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from scenarios.errors import ConfigError, shown
from sim.engine.knobs import did_you_mean

__all__ = ["count_of", "known_keys", "mapping_of", "read_text", "read_yaml"]

_LARGEST = 1_000_000


class _Plain(yaml.SafeLoader):
    """YAML's safe loader, which also refuses a key given twice, and references (they can blow up a small file)."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.events.AliasEvent):
            mark = self.peek_event().start_mark
            raise yaml.MarkedYAMLError(problem="references (*name) are not used here", problem_mark=mark)
        return super().compose_node(parent, index)

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                problem = f"'{shown(key.value)}' is given twice"
                raise yaml.MarkedYAMLError(problem=problem, problem_mark=key.start_mark)
            if isinstance(key, yaml.ScalarNode):
                seen.add(key.value)
        return super().construct_mapping(node, deep=True)


def read_text(path: Path, place: str) -> str:
    """The text of a small file; :class:`ConfigError` names ``place``."""
    try:
        if not path.is_file():  # a folder, or a pipe, which nobody may ever write to
            raise ConfigError(f"{place} is no file")
        if path.stat().st_size > _LARGEST:
            raise ConfigError(f"{place} is larger than {_LARGEST:,} bytes: nothing here needs that")
        return path.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise ConfigError(f"{place} cannot be read: it is no text in UTF-8") from error
    except OSError as error:
        raise ConfigError(f"{place} cannot be read: {error.strerror or error}") from error


def read_yaml(path: Path, place: str) -> dict[str, Any]:
    """The mapping in a YAML file; :class:`ConfigError` names ``place`` and the line."""
    text = read_text(path, place)
    try:
        found = yaml.load(text, Loader=_Plain)
    except yaml.MarkedYAMLError as error:
        line = f", line {error.problem_mark.line + 1}" if error.problem_mark else ""
        raise ConfigError(f"{place}{line}: {shown(error.problem or error.context or 'no YAML')}") from error
    except (yaml.YAMLError, ValueError, TypeError, RecursionError, OverflowError) as error:
        raise ConfigError(f"{place} cannot be read as YAML: {shown(error)}") from error
    if not isinstance(found, dict):
        raise ConfigError(f"{place} must be a mapping of names to values, not {shown(found)}")
    return found


def mapping_of(value: object, place: str) -> Mapping[Any, Any]:
    """A mapping of names to something."""
    if not isinstance(value, Mapping):
        raise ConfigError(f"{place}: {shown(value)} is no mapping of names")
    return value


def known_keys(found: Mapping[Any, Any], keys: Sequence[str], place: str) -> None:
    """Refuse a key that is none of ``keys``."""
    for key in found:
        if key not in keys:
            raise ConfigError(f"{place}: there is no key '{shown(key)}'{did_you_mean(str(key), keys)}")


def count_of(found: Mapping[str, Any], key: str, default: int, most: int, place: str) -> int:
    """A whole number from 1 to ``most``."""
    value = found.get(key, default)
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= most:
        raise ConfigError(f"{place}: {key}={shown(value)} is no whole number from 1 to {most:,}")
    return value
