"""Words of the generated pages in the language spoken, and how declared texts become Markdown.

English stands in the code, other languages in ``docs/locale/LANGUAGE/LC_MESSAGES/generated.po``. What strategies, knobs
and outcomes say of themselves is translated with the program (sim/locale).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import polib

from docs.website.languages import LANGUAGES
from sim.locale.catalogue import SOURCE
from sim.locale.speaking import spoken

__all__ = ["LOCALE", "prose", "row", "shown", "table", "word"]

LOCALE = Path(__file__).resolve().parents[1] / "locale"
_CODE = re.compile(r"(`[^`]*`)")


@cache
def _known(lang: str) -> dict[str, str]:
    found = polib.pofile(str(LOCALE / LANGUAGES[lang] / "LC_MESSAGES" / "generated.po"), encoding="utf-8")
    return {entry.msgid: entry.msgstr for entry in found if entry.msgstr}


def word(english: str, **values: object) -> str:
    """A text of these pages in the language spoken; one that is not translated is a mistake."""
    text = english if spoken() == SOURCE else _known(spoken())[english]
    return text.format(**values)


def prose(text: str) -> str:
    """A declared text as Markdown: names in ``double`` marks become code, no other sign has a meaning."""
    parts = _CODE.split(text.replace("``", "`"))
    return "".join(part if part.startswith("`") else re.sub(r"([*<\[\]])", r"\\\1", part) for part in parts)


def row(cells: Iterable[str]) -> str:
    """A row of a table."""
    return f"| {' | '.join(cell.replace('|', '/').replace(chr(10), ' ') for cell in cells)} |"


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table, or nothing where it has no rows."""
    lines, names = [row(one) for one in rows], [*head]
    return "\n".join([row(names), "|" + "---|" * len(names), *lines]) if lines else ""


def shown(file: str, up: int) -> str:
    """A link to the page that shows a file of the repository, from a page that lies ``up`` folders deep."""
    return f"[`{file}`](shown:{'../' * (up + 1)}files/{file}.html)"
