"""The page of `shequn app`, with so little simulated for advice that a test can wait for it: PORT FOLDER."""

from __future__ import annotations

import json
import sys
from pathlib import Path

if __name__ == "__main__":
    from scenarios.experiments.advise.growing import Sizes
    from scenarios.web.advice.amounts import Amounts
    from scenarios.web.server import serve

    port, folder = int(sys.argv[1]), Path(sys.argv[2])
    sets = folder / "two.json"
    sets.write_text(json.dumps({"sets": [{"values": {"mind.reply": 0.2}}, {"values": {"mind.reply": 0.3}}]}), "utf-8")
    tiny = Amounts(simulations=(140, 160), draws=10, sizes=Sizes(2, (2,), (2,), (2,)), upload=2_000_000, cases=3,
                   extra=(f"world={sets}", "population.seats=40"))  # fmt: skip
    try:
        serve("127.0.0.1", port, 1, False, tiny)
    except KeyboardInterrupt:
        sys.exit(130)  # as the command does
