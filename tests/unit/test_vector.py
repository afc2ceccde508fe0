"""Pictures as SVG and PDF: asked for by ``format=``, the same bytes on every call, with their letters inside."""

from __future__ import annotations

import re
import warnings
import xml.etree.ElementTree as ET
from pathlib import Path

import matplotlib
import pytest

from scenarios.__main__ import main
from scenarios.errors import UserError
from scenarios.reports.formats import FORMATS, formats_of
from scenarios.reports.run_report import write_report
from sim.plots.run.measured import Measured
from sim.plots.run.survival import draw_survival
from sim.plots.vector import VECTOR, to_vector
from tests.fakes import fake_results

LOG = Path(__file__).parents[1] / "data" / "rooms_extract.parquet"


@pytest.fixture(scope="module")
def measured() -> Measured:
    return Measured(fake_results(["nothing", "red_packet"], replicates=3, groups=3, days=60))


@pytest.mark.parametrize("form", VECTOR)
def test_same_run_same_bytes_whoever_draws_it_and_when(measured: Measured, form: str) -> None:
    before = dict(matplotlib.rcParams)
    with warnings.catch_warnings():
        warnings.filterwarnings("error", message=".*[Gg]lyph.*")
        one = to_vector(draw_survival(measured, "zh"), form)
    assert one == to_vector(draw_survival(Measured(measured.results), "zh"), form)
    assert dict(matplotlib.rcParams) == before
    assert not re.search(rb"CreationDate|dc:date|20\d\d-\d\d-\d\d|matplotlib v", one)


def test_an_svg_has_its_letters_as_outlines(measured: Measured) -> None:
    root = ET.fromstring(to_vector(draw_survival(measured, "zh"), "svg"))
    kinds = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert "path" in kinds
    assert not {"text", "script", "image"} & kinds
    assert b"font-family" not in ET.tostring(root)  # no font that the reader would have to have


def test_a_pdf_embeds_the_chinese_glyphs(measured: Measured) -> None:
    data = to_vector(draw_survival(measured, "zh"), "pdf")
    assert data.startswith(b"%PDF")
    assert re.search(rb"/BaseFont /[A-Z]{6}\+ShequnSansSC", data)
    assert b"/ToUnicode" in data  # it can be searched
    assert b"/FontFile" not in data  # outlines of the shipped font under the name of TrueType


def test_the_report_leaves_what_is_asked_for(tmp_path: Path, measured: Measured) -> None:
    pages = {}
    for name, formats in (("a", ("png",)), ("b", ("svg", "pdf")), ("c", ("png", "svg"))):
        pages[name] = write_report(tmp_path / name, "en", measured.results, formats).read_text("utf-8")
    stems = {path.stem for path in (tmp_path / "a").glob("*.png")}
    left = {name: {path.suffix for path in (tmp_path / name).iterdir()} - {".html", ".csv"} for name in pages}
    assert left == {"a": {".png"}, "b": {".svg", ".pdf"}, "c": {".png", ".svg"}}
    assert {path.stem for path in (tmp_path / "b").glob("*.pdf")} == stems
    assert pages["a"] == pages["c"]
    assert "survival-en.svg" in pages["b"]
    assert pages["b"].count("data:image/png;base64,") == len(stems)


def test_formats_are_read_or_refused_in_a_line() -> None:
    assert formats_of("format", "png,pdf") == ("png", "pdf")
    assert formats_of("format", " SVG ,svg") == ("svg",)
    assert formats_of("format", ",".join(FORMATS)) == FORMATS
    for wrong in ("jpg", "png,", "", "svgz", "png;pdf"):
        with pytest.raises(UserError, match=r"format=.*there is no format '.*'"):
            formats_of("format", wrong)


@pytest.mark.parametrize(
    "words",
    [["report", "nowhere", "format=gif"], ["demo", "format=gif"], ["read", str(LOG), "format=gif"],
     ["study", "study=group_size", "format=gif"], ["search", "search=packet_dose", "format=gif"],
     ["sensitivity", "sensitivity=packets", "format=gif"], ["run", "format=svg"], ["report", "nowhere", "formt=svg"],
     ["report", "nowhere", "format="]],
    ids=" ".join,
)  # fmt: skip
def test_commands_refuse_what_they_cannot_draw(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(words) == 2
    said = capsys.readouterr().err
    assert said.startswith("shequn: ")
    assert "form" in said
    assert len(said.splitlines()) <= 3
    assert not list(tmp_path.iterdir())


def test_a_log_is_drawn_as_pdf(tmp_path: Path) -> None:
    assert main(["read", str(LOG), "format=pdf", f"out={tmp_path}"]) == 0
    assert {path.name for path in tmp_path.iterdir() if path.suffix in (".png", ".pdf")} == {
        f"{name}{end}.pdf" for name in ("week", "rooms", "survival", "gaps", "replies") for end in ("", ".zh")
    }
