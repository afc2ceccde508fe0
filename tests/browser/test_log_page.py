"""The page of a real log in a real browser, offline: the switch works, pictures show, nothing is too wide."""

from __future__ import annotations

from pathlib import Path

import pytest

from scenarios.reports.log_report import write_folder
from sim.analysis.logs.people import hidden
from sim.analysis.logs.reading import read_messages
from sim.analysis.logs.summary import summarise
from tests.browser.pages import BROWSER, SWITCHED, pictures_of

pytestmark = pytest.mark.skipif(BROWSER is None, reason="no chromium on this machine: the page is not looked at")

LOG = Path(__file__).parents[1] / "data" / "rooms_extract.parquet"


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    messages = hidden(read_messages(LOG))[0]
    folder = tmp_path_factory.mktemp("page")
    return write_folder(summarise(messages), folder, rooms_known=False, shared=messages).read_text("utf-8")


@pytest.mark.parametrize(("lang", "tag", "size"), SWITCHED)
def test_switch_shows_one_language_and_all_pictures(page: str, lang: str, tag: str, size: str, tmp_path: Path) -> None:
    assert pictures_of(page, tmp_path, lang, tag, size) == (5, 5)
