"""How Sphinx builds the site (`make site`); the source is made by :mod:`docs.website.staging`, for each language."""

from __future__ import annotations

from typing import Any

from docs.website.languages import in_both
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

smartquotes = False  # what is typed stays as it is typed
html_search_language = "en"  # that is, of both: docs.website.search
html_theme = "furo"
html_title = project
html_show_sphinx = False
html_copy_source = False
html_show_sourcelink = False
html_static_path = ["_static"]
html_css_files = ["site.css"]
templates_path = ["_templates"]
html_sidebars = {
    "**": [
        "sidebar/brand.html",
        "sidebar/search.html",
        "sidebar/language.html",
        "sidebar/scroll-start.html",
        "sidebar/navigation.html",
        "sidebar/scroll-end.html",
    ]
}
# Beside a result its text would be shown, which a page opened from a folder may not read.
html_show_search_summary = False
pygments_style = "friendly"


# Sphinx's name of a language → the folder, code and name of the other one.
_OTHER = {"en": ("zh", "zh-CN", "简体中文"), "zh_CN": ("en", "en", "English")}
_ONLY_ENGLISH = '<p class="only-english">本页只有英文。</p>'


def setup(app: Any) -> None:
    """The search of both languages takes the place of the English one."""
    app.add_search_language(SearchBoth)
    app.connect("html-page-context", shown, priority=400)  # before the theme's


def shown(app: Any, pagename: str, templatename: str, context: dict[str, Any], doctree: object) -> None:
    """What each page has besides: the way to the other language, and a note where a page is not translated."""
    folder, context["other_code"], context["other_name"] = _OTHER[app.config.language]
    context["other_page"] = context["pathto"](f"../{folder}/{pagename}.html", 1)
    if app.config.language != "en" and doctree is not None and not in_both(pagename):
        context["body"] = _ONLY_ENGLISH + context["body"]
    # Sections of a page stand beside the page, never in the list of all: the theme would copy them for every page.
    whole = context["toctree"]
    context["toctree"] = lambda **how: whole(**{**how, "maxdepth": 2})
