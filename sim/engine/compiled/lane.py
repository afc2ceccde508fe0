"""The compiled lane: the roles' methods and the day's loops, compiled by Numba over rows.

Compiled code is kept on disk in a folder named by the hash of every source of the rules, of the built-in roles' code
and of the versions, because Numba notices edits only in the file of the function it compiles. Each phase is a function
of its own. The rules of mechanisms, and of roles that are not built in, are compiled apart from the phases and called
by their address, so that the phases are compiled once, whoever plays.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numba
import numpy as np
from numba.core.caching import FunctionCache, IndexDataCacheFile
from numba.core.ccallback import CFunc

from sim.engine.compiled.calls import ENTRY, Tied, call_in_turn, entry_of, laid_out_calls, tie, type_key
from sim.engine.compiled.folder import cache_folder
from sim.engine.compiled.inner import OuterCompiler
from sim.engine.compiled.known_by import digest_of, rules_hash
from sim.engine.compiled.own_rules import FRAMED, asker, entry_of_rule, kinds_of, rule_at
from sim.engine.compiled.second_process import helping
from sim.engine.distributions import wide
from sim.engine.lanes import Loop, Made, Rule, Schedule, Tables
from sim.engine.refusals import check_role
from sim.engine.rule import INNER
from sim.engine.shipped import built_in

__all__ = ["CompiledLane", "compiled_lane"]

Roles = tuple[type, ...]
_OPTIONS: dict[str, Any] = {
    "nogil": True, "error_model": "numpy", "_nrt": False, "pipeline_class": OuterCompiler,
}  # fmt: skip


class _WorldCache(FunctionCache):
    """Numba's own cache, keyed by the hash of all rules instead of one function's bytes, closure, file and its date.

    So two copies of the project with the same rules share what is compiled.

    Each phase has an index file of its own: with one for all, two programs that compile at once could mix phases up.
    ``missing`` is told the signature for which nothing was found; then the cache is read once more.
    """

    def __init__(self, function: Any, folder: Path, key: str, name: str, missing: Callable[[str, Any], None]) -> None:
        super().__init__(function)
        self._key, self._phase, self._missing = f"{key}:{name}", name, missing
        place = self.cache_path  # where the folder cannot be written to, Numba has found another place
        self._cache_path = str(folder) if Path(place).parent == folder else place
        self._cache_file = IndexDataCacheFile(self._cache_path, f"{name}-{sys.implementation.cache_tag}", key)

    def _index_key(self, sig: Any, codegen: Any) -> Any:
        return (sig, codegen.magic_tuple(), self._key)

    def holds(self, sig: Any, context: Any) -> bool:
        """Does the index know the signature?"""
        return self._index_key(sig, context.codegen()) in self._cache_file._load_index()

    def load_overload(self, sig: Any, target_context: Any) -> Any:
        """Numba asks for compiled code before it compiles."""
        found = super().load_overload(sig, target_context)
        if found is None:
            self._missing(self._phase, sig)
            found = super().load_overload(sig, target_context)
        return found

    def save_overload(self, sig: Any, data: Any) -> None:
        """Numba brings compiled code; where it cannot be kept, the run goes on without."""
        try:
            super().save_overload(sig, data)
        except OSError as error:
            print(f"compiled rules could not be kept in {self.cache_path}: {error.strerror or error}", file=sys.stderr)


def _last(rest: Any) -> Any:
    """The end of a chain: whoever is left does it so."""

    @numba.njit(**INNER)
    def call(role, me, *args):  # type: ignore[no-untyped-def]
        return rest(me, *args)

    return call


def _switch(cases: list[tuple[int, Any]], rest: Any) -> Any:
    """Choose by the code of the role among up to four methods, else ``rest``. Fewer functions compile faster."""
    (c0, f0), (c1, f1), (c2, f2), (c3, f3) = [*cases, *3 * [(-1, cases[0][1])]][:4]

    @numba.njit(**INNER)
    def call(role, me, *args):  # type: ignore[no-untyped-def]
        if role == c0:
            return f0(me, *args)
        if role == c1:
            return f1(me, *args)
        if role == c2:
            return f2(me, *args)
        if role == c3:
            return f3(me, *args)
        return rest(role, me, *args)

    return call


def _with_own(chain: Any, n_roles: int, place: tuple[int, int], ask: Any) -> Any:
    """The chain of the built-in roles, and how others do it; ``place`` says where a role's word stands in the table."""
    row, column = place

    @numba.njit(**INNER)
    def call(me, *args):  # type: ignore[no-untyped-def]
        role = wide(me.role)
        if role >= n_roles:
            word = rule_at(args[-1].own_rules, role * row + column)
            if word >= n_roles:
                return ask(word, me, args)
            role = word
        return chain(role, me, *args)

    return call


