"""A replay in a real browser, offline and from a file: guess, play, step, switch the language."""

from __future__ import annotations

import html
import json
import re
from typing import Any

import pytest

from scenarios.reports.replay import write_replay
from tests.browser.pages import BROWSER, probed, run
from tests.fakes import fake_results

pytestmark = pytest.mark.skipif(BROWSER is None, reason="no chromium on this machine: the page is not looked at")

PROBE = """<script>addEventListener("load", function () {
  var seen = {}, one = function (id) { return document.getElementById(id); };
  var press = function (key) {
    document.body.dispatchEvent(new KeyboardEvent("keydown", {key: key, bubbles: true}));
  };
  var day = function () { return one("day").textContent; };
  seen.locked = one("play").offsetHeight === 0 && one("unlock").disabled; press("End");
  seen.still = day();
  document.querySelector("[name=guess][value=b]").click(); one("unlock").click();
  seen.open = one("play").offsetHeight > 0;
  ["ArrowRight", "ArrowRight", "ArrowLeft"].forEach(press); seen.step = day();
  press("End"); seen.end = day();
  seen.verdict = document.querySelector(".verdict-line").textContent;
  seen.inked = [].filter.call(document.querySelectorAll("canvas"), function (c) {
    return c.getContext("2d").getImageData(0, 0, c.width, c.height).data.some(function (v) { return v > 0; });
  }).length;
  seen.rows = document.querySelectorAll("tbody tr").length;
  seen.labelled = document.querySelectorAll("canvas[aria-label]").length;
  document.querySelector("[data-to=zh]").click();
  setTimeout(function () {
    seen.zh = day(); seen.wide = document.documentElement.scrollWidth <= innerWidth;
    document.querySelectorAll("details").forEach(function (one) { one.open = true; });
  }, 100);
  var left = 30, tell = function () {  // a table is filled when its details have told that they are open
    seen.accounts = [].map.call(document.querySelectorAll("figure tbody"), function (one) { return one.innerText; });
    if (seen.accounts.every(Boolean) || !--left) document.title = JSON.stringify(seen);
    else setTimeout(tell, 100);
  };
  setTimeout(tell, 200);
});</script>"""


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a visitor sees who guesses, steps, goes to the end and switches the language, on a phone."""
    folder = tmp_path_factory.mktemp("replay")
    results = fake_results(["nothing", "red_packet"], replicates=9, groups=3, days=60)
    page = write_replay(results.write(folder / "run"))
    (folder / "probe.html").write_text(probed(page.read_text("utf-8"), PROBE), "utf-8")
    dom = run(folder, "--window-size=500,800", "--dump-dom", f"{(folder / 'probe.html').as_uri()}#en")
    found = re.search(r"<title>(\{.*?\})</title>", dom)
    assert found, "the player did not run"
    told: dict[str, Any] = json.loads(html.unescape(found.group(1)))
    return told


def test_nothing_is_shown_before_the_guess(seen: dict[str, Any]) -> None:
    assert seen["locked"]
    assert seen["still"] == "Day 1 of 60"
    assert seen["open"]


def test_keys_step_the_clock(seen: dict[str, Any]) -> None:
    assert seen["step"] == "Day 2 of 60"
    assert seen["end"] == "Day 60 of 60"


def test_the_guess_is_kept_and_scored_with_an_interval(seen: dict[str, Any]) -> None:
    assert seen["verdict"].startswith("Your guess: ")
    assert re.search(r"You were right|It came otherwise", seen["verdict"])
    assert "95 %" in seen["verdict"]
    assert "9 communities" in seen["verdict"]


def test_every_canvas_has_ink_a_label_and_a_table_beside_it(seen: dict[str, Any]) -> None:
    assert (seen["inked"], seen["labelled"], seen["rows"]) == (8, 8, 4)


def test_funnel_and_purse_are_tables_too(seen: dict[str, Any]) -> None:
    funnel, purse = seen["accounts"]
    assert all(word in funnel for word in ("来到门口", "入群", "复购"))
    assert all(word in purse for word in ("收入", "购买", "成本", "剩下的钱"))


def test_chinese_and_a_phone(seen: dict[str, Any]) -> None:
    assert seen["zh"] == "第 60 天，共 60 天"
    assert seen["wide"]
