"""``shequn bundle``: one archive that plays itself again to the same tables, or one message that says why not."""

from __future__ import annotations

import hashlib
import json
import re
import shlex
import zipfile
from pathlib import Path

import pytest

from scenarios.__main__ import main
from scenarios.config import own
from scenarios.errors import UserError
from scenarios.experiments.brought import brought
from scenarios.experiments.output_folder import MARK
from tests.experiments.shelves import GOOD, written

SMALL = ("population.groups=2", "population.seats=20", "days=15", "runner=serial", "report=false")


@pytest.fixture
def played(tmp_path: Path, conf: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A study that was played, in its folder below a place of its own."""
    monkeypatch.chdir(tmp_path)
    study = GOOD | {"arms": {"free": ["strategy=nothing"], "pay": ["strategy=paid_entry"]}, "reference": "free"}
    assert main(["study", f"study={written(conf, study)}", *SMALL, "seeds=2", "out=outputs/study/mine"]) == 0
    return Path("outputs/study/mine")


def refused(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """What a bundle that cannot be made says."""
    capsys.readouterr()
    assert main(["bundle", *words]) == 2
    said = capsys.readouterr().err
    assert said.startswith("shequn: ")
    assert len(said.splitlines()) <= 3
    return said


def sums(folder: Path) -> dict[str, str]:
    """Checksums of the tables in a folder."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.glob("*.csv")}


def test_what_is_unpacked_plays_itself_again(played: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bundle", "mine"]) == 0
    said = capsys.readouterr().out
    assert "8 runs" in said
    with zipfile.ZipFile("outputs/study/mine.zip") as archive:
        assert archive.namelist() == sorted(archive.namelist())
        archive.extractall("elsewhere")
    place = Path("elsewhere/mine")
    assert {str(path.relative_to(place)) for path in place.rglob("*") if path.is_file()} == {
        "README.en.md", "README.zh.md", "SHA256SUMS", "conf/study/mine.yaml", "configs.json", "requirements.lock",
        "results/lifetimes.csv", "results/outcomes.csv", "versions.json",
    }  # fmt: skip
    noted = dict(reversed(line.split("  ")) for line in (place / "SHA256SUMS").read_text().splitlines())
    assert noted == sums(place / "results")
    assert hashlib.sha256((place / "SHA256SUMS").read_bytes()).hexdigest() in said
    configs = json.loads((place / "configs.json").read_text("utf-8"))
    assert [(one["world"], one["arm"], one["replicates"]) for one in configs] == [
        (world, arm, 2) for world in ("pets", "deals") for arm in ("free", "pay")
    ]
    assert configs[0]["config"]["population"]["seats"] == 20
    command = re.search(r"```sh\n(shequn study .*)\n```", (place / "README.en.md").read_text("utf-8"))
    assert command is not None
    assert command[1] in (place / "README.zh.md").read_text("utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(place)
        assert main(shlex.split(command[1])[1:]) == 0
        assert sums(Path("replay/results")) == noted


def test_same_study_same_bytes_whoever_packs_it(played: Path) -> None:
    assert main(["bundle", "mine"]) == 0
    assert main(["bundle", str(played), "out=again.zip", "lang=zh"]) == 0
    Path("outputs/store").rename("moved")
    assert main(["bundle", str(played), "out=again.zip", "store=moved", "replace=true"]) == 0
    assert Path("again.zip").read_bytes() == Path("outputs/study/mine.zip").read_bytes()


def test_what_is_not_finished_is_not_packed(played: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mark = json.loads((played / MARK).read_text("utf-8"))
    small = ["population.groups=2", "population.seats=20", "days=15", "report=false"]
    assert mark["said"] == ["study=mine", *small, "seeds=2"]
    more = mark | {"said": [*mark["said"][:-1], "seeds=3"]}
    (played / MARK).write_text(json.dumps(more), "utf-8")
    said = refused(capsys, "mine")
    assert "is not finished: 4 runs are not in the store" in said
    assert "shequn study study=mine population.groups=2" in said
    (played / MARK).write_text(json.dumps(mark), "utf-8")
    (played / "outcomes.csv").write_text("arm\n", "utf-8")
    assert "has another outcomes.csv than the store's runs make" in refused(capsys, "mine")
    (played / "outcomes.csv").unlink()
    assert "lacks outcomes.csv" in refused(capsys, "mine")
    assert main(["study", *SMALL, "study=mine", "seeds=2", "out=outputs/study/mine"]) == 0
    for chunk in Path("outputs/store/chunks").iterdir():
        chunk.write_bytes(chunk.read_bytes()[:-9])
    assert "is not finished: 8 runs" in refused(capsys, "mine")
    assert not list(Path().rglob("*.zip"))


def test_nothing_outside_the_folder_is_packed(played: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("secret").write_text("mine alone")
    (played / "notes.txt").symlink_to(Path("secret").resolve())
    mark = json.loads((played / MARK).read_text("utf-8"))
    for name, said in (("notes.txt", "notes.txt is a link"), ("..", "lacks ..")):
        (played / MARK).write_text(json.dumps({**mark, "files": [*mark["files"], name]}))
        assert said in refused(capsys, "mine")
    assert not Path("outputs/study/mine.zip").exists()


def test_a_folder_that_is_no_study_is_told_in_a_line(played: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("run").mkdir()
    (Path("run") / "meta.json").write_text("{}")
    Path("empty").mkdir()
    Path("marked").mkdir()
    (Path("marked") / MARK).write_text(json.dumps({"kind": "study", "name": "mine", "files": []}))
    said = {
        "nowhere": "there is no folder 'nowhere'", "x" * 300: "there is no folder", "run": "holds a run",
        "outputs/store": "is a store", "empty": "holds nothing", "marked": "does not tell what it came of",
    }  # fmt: skip
    for place, why in said.items():
        assert why in refused(capsys, place)
    assert "no archive" in refused(capsys, "mine", "out=mine.tar")
    Path("there.zip").write_bytes(b"mine")
    assert "replace=true" in refused(capsys, "mine", "out=there.zip")
    assert "there is no store in elsewhere" in refused(capsys, "mine", "store=elsewhere")
    assert "no setting of bundle" in refused(capsys, "mine", "format=svg")
    assert Path("there.zip").read_bytes() == b"mine"
    assert not Path("elsewhere").exists()


@pytest.mark.parametrize(
    ("kind", "words", "tables"),
    [("search", ["search=packet_dose", "trials=2", "seeds=1", "fresh_seeds=1"], {"trials.csv", "front.csv"}),
     ("sensitivity", ["sensitivity=host_or_fate", "n=4", "seeds=1"], {"indices.csv"})],
)  # fmt: skip
def test_searches_and_analyses_are_packed_too(
    kind: str, words: list[str], tables: set[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    small = ["population.groups=1", "population.seats=50", "days=6", "report=false", "runner=serial", "out=mine"]
    assert main([kind, *words, *small]) == 0
    memories = {path: path.read_bytes() for path in Path("outputs/store").rglob("search/*.sqlite")}
    assert main(["bundle", "mine"]) == 0
    with zipfile.ZipFile("mine.zip") as archive:
        names = {name.partition("/")[2] for name in archive.namelist()}
    assert {name.removeprefix("results/") for name in names if name.startswith("results/")} == tables
    mark = json.loads((Path("mine") / MARK).read_text("utf-8"))
    more = {"trials=2": "trials=4", "n=4": "n=8"}
    (Path("mine") / MARK).write_text(json.dumps(mark | {"said": [more.get(one, one) for one in mark["said"]]}), "utf-8")
    assert "is not finished" in refused(capsys, "mine")
    assert {path: path.read_bytes() for path in memories} == memories  # nothing was tried meanwhile


def test_no_link_of_a_folder_of_settings_is_packed(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("mine alone")
    (tmp_path / "my" / "population").mkdir(parents=True)
    (tmp_path / "my" / "population" / "mine.yaml").symlink_to(tmp_path / "secret")
    own.take_up(conf_dir=tmp_path / "my")
    try:
        with pytest.raises(UserError, match=r"mine\.yaml is a link"):
            brought()
    finally:
        own.forget()
