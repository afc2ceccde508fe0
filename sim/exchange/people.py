"""Who is who while a file is read: numbers from 1 in order of appearance; 0 is nobody, the author of notices."""

from __future__ import annotations

from sim.analysis.logs.columns import LogError, Source

__all__ = ["NOBODY", "People"]

NOBODY = 0
_MOST = 1_000_000


class People:
    """Numbers for authors. Somebody known by name only (who joined) and later by a key is one person."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._by_key: dict[str, int] = {}
        self._by_name: dict[str, int] = {}
        self._known = 0
        self._unkeyed: set[str] = set()  # names for which no key has been seen

    def number(self, who: str, name: str) -> int:
        """The number of an author told by a key (``who``), by a name, or by both; nobody where there is neither."""
        if who:
            found = self._by_key.get(who)
            if found is None:
                found = self._by_name[name] if name in self._unkeyed else self._new()
                self._by_key[who] = found
            if name:
                self._by_name[name] = found
                self._unkeyed.discard(name)
            return found
        if not name:
            return NOBODY
        if name not in self._by_name:
            self._by_name[name] = self._new()
            self._unkeyed.add(name)
        return self._by_name[name]

    def _new(self) -> int:
        self._known += 1
        if self._known > _MOST:
            raise self._too_many()
        return self._known

    def _too_many(self) -> LogError:
        return self._source.error(f"it has more than {_MOST:,} authors", "see whether it is a log of chat groups")
