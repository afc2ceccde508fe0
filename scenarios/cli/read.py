"""LOG is a chat log: a table of messages, or what another program exported. It is told by its structure.

A table (Parquet or CSV) has group, id, t (UTC), author (numbers or names), kind, reply_to. Up to 2 million rows and
1 GB are read at once; split what is larger by month. Exports: ChatLab JSON and JSONL, the session archive of WeCom,
WhatsApp text, Telegram JSON, text and JSON of QQ, CSV of MemoTrace and PyWxDump. Their texts and names are dropped
while they are read; they may be of any length, of which up to 2 million messages are analysed.

settings: rooms=FILE  a CSV of the rooms (group, created_utc, obs_end_utc), so that births and ends are known
          out=FOLDER  where page and pictures go (outputs/read/<name of the log>)
          lang=zh     language of what is printed (else that of LANG); the page has all there are
          zone=NAME   time zone whose days and weeks are counted, and of an export whose times tell none (UTC)
          names=hidden        numbers in place of names everywhere; log.csv beside the page is the log to be shared
          format=png,svg,pdf  the pictures beside the page as these (png)
          from=NAME   the format of an export that could be two
          order=dmy   day, month, year in dates like 03/04/25; or mdy, ymd
          since=2025-01-01 until=2025-07-01   of an export only these days (UTC), each or both
          table=FILE.parquet  an export is only made such a table, of any length
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from scenarios.errors import UserError, shown
from sim.locale.speaking import spoken

__all__ = ["arguments", "run", "zone_of"]

_SETTINGS = "rooms=, out=, lang=, zone=, names=, format=, from=, order=, since=, until=, table="


def arguments(parser: argparse.ArgumentParser) -> None:
    """The file, and the settings as name=value."""
    parser.add_argument("log", help="a table of messages (.parquet or .csv), or an exported chat")
    parser.add_argument("settings", nargs="*", metavar="name=value", help=_SETTINGS)
    parser.add_argument("--out", default=None, help="the same as out=")


def run(options: argparse.Namespace) -> int:
    """Measure and draw the log, or only make it a table."""
    from scenarios.cli.words import settings_of

    settings = settings_of("read", options.settings, _readers())
    if options.out is not None:
        settings["out"] = options.out
    from scenarios.execution.folders import check_writable, named_folder
    from sim.analysis.logs.columns import LogError

    folder = named_folder("out", settings.get("out", "outputs/read"))
    if "table" not in settings:
        check_writable(Path(folder))
    try:
        _read(options.log, settings)
    except LogError as error:
        raise UserError(str(error)) from error
    except OSError as error:
        place = f"table={shown(settings['table'])}" if "table" in settings else f"out={shown(folder)}"
        raise UserError(f"{place} cannot be written ({error.strerror or error}); nothing is left there\n"
                        "make room, or choose another folder") from error  # fmt: skip
    return 0


def _readers() -> dict[str, Any]:
    """How the settings are read."""
    from scenarios.experiments.options import WORDS, one_of
    from scenarios.reports.formats import formats_of
    from sim.exchange.date_order import ORDERS
    from sim.exchange.registry import formats

    return {"rooms": _text, "out": _text, "lang": WORDS["lang"][1], "zone": zone_of, "names": one_of("shown", "hidden"),
            "format": formats_of, "from": one_of(*formats()), "order": one_of(*ORDERS), "since": _day, "until": _day,
            "table": _table}  # fmt: skip


def _read(log: str, settings: dict[str, Any]) -> None:
    from scenarios.reports.formats import PNG
    from scenarios.reports.log_report import read_log
    from scenarios.reports.log_source import How, only_table
    from sim.exchange.table import Window

    window = Window(settings.get("since", float("-inf")), settings.get("until", float("inf")))
    how = How(settings.get("from"), settings.get("order"), window)
    lang, zone = settings.get("lang", spoken()), settings.get("zone", "UTC")
    if "table" in settings:
        print(*only_table(log, settings["table"], zone, how, lang), sep="\n")
        return
    read_log(log, out=settings.get("out"), rooms=settings.get("rooms"), lang=lang, zone=zone,
             hide=settings.get("names") == "hidden", formats=settings.get("format", PNG), how=how)  # fmt: skip


def _day(key: str, value: str) -> float:
    from sim.exchange.clock import epoch_seconds

    found = epoch_seconds(value) if len(value) == 10 else None
    if found is None:
        raise UserError(f"{key}={shown(value)} is no day; write it as 2025-01-31")
    return found


def _table(key: str, value: str) -> Path:
    if not value.endswith(".parquet") or not value.isprintable():
        raise UserError(f"{key}={shown(value)} is no Parquet file; write it like {key}=mine.parquet")
    return Path(value)


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
