"""`shequn app`: the server. It sends a page, and answers to questions over plain HTTP; on loopback unless told."""

from __future__ import annotations

import asyncio
from functools import partial
from importlib.resources import files

from fastapi import Request, Response
from fastapi.responses import HTMLResponse
from nicegui import app, ui

from scenarios.reports.player import script, style
from scenarios.web.advice.amounts import Amounts
from scenarios.web.advice.routes import add_advice
from scenarios.web.answers import Answers
from scenarios.web.leaving import Leaving
from scenarios.web.page import SCRIPTS, show
from scenarios.web.routes import add_routes, language
from scenarios.web.wall.addresses import local_addresses
from scenarios.web.wall.classroom import Classroom
from sim.locale.speaking import spoken
from sim.locale.words import say

__all__ = ["serve"]

_STATIC = (*SCRIPTS, "app.css", "board.css", "advice.css", "advice.js", "wall.css", "wall.js")
_OWN = {**dict.fromkeys(_STATIC, "scenarios/web/static"), "ShequnSansSC.otf": "sim/plots/fonts"}
_MADE = {"player.js": script, "player.css": style}
_POLICY = "default-src 'none'; style-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'"
"""Of pages without scripts."""
_FIRST = 3.0
"""Seconds in which the first page has the cores for itself; then the workers get ready, unless somebody asks before."""
_AWAY = 30.0
"""Seconds that a page may be silent, as on a busy machine, before its form is forgotten and it has to begin anew."""
_KINDS = {"js": "text/javascript", "css": "text/css", "otf": "font/otf"}


def serve(
    host: str, port: int, workers: int | None, show_browser: bool, amounts: Amounts | None = None,
    room: Classroom | None = None,
) -> None:  # fmt: skip
    """Serve until Ctrl-C; ``amounts`` are what is simulated for those who ask for advice; ``room`` is a class whose
    wall this is: then nobody is let in without its code.
    """
    answers = Answers(workers)

    def get_ready() -> None:
        asyncio.get_running_loop().call_later(_FIRST, answers.warm)

    add_routes(answers)
    add_advice(amounts or Amounts(), answers.workers)
    _add_pages()
    if room is not None:
        _add_class(room, answers, host, port)
    app.add_middleware(Leaving)  # before NiceGUI adds its own, so that it lies beneath them
    app.on_startup(get_ready)
    first = f"/wall?key={room.key}" if room is not None else ""
    for line in _said(host, port, room):
        app.on_startup(partial(print, line, flush=True))
    app.on_shutdown(answers.close)
    ui.run(host=host, port=port, show=(first or True) if show_browser else False, reload=False,
           title=say("app_title", spoken()), language="en-US", reconnect_timeout=_AWAY, show_welcome_message=False,
           uvicorn_logging_level="warning", access_log=False)  # fmt: skip


def _said(host: str, port: int, room: Classroom | None) -> list[str]:
    """What the terminal is told: where the page is, and of a class the teacher's link, the code and the folder."""
    if room is None:
        return [say("app_at", spoken(), url=f"http://{host}:{port}")]
    here = "127.0.0.1" if host == "0.0.0.0" else "[::1]" if host == "::" else f"[{host}]" if ":" in host else host
    lines = [say("wall_at", spoken(), url=f"http://{here}:{port}/wall?key={room.key}"),
             say("wall_code_is", spoken(), code=room.code, folder=str(room.folder))]  # fmt: skip
    return [*lines, *([] if local_addresses(host) else [say("wall_only_here", spoken())])]


def _add_class(room: Classroom, answers: Answers, host: str, port: int) -> None:
    """The wall, the students' pages, and the gate before everything."""
    from scenarios.web.wall.desk import Desk
    from scenarios.web.wall.gate import Gate
    from scenarios.web.wall.routes import add_wall

    add_wall(Desk(room, answers), local_addresses(host), port)
    app.add_middleware(Gate, room=room)


def _add_pages() -> None:
    """The page, and what it is made of."""

    @app.get("/own/{name}")
    def own(name: str) -> Response:
        if name in _MADE:
            return Response(_MADE[name](), media_type=_KINDS[name.rsplit(".", 1)[1]])
        if name not in _OWN:
            return Response(status_code=404)
        package, *rooms = _OWN[name].split("/")
        return Response(files(package).joinpath(*rooms, name).read_bytes(), media_type=_KINDS[name.rsplit(".", 1)[1]])

    @app.get("/board")
    def strategies(request: Request) -> Response:
        from scenarios.web.board import board  # what it needs takes half a second, which the first page should not wait

        found = board(dict(request.query_params), language(request))
        return HTMLResponse(found, headers={"Content-Security-Policy": _POLICY})

    @ui.page("/")
    def page(request: Request) -> None:
        show(dict(request.query_params), language(request))
