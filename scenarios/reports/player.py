"""The script that plays a run in a browser: the files of ``templates/player`` in the order they need each other."""

from __future__ import annotations

from importlib.resources import files

__all__ = ["PARTS", "script", "style"]

PARTS = ("tools", "setting", "draw", "guess", "controls", "charts", "fan", "purse", "wall", "picture", "player")
"""Each file a view, or what views share; ``player`` puts them together."""

_PLACE = files("scenarios.reports") / "templates" / "player"


def script() -> str:
    """All parts as one script; it is the same in a replay file and on the web page."""
    return "\n".join(_PLACE.joinpath(f"{part}.js").read_text("utf-8") for part in PARTS)


def style() -> str:
    """The style of the player."""
    return _PLACE.joinpath("player.css").read_text("utf-8")
