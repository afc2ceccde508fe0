"""Write sim/analysis/facts/reference/long_rooms.json: real rooms that ``shequn validate`` sets beside simulated ones.

``python docs/lives_reference.py MESSAGES ROOMS`` takes a log and its rooms as ``shequn read`` does. The numbers in the
project come from freeCodeCamp's published Gitter chat history (see tests/data/README.md for its notices): rooms with at
least 100 human messages over at least 30 days of their first 52 weeks, in an order drawn by lot. The file holds counts
by day of the room's life and by hour of the week, no dates and no people, and is offered under the ODbL 1.0.
"""

from __future__ import annotations

import json
from pathlib import Path

from docs.rooms_reference import ORIGIN, asked
from sim.analysis.facts.fingerprints import WATCHED, rooms_of, stored
from sim.analysis.logs.talk import talk_of
from sim.analysis.statistics.bootstrap import by_lot

PLACE = Path(__file__).parents[1] / "sim" / "analysis" / "facts" / "reference" / "long_rooms.json"
SOURCE = (
    "freeCodeCamp's published Gitter chat history, rooms with at least 100 human messages over at least 30 days of "
    f"their first {WATCHED} days"
)


def main() -> None:
    """Read, measure, write."""
    messages, known, out = asked(__doc__ or "", PLACE)
    rooms = rooms_of(talk_of(messages, known))
    order = by_lot(len(rooms), 1)
    lines = ",\n".join(json.dumps(one, separators=(",", ":")) for one in stored(rooms, order))
    head = json.dumps({**ORIGIN, "source": SOURCE}, indent=1)[:-2]
    out.parent.mkdir(exist_ok=True)
    out.write_text(f'{head},\n "rooms": [\n{lines}\n]}}\n', "utf-8")
    print(f"wrote {out.name}: {len(rooms)} rooms")


if __name__ == "__main__":
    main()
