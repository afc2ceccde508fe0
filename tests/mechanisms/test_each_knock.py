"""Rules for whoever comes to a door: they ask, pull and refuse, know the person again, and cost nothing elsewhere."""

from __future__ import annotations

from typing import Any, ClassVar

import pytest

from scenarios.strategies.base import GroupFacts, Strategy
from sim.data.tables import CHANNELS
from sim.engine.declarations import daily, lever
from sim.engine.knobs import Knob
from sim.engine.levers import Levers, any_of, plus
from sim.engine.mechanism import Mechanism
from sim.model.entities import LEAVING
from tests.mechanisms.known_here import known_here
from tests.plays import Tables, differing, lively, play, started, strategy

SEARCH, FOUNDER, CARRIED = (CHANNELS.index(name) for name in ("search", "founder", "carried"))


class Porter(Mechanism):
    """Sends away who comes of themselves, and praises the group to the others. Source: a test."""

    title = ("Porter", "门卫")

    class group:
        porter_stands: float = lever(any_of, "yes/no", "a porter stands at the door")
        porter_praise: float = lever(plus, "logit", "how they praise")
        n_met: int = daily("people met", "门前人数")
        n_sent_away: int = daily("people sent away", "被拒人数")


@Porter.each_knock(when="porter_stands")
def stand(me: Any, theirs: Any, group: Any, ours: Any, knock: Any, knobs: Any, world: Any) -> None:
    """Refuse by channel; else enter + praise."""
    ours.n_met += 1
    if me.channel == SEARCH:
        knock.is_refused = 1
        ours.n_sent_away += 1


@Porter.each_knock(when="porter_praise")
def praise(me: Any, theirs: Any, group: Any, ours: Any, knock: Any, knobs: Any, world: Any) -> None:
    """enter + praise"""
    knock.enter += ours.porter_praise


class Grudge(Mechanism):
    """Those who leave tell somebody of the market, who then stays away. Source: a test."""

    title = ("Grudge", "记恨")

    class person:
        n_left: int
        last_day: int

    class group:
        grudge_held: float = lever(any_of, "yes/no", "people remember")
        n_known: int = daily("people known again", "旧识人数")


@Grudge.each_knock(when="grudge_held")
def recall(me: Any, theirs: Any, group: Any, ours: Any, knock: Any, knobs: Any, world: Any) -> None:
    """Whoever was told before today that somebody has left stays away."""
    if theirs.n_left > 0 and theirs.last_day < world.day:
        ours.n_known += 1
        knock.is_refused = 1


@Grudge.between_days()
def remember(state: Any, own: Any, c: Any, knobs: Any, world: Any) -> None:
    """Those who leave tell the person of the next number."""
    for g in range(world.first_group, world.first_group + world.n_groups):
        group = state.groups[g]
        for k in range(group.n_leaving if group.is_open == 1 else 0):
            told = state.members[state.listed[group.first + k, LEAVING]].person + 1
            if told < world.market_size:
                own.people[c, told].n_left += 1
                own.people[c, told].last_day = world.day


class Talks(Mechanism):
    """Uses the memory of another mechanism, keeps nothing itself. Source: a test."""

    title = ("Talks", "闲谈")
    uses = (Grudge,)

    class group:
        talks_go: float = lever(any_of, "yes/no", "people talk")
        n_told: int = daily("people told", "听闻人数")


@Talks.each_knock(when="talks_go")
def tell(me: Any, theirs: Any, group: Any, ours: Any, knock: Any, knobs: Any, world: Any, grudge: Any) -> None:
    """Counts those who have been told."""
    ours.n_told += 1 if grudge.n_left > 0 else 0



class Guarded(Strategy):
    """Turns the levers of the porter, up to a day."""

    id: ClassVar[str] = "S98"
    title: ClassVar[tuple[str, str]] = ("Guarded", "有门卫")
    stands = Knob(False, None, None, "", "does a porter stand there", "test")
    praise = Knob(0.0, -50.0, 50.0, "logit", "how they praise", "test")
    until = Knob(1_000, 0, 1_000, "days", "up to this day", "test")

    def push(self, levers: Levers, groups: GroupFacts, day: int) -> None:
        if day < self.until:
            levers.porter_stands.any_of(self.stands)
            levers.porter_praise.plus(self.praise)


