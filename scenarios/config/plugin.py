"""Python of the user's own: a folder, a file or an installed module, read once and run from what was read.

A plugin is its text. What is run, what a run is known by, and what workers elsewhere are sent is one and the same text,
whatever becomes of the files meanwhile. Nothing here decides whether it may be run: see :mod:`scenarios.config.own`.
"""

from __future__ import annotations

import hashlib
import importlib
import importlib.abc
import importlib.util
import os
import re
import sys
import traceback
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any
from weakref import WeakKeyDictionary

from scenarios.errors import ConfigError, shown
from sim.data.store.identity import version_of
from sim.engine.mechanism import Mechanism

__all__ = ["Plugin", "Source", "load", "plugin_of", "read_plugin", "unload"]

_ROOT = "shequn_plugins"
"""The package that folders and files are modules of, so that none of them hides a module of Python's."""
_MOST_FILES, _LARGEST = 200, 1_000_000


@dataclass(frozen=True)
class Source:
    """One file: where it lay, what it said, and whether modules lie below it."""

    path: str
    text: str
    is_package: bool = False


@dataclass(frozen=True)
class Plugin:
    """A name, how the user wrote it, and its files by the full names of their modules, the outermost first."""

    name: str
    word: str
    modules: Mapping[str, Source]

    @cached_property
    def version(self) -> str:
        """Hash of the text, read without comments, docstrings and types."""
        return version_of(source.text for source in self.modules.values())

    @cached_property
    def text_hash(self) -> str:
        """Hash of every byte of it."""
        return hashlib.sha256(repr(sorted(self.modules.items())).encode()).hexdigest()

    @property
    def home(self) -> str:
        """The module that all its others lie in."""
        return next(iter(self.modules))

    @property
    def place(self) -> str:
        """The file of that module."""
        return self.modules[self.home].path

    @property
    def is_installed(self) -> bool:
        """Is it a module that Python finds by its name?"""
        return not self.home.startswith(f"{_ROOT}.")

    def __reduce__(self) -> tuple[Any, ...]:
        """Whoever unpickles a plugin has it loaded: what stands behind it in the same bytes may be of its classes."""
        return _arrived, (self.name, self.word, dict(self.modules))


def _arrived(name: str, word: str, modules: dict[str, Source]) -> Plugin:
    plugin = Plugin(name, word, modules)
    load(plugin)
    return plugin


_SOURCES: dict[str, Source] = {}
_LOADED: dict[str, tuple[Plugin, list[type]]] = {}  # by home
_OF: WeakKeyDictionary[type, Plugin] = WeakKeyDictionary()


def plugin_of(klass: type) -> Plugin | None:
    """The plugin that a class comes from, as it was when the class was made."""
    return _OF.get(klass)


# --- reading ----------------------------------------------------------------------------------------------------------


def read_plugin(word: str) -> Plugin:
    """The folder, file or installed module that ``word`` names, none of it run yet.

    Raises
    ------
    ConfigError
        Naming the place: there is nothing of that name, or it is no Python.
    """
    path = Path(os.path.expanduser(word))
    if os.path.isdir(path):  # a name may be too long to be one
        files = dict(_files_in(path.resolve(), _module_name(path.resolve().name)))
    elif path.suffix == ".py" and os.path.isfile(path):
        files = {_module_name(path.stem): (path.resolve(), False)}
    else:
        files = _installed(word)
    if len(files) > _MOST_FILES:
        raise ConfigError(f"plugins={shown(word)} holds more than {_MOST_FILES} files of Python; name the folder of "
                          "your strategies alone")  # fmt: skip
    name = path.resolve().name.removesuffix(".py") if os.path.exists(path) else word
    return Plugin(name, word, {module: _read(file, is_package) for module, (file, is_package) in files.items()})


def _module_name(name: str) -> str:
    return f"{_ROOT}.{re.sub(r'\W', '_', name)}"


def _files_in(folder: Path, module: str) -> Iterator[tuple[str, tuple[Path, bool]]]:
    """The files of a folder and of the packages in it, by the names of their modules."""
    yield module, (folder / "__init__.py", True)
    for path in sorted(folder.iterdir()):
        if path.is_dir() and not path.is_symlink() and (path / "__init__.py").is_file():  # a link may lead back up
            yield from _files_in(path, f"{module}.{path.name}")
        elif path.suffix == ".py" and path.name != "__init__.py" and path.is_file():
            yield f"{module}.{path.stem}", (path, False)


def _installed(word: str) -> dict[str, tuple[Path, bool]]:
    """The files of a module that Python finds by its name."""
    try:
        spec = importlib.util.find_spec(word) if re.fullmatch(r"\w+(\.\w+)*", word) else None
    except (ImportError, ValueError):
        spec = None
    except (Exception, SystemExit) as error:  # to find a module within a package, Python runs the package
        raise ConfigError(f"plugins={shown(word)}: {type(error).__name__}: {shown(error)}") from error
    if spec is None or not (spec.origin or "").endswith(".py"):
        raise ConfigError(f"plugins={shown(word)}: there is no folder, file or Python module of that name here; write "
                          "the path of the folder that holds your strategies")  # fmt: skip
    place = Path(str(spec.origin))
    return dict(_files_in(place.parent, word)) if place.name == "__init__.py" else {word: (place, False)}


