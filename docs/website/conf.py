"""How Sphinx builds the site (`make site`); the source is made by :mod:`docs.website.staging`, once for each language."""

from __future__ import annotations

from typing import Any

from docs.website.search import SearchBoth

project = "shequn 社群"
author = "the shequn project"
copyright = "the shequn project, Apache-2.0"
extensions = ["myst_parser"]
myst_enable_extensions = ["deflist", "fieldlist"]
myst_heading_anchors = 4
# Links of staging to pages that show files; all else is the default.
myst_url_schemes = {"http": None, "https": None, "mailto": None, "ftp": None, "shown": {"url": "{{path}}{{fragment}}"}}
source_suffix = {".md": "markdown"}
exclude_patterns = ["locale"]
# The same source gives the same bytes, whenever it is built.
html_last_updated_fmt = None

locale_dirs = ["locale"]
gettext_compact = False
gettext_location = False
gettext_uuid = False

html_search_language = "en"  # that is, of both: docs.website.search
html_theme = "furo"
html_title = project
html_show_sphinx = False
html_copy_source = False
html_show_sourcelink = False
html_static_path = ["_static"]
html_css_files = ["site.css"]
# Beside a result its text would be shown, which a page opened from a folder may not read.
html_show_search_summary = False
pygments_style = "friendly"


def setup(app: Any) -> None:
    """The search of both languages takes the place of the English one."""
    app.add_search_language(SearchBoth)
    app.connect("html-page-context", shallow, priority=400)


def shallow(app: Any, pagename: str, templatename: str, context: dict[str, Any], doctree: object) -> None:
    """Sections of a page stand beside the page, never in the list of all: the theme would copy them for every page."""
    whole = context["toctree"]
    context["toctree"] = lambda **how: whole(**{**how, "maxdepth": 2})
