"""A reader who goes away (``shequn … | head``) is no failure: what was to be done is done, only nobody hears of it."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator

__all__ = ["telling"]


@contextlib.contextmanager
def telling() -> Iterator[None]:
    """Print here, and let it be where the pipe is closed. Rich ends the program over a closed pipe; here it may not."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        _hush()
    except SystemExit as stop:
        if not isinstance(stop.__context__, BrokenPipeError):
            raise
        _hush()


def _hush() -> None:
    """What is still to be printed, and what Python itself would flush at its end, goes nowhere."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
