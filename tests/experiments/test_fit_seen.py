"""What ``shequn fit`` sees of a log: the same as of a simulated one, by what the log tells."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from scenarios.__main__ import main
from scenarios.experiments.fit.asked import Asked
from scenarios.experiments.fit.play import EARLY, Play, _founded, base, days_of, played, seen_of
from scenarios.experiments.fit.play import Task as PlayTask
from scenarios.experiments.fit.watch import read_seen
from sim.analysis.fit.stays import OF_LEAVES
from sim.analysis.fit.summaries import LABELS, as_read, label_of, left_untold
from tests.experiments.fit_logs import BASE, DAYS, GROUPS, WORLD, talk, talk_with_comings, written


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(talk(), tmp_path_factory.mktemp("log") / "mine.parquet")


def test_simulated_and_real_are_seen_alike(log: Path) -> None:
    """The log was simulated: its own numbers and luck, played by the fit, give the very same summaries."""
    seen = read_seen(str(log), zone="Asia/Shanghai")
    assert not seen.watch.births
    assert seen.watch.replies
    play = Play(tuple(word for word in WORLD if not word.startswith("population.groups=")), seen.watch, 1)
    own = seen_of(seen.talk, play)
    assert {name.removeprefix(EARLY).partition(".")[0] for name in own} == set(LABELS) - left_untold(True, False, False)
    assert all(label_of(name.removeprefix(EARLY))[0] for name in own)
    assert as_read("messages.50", np.log1p(40.0)) == pytest.approx(40)
    assert as_read("openers", np.sqrt(0.3)) == pytest.approx(0.3)
    _, same, _ = played(play, PlayTask(0, {}))
    assert same is not None
    assert {name for name, value in own.items() if same[name] != pytest.approx(value, nan_ok=True)} == set()
    days = days_of(seen.talk, seen.watch.longest, False)
    assert days.max() > 0
    assert np.maximum(days, 0).sum() <= seen.talk.n
    assert play.watch.part(0.5).days[0] == seen.watch.days[0] / 2


def test_a_log_that_tells_who_came_and_left_is_seen_as_the_simulated_ones_are(
    log: Path, tmp_path: Path
) -> None:
    """The lines of joining and leaving make nothing else of the log, and the simulated community has the same; also
    where people came and left in the middle of a day, and where all who left are told as removed, which tells nothing
    of leaving.
    """
    messages = talk_with_comings()
    own, play = own_of(messages, tmp_path / "told.parquet")
    assert (play.watch.joins, play.watch.leaves) == (True, True)
    assert {name.removeprefix(EARLY).partition(".")[0] for name in own} == set(LABELS)
    as_played(own, play)
    joins, leaves = messages["kind"] == "join", messages["kind"] == "leave"
    spoke = messages.groupby(["group", "author"])["t"].transform(lambda t: t[~(joins | leaves)[t.index]].min())
    at_one = messages["t"].mask(joins, np.minimum(messages["t"] + pd.Timedelta(hours=1), spoke.fillna(messages["t"])))
    by_day = messages.assign(t=at_one.mask(leaves, messages["t"] - pd.Timedelta(minutes=1)))
    assert (by_day["t"] != messages["t"]).sum() > 50
    assert own_of(by_day, tmp_path / "day.parquet")[0] == pytest.approx(own, nan_ok=True)
    removed = messages.assign(channel=messages["kind"].astype(object).map({"leave": "removed"}))
    less, play = own_of(removed, tmp_path / "removed.parquet")
    assert (play.watch.joins, play.watch.leaves) == (True, False)
    assert {name.removeprefix(EARLY).partition(".")[0] for name in less} == set(LABELS) - set(OF_LEAVES)
    as_played(less, play)
    bare = read_seen(str(log), zone="Asia/Shanghai")
    assert not bare.watch.joins
    untouched = seen_of(bare.talk, Play(play.overrides, bare.watch, 1))
    assert {name for name, value in untouched.items() if own[name] != pytest.approx(value, nan_ok=True)} == set()


def own_of(messages: pd.DataFrame, path: Path) -> tuple[dict[str, float], Play]:
    seen = read_seen(str(written(messages, path)), zone="Asia/Shanghai")
    play = Play(tuple(word for word in WORLD if not word.startswith("population.groups=")), seen.watch, 1)
    return seen_of(seen.talk, play), play


def as_played(own: dict[str, float], play: Play) -> None:
    """The log's own numbers and luck, played by the fit, give the very same."""
    _, same, _ = played(play, PlayTask(0, {}))
    assert same is not None
    assert {name for name, value in own.items() if same[name] != pytest.approx(value, nan_ok=True)} == set()


def test_joins_that_do_not_account_for_who_speaks_are_not_counted(tmp_path: Path) -> None:
    """Told under other names, or of the last days alone; where people were there before, none is expected of them."""
    messages = talk_with_comings()
    joins = messages["kind"] == "join"
    path = written(messages.assign(author=messages["author"] + 10_000 * joins), tmp_path / "names.parquet")
    assert not read_seen(str(path)).watch.joins
    late = messages[~joins | (messages["t"] > messages["t"].min() + pd.Timedelta(days=20))]
    path = written(late, tmp_path / "late.parquet")
    assert not read_seen(str(path)).watch.joins
    assert not read_seen(str(path), members=5).watch.joins
    assert read_seen(str(path), members=60).watch.joins


