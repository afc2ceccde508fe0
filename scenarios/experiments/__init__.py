"""Studies: worlds × arms × seeds, read from ``conf/study``, played by runners, kept in a store."""

from __future__ import annotations

import time

__all__ = ["STARTED"]

STARTED = time.perf_counter()
"""When this process began: a plan counts the time of imports and composing too."""
