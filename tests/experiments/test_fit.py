"""``shequn fit`` from a log to a study with the fitted world, on a small community whose numbers are known."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from scenarios import compose
from scenarios.__main__ import main
from scenarios.config.own import forget
from scenarios.experiments.fit.asked import Asked
from scenarios.experiments.fit.play import EARLY, Play, _founded, base, days_of, played, seen_of, with_knobs
from scenarios.experiments.fit.play import Task as PlayTask
from scenarios.experiments.fit.pool import workers
from scenarios.experiments.fit.watch import Watch, read_seen
from sim import simulate
from sim.analysis.fit.stays import OF_LEAVES
from sim.analysis.fit.summaries import LABELS, as_read, label_of, left_untold
from sim.analysis.logs.comings import with_comings
from sim.analysis.logs.marking import as_people_mark
from sim.data.results import Results

GROUPS, DAYS = 3, 40
BASE = ("scenario=learners", "population.seats=60")
WORLD = (*BASE, f"population.groups={GROUPS}", "population.founders=15", "scenario.talk=0.8", "scenario.askers=0.2",
         "scenario.search_rate=3", "scenario.search_spread=0")  # fmt: skip
FIXED = ("population.seats=60", "scenario.match=0.6", "scenario.need_spread=3.1", "scenario.acquaintance=0.1",
         "scenario.search_spread=0")  # fmt: skip


@pytest.fixture(scope="module")
def recorded() -> Results:
    return simulate(compose([*WORLD, "strategy=[nothing]", "record=messages", "replicates=1", f"days={DAYS}"]))


def written(messages: pd.DataFrame, path: Path) -> Path:
    columns = ("group", "id", "t", "author", "kind", "reply_to", "channel")
    kept = messages[[name for name in columns if name in messages]]
    kept.assign(kind=kept["kind"].astype(str)).to_parquet(path)
    return path


@pytest.fixture(scope="module")
def log(recorded: Results, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A recorded community, as a log that a stranger could bring."""
    assert recorded.messages is not None
    return written(as_people_mark(recorded.messages), tmp_path_factory.mktemp("log") / "mine.parquet")


