"""Copying and blanking rows, for compiled code."""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba.core import cgutils, types
from numba.extending import intrinsic, overload

from sim.engine import rows
from sim.engine.rule import INNER

__all__: list[str] = []


@intrinsic
def _copy(typingctx: Any, rows: Any, source: Any, target: Any) -> Any:
    """Copy a row as long as it is, and not only as far as its type goes."""

    def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        array = context.make_array(signature.args[0])(context, builder, args[0])
        (n_bytes,) = cgutils.unpack_tuple(builder, array.strides)
        start = builder.bitcast(array.data, ir.IntType(8).as_pointer())
        source, target = (builder.gep(start, [builder.mul(row, n_bytes)]) for row in args[1:])
        cgutils.raw_memcpy(builder, target, source, n_bytes, 1)
        return context.get_dummy_value()

    return types.void(rows, types.int64, types.int64), codegen


@overload(rows.copy_row, jit_options=INNER)
def _copied(members: Any, source: Any, target: Any) -> Any:
    def implementation(members: Any, source: Any, target: Any) -> None:
        _copy(members, source, target)

    return implementation


@intrinsic
def _zeros(typingctx: Any, rows: Any, n: Any) -> Any:
    """The first ``n`` rows of an array that has no gaps are set to zero bytes."""

    def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        array = context.make_array(signature.args[0])(context, builder, args[0])
        n_bytes = builder.mul(args[1], array.itemsize)
        cgutils.memset(builder, array.data, n_bytes, 0)
        return context.get_dummy_value()

    return types.void(rows, types.intp), codegen


@overload(rows.blank_rows, jit_options=INNER)
def _blanked(rows: Any, n: Any) -> Any:
    def implementation(rows: Any, n: Any) -> None:
        _zeros(rows, n)

    return implementation
