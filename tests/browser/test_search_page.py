"""The page of a search in a real browser, offline: the switch works, pictures show, nothing is too wide."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest

from scenarios.reports.search_report import write_search_report
from tests.browser.pages import BROWSER, probed, run
from tests.searched import fake_search

pytestmark = pytest.mark.skipif(BROWSER is None, reason="no chromium on this machine: the page is not looked at")


@pytest.mark.parametrize(("lang", "tag", "size"), [("en", "en", "1200,900"), ("zh", "zh-Hans", "400,800")])
def test_switch_shows_one_language_and_all_pictures(lang: str, tag: str, size: str, tmp_path: Path) -> None:
    text = write_search_report(fake_search(4), tmp_path).read_text("utf-8")
    (tmp_path / "probe.html").write_text(probed(text), "utf-8")
    dom = run(tmp_path, f"--window-size={size}", "--dump-dom", f"{(tmp_path / 'probe.html').as_uri()}#{lang}")
    found = re.search(r"<title>(\{.*?\})</title>", dom)
    assert found, "the page's script did not run"
    state = html.unescape(found.group(1))
    counts = ('"images":2', '"drawn":2')
    for part in (f'"lang":"{tag}"', '"shown":1', f'"main":"{tag}"', '"wide":true', f'"pressed":"{lang}"', *counts):
        assert part in state
