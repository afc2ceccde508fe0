"""What each strategy is for, seen in a run: a strategy that did nothing would fail its test here.

Both arms of a comparison meet the same people (common luck), and only directions are asked for, never sizes.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np

from scenarios import Scenario
from sim.data.tables import CHANNELS, KINDS, REASONS
from sim.mechanisms.content import Content
from sim.simulation import Engine
from tests.plays import Tables, lively, play, rows_of, started, strategy

FOUNDER, REMOVED = CHANNELS.index("founder"), REASONS.index("removed")


def town(*names: Any, **changes: Any) -> Scenario:
    """Twenty communities of three groups, forty days."""
    return lively(names, replicates=20, days=40, **changes)


@cache
def reference() -> Tables:
    """The town without any strategy."""
    return play(town())


def total(tables: Tables, name: str) -> float:
    """Sum of a column of the daily table."""
    return float(tables["daily"][name].sum(dtype=float))


def advertisers(tables: Tables) -> int:
    """Memberships of advertisers."""
    roles = [role.__name__ for role in town().roles]
    return int((tables["spells"]["role"] == roles.index("Advertiser")).sum())


def test_a_cap_bounds_size_and_queue() -> None:
    capped = play(town(strategy("group_cap", limit=16, queue=3)))
    assert capped["daily"]["n_members"].max() == 16 < reference()["daily"]["n_members"].max()
    assert capped["daily"]["n_waiting"].max() == 3
    assert total(capped, "n_turned_away") > 0
    unlimited = play(town(strategy("group_cap", limit=1_000, queue=0)))
    assert unlimited["daily"].tobytes() == reference()["daily"].tobytes()


def test_those_who_wait_come_in_when_a_seat_falls_free() -> None:
    with_queue, without = (play(town(strategy("group_cap", limit=14, queue=q))) for q in (10, 0))
    assert total(with_queue, "n_members") > total(without, "n_members")
    assert with_queue["daily"]["n_waiting"].max() > 0 == without["daily"]["n_waiting"].max()


def test_a_full_queue_opens_a_new_group() -> None:
    cap = {"limit": 14, "queue": 3}
    opened, waiting = (
        play(town(strategy("group_cap", when_full=when, **cap), population={"spare_groups": 2}))
        for when in ("new_group", "queue")
    )
    assert set(waiting["daily"]["group"].tolist()) == {0, 1, 2}
    assert set(opened["daily"]["group"].tolist()) == {0, 1, 2, 3, 4}
    assert opened["daily"]["n_members"].max() <= 14
    assert total(opened, "n_members") > total(waiting, "n_members")


def test_paid_entry_earns_and_keeps_adverts_out() -> None:
    paid = play(town(strategy("paid_entry", price=20.0)))
    later = paid["spells"]["channel"] != FOUNDER
    assert set(paid["spells"]["entry_paid"][later].tolist()) == {20.0}
    assert set(paid["spells"]["entry_paid"][~later].tolist()) == {0.0}
    assert set(reference()["spells"]["entry_paid"].tolist()) == {0.0}
    assert total(paid, "new_joined") < total(reference(), "new_joined")
    assert advertisers(paid) < advertisers(reference())
    assert total(paid, "n_ads") < total(reference(), "n_ads")


def habit(*names: Any) -> float:
    """Mean habit of the members after forty days, for groups whose host has time; none where there is no content."""
    engine = started(town(*names, operator={"hours": 20.0}))
    for _ in range(40):
        engine.step()
    if "content" not in engine.in_play.own:
        return 0.0
    return float(engine.in_play.own["content"].members["habit"][engine.recorder.seated()].mean())


def test_only_a_fixed_hour_builds_habit() -> None:
    fixed, irregular, none = habit(strategy("fixed_time")), habit(strategy("irregular_time")), habit()
    assert fixed > 2.0 * irregular
    assert fixed > none


def kinds(tables: Tables, kind: str) -> np.ndarray:
    """Messages of a kind."""
    return tables["messages"][tables["messages"]["kind"] == KINDS.index(kind)]


def test_fixed_time_posts_and_previews_at_its_hour() -> None:
    hours = {"operator": {"hours": 20.0}}
    tables = play(town(strategy("fixed_time", hour=9.0, posts_per_day=0.5), **hours))
    previews = kinds(tables, "preview")
    assert set((previews["minute"] % 1440 // 60).astype(int).tolist()) == {9}
    groups_and_days = 20 * 3 * 40
    assert 0.3 < previews.size / groups_and_days <= 0.5
    assert kinds(play(town(strategy("fixed_time", preview=False), **hours)), "preview").size == 0


def test_irregular_time_posts_as_much_at_changing_hours() -> None:
    hours = {"operator": {"hours": 20.0}, "cast": {"kols": 0.0}}
    fixed, irregular = (play(town(strategy(name), **hours)) for name in ("fixed_time", "irregular_time"))
    hour = {name: host_content_hours(tables) for name, tables in (("fixed", fixed), ("irregular", irregular))}
    assert np.ptp(hour["fixed"]) < 1.0 < 10.0 < np.ptp(hour["irregular"])
    assert 0.9 < hour["fixed"].size / hour["irregular"].size < 1.1


def host_content_hours(tables: Tables) -> np.ndarray:
    """Hours of the day at which a host posted content."""
    content, market = kinds(tables, "content"), int(started(town()).state.worlds["market_size"][0])
    return content["minute"][content["author"] >= market] % 1440 / 60.0


def test_red_packets_are_taken_and_bring_visits() -> None:
    weekly = play(town(strategy("red_packet", occasion="weekly")))
    days = weekly["daily"]["day"] % 7 == 0
    assert (weekly["daily"]["packet_sent"][days] > 0).mean() > 0.9
    assert total(weekly, "packet_received") > total(weekly, "packet_returned")
    visits, usual = (visiting(tables) for tables in (weekly, reference()))
    on, off = days_of(visits, True) - days_of(usual, True), days_of(visits, False) - days_of(usual, False)
    assert on > 0.02
    assert on > off


def visiting(tables: Tables) -> np.ndarray:
    """Share of members who look, by day."""
    daily = tables["daily"]
    looks = np.bincount(daily["day"], daily["n_visitors"])
    return looks / np.bincount(daily["day"], daily["n_members"] + daily["new_left"] + daily["new_removed"])


def days_of(visits: np.ndarray, packet: bool) -> float:
    """Mean over the days with a weekly packet, or over the others."""
    return float(visits[(np.arange(visits.size) % 7 == 0) == packet].mean())


def test_occasions_and_splits_of_a_packet() -> None:
    arms = {o: town(strategy("red_packet", occasion=o)) for o in ("daily", "weekly", "quiet")}
    sent = {occasion: total(play(arm), "packet_sent") for occasion, arm in arms.items()}
    assert sent["daily"] > sent["weekly"] > 0.0
    assert sent["daily"] > sent["quiet"] > 0.0
    lucky, equal = (play(town(strategy("red_packet", lucky=lucky))) for lucky in (True, False))
    assert lucky["daily"].tobytes() != equal["daily"].tobytes()


def test_an_equal_split_is_equal_and_a_lucky_one_is_not() -> None:
    takings = {}
    for lucky in (True, False):
        engine = started(lively([strategy("red_packet", amount=10.0, shares=4, lucky=lucky)], replicates=20,
                                mind={"generosity": 0.0}))
        engine.step()
        got = engine.in_play.own["red_packet"].members["fen_taken"]
        takings[lucky] = set(got[got > 0].tolist())
    assert takings[False] == {250}
    assert len(takings[True]) > 10


def test_an_advert_ban_removes_adverts_and_advertisers() -> None:
    staff = {"cast": {"moderators": 1.0}, "operator": {"hours": 20.0}}
    free = play(town(**staff))
    mild, strict = (play(town(strategy("advert_ban", remove=remove), **staff)) for remove in (False, True))
    assert total(free, "new_removed") == total(mild, "new_removed") == 0
    assert total(strict, "new_removed") > 0
    assert REMOVED in strict["spells"]["reason"]
    assert total(strict, "n_ads") < total(free, "n_ads")
    assert kinds(mild, "advert").size < kinds(free, "advert").size


def test_policing_costs_minutes() -> None:
    staff = {"cast": {"moderators": 1.0}, "operator": {"hours": 20.0}}
    ledger = play(town(strategy("advert_ban"), **staff))["ledger"]
    assert ledger["host_minutes"][ledger["strategy"] == 0].sum() > 0


def test_nothing_is_nothing() -> None:
    alone = play(town(strategy("nothing")))
    assert all(alone[name].tobytes() == reference()[name].tobytes() for name in ("daily", "spells", "messages"))


def ads_seen(engine: Engine) -> int:
    """Adverts read on the last day."""
    return int(rows_of(engine)["n_ads_read"].sum())


def test_fewer_adverts_are_read_where_they_are_banned() -> None:
    seen = {}
    for name, arm in (("free", []), ("ban", [strategy("advert_ban")])):
        engine = started(town(*arm, cast={"moderators": 2.0}, operator={"hours": 20.0}))
        seen[name] = 0
        for _ in range(40):
            engine.step()
            seen[name] += ads_seen(engine)
    assert seen["ban"] < 0.7 * seen["free"]


def test_a_preview_draws_those_who_saw_it() -> None:
    """Both arms post the same; only those who looked in yesterday can have seen the preview."""
    worlds = (town(strategy("fixed_time", preview=p), tuned=(Content(preview_pull=3.0),)) for p in (True, False))
    announced, silent = (play(world) for world in worlds)
    assert total(announced, "n_visitors") > 1.1 * total(silent, "n_visitors")


def test_who_waits_keeps_how_he_came_and_who_asked_him() -> None:
    """Nobody finds the door by themselves: whoever comes was asked, at once or from the queue."""
    world = town(strategy("group_cap", limit=11, queue=10), purpose={"search_rate": 0.0}, cast={"advertisers": 0.0})
    spells = play(world.replace(mind={"invite": 1.5, "leave": 0.05}))["spells"]
    later = spells[spells["channel"] != FOUNDER]
    later = later[later["channel"] != CHANNELS.index("carried")]
    assert len(later) > 50
    assert (later["channel"] == CHANNELS.index("invited")).all()
    assert (later["inviter"] >= 0).all()
    assert 0.5 * len(later) < spells["n_brought"].sum() <= len(later)


def test_a_deleted_advert_is_kept_as_what_it_was() -> None:
    policed = play(town(strategy("advert_ban"), cast={"advertisers": 0.3}))
    assert total(policed, "host_minutes") > 0
    assert (policed["messages"]["kind"] >= 0).all()
    assert (policed["messages"]["kind"] == KINDS.index("advert")).sum() == total(policed, "n_ads")
