"""Every role: explained, complete, and different from a mere member by what it does."""

from __future__ import annotations

import inspect
from functools import cache
from typing import Any

import numpy as np
import pytest

from agents import KOL, ROLES, Advertiser, Connector, Guest, Host, Lurker, Member, Moderator, Regular, Shill
from agents.traits import draw_traits, start_membership
from scenarios import Scenario
from scenarios.cli.finding import explain
from scenarios.cli.texts import doc
from sim.data.tables import CHANNELS, KINDS
from sim.engine.luck import ROLE, lasting
from sim.engine.refusals import RuleError, check_role
from sim.mechanisms.advert_ban import AdvertBan
from sim.model.membership import ACTS
from tests.plays import Tables, differing, lively, play, rows_of, started, strategy
from tests.walking import nobody, only, role_classes


def town(*names: Any, cast: dict[str, float] | None = None, **changes: Any) -> Scenario:
    """Ten communities for thirty days, with none but the roles asked for."""
    return lively(names, replicates=10, days=30, cast={**nobody(), **(cast or {})}, **changes)


@cache
def plain() -> Tables:
    """Hosts and ordinary people only."""
    return play(town())


def kinds(tables: Tables, kind: str) -> np.ndarray:
    """Messages of a kind."""
    return tables["messages"][tables["messages"]["kind"] == KINDS.index(kind)]


def by_role(tables: Tables, role: type[Member]) -> np.ndarray:
    """Memberships that ended in a role."""
    return tables["spells"][tables["spells"]["role"] == ROLES.index(role)]


def written_by(tables: Tables, role: type[Member]) -> np.ndarray:
    """Messages of those whose membership ended in a role."""
    authors = by_role(tables, role)[["replicate", "person"]]
    return tables["messages"][np.isin(tables["messages"][["replicate", "author"]].astype(authors.dtype), authors)]


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.__name__)
def test_a_role_is_explained_and_complete(role: type[Member]) -> None:
    assert issubclass(role, Member)
    assert "Source:" in (vars(role)["__doc__"] or "")
    assert explain(role.__name__).endswith(doc(inspect.getdoc(role) or "?"))
    for name in ACTS:
        method = inspect.getattr_static(role, name)
        assert method.__doc__, f"{role.__name__}.{name}"
    check_role(role, ACTS)


def test_every_role_of_the_files_is_played() -> None:
    assert set(ROLES) == set(role_classes())
    assert len({role.__name__ for role in ROLES}) == len(ROLES)


BROUGHT_BY = {"shills": Shill, "office_hours": Guest}


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.__name__)
def test_a_role_is_there_and_does_the_same_in_both_lanes(role: type[Member]) -> None:
    """Among hosts, ordinary people and no other role, in a town with many of it where its number is a knob; or with the
    strategy that brings it.
    """
    brought = [strategy(name) for name, brings in BROUGHT_BY.items() if brings is role]
    scenario = lively(brought, days=20, cast=only(role), mind={"lurker_days": 4.0, "active_days": 4.0})
    mesa, compiled = play(scenario, "mesa"), play(scenario, "compiled")
    assert differing(mesa, compiled) == []
    assert by_role(mesa, role).size > 0


@pytest.mark.parametrize("name", ACTS)
def test_a_role_may_not_change_what_a_rule_is_asked(name: str) -> None:
    """The same parameters in the same order as a member's rule, since one call serves all roles."""
    asked = list(inspect.signature(getattr(Member, name)).parameters)
    assert all(list(inspect.signature(getattr(role, name)).parameters) == asked for role in ROLES)


def test_a_role_without_a_rule_is_refused() -> None:
    broken = type("Broken", (), {})
    with pytest.raises(RuleError, match="has no rule 'appears': derive it from"):
        check_role(broken, ACTS)  # type: ignore[arg-type]


def test_every_group_has_one_host_who_never_leaves() -> None:
    hosts = by_role(plain(), Host)
    assert hosts.size == 10 * 3
    assert (hosts["day_left"] == -1).all()
    assert (hosts["channel"] == CHANNELS.index("founder")).all()


