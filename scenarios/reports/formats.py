"""In which formats pictures lie beside their page: ``format=png,pdf``. The page itself always shows PNGs."""

from __future__ import annotations

from scenarios.errors import UserError, shown
from sim.engine.knobs import did_you_mean

__all__ = ["FORMATS", "PNG", "Formats", "formats_of"]

Formats = tuple[str, ...]
FORMATS = ("png", "svg", "pdf")
PNG: Formats = ("png",)


def formats_of(key: str, value: str) -> Formats:
    """The formats that are asked for, each once, as ``png,pdf``.

    Raises
    ------
    UserError
        There is no such format, or none is named.
    """
    asked = [one.strip().lower() for one in value.split(",")]
    for one in asked:
        if one not in FORMATS:
            raise UserError(f"{key}={shown(value)}: there is no format '{shown(one)}'{did_you_mean(one, FORMATS)}")
    return tuple(dict.fromkeys(asked))
