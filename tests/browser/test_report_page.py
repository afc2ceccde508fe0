"""The report in a real browser, offline: the language switch works, the pictures show, Chinese letters have ink."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from scenarios.reports.run_report import write_report
from tests.browser.pages import BROWSER, PROBE, SWITCHED, pictures_of, run
from tests.fakes import fake_results

pytestmark = pytest.mark.skipif(BROWSER is None, reason="no chromium on this machine: the page is not looked at")


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("page")
    return write_report(folder, results=fake_results(["nothing", "red_packet"], replicates=3, groups=3, days=60))


def test_a_foreign_script_does_not_run(page: Path) -> None:
    text = page.read_text(encoding="utf-8").replace("</body>", PROBE + "</body>")
    (page.parent / "foreign.html").write_text(text, encoding="utf-8")
    dom = run(page.parent, "--dump-dom", f"{(page.parent / 'foreign.html').as_uri()}#zh")
    assert '<html lang="zh-Hans" data-lang="zh"' in dom  # the page's own script does
    assert not re.search(r"<title>\{", dom)


@pytest.mark.parametrize(("lang", "tag", "size"), SWITCHED)
def test_switch_shows_one_language_and_all_pictures(page: Path, lang: str, tag: str, size: str) -> None:
    assert pictures_of(page.read_text(encoding="utf-8"), page.parent, lang, tag, size) == (7, 7)


def test_pages_of_the_two_languages_look_different_and_are_not_blank(page: Path) -> None:
    seen = []
    for lang in ("en", "zh"):
        target = page.parent / f"{lang}.shot.png"
        run(page.parent, "--window-size=1000,700", f"--screenshot={target}", f"{page.as_uri()}#{lang}")
        seen.append(np.asarray(Image.open(target).convert("L"), dtype=int))
    assert all((shot < 128).mean() > 0.005 for shot in seen)
    assert np.abs(seen[0] - seen[1]).mean() > 1
