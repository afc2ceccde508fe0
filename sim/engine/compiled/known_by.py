"""What compiled code is known by: the text of rules, and of everything that they refer to by name."""

from __future__ import annotations

import hashlib
import inspect
import platform
import types
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import numba
import numpy as np

from sim.engine.lanes import Schedule

__all__ = ["ROOMS", "digest_of", "rules_hash"]

_ROOT = Path(__file__).resolve().parents[3]
ROOMS = ("sim/engine", "sim/model", "agents")
"""Folders that hold the rules of every run; those of mechanisms and of somebody's own roles are known by their text."""


def _codes(code: types.CodeType) -> Iterator[types.CodeType]:
    """A piece of code, and those inside it."""
    yield code
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield from _codes(constant)


def _code_bytes(code: types.CodeType) -> bytes:
    plain = repr([c for c in code.co_consts if not isinstance(c, types.CodeType)])
    return code.co_code + repr(code.co_names).encode() + plain.encode()


def _referred(function: Any) -> Mapping[str, Any]:
    """What a function refers to by name: of its module, of modules named there, and of the function it was typed in."""
    names = {name for code in _codes(function.__code__) for name in code.co_names}
    found = {name: function.__globals__[name] for name in names & set(function.__globals__)}
    for value in [value for value in found.values() if isinstance(value, types.ModuleType)]:
        found |= {name: vars(value)[name] for name in names & set(vars(value))}
    return {**found, **inspect.getclosurevars(function).nonlocals}


def _text_of(function: Any, seen: set[int]) -> bytes:
    """The code of a rule and of everything it refers to by name: helpers typed in a notebook, and numbers."""
    if id(function) in seen:
        return b""
    seen.add(id(function))
    parts = [_code_bytes(code) for code in _codes(function.__code__)]
    for name, value in sorted(_referred(function).items()):
        if isinstance(value, types.FunctionType):
            parts.append(_text_of(value, seen))
        elif isinstance(value, bool | int | float | str | tuple):
            parts.append(f"{name}={value!r}".encode())
    return b"".join(parts)


def digest_of(rule: Any, *more: str) -> str:
    """What a compiled rule is known by: its text, and its module, which is looked for when it is loaded."""
    said = "|".join((rule.__module__, *more)).encode()
    return hashlib.sha256(_text_of(rule, set()) + said).hexdigest()[:8]


@cache
def _text_of_sources(stamped: tuple[tuple[Path, tuple[int, int]], ...]) -> bytes:
    """Hash of the text of some files, read again when their time or size has changed."""
    digest = hashlib.sha256()
    for source, _ in stamped:
        digest.update(source.name.encode() + source.read_bytes())
    return digest.digest()


def rules_hash(schedule: Schedule, roles: tuple[type, ...]) -> str:
    """Hash of everything that the loops of the day depend on, in which ``roles`` are compiled in."""
    digest = hashlib.sha256()
    sources = sorted(path for room in ROOMS for path in (_ROOT / room).rglob("*.py"))
    stats = [source.stat() for source in sources]
    digest.update(_text_of_sources(tuple(zip(sources, ((s.st_mtime_ns, s.st_size) for s in stats), strict=True))))
    for role in roles:
        digest.update(f"{role.__module__}.{role.__qualname__}".encode())
        for name in schedule.acts:
            digest.update(_text_of(getattr(role, name), set()))
    for part in (numba.__version__, np.__version__, platform.python_version(), platform.machine()):
        digest.update(part.encode())
    return digest.hexdigest()[:16]
