"""Write sim/analysis/facts/reference/long_rooms.json: real rooms that ``shequn validate`` sets beside simulated ones.

``python docs/lives_reference.py MESSAGES ROOMS`` takes a log and its rooms as ``shequn read`` does. The numbers in the
project come from freeCodeCamp's published Gitter chat history (see tests/data/README.md for its notices): rooms with at
least 100 human messages over at least 30 days of their first 52 weeks, in an order drawn by lot. The file holds counts
by day of the room's life and by hour of the week, no dates and no people, and is offered under the ODbL 1.0.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from docs.rooms_reference import ORIGIN
from sim.analysis.facts.fingerprints import WATCHED, rooms_of, stored
from sim.analysis.logs.reading import read_messages, read_rooms
from sim.analysis.logs.talk import talk_of
from sim.analysis.statistics.bootstrap import by_lot

PLACE = Path(__file__).parents[1] / "sim" / "analysis" / "facts" / "reference" / "long_rooms.json"
SOURCE = (
    "freeCodeCamp's published Gitter chat history, rooms with at least 100 human messages over at least 30 days of "
    f"their first {WATCHED} days"
)


def main() -> None:
    """Read, measure, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("messages", type=Path)
    parser.add_argument("rooms", type=Path)
    parser.add_argument("--out", type=Path, default=PLACE, help="where the numbers go")
    options = parser.parse_args()
    messages = read_messages(options.messages)
    rooms = rooms_of(talk_of(messages, read_rooms(options.rooms, messages)))
    order = by_lot(len(rooms), 1)
    lines = ",\n".join(json.dumps(one, separators=(",", ":")) for one in stored(rooms, order))
    head = json.dumps({**ORIGIN, "source": SOURCE}, indent=1)[:-2]
    options.out.parent.mkdir(exist_ok=True)
    options.out.write_text(f'{head},\n "rooms": [\n{lines}\n]}}\n', "utf-8")
    print(f"wrote {options.out.name}: {len(rooms)} rooms")


if __name__ == "__main__":
    main()
