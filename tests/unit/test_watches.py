"""What is noted every evening: it agrees with the tables, is the same in both lanes, and changes nothing."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from scenarios import compose
from sim import Results, simulate
from sim.watches import WATCHES, Watch

PLACE = ["replicate", "group", "day"]
SMALL = ("population.groups=3", "population.seats=40", "population.founders=12", "record=spells", "replicates=2")


def watched(
    kind: str, words: Sequence[str] = ("strategy=[nothing]",), lane: str = "compiled", days: int = 20
) -> tuple[pd.DataFrame, Results]:
    watch: Watch = WATCHES[kind]()
    results = simulate(compose([*SMALL, *words, f"days={days}"]), lane=lane, watches=[watch])
    return watch.frame, results


def test_looks_are_the_visitors_of_the_day_and_a_watched_run_is_the_same_run() -> None:
    looks, results = watched("looks", ("strategy=[nothing]", "mind.leave=0.3"))
    counted = results.daily.set_index(PLACE)["n_visitors"]
    assert (looks.groupby(PLACE).size().reindex(counted.index, fill_value=0) == counted).all()
    assert (results.spells["day_left"].notna() & (results.spells["day_joined"] == results.spells["day_left"])).any()
    assert not looks.duplicated().any()
    assert simulate(compose([*SMALL, "strategy=[nothing]", "mind.leave=0.3", "days=20"])).digest == results.digest


def test_mutes_are_of_those_whose_membership_says_so() -> None:
    mutes, results = watched("mutes", ("strategy=[nothing]", "mind.mute_days=0.1", "mind.mute=0.5", "mind.overload=1"))
    first = mutes.drop_duplicates(["replicate", "group", "person"])
    muted = results.spells[results.spells["muted"]]
    assert len(muted) > 5
    keys = ["replicate", "group", "person"]
    assert set(map(tuple, first[keys].to_numpy())) == set(map(tuple, muted[keys].to_numpy()))
    new = results.daily.set_index(PLACE)["new_muted"]
    assert (first.groupby(PLACE).size().reindex(new.index, fill_value=0) == new).all()


def test_packets_say_what_was_drawn_of_the_hosts_and_sent_on() -> None:
    words = ("strategy=[red_packet]", "strategies.red_packet.amount=10", "mind.generosity=0.3")
    packets, results = watched("packets", words)
    daily = results.daily.set_index(PLACE)
    drawn = packets.groupby(PLACE)[["received", "sent"]].sum().reindex(daily.index, fill_value=0)
    assert (drawn["received"] <= 1000).all()
    assert (drawn["received"] / 100 <= daily["packet_received"] + 0.01).all()
    given = daily["packet_sent"] - 10.0 * (daily["packet_sent"] > 0)  # all but the host's
    assert (drawn["sent"] / 100 <= given + 0.02).all()  # some take of members' packets alone
    assert drawn["sent"].sum() / 100 > 0.8 * given.sum()
    assert (packets["sent"] > 0).any()
    assert (packets["received"] > 0).all()


def test_both_lanes_note_the_same() -> None:
    words = ("strategy=[red_packet]", "mind.generosity=0.3", "mind.mute_days=0.1")
    for kind in WATCHES:
        pd.testing.assert_frame_equal(*(watched(kind, words, lane, 8)[0] for lane in ("compiled", "mesa")))
