"""The page of a search in a real browser, offline: the switch works, pictures show, nothing is too wide."""

from __future__ import annotations

from pathlib import Path

import pytest

from scenarios.reports.search_report import write_search_report
from tests.browser.pages import BROWSER, SWITCHED, pictures_of
from tests.searched import fake_search

pytestmark = pytest.mark.skipif(BROWSER is None, reason="no chromium on this machine: the page is not looked at")


@pytest.mark.parametrize(("lang", "tag", "size"), SWITCHED)
def test_switch_shows_one_language_and_all_pictures(lang: str, tag: str, size: str, tmp_path: Path) -> None:
    text = write_search_report(fake_search(4), tmp_path).read_text("utf-8")
    assert pictures_of(text, tmp_path, lang, tag, size) == (2, 2)