@pytest.fixture(scope="module")
def folder(log: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("fit") / "out"
    words = ["fit", str(log), "simulations=200", "draws=10", "workers=1", f"out={out}", *FIXED]
    assert main(words) == 0
    return out


def test_everything_is_written_in_both_languages(folder: Path) -> None:
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert {"report.html", "parameters.csv", "checks.csv", "posterior.json", "simulations.jsonl",
            "scenario/fitted_mine.yaml", "numbers-en.png", "checks-zh.png"} <= names  # fmt: skip
    text = (folder / "report.html").read_text("utf-8")
    assert "拟合到记录的世界" in text
    assert "next to nothing" in text or "a little" in text
    assert "Fewer than 5 rooms can be predicted here" in text
    assert "http" not in text.split("<body>")[1]
    numbers = pd.read_csv(folder / "parameters.csv")
    assert set(numbers["key"]) == {"scenario.talk", "scenario.info_need", "scenario.need_days", "scenario.search_rate",
                                   "scenario.weekend", "population.founders"}  # fmt: skip
    assert (numbers["q05"] <= numbers["q50"]).all()
    assert (numbers["low"] <= numbers["q05"]).all()


def test_the_same_command_plays_nothing_twice(folder: Path, log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from scenarios.experiments.fit import pool

    before = (folder / "parameters.csv").read_bytes()
    numbers: list[int] = []

    def watching(play: Play, task: PlayTask):  # type: ignore[no-untyped-def]
        numbers.append(task.number)
        return played(play, task)

    monkeypatch.setattr(pool, "played", watching)
    words = ["fit", str(log), "simulations=200", "draws=10", "workers=1", f"out={folder}", *FIXED]
    assert main(words) == 0
    assert len(numbers) == 20  # the draws of the posterior, and of its early part
    assert min(numbers) >= 1_000_000
    assert (folder / "parameters.csv").read_bytes() == before


def test_a_study_carries_what_the_log_left_open(folder: Path) -> None:
    try:
        sets = json.loads((folder / "posterior.json").read_text("utf-8"))["sets"]
        assert len(sets) == 10
        said = ["scenario=fitted_mine", f"world={folder / 'posterior.json'}", "days=5", "replicates=2"]
        both = [compose([*said, f"strategy=[{arm}]"], conf_dir=str(folder)) for arm in ("nothing", "group_cap")]
        for r in (0, 1, 11):
            talk = {one.played_by(r).purpose.talk for one in both}
            assert talk == {sets[r % 10]["values"]["scenario.talk"]}
            assert {one.played_by(r).population.founders for one in both} == {
                sets[r % 10]["values"]["population.founders"]}  # fmt: skip
        assert both[0].purpose.match == 0.6
        assert both[0].population.groups == GROUPS
        simulate(both[0])
    finally:
        forget()


def test_workers_give_the_same(log: Path) -> None:
    seen = read_seen(str(log))
    play = Play(BASE, seen.watch, 1)
    tasks = [PlayTask(n, {"scenario.talk": 0.1 + 0.01 * n}) for n in range(10)]
    found = []
    for n in (1, 2):
        with workers(n) as work:
            found.append(sorted((one for block in work(play, tasks) for one in block), key=lambda one: one[0]))
    assert [one[0] for one in found[0]] == list(range(10))
    for one, other in zip(*found, strict=True):
        assert one[1] == pytest.approx(other[1], nan_ok=True)


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
    recorded: Results, log: Path, tmp_path: Path
) -> None:
    """The lines of joining and leaving make nothing else of the log, and the simulated community has the same; also
    where people came and left in the middle of a day, and where all who left are told as removed, which tells nothing
    of leaving.
    """
    messages = told_by(recorded)
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


def told_by(recorded: Results) -> pd.DataFrame:
    assert recorded.messages is not None
    start = recorded.meta["start"]
    return as_people_mark(with_comings(recorded.messages, recorded.spells, start, "Asia/Shanghai"))


def own_of(messages: pd.DataFrame, path: Path) -> tuple[dict[str, float], Play]:
    seen = read_seen(str(written(messages, path)), zone="Asia/Shanghai")
    play = Play(tuple(word for word in WORLD if not word.startswith("population.groups=")), seen.watch, 1)
    return seen_of(seen.talk, play), play


def as_played(own: dict[str, float], play: Play) -> None:
    """The log's own numbers and luck, played by the fit, give the very same."""
    _, same, _ = played(play, PlayTask(0, {}))
    assert same is not None
    assert {name for name, value in own.items() if same[name] != pytest.approx(value, nan_ok=True)} == set()


def test_joins_that_do_not_account_for_who_speaks_are_not_counted(recorded: Results, tmp_path: Path) -> None:
    """Told under other names, or of the last days alone; where people were there before, none is expected of them."""
    messages = told_by(recorded)
    joins = messages["kind"] == "join"
    path = written(messages.assign(author=messages["author"] + 10_000 * joins), tmp_path / "names.parquet")
    assert not read_seen(str(path)).watch.joins
    late = messages[~joins | (messages["t"] > messages["t"].min() + pd.Timedelta(days=20))]
    path = written(late, tmp_path / "late.parquet")
    assert not read_seen(str(path)).watch.joins
    assert not read_seen(str(path), members=5).watch.joins
    assert read_seen(str(path), members=60).watch.joins


def test_lines_that_tell_nothing_change_nothing_else(recorded: Results, log: Path, tmp_path: Path) -> None:
    """Joins under other names, the last of them long after the last word, and a room in which nobody speaks."""
    messages = told_by(recorded)
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


def test_leaves_after_the_watch_are_not_told(recorded: Results, tmp_path: Path) -> None:
    messages = told_by(recorded)
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


def test_groups_are_founded_on_the_weekday_of_the_log(recorded: Results, tmp_path: Path) -> None:
    messages = told_by(recorded)
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


def test_a_community_that_cannot_be_played_is_said_to_be_none(monkeypatch: pytest.MonkeyPatch) -> None:
    from scenarios.experiments.fit import play as module
    from sim.simulation import Overflow

    def fail(*_: object, **__: object) -> None:
        raise Overflow("too much talk")

    monkeypatch.setattr(module, "play_talk", fail)
    assert played(Play(BASE, Watch((30.0,), True, True), 1), PlayTask(3, {})) == (3, None, None)


def test_a_full_disk_and_another_at_work_are_said_in_one_sentence(
    log: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    import errno

    from scenarios.experiments.fit.asked import JOURNAL
    from scenarios.experiments.fit.journal import Journal
    from scenarios.experiments.search.explore import alone

    words = ["fit", str(log), "simulations=200", "draws=10", "workers=1", f"out={tmp_path}", *FIXED]
    with alone(tmp_path / JOURNAL):
        assert main(words) == 2
    assert "another process is at work" in capsys.readouterr().err

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Journal, "add", full)
    assert main(words) == 2
    said = capsys.readouterr().err
    assert "make room" in said
    assert "Traceback" not in said


def test_the_command_that_is_printed_takes_names_for_names(tmp_path: Path) -> None:
    """Files may be called what they like: whoever pastes the line must not run what a stranger wrote."""
    import shlex
    from types import SimpleNamespace

    from scenarios.reports.fit_report import _command

    seen = SimpleNamespace(name="a; touch pwned")
    found = SimpleNamespace(fitted=SimpleNamespace(seen=seen))
    folder = tmp_path / "a; touch $(pwned) | b"
    words = shlex.split(_command(found, folder))  # type: ignore[arg-type]
    assert words[:3] == ["shequn", "run", f"conf_dir={folder}"]
    assert words[4] == f"world={folder / 'posterior.json'}"


def test_whole_numbers_are_rounded() -> None:
    scenario = with_knobs(compose(list(WORLD)), {"population.founders": 12.7, "scenario.talk": 0.2})
    assert scenario.population.founders == 13
    assert scenario.purpose.talk == 0.2


HEAD = "group,id,t,author,kind,reply_to\n"


@pytest.mark.parametrize(("words", "why"), [
    (["nowhere.csv"], "nowhere.csv"),
    (["short.csv"], "say too little"),
    (["several.csv"], "several simulated communities"),
    (["LOG", "simulation=5"], "simulation"),
    (["LOG", "simulations=5"], "a whole number from 200"),
    (["LOG", "strategy=[group_cap]"], "is not for a fit"),
    (["LOG", "days=9"], "is not for a fit"),
    (["LOG", "population.seats=20"], "fewer founders"),
    (["LOG", "scenario=nowhere"], "nowhere"),
    (["LOG", "scenario.talkk=1"], "talk"),
    (["LOG", "zone=Mars"], "no time zone"),
    (["LOG", "members=1"], "a whole number from 2"),
])  # fmt: skip
def test_mistakes_end_in_one_message(
    words: list[str], why: str, log: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    (tmp_path / "short.csv").write_text(f"{HEAD}0,0,2024-05-01T10:00:00Z,1,text,\n", "utf-8")
    rows = "".join(f"{r},0,0,2024-05-01T10:00:00Z,1,text,\n" for r in range(2))
    (tmp_path / "several.csv").write_text(f"replicate,{HEAD}{rows}", "utf-8")
    assert main(["fit", *(str(log) if word == "LOG" else word for word in words)]) == 2
    said = capsys.readouterr().err
    assert why in said
    assert 1 <= len(said.strip().splitlines()) <= 3
    assert "Traceback" not in said
    assert not (tmp_path / "outputs").exists()
