"""How studies, searches and sensitivity analyses end: their exit codes."""

from __future__ import annotations

import sys
from collections.abc import Callable

from scenarios.execution.executor import Failed
from sim.data.store import Store, StoreError

__all__ = ["with_store"]


def with_store(folder: str, work: Callable[[Store], int]) -> int:
    """The exit code of ``work`` on the store in a folder; 1 where store or runs fail it, 130 after Ctrl-C."""
    try:
        with Store(folder) as store:
            before = store.ledger.count("done")
            try:
                return work(store)
            except KeyboardInterrupt:
                return _stopped(store, before)
    except StoreError as error:
        print(f"shequn: {error}", file=sys.stderr)
        return 1
    except Failed as error:
        print(f"shequn: stopped at a failed run ({error})\n`shequn query` shows its traceback; fail=keep goes on",
              file=sys.stderr)  # fmt: skip
        return 1


def _stopped(store: Store, before: int) -> int:
    """After Ctrl-C: what is kept, and how to go on."""
    more = store.ledger.count("done") - before
    print(f"\nshequn: stopped; finished runs are kept in {store.folder} ({more:,} more than before). To go on, give "
          "the same command again.", file=sys.stderr)  # fmt: skip
    return 130
