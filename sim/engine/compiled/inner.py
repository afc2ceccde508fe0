"""How Numba makes functions that only other compiled functions call: in half of the time.

Numba turns each function into machine code as soon as it is compiled, in case Python calls it. Rules are never called
so: they are linked into the loops of the phases, as LLVM's intermediate code, and it is the loops that become machine
code. So an inner function stops at that intermediate code, tidied up but not optimised: whatever calls it takes in a
copy, together with copies of all that it calls, and would optimise them once more. What comes out of the loops is the
same.
"""

from __future__ import annotations

import time
from functools import cache
from itertools import count
from typing import Any

from numba import _dynfunc
from numba.core.bytecode import FunctionIdentity
from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import Compiler
from numba.core.compiler_machinery import register_pass
from numba.core.environment import lookup_environment
from numba.core.typed_passes import NativeLowering
from numba.core.types import Record

__all__ = ["InnerCompiler", "OuterCompiler"]

_ENVIRONMENT = "_ZN08NumbaEnv"


class _InnerLibrary(JITCodeLibrary):
    """Intermediate code to be linked into other libraries, and never loaded on its own."""

    def _optimize_final_module(self) -> None:
        """Left to the libraries that become machine code."""

    def _finalize_final_module(self) -> None:
        self._finalize_dynamic_globals()
        self._verify_declare_only_symbols()
        self._finalized = True


@register_pass(mutates_CFG=True, analysis_only=False)
class _InnerLowering(NativeLowering):
    """Numba's lowering, without machine code; callers find the function by an object that cannot be called."""

    _name = "inner_lowering"

    def run_pass(self, state: Any) -> bool:
        library = _InnerLibrary(state.targetctx.codegen(), state.func_id.func_qualname)
        library.enable_object_caching()
        state.library, state.flags.no_compile = library, True
        super().run_pass(state)
        library._ensure_finalized()
        made = state["cr"]
        name = made.fndesc.qualname.split(".")[-1]
        handle = _dynfunc.make_function(made.fndesc.lookup_module(), name, "", 0, made.env, (library,))
        state.targetctx.insert_user_function(handle, made.fndesc, [library])
        state.reload_init.extend(library._reload_init)
        state["cr"] = made._replace(cfunc=handle)
        return True


@register_pass(mutates_CFG=True, analysis_only=False)
class _OuterLowering(NativeLowering):
    """Numba's lowering; what the functions linked in need from Python (for ``print``, say) is handed to them here."""

    _name = "outer_lowering"

    def run_pass(self, state: Any) -> bool:
        super().run_pass(state)
        library = state.library
        for variable in library._final_module.global_variables:
            environment = lookup_environment(variable.name) if variable.name.startswith(_ENVIRONMENT) else None
            # What is called by its address has variables left that nothing uses and that have no place in memory.
            if environment is not None and library.codegen._engine.get_global_value_address(variable.name):
                library.codegen.set_env(variable.name, environment)
        return True


def _with(lowering: type[NativeLowering]) -> type[Compiler]:
    """Numba's compiler with another last step."""

    class WithLowering(Compiler):
        def define_pipelines(self) -> Any:
            pipelines = super().define_pipelines()
            for pipeline in pipelines:
                pipeline.passes = [
                    (lowering, text) if step is NativeLowering else (step, text) for step, text in pipeline.passes
                ]
                pipeline._finalized = False
                pipeline.finalize()
            return pipelines

    return WithLowering


# A number in the name of each function sets apart those of one text. Numba counts from 1 in every process; but code
# that two processes have compiled is loaded side by side, where one name must not mean two functions: count from now.
FunctionIdentity._unique_ids = count(time.time_ns())
Record.__repr__ = cache(Record.__repr__)  # Numba writes out all fields of all arguments at each of its thirty steps
InnerCompiler, OuterCompiler = _with(_InnerLowering), _with(_OuterLowering)
