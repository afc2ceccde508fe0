"""Counting the zeros below the lowest bit, for compiled code."""

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
