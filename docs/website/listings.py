"""Pages that show what lies in the repository: the text of a file, the files of a folder, the cells of a notebook.

Both languages share the pages of files and folders. They are plain HTML, highlighted by Pygments; the search of the
site leaves them out, since it is for the pages that explain.
"""

from __future__ import annotations

import html
import json
import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import TextLexer, get_lexer_for_filename
from pygments.util import ClassNotFound

__all__ = ["FILES", "notebook_page", "place_of", "write_listings"]

FILES = "files"
"""Folder of the site that holds them."""
_SUFFIXES = {".py", ".yaml", ".toml", ".json", ".js", ".html", ".css", ".po", ".pot", ".sh", ".txt", ""}
_LONGEST = 200_000  # bytes; what is longer is offered as a file
_FORMAT = HtmlFormatter(linenos="inline", lineanchors="L", anchorlinenos=True, style="friendly")
_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{path}</title>
<link rel="stylesheet" href="{up}/listings.css">
</head>
<body>
<nav><a href="{up}/../index.html">shequn 社群</a> · <code>{path}</code></nav>
{body}
</body>
</html>
"""
_STYLE = """body { margin: 0; font-family: system-ui, sans-serif; background: #fff; color: #1a1a1a; }
nav { padding: 0.8rem 1rem; border-bottom: 1px solid #ddd; }
pre { margin: 0; padding: 1rem; font-size: 0.85rem; line-height: 1.5; overflow-x: auto; }
ul { line-height: 1.8; }
.linenos { color: #767676; padding-right: 1rem; user-select: none; }
pre a { color: inherit; text-decoration: none; }
"""


def _is_text(path: Path) -> bool:
    return path.is_file() and path.suffix in _SUFFIXES and path.stat().st_size <= _LONGEST


def place_of(path: Path, root: Path) -> str:
    """Where a file or a folder of the repository is shown, from the top of the site."""
    inside = path.relative_to(root).as_posix()
    if path.is_dir():
        return f"{FILES}/{inside}/index.html"
    return f"{FILES}/{inside}.html" if _is_text(path) else f"{FILES}/{inside}"


def write_listings(site: Path, paths: Iterable[Path], root: Path) -> None:
    """The pages of some files and folders, and of the files in these folders."""
    wanted = set(paths)
    wanted |= {child for path in wanted if path.is_dir() for child in path.iterdir() if _is_text(child)}
    shutil.rmtree(site / FILES, ignore_errors=True)
    for path in sorted(wanted):
        place = site / place_of(path, root)
        place.parent.mkdir(parents=True, exist_ok=True)
        inside = path.relative_to(root).as_posix()
        if path.is_dir():
            names = [child.name for child in sorted(path.iterdir()) if child in wanted and child.is_file()]
            _write(place, site, f"{inside}/", _list(names))
        elif _is_text(path):
            _write(place, site, inside, _code(path))
        else:
            shutil.copyfile(path, place)
    (site / FILES / "listings.css").write_text(_STYLE + _FORMAT.get_style_defs("pre"), "utf-8")


def _write(place: Path, site: Path, inside: str, body: str) -> None:
    up = Path(os.path.relpath(site / FILES, place.parent)).as_posix()
    place.write_text(_PAGE.format(path=html.escape(inside), up=up, body=body), "utf-8")


def _list(names: list[str]) -> str:
    items = (f'<li><a href="{html.escape(name)}.html"><code>{html.escape(name)}</code></a></li>' for name in names)
    return f"<ul>{''.join(items)}</ul>"


def _code(path: Path) -> str:
    try:
        lexer = get_lexer_for_filename(path.name)
    except ClassNotFound:
        lexer = TextLexer()
    return highlight(path.read_text("utf-8"), lexer, _FORMAT)


def notebook_page(path: Path) -> str:
    """The cells of a notebook as a page of the site, without what they print."""
    cells = json.loads(path.read_text("utf-8"))["cells"]
    texts = ((cell["cell_type"], "".join(cell["source"]).strip()) for cell in cells)
    return "\n\n".join(f"```python\n{text}\n```" if kind == "code" else text for kind, text in texts) + "\n"
