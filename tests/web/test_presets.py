"""Presets break the group they are said to break, by an interval over communities."""

from __future__ import annotations

import numpy as np
import pytest

from scenarios.execution.play import play
from scenarios.reports.reel import reel
from scenarios.web.arm import Arm
from scenarios.web.presets import PRESETS, preset_of
from scenarios.web.question import Question
from sim.analysis.statistics.intervals import t_interval
from sim.locale.words import languages, say
from sim.plots.run.measured import Measured


@pytest.mark.parametrize("name", PRESETS)
def test_one_arm_breaks_and_the_interval_says_so(name: str) -> None:
    """The page scores a guess by the members left in the end, community by community under the same luck."""
    preset = PRESETS[name]
    arms = reel(Measured(play(preset.question.composed(), lambda arm, share: None)))["arms"]
    first, second = (np.array(arms[arm]["curves"]["members"]["ends"]) for arm in (preset.first, preset.second))
    gap = first - second if preset.broken == "second" else second - first
    _, low, _, _ = t_interval(gap[:, None])
    assert len(gap) == 8
    assert low[0] > 0


def test_presets_are_offered_in_every_language_and_do_not_say_who_breaks() -> None:
    for name in PRESETS:
        for lang in languages():
            assert say(f"app_preset_{name}", lang)
            assert say(f"app_preset_{name}_watch", lang)
    assert {one.broken for one in PRESETS.values()} == {"first", "second"}  # where it stands, tells nothing


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_is_known_by_its_question_whatever_the_luck(name: str) -> None:
    asked = PRESETS[name].question
    assert Question.read({key: str(value) for key, value in asked.said.items()}) == asked
    assert (Arm.read(asked.first).text, Arm.read(asked.second).text) == (asked.first, asked.second)
    assert preset_of(Question(**{**asked.said, "seed": 99})) == name
    assert preset_of(Question(**{**asked.said, "days": 99})) == ""
