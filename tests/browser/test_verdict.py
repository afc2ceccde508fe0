"""Who has won a comparison, and what becomes of a guess: by the interval, or left open."""

from __future__ import annotations

from typing import Any

import pytest

from scenarios.reports.player import script
from tests.browser.pages import BROWSER

pytestmark = pytest.mark.skipif(BROWSER is None, reason="no chromium on this machine: the page is not looked at")

ASK = """([gaps, band, guess]) => {
  const curves = (ends) => ({ curves: { members: { ends, mean: [100] } } });
  const arms = { a: curves(gaps.map(() => 100)), b: curves(gaps.map((gap) => 100 + gap)) };
  const run = { reel: { t: 2.4, band }, fan: null, last: 0, now: { guess, day: 0, open: true },
                arm: (which) => arms[which], slots: () => ({}), word: (key) => key };
  const view = shequn.views.verdict(run);
  view.tell();
  return view.node.textContent;
}"""
NEAR, WIDE, MORE, LESS = [1, -1] * 4, [40, -40] * 4, [19, 21] * 4, [-19, -21] * 4


@pytest.mark.parametrize(
    ("gaps", "band", "guess", "scored", "end"),
    [
        (MORE, "interval", "b", "guess_right", "end_b"), (MORE, "interval", "a", "guess_wrong", "end_b"),
        (LESS, "interval", "a", "guess_right", "end_a"), (NEAR, "interval", "same", "guess_right", "end_same"),
        (WIDE, "interval", "same", "guess_open", "end_open"), (WIDE, "interval", "b", "guess_open", "end_open"),
        ([4], "spread", "same", "guess_right", "end_same"), ([6], "spread", "same", "guess_wrong", "end_b"),
    ],
)  # fmt: skip
def test_a_guess_is_scored_by_the_interval_or_stays_open(
    browser: Any, gaps: list[int], band: str, guess: str, scored: str, end: str
) -> None:
    one = browser.new_page()
    one.add_script_tag(content=script())
    assert one.evaluate(ASK, [gaps, band, guess]).split()[1:3] == [scored, end]
    one.close()
