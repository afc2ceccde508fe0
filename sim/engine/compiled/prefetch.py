"""The processor's prefetch instruction, for compiled code."""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba.core import types
from numba.extending import intrinsic, overload

from sim.engine import prefetch as fetch
from sim.engine.rule import INNER

_LINE = 64


def ask_for(builder: Any, place: Any) -> None:
    """Write the instruction that asks for the cache line of a place in memory."""
    byte, flag = ir.IntType(8).as_pointer(), ir.IntType(32)
    kind = ir.FunctionType(ir.VoidType(), [byte, flag, flag, flag])
    ask = builder.module.declare_intrinsic("llvm.prefetch", [byte], kind)
    builder.call(ask, [place, flag(0), flag(3), flag(1)])  # to read, to keep, data


@intrinsic
def _prefetch(typingctx: Any, row: Any, line: Any) -> Any:
    def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        pointer, number = args
        byte = ir.IntType(8).as_pointer()
        offset = builder.mul(builder.sext(number, ir.IntType(64)) if number.type.width < 64 else number,
                             ir.Constant(ir.IntType(64), _LINE))  # fmt: skip
        ask_for(builder, builder.gep(builder.bitcast(pointer, byte), [offset]))
        return context.get_dummy_value()

    return types.void(row, line), codegen


@overload(fetch.prefetch, jit_options=INNER)
def _asked(row: Any, line: Any) -> Any:
    def implementation(row: Any, line: Any) -> None:
        _prefetch(row, line)

    return implementation


@overload(fetch.fetch_morning, jit_options=INNER)
def _asked_for_a_morning(members: Any, row: Any) -> Any:
    def implementation(members: Any, row: Any) -> None:
        if row < members.size:
            me = members[row]
            _prefetch(me, 0)
            _prefetch(me, 1)

    return implementation
