"""What a log says to its operator, in sentences: its kind, what is high and low, its stage of life, the board."""

from __future__ import annotations

from typing import Any

from scenarios.config import catalog as catalog  # it names the scenarios
from sim.analysis.lifecycle import STAGES
from sim.analysis.logs.board import Share
from sim.analysis.logs.kinds import LEAST, Likeness
from sim.analysis.logs.standing import Standing
from sim.analysis.logs.summary import LogSummary
from sim.analysis.logs.traits import TRAITS
from sim.locale.words import commas, declared, join, log_say, quoted, say, semicolons, sentences, world_label
from sim.locale.words import number as figure

__all__ = ["answer", "basis", "board_sentences", "natural_text"]

_POSSIBLE = 0.1  # probability from which a second kind is named
_SURE = 0.95  # no more is promised: what is nearer to one was right in 95 of 100 trials
_FAR = 2  # traits named that set a log apart
_NAMED = 3  # measures named as high, and as low


def answer(log: LogSummary, lang: str) -> list[str]:
    """The sentences that come first: kind, standing, life."""
    return [_kind(log.likeness, lang), _standing(log.standing, lang), _life(log, lang)]


def basis(log: LogSummary, lang: str) -> list[str]:
    """What the first sentences rest on: simulated rooms and how often they told rightly, real rooms, the curve."""
    found = []
    if log.likeness is not None:
        known = log.likeness.known
        right = {f"right_{rooms}": f"{100 * share:.0f}" for rooms, share in known.right.items()}
        found.append(log_say("basis_kind", lang, rooms=known.rooms, communities=known.communities, **right))
    if log.standing is not None:
        largest = f"{log.standing.largest:.0f}"
        found.append(log_say("basis_rooms", lang, n=log.standing.n_real, least=LEAST, largest=largest))
    return [*found, log_say("basis_life", lang)]


def _kind(likeness: Likeness | None, lang: str) -> str:
    if likeness is None:
        return log_say("like_short", lang, least=LEAST)
    (first, chance), (second, other) = list(likeness.chance.items())[:2]
    many = "many" if likeness.rooms > 1 else "one"
    words = {"kind": quoted(world_label(first, lang), lang), "n": likeness.rooms, "unlike": likeness.unlike,
             "chance": _chance(chance, lang)}  # fmt: skip
    if likeness.kind is None:
        apart = join([_apart(name, z, lang) for name, z in list(likeness.apart.items())[:_FAR]], lang)
        return log_say(f"like_none_{many}", lang, apart=apart, **words)
    parts = [log_say(f"like_{many}", lang, **words)]
    if other >= _POSSIBLE:
        named = quoted(world_label(second, lang), lang)
        parts.append(log_say("like_or", lang, kind=named, chance=_chance(other, lang)))
    if likeness.unlike:
        parts.append(log_say("like_some", lang, **words))
    return sentences(parts, lang)


def _chance(chance: float, lang: str) -> str:
    return log_say("chance_sure", lang) if chance > _SURE else f"{100 * chance:.0f} %"


def _apart(name: str, z: float, lang: str) -> str:
    return log_say("apart_above" if z > 0 else "apart_below", lang, trait=declared(TRAITS[name], lang))


def _standing(standing: Standing | None, lang: str) -> str:
    if standing is None:
        return log_say("standing_short", lang, least=LEAST)
    parts = []
    for word in ("high", "low"):
        rows = standing.table[standing.table["word"] == word].sort_values("far", ascending=False, kind="stable")
        items = [_item(row, standing.n_rooms, lang) for row in rows[:_NAMED].itertuples()]
        if len(rows) > _NAMED:
            items.append(log_say("and_more", lang, n=len(rows) - _NAMED))
        if items:
            parts.append(log_say(word, lang, what=commas(items, lang)))
    parts.append(log_say("usual_rest" if parts else "usual_all", lang))
    what = semicolons(parts, lang)
    if standing.n_rooms > 1:
        return log_say("standing_many", lang, n=standing.n_real, what=what)
    low, high = standing.size
    kind = "size_under" if low == 0 else "size_open" if high == float("inf") else "size"
    size = log_say(kind, lang, low=f"{low:g}", high=f"{high:g}")
    key = "standing_beyond" if standing.posters > standing.largest else "standing"
    words = {"posters": f"{standing.posters:.0f}", "largest": f"{standing.largest:.0f}"}
    return log_say(key, lang, n=standing.n_like, size=size, what=what, **words)


def _item(row: Any, n: int, lang: str) -> str:
    """A measure that stands out: of one room with what is usual, of several with how many."""
    measure = declared(TRAITS[row.measure], lang)
    if n > 1:
        return log_say("beside_many", lang, measure=measure, hits=max(row.up, row.down), n=n)
    value, low, high = (natural_text(x, row.kind) for x in (row.value, row.low, row.high))
    return log_say("beside_usual", lang, measure=measure, value=value, low=low, high=high)


def natural_text(value: float, kind: str) -> str:
    """A measure of :data:`~sim.analysis.logs.standing.MEASURES` as text."""
    return figure(value, "" if kind == "amount" else "share")


def _life(log: LogSummary, lang: str) -> str:
    life = log.life
    if sum(life.rooms.values()) == 1:
        text = log_say("life_one", lang, stage=say(life.stage, lang), since=life.since, age=life.age)
    else:
        there = [one for one in STAGES if life.rooms[one]]
        counts = [log_say("life_count", lang, n=life.rooms[one], stage=say(one, lang)) for one in there]
        text = log_say("life_many", lang, n=sum(life.rooms.values()), what=join(counts, lang))
    if not life.now[3] or not life.before[3]:
        return text
    words = {}
    for name, (mean, low, high, _) in (("now", life.now), ("before", life.before)):
        words[name] = log_say("with_interval", lang, value=figure(mean), low=figure(low), high=figure(high))
    return sentences([text, log_say("life_curve", lang, **words)], lang)


def board_sentences(log: LogSummary, lang: str) -> list[str]:
    """Who spoke today and this week, newcomers, who left, by which way people came."""
    board = log.board
    spans = board.spans.set_index("span")
    words = {f"{kind}_{span}": f"{int(spans.loc[span, kind]):,}" for span in spans.index for kind in spans.columns}
    told = [log_say("board_spoke", lang, date=f"{board.today:%Y-%m-%d}", time=f"{board.today:%H:%M}", **words)]
    told.append(_share("newcomers_joined" if board.joins_told else "newcomers_wrote", board.newcomers, lang))
    told.append(_share("left_told" if board.leaves_told else "left_silent", board.left, lang))
    if not board.joins_told:
        told.append(log_say("routes_none", lang))
    return told


def _share(key: str, share: Share, lang: str) -> str:
    """A sentence about a share with its interval, or that there is no case."""
    if not share.n:
        return log_say(f"{key}_none", lang)
    value, low, high = (figure(one, "share") for one in (share.value, *share.interval))
    shown = log_say("with_interval", lang, value=value, low=low, high=high)
    return log_say(key, lang, share=shown, hits=share.hits, n=share.n)
