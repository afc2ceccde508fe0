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
    r"""``message`` in at most ``lines`` lines of reasonable width, without blank ones; letters that cannot be shown, or
    that would do something to a terminal, are written out.

    >>> brief("no \x1b[31mred\n\nhere")
    'no \\x1b[31mred\nhere'
    """
    kept = [_visible(line.rstrip()) for line in message.split("\n") if line.strip()][:lines]
    return "\n".join(line if len(line) <= 2 * _WIDTH else line[: 2 * _WIDTH - 1] + "…" for line in kept)


def _visible(line: str) -> str:
    return "".join(one if one.isprintable() else one.encode("unicode_escape").decode() for one in line)


def shown(value: object) -> str:
    """``value`` as it is quoted in a message: short, on one line."""
    text = str(value).replace("\n", " ").replace("\r", " ")
    return text if len(text) <= 60 else text[:59] + "…"