def test_a_host_chats_and_answers_while_he_has_hours() -> None:
    idle, busy = (play(town(operator={"hours": hours, "chat_posts": 0.5})) for hours in (0.0, 20.0))
    assert written_by(idle, Host)["reply_to"].max(initial=-1) == -1
    assert (kinds(busy, "answer")["author"] >= market_size()).sum() > 10
    assert busy["daily"]["n_host_messages"].sum() > idle["daily"]["n_host_messages"].sum() > 0
    silent = play(town(operator={"hours": 0.0, "chat_posts": 0.0, "offer_every": 0.0}))
    assert silent["daily"]["n_host_messages"].sum() == 0


def test_hosts_offer_and_people_buy() -> None:
    assert kinds(plain(), "offer").size > 0
    assert plain()["daily"]["n_purchases"].sum() > 0
    never = play(town(operator={"offer_every": 0.0}))
    assert never["daily"]["n_purchases"].sum() == kinds(never, "offer").size == 0


def market_size() -> int:
    """Numbers from here on belong to advertisers and appointed persons."""
    return int(started(town()).state.worlds["market_size"][0])


def test_experts_speak_and_cost_a_fee() -> None:
    expert = play(town(cast={"kols": 1.0, "kol_fee": 30.0}))
    assert by_role(expert, KOL).size == 30
    assert expert["daily"]["n_kol_messages"].sum() > 0 == plain()["daily"]["n_kol_messages"].sum()
    assert (kinds(expert, "content")["author"] >= market_size()).any()
    speaking = expert["daily"]["n_kol_messages"] > 0
    assert (expert["daily"]["cost"][speaking] == 30.0).all()
    assert (expert["daily"]["cost"][~speaking] == 0.0).all()


def test_advertisers_post_adverts_and_nothing_else() -> None:
    flooded = play(town(cast={"advertisers": 0.3}, mind={"imitation": 0.0}))
    mine = written_by(flooded, Advertiser)
    assert by_role(flooded, Advertiser).size > 20
    assert mine.size > 100
    assert set(mine["kind"].tolist()) == {KINDS.index("advert")}
    assert kinds(flooded, "advert").size == mine.size
    assert kinds(plain(), "advert").size == 0


def test_adverts_that_stand_are_imitated() -> None:
    copied = play(town(cast={"advertisers": 0.3}, mind={"imitation": 5.0}))
    professionals = np.isin(kinds(copied, "advert")["author"], by_role(copied, Advertiser)["person"])
    assert not professionals.all()


def test_connectors_sit_in_several_groups_and_carry_news_and_people() -> None:
    world: dict[str, Any] = {"market": {"carry_rate": 0.3}, "mind": {"leave": 0.0, "leave_shock": 0.0}}
    linked = play(town(cast={"connectors": 0.3}, **world))
    spells = by_role(linked, Connector)
    _, seats = np.unique(spells[["replicate", "person"]], return_counts=True)
    assert seats.max() == 3  # no more than connector_groups
    assert (spells["channel"] == CHANNELS.index("carried")).any()
    assert kinds(linked, "news").size > 0
    assert np.isin(kinds(linked, "news")["author"], spells["person"]).all()
    assert kinds(plain(), "news").size == 0
    alone = play(town(cast={"connectors": 0.3, "connector_groups": 1}, **world))
    assert kinds(alone, "news").size == 0


def test_connectors_bring_more_friends() -> None:
    spells = play(town(cast={"connectors": 0.3}))["spells"]
    connects = spells["role"] == ROLES.index(Connector)
    ordinary = np.isin(spells["role"], [ROLES.index(role) for role in (Member, Lurker, Regular)])
    assert spells["n_invited"][connects].mean() > spells["n_invited"][ordinary].mean()


