"""``python -m docs.website.links FOLDER``: what is wrong with a built site: dead links, and what it would load.

Every ``href`` and ``src`` of every page is followed to a file and, where it names one, to an anchor in that page. Links
to other sites are for the reader to follow; nothing is loaded from there. No network is used.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

__all__ = ["faults"]

_LOADS = {("script", "src"), ("link", "href"), ("img", "src"), ("source", "src"), ("iframe", "src"), ("video", "src")}
_ELSEWHERE = ("http", "https")


class _Page(HTMLParser):
    """The anchors of a page, and what it leads to: (tag, where)."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.anchors: set[str] = set()
        self.ways: list[tuple[str, str, str]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id" or (tag, name) == ("a", "name"):
                self.anchors.add(value or "")
            elif name in ("href", "src") and value:
                self.ways.append((tag, name, value))


@cache
def _page(path: Path) -> _Page:
    return _Page(path.read_text("utf-8"))


def faults(site: Path) -> Iterator[str]:
    """A line for each."""
    _page.cache_clear()
    for path in sorted(site.rglob("*.html")):
        for tag, name, where in _page(path).ways:
            if wrong := _wrong(path, tag, name, where):
                yield f"{path.relative_to(site)}: {where}: {wrong}"
    for path in sorted(site.rglob("*.css")):
        text = path.read_text("utf-8")
        if "@import" in text or "url(http" in text or "url('http" in text or 'url("http' in text:
            yield f"{path.relative_to(site)}: loads something from elsewhere"


def _wrong(path: Path, tag: str, name: str, where: str) -> str:
    way = urlsplit(where)
    if way.scheme in _ELSEWHERE or where.startswith("//"):
        is_loaded = (tag, name) in _LOADS
        return "is loaded from elsewhere" if is_loaded else ""
    if way.scheme:
        return "" if way.scheme in ("mailto", "data") else "is no address that a page knows"
    target = (path.parent / unquote(way.path)).resolve() if way.path else path
    if not target.is_file():
        return "leads nowhere"
    if way.fragment and target.suffix == ".html" and unquote(way.fragment) not in _page(target).anchors:
        return "there is no such place on that page"
    return ""


def main(folder: str) -> int:
    """Tell all of them; 1 if there are any."""
    found = [*faults(Path(folder).resolve())]
    print("\n".join(found) or "every link is alive, and nothing is loaded from elsewhere")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
