"""Write sim/analysis/logs/reference/rooms.json: what real rooms are like, for ``shequn read``.

``python docs/rooms_reference.py MESSAGES ROOMS`` takes a log and its rooms as ``shequn read`` does. The numbers in the
project come from freeCodeCamp's published Gitter chat history (see tests/data/README.md for its notices): rooms with at
least 50 human messages. The file holds counts and quartiles only, and is offered under the ODbL 1.0 like its source.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import pandas as pd

from sim.analysis.logs.reading import read_messages, read_rooms
from sim.analysis.logs.standing import quartiles
from sim.analysis.logs.talk import room_codes, room_table, talk_of
from sim.analysis.logs.traits import traits

PLACE = Path(__file__).parents[1] / "sim" / "analysis" / "logs" / "reference" / "rooms.json"
ORIGIN = {
    "source": "freeCodeCamp's published Gitter chat history, rooms with at least 50 human messages",
    "notice": "Copyright (c) 2015, 2016 Free Code Camp; notices in tests/data/README.md",
    "licence": "ODbL 1.0, https://opendatacommons.org/licenses/odbl/1-0/",
}


def asked(about: str, place: Path) -> tuple[pd.DataFrame, pd.DataFrame, Path]:
    """The log and its rooms that the command line names, and where the numbers go."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("messages", type=Path)
    parser.add_argument("rooms", type=Path)
    parser.add_argument("--out", type=Path, default=place, help="where the numbers go")
    options = parser.parse_args()
    messages = read_messages(options.messages)
    return messages, read_rooms(options.rooms, messages), options.out


def main() -> None:
    """Read, measure, write."""
    messages, rooms, out = asked(__doc__ or "", PLACE)
    talk = talk_of(messages, rooms)
    found = quartiles(traits(messages, talk, room_codes(messages, room_table(messages, rooms))))
    out.write_text(json.dumps({**ORIGIN, **found}, indent=1) + "\n", "utf-8")
    print(f"wrote {out.name}: {sum(found['rooms'])} rooms")


if __name__ == "__main__":
    main()
