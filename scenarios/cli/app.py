"""A page in the browser: two arms on one clock under the same luck. Guess, play, step, change a dose, play again. It is
for this machine alone unless host= says otherwise, and needs no network.

settings: port=8080        where it listens
          host=127.0.0.1   0.0.0.0: for others in the same network too, as in a class
          workers=2        processes that play (the machine's cores)
          show=false       do not open the browser

wall=true makes it the wall of a class: students join by a code from their phones, each runs one group under one budget;
wall=FOLDER goes on with a class that was kept. What a new class plays by:

          scenario=pet_owners   kind of group
          seats=200             of each group
          days=180              90 to 365
          hours=1               a day that each host has
          yuan=200              a month that each host has
          communities=40        played of each plan once the bell has rung
          seed=7                the class's luck
"""

from __future__ import annotations

import argparse
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scenarios.errors import UserError, shown

if TYPE_CHECKING:
    from scenarios.web.wall.classroom import Classroom

__all__ = ["arguments", "run"]


def arguments(parser: argparse.ArgumentParser) -> None:
    """Settings alone."""
    parser.add_argument("settings", nargs="*", metavar="name=value", help="port=, host=, workers=, show=, wall=")


def run(options: argparse.Namespace) -> int:
    """Serve until Ctrl-C."""
    from scenarios.cli.words import between, number, settings_of, yes_or_no

    rules = {"scenario": _scenario, "seats": between(10, 2_000), "days": between(90, 365), "hours": number(0, 24),
             "yuan": number(0, 1e6), "communities": between(8, 200), "seed": between(0, 2**31 - 1)}  # fmt: skip
    readers = {"port": between(1, 65_535), "workers": between(1, 256), "host": _word, "show": yes_or_no, "wall": _word}
    said = settings_of("app", options.settings, {**readers, **rules})
    host, port = said.get("host", "127.0.0.1"), said.get("port", 8080)
    _check_free(host, port)
    try:
        from scenarios.web.server import serve
    except ModuleNotFoundError as error:
        cure = "make setup, or pip install 'shequn[app]'"
        raise UserError(f"app needs the package '{error.name}'; install it: {cure}") from error
    with ExitStack() as held:
        room = _class(said.get("wall", "false"), {name: said[name] for name in rules if name in said}, held)
        serve(host, port, said.get("workers"), said.get("show", True), room=room)
    return 0


def _class(wall: str, rules: dict[str, Any], held: ExitStack) -> Classroom | None:
    """The class that is begun, or gone on with, which nobody else serves meanwhile; none without ``wall=``."""
    from scenarios import compose
    from scenarios.execution.order import is_free
    from scenarios.web.wall.classroom import Classroom
    from scenarios.web.wall.rules import Rules

    if wall != "true" and rules:
        raise UserError(f"{next(iter(rules))}= is for a class that begins; say wall=true too")
    if wall == "false":
        return None
    if wall == "true":
        compose(Rules(**rules).world)  # what cannot be played is said before a folder is made
        room = Classroom.begun(_new_folder(), Rules(**rules))
    else:
        room = Classroom.kept(Path(wall))
        compose(room.rules.world)
    if not is_free(room.folder / "wall.lock", held):
        raise UserError(f"another wall serves the class in {shown(room.folder)}, or nothing may be written there; end "
                        "that one first")  # fmt: skip
    return room


def _new_folder() -> Path:
    """Named by the time, with a number where two begin in one second."""
    from datetime import datetime
    from itertools import count

    base = f"{datetime.now():%Y-%m-%d_%H-%M-%S}"
    names = (Path("outputs", "wall", base if n == 1 else f"{base}_{n}") for n in count(1))
    return next(path for path in names if not path.exists())


def _word(name: str, text: str) -> str:
    return text


def _scenario(name: str, text: str) -> str:
    from scenarios.config import catalog
    from sim.engine.knobs import did_you_mean

    known = catalog.options("scenario")
    if text not in known:
        raise UserError(f"there is no scenario '{shown(text)}'{did_you_mean(text, known)}")
    return text


def _check_free(host: str, port: int) -> None:
    """Say it in one sentence where nobody can listen there."""
    import errno
    import os
    import socket

    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM) as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind((host, port))
        except (OSError, OverflowError) as error:
            reason = getattr(error, "strerror", None) or error
            cure = "take another port" if reason == os.strerror(errno.EADDRINUSE) else (
                "take an address of this machine, or 0.0.0.0 for all of them")
            raise UserError(f"host={shown(host)} port={port}: {reason}; {cure}") from error
