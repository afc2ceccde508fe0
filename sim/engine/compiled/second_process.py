"""A second process that compiles the phases of the community while the first compiles the day of the groups.

Numba compiles in one thread. What the helper has compiled it leaves in the cache on the disk, where the first process
finds it as if from an earlier run. The helper is a fresh interpreter and not a fork (a program with threads must not
be forked) nor a ``multiprocessing`` child (that would run the user's script again). Whatever goes wrong with it is no
error: what is not in the cache when it has ended is compiled by the first process, as without it.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from importlib import import_module
from operator import attrgetter
from typing import Any

import numba

from sim.engine.lanes import Schedule

__all__ = ["helping", "main"]

_COMMAND = (
    "import sys; order = sys.stdin.buffer.read(int(sys.stdin.buffer.readline()));"
    "from sim.engine.compiled.second_process import main; main(order)"
)
"""The order is read before the slow imports: a pipe holds little, and the first process would wait until it is read."""
_PATIENCE = 10.0
"""Seconds for which the first process, when done, waits for a helper that takes longer than itself."""
_is_helper = False


@contextlib.contextmanager
def helping(key: str, roles: Sequence[type], schedule: Schedule, signature: Any) -> Iterator[bool]:
    """Have the loops between the days compiled by a helper during the block, and wait for it at the end.

    False if none can be had.
    """
    names = [(role.__module__, role.__qualname__) for role in roles]
    process = _start((key, names, schedule.module, signature), roles)
    if process is None:
        yield False
        return
    try:
        yield True
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(_PATIENCE)
    finally:  # Ctrl-C, too
        process.kill()
        process.wait()
        if process.stdin is not None:
            with contextlib.suppress(OSError):
                process.stdin.close()


def _start(order: Any, roles: Sequence[type]) -> subprocess.Popen[bytes] | None:
    """Start a helper and tell it what to do; ``None`` where there is no core for it, or it could not do it."""
    is_worker = _is_helper or multiprocessing.parent_process() is not None or getattr(sys, "frozen", False)
    if is_worker or numba.config.NUMBA_NUM_THREADS < 2 or not all(map(_can_be_imported, roles)):
        return None
    try:
        paths = os.pathsep.join(path or os.getcwd() for path in sys.path if isinstance(path, str))
        process = subprocess.Popen(
            [sys.executable, "-P", "-c", _COMMAND],
            env=os.environ | {"PYTHONPATH": paths},
            stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
    except (OSError, ValueError, TypeError):  # no such program, or no name of one
        return None
    try:
        text = pickle.dumps(order)
        process.stdin.write(b"%d\n%s" % (len(text), text))  # type: ignore[union-attr]
        process.stdin.flush()  # type: ignore[union-attr]
    except Exception:  # it ended at once, or a type cannot be sent
        process.kill()
    return process


def _can_be_imported(role: type) -> bool:
    """Would another process find this very class? Not if it was typed in a notebook, in a script, or in a function."""
    module = sys.modules.get(role.__module__)
    if role.__module__ == "__main__" or getattr(module, "__file__", None) is None:
        return False
    try:
        return attrgetter(role.__qualname__)(module) is role
    except AttributeError:
        return False


def main(order: bytes) -> None:
    """In the helper: compile what is ordered; end with it, or when the first process ends, however it ends."""
    global _is_helper
    _is_helper = True
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal sends Ctrl-C to both; it is the first one's business
    threading.Thread(target=_follow, daemon=True).start()
    try:
        _compile(*pickle.loads(order))
    finally:
        os._exit(0)  # the thread that waits for the pipe would hold up an orderly end


def _compile(key: str, names: Sequence[tuple[str, str]], module: str, signature: Any) -> None:
    from sim.engine.compiled.lane import compiled_lane

    roles: Any = tuple(attrgetter(name)(import_module(home)) for home, name in names)
    schedule: Schedule = import_module(module).SCHEDULE
    lane = compiled_lane(schedule, roles)
    if lane.key == key:  # else the rules are others than the first process has: a file was edited, a name replaced
        for phase in schedule.between:
            lane.loop(phase).compile(signature)  # type: ignore[attr-defined]


def _follow() -> None:
    """The pipe is closed when the first process ends."""
    while os.read(0, 1):
        pass
    os._exit(1)
