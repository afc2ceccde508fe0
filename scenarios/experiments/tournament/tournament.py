"""``shequn tournament``: teams and *nothing* play the same communities under one budget; four boards rank them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, ClassVar

from scenarios.config.compose import Composer
from scenarios.config.overrides import merged
from scenarios.errors import ConfigError, shown
from scenarios.experiments.advise.situation import LEAST_LIFE, MONTH, RANGES, budget
from scenarios.experiments.advise.words import WORDS as OF_ADVICE
from scenarios.experiments.cells import cells_of
from scenarios.experiments.kind import Answer
from scenarios.experiments.options import Reader, setting
from scenarios.experiments.player import Player
from scenarios.experiments.several import Several, sized
from scenarios.experiments.study import Study
from scenarios.experiments.tournament.boards import MEASURES, boards_of
from scenarios.experiments.tournament.files import read_teams
from scenarios.experiments.tournament.team import NOTHING, Team
from sim.locale.words import say

__all__ = ["Question", "Tournament"]

_NOT_SAID = {
    "operator.hours": "the hours of all teams are said as hours=",
    "operator.purse": "the money of all teams is said as yuan=",
    "allowance.monthly": "the money of all teams is said as yuan=",
    "strategy": "what is played stands in the files of the teams",
    "strategies": "what is played stands in the files of the teams",
}

@dataclass(frozen=True)
class Question:
    """Who plays, with how many ``hours`` a day and ``yuan`` a month, in how many communities, for how many days."""

    teams: tuple[Team, ...]
    hours: float = 1.5
    yuan: float = 500.0
    replicates: int = 50
    days: int = 180
    seed: int = 1
    extra: tuple[str, ...] = ()
    name: str = "tournament"

    @property
    def title(self) -> Mapping[str, str]:
        """In both languages."""
        return {"en": "Tournament", "zh": "擂台赛"}

    @property
    def question(self) -> Mapping[str, str]:
        """In both languages."""
        return {"en": "Whose groups live longest, convert best, see newcomers again, and are where people belong?",
                "zh": "哪一队的群活得最久、转化最好、留得住新人、最让人有归属感？"}  # fmt: skip

    @property
    def months(self) -> float:
        """Of 30 days."""
        return self.days / MONTH

    @property
    def names(self) -> tuple[str, ...]:
        """Everybody who plays, *nothing* first."""
        return (NOTHING, *(team.name for team in self.teams))

    @property
    def world(self) -> tuple[str, ...]:
        """Overrides of the world, the budget among them."""
        return tuple(merged(self._base, self.extra))

    @property
    def _base(self) -> tuple[str, ...]:
        return ("scenario=pet_owners", *budget(self.hours, self.yuan))

    @property
    def studies(self) -> tuple[Study, ...]:
        """All of it is one study, an arm a team."""
        return (self.study(self.teams),)

    def study(self, teams: Sequence[Team]) -> Study:
        """*Nothing* and some teams."""
        arms = {NOTHING: (f"strategy=[{NOTHING}]",), **{team.name: team.overrides for team in teams}}
        return Study("tournament", self.title, {}, {"world": self._base}, arms, NOTHING, self.replicates, MEASURES,
                     self.days, self.seed, self.extra, daily=True, part="tournament")  # fmt: skip


class Tournament(Several[Question]):
    """``shequn tournament``, with the words that name files."""

    name, what, example = "tournament", "tournament", "conf/team hours=1.5 yuan=500"
    words: ClassVar[Mapping[str, Reader]] = {
        **{key: OF_ADVICE[key] for key in ("hours", "yuan")}, "replicates": setting, "days": setting, "seed": setting,
    }  # fmt: skip

    def __init__(self, files: Sequence[str] = (), composer: Composer | None = None) -> None:
        self.files, self.composer = tuple(files), composer or Composer()

    def read(self, name: str, said: Mapping[str, Any], extra: tuple[str, ...]) -> Question:
        """The budget and the world first, which are the teacher's; then every file, each checked in that world."""
        for text in extra:
            if why := _NOT_SAID.get(text.lstrip("+").partition("=")[0].split(".use")[0].strip(), ""):
                raise ConfigError(f"'{shown(text)}' cannot be said here: {why}")
            if text.lstrip("+").startswith(("strategies.", "strategies=")):
                raise ConfigError(f"'{shown(text)}' cannot be said here: {_NOT_SAID['strategies']}")
        for key in ("hours", "yuan"):
            low, high = RANGES[key]
            if key in said and not low <= said[key] <= high:
                raise ConfigError(f"{key}={said[key]:g} is out of range: it goes from {low:,} to {high:,}")
        asked = Question((), **said, extra=sized(extra))
        if asked.days < LEAST_LIFE:
            raise ConfigError(f"days: in {asked.days} days no group's life can be told: one is over when four weeks "
                              f"have been silent; say {LEAST_LIFE} or more")  # fmt: skip
        cells_of(asked.study(()), self.composer)
        return replace(asked, teams=read_teams(self.files, partial(self._playable, asked)))

    def size(self, asked: Question, lang: str) -> str:
        """Teams, communities, days."""
        return say("size_tournament", lang, teams=len(asked.teams), replicates=asked.replicates, days=asked.days)

    def play(self, asked: Question, player: Player) -> Answer:
        """All teams in all communities; then the boards."""
        from scenarios.reports.tournament_report import told, write_tournament_report

        (study,) = asked.studies
        shelf = player.play(study)
        found = boards_of(asked, shelf)
        if found is None:
            return Answer(asked, study.n_runs, lambda lang: ([], []), why="why_no_run")
        return Answer(asked, study.n_runs, partial(told, asked, found), found.tables(),
                      partial(write_tournament_report, asked, found))  # fmt: skip

    def _playable(self, asked: Question, team: Team) -> None:
        """Complain where a team's strategies cannot be played together in this world."""
        try:
            cells_of(asked.study([team]), self.composer)
        except ConfigError as error:
            raise ConfigError(str(error).split("\n", 1)[-1]) from error
