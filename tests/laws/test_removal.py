"""Who is removed is silent from that moment on."""

from __future__ import annotations

from typing import Any

import pytest

from agents import Advertiser
from sim import conversation
from tests.plays import lively, started, strategy


def test_a_removed_member_says_nothing_more_that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Seen at the moment of removal, in the Mesa lane: posts then are posts at midnight."""
    posts: dict[int, int] = {}
    police = conversation.police

    def watching(desk: Any, members: Any, me: Any, first: int, group: Any, world: Any) -> None:
        police(desk, members, me, first, group, world)
        for row in range(group.first, group.first + group.n_slots):
            if members[row].person >= 0 and members[row].is_gone > 0:
                posts.setdefault(row, members[row].n_posts)

    def zealous(self: Any, group: Any, world: Any) -> None:
        self.n_looks = 12

    monkeypatch.setattr(conversation, "police", watching)
    monkeypatch.setattr(Advertiser, "visit", zealous)
    removed = 0
    cast = {"advertisers": 0.6, "moderators": 2.0}
    engine = started(lively([strategy("advert_ban")], cast=cast, purpose={"search_rate": 4.0}), "mesa")
    for _ in range(15):
        posts.clear()
        engine.step()
        removed += len(posts)
        assert all(engine.state.members["n_posts"][row] == n for row, n in posts.items())
    assert removed > 20
