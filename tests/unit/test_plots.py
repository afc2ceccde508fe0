"""The pictures: every one in both languages, no glyph missing, nothing cut off, honest titles."""

from __future__ import annotations

import io
import itertools
import warnings
from dataclasses import replace

import matplotlib
import numpy as np
import pytest
from matplotlib.font_manager import get_font
from matplotlib.text import Text
from PIL import Image

from sim.locale.words import arm_label, join, number, signed
from sim.plots.lives import lives_title
from sim.plots.marks import end_labels, fit, spread
from sim.plots.run.album import PICTURES, album, names
from sim.plots.run.combination import draw_combination
from sim.plots.run.measured import SHOWN, Measured, parts_of
from sim.plots.run.survival import draw_survival
from sim.plots.style import FONT, OWN, SPARE, colours, new_figure, picture, to_png
from sim.plots.webfont import web_font
from tests.fakes import ARMS, fake_results

FOUR = ["advert_ban", "fixed_time", "paid_entry", "red_packet"]


@pytest.fixture(scope="module")
def measured() -> Measured:
    results = fake_results(replicates=5, groups=4, days=90)
    results.meta["arms"]["all_four"]["strategy"] = FOUR
    return Measured(results)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", list(PICTURES))
def test_every_picture_has_all_its_glyphs_and_cuts_nothing_off(measured: Measured, name: str, lang: str) -> None:
    figure = PICTURES[name](measured, lang)
    with warnings.catch_warnings():
        warnings.filterwarnings("error", message=".*[Gg]lyph.*")
        warnings.filterwarnings("error", message=".*findfont.*")
        data = to_png(figure)
    assert Image.open(io.BytesIO(data)).size[0] > 1000
    shipped = set(get_font(str(FONT)).get_charmap())
    for text in figure.findobj(Text):
        missing = {c for c in text.get_text() if c != "\n" and ord(c) not in shipped}
        assert not missing, f"{name}-{lang}: {missing} in {text.get_text()!r}"
    page = figure.bbox
    for text in figure.texts:
        box = text.get_window_extent()
        assert page.x0 <= box.x0 <= box.x1 <= page.x1, f"{name}-{lang}: {text.get_text()!r} runs off the picture"


def test_the_shipped_font_is_used_first(measured: Measured) -> None:
    assert draw_survival(measured, "zh").texts[0].get_fontfamily()[0] == "Shequn Sans SC"
    assert FONT.stat().st_size < 1.5 * 2**20
    assert (FONT.parent / "OFL.txt").read_text(encoding="utf-8").count("SIL OPEN FONT LICENSE") >= 1


def test_pictures_leave_the_settings_of_matplotlib_alone(measured: Measured) -> None:
    before = dict(matplotlib.rcParams)
    to_png(draw_survival(measured))
    assert dict(matplotlib.rcParams) == before


def test_same_run_same_bytes(measured: Measured) -> None:
    assert to_png(draw_survival(measured)) == to_png(draw_survival(Measured(measured.results)))


def test_a_picture_is_drawn_from_results_too(measured: Measured) -> None:
    assert draw_survival(measured.results).texts[0].get_text().startswith("Within")
    with pytest.raises(TypeError, match="not from str"):
        draw_survival("outputs/demo")


def test_titles_say_what_the_data_say(measured: Measured) -> None:
    lives = {arm: one.restricted_mean for arm, one in measured.survival.items()}
    longest = max(lives, key=lambda arm: lives[arm])
    title = draw_survival(measured, "en").texts[0].get_text()
    assert f"{number(lives[longest])} days ({arm_label(longest, 'en')})" in title


def test_captions_name_the_number_of_communities(measured: Measured) -> None:
    for _, figure in album(measured, "en"):
        assert "5 communities per arm" in figure.texts[1].get_text()


def test_one_arm_alone_has_nothing_to_compare() -> None:
    measured = Measured(fake_results(["red_packet"], replicates=3, groups=3, days=60))
    assert set(PICTURES) - set(names(measured)) == {"comparison", "combination"}
    assert measured.reference == "red_packet"
    for _, figure in album(measured, "zh"):
        to_png(figure)
    with pytest.raises(ValueError, match="no combined arm"):
        draw_combination(measured)


def test_a_single_community_is_drawn_without_bands() -> None:
    measured = Measured(fake_results(["nothing", "paid_entry"], replicates=1, groups=3, days=60))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for _, figure in album(measured, "en"):
            to_png(figure)


def test_more_arms_than_a_picture_holds_are_left_to_the_table() -> None:
    arms = ["nothing", *(f"dose_{k}" for k in range(SHOWN + 2))]
    measured = Measured(fake_results(arms, replicates=2, groups=2, days=40))
    assert len(measured.arms) == SHOWN
    assert len(measured.all_arms) == SHOWN + 3
    assert "3 more arms" in measured.sample("en")
    to_png(PICTURES["lifecycle"](measured, "en"))


def test_an_arm_keeps_its_colour() -> None:
    assert colours(["red_packet", "nothing"])["red_packet"] == colours(ARMS)["red_packet"] == OWN["red_packet"]
    many = colours(["nothing", "x", "y", "a+b"])
    assert many["a+b"] == "#000000"
    assert len(set(many.values())) == 4
    assert not set(SPARE) & {OWN[name] for name in ("nothing", "group_cap", "paid_entry", "red_packet")}


