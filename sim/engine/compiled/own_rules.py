"""Calling the rules of roles that are not built in, by their address.

The loops of the day are compiled with the built-in roles inside them. For every other role a table says by which rule
it acts: by that of a built-in role, whose code stands there, or by one of its own, whose address stands there. A rule
of its own is compiled by itself, for rows with the role's columns. It is handed a frame: its arguments, a word each
(where a row stands, or a number), and it leaves what it returns in the first of them.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numba
import numpy as np
from llvmlite import ir
from numba.core import cgutils, types
from numba.core.errors import TypingError
from numba.extending import intrinsic

__all__ = ["FRAMED", "asker", "entry_of_rule", "kinds_of", "rule_at"]

FRAMED = types.void(types.int64)
"""Of every rule that is called so: where its frame stands."""
_WORD = ir.IntType(64)
_NUMBERS: dict[str, Any] = {"int": types.int64, "float": types.float64, "bool": types.int64, "None": types.none}


def _said(annotation: Any) -> Any:
    return _NUMBERS.get(getattr(annotation, "__name__", str(annotation)))


def kinds_of(role: type, act: str, rows: Mapping[str, np.dtype]) -> tuple[list[Any], Any]:
    """Types of Numba's of what a rule of this name takes and returns, as the class says that first declares it.

    What is no number is a row, whose type is found by the parameter's name.
    """
    first = inspect.signature([vars(klass)[act] for klass in role.__mro__ if act in vars(klass)][-1])
    taken = {name: _said(parameter.annotation) for name, parameter in first.parameters.items()}
    kinds = [kind or (numba.from_dtype(rows[name]) if name in rows else None) for name, kind in taken.items()]
    return kinds, _said(first.return_annotation)


def _as_word(ctx: Any, builder: Any, kind: Any, value: Any) -> Any:
    if isinstance(kind, types.Record):
        return builder.ptrtoint(value, _WORD)
    if isinstance(kind, types.Float):
        return builder.bitcast(ctx.cast(builder, value, kind, types.float64), _WORD)
    return ctx.cast(builder, value, kind, types.int64)


def _of_word(ctx: Any, builder: Any, kind: Any, word: Any) -> Any:
    if isinstance(kind, types.Record):
        return builder.inttoptr(word, ctx.get_value_type(kind))
    return builder.bitcast(word, ir.DoubleType()) if isinstance(kind, types.Float) else word


def _words(builder: Any, address: Any) -> Any:
    return builder.inttoptr(address, _WORD.as_pointer())


@intrinsic
def rule_at(typingctx: Any, table: Any, place: Any) -> Any:
    """The word at a place of the table that begins at an address."""

    def codegen(ctx: Any, builder: Any, signature: Any, args: Any) -> Any:
        return builder.load(builder.gep(_words(builder, args[0]), [args[1]]))

    return types.int64(types.int64, types.int64), codegen


def asker(returned: Any) -> Any:
    """An intrinsic that calls a rule which returns a number of this kind, or nothing, with a row and what follows."""

    @intrinsic
    def ask(typingctx: Any, address: Any, me: Any, others: Any) -> Any:
        def codegen(ctx: Any, builder: Any, signature: Any, args: Any) -> Any:
            values = [args[1], *cgutils.unpack_tuple(builder, args[2])]
            frame = cgutils.alloca_once(builder, _WORD, size=len(values))
            for k, (kind, value) in enumerate(zip((me, *others), values, strict=True)):
                builder.store(_as_word(ctx, builder, kind, value), builder.gep(frame, [ir.Constant(_WORD, k)]))
            kind = ir.FunctionType(ir.VoidType(), [_WORD])
            builder.call(builder.inttoptr(args[0], kind.as_pointer()), [builder.ptrtoint(frame, _WORD)])
            if returned is types.none:
                return ctx.get_dummy_value()
            return _of_word(ctx, builder, returned, builder.load(frame))

        return returned(types.int64, me, others), codegen

    return ask


def _reader(kinds: Sequence[Any]) -> Any:
    """An intrinsic that reads the arguments of these types from a frame."""

    @intrinsic
    def read(typingctx: Any, frame: Any) -> Any:
        found = types.Tuple(kinds)

        def codegen(ctx: Any, builder: Any, signature: Any, args: Any) -> Any:
            words = _words(builder, args[0])
            at = [builder.load(builder.gep(words, [ir.Constant(_WORD, k)])) for k in range(len(kinds))]
            values = [_of_word(ctx, builder, kind, word) for kind, word in zip(kinds, at, strict=True)]
            return ctx.make_tuple(builder, found, values)

        return found(types.int64), codegen

    return read


def _writer(returned: Any) -> Any:
    """An intrinsic that leaves what a rule returns in the frame."""

    @intrinsic
    def write(typingctx: Any, frame: Any, value: Any) -> Any:
        if returned is not types.none and not isinstance(value, types.Number | types.Boolean):
            raise TypingError(f"cannot take what it returns: {value}, where {returned} is asked for")

        def codegen(ctx: Any, builder: Any, signature: Any, args: Any) -> Any:
            if returned is not types.none:
                number = ctx.cast(builder, args[1], value, returned)
                builder.store(_as_word(ctx, builder, returned, number), _words(builder, args[0]))
            return ctx.get_dummy_value()

        return types.void(types.int64, value), codegen

    return write


def entry_of_rule(rule: Any, kinds: Sequence[Any], returned: Any) -> Callable[[int], None]:
    """A function of a frame that calls a compiled rule; to be compiled."""
    read, write = _reader(kinds), _writer(returned)

    def entry(frame: int) -> None:
        write(frame, rule(*read(frame)))

    return entry
