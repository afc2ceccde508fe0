"""`shequn app`: the server. It sends a page, and answers to questions over plain HTTP; on loopback unless told."""

from __future__ import annotations

import asyncio
import gzip
import json
import traceback
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from importlib.resources import files

from fastapi import Request, Response
from fastapi.responses import JSONResponse
from nicegui import app, ui

from scenarios.errors import UserError, brief
from scenarios.reports.player import script, style
from scenarios.web.answers import Answers, Busy
from scenarios.web.fan import Fans
from scenarios.web.page import SCRIPTS, show
from scenarios.web.people import people_of, rules_of
from scenarios.web.question import LIMITS, Question, number_of
from sim.locale.messages import message
from sim.locale.speaking import speaking, spoken
from sim.locale.words import languages, say
from sim.plots.style import FONT

__all__ = ["serve"]

_OWN = {**dict.fromkeys((*SCRIPTS, "app.css"), "scenarios/web/static"), FONT.name: "sim/plots/fonts"}
_MADE = {"player.js": script, "player.css": style}
MOST_GROUPS = 10_000
"""Groups of an arm that can be asked for by number; how many there are, with those opened later, the run knows."""
_NUMBERS = [str(number) for number in range(LIMITS["communities"][1] + 1)]
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
        return await _sent(request, lambda question, asked: answers.ask(question))

    @app.get("/people")
    async def people(request: Request) -> Response:
        return await _sent(request, lambda question, asked: _place(answers, question, asked, people_of))

    @app.get("/rules")
    async def rules(request: Request) -> Response:
        def ask(question: Question, asked: Mapping[str, str]) -> Future[bytes]:
            return _place(answers, question, asked, rules_of, number_of(asked, "day", question.days) - 1)

        return await _sent(request, ask)

    fans = Fans(answers)

    @app.get("/fan")
    async def fan(request: Request) -> Response:
        lang, have = _language(request.query_params.get("lang", "")), request.query_params.get("have", "")
        try:
            told = fans.look(Question.read(request.query_params), int(have) if have in _NUMBERS else 0)
        except UserError as error:
            return _told(str(error), lang, 400)
        except Busy:
            return _told(say("app_busy", lang), lang, 503)
        with speaking(lang):
            told["mistake"] = message(told["mistake"])
        data = json.dumps(told, separators=(",", ":")).encode()
        return Response(gzip.compress(data, 6), media_type="application/json", headers={"Content-Encoding": "gzip"})

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


def _place(
    answers: Answers, question: Question, asked: Mapping[str, str], work: Callable[..., object], *about: int
) -> Future[bytes]:
    """What ``work`` finds of one group of one arm."""
    which = "first" if asked.get("arm") == "first" else "second"
    group = number_of(asked, "group", MOST_GROUPS) - 1
    key = " ".join((question.key, work.__name__, which, str(group), *map(str, about)))
    return answers.fetch(key, work, question, which, group, *about)


async def _sent(request: Request, ask: Callable[[Question, Mapping[str, str]], Future[bytes]]) -> Response:
    """What a worker found for the question of a link, or one sentence that says why there is nothing."""
    asked = request.query_params
    lang = _language(asked.get("lang", ""))
    try:
        found = await asyncio.wrap_future(ask(Question.read(asked), asked))
    except UserError as error:
        return _told(str(error), lang, 400)
    except Busy:
        return _told(say("app_busy", lang), lang, 503)
    except BrokenProcessPool:  # a worker was killed; the page asks again by itself
        return Response(status_code=502)
    except Exception as error:  # what a worker met: told here, and in full where the server runs
        traceback.print_exception(error)
        return _told(say("app_failed", lang, error=brief(str(error) or repr(error))), lang, 500)
    return Response(found, media_type="application/json", headers={"Content-Encoding": "gzip"})


def _told(text: str, lang: str, status: int) -> Response:
    """One sentence in the visitor's language."""
    with speaking(lang):
        return JSONResponse({"error": message(text)}, status)


def _language(asked: str) -> str:
    """The language of a link, else that of the terminal."""
    return asked if asked in languages() else spoken()
