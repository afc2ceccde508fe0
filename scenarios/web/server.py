"""`shequn app`: the server. It sends a page, and answers to questions over plain HTTP; on loopback unless told."""

from __future__ import annotations

import asyncio
import traceback
from concurrent.futures.process import BrokenProcessPool
from importlib.resources import files

from fastapi import Request, Response
from fastapi.responses import JSONResponse
from nicegui import app, ui

from scenarios.errors import UserError, brief
from scenarios.reports.player import script, style
from scenarios.web.answers import Answers, Busy
from scenarios.web.page import show
from scenarios.web.question import Question
from sim.locale.messages import message
from sim.locale.speaking import speaking, spoken
from sim.locale.words import languages, say
from sim.plots.style import FONT

__all__ = ["serve"]

_OWN = {**dict.fromkeys(("app.js", "app.css"), "scenarios/web/static"), FONT.name: "sim/plots/fonts"}
_MADE = {"player.js": script, "player.css": style}
_KINDS = {"js": "text/javascript", "css": "text/css", "otf": "font/otf"}


def serve(host: str, port: int, workers: int | None, show_browser: bool) -> None:
    """Serve until Ctrl-C."""
    answers = Answers(workers)
    _add_routes(answers)
    app.on_startup(answers.warm)
    app.on_startup(lambda: print(say("app_at", spoken(), url=f"http://{host}:{port}"), flush=True))
    app.on_shutdown(answers.close)
    ui.run(host=host, port=port, show=show_browser, reload=False, title=say("app_title", spoken()), language="en-US",
           show_welcome_message=False, uvicorn_logging_level="warning", access_log=False)  # fmt: skip


def _add_routes(answers: Answers) -> None:
    @app.get("/answer")
    async def answer(request: Request) -> Response:
        lang = _language(request.query_params.get("lang", ""))
        try:
            question = Question.read(request.query_params)
            told = await asyncio.wrap_future(answers.ask(question))
        except UserError as error:
            return _told(str(error), lang, 400)
        except Busy:
            return _told(say("app_busy", lang), lang, 503)
        except BrokenProcessPool:  # a worker was killed; the page asks again by itself
            return Response(status_code=502)
        except Exception as error:  # what a worker met: told here, and in full where the server runs
            traceback.print_exception(error)
            return _told(say("app_failed", lang, error=brief(str(error) or repr(error))), lang, 500)
        return Response(told, media_type="application/json", headers={"Content-Encoding": "gzip"})

    @app.get("/own/{name}")
    def own(name: str) -> Response:
        if name in _MADE:
            return Response(_MADE[name](), media_type=_KINDS[name.rsplit(".", 1)[1]])
        if name not in _OWN:
            return Response(status_code=404)
        package, *rooms = _OWN[name].split("/")
        return Response(files(package).joinpath(*rooms, name).read_bytes(), media_type=_KINDS[name.rsplit(".", 1)[1]])

    @ui.page("/")
    def page(request: Request) -> None:
        show(dict(request.query_params), _language(request.query_params.get("lang", "")))


def _told(text: str, lang: str, status: int) -> Response:
    """One sentence in the visitor's language."""
    with speaking(lang):
        return JSONResponse({"error": message(text)}, status)


def _language(asked: str) -> str:
    """The language of a link, else that of the terminal."""
    return asked if asked in languages() else spoken()
