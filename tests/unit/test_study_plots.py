"""The pictures of a study: every one in both languages, no glyph missing, nothing cut off, honest titles."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure
from matplotlib.font_manager import get_font
from matplotlib.text import Text
from PIL import Image

from sim.analysis.experiment.findings import Findings
from sim.analysis.lifetimes import Survival
from sim.plots.experiment.album import OVER_WORLDS, PICTURES, album, names
from sim.plots.experiment.best import percent
from sim.plots.experiment.frame import SHOWN, arms_shown
from sim.plots.experiment.lifetimes import DOTS, dot_ages
from sim.plots.style import FONT, to_png
from tests.studies import Ask, fake_study

DOSES = ("nothing", "cap 20", "cap 40", "cap 80")


@pytest.fixture(scope="module")
def found() -> Findings:
    """Two worlds, three doses."""
    study, table, lifetimes = fake_study(("nothing", "paid_entry", "red_packet", "fixed_time"), ("pet_owners", "deals"))
    swap = dict(zip(study.arms, DOSES, strict=True))
    arms = {label: ("strategy=[group_cap]", f"strategies.group_cap.limit={label[4:]}") for label in DOSES[1:]}
    asked = Ask({"nothing": ("strategy=[nothing]",), **arms}, study.worlds, study.outcomes)
    return Findings(asked, table.replace({"arm": swap}), lifetimes.replace({"arm": swap}))


def every(found: Findings, lang: str) -> Iterator[tuple[str, Figure]]:
    yield from album(found, None, lang)
    for world in found.worlds[:1]:
        yield from album(found, world, lang)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_picture_has_all_its_glyphs_and_cuts_nothing_off(found: Findings, lang: str) -> None:
    shipped = set(get_font(str(FONT)).get_charmap())
    drawn = set()
    for name, figure in every(found, lang):
        drawn.add(name)
        with warnings.catch_warnings():
            warnings.filterwarnings("error", message=".*[Gg]lyph.*")
            data = to_png(figure)
        assert Image.open(io.BytesIO(data)).size[0] > 1000
        for text in figure.findobj(Text):
            missing = {c for c in text.get_text() if c != "\n" and ord(c) not in shipped}
            assert not missing, f"{name}-{lang}: {missing} in {text.get_text()!r}"
        for text in [*figure.texts, *(label for axes in figure.axes for label in axes.get_yticklabels())]:
            box = text.get_window_extent()
            assert figure.bbox.x0 <= box.x0 <= box.x1 <= figure.bbox.x1, f"{name}-{lang}: {text.get_text()!r}"
        assert "12" in figure.texts[1].get_text(), f"{name}-{lang} does not say on how many communities it stands"
    assert drawn == {*PICTURES, *OVER_WORLDS}


def test_same_study_same_bytes(found: Findings) -> None:
    one, other = (to_png(PICTURES["best"](found, "pet_owners", "en")) for _ in range(2))
    assert one == other


def test_titles_say_what_the_tables_say(found: Findings) -> None:
    rows = found.effects[(found.effects["world"] == "pet_owners") & (found.effects["outcome"] == "lifetime")]
    better = int(((rows["luck"] == "clear") & (rows["better"] > 0)).sum())
    title = PICTURES["forest"](found, "pet_owners", "en").texts[0].get_text()
    assert title.startswith(f"Life of a group: {better} of 3 arms are clearly better than 'Do nothing'")
    top = found.best[(found.best["world"] == "pet_owners") & (found.best["outcome"] == "lifetime")]
    arm = top.loc[top["p_best"].idxmax(), "arm"]
    assert f"'{arm}' is most likely the best" in PICTURES["best"](found, "pet_owners", "en").texts[0].get_text()


def test_dots_are_quantiles_of_the_curve() -> None:
    time = np.arange(101)
    share = 1 - time / 200  # half are dead by day 100
    blank = dict.fromkeys(("median", "median_low", "median_high", "restricted_mean"), 0.0)
    blank |= {"restricted_mean_low": 0.0, "restricted_mean_high": 0.0}
    counts = {"horizon": 100, "n": 9, "n_died": 4, "n_censored": 5, "n_dissolved": 0, "n_communities": 3}
    counts |= {"n_communities_died": 3}
    ages = dot_ages(Survival("a", "w", 28, time, share, share, share, **blank, **counts))
    assert np.isnan(ages).sum() == DOTS // 2
    assert ages[:3].tolist() == [5, 15, 25]


def test_draws_never_say_never() -> None:
    assert [percent(p) for p in (0.0, 0.001, 0.31, 0.999, 1.0)] == ["<1", "<1", "31", ">99", ">99"]


def test_more_arms_than_fit_are_left_to_the_table_but_never_the_reference_or_the_best() -> None:
    study, table, lifetimes = fake_study(("nothing", "red_packet"), replicates=4, days=60)
    arms = {f"a{k}": 0.9 - 0.01 * k for k in range(SHOWN + 4)}
    more = [
        table[table["arm"] == "nothing"].assign(arm=arm, lifetime=lambda t, f=f: t["lifetime"] * f)
        for arm, f in arms.items()
    ]
    asked = Ask({**study.arms, **dict.fromkeys(arms, ())}, study.worlds, study.outcomes)
    found = Findings(asked, pd.concat([table, *more], ignore_index=True), lifetimes)
    shown = arms_shown(found, "pet_owners")
    assert len(shown) == SHOWN
    assert {"nothing", found.ranked("pet_owners")[0]} <= set(shown)
    assert "left" not in PICTURES["forest"](found, "pet_owners", "en").texts[1].get_text()
    assert "more arms are in the table" in PICTURES["forest"](found, "pet_owners", "en").texts[1].get_text()


def test_one_arm_and_one_community_draw_what_they_can() -> None:
    study, table, lifetimes = fake_study(("nothing",), replicates=3, days=60)
    alone = Findings(study, table, lifetimes)
    assert names(alone, "pet_owners") == ["lifetimes"]
    study, table, lifetimes = fake_study(("nothing", "red_packet"), replicates=1, days=60)
    single = Findings(study, table, lifetimes)
    assert "seeds" not in names(single, "pet_owners")
    for _, figure in [*album(alone, "pet_owners", "en"), *album(single, "pet_owners", "zh")]:
        to_png(figure)
