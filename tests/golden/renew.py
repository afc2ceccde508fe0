"""Write the golden numbers anew: ``python -m tests.golden.renew "why they move"``.

The reason becomes a line of the changelog: numbers never move without one.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from tests.golden.worlds import BASELINE, WORLDS, machine, measured

CHANGELOG = Path(__file__).resolve().parents[2] / "CHANGELOG.md"
HEAD = "## Golden numbers\n\n"


def main(words: list[str]) -> int:
    """Measure every world, write the baseline and the changelog line; a reason is required."""
    why = " ".join(words).strip()
    if len(why) < 20:
        print('say why, in a sentence for the changelog: python -m tests.golden.renew "…"', file=sys.stderr)
        return 2
    worlds = {name: measured(name, "compiled") for name in WORLDS}
    BASELINE.write_text(json.dumps({"machine": machine(), "why": why, "worlds": worlds}, indent=1) + "\n", "utf-8")
    text = CHANGELOG.read_text("utf-8")
    begin, end = text.split(HEAD, 1)
    CHANGELOG.write_text(f"{begin}{HEAD}- {why}\n{end}", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
