"""The page of a study in a real browser, offline: the switch works, pictures show, nothing is wider than the screen."""

from __future__ import annotations

import html
import re
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from scenarios.reports.study_report import write_study_report
from tests.browser.pages import BROWSER, probed, run
from tests.studies import fake_study

pytestmark = pytest.mark.skipif(BROWSER is None, reason="no chromium on this machine: the page is not looked at")


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("page")
    found = write_study_report(*fake_study(("nothing", "red_packet"), ("pet_owners", "deals"), 5, 60), folder)
    text = probed(found.read_text(encoding="utf-8"))
    (folder / "probe.html").write_text(text, encoding="utf-8")
    return found


@pytest.mark.parametrize(("lang", "tag", "size"), [("en", "en", "1200,900"), ("zh", "zh-Hans", "400,800")])
def test_switch_shows_one_language_and_all_pictures(page: Path, lang: str, tag: str, size: str) -> None:
    dom = run(page.parent, f"--window-size={size}", "--dump-dom", f"{(page.parent / 'probe.html').as_uri()}#{lang}")
    found = re.search(r"<title>(\{.*?\})</title>", dom)
    assert found, "the page's script did not run"
    state = html.unescape(found.group(1))
    for part in (f'"lang":"{tag}"', '"shown":1', f'"main":"{tag}"', '"wide":true', f'"pressed":"{lang}"'):
        assert part in state
    counts = re.search(r'"images":(\d+),"drawn":(\d+)', state)
    assert counts
    assert counts.group(1) == counts.group(2)
    assert int(counts.group(1)) == 13


def test_pages_of_the_two_languages_look_different_and_are_not_blank(page: Path) -> None:
    seen = []
    for lang in ("en", "zh"):
        target = page.parent / f"{lang}.shot.png"
        run(page.parent, "--window-size=1000,700", f"--screenshot={target}", f"{page.as_uri()}#{lang}")
        seen.append(np.asarray(Image.open(target).convert("L"), dtype=int))
    assert all((shot < 128).mean() > 0.005 for shot in seen)
    assert np.abs(seen[0] - seen[1]).mean() > 1
