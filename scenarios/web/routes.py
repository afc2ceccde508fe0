"""What the page asks the server over plain HTTP: answers, fans, files. What goes wrong is told in one sentence."""

from __future__ import annotations

import asyncio
import gzip
import json
import traceback
from collections.abc import Awaitable, Callable
from concurrent.futures.process import BrokenProcessPool

from fastapi import Request, Response
from fastapi.responses import JSONResponse
from nicegui import app

from scenarios.errors import UserError, brief
from scenarios.web.answers import Answers, Busy
from scenarios.web.fan import Fans
from scenarios.web.files import MOST_BYTES, opened, saved, tables
from scenarios.web.people import people_of, rules_of
from scenarios.web.question import LIMITS, Question, number_of
from sim.locale.messages import message
from sim.locale.speaking import speaking, spoken
from sim.locale.words import languages, say

__all__ = ["add_routes", "language"]

MOST_GROUPS = 10_000
"""Groups of an arm that can be asked for by number; how many there are, with those opened later, the run knows."""


def add_routes(answers: Answers) -> None:
    """Let the server answer; ``answers`` plays."""
    fans = Fans(answers)
    app.on_shutdown(fans.close)

    @app.get("/answer")
    async def answer(request: Request) -> Response:
        async def told(question: Question) -> Response:
            return _zipped(await asyncio.wrap_future(answers.ask(question)))

        return await _tried(request, told)

    @app.get("/fan")
    async def fan(request: Request) -> Response:
        async def told(question: Question) -> Response:
            found = fans.look(question, _whole(request, "have", LIMITS["communities"][1]) or 0)
            with speaking(language(request)):
                found["mistake"] = message(found["mistake"])
            return _zipped(gzip.compress(json.dumps(found, separators=(",", ":")).encode(), 6))

        return await _tried(request, told)

    @app.get("/tables.zip")
    async def packed(request: Request) -> Response:
        async def told(question: Question) -> Response:
            data = await asyncio.wrap_future(answers.once(tables, question))
            return Response(data, media_type="application/zip")

        return await _tried(request, told)

    _add_people(answers)
    _add_questions()


def _add_people(answers: Answers) -> None:
    """Who is in a group of an arm, and what rules acted there on a day."""

    async def found(request: Request, question: Question, work: Callable[..., object], *about: int) -> Response:
        which = "first" if request.query_params.get("arm") == "first" else "second"
        group = number_of(request.query_params, "group", MOST_GROUPS) - 1
        key = " ".join((question.key, work.__name__, which, str(group), *map(str, about)))
        return _zipped(await asyncio.wrap_future(answers.fetch(key, work, question, which, group, *about)))

    @app.get("/people")
    async def people(request: Request) -> Response:
        return await _tried(request, lambda question: found(request, question, people_of))

    @app.get("/rules")
    async def rules(request: Request) -> Response:
        async def told(question: Question) -> Response:
            return await found(request, question, rules_of, number_of(request.query_params, "day", question.days) - 1)

        return await _tried(request, told)


def _add_questions() -> None:
    """A question as a file, and back."""

    @app.get("/question.json")
    async def kept(request: Request) -> Response:
        async def told(question: Question) -> Response:
            as_file = {"Content-Disposition": 'attachment; filename="shequn-question.json"'}
            text = saved(question, _whole(request, "day", question.days))
            return Response(text, media_type="application/json", headers=as_file)

        return await _tried(request, told)

    @app.post("/question")
    async def restored(request: Request) -> Response:
        data = b""
        async for piece in request.stream():
            data += piece
            if len(data) > MOST_BYTES:
                break
        try:
            return JSONResponse({"link": opened(data)})
        except UserError as error:
            return _told(str(error), language(request), 400)


async def _tried(request: Request, work: Callable[[Question], Awaitable[Response]]) -> Response:
    """What is made of the question of a link, or why it is not, in the visitor's language."""
    lang = language(request)
    try:
        return await work(Question.read(request.query_params))
    except UserError as error:
        return _told(str(error), lang, 400)
    except Busy:
        return _told(say("app_busy", lang), lang, 503)
    except BrokenProcessPool:  # a worker was killed; the page asks again by itself
        return Response(status_code=502)
    except Exception as error:  # what a worker met: told here, and in full where the server runs
        traceback.print_exception(error)
        return _told(say("app_failed", lang, error=brief(str(error) or repr(error))), lang, 500)


def _zipped(data: bytes) -> Response:
    return Response(data, media_type="application/json", headers={"Content-Encoding": "gzip"})


def _whole(request: Request, name: str, most: int) -> int | None:
    """A number of a link from 0 to ``most``; None where it says none."""
    text = request.query_params.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 and int(text) <= most else None


def _told(text: str, lang: str, status: int) -> Response:
    """One sentence in the visitor's language."""
    with speaking(lang):
        return JSONResponse({"error": message(text)}, status)


def language(request: Request) -> str:
    """The language of a link, else that of the terminal."""
    asked = request.query_params.get("lang", "")
    return asked if asked in languages() else spoken()
