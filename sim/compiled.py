"""The compiled lane: the roles' methods and the day's loops, compiled by Numba over rows.

Compiled code is kept on disk in a folder named by the hash of every source of the rules, of the roles' code, of the
row types and of the versions, because Numba notices edits only in the file of the function it compiles. Each phase is
a function of its own, so a rule that cannot be compiled is named together with its line.
"""

from __future__ import annotations

import hashlib
import os
import platform
import shutil
import types
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import numba
import numpy as np
from numba.core.caching import FunctionCache

from sim.day import build_community_phases, build_group_day, build_group_phases
from sim.desk import Desk
from sim.lanes import Roles, loop_communities, loop_groups
from sim.refusals import check_role
from sim.resident import ACTS
from sim.rule import INNER

__all__ = ["CompiledLane", "cache_folder", "rules_hash"]

_OPTIONS: dict[str, Any] = {"nogil": True, "error_model": "numpy", "_nrt": False}
_ROOT = Path(__file__).resolve().parent.parent
_KEPT = 8


class _WorldCache(FunctionCache):
    """Numba's own cache, keyed by the hash of all rules instead of one function's bytes and closure."""

    key = ""

    def _index_key(self, sig: Any, codegen: Any) -> Any:
        return (sig, codegen.magic_tuple(), self.key)


def _code_bytes(code: types.CodeType) -> bytes:
    inner = b"".join(_code_bytes(c) for c in code.co_consts if isinstance(c, types.CodeType))
    plain = repr([c for c in code.co_consts if not isinstance(c, types.CodeType)])
    return code.co_code + repr(code.co_names).encode() + plain.encode() + inner


def rules_hash(roles: Roles, member_type: np.dtype) -> str:
    """Hash of everything that the compiled code depends on."""
    digest = hashlib.sha256()
    for source in sorted([*(_ROOT / "sim").glob("*.py"), *(_ROOT / "agents").glob("*.py")]):
        digest.update(source.name.encode() + source.read_bytes())
    for role in roles:
        digest.update(role.__qualname__.encode())
        for name in ACTS:
            digest.update(_code_bytes(getattr(role, name).__code__))
    for part in (str(member_type), numba.__version__, np.__version__, platform.python_version(), platform.machine()):
        digest.update(part.encode())
    return digest.hexdigest()[:16]


def cache_folder(key: str) -> Path:
    """Where compiled code of these rules lies: under ``SHEQUN_CACHE`` or the user's cache folder."""
    home = os.environ.get("SHEQUN_CACHE") or os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    folder = Path(home) / "shequn" / key
    folder.mkdir(parents=True, exist_ok=True)
    folder.touch()
    for old in sorted(folder.parent.iterdir(), key=lambda f: f.stat().st_mtime)[:-_KEPT]:
        shutil.rmtree(old, ignore_errors=True)
    return folder


def _link(code: int, first: Any, rest: Any) -> Any:
    @numba.njit(**INNER)
    def call(me, *args):  # type: ignore[no-untyped-def]
        if me.role == code:
            return first(me, *args)
        return rest(me, *args)

    return call


class CompiledLane:
    """Rules compiled by Numba. Same seed, same bytes as the Mesa lane."""

    name = "compiled"

    def __init__(self, roles: Roles, member_type: np.dtype) -> None:
        for role in roles:
            check_role(role)
        self._roles = roles
        self._methods: dict[Any, Any] = {}
        self.key = rules_hash(roles, member_type)
        self._folder = cache_folder(self.key)
        self._group_phases = build_group_phases(self._act)
        self._group_day = build_group_day(self._act)
        self._community_phases = build_community_phases(self._act)

    def _compile(self, function: Any) -> Any:
        if function not in self._methods:
            self._methods[function] = numba.njit(**INNER)(function)
        return self._methods[function]

    def _act(self, name: str) -> Any:
        """The chain of a method over the roles: those that share the commonest text come last, without a test."""
        methods = [getattr(role, name) for role in self._roles]
        common = max(methods, key=methods.count)
        chain = self._compile(common)
        for code in reversed(range(len(methods))):
            if methods[code] is not common:
                chain = _link(code, self._compile(methods[code]), chain)
        return chain

    def _cached(self, function: Any, name: str) -> Any:
        numba.config.CACHE_DIR = str(self._folder)  # type: ignore[attr-defined]
        dispatcher = numba.njit(**_OPTIONS)(function)
        store = _WorldCache(function)
        store.key = f"{self.key}:{name}"
        dispatcher._cache = store
        return dispatcher

    @cache  # noqa: B019
    def communities(self, phase: str) -> Callable[[Any, int, int], None]:
        """See :class:`sim.lanes.Lane`."""
        inner = numba.njit(**INNER)(self._community_phases[phase])
        return self._cached(loop_communities(inner), phase)  # type: ignore[no-any-return]

    @cache  # noqa: B019
    def groups(self, phase: str | None = None) -> Callable[[Any, int, int, Desk], None]:
        """See :class:`sim.lanes.Lane`."""
        steps = [numba.njit(**INNER)(f) for f in (self._group_day if phase is None else [self._group_phases[phase]])]
        inner = steps[-1]
        for step in reversed(steps[:-1]):
            inner = _then(step, inner)
        return self._cached(loop_groups(inner), phase or "day")  # type: ignore[no-any-return]


def _then(first: Any, rest: Any) -> Any:
    @numba.njit(**INNER)
    def both(state, g, group, world, desk):  # type: ignore[no-untyped-def]
        first(state, g, group, world, desk)
        rest(state, g, group, world, desk)

    return both
