"""What a user can get wrong: one message of at most three lines that names the place and the cure."""

from __future__ import annotations

__all__ = ["ConfigError", "UserError", "brief", "shown"]

_WIDTH = 160


class UserError(ValueError):
    """A mistake of the user. The command line prints the message and exits with 2."""

    def __init__(self, message: str) -> None:
        super().__init__(brief(message))


class ConfigError(UserError):
    """A configuration that cannot be run."""


def brief(message: str, lines: int = 3) -> str:
    """``message`` in at most ``lines`` lines of reasonable width, without blank ones."""
    kept = [line.rstrip() for line in message.splitlines() if line.strip()][:lines]
    return "\n".join(line if len(line) <= 2 * _WIDTH else line[: 2 * _WIDTH - 1] + "…" for line in kept)


def shown(value: object) -> str:
    """``value`` as it is quoted in a message: short, on one line."""
    text = str(value).replace("\n", " ").replace("\r", " ")
    return text if len(text) <= 60 else text[:59] + "…"
