"""What the page gives to keep, in a browser: tables, picture, question; and a stranger's file that is opened there."""

from __future__ import annotations

import json
import struct
import zipfile
from pathlib import Path
from typing import Any

import pytest

from sim.data.results import load
from tests.browser.pages import BROWSER

pytestmark = pytest.mark.skipif(BROWSER is None, reason="no chromium on this machine: the page is not looked at")


def _saved(page: Any, button: str, folder: Path) -> Path:
    """The file that a button gives, pressed by keyboard."""
    page.focus(button)
    with page.expect_download() as found:
        page.keyboard.press("Enter")
    path = folder / found.value.suggested_filename
    found.value.save_as(path)
    return path


def _open(page: Any, data: bytes) -> None:
    page.set_input_files("#file", {"name": "question.json", "mimeType": "application/json", "buffer": data})


def test_the_tables_are_those_of_the_digest(page: Any, tmp_path: Path) -> None:
    packed = _saved(page, "#tables", tmp_path)
    zipfile.ZipFile(packed).extractall(tmp_path)
    assert load(tmp_path / "shequn-run", verify=True).digest == page.get_attribute("#made code", "title")


def test_the_picture_is_drawn(page: Any, tmp_path: Path) -> None:
    page.click("#skip")
    page.wait_for_function("document.getElementById('day')?.textContent?.startsWith('Day 60 ')")
    data = _saved(page, "#picture", tmp_path).read_bytes()
    assert data.startswith(b"\x89PNG")
    wide, high = struct.unpack(">II", data[16:24])
    assert 800 < wide < 2000
    assert 500 < high < 1000
    assert len(data) > 30_000  # there is something on it


def test_a_question_is_restored_where_it_is_opened(page: Any, tmp_path: Path) -> None:
    page.click("#skip")
    page.wait_for_function("document.getElementById('day')?.textContent?.startsWith('Day 60 ')")
    page.click("#back")
    data = _saved(page, "#question", tmp_path).read_bytes()
    page.click("[data-lang-to=zh]")
    page.wait_for_function("document.documentElement.lang === 'zh-Hans'")
    page.fill(".numbers input >> nth=0", "6")
    page.wait_for_function("location.search.includes('groups=6')")
    _open(page, data)
    page.wait_for_function("location.search.includes('groups=4') && document.getElementById('day')")
    assert page.text_content("#day") == "第 59 天，共 60 天"
    assert "second=group_cap.limit%3D40" in page.url


def _file(**said: Any) -> bytes:
    return json.dumps({"kind": "shequn question", "version": 1, **said}).encode()


@pytest.mark.parametrize(("data", "told"), [
    (b"\x00\xff" * 500, "no question that this page has saved"),
    (b"[" * 3_000_000, "too large for a question"),
    (_file(_target_="os.system"), "no part of a question"),
    (_file(first="<img src=x onerror=alert(1)>"), "there is no strategy"),
])  # fmt: skip
def test_a_strangers_file_is_told_in_one_sentence(browser: Any, address: str, data: bytes, told: str) -> None:
    one = browser.new_page()
    errors: list[str] = []
    one.on("pageerror", lambda error: errors.append(str(error)))
    one.on("dialog", lambda dialog: errors.append(dialog.message))
    one.goto(f"{address}?groups=2&days=20")
    one.wait_for_selector("#config")
    _open(one, data)
    one.wait_for_selector("#told.mistake")
    assert told in one.text_content("#told")
    assert one.locator("#told img").count() == 0
    assert "groups=2" in one.url
    _open(one, _file(groups=3, days=20))  # and the page goes on
    one.wait_for_function("location.search.includes('groups=3')")
    assert not errors
    one.close()
