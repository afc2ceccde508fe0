"""What the page for one's own groups is asked and sent. Every form leads back to the page, as it stands then."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from fastapi import Request, Response
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse
from nicegui import app
from starlette.requests import ClientDisconnect

from scenarios.errors import UserError
from scenarios.web.advice import work
from scenarios.web.advice.amounts import Amounts
from scenarios.web.advice.case import Case, Stage
from scenarios.web.advice.desk import Desk
from scenarios.web.advice.fields import (
    ORDERS,
    Form,
    as_typed,
    fit_of,
    fit_usual,
    form_of,
    log_of,
    situation_said,
    situation_usual,
)
from scenarios.web.advice.page import GONE, Shown, advice_page, far
from scenarios.web.answers import Busy
from scenarios.web.routes import language
from sim.locale.messages import message
from sim.locale.speaking import speaking, spoken
from sim.locale.words import languages, say

__all__ = ["add_advice"]

_POLICY = ("default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; font-src 'self'; "
           "form-action 'self'; base-uri 'none'; frame-ancestors 'none'")  # fmt: skip
_HEADERS = {"Content-Security-Policy": _POLICY, "Referrer-Policy": "same-origin", "Cache-Control": "no-store"}
"""The address of a page is the key to it."""
_REPORTS = {"fit": "report.html", "advice": "report.html"}
_ELSEWHERE = ("cross-site", "same-site")


class Sent:
    """What a form has sent: its fields, the case it is about, and the language."""

    def __init__(self, request: Request, form: Form, desk: Desk) -> None:
        self.form, self.desk = form, desk
        said = self.one("lang")
        self.lang = said if said in languages() else spoken()
        self.case = desk.find(self.one("job"))
        self.is_from_here = request.headers.get("sec-fetch-site") not in _ELSEWHERE

    def one(self, name: str) -> str:
        """The last value of a field."""
        return (self.form.get(name) or [""])[-1]


Act = Callable[[Sent], Awaitable[Response]]


def add_advice(amounts: Amounts, workers: int) -> None:
    """Let the server answer; ``workers`` play at a time."""
    desk = Desk(amounts, workers)
    app.on_shutdown(desk.close)
    _add_page(desk)
    _add_log(desk)
    for path, act in {"order": _order, "fit": _fit, "advise": _advise, "again": _again, "stop": _stop,
                      "forget": _forget}.items():  # fmt: skip
        _add_form(desk, path, act)


def _add_page(desk: Desk) -> None:
    @app.get("/advice")
    def page(request: Request) -> Response:
        key = request.query_params.get("job", "")
        case = desk.find(key)
        return _page(desk, case, language(request), is_gone=bool(key) and case is None)

    @app.get("/advice/state")
    def state(request: Request) -> Response:
        lang, case = language(request), desk.find(request.query_params.get("job", ""))
        if case is None:
            return _told(say(GONE, lang), lang, 404)
        shown = Shown(case, desk.amounts, _before(desk, case))
        stages = case.stages.values()
        at = next((one.name for one in reversed([*stages]) if one.state != "none"), "log")
        found = {"stages": " ".join(one.state for one in stages), "at": at, "far": far(shown, lang)}
        return JSONResponse(found, headers=_HEADERS)

    @app.get("/advice/page/{what}")
    def report(what: str, request: Request) -> Response:
        case = desk.find(request.query_params.get("job", ""))
        stage, name = ("advice", work.PRINTED) if what == "plan" else (what, _REPORTS.get(what, ""))
        path = case.folder / stage / name if case and name and case.done(stage) else None
        if path is None or not path.is_file():
            return _told(say(GONE, language(request)), language(request), 404)
        headers = {name: value for name, value in _HEADERS.items() if name != "Content-Security-Policy"}
        return HTMLResponse(path.read_bytes(), headers=headers)  # it bears a policy of its own


def _add_log(desk: Desk) -> None:
    @app.post("/advice/log")
    async def sent(request: Request) -> Response:
        lang = language(request)
        if request.headers.get("sec-fetch-site") in _ELSEWHERE:
            return _told("", lang, 403)
        try:
            zone, order = log_of(request.query_params)
            if (before := desk.find(request.query_params.get("job", ""))) is not None:
                await asyncio.to_thread(desk.forget, before)
            case = desk.open()
        except UserError as error:
            return _told(str(error), lang, 400)
        except Busy:
            return _told(say("app_busy", lang), lang, 503)
        if not await _received(request, case, desk.amounts.upload):
            await asyncio.to_thread(desk.forget, case)
            return _told(say("app_advice_large", lang, megabytes=desk.amounts.megabytes), lang, 413)
        _read(desk, case, {"zone": zone, "order": order})
        return JSONResponse({"link": f"/advice?job={case.key}&lang={lang}#log"})


async def _received(request: Request, case: Case, most: int) -> bool:
    """Put down what is sent; False where it is too large, or its sender left."""
    size = 0
    try:
        with case.upload.open("wb") as file:
            async for piece in request.stream():
                size += len(piece)
                if size > most:
                    return False
                file.write(piece)
    except Exception:  # a connection that was lost
        return False
    return True


def _read(desk: Desk, case: Case, said: dict[str, Any]) -> None:
    """Have a log read; it does not lie there for ever where nobody settles its dates."""
    desk.begin(case, case.take("log", said), work.read, said["zone"], said["order"])
    desk.later(desk.amounts.undecided, case.drop_upload)


def _add_form(desk: Desk, path: str, act: Act) -> None:
    @app.post(f"/advice/{path}")
    async def sent(request: Request) -> Response:
        body = b""
        try:
            async for piece in request.stream():
                body += piece
                if len(body) > desk.amounts.typed:
                    return _told("what was sent is no form of this page", language(request), 413)
        except ClientDisconnect:  # nobody waits for an answer
            return Response(status_code=400)
        try:
            told = Sent(request, form_of(body), desk)
        except UserError as error:
            return _told(str(error), language(request), 400)
        if not told.is_from_here:
            return _told("", told.lang, 403)
        if told.case is None and path != "advise":
            return _page(desk, None, told.lang, is_gone=True, status=404)
        try:
            return await act(told)
        except Busy:
            return _told(say("app_busy", told.lang), told.lang, 503)


async def _order(sent: Sent) -> Response:
    case, order = _case(sent), sent.one("order")
    stage = case.stages["log"]
    if stage.found.get("orders") and order in ORDERS and case.upload.is_file():
        _read(sent.desk, case, {**stage.said, "order": order})
        return _back(case, sent.lang, "log")
    return _page(sent.desk, None, sent.lang, is_gone=True, status=404)


async def _fit(sent: Sent) -> Response:
    case, desk = _case(sent), sent.desk
    try:
        said = fit_of(sent.form, desk.amounts)
    except UserError as error:
        return _refused(sent, {"fit": str(error)}, as_typed(sent.form, fit_usual(desk.amounts)))
    if case.done("log") and not case.is_busy:
        _begin(desk, case, case.take("fit", said))
    return _back(case, sent.lang, "fit")


async def _advise(sent: Sent) -> Response:
    desk, case = sent.desk, sent.case
    try:
        said = situation_said(sent.form, desk.amounts, bool(case and case.done("fit")))
    except UserError as error:
        return _refused(sent, {"advice": str(error)}, as_typed(sent.form, situation_usual()))
    case = case or desk.open()
    if not case.is_busy:
        _begin(desk, case, case.take("advice", said))
    return _back(case, sent.lang, "advice")


async def _again(sent: Sent) -> Response:
    case, name = _case(sent), sent.one("stage")
    if name in _REPORTS and case.stages[name].state in ("stopped", "failed") and not case.is_busy:
        _begin(sent.desk, case, case.again(name))
    return _back(case, sent.lang, name)


async def _stop(sent: Sent) -> Response:
    case = _case(sent)
    await asyncio.to_thread(sent.desk.stop, case)
    return _back(case, sent.lang, next((name for name in reversed(case.stages) if case.stages[name].said), "log"))


async def _forget(sent: Sent) -> Response:
    await asyncio.to_thread(sent.desk.forget, _case(sent))
    return RedirectResponse(f"/advice?lang={sent.lang}", 303)


def _begin(desk: Desk, case: Case, stage: Stage) -> None:
    """A fit, or advice."""
    if stage.name == "fit":
        desk.begin(case, stage, work.fit, stage.said, case.stages["log"].said["zone"], desk.amounts, desk.workers)
    else:
        fitted = case.stages["fit"].found.get("scenario", "")
        desk.begin(case, stage, work.advise, stage.said, fitted, desk.amounts, desk.workers)


def _case(sent: Sent) -> Case:
    assert sent.case is not None
    return sent.case


def _back(case: Case, lang: str, at: str) -> Response:
    return RedirectResponse(f"/advice?job={case.key}&lang={lang}#{at}", 303)


def _before(desk: Desk, case: Case) -> int:
    return next((desk.before(one) for one in case.stages.values() if one.state == "waiting"), 0)


def _page(desk: Desk, case: Case | None, lang: str, is_gone: bool = False, status: int = 200) -> Response:
    shown = Shown(case, desk.amounts, _before(desk, case) if case else 0, is_gone=is_gone)
    return HTMLResponse(advice_page(shown, lang), status, headers=_HEADERS)


def _refused(sent: Sent, mistakes: dict[str, str], typed: dict[str, Any]) -> Response:
    """The page with what was typed, and what is wrong in it."""
    shown = Shown(sent.case, sent.desk.amounts, mistakes=mistakes, typed={name: typed for name in mistakes})
    return HTMLResponse(advice_page(shown, sent.lang), 400, headers=_HEADERS)


def _told(text: str, lang: str, status: int) -> Response:
    with speaking(lang):
        return JSONResponse({"error": message(text)}, status)
