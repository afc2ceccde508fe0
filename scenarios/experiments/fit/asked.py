"""A fit as it is asked for: which log, which world it starts from, what is fixed, how much is simulated."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from scenarios.config import catalog
from scenarios.config.overrides import read as read_overrides
from scenarios.errors import ConfigError, shown
from scenarios.experiments.cells import rules_of
from scenarios.experiments.fit.fitting import Drawn, Fitted, early_draws, fit
from scenarios.experiments.fit.journal import Journal, identity_of
from scenarios.experiments.fit.play import Play, base, with_knobs
from scenarios.experiments.fit.pool import workers
from scenarios.experiments.fit.watch import Seen, read_seen
from scenarios.experiments.search.explore import alone
from scenarios.reports.log_source import How
from scenarios.scenario import Scenario
from sim.analysis.fit.foresight import Foresight, foresee
from sim.analysis.fit.prior import Prior, known_prior
from sim.data.store.identity import imported_files, model_version

__all__ = ["JOURNAL", "WORLD", "Asked", "Found", "fitted", "measures"]

_ROOT = Path(catalog.__file__).resolve().parents[2]
JOURNAL = "simulations.jsonl"
WORLD = "learners"
_MADE_HERE = ("strategy", "strategies", "record", "replicates", "days", "seed", "arm", "world", "threads", "out",
              "population.groups", "timeline", "lane", "luck", "start")  # fmt: skip
_OF_FOUNDING = ("population.founders", "scenario.acquaintance")
_OF_SEVERAL = "scenario.search_spread"


@dataclass(frozen=True)
class Asked:
    """``overrides`` are the world it starts from and what is known of it; what they set is not fitted. ``members`` is
    how many people each group had when the log begins, for groups that were there already."""

    log: str
    rooms: str | None = None
    zone: str = "UTC"
    overrides: tuple[str, ...] = ()
    members: int = 0
    simulations: int = 2_000
    draws: int = 100
    seed: int = 1
    predict: bool = True
    workers: int | None = None
    how: How = field(default_factory=How)

    def world(self, rooms: int) -> tuple[str, ...]:
        """Overrides of every community. A single room differs from no other in how many find it."""
        said = {one.key for one in read_overrides(self.overrides)}
        given = self.overrides if "scenario" in said else (f"scenario={WORLD}", *self.overrides)
        if rooms == 1 and _OF_SEVERAL not in said:
            given = (*given, f"{_OF_SEVERAL}=0")
        return (*given, f"population.members={self.members}") if self.members else given

    def prior(self, rooms: int) -> Prior:
        """What is not known yet of a log of so many rooms."""
        known = {one.key for one in read_overrides(self.overrides)}
        for key in known:
            if key in _MADE_HERE or key.startswith("strategies."):
                raise ConfigError(f"'{shown(key)}' is not for a fit: the world is played without strategies, for as "
                                  "long as the log was watched")  # fmt: skip
        less = {*(_OF_FOUNDING if self.members else ()), *([_OF_SEVERAL] if rooms == 1 else [])}
        prior = known_prior().without({*known, *less})
        if not len(prior):
            raise ConfigError("every number that could be fitted is fixed; leave some of them out")
        return prior


@dataclass(frozen=True, eq=False)
class Found:
    """A fit, the scenario it started from, and what it foresees of the last third, if that was asked for."""

    asked: Asked
    fitted: Fitted
    scenario: Scenario
    early: Drawn | None
    foresight: Foresight | None


def fitted(asked: Asked, folder: Path, tell: Callable[[int], None] = lambda more: None) -> Found:
    """Fit; what is simulated is kept in ``folder``. ``tell`` hears how many more communities are there.

    Raises
    ------
    UserError
        On any mistake (:class:`~sim.analysis.logs.columns.LogError` where it is the log's).
    """
    seen = read_seen(asked.log, asked.rooms, asked.zone, asked.seed, asked.how, asked.members)
    prior = asked.prior(seen.watch.rooms)
    play = Play(asked.world(seen.watch.rooms), seen.watch, asked.seed)
    scenario = base(play)
    _check(scenario, prior)
    with alone(folder / JOURNAL, "out="), _warm(scenario, asked.workers) as work:
        journal = Journal(folder / JOURNAL, _identity(asked, seen, prior, scenario))
        found = fit(seen, play, prior, journal, work, asked.simulations, asked.draws, tell)
        early = early_draws(found, work, asked.draws, tell) if asked.predict else None
    whole = base(replace(play, overrides=asked.world(2)))  # of several groups, which the fitted world may be asked for
    return Found(asked, found, whole, early, None if early is None else _foreseen(found, early))


def _warm(scenario: Scenario, n: int | None):  # type: ignore[no-untyped-def]
    from scenarios.execution.warm import warm

    warm(scenario)
    return workers(n)


def _check(scenario: Scenario, prior: Prior) -> None:
    """The corners of the prior are worlds that there can be."""
    import numpy as np

    for corner in (0.0, 1.0):
        with_knobs(scenario, prior.set_of(np.full(len(prior), corner)))


def _identity(asked: Asked, seen: Seen, prior: Prior, scenario: Scenario) -> str:
    """Hash of the log's talk and all that the simulated communities depend on."""
    talk, members = seen.talk, seen.talk.members
    parts = [part.tobytes() for part in (talk.t, talk.author, talk.room, talk.answers,
                                         members.room, members.who, members.came, members.left)]  # fmt: skip
    return identity_of([identity_of(part.hex()) for part in parts], asdict(seen.watch), scenario.as_dict(),
                       [asdict(one) for one in prior.parameters], asked.seed, asked.simulations, rules_of(scenario),
                       measures())  # fmt: skip


def measures() -> str:
    """Hash of the code by which logs are seen: summaries of another version cannot be told from these."""
    return model_version(imported_files(_ROOT, "scenarios.experiments.fit.play", "sim.analysis"))


def _foreseen(found: Fitted, early: Drawn) -> Foresight:
    from scenarios.experiments.fit.play import days_of

    watch = found.seen.watch
    own = days_of(found.seen.talk, watch.longest, watch.births)
    return foresee(own, early.days, watch.days, found.play.early)


def settings_first(words: Sequence[str], names: Sequence[str]) -> tuple[list[str], tuple[str, ...]]:
    """Words that are settings of the command, and the others, which are overrides of the world."""
    mine = [word for word in words if word.partition("=")[0] in names or "=" not in word]
    return mine, tuple(word for word in words if word not in mine)
