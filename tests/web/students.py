"""Students of a class, scripted: they join, play, refresh, leave and come back. Runs as a script, from another network.

    python -m tests.web.students http://192.168.1.20:8080 CODE 30
"""

from __future__ import annotations

import json
import re
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import httpx

__all__ = ["PLANS", "Phone", "a_class"]

PLANS: tuple[dict[str, str], ...] = (
    {}, {"strategy0": "fixed_time"}, {"strategy0": "red_packet", "dose0": "weak"},
    {"strategy0": "fixed_time", "strategy1": "advert_ban"}, {"strategy0": "group_cap", "when0": "from_day=30"},
)  # fmt: skip
_PATIENCE = 300.0


@dataclass
class Phone:
    """A student's phone, and what it remembers."""

    address: str
    name: str
    web: httpx.Client = field(init=False)
    number: str = ""

    def __post_init__(self) -> None:
        self.web = self._new()

    def _new(self) -> httpx.Client:
        return httpx.Client(base_url=self.address, follow_redirects=True, timeout=60.0, headers={"Accept": "text/html"})

    def join(self, code: str) -> httpx.Response:
        """By the code; the number that brings them back is read from the page."""
        found = self.web.post("/join", data={"code": code, "name": self.name, "number": self.number, "lang": "en"})
        if said := re.search(r"Your number is (\d{6})", found.text):
            self.number = said[1]
        return found

    def play(self, plan: dict[str, str]) -> httpx.Response:
        """Send a plan, and look until the group was played."""
        said = {f"{what}{k}": usual for k in range(3) for what, usual in
                (("strategy", ""), ("dose", "usual"), ("when", "always"))}  # fmt: skip
        self.web.post("/mine/play", data={**said, **plan, "lang": "en"})
        end = time.monotonic() + _PATIENCE
        while self.state().get("waiting") and time.monotonic() < end:
            time.sleep(0.5)
        return self.mine()

    def mine(self) -> httpx.Response:
        """Their page, asked for anew."""
        return self.web.get("/mine", params={"lang": "en"})

    def state(self) -> dict[str, Any]:
        """What the page's script asks for."""
        found: dict[str, Any] = self.web.get("/mine/state").json()
        return found

    def lose(self) -> None:
        """Another phone: nothing is remembered but name and number."""
        self.web.close()
        self.web = self._new()


def a_class(address: str, code: str, n: int) -> list[dict[str, Any]]:
    """``n`` students at once; every third leaves and comes back, every third of them on another phone."""

    def one(k: int) -> dict[str, Any]:
        phone = Phone(address, f"学生 {k}")
        joined = phone.join(code).status_code
        played = phone.play(PLANS[k % len(PLANS)])
        again = phone.mine()
        if k % 3 == 0:
            phone.web.post("/mine/leave", data={"lang": "en"})
            if k % 9 == 0:
                phone.lose()
            phone.join(code)
        back = phone.mine()
        return {"name": phone.name, "joined": joined, "played": "What came of it" in played.text,
                "same": again.text == played.text == back.text}  # fmt: skip

    with ThreadPoolExecutor(n) as crowd:
        return list(crowd.map(one, range(n)))


if __name__ == "__main__":
    print(json.dumps(a_class(sys.argv[1], sys.argv[2], int(sys.argv[3])), ensure_ascii=False))
