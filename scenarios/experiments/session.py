"""From the words of the command line to an answer: what studies, searches and sensitivity analyses do alike.

Read and check what is said; compose, so that a mistake is told before anything is played; plan, or play what the store
lacks; leave tables and a page; show the answer, and the failures if there are any.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import Any

from scenarios.config import catalog
from scenarios.config.arms import EXAMPLE
from scenarios.config.compose import Composer
from scenarios.errors import ConfigError, UserError
from scenarios.execution.executor import Failed, Tally
from scenarios.experiments.cells import cells_of
from scenarios.experiments.kind import Answer, Kind
from scenarios.experiments.options import WORDS, Options, lasting, options_of, split
from scenarios.experiments.output_folder import Leaving
from scenarios.experiments.plan import heading, show_plan, tell_failures
from scenarios.experiments.player import Player
from scenarios.pipes import telling
from scenarios.terminal import show_answer
from sim.analysis.experiment.asked import Titled
from sim.data.spreadsheet import to_csv
from sim.data.store import Store, StoreError, StoreFull
from sim.engine.knobs import did_you_mean
from sim.locale.messages import message
from sim.locale.speaking import speaking, spoken
from sim.locale.words import commas, say

__all__ = ["carry_out", "read_words", "run", "with_store"]


def run(kind: Kind[Any], texts: Sequence[str]) -> int:
    """Play (or plan) what the words ask for, and return the exit code: 1 where runs fail, 130 after Ctrl-C."""
    asked, options = read_words(kind, texts)
    composer = Composer()
    cells_of(kind.outline(asked), composer)
    return carry_out(kind, asked, options, composer, lasting(texts))


def carry_out(
    kind: Kind[Any], asked: Any, options: Options, composer: Composer | None = None, said: tuple[str, ...] = ()
) -> int:
    """Plan or play what is known to be playable; the exit code. ``said`` are the words that decide what comes of it."""
    folder = Leaving(kind.name, kind.called(asked), options.out, options.overwrite, said, options.store)
    if options.leaves:
        folder.check()

    def work(store: Store) -> int:
        if options.plan:
            return show_plan(kind, asked, Player(options, store, composer))
        player = Player(options, store, composer)
        answer = kind.play(asked, player)
        return _tell(kind, answer, player, _leave(answer, folder, options) if options.leaves else [])

    with speaking(options.lang):
        return with_store(options.store, work)


def read_words[Question: Titled](kind: Kind[Question], texts: Sequence[str]) -> tuple[Question, Options]:
    """What is asked, with everything said on the command line, and how to play it."""
    if any(text.lstrip("+").startswith("arms=") for text in texts):
        raise ConfigError(f"arms= is for `shequn run`, which needs no file: shequn run {EXAMPLE} store=outputs/store\n"
                          f"{kind.name}=NAME plays a file, with what stands in it")  # fmt: skip
    said, extra = split(texts, {kind.name, *kind.words, *WORDS}, f"{kind.name}={kind.example}")
    if kind.name not in said:
        raise ConfigError(f"which {kind.what}? write {kind.name}=NAME{did_you_mean('', catalog.options(kind.name))}")
    changes = {key: read(key, said[key]) for key, read in kind.words.items() if key in said}
    return kind.read(said[kind.name], changes, tuple(extra)), options_of(said)


def _leave(answer: Answer, folder: Leaving, options: Options) -> list[str]:
    """Tables and page in their folder; what to say of them."""
    lang = options.lang
    with folder.filling() as place:
        if not answer.tables:
            return [say("told_nothing", lang, why=say(answer.why, lang), folder=place)]
        for name, table in answer.tables.items():
            (place / f"{name}.csv").write_text(to_csv(table), "utf-8", newline="")
        told = [say("told_tables", lang, files=commas([f"{place}/{name}.csv" for name in answer.tables], lang))]
        if options.report and answer.page:
            told.append(say("told_page", lang, page=answer.page(place, formats=options.formats)))
    return told


def _tell(kind: Kind[Any], answer: Answer, player: Player, left: Sequence[str]) -> int:
    tally, store, lang, asked = player.tally, player.store, player.options.lang, answer.asked
    with telling():
        print(heading(asked, lang))
        print(say("told_played", lang, size=kind.size(asked, lang), counts=_counted(answer.runs, tally, lang)))
        show_answer(*answer.told(lang))
        print(*left, sep="\n", end="\n" * bool(left))
        print(say("told_store", lang, store=store.folder))
        tell_failures(tally, store, lang)
    return 1 if tally.failed or answer.why else 0


def _counted(runs: int, tally: Tally, lang: str = "en") -> str:
    """``60 runs: 40 were stored, 20 played, 0 failed``."""
    words = {"stored": tally.stored, "done": tally.done, "failed": tally.failed}
    return (say("told_runs", lang, runs=runs, **{key: f"{n:,}" for key, n in words.items()})
            + (say("told_lost", lang, n=tally.lost) if tally.lost else "")
            + (say("told_broken", lang, n=tally.broken) if tally.broken else ""))  # fmt: skip


def with_store(folder: str, work: Callable[[Store], int]) -> int:
    """The exit code of ``work`` on the store in a folder; 1 where store or runs fail it, 130 after Ctrl-C.

    Raises
    ------
    UserError
        If the folder cannot be used as a store.
    """
    try:
        with _opened(folder) as store:
            before = store.ledger.count("done")
            try:
                return work(store)
            except KeyboardInterrupt:
                more = store.ledger.count("done") - before
                print("\nshequn: " + say("told_stopped", spoken(), store=store.folder, n=f"{more:,}"), file=sys.stderr)
                return 130
    except StoreError as error:
        print(f"shequn: {message(str(error))}", file=sys.stderr)
        return 1
    except Failed as error:
        print("shequn: " + say("told_failed_fast", spoken(), error=error), file=sys.stderr)
        return 1


def _opened(folder: str) -> Store:
    """The store in a folder, after what its owner should hear of it."""
    try:
        store = Store(folder)
    except StoreFull:
        raise
    except StoreError as error:
        raise UserError(str(error)) from error
    print(*(f"shequn: {said}" for said in store.told), sep="\n", end="\n" * bool(store.told), file=sys.stderr)
    return store