def test_parts_of_a_combination_are_of_its_doses() -> None:
    doses = {"a": {"limit": 30}, "b": {"price": 5.0}}
    arms = {"much": {"a": {"limit": 50}}, "a": {"a": doses["a"]}, "b": {"b": doses["b"]}, "both": doses,
            "dear": {"a": doses["a"], "b": {"price": 9.9}}}  # fmt: skip
    meta = {"arms": {arm: {"strategies": played} for arm, played in arms.items()}}
    assert parts_of(meta, list(arms), "w") == {"both": ["a", "b"]}


def test_combinations_are_read_from_meta() -> None:
    arms = {"nothing": {"strategy": []}, "a": {"strategy": ["s"]}, "b": {"strategies": {"t": {}}}}
    meta = {"arms": {**arms, "both": {"strategy": ["s", "t"]}, "w/three": {"strategy": ["s", "t", "u"]}}}
    assert parts_of(meta, ["nothing", "a", "b", "both", "three"], "w") == {"both": ["a", "b"]}
    assert parts_of({}, ["x", "y", "x+y"], "w") == {"x+y": ["x", "y"]}


def test_labels_are_moved_apart_and_keep_their_order() -> None:
    placed = spread([1.0, 1.1, 1.05, 5.0], 0.5)
    assert np.all(np.diff(np.sort(placed)) >= 0.5 - 1e-12)
    assert np.argsort(placed).tolist() == [0, 2, 1, 3]
    assert placed[3] == 5.0
    assert spread([], 1.0) == []


def test_long_names_are_broken_and_cut() -> None:
    assert fit("Red packets", 22) == "Red packets"
    assert fit("Advert ban + Fixed-time content", 22, 2) == "Advert ban +\nFixed-time content"
    long = fit("Advert ban + Fixed-time content + Paid entry + Red packets", 22, 2)
    assert [len(row) <= 22 for row in long.split("\n")] == [True, True]
    assert long.endswith("…")
    assert fit("禁广告 + 定时内容 + 付费入群", 12, 3) == "禁广告 + 定\n时内容 + 付\n费入群"


def test_names_of_rows_stay_inside_the_picture() -> None:
    arms = ["nothing", "advert_ban", "fixed_time", "advert_ban+fixed_time", "a_very_long_name_of_ones_own_" * 3]
    measured = Measured(fake_results(arms, replicates=2, groups=2, days=40))
    for lang in ("en", "zh"):
        for name, figure in album(measured, lang):
            to_png(figure)
            assert figure.texts[0].get_window_extent().x1 <= figure.bbox.x1, f"{name}: {figure.texts[0].get_text()}"
            for label in (label for axes in figure.axes for label in axes.get_yticklabels()):
                assert label.get_window_extent().x0 >= 0, f"{name}: {label.get_text()}"


def test_end_labels_do_not_touch() -> None:
    @picture
    def draw() -> object:
        figure = new_figure(6, 3, "t", "c")
        axes = figure.add_axes((0.1, 0.2, 0.5, 0.6))
        axes.set(xlim=(0, 1), ylim=(0, 1))
        end_labels(axes, [(name, 0.5, "k") for name in "abc"], 1)
        return figure

    figure = draw()
    to_png(figure)
    boxes = sorted((Text.get_window_extent(t) for t in figure.axes[0].texts), key=lambda box: box.y0)
    assert all(low.y1 <= high.y0 + 1 for low, high in itertools.pairwise(boxes))


def test_numbers_for_readers() -> None:
    assert [number(x) for x in (0, 1234.4, 12.34, 1.234, -0.004)] == ["0", "1,234", "12.3", "1.23", "0"]
    assert number(0.1234, "share") == "12.3 %"
    assert number(float("nan")) == "–"
    assert [signed(x) for x in (0.5, -2.0, 0.0)] == ["+0.50", "−2.00", "0"]
    assert signed(-0.05, "share") == "−5.00"
    assert join(["a", "b", "c"], "en") == "a, b and c"
    assert join(["甲", "乙"], "zh") == "甲和乙"
    assert arm_label("red_packet+advert_ban", "zh") == "发红包 + 禁广告"
    assert arm_label("my_own", "en") == "my own"


def test_the_page_font_holds_just_the_letters_asked_for() -> None:
    from fontTools.ttLib import TTFont

    font = TTFont(io.BytesIO(web_font("群能活多久 abc")))
    assert {chr(code) for code in font.getBestCmap()} == set("群能活多久")
    assert web_font("plain") == b""


def test_where_all_live_as_long_the_title_names_none() -> None:
    lives = Measured(fake_results(replicates=3, days=60)).survival
    assert len(lives) > 1
    same = {arm: replace(one, restricted_mean=31.24) for arm, one in lives.items()}
    assert lives_title(same, "en") == "Within 31 days groups live 31.2 days on average under every arm"
    assert "or only 12" in lives_title({**same, "nothing": replace(same["nothing"], restricted_mean=12)}, "en")
