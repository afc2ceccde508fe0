"""The files of ``conf/`` and of the user's folders: found by name, and looked at before anything is made of them."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from scenarios.config import catalog
from scenarios.config.yamlfile import known_keys, read_yaml
from scenarios.errors import ConfigError, shown
from sim.data.paths import is_there
from sim.engine.knobs import did_you_mean

__all__ = ["check_all", "check_file", "check_needed", "question_file", "read_question"]

_PACKAGES = {"scenario": "_global_", "record": "_global_"}
_PACKAGE = re.compile(r"\s*#\s*@\s*package\s+(\S+)")
_NEVER = ("hydra", "defaults", "out", "plugins", "conf_dir")


def read_question(kind: str, word: str, keys: Sequence[str]) -> tuple[str, dict[str, Any], str]:
    """The file of a study, search or sensitivity analysis that is called ``word``, or lies there: its name, the mapping
    in it, whose keys are all known, and the place to name in messages.

    A file may say which ``plugins`` it needs; it cannot have them run.
    """
    name, path, place = question_file(kind, word)
    found = read_yaml(path, place)
    check_needed(found.pop("plugins", []), place)
    known_keys(found, keys, place)
    return name, found, place


def question_file(kind: str, word: str) -> tuple[str, Path, str]:
    """Name, file, and the place to name in messages, of what a user calls ``word``: a name, or a path."""
    known = catalog.options(kind)
    if word in known:
        return word, catalog.file_of(kind, word), catalog.place_of(kind, word)
    if not word.isprintable():
        raise ConfigError(f"{kind}={shown(ascii(word))} cannot be printed; give the file another name")
    path = Path(os.path.expanduser(word))
    if path.suffix not in (".yaml", ".yml") and not is_there(path):
        raise ConfigError(f"{kind}={shown(word)}: there is no {kind} '{shown(word)}'{did_you_mean(word, known)}")
    if not is_there(path):
        raise ConfigError(f"{kind}={shown(word)}: there is no such file")
    if path.stem in known and not path.samefile(catalog.file_of(kind, path.stem)):
        raise ConfigError(f"{kind}={word}: there is a {kind} '{shown(path.stem)}' already; runs are stored under the "
                          "file's name, so give it another")  # fmt: skip
    return path.stem, path, word


def check_needed(value: object, place: str) -> None:
    """Refuse a file that needs a plugin which the user has not named: only they may have code run."""
    names = value if isinstance(value, list) else [value]
    for name in names:
        if not isinstance(name, str) or not name.strip():
            raise ConfigError(f"{place}: plugins: {shown(name)} is no name; write plugins: [my_strategies]")
        if name not in catalog.OWN.plugins:
            raise ConfigError(f"{place} needs the plugin '{shown(name)}', and no file can have code run; if you trust "
                              f"the folder or module of that name, add plugins=…/{shown(name)} yourself")  # fmt: skip


def check_file(group: str, name: str) -> None:
    """Refuse a file of a config group that says more than what it is for.

    Hydra, which composes these files, lets a file load others, set up logging, and write where it likes (``hydra:``,
    ``defaults:``), and unfold a few lines into gigabytes; a stranger's file may do nothing of the kind.

    Raises
    ------
    ConfigError
        Naming the file.
    """
    place, package = catalog.place_of(group, name), _PACKAGES.get(group, group)
    path = catalog.file_of(group, name)
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
