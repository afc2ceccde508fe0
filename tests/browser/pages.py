"""A browser that looks at a page, offline, and what it is asked."""

from __future__ import annotations

import base64
import hashlib
import html
import re
import shutil
import subprocess
from pathlib import Path

__all__ = ["BROWSER", "MOMENT", "PROBE", "SWITCHED", "pictures_of", "probed", "run"]

SWITCHED = [("en", "en", "1200,900"), ("zh", "zh-Hans", "400,800")]
"""Language, its tag, and the size of the window."""
MOMENT = 120_000
"""Milliseconds that are waited for: other tests take the cores."""
BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))), None)
PROBE = """<script>addEventListener("load", function () {
  var shown = [].filter.call(document.querySelectorAll("main"), function (m) { return m.offsetHeight > 0; });
  var images = [].slice.call(shown[0].querySelectorAll("img"));
  document.title = JSON.stringify({lang: document.documentElement.lang, shown: shown.length, main: shown[0].lang,
    images: images.length, drawn: images.filter(function (i) { return i.naturalWidth > 900; }).length,
    wide: document.documentElement.scrollWidth <= innerWidth,
    pressed: document.querySelector("[aria-pressed=true]").dataset.to});
});</script>"""


def run(folder: Path, *flags: str) -> str:
    assert BROWSER
    common = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--virtual-time-budget=4000"]
    profile = f"--user-data-dir={folder / 'profile'}"
    done = subprocess.run([BROWSER, *common, profile, *flags], capture_output=True, timeout=120, check=False)
    return done.stdout.decode("utf-8", "replace")


def probed(text: str, probe: str = "") -> str:
    """The page with a probe, which its policy is told to let run beside its own script."""
    probe = probe or PROBE
    script = re.findall(r"<script>(.*?)</script>", probe, re.DOTALL)[0]
    allowed = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return text.replace("script-src ", f"script-src &#39;sha256-{allowed}&#39; ").replace("</body>", probe + "</body>")


def pictures_of(text: str, folder: Path, lang: str, tag: str, size: str) -> tuple[int, int]:
    """A page switched to a language in a window: how many pictures it has, and how many were drawn.

    It shows one language, in the right letters, and is no wider than the window.
    """
    (folder / "probe.html").write_text(probed(text), encoding="utf-8")
    dom = run(folder, f"--window-size={size}", "--dump-dom", f"{(folder / 'probe.html').as_uri()}#{lang}")
    found = re.search(r"<title>(\{.*?\})</title>", dom)
    assert found, "the page's script did not run"
    state = html.unescape(found.group(1))
    for part in (f'"lang":"{tag}"', '"shown":1', f'"main":"{tag}"', '"wide":true', f'"pressed":"{lang}"'):
        assert part in state
    counts = re.search(r'"images":(\d+),"drawn":(\d+)', state)
    assert counts
    return int(counts.group(1)), int(counts.group(2))
