"""A folder of the user's own: a strategy, its doses, a role, a scenario and a study."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from scenarios.config import own

STRATEGY = '''
from scenarios.strategies.base import Strategy
from sim.engine.knobs import Knob

from .doses import USUAL


class WeekendPacket(Strategy):
    """Packets at weekends."""

    title = ("Weekend packet", "周末红包")
    amount = Knob(USUAL, 0.01, 20_000.0, "CNY", "money in a packet", "assumption")

    def push(self, levers, groups, day):
        levers.packet_yuan.only_one(self.amount if day % 7 >= 5 else 0.0)
        levers.packet_shares.only_one(10)
'''
ROLE = '''
from agents import Member


class Follower(Member):
    """Looks in only where others talked yesterday."""

    n_worth: int

    def visit(self, today, group, world):
        self.n_looks = 1 if group.n_member_messages > 5 else 0
'''
STUDY = """
question: {en: "Do packets at weekends help?", zh: 周末发红包有用吗？}
plugins: [my]
worlds: {mine: [scenario=mine]}
arms: {nothing: [strategy=nothing], weekend: [strategy=weekend_packet]}
seeds: 2
days: 5
"""
FILES = {
    "weekend_packet.py": STRATEGY,
    "doses.py": "USUAL = 8.8\n",
    "follower.py": ROLE,
    "strategy/weekend_packet.yaml": "# @package strategies.weekend_packet\n# Packets at weekends.\namount: 7.7\n",
    "scenario/mine.yaml": "# @package _global_\n# title: Mine | 我的\nroles: {follower: 0.3}\n"
    "population: {groups: 2, seats: 20}\nlane: mesa\n",
    "study/weekends.yaml": STUDY,
}


@pytest.fixture
def my(tmp_path: Path) -> Iterator[Path]:
    """The folder ``my``, of which nothing is known yet, and nothing afterwards."""
    folder = tmp_path / "my"
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    yield folder
    own.forget()