def standing_adverts(moderators: float) -> float:
    """Share of adverts that nobody had deleted by midnight, under a ban: each deletion costs the same minutes."""
    cast = {"advertisers": 0.3, "moderators": moderators}
    world = town(strategy("advert_ban", remove=False), cast=cast, operator={"hours": 2.0})
    banned = play(world)
    ledger = banned["ledger"]
    deleted = ledger["host_minutes"][ledger["strategy"] == 0].sum() / AdvertBan().policing_minutes
    return 1.0 - deleted / banned["daily"]["n_ads"].sum()


def test_moderators_shorten_the_life_of_adverts() -> None:
    assert standing_adverts(2.0) < standing_adverts(0.0)
    moderated = play(town(cast={"moderators": 1.0}))
    assert by_role(moderated, Moderator).size == 30


def roles_after(days: int, **mind: float) -> dict[type[Member], int]:
    """How many have which role after some days."""
    engine = started(town(mind={"leave": 0.0, **mind}))
    for _ in range(days):
        engine.step()
    counts = np.bincount(rows_of(engine)["role"], minlength=len(ROLES))
    return {role: int(counts[code]) for code, role in enumerate(ROLES)}


def test_standings_are_earned_and_lost() -> None:
    first, later = roles_after(1, lurker_days=6.0), roles_after(25, lurker_days=6.0)
    assert first[Lurker] == first[Regular] == 0 < first[Member]
    assert later[Lurker] > 0
    assert later[Regular] > 0
    strict = roles_after(25, lurker_days=6.0, regular_share=0.9)
    assert strict[Regular] < later[Regular]
    patient = roles_after(25, lurker_days=20.0)
    assert patient[Lurker] < later[Lurker]


def test_a_lurker_who_writes_is_a_lurker_no_longer() -> None:
    """Followed day by day: people leave the standing of a lurker, and never on a day without a post."""
    engine = started(town(mind={"lurker_days": 4.0, "leave": 0.0}, operator={"hours": 8.0}))
    woken = 0
    lurker = ROLES.index(Lurker)
    before = engine.state.members[["person", "role"]].copy()
    for _ in range(25):
        engine.step()
        after = engine.state.members
        woke = (before["role"] == lurker) & (after["role"] != lurker) & (before["person"] == after["person"])
        woke &= after["person"] >= 0
        assert (after["n_posts"][woke] > 0).all()
        woken += int(woke.sum())
        before = after[["person", "role"]].copy()
    assert woken > 0


def test_regulars_write_more_and_lurkers_less() -> None:
    spells = plain()["spells"]
    mean = {role: by_role(plain(), role)["n_messages"].mean() for role in (Member, Lurker, Regular)}
    assert mean[Regular] > mean[Member] > mean[Lurker]
    assert spells.size > 0


class Driver(Member):
    """Some come by car; a column of the role's own that ``appears`` leaves alone for the others."""

    has_car: int

    def appears(self, group: Any, world: Any) -> None:
        """One in five has a car."""
        draw_traits(self, group, world)
        start_membership(self, group, world)
        if lasting(world, self.person, ROLE, 7) < 0.2:
            self.has_car = 1


def cars(lane: str) -> dict[tuple[int, int], int]:
    """By community and person, who of the drivers that came later has a car at the end of a month."""
    scenario = lively(days=30, replicates=6, mind={"leave": 0.3}).with_role(Driver, 0.7)
    engine = started(scenario, lane)
    for _ in range(30):
        engine.step()
    per, code = engine.state.members.size // engine.n, scenario.roles.index(Driver)
    seated = [(int(place), engine.state.members[place]) for place in engine.recorder.seated()]
    return {
        (place // per, int(row["person"])): int(row["has_car"])
        for place, row in seated if row["role"] == code and row["day_joined"] > 0
    }  # fmt: skip


def test_nothing_of_one_newcomer_sticks_to_the_next() -> None:
    """Neither by the doorstep nor by a seat that was somebody else's, though the loops do not know the column."""
    worlds = started(lively(replicates=6), "mesa").in_lane.worlds
    has = cars("mesa")
    assert len(has) >= 10
    assert 0 < sum(has.values()) < len(has)
    assert has == {(c, who): int(lasting(worlds[c], who, ROLE, 7) < 0.2) for c, who in has}
    assert cars("compiled") == has
