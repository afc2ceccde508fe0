"""The processor's prefetch instruction, for compiled code."""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba.core import types
from numba.extending import intrinsic, overload

from sim.engine import prefetch as fetch
from sim.engine.rule import INNER

_LINE = 64


@intrinsic
def _prefetch(typingctx: Any, row: Any, line: Any) -> Any:
    def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        pointer, number = args
        byte = ir.IntType(8).as_pointer()
        offset = builder.mul(builder.sext(number, ir.IntType(64)) if number.type.width < 64 else number,
                             ir.Constant(ir.IntType(64), _LINE))  # fmt: skip
        place = builder.gep(builder.bitcast(pointer, byte), [offset])
        flag = ir.IntType(32)
        ask = builder.module.declare_intrinsic("llvm.prefetch", [byte], ir.FunctionType(
            ir.VoidType(), [byte, flag, flag, flag]))  # fmt: skip
        builder.call(ask, [place, flag(0), flag(3), flag(1)])  # to read, to keep, data
        return context.get_dummy_value()

    return types.void(row, line), codegen


@overload(fetch.prefetch, jit_options=INNER)
def _asked(row: Any, line: Any) -> Any:
    def implementation(row: Any, line: Any) -> None:
        _prefetch(row, line)

    return implementation


@overload(fetch.fetch_ahead, jit_options=INNER)
def _asked_ahead(members: Any, row: Any) -> Any:
    ahead = fetch.AHEAD

    def implementation(members: Any, row: Any) -> None:
        if row + ahead < members.size:
            me = members[row + ahead]
            _prefetch(me, 0)
            _prefetch(me, 1)

    return implementation
