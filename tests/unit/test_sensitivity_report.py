"""The page of a sensitivity analysis: what matters, what may be luck, what does nothing; with intervals."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from scenarios.experiments.axes import Axis, Span
from scenarios.experiments.sensitivity.file import Sensitivity
from scenarios.reports.sensitivity_answer import sensitivity_answer
from scenarios.reports.sensitivity_report import write_sensitivity_report
from sim.analysis.experiment.sensitivity import INDICES
from tests.unit.test_report import Reader

KNOBS = ("strategies.group_cap.limit", "strategies.paid_entry.price", "mind.leave", "talk.tie_gain")


def analysis(method: str = "morris", **more: Any) -> Sensitivity:
    """Four knobs, two outcomes."""
    asked: dict[str, Any] = {"title": {"en": "A fake analysis", "zh": "假想的分析"},
                             "question": {"en": "Which?", "zh": "哪个？"}, "seeds": 5, "days": 180, "seed": 1}
    axes = tuple(Axis(key, Span(1, 100, True, False)) for key in KNOBS)
    where = {"world": ("scenario=pet_owners",), "base": ("strategy=[group_cap,paid_entry]",)}
    outcomes = ("lifetime", "advert_share")
    return Sensitivity(name="fake", axes=axes, method=method, n=16, outcomes=outcomes, **{**asked, **where, **more})


def table(method: str, first: dict[str, tuple[float, float, float]], second: tuple[float, float, float],
          noise: float = 2.0) -> pd.DataFrame:  # fmt: skip
    """``first``: value and limits of the first index by knob; ``second``: those of the second, of all knobs."""
    rows = []
    for outcome in ("lifetime", "advert_share"):
        for knob, one in first.items():
            for index in INDICES[method]:
                value, low, high = one if index == INDICES[method][0] else second
                luck = noise * (value > 0) if index == INDICES[method][0] else float("nan")
                rows.append((outcome, knob, index, value, low, high, luck, 16, 5))
    return pd.DataFrame(rows, columns=["outcome", "knob", "index", "value", "low", "high", "noise", "n_base",
                                       "n_replicates"])  # fmt: skip


FIRST = dict(zip(KNOBS, [(12.3, 8.4, 16.2), (6.0, 3.1, 8.9), (4.0, 1.5, 6.5), (0.0, 0.0, 0.0)], strict=True))


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = table("morris", FIRST, (-5.0, -9.0, -1.0))
    return write_sensitivity_report(analysis(), found, tmp_path_factory.mktemp("sensitivity"))


def test_the_page_stands_alone_and_answers_first_in_both_languages(page: Path) -> None:
    text = page.read_text("utf-8")
    reader = Reader()
    reader.feed(text)
    assert not reader.open
    assert len(reader.targets) == 4
    assert not re.search(r"https?://|url\((?!data:)|@import|src=\"(?!data:)", text)
    said = (("Which?", "is a prediction of a model", "matters most"), ("哪个？", "都是模型在既定假设下", "最要紧的是"))
    for part, words in zip(text.split("<main ")[1:], said, strict=True):
        places = [part.find(word) for word in words] + [part.find("<figure"), part.find("<table")]
        assert places[0] > -1
        assert places == sorted(places)
        assert part.count("<table") == 2
        assert re.search(r"<td>strategies.group_cap.limit</td><td class=\"up\">12.3<small>8.40 … 16.2</small>", part)
        assert "16 × 5" in part


def test_knobs_beyond_luck_in_luck_and_without_effect_are_told_apart() -> None:
    rows = table("morris", FIRST, (-5.0, -9.0, -1.0))
    lines = sensitivity_answer(analysis(), rows[rows["outcome"] == "lifetime"], "en")
    assert lines[0].startswith("Life of a group: Size cap limit matters most. Moving it through its whole range chan")
    assert "life of a group by 12.3 days on average (95 % interval 8.40 to 16.2; 16 trajectories, 5 com" in lines[0]
    assert "luck alone would show 2.00 days" in lines[0]
    assert lines[0].endswith("More of it means less.")
    assert lines[1] == "Beyond luck as well: Paid entry price 6.00 days (3.10 to 8.90)."
    assert lines[2] == "Not to be told from luck, may do nothing: mind.leave 4.00 days (1.50 to 6.50)."
    assert lines[3] == "Did nothing at all here: talk.tie_gain."
    shares = sensitivity_answer(analysis(), rows[rows["outcome"] == "advert_share"], "zh")
    assert "限制人数 limit" in shares[0]
    assert "1,230 百分点" in shares[0]
    lucky = table("morris", FIRST, (1.0, -1.0, 3.0), noise=9.0)
    lines = sensitivity_answer(analysis(), lucky[lucky["outcome"] == "lifetime"], "en")
    assert lines[0].startswith("Life of a group: no knob stands out")
    assert "(8.40 to 16.2)" in lines[1]


def test_shares_of_variance_and_few_base_points(tmp_path: Path) -> None:
    first = dict(zip(KNOBS, [(0.8, 0.6, 1.0), (0.3, 0.1, 0.5), (0.1, -0.1, 0.3), (0.0, 0.0, 0.0)], strict=True))
    found = table("sobol", first, (0.5, 0.4, 0.6), noise=0.05)
    lines = sensitivity_answer(analysis("sobol"), found[found["outcome"] == "lifetime"], "en")
    assert "has the largest part in its variance: 80.0 % (95 % interval 60.0 to 100)" in lines[0]
    assert "alone it explains 50.0 % (40.0 to 60.0); luck alone would show 5.00 %. 16 base" in lines[0]
    assert "points, 5 communities" in lines[0]
    assert lines[1] == "Have a part in it as well: Paid entry price 30.0 % (10.0 to 50.0)."
    assert lines[2].startswith("A part cannot be told from none: mind.leave")
    first[KNOBS[0]] = (0.8, -0.2, 1.8)  # the largest is not beyond luck, the second is
    mixed = table("sobol", first, (0.5, 0.4, 0.6), noise=0.05)
    lines = sensitivity_answer(analysis("sobol"), mixed[mixed["outcome"] == "lifetime"], "en")
    assert "Paid entry price has the largest part in its variance: 30.0 %" in lines[0]
    lucky = table("sobol", first, (0.5, 0.4, 0.6), noise=0.7)
    lines = sensitivity_answer(analysis("sobol"), lucky[lucky["outcome"] == "lifetime"], "en")
    assert lines[0].startswith("Life of a group: no knob stands out")
    assert lines[1].startswith("A part cannot be told from none: Size cap limit 80.0 %")
    text = html.unescape(write_sensitivity_report(analysis("sobol"), found, tmp_path, "en").read_text("utf-8"))
    assert "16 base points are few" in text
    assert "Sobol indices, 16 base points" in text


def test_an_outcome_that_cannot_be_told_is_said(tmp_path: Path) -> None:
    nothing = dict.fromkeys(KNOBS, (float("nan"),) * 3)
    made = replace(analysis(), seeds=1)
    text = write_sensitivity_report(made, table("morris", nothing, (float("nan"),) * 3), tmp_path, "en").read_text()
    assert "Life of a group: nothing can be told" in text
    assert "intervals know nothing of luck" in text


def test_same_bytes_and_nothing_from_users_is_markup(tmp_path: Path) -> None:
    odd = analysis(title={"en": "<u>t</u>"}, question={"en": "<em>?"}, world=("a=<s>",), extra=("b=</dd>",))
    found = table("morris", FIRST, (-5.0, -9.0, -1.0))
    pages = [write_sensitivity_report(odd, found, tmp_path / name, "zh").read_bytes() for name in ("a", "b")]
    assert pages[0] == pages[1]
    for tag in ("<u>", "<em>", "<s>", "=</dd>", "<script"):
        assert tag not in pages[0].decode("utf-8")
    with pytest.raises(ValueError, match="there is en, zh and both"):
        write_sensitivity_report(odd, found, tmp_path, "fr")
