"""The store of finished runs, addressed by what determines them. It knows runs, not questions.

A run's id is a hash of everything that determines it; results lie in files named by the hash of their bytes; a ledger
in SQLite says which run lies where, and can be made again from the files.
"""

from sim.data.store.files import StoreError, StoreFull
from sim.data.store.store import Store

__all__ = ["Store", "StoreError", "StoreFull"]
