"""From the words of the command line to an answer: what studies, searches and sensitivity analyses do alike.

Read and check what is said; compose, so that a mistake is told before anything is played; plan, or play what the store
lacks; leave tables and a page; show the answer, and the failures if there are any.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import Any

from scenarios.cli.pipes import telling
from scenarios.config import catalog
from scenarios.errors import ConfigError
from scenarios.execution.executor import Failed, Tally
from scenarios.experiments.cells import cells_of
from scenarios.experiments.kind import Answer, Asked, Kind
from scenarios.experiments.options import WORDS, Options, options_of, split
from scenarios.experiments.output_folder import Leaving
from scenarios.experiments.plan import show_plan
from scenarios.experiments.player import Player
from sim.data.store import Store, StoreError
from sim.engine.knobs import did_you_mean

__all__ = ["read_words", "run", "with_store"]


def run(kind: Kind[Any], texts: Sequence[str]) -> int:
    """Play (or plan) what the words ask for, and return the exit code: 1 where runs fail, 130 after Ctrl-C."""
    asked, options = read_words(kind, texts)
    cells_of(kind.outline(asked))
    folder = Leaving(kind.name, asked.name, options.out, options.overwrite)
    if options.leaves:
        folder.check()

    def work(store: Store) -> int:
        if options.plan:
            return show_plan(kind, asked, options, store)
        player = Player(options, store)
        answer = kind.play(asked, player)
        return _tell(asked, answer, player, _leave(answer, folder, options) if options.leaves else [])

    return with_store(options.store, work)


def read_words[Question: Asked](kind: Kind[Question], texts: Sequence[str]) -> tuple[Question, Options]:
    """What is asked, with everything said on the command line, and how to play it."""
    said, extra = split(texts, {kind.name, *kind.words, *WORDS}, f"{kind.name}={kind.example}")
    if kind.name not in said:
        raise ConfigError(f"which {kind.what}? write {kind.name}=NAME{did_you_mean('', catalog.options(kind.name))}")
    changes = {key: read(key, said[key]) for key, read in kind.words.items() if key in said}
    return kind.read(said[kind.name], changes, tuple(extra)), options_of(said)


def _leave(answer: Answer, folder: Leaving, options: Options) -> list[str]:
    """Tables and page in their folder; what to say of them."""
    with folder.filling() as place:
        if not answer.tables:
            return [f"{answer.why or 'There is nothing to write'}: nothing of this {folder.kind} is in {place}"]
        for name, table in answer.tables.items():
            table.to_csv(place / f"{name}.csv", index=False, lineterminator="\n")
        told = ["Tables: " + ", ".join(f"{place}/{name}.csv" for name in answer.tables)]
        if options.report and answer.page:
            told.append(f"Report: {answer.page(place)}")
    return told


def _tell(asked: Asked, answer: Answer, player: Player, left: Sequence[str]) -> int:
    tally, store = player.tally, player.store
    with telling():
        print(f"{asked.title['en']}: {asked.question['en']}")
        print(f"{answer.size}; {counted(answer.runs, tally)}")
        answer.show()
        print(*left, sep="\n", end="\n" * bool(left))
        print(f"Predictions of the model. Store: {store.folder}; "
              f"`shequn query \"select * from outcomes\" store={store.folder}` reads it.")
        if tally.failed:
            _show_failures(tally, store)
    return 1 if tally.failed or not answer.found else 0


def counted(runs: int, tally: Tally) -> str:
    """``60 runs: 40 were stored, 20 played, 0 failed``."""
    stored = runs - tally.done - tally.failed
    return (f"{runs:,} runs: {stored:,} were stored, {tally.done:,} played, {tally.failed:,} failed"
            + (f"; {tally.lost} chunks were played again after a worker died" if tally.lost else "")
            + (f"; {tally.broken} broken files were put aside" if tally.broken else ""))  # fmt: skip


def _show_failures(tally: Tally, store: Store) -> None:
    """The first failed runs, and where to read more."""
    for failure in tally.failures[:3]:
        print(f"failed: replicate {failure.replicate}: {failure.error}")
    question = "select * from runs where status='failed'"
    print(f'`shequn query "{question}" store={store.folder}` shows all, with tracebacks.')


def with_store(folder: str, work: Callable[[Store], int]) -> int:
    """The exit code of ``work`` on the store in a folder; 1 where store or runs fail it, 130 after Ctrl-C."""
    try:
        with Store(folder) as store:
            before = store.ledger.count("done")
            try:
                return work(store)
            except KeyboardInterrupt:
                more = store.ledger.count("done") - before
                print(f"\nshequn: stopped; finished runs are kept in {store.folder} ({more:,} more than before). To go "
                      "on, give the same command again.", file=sys.stderr)  # fmt: skip
                return 130
    except StoreError as error:
        print(f"shequn: {error}", file=sys.stderr)
        return 1
    except Failed as error:
        print(f"shequn: stopped at a failed run ({error})\n`shequn query` shows its traceback; fail=keep goes on",
              file=sys.stderr)  # fmt: skip
        return 1
