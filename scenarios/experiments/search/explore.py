"""The search itself: Optuna proposes a point, somebody evaluates it, Optuna is told, until enough have been tried.

Everything Optuna knows lies in one SQLite file, written after every step. The sampler is made anew for each knob from
(seed, number of the trial, knob), so its proposal is a function of that and of the trials before: same seed,
same trials, and a search that was killed goes on as if nothing had been. The trial that was
under way is evaluated again, at the same point.

Multi-objective TPE: Ozaki et al. (2022), J. Artif. Intell. Res. 73, 1209–1250. NSGA-II: Deb et al. (2002), IEEE Trans.
Evol. Comput. 6, 182–197.
"""

from __future__ import annotations

import hashlib
import math
import sqlite3
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from scenarios.errors import UserError
from scenarios.experiments.exploration import Values
from scenarios.experiments.search.file import Search

__all__ = ["Evaluate", "alone", "best", "explore", "open_memory", "tried", "untried"]

Evaluate = Callable[[int, Values], Mapping[str, float]]
"""From the trial's number and the knobs' values (in the order of the axes) to the mean of every outcome."""
_POPULATION = 20
_STARTUP = 10


def optuna() -> Any:
    """The package, quiet; a message that names the extra where it is missing."""
    try:
        import optuna as found
    except ModuleNotFoundError as error:
        raise UserError(f"search needs the package '{error.name}'; install it: pip install 'shequn[search]'") from error
    found.logging.set_verbosity(found.logging.ERROR)
    return found


@contextmanager
def alone(path: Path, other: str = "seed=") -> Iterator[None]:
    """Hold the search whose file is ``path`` (``other`` says what would put it elsewhere); a lock of SQLite, which the
    system lifts when the process ends, however.

    Raises
    ------
    UserError
        If another process is at work on it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path.with_suffix(".lock"), timeout=0, isolation_level=None)) as held:
        try:
            held.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            if getattr(error, "sqlite_errorcode", 0) not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise UserError(f"out={path.parent}: {error}; make room, or name a folder that can be written to and "
                                "give the command again") from error  # fmt: skip
            raise UserError(f"another process is at work on this search ({path}): wait for it, or give another "
                            f"{other}") from error  # fmt: skip
        yield


def open_memory(search: Search, path: str | Path | None) -> Any:
    """Optuna's study in the file ``path`` (made if it is not there), or in memory only.

    Raises
    ------
    UserError
        If the file cannot be read as what it should be.
    """
    package = optuna()
    storage = None
    try:
        if path is not None:
            Path(path).parent.mkdir(parents=True, exist_ok=True)
            storage = package.storages.RDBStorage(f"sqlite:///{Path(path).resolve().as_posix()}")
        return package.create_study(storage=storage, study_name=search.name, load_if_exists=True,
                                    directions=list(search.objectives.values()))  # fmt: skip
    except Exception as error:
        what = type(error).__name__
        raise UserError(f"{path} is no file of a search that can be read ({what}); remove it: the runs are in the "
                        "store, and nothing is played twice") from error  # fmt: skip


def explore(memory: Any, search: Search, evaluate: Evaluate) -> None:
    """Try points until ``search.trials`` have been tried, those of earlier sessions counted in."""
    states = optuna().trial.TrialState
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # experimental arguments and limits set twice after a kill are no news
        for frozen in memory.get_trials(deepcopy=False, states=(states.RUNNING,)):
            memory.sampler = _sampler(search, frozen.number)
            _finish(memory, optuna().trial.Trial(memory, frozen._trial_id), search, evaluate)
        while len(memory.get_trials(deepcopy=False)) < search.trials:
            memory.sampler = _sampler(search, len(memory.get_trials(deepcopy=False)))
            _finish(memory, memory.ask(), search, evaluate)


def _finish(memory: Any, trial: Any, search: Search, evaluate: Evaluate) -> None:
    """Settle the point of a trial, evaluate it, and tell Optuna; where an outcome is undefined the trial has failed."""
    values = _suggested(memory, trial, search)
    means = evaluate(trial.number, values)
    if any(not math.isfinite(means.get(name, math.nan)) for name in search.outcomes):
        memory.tell(trial, state=optuna().trial.TrialState.FAIL)
        return
    for limit in search.constraints:
        trial.set_constraint(str(limit), limit.excess(means[limit.outcome]))
    memory.tell(trial, [means[name] for name in search.objectives])


def _suggested(memory: Any, trial: Any, search: Search) -> Values:
    """Each knob from a sampler of its own: a kill between two knobs must not move the luck of the second."""
    found = []
    for axis in search.axes:
        memory.sampler = _sampler(search, trial.number, axis.key)
        span = axis.span
        if span is None:
            value = trial.suggest_categorical(axis.key, list(axis.choices))
        elif span.whole:
            value = trial.suggest_int(axis.key, int(span.low), int(span.high), log=span.log)
        else:
            value = trial.suggest_float(axis.key, span.low, span.high, log=span.log)
        found.append(axis.tidy(value))
    return tuple(found)


def _sampler(search: Search, number: int, knob: str = "") -> Any:
    """The sampler of one trial, or of one knob of it."""
    key = hashlib.sha256(f"{search.seed}/{number}/{knob}".encode()).digest()
    seed = int.from_bytes(key[:4], "big")
    samplers = optuna().samplers
    if search.sampler == "nsga2":
        return samplers.NSGAIISampler(population_size=_POPULATION, seed=seed)
    return samplers.TPESampler(n_startup_trials=_STARTUP, seed=seed)


def tried(memory: Any, search: Search) -> dict[int, Values]:
    """The points that could be evaluated, by number of the trial."""
    done = memory.get_trials(deepcopy=False, states=(optuna().trial.TrialState.COMPLETE,))
    return {trial.number: tuple(axis.tidy(trial.params[axis.key]) for axis in search.axes) for trial in done}


def untried(memory: Any, search: Search) -> int:
    """How many points there are still to try, one that is under way among them."""
    under_way = len(memory.get_trials(deepcopy=False, states=(optuna().trial.TrialState.RUNNING,)))
    return under_way + max(0, search.trials - len(memory.get_trials(deepcopy=False)))


def best(memory: Any) -> list[int]:
    """Numbers of the trials that keep every constraint and that no other such trial beats in all objectives.

    Of trials with equal values (a knob without effect) only the first is kept.
    """
    seen: dict[tuple[float, ...], int] = {}
    for trial in sorted(memory.best_trials, key=lambda trial: trial.number):
        if all(excess <= 0 for excess in trial.constraints.values()):
            seen.setdefault(tuple(trial.values), trial.number)
    return sorted(seen.values())