class CompiledLane:
    """Rules compiled by Numba. Same seed, same bytes as the Mesa lane."""

    name = "compiled"

    def __init__(self, schedule: Schedule, roles: Roles, key: str) -> None:
        """``roles`` are those that are compiled into the loops."""
        for role in roles:
            check_role(role, schedule.acts)
        self._schedule, self._roles, self.key = schedule, roles, key
        self._methods: dict[Any, Any] = {}
        self._hooks: dict[str, Any] = {}
        self._tables: dict[Any, np.ndarray] = {}
        self._folder = cache_folder(self.key)
        self._is_told = False
        self._loops = schedule.build(self._act, numba.njit(**INNER), True)
        # The passes of the day are called once for each group: copying their arguments, some hundred words a call, is
        # what counts there. Loops between the groups gain nothing by it and would take four times as long to compile.
        made = numba.njit(**INNER, forceinline=True)
        self._loops[schedule.day] = schedule.build(self._act, made, True)[schedule.day]

    def _compile(self, function: Any) -> Any:
        if function not in self._methods:
            self._methods[function] = numba.njit(**INNER)(function)
        return self._methods[function]

    def _act(self, name: str) -> Any:
        """The chain of a method over the roles: those that share the commonest text come last, without a test."""
        methods = [getattr(role, name) for role in self._roles]
        common = max(methods, key=methods.count)
        chain = _last(self._compile(common))
        cases = [(code, self._compile(m)) for code, m in enumerate(methods) if m is not common]
        for first in range(0, len(cases), 4):
            chain = _switch(cases[first : first + 4], chain)
        acts = self._schedule.acts
        _, returned = kinds_of(self._roles[0], name, {})
        place = len(acts), acts.index(name)
        return _with_own(chain, len(self._roles), place, asker(returned))

    def own_rule(self, role: type, name: str, rows: Mapping[str, np.dtype]) -> int:
        """The code of the built-in role whose rule of this name a role plays, or the address of one of its own.

        ``rows`` are types of rows by the names of parameters. What is compiled is kept under the rule's text.
        """
        rule = getattr(role, name)
        shared = [code for code, one in enumerate(self._roles) if getattr(one, name) is rule]
        if shared:
            return shared[0]
        kinds, returned = kinds_of(self._roles[0], name, rows)
        key = f"own_{name}-{digest_of(rule, str([(row, str(kind)) for row, kind in rows.items()]))}"
        if key not in self._hooks:
            entry = entry_of_rule(numba.njit(**INNER, forceinline=True)(rule), kinds, returned)
            self._hooks[key] = self._by_address(entry, FRAMED, key)
        return int(self._hooks[key].address)

    def own_rules(self, roles: Roles, rows: Mapping[str, np.dtype]) -> int:
        """See :class:`sim.engine.lanes.Lane`."""
        own, acts = roles[len(self._roles) :], self._schedule.acts
        for role in own:
            check_role(role, acts)
        if not own:
            return 0
        words = np.array([[self.own_rule(role, name, rows) for name in acts] for role in roles], dtype=np.int64)
        return self._tables.setdefault(words.tobytes(), words).ctypes.data

    def _cached(self, function: Any, name: str) -> Any:
        numba.config.CACHE_DIR = str(self._folder)  # type: ignore[attr-defined]
        dispatcher = numba.njit(**_OPTIONS)(function)
        with contextlib.suppress(RuntimeError):  # no folder to write to: nothing is kept
            dispatcher._cache = _WorldCache(function, self._folder, self.key, name, self._share)
        return dispatcher

    def _share(self, phase: str, sig: Any) -> None:
        """Nothing was found of ``phase``: say so, and if the day is missing too, let two processes do the work."""
        if self._is_told:
            return
        self._is_told = True
        if sys.stderr.isatty():
            print("compiling the rules (once, about half a minute) …", file=sys.stderr)
        day: Any = self.loop(self._schedule.day)
        if phase not in self._schedule.between or not isinstance(day._cache, _WorldCache):
            return
        of_day = (*sig, *map(numba.typeof, self._schedule.workplace()))
        if not day._cache.holds(of_day, day.targetctx):
            with helping(self.key, self._roles, self._schedule, sig) as is_helped:
                if is_helped:
                    day.compile(of_day)

    @cache  # noqa: B019
    def loop(self, name: str) -> Loop:
        """See :class:`sim.engine.lanes.Lane`."""
        return self._cached(self._loops[name], name)  # type: ignore[no-any-return]

    def entry(
        self, name: str, rule: Rule, build: Callable[[Made], Loop], tables: Tables, gate: str
    ) -> Callable[[Tables], Any]:
        """See :class:`sim.engine.lanes.Lane`."""
        key = f"{name}-{digest_of(rule, type_key(tables))}"
        if key not in self._hooks:
            loop = numba.njit(**INNER, forceinline=True)(build(numba.njit(**INNER)))
            self._hooks[key] = self._by_address(entry_of(loop, tables), ENTRY, key)
        address = self._hooks[key].address

        def tied(tables: Tables) -> Tied:
            always = np.ones(tables[0].worlds.size, np.int32)
            return tie(address, tables, tables[1].groups[gate] if gate else always)

        return tied

    def _by_address(self, entry: Any, kind: Any, name: str) -> Any:
        """Compile what is called by its address, or find it in the cache."""
        numba.config.CACHE_DIR = str(self._folder)  # type: ignore[attr-defined]
        options = {key: value for key, value in _OPTIONS.items() if key != "pipeline_class"}
        made = CFunc(entry, (kind.args, kind.return_type), {}, options, OuterCompiler)
        with contextlib.suppress(RuntimeError):  # no folder to write to: nothing is kept
            made._cache = _WorldCache(entry, self._folder, self.key, name, lambda *_: None)
        made.compile()
        return made

    def calls(self, tied: Sequence[Sequence[Any]]) -> Any:
        """See :class:`sim.engine.lanes.Lane`."""
        return laid_out_calls(tied)

    def run(self, calls: Any, lo: int, hi: int) -> None:
        """See :class:`sim.engine.lanes.Lane`."""
        self._runner()(calls, lo, hi)

    @cache  # noqa: B019
    def _runner(self) -> Loop:
        return self._cached(call_in_turn, "call_in_turn")  # type: ignore[no-any-return]


_LANES: dict[tuple[Roles, str], CompiledLane] = {}


def compiled_lane(schedule: Schedule, roles: Roles) -> CompiledLane:
    """The lane for these roles; made once a process for the same rules, since loading compiled code takes a moment.

    It is the same for all that begin with the same built-in roles.
    """
    first = built_in(roles)
    key = rules_hash(schedule, first)
    if (first, key) not in _LANES:
        _LANES[first, key] = CompiledLane(schedule, first, key)
    return _LANES[first, key]