class Remembering(Strategy):
    """People talk of those who have left, and hold it against a group."""

    id: ClassVar[str] = "S99"
    title: ClassVar[tuple[str, str]] = ("Remembering", "记得")
    grudge = Knob(True, None, None, "", "do they hold it against a group", "test")

    def push(self, levers: Levers, groups: GroupFacts, day: int) -> None:
        levers.talks_go.any_of()
        levers.grudge_held.any_of(self.grudge)


known = known_here(Porter, Grudge, Talks)


def entered(tables: Tables, channel: int | None = None) -> int:
    channels = tables["spells"]["channel"]
    return int((channels == channel).sum() if channel is not None else (channels != FOUNDER).sum())


def counted(tables: Tables, mechanism: str, name: str) -> int:
    return int(tables[f"mechanism.{mechanism}"][name].sum())


def test_who_is_refused_does_not_come_in_and_everybody_is_met() -> None:
    alone, guarded = play(lively(), "mesa"), play(lively([Guarded(stands=True)]), "mesa")
    assert entered(alone, SEARCH) > 10
    assert entered(guarded, SEARCH) == 0
    assert counted(guarded, "porter", "n_sent_away") > entered(alone, SEARCH)  # not all of them would have come in
    assert counted(guarded, "porter", "n_met") > counted(guarded, "porter", "n_sent_away")


def praised(by: float, until: int = 1_000) -> Tables:
    """Without advertisers, who do not care for praise; days on which there is room."""
    return play(lively([Guarded(praise=by, until=until)], days=8, cast={"advertisers": 0.0}), "mesa")


def test_pulls_move_the_wish_to_come_in() -> None:
    nobody, more, everybody = (praised(by) for by in (-50.0, 0.5, 50.0))
    assert entered(nobody) == entered(nobody, CARRIED)  # connectors need no door
    assert entered(nobody) < entered(more) < entered(everybody)


def test_a_person_is_known_again_at_a_door_on_another_day_by_whoever_uses_the_memory() -> None:
    restless = {"mind": {"leave": 0.3}, "purpose": {"search_rate": 10.0}}
    tables = {grudge: play(lively([Remembering(grudge=grudge)], **restless), "mesa") for grudge in (False, True)}
    assert counted(tables[True], "grudge", "n_known") > 0
    assert counted(tables[True], "talks", "n_told") > 0
    alone = play(lively(**restless), "mesa")
    assert tables[False]["spells"].tobytes() == alone["spells"].tobytes() != tables[True]["spells"].tobytes()


def test_nobody_is_met_where_doors_keep_nobody_out() -> None:
    tables = play(lively([Guarded(stands=True)], same_members=True), "mesa")
    assert len(tables["mechanism.porter"]) == 0
    assert entered(tables) == entered(play(lively(same_members=True), "mesa"))


def test_of_what_was_asked_at_a_door_nothing_is_left_when_it_is_asked_no_more() -> None:
    """From day 5 on the plain arrival is played again, and people want in as if nothing had been asked."""
    tables = praised(-50.0, until=5)
    days = tables["spells"]["day_joined"][tables["spells"]["channel"] == SEARCH]
    assert 5 <= days.min() < 8


def test_in_play_without_a_lever_turned_it_moves_no_byte() -> None:
    """The arrival with hooks of which none acts is the plain arrival: on the days after the first a rule for people who
    remember is part of it, and they never do.
    """
    plain, beside = play(lively()), play(lively([Guarded(until=0), Remembering(grudge=False)]))
    assert [name for name in plain if name != "ledger" and plain[name].tobytes() != beside[name].tobytes()] == []


@pytest.mark.parametrize("others", [(), ("paid_entry",)])
def test_both_lanes_agree(others: tuple[str, ...]) -> None:
    strategies = [Guarded(stands=True, praise=0.7, until=15), Remembering(), *map(strategy, others)]
    scenario = lively(strategies, mind={"leave": 0.3}, purpose={"search_rate": 10.0})
    mesa, compiled = play(scenario, "mesa"), play(scenario)
    assert differing(mesa, compiled) == []
    assert counted(compiled, "porter", "n_sent_away") > 0
    assert counted(compiled, "grudge", "n_known") > 0


def test_persons_are_kept_only_where_a_mechanism_in_play_declares_it() -> None:
    engine = started(lively([Remembering()]), "mesa")
    own = engine.in_play.own
    assert own["grudge"].people.shape == engine.state.people.shape
    assert own["grudge"].people.dtype.itemsize == 8
    assert own["talks"].people.shape == (1, 1)
    assert "porter" not in own
