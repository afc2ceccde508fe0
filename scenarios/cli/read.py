"""LOG is a table of messages, Parquet or CSV: group, id, t (UTC), author (numbers or names), kind, reply_to. Up to
2 million rows and 1 GB are read at once; split what is larger by month.

settings: rooms=FILE  a CSV of the rooms (group, created_utc, obs_end_utc), so that births and ends are known
          out=FOLDER  where page and pictures go (outputs/read/<name of the log>)
          lang=zh     language of what is printed (else that of LANG); the page has all there are
          zone=NAME   time zone whose days and weeks are counted (UTC)
          names=hidden        numbers in place of names everywhere; log.csv beside the page is the log to be shared
          format=png,svg,pdf  the pictures beside the page as these (png)
"""

from __future__ import annotations

import argparse
from pathlib import Path

from scenarios.errors import UserError, shown
from sim.locale.speaking import spoken

__all__ = ["arguments", "run", "zone_of"]


def arguments(parser: argparse.ArgumentParser) -> None:
    """The file, and the settings as name=value."""
    parser.add_argument("log", help="a table of messages (.parquet or .csv)")
    parser.add_argument("settings", nargs="*", metavar="name=value", help="rooms=, out=, lang=, zone=, names=, format=")
    parser.add_argument("--out", default=None, help="the same as out=")


def run(options: argparse.Namespace) -> int:
    """Measure and draw the log."""
    from scenarios.cli.words import settings_of
    from scenarios.experiments.options import WORDS, one_of
    from scenarios.reports.formats import PNG, formats_of

    readers = {"rooms": _text, "out": _text, "lang": WORDS["lang"][1], "zone": zone_of,
               "names": one_of("shown", "hidden"), "format": formats_of}  # fmt: skip
    settings = settings_of("read", options.settings, readers)
    if options.out is not None:
        settings["out"] = options.out
    from scenarios.execution.folders import check_writable, named_folder
    from scenarios.reports.log_report import read_log
    from sim.analysis.logs.columns import LogError

    folder = named_folder("out", settings.get("out", "outputs/read"))
    check_writable(Path(folder))
    try:
        read_log(
            options.log,
            out=settings.get("out"),
            rooms=settings.get("rooms"),
            lang=settings.get("lang", spoken()),
            zone=settings.get("zone", "UTC"),
            hide=settings.get("names") == "hidden",
            formats=settings.get("format", PNG),
        )
    except LogError as error:
        raise UserError(str(error)) from error
    except OSError as error:
        raise UserError(f"out={shown(folder)} cannot be written ({error.strerror or error}); nothing is left there\n"
                        "make room, or choose another folder") from error  # fmt: skip
    return 0


def _text(key: str, value: str) -> str:
    return value


def zone_of(key: str, value: str) -> str:
    """A time zone there is."""
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError):
        raise UserError(f"{key}={value} is no time zone; write it as Asia/Shanghai or UTC") from None
    return value
