"""What can be said to ``shequn pairs``: which pairs, in which worlds, by which outcomes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import combinations
from typing import Any

from scenarios.config import catalog
from scenarios.config.compose import Composer
from scenarios.errors import ConfigError, shown
from scenarios.experiments.options import Reader, one_of, setting
from scenarios.experiments.pairs.asked import Pairs, acceptable, pairs_of, usual
from scenarios.experiments.reader import known_outcome
from scenarios.strategies.interplay import PREDICTED, Predicted
from sim.analysis.experiment.asked import sign_of
from sim.engine.knobs import did_you_mean

__all__ = ["WORDS", "question_of"]

EXAMPLE = "only=red_packet+daily_topic,paid_entry+advert_ban"
WORLDS = ("pet_owners", "deals")
SEEDS = 200
OUTCOMES_ASKED = ("lifetime", "member_messages", "trust")


def _list(key: str, value: str) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(part.strip() for part in value.strip("[]").split(",") if part.strip()))
    if not names:
        raise ConfigError(f"{key}= names nothing; leave it out, or write it like {EXAMPLE}")
    return names


def _worlds(key: str, value: str) -> tuple[str, ...]:
    """One world or two."""
    names, known = _list(key, value), catalog.options("scenario")
    for name in names:
        if name not in known:
            raise ConfigError(f"{key}={shown(name)}: there is no such scenario{did_you_mean(name, known)}")
    if len(names) > 2:
        raise ConfigError(f"{key}={shown(value)} names {len(names)} worlds; name one or two")
    return names


def _outcomes(key: str, value: str) -> tuple[str, ...]:
    names = _list(key, value)
    for name in names:
        known_outcome(name, f"{key}={value}")
        if not sign_of(name):
            raise ConfigError(f"{key}={shown(name)}: more of it is neither better nor worse, so nothing can be called "
                              "a synergy; name another outcome")  # fmt: skip
    return names


def _strategies(key: str, value: str) -> tuple[str, ...]:
    names = _list(key, value)
    for name in names:
        _check_strategy(key, name)
    if len(names) < 2:
        raise ConfigError(f"{key}={shown(value)} names one strategy; a pair takes two")
    return names


def _check_strategy(key: str, name: str) -> None:
    known = catalog.strategies()
    if name not in known:
        raise ConfigError(f"{key}={shown(name)}: there is no such strategy{did_you_mean(name, known)}")
    if name == "nothing":
        raise ConfigError(f"{key}={name}: it is what every pair is compared with; name two strategies")


def _named(key: str, value: str) -> tuple[frozenset[str], ...]:
    """``a+b,c+d``; each pair once."""
    found: dict[frozenset[str], None] = {}
    for text in _list(key, value):
        names = tuple(part.strip() for part in text.split("+"))
        if len(names) != 2:
            raise ConfigError(f"{key}={shown(text)} is no pair; write it like {EXAMPLE}")
        for name in names:
            _check_strategy(key, name)
        if names[0] == names[1]:
            raise ConfigError(f"{key}={shown(text)} names one strategy twice; a pair takes two")
        found[frozenset(names)] = None
    return tuple(found)


WORDS: Mapping[str, Reader] = {
    "only": _named, "all": one_of("true", "false"), "among": _strategies, "worlds": _worlds, "outcomes": _outcomes,
    "seeds": setting, "fresh_seeds": setting, "seed": setting, "days": setting,
}  # fmt: skip


def question_of(said: Mapping[str, Any], extra: tuple[str, ...], composer: Composer) -> Pairs:
    """The question that is said: the predicted pairs, those named, or all that can stand together.

    Raises
    ------
    ConfigError
        Where pairs are both named and asked for by ``all`` or ``among``, or none can stand together.
    """
    is_all = said.get("all") == "true" or "among" in said
    if is_all and "only" in said:
        raise ConfigError("only= names pairs, all=true and among= ask for every pair; say one of them")
    worlds, refused = said.get("worlds", WORLDS), list[tuple[str, str, str]]()
    asked = _those(said["only"]) if "only" in said else list(PREDICTED)
    if is_all:
        among = said.get("among") or [name for name in catalog.strategies() if name != "nothing"]
        asked, refused = acceptable(_those(map(frozenset, combinations(among, 2))), worlds, extra, composer)
        if not asked:
            raise ConfigError(f"among={shown(','.join(among))}: no two of them can stand together: {refused[0][2]}")
    seeds = said.get("seeds", SEEDS)
    found = pairs_of(asked, worlds, said.get("outcomes", OUTCOMES_ASKED), seeds=seeds, seed=said.get("seed", 1),
                     fresh_seeds=said.get("fresh_seeds", seeds), days=said.get("days"), extra=extra)  # fmt: skip
    return replace(found, refused=tuple(refused))


def _those(pairs: Iterable[frozenset[str]]) -> list[Predicted]:
    """What is predicted of some pairs, or how they are usually played."""
    predicted = {frozenset((one.first, one.second)): one for one in PREDICTED}
    return [predicted.get(pair) or usual(*sorted(pair)) for pair in pairs]
