"""``shequn replay FOLDER``: one HTML file that plays a run in a browser, two arms on one clock, from a USB stick."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from markupsafe import Markup

from scenarios.config import catalog as catalog  # it knows what strategies and worlds are called
from scenarios.errors import UserError, shown
from scenarios.reports.page import Page, asked_languages, file_names, put, rendered
from scenarios.reports.player import script
from scenarios.reports.reel import reel
from scenarios.reports.reel_money import account
from sim.data.results import load
from sim.locale.catalogue import keys, text
from sim.locale.words import arm_label, languages, say, world_label
from sim.plots.experiment.frame import short
from sim.plots.run.lifecycle import event_name
from sim.plots.run.measured import Measured
from sim.plots.style import STAGE_COLOURS

__all__ = ["FILE", "played", "replay", "replays", "write_replay"]

FILE = "replay.html"
_OWN = "player."


def write_replay(folder: str | Path, lang: str = "both", world: str | None = None) -> Path:
    """Write ``replay.html`` into a run folder, whole or not at all, and return its path.

    Parameters
    ----------
    folder
        A run folder as :func:`sim.data.results.load` reads it.
    lang
        A language, or ``both`` for all there are (a switch on the page).
    world
        Of a run of several worlds the one that is played; the first one if none is named.

    Raises
    ------
    ValueError
        There is no such language.
    scenarios.errors.UserError
        There is no such world.
    sim.data.results.ResultsError
        The folder holds no whole run.
    """
    asked_languages(lang)
    results = load(folder)
    worlds = [str(name) for name in results.daily["world"].cat.categories]
    if world is not None and world not in worlds:
        raise UserError(f"world={shown(world)} is none of this run; it has {', '.join(worlds)}")
    return put(Path(folder) / FILE, replay(Measured(results, world), lang))


def replay(measured: Measured, lang: str = "both") -> bytes:
    """The HTML that plays one world of a run."""
    langs = asked_languages(lang)
    found = _numbers(measured)
    numbers, told = _script(found), _script({one: _words(measured, found, one) for one in langs})
    player = Markup(script())
    pages = [{"lang": one, "reel": numbers, "words": told, "player": player, **_told(measured, one)} for one in langs]
    return rendered("replay.html", pages)


def played(measured: Measured) -> dict[str, Any]:
    """What a player is given: numbers, and words by language."""
    found = _numbers(measured)
    return {"reel": found, "words": {lang: _words(measured, found, lang) for lang in languages()}}


def replays(worlds: Mapping[str, Measured], lang: str) -> dict[str, bytes]:
    """The files that play the worlds of a run, by name: ``replay.html``, of several worlds ``replay-WORLD.html``."""
    names = {world: f"replay-{name}.html" for world, name in file_names(worlds).items()} if len(worlds) > 1 else {}
    return {names.get(world, FILE): replay(one, lang) for world, one in worlds.items()}


def _numbers(measured: Measured) -> dict[str, Any]:
    """The reel with the colours of stages, and the days on which something happened."""
    found = reel(measured)
    events = [{"day": int(one["day"])} for one in measured.events if one["day"] < found["days"]]
    return {**found, "account": account(measured), "colours": STAGE_COLOURS, "events": events}


def _words(measured: Measured, found: Mapping[str, Any], lang: str) -> dict[str, str]:
    """What the player says in a language, by its own words for it."""
    own = {key.removeprefix(_OWN): text(key, lang) for key in keys(_OWN)}
    rows = {f"row_{row}": row for part in found["account"]["names"].values() for row in part}
    counted = {key: short(row, lang) for key, row in rows.items() if key not in own}
    arms = {f"arm:{arm}": arm_label(arm, lang) for arm in measured.arms}
    stages = {f"stage:{stage}": say(stage, lang) for stage in STAGE_COLOURS}
    happened = [one for one in measured.events if one["day"] < measured.days]
    events = {f"event:{k}": event_name(one, lang) for k, one in enumerate(happened)}
    return {**own, **counted, **arms, **stages, **events, "world": world_label(measured.world, lang)}


def _told(measured: Measured, lang: str) -> Page:
    n = min(measured.replicates.values())
    values = {"world": world_label(measured.world, lang), "n": n, "days": measured.days}
    meta = measured.results.meta
    foot = say("replay_foot", lang, seed=meta.get("seed", "–"), digest=_digest(measured)[:12])
    return {"title": say("replay_title", lang, **values), "subtitle": say("replay_subtitle", lang, **values),
            "foot": foot, "noscript": say("replay_noscript", lang)}  # fmt: skip


def _digest(measured: Measured) -> str:
    """That of the run: as it is stored, or of the tables at hand, if these are all of them."""
    is_whole = len(measured.results.daily["world"].cat.categories) == 1
    return str(measured.results.meta.get("digest") or (measured.results.digest if is_whole else "–"))


def _script(data: object) -> Markup:
    """JSON that may stand in a page: what a stranger wrote cannot end the block it is in."""
    written = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return Markup(written.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029"))
