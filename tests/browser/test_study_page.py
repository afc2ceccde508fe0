"""The page of a study in a real browser, offline: the switch works, pictures show, nothing is wider than the screen."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from scenarios.reports.study_report import write_study_report
from tests.browser.pages import BROWSER, SWITCHED, pictures_of, run
from tests.studies import fake_study

pytestmark = pytest.mark.skipif(BROWSER is None, reason="no chromium on this machine: the page is not looked at")


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("page")
    return write_study_report(*fake_study(("nothing", "red_packet"), ("pet_owners", "deals"), 5, 60), folder)


@pytest.mark.parametrize(("lang", "tag", "size"), SWITCHED)
def test_switch_shows_one_language_and_all_pictures(page: Path, lang: str, tag: str, size: str) -> None:
    assert pictures_of(page.read_text(encoding="utf-8"), page.parent, lang, tag, size) == (13, 13)


def test_pages_of_the_two_languages_look_different_and_are_not_blank(page: Path) -> None:
    seen = []
    for lang in ("en", "zh"):
        target = page.parent / f"{lang}.shot.png"
        run(page.parent, "--window-size=1000,700", f"--screenshot={target}", f"{page.as_uri()}#{lang}")
        seen.append(np.asarray(Image.open(target).convert("L"), dtype=int))
    assert all((shot < 128).mean() > 0.005 for shot in seen)
    assert np.abs(seen[0] - seen[1]).mean() > 1