def _read(path: Path, is_package: bool) -> Source:
    """A file whose text is Python; a folder needs no ``__init__.py``."""
    try:
        if is_package and not path.exists():
            return Source(str(path), "", True)
        if path.stat().st_size > _LARGEST:
            raise ConfigError(f"{path} is larger than {_LARGEST:,} bytes")
        text = path.read_text("utf-8-sig")
        compile(text, str(path), "exec", dont_inherit=True)
    except SyntaxError as error:
        raise ConfigError(f"{path}, line {error.lineno}: {shown(error.msg)}") from error
    except (OSError, ValueError, RecursionError, MemoryError) as error:
        raise ConfigError(f"{path} cannot be read as Python: {shown(error)}") from error
    return Source(str(path), text, is_package)


# --- loading ----------------------------------------------------------------------------------------------------------


def load(plugin: Plugin) -> list[type]:
    """Run a plugin, unless this very text is loaded already, and return the classes that it defines.

    Raises
    ------
    ConfigError
        With file and line, if it cannot be run, or declares what there is already; then nothing of it stays.
    """
    before, found = _LOADED.get(plugin.home, (None, []))
    if before is not None and before.text_hash == plugin.text_hash:
        return found
    if before is not None:
        unload(before)
    _SOURCES.update(plugin.modules)
    if _FINDER not in sys.meta_path:
        sys.meta_path.insert(0, _FINDER)
        sys.modules.setdefault(_ROOT, ModuleType(_ROOT)).__path__ = []
    mechanisms = Mechanism.known.copy()
    _LOADED[plugin.home] = (plugin, [])
    try:
        found = [thing for module in plugin.modules for thing in _classes(importlib.import_module(module))]
        _refuse_taken(mechanisms)
    except (Exception, SystemExit) as error:
        unload(plugin)
        Mechanism.known.update(mechanisms)
        raise error if isinstance(error, ConfigError) else ConfigError(_told(error, plugin)) from error
    _OF.update(dict.fromkeys(found, plugin))
    _LOADED[plugin.home] = (plugin, found)
    return found


def unload(plugin: Plugin) -> None:
    """Forget a plugin: its modules, and the mechanisms that it declares."""
    _LOADED.pop(plugin.home, None)
    for module in plugin.modules:
        _SOURCES.pop(module, None)
        sys.modules.pop(module, None)
    for name in [name for name, klass in Mechanism.known.items() if klass.__module__ in plugin.modules]:
        del Mechanism.known[name]


def _classes(module: ModuleType) -> Iterator[type]:
    """The classes that a module defines itself, in order."""
    for thing in vars(module).values():
        if isinstance(thing, type) and thing.__module__ == module.__name__:
            yield thing


def _refuse_taken(before: Mapping[str, type[Mechanism]]) -> None:
    """A mechanism has taken the place of one that is shipped or of another plugin; of one typed before it may."""
    for name, klass in before.items():
        if Mechanism.known[name] is not klass and (klass in _OF or klass.__module__.startswith("sim.")):
            place = sys.modules[Mechanism.known[name].__module__].__file__
            raise ConfigError(f"{place}: there is a mechanism '{name}' already; give the class another name")


def _told(error: BaseException, plugin: Plugin) -> str:
    """What went wrong, with the last line of the plugin that was at work."""
    ours = {source.path for source in plugin.modules.values()}
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename in ours]
    where = f"{frames[-1].filename}, line {frames[-1].lineno}" if frames else f"plugins={shown(plugin.word)}"
    why = " ".join(str(error).split()) or "no message"
    return f"{where}: {type(error).__name__}: {why}"


class _Loader(importlib.abc.InspectLoader):
    """Runs the text that was read, whatever lies on the disk by now."""

    def __init__(self, source: Source) -> None:
        self._source = source

    def __reduce__(self) -> tuple[Any, ...]:
        """Another process that is sent the loader of a module has the module's plugin loaded."""
        return _loaded, (next(one for one, _ in _LOADED.values() if self._source in one.modules.values()),)

    def get_source(self, fullname: str) -> str:
        """The text."""
        return self._source.text

    def is_package(self, fullname: str) -> bool:
        """May modules lie below it?"""
        return self._source.is_package

    def get_code(self, fullname: str) -> CodeType:
        """The text, compiled under the name of its file."""
        code: CodeType = compile(self._source.text, self._source.path, "exec", dont_inherit=True)
        return code


def _loaded(plugin: Plugin) -> str:
    return plugin.name


class _Finder(importlib.abc.MetaPathFinder):
    """Finds the modules of the plugins that were read."""

    def find_spec(self, fullname: str, path: Any = None, target: ModuleType | None = None) -> ModuleSpec | None:
        """The module's text, if it is one of a plugin."""
        source = _SOURCES.get(fullname)
        if source is None:
            return None
        below = [str(Path(source.path).parent)] if source.is_package else None
        return importlib.util.spec_from_file_location(
            fullname, source.path, loader=_Loader(source), submodule_search_locations=below
        )


_FINDER = _Finder()
