"""Calling compiled loops by their address, from inside another one and without a way through Python.

A loop takes bundles of tables, some fifty arrays. Numba lays an array out in memory as seven words or more: two that
count references (none here), size, size of an entry, where the data lie, shape and strides; a bundle is its arrays one
after the other. So tables are written down once, as words, and the loop reads from there what it uses. A call costs
some nanoseconds, where the same call from Python costs thirty microseconds.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numba
import numpy as np
from llvmlite import ir
from numba.core import types
from numba.extending import intrinsic, overload

from sim.engine import calls as plain
from sim.engine.compiled.prefetch import ask_for
from sim.engine.rule import INNER

__all__ = ["ENTRY", "Tied", "call_in_turn", "entry_of", "laid_out_calls", "tie", "type_key"]

ENTRY = types.void(types.int64, types.int64)
"""Of every loop that is called so: the number of the group, and where the places of its bundles stand."""
_WORD = ir.IntType(64)


class Tied(NamedTuple):
    """A compiled loop and the tables it works on; what is held must live as long as the address is used."""

    address: int
    context: np.ndarray
    gate: np.ndarray
    held: tuple[Any, ...]

    def row(self) -> tuple[int, int, int, int]:
        """Where loop, context and the first group's gate stand, and how many bytes further the next one's."""
        return self.address, self.context.ctypes.data, self.gate.ctypes.data, self.gate.strides[0]


def _words(value: Any) -> list[int]:
    """A bundle of tables as Numba lays it out."""
    if isinstance(value, tuple):
        return [word for part in value for word in _words(part)]
    return [0, 0, value.size, value.itemsize, value.ctypes.data, *value.shape, *value.strides]


def tie(address: int, tables: Sequence[Any], gate: np.ndarray) -> Tied:
    """Tie a compiled loop to bundles of tables; where ``gate``, of one whole number a group, is 0 it is not called."""
    words = [np.array(_words(bundle) or [0], dtype=np.int64) for bundle in tables]
    context = np.array([each.ctypes.data for each in words], dtype=np.int64)
    return Tied(address, context, gate, (words, tuple(tables)))


def laid_out_calls(tied: Sequence[Sequence[Tied]]) -> np.ndarray:
    """What acts at each place, in order (:meth:`Tied.row`); after the last one a row of zeros."""
    calls = np.zeros((len(tied), plain.MOST_CALLS + 1, plain.WORDS), dtype=np.int64)
    for place, here in enumerate(tied):
        if len(here) > plain.MOST_CALLS:
            raise ValueError(f"{len(here)} rules of mechanisms act at one place of the day; {plain.MOST_CALLS} can")
        for k, each in enumerate(here):
            calls[place, k] = each.row()
    return calls


def type_key(tables: Sequence[Any]) -> str:
    """The types of bundles of tables, as text: compiled code is good for these only.

    A table of a single row passes for one without gaps between its rows: what is compiled for it is good for no other.
    """
    found: list[str] = []
    waiting: list[Any] = list(tables)
    while waiting:
        value = waiting.pop()
        if isinstance(value, tuple):
            waiting.extend(value)
        else:
            row = value.dtype.descr if value.dtype.names else value.dtype
            found.append(f"{row} {value.ndim} {value.flags.c_contiguous}")
    return "|".join(found)


def _reader(bundle: Any) -> Any:
    """An intrinsic that reads the ``k``-th bundle of a context."""

    @intrinsic
    def read(typingctx: Any, context: Any, k: Any) -> Any:
        def codegen(ctx: Any, builder: Any, signature: Any, args: Any) -> Any:
            places = builder.inttoptr(args[0], _WORD.as_pointer())
            where = builder.load(builder.gep(places, [args[1]]))
            return builder.load(builder.inttoptr(where, ctx.get_value_type(bundle).as_pointer()))

        return bundle(types.int64, types.int64), codegen

    return read


def entry_of(loop: Any, tables: Sequence[Any]) -> Callable[[int, int], None]:
    """A function of a group's number and a context that reads the four bundles ``loop`` takes, and calls it."""
    read_state, read_own, read_others, read_desk = (_reader(numba.typeof(bundle)) for bundle in tables)

    def entry(g: int, context: int) -> None:
        loop(read_state(context, 0), read_own(context, 1), read_others(context, 2), read_desk(context, 3), g)

    return entry


@intrinsic
def _call(typingctx: Any, address: Any, g: Any, context: Any) -> Any:
    def codegen(ctx: Any, builder: Any, signature: Any, args: Any) -> Any:
        kind = ir.FunctionType(ir.VoidType(), [_WORD, _WORD])
        builder.call(builder.inttoptr(args[0], kind.as_pointer()), [args[1], args[2]])
        return ctx.get_dummy_value()

    return types.void(types.int64, types.int64, types.int64), codegen


@intrinsic
def _number_at(typingctx: Any, address: Any) -> Any:
    """The whole number of 32 bits that stands at an address."""

    def codegen(ctx: Any, builder: Any, signature: Any, args: Any) -> Any:
        return builder.load(builder.inttoptr(args[0], ir.IntType(32).as_pointer()))

    return types.int32(types.int64), codegen


@intrinsic
def _fetch(typingctx: Any, address: Any) -> Any:
    """Ask memory for what stands at an address."""

    def codegen(ctx: Any, builder: Any, signature: Any, args: Any) -> Any:
        ask_for(builder, builder.inttoptr(args[0], ir.IntType(8).as_pointer()))
        return ctx.get_dummy_value()

    return types.void(types.int64), codegen


def call_in_turn(calls: np.ndarray, lo: int, hi: int) -> None:
    """What acts at the first place, one after the other, each in ``lo … hi − 1``; to be compiled."""
    k = 0
    while calls[0, k, 0] != 0:
        for place in range(lo, hi):
            if _number_at(calls[0, k, 2] + place * calls[0, k, 3]) != 0:
                _call(calls[0, k, 0], place, calls[0, k, 1])
        k += 1


@overload(plain.is_any_due, jit_options=INNER)
def _is_any_due(calls: Any, place: Any, g: Any) -> Any:
    def implementation(calls: Any, place: Any, g: Any) -> bool:
        k = 0
        while calls[place, k, 0] != 0:
            if _number_at(calls[place, k, 2] + g * calls[place, k, 3]) != 0:
                return True
            k += 1
        return False

    return implementation


@overload(plain.call_all, jit_options=INNER)
def _call_all(calls: Any, place: Any, g: Any) -> Any:
    def implementation(calls: Any, place: Any, g: Any) -> None:
        k = 0
        while calls[place, k, 0] != 0:
            gate = calls[place, k, 2] + g * calls[place, k, 3]
            _fetch(gate + calls[place, k, 3])  # the next group's
            if _number_at(gate) != 0:
                _call(calls[place, k, 0], g, calls[place, k, 1])
            k += 1

    return implementation
