"""The page of many arms in a real browser, offline: the buttons show one family and all again; nothing is too wide."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path

import pytest

from scenarios.reports.study_report import write_study_report
from tests.browser import pages
from tests.browser.pages import BROWSER, SWITCHED, pictures_of, run
from tests.many import MANY, many_study

pytestmark = pytest.mark.skipif(BROWSER is None, reason="no chromium on this machine: the page is not looked at")

FILTERED = """<script>addEventListener("load", function () {
  var main = document.querySelector("main"), seen = [];
  function count() {
    seen.push(["tr[data-family]", "figure.mini"].map(function (one) {
      return [].filter.call(main.querySelectorAll(".ranked " + one + ", .minis " + one), function (it) {
        return it.offsetHeight > 0; }).length; }));
  }
  count(); main.querySelector("[data-show=entry]").click(); count();
  main.querySelector("[data-show=entry]").click(); count();
  document.title = JSON.stringify(seen);
});</script>"""


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    study, outcomes, lifetimes, notes, weeks = many_study()
    return write_study_report(study, outcomes, lifetimes, tmp_path_factory.mktemp("many"), notes=notes, weeks=weeks)


@pytest.mark.parametrize(("lang", "tag", "size"), SWITCHED)
def test_switch_shows_one_language_and_all_pictures(page: Path, lang: str, tag: str, size: str) -> None:
    assert pictures_of(page.read_text(encoding="utf-8"), page.parent, lang, tag, size) == (2, 2)


def test_a_family_alone_then_all_again(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "PROBE", FILTERED)
    (page.parent / "click.html").write_text(pages.probed(page.read_text(encoding="utf-8")), encoding="utf-8")
    dom = run(page.parent, "--dump-dom", f"{(page.parent / 'click.html').as_uri()}#en")
    title = re.search(r"<title>(.*?)</title>", dom)
    assert title
    before, alone, after = json.loads(unescape(title[1]))
    assert before == after == [len(MANY), len(MANY) - 1]
    assert alone[0] == alone[1] + 1  # and the reference
    assert 0 < alone[1] < len(MANY) - 1


def test_without_script_everything_is_shown_and_no_button(page: Path) -> None:
    text = re.sub(r"<script>.*?</script>", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    counted = FILTERED.replace('main.querySelector("[data-show=entry]").click();', "").replace(
        "JSON.stringify(seen)", 'JSON.stringify([seen[0], main.querySelector(".filter").offsetHeight])')  # fmt: skip
    script = counted.removeprefix("<script>").removesuffix("</script>")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pages, "PROBE", f"<script>{script}</script>")
        (page.parent / "bare.html").write_text(pages.probed(text), encoding="utf-8")
    dom = run(page.parent, "--dump-dom", (page.parent / "bare.html").as_uri())
    title = re.search(r"<title>(\[.*?\])</title>", dom)
    assert title
    assert json.loads(unescape(title[1])) == [[len(MANY), len(MANY) - 1], 0]
