"""A browser that looks at a page, offline, and what it is asked."""

from __future__ import annotations

import base64
import hashlib
import re
import shutil
import subprocess
from pathlib import Path

__all__ = ["BROWSER", "PROBE", "probed", "run"]

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


def probed(text: str) -> str:
    """The page with the probe, which its policy is told to let run beside its own script."""
    script = re.findall(r"<script>(.*?)</script>", PROBE, re.DOTALL)[0]
    allowed = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return text.replace("script-src ", f"script-src &#39;sha256-{allowed}&#39; ").replace("</body>", PROBE + "</body>")
