"""The files of ``conf/`` that anybody may add to: found by name, and looked at before anything is made of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from scenarios.config import catalog
from scenarios.config.yamlfile import known_keys, read_yaml
from scenarios.errors import ConfigError, shown
from sim.engine.knobs import did_you_mean

__all__ = ["check_all", "check_file", "file_named", "read_named"]

_PACKAGES = {"scenario": "_global_", "record": "_global_"}
_PACKAGE = re.compile(r"\s*#\s*@\s*package\s+(\S+)")
_NEVER = ("hydra", "defaults", "out")


def file_named(kind: str, name: str) -> Path:
    """Where the file of that name lies."""
    return catalog.CONF / kind / f"{name}.yaml"


def read_named(kind: str, name: str, keys: Sequence[str]) -> tuple[dict[str, Any], str]:
    """The mapping in ``conf/KIND/NAME.yaml``, whose keys are all known, and the place to name in messages."""
    known = catalog.options(kind)
    if name not in known:
        raise ConfigError(f"{kind}={shown(name)}: there is no {kind} '{shown(name)}'{did_you_mean(name, known)}")
    path = file_named(kind, name)
    place = f"conf/{kind}/{path.name}"
    found = read_yaml(path, place)
    known_keys(found, keys, place)
    return found, place


def check_file(group: str, name: str) -> None:
    """Refuse a file of a config group that says more than what it is for.

    Hydra, which composes these files, lets a file load others, set up logging, and write where it likes (``hydra:``,
    ``defaults:``), and unfold a few lines into gigabytes; a stranger's file may do nothing of the kind.

    Raises
    ------
    ConfigError
        Naming the file.
    """
    place, package = f"conf/{group}/{name}.yaml", _PACKAGES.get(group, group)
    path = catalog.CONF / group / f"{name}.yaml"
    for key in read_yaml(path, place):
        if str(key).split("/")[0] in _NEVER or "@" in str(key):
            raise ConfigError(f"{place}: '{shown(key)}' has no place in such a file; give it on the command line")
    for line in path.read_text("utf-8").splitlines():
        if (found := _PACKAGE.match(line)) and found[1] != package:
            raise ConfigError(f"{place}: '{shown(line)}' puts it elsewhere; write '# @package {package}'")


def check_all() -> None:
    """:func:`check_file` for every file that Hydra itself may be told to load, and for those of strategies."""
    for group in catalog.GROUPS:
        for name in catalog.options(group):
            if group == "strategy":
                catalog.nodes_in(name)
            else:
                check_file(group, name)
