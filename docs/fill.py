"""Fill the numbers of the READMEs from results: ``python docs/fill.py NUMBERS.json``.

A number stands between ``<!-- bench:NAME -->`` and ``<!-- /bench -->``. The file maps names to numbers or texts; nested
tables are named with dots. Names it does not hold are left as they are, and listed.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Mapping
from pathlib import Path

PAGES = ("README.md", "README.zh.md")
SLOT = re.compile(r"(<!-- bench:([\w.]+) -->)(.*?)(<!-- /bench -->)", re.DOTALL)


def flat(table: Mapping[str, object], before: str = "") -> dict[str, str]:
    """Nested tables as one, with dotted names; numbers with three figures."""
    found: dict[str, str] = {}
    for name, value in table.items():
        if isinstance(value, Mapping):
            found |= flat(value, f"{before}{name}.")
        elif isinstance(value, float):
            found[before + name] = f"{value:,.3g}" if abs(value) < 1000 else f"{value:,.0f}"
        else:
            found[before + name] = f"{value:,}" if isinstance(value, int) else str(value)
    return found


def fill(text: str, numbers: Mapping[str, str]) -> tuple[str, set[str]]:
    """The text with its slots filled, and the names of those that stay open."""
    open_slots = {name for _, name, _, _ in SLOT.findall(text) if name not in numbers}
    return SLOT.sub(lambda m: m[1] + numbers.get(m[2], m[3]) + m[4], text), open_slots


def main() -> None:
    """Fill both READMEs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("numbers", type=Path, help="a JSON file: name → number or text")
    numbers = flat(json.loads(parser.parse_args().numbers.read_text(encoding="utf-8")))
    for name in PAGES:
        page = Path(__file__).resolve().parent.parent / name
        text, still_open = fill(page.read_text(encoding="utf-8"), numbers)
        page.write_text(text, encoding="utf-8")
        print(f"{name}: " + (f"still open: {', '.join(sorted(still_open))}" if still_open else "all filled"))


if __name__ == "__main__":
    main()
