"""Counting the zeros below the lowest bit, and comparing many numbers at once, for compiled code."""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba.core import types
from numba.extending import intrinsic, overload

from sim.engine import bits
from sim.engine.rule import INNER

__all__: list[str] = []


@intrinsic
def _trailing_zeros(typingctx: Any, word: Any) -> Any:
    def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return builder.cttz(args[0], ir.Constant(ir.IntType(1), 1))  # 1: nobody asks for the zeros of 0

    return types.int64(types.int64), codegen


@overload(bits.lowest_bit, jit_options={**INNER, "forceinline": True})
def _lowest_bit(word: Any) -> Any:
    def implementation(word: Any) -> int:
        return _trailing_zeros(word)

    return implementation


_EIGHT = ir.VectorType(ir.IntType(32), 8)


@intrinsic
def _equal_places(typingctx: Any, numbers: Any, wanted: Any) -> Any:
    """Two vectors of eight, the second of which ends where the numbers end; where they overlap they agree."""

    def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        array = context.make_array(signature.args[0])(context, builder, args[0])
        first = builder.bitcast(array.data, ir.IntType(32).as_pointer())
        last = builder.sub(builder.extract_value(array.shape, 0), ir.Constant(ir.IntType(64), 8))
        copies = ir.Constant(_EIGHT, ir.Undefined)
        for lane in range(8):
            copies = builder.insert_element(copies, args[1], ir.Constant(ir.IntType(32), lane))

        def compared(start: Any) -> Any:
            eight = builder.load(builder.bitcast(builder.gep(first, [start]), _EIGHT.as_pointer()), align=4)
            bits_set = builder.bitcast(builder.icmp_signed("==", eight, copies), ir.IntType(8))
            return builder.zext(bits_set, ir.IntType(64))

        low, high = compared(ir.Constant(ir.IntType(64), 0)), compared(last)
        return builder.or_(low, builder.shl(high, last))

    return types.int64(numbers, types.int32), codegen


@overload(bits.equal_places, jit_options={**INNER, "forceinline": True})
def _places(numbers: Any, wanted: Any) -> Any:
    def implementation(numbers: Any, wanted: Any) -> int:
        return _equal_places(numbers, wanted)

    return implementation
