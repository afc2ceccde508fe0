"""Every page is for everybody: axe finds nothing, words can be read, those of canvases and pictures too."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.text import Text

from scenarios.reports import page as pages
from sim.plots.style import contrast, readable
from tests.browser.made import MADE
from tests.browser.pages import BROWSER

pytestmark = pytest.mark.skipif(BROWSER is None, reason="no chromium on this machine: the page is not looked at")

ENOUGH = 4.4
"""A median of the ground is a rounded colour."""
WRITTEN = """() => {
  const write = CanvasRenderingContext2D.prototype.fillText;
  window.written = [];
  CanvasRenderingContext2D.prototype.fillText = function (text, x, y) {
    const scale = window.devicePixelRatio || 1, at = this.textAlign, wide = this.measureText(text).width;
    const left = x - wide * (at === "right" ? 1 : at === "center" ? 0.5 : 0);
    const from = [Math.max(0, left * scale), Math.max(0, y * scale)];
    const ground = this.getImageData(...from, Math.max(1, wide * scale), 1).data, pixels = [];
    for (let k = 0; k < ground.length; k += 4) {
      pixels.push(ground[k + 3] ? [...ground.slice(k, k + 3)] : [255, 255, 255]);
    }
    window.written.push([text, this.fillStyle, pixels]);
    write.apply(this, arguments);
  };
}"""

FOCUSED = """() => {
  const it = document.activeElement, style = getComputedStyle(it), around = getComputedStyle(it.parentElement);
  return [it === document.body, style.outlineStyle, style.outlineWidth, around.overflow];
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as made:
        yield made.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])


@pytest.fixture(scope="module", params=MADE)
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path, list[str]]:
    """A kind of page, where it lies, and the words of its pictures that are hard to read."""
    faint: list[str] = []
    draw = pages.to_png

    def looked_at(figure: Figure) -> bytes:
        data = draw(figure)
        faint.extend(_faint(figure))
        return data

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pages, "to_png", looked_at)
        patch.setattr(pages, "side_by_side", lambda jobs: [job() for job in jobs])
        return request.param, MADE[request.param](tmp_path_factory.mktemp(request.param)), faint


def _faint(figure: Figure) -> list[str]:
    """Words of a drawn figure that differ too little from what is under most of them."""
    texts = [one for one in figure.findobj(Text) if any(c.isalnum() for c in one.get_text()) and one.get_visible()]
    boxes = [one.get_window_extent() for one in texts]
    for one in texts:
        one.set_alpha(0.0)
    figure.canvas.draw()
    bare = np.asarray(figure.canvas.buffer_rgba())[::-1, :, :3] / 255.0  # type: ignore[attr-defined]
    found = []
    for one, box in zip(texts, boxes, strict=True):
        under = bare[max(0, int(box.y0)) : int(box.y1), max(0, int(box.x0)) : int(box.x1)].reshape(-1, 3)
        if len(under) and contrast(to_hex(one.get_color()), to_hex(np.median(under, axis=0))) < ENOUGH:
            found.append(one.get_text())
    return found


def test_words_in_pictures_can_be_read(made: tuple[str, Path, list[str]]) -> None:
    assert made[2] == []


@pytest.mark.parametrize(("lang", "wide"), [("en", 1280), ("zh", 320)])
def test_axe_finds_nothing(browser: Any, made: tuple[str, Path, list[str]], lang: str, wide: int) -> None:
    """With everything unfolded; a replay before the guess and while it is open, too."""
    from axe_playwright_python.sync_playwright import Axe

    kind, path, _ = made
    one = browser.new_page(viewport={"width": wide, "height": 800})
    one.goto(f"{path.as_uri()}#{lang}")
    one.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    for step in ("", "#skip", "#play") if kind == "replay" else ("",):
        if step:
            one.focus(step)
            one.keyboard.press("Enter")
        found = Axe().run(one).response["violations"]
        assert [(each["id"], each["nodes"][0]["html"]) for each in found] == [], step
        assert one.evaluate("document.documentElement.scrollWidth") <= wide
    one.close()


@pytest.mark.parametrize("kind", ["run", "replay"])
def test_who_goes_by_keyboard_sees_where_they_are(browser: Any, kind: str, tmp_path: Path) -> None:
    """Whatever is reached by Tab has an outline of 3 px that nothing cuts off."""
    one = browser.new_page(viewport={"width": 1280, "height": 800})
    one.goto(MADE[kind](tmp_path).as_uri())
    for _ in range(8):
        one.keyboard.press("Tab")
        seen = one.evaluate(FOCUSED)
        assert seen[0] or seen[1:] == ["solid", "3px", "visible"]
    one.close()


def test_words_in_canvases_can_be_read(browser: Any, tmp_path: Path) -> None:
    one = browser.new_page(viewport={"width": 1280, "height": 800})
    one.add_init_script(f"({WRITTEN})()")
    one.goto(MADE["replay"](tmp_path).as_uri() + "#en")
    one.click("#skip")
    one.evaluate("window.written.length = 0")
    one.keyboard.press("Escape")
    one.evaluate("document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'End', bubbles: true}))")
    written = one.evaluate("window.written")
    assert len(written) > 20
    for text, ink, under in written:
        ground = to_hex(np.median(np.array(under) / 255.0, axis=0))
        assert contrast(ink, ground) >= ENOUGH, (text, ink, ground)
    one.close()


def test_contrast_by_hand() -> None:
    assert contrast("black", "white") == pytest.approx(21)
    assert contrast("#767676", "white") == pytest.approx(4.54, abs=0.01)
    assert readable("#0072B2") == "#0072B2"
    assert 4.5 <= contrast(readable("#E69F00"), "white") < 4.8
