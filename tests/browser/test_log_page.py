"""The page of a real log in a real browser, offline: the switch works, pictures show, nothing is too wide."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest

from scenarios.reports.log_report import write_folder
from sim.analysis.logs.people import hidden
from sim.analysis.logs.reading import read_messages
from sim.analysis.logs.summary import summarise
from tests.browser.pages import BROWSER, probed, run

pytestmark = pytest.mark.skipif(BROWSER is None, reason="no chromium on this machine: the page is not looked at")

LOG = Path(__file__).parents[1] / "data" / "rooms_extract.parquet"


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    messages = hidden(read_messages(LOG))[0]
    folder = tmp_path_factory.mktemp("page")
    return write_folder(summarise(messages), folder, rooms_known=False, shared=messages).read_text("utf-8")


@pytest.mark.parametrize(("lang", "tag", "size"), [("en", "en", "1200,900"), ("zh", "zh-Hans", "400,800")])
def test_switch_shows_one_language_and_all_pictures(page: str, lang: str, tag: str, size: str, tmp_path: Path) -> None:
    (tmp_path / "probe.html").write_text(probed(page), "utf-8")
    dom = run(tmp_path, f"--window-size={size}", "--dump-dom", f"{(tmp_path / 'probe.html').as_uri()}#{lang}")
    found = re.search(r"<title>(\{.*?\})</title>", dom)
    assert found, "the page's script did not run"
    state = html.unescape(found.group(1))
    counts = ('"images":5', '"drawn":5')
    for part in (f'"lang":"{tag}"', '"shown":1', f'"main":"{tag}"', '"wide":true', f'"pressed":"{lang}"', *counts):
        assert part in state