def test_lines_that_tell_nothing_change_nothing_else(log: Path, tmp_path: Path) -> None:
    """Joins under other names, the last of them long after the last word, and a room in which nobody speaks."""
    messages = talk_with_comings()
    joins = messages[messages["kind"] == "join"]
    other = joins.assign(author=joins["author"] + 10_000, id=joins["id"] + 100_000)
    later = other[:12].assign(t=messages["t"].max() + pd.Timedelta(days=30), id=other["id"][:12] + 100_000)
    silent = other[:12].assign(group=77, id=other["id"][:12] + 200_000)
    bare = messages[~messages["kind"].isin(["join", "leave"])]
    with_lines = [written(pd.concat([bare, *more]), tmp_path / f"{k}.parquet") for k, more in
                  enumerate(([later], [later.assign(kind="notice")], [other, later, silent]))]  # fmt: skip
    seen = [read_seen(str(path), zone="Asia/Shanghai") for path in with_lines]
    assert not any(one.watch.joins for one in seen)
    own = [seen_of(one.talk, Play(BASE, one.watch, 1)) for one in seen]
    assert seen[0].watch == seen[1].watch
    assert max(seen[0].watch.days) > DAYS + 20
    assert own[0] == pytest.approx(own[1], nan_ok=True)
    assert seen[2].watch.rooms == GROUPS + 1
    assert np.isfinite(own[2]["messages.50"])


def test_leaves_after_the_watch_are_not_told(tmp_path: Path) -> None:
    messages = talk_with_comings()
    gone = messages["kind"] == "leave"
    assert read_seen(str(written(messages, tmp_path / "a.parquet"))).watch.leaves
    late = messages.assign(t=messages["t"].mask(gone, messages["t"] + pd.Timedelta(days=500)))
    watch = read_seen(str(written(late, tmp_path / "b.parquet"))).watch
    assert (watch.joins, watch.leaves) == (True, False)


def test_a_fitted_single_room_is_a_world_of_several(log: Path, tmp_path: Path) -> None:
    """What a single room cannot tell is that of the world it started from, also in the file."""
    one = pd.read_parquet(log)
    some = (one["group"] == one["group"].min()) & (one["t"] < one["t"].min() + pd.Timedelta(days=15))
    path = written(one[some], tmp_path / "one.parquet")
    fixed = [f"{key}=0.5" for key in ("scenario.match", "scenario.info_need", "scenario.talk", "scenario.weekend")]
    out = tmp_path / "out"
    words = ["fit", str(path), "simulations=200", "draws=10", "predict=false", f"out={out}", BASE[1], *fixed,
             "scenario.need_days=9", "scenario.need_spread=1", "scenario.acquaintance=0.1", "population.founders=9"]
    assert main(words) == 0
    assert pd.read_csv(out / "parameters.csv")["key"].tolist() == ["scenario.search_rate"]
    scenario = next((out / "scenario").iterdir()).read_text("utf-8")
    assert "search_spread: 1.27" in scenario


def test_groups_are_founded_on_the_weekday_of_the_log(tmp_path: Path) -> None:
    messages = talk_with_comings()
    later = messages.assign(t=messages["t"] + pd.Timedelta(days=5))
    watch = read_seen(str(written(later, tmp_path / "later.parquet")), zone="Asia/Shanghai").watch
    assert (watch.start, watch.mixed) == ("2025-03-08", False)
    assert base(Play(BASE, watch, 1)).start == "2025-03-08"
    some = messages["group"] == messages["group"].max()
    apart = messages.assign(t=messages["t"] + pd.to_timedelta(np.where(some, 2, 0), unit="D"))
    watch = read_seen(str(written(apart, tmp_path / "apart.parquet")), zone="Asia/Shanghai").watch
    assert (watch.start, watch.mixed) == ("2025-03-03", True)
    assert [_founded(Play(BASE, watch, 1), n).start for n in (0, 1, 8)] == ["2025-03-03", "2025-03-04", "2025-03-04"]


def test_a_single_room_differs_from_no_other() -> None:
    asked = Asked("log.csv")
    assert "scenario.search_spread" in asked.prior(2).keys
    assert "scenario.search_spread" not in asked.prior(1).keys
    assert asked.world(2) == ("scenario=learners",)
    assert asked.world(1) == ("scenario=learners", "scenario.search_spread=0")
    given = Asked("log.csv", overrides=("+scenario.search_spread=1",))
    assert given.world(1) == ("scenario=learners", "+scenario.search_spread=1")


def test_silent_rooms_count_only_where_births_are_known(log: Path) -> None:
    """A log without births has no rooms in which nobody spoke; a simulated one must not have them either."""
    from dataclasses import replace

    from sim.analysis.fit.summaries import summaries

    talk = read_seen(str(log)).talk
    more = replace(talk, end=np.append(talk.end, talk.end.max()), born=np.append(talk.born, np.nan),
                   room_unit=np.append(talk.room_unit, talk.room_unit.max() + 1))  # fmt: skip
    assert np.isnan(talk.born).all()
    assert summaries(more) == pytest.approx(summaries(talk), nan_ok=True)
    known = replace(more, born=np.full(more.n_rooms, talk.t.min()))
    assert summaries(known)["messages.10"] < summaries(talk)["messages.10"]


def test_a_single_room_is_counted_once(log: Path) -> None:
    """Its quantiles over rooms are all the same number, which would weigh five times in what is alike."""
    from sim.analysis.fit.summaries import summaries
    from sim.analysis.logs.talk import talk_of

    messages = pd.read_parquet(log)
    one = summaries(talk_of(messages[messages["group"] == messages["group"].iloc[0]]))
    roots = ("messages", "posters", "a_day", "days_with_talk", "biggest_share", "lasted")
    assert [name for name in one if name.partition(".")[0] in roots] == [f"{root}.50" for root in roots]
    assert {name.partition(".")[0] for name in one} == set(LABELS)
    assert "messages.10" in summaries(talk_of(messages))
