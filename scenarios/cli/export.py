"""RUN is a folder of a run with recorded talk (`shequn run … record=messages`). Each group becomes a file, which
viewers of such chats open and `shequn read` reads again. Texts are made up: a word in brackets for the kind of message.

settings: format=whatsapp  WhatsApp text; or telegram, chatlab (JSON)
          out=FOLDER       where the files go (outputs/export/<name of the run>)
          replicate=N      whose groups, or all (the first)
          arm=NAME         of a run of several arms one (all)
          lang=zh          language of the texts (else that of LANG)
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from scenarios.errors import UserError, shown
from sim.locale.speaking import spoken
from sim.locale.words import say

__all__ = ["arguments", "run"]


def arguments(parser: argparse.ArgumentParser) -> None:
    """The folder of the run, and settings."""
    parser.add_argument("folder", metavar="RUN", help="the folder of a run (it holds meta.json)")
    parser.add_argument("settings", nargs="*", metavar="name=value", help="format=, out=, replicate=, arm=, lang=")


def run(options: argparse.Namespace) -> int:
    """Write the files."""
    from scenarios.cli.words import settings_of
    from scenarios.execution.folders import check_writable, named_folder
    from scenarios.experiments.options import WORDS, one_of
    from sim.exchange.registry import writers

    readers = {"format": one_of(*writers()), "out": named_folder, "replicate": _replicate, "arm": _text,
               "lang": WORDS["lang"][1]}  # fmt: skip
    settings = settings_of("export", options.settings, readers)
    if "format" not in settings:
        raise UserError(f"which format? write format=whatsapp; there is {', '.join(writers())}")
    folder = Path(settings.get("out", Path("outputs") / "export" / (Path(options.folder).name or "run")))
    check_writable(folder)
    if folder.exists() and any(folder.iterdir()):
        raise UserError(f"out={shown(folder)} holds files already; name another folder")
    try:
        names = _written(options.folder, settings, folder)
    except OSError as error:
        raise UserError(f"out={shown(folder)}: {error.strerror or error}; name another folder") from error
    print(say("exported", spoken(), n=f"{len(names):,}", folder=folder))
    return 0


def _written(place: str, settings: dict[str, Any], folder: Path) -> list[str]:
    from sim.data.results import ResultsError, load
    from sim.exchange.registry import format_named
    from sim.exchange.writing import write_groups

    try:
        results = load(place)
    except ResultsError as error:
        raise UserError(str(error)) from error
    if results.messages is None:
        raise UserError(f"{shown(place)} holds no messages; play it again with record=messages")
    messages = results.messages
    if "arm" in settings:
        if settings["arm"] not in results.arms:
            raise UserError(f"arm={shown(settings['arm'])}: there is no such arm; there is {', '.join(results.arms)}")
        messages = messages[messages["arm"] == settings["arm"]]
    wanted = settings.get("replicate", messages["replicate"].min())
    if wanted != "all":
        messages = messages[messages["replicate"] == wanted]
    if not len(messages):
        raise UserError(f"{shown(place)}: nobody speaks in what was asked for; leave out replicate= and arm=")
    one = format_named(settings["format"])
    return write_groups(messages, results.spells, dict(results.meta), one, folder, settings.get("lang", spoken()))


def _text(key: str, value: str) -> str:
    return value


def _replicate(key: str, value: str) -> int | str:
    if value == "all":
        return value
    if not value.isascii() or not value.isdigit():
        raise UserError(f"{key}={shown(value)} is no number of a replicate; write 0, 1, 2 … or all")
    return int(value)
