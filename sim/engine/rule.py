"""``@rule`` marks a plain function that both lanes share.

Without Numba, or called from Python, a rule is the function itself: readable, steppable in a debugger. Called from
compiled code it is compiled. Nothing is wrapped and nothing is renamed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

F = TypeVar("F", bound=Callable[..., Any])

try:
    from numba.extending import register_jitable

    from sim.engine.compiled.inner import InnerCompiler

    HAS_NUMBA = True
except ImportError:  # the Mesa lane runs without Numba
    HAS_NUMBA = False

__all__ = ["HAS_NUMBA", "INNER", "inlined", "rule"]

INNER: dict[str, Any] = {
    "error_model": "numpy",
    "_nrt": False,
    "no_cpython_wrapper": True,
    "no_cfunc_wrapper": True,
}
"""How rules are compiled that only compiled code calls: without the wrappers for
Python, which cost time to make, and without reference counts (rules allocate nothing), which cost time to run."""

if HAS_NUMBA:
    INNER["pipeline_class"] = InnerCompiler


def inlined(function: F) -> F:
    """Like :func:`rule`, for small or hot rules: compiled into their callers, so that no arguments are copied."""
    if not HAS_NUMBA:
        return function
    return register_jitable(**INNER, forceinline=True)(function)  # type: ignore[no-any-return]


def rule(function: F) -> F:
    """Make ``function`` callable from compiled code too; leave it as it is for Python."""
    if not HAS_NUMBA:
        return function
    return register_jitable(**INNER)(function)  # type: ignore[no-any-return]
