"""An archive holds what the user brought, and its command takes that up again."""

from __future__ import annotations

import re
import shlex
import zipfile
from pathlib import Path

import pytest

from scenarios.__main__ import main
from scenarios.config import own


@pytest.mark.parametrize("word", ["weekends", "my/study/weekends.yaml"])
def test_work_of_ones_own_plays_itself_again(
    my: Path, monkeypatch: pytest.MonkeyPatch, word: str, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(my.parent)
    brought = ["plugins=my", "conf_dir=my"]
    assert main(["study", f"study={word}", *brought, "runner=serial", "report=false", "out=out"]) == 0
    own.forget()
    assert main(["bundle", "out"]) == 2
    assert capsys.readouterr().err.startswith("shequn: ")
    assert main(["bundle", "out", *brought]) == 0
    with zipfile.ZipFile("out.zip") as archive:
        archive.extractall("elsewhere")
    own.forget()
    my.rename("gone")
    place = Path("elsewhere/weekends")
    assert (place / "own/plugins/my/doses.py").read_text() == "USUAL = 8.8\n"
    assert (place / "own/conf/scenario/mine.yaml").exists()
    command = re.search(r"```sh\n(shequn study .*)\n```", (place / "README.en.md").read_text("utf-8"))
    assert command is not None
    monkeypatch.chdir(place)
    assert main(shlex.split(command[1])[1:]) == 0
    assert Path("replay/results/outcomes.csv").read_bytes() == Path("results/outcomes.csv").read_bytes()


def test_a_plugin_of_one_file_is_one_file_there(my: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from scenarios.experiments.brought import brought

    own.take_up(my / "follower.py")
    files, words = brought()
    assert list(files) == ["own/plugins/follower.py"]
    assert words == ["plugins=own/plugins/follower.py"]
    own.forget()
    (my / "__init__.py").write_text("")
    my.rename(my.with_name("my_own_package"))
    monkeypatch.syspath_prepend(my.parent)
    own.take_up("my_own_package")
    assert brought() == ({}, ["plugins=my_own_package"])
