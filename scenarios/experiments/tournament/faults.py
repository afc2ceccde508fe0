"""What is wrong in the files of teams: gathered, so that all of it is told at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from scenarios.errors import ConfigError, UserError

__all__ = ["Faults", "Refused"]


class Refused(UserError):
    """Files of teams that cannot be played; ``faults`` are one message each, naming file, place and cure."""

    def __init__(self, faults: Sequence[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(faults))


class Faults:
    """Faults of files, in the order in which they were found."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def at(self, place: str, message: str) -> None:
        """Note what is wrong at a place."""
        self.told.append(f"{place}: {message}")

    def of[Found](self, place: str, read: Callable[[], Found]) -> Found | None:
        """What ``read`` finds; nothing where it complains, which is noted (with the place, unless that is empty)."""
        try:
            return read()
        except ConfigError as error:
            self.told.append(f"{place}: {error}" if place else str(error))
            return None

    def refuse(self) -> None:
        """Raise :class:`Refused` if there are any."""
        if self.told:
            raise Refused(self.told)
