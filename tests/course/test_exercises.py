"""Every exercise takes the right answer and tells each typical mistake by its name, in both languages."""

from __future__ import annotations

import math

import numpy as np
import pytest

from scenarios.course.lesson import Exercise
from scenarios.course.lessons import LESSONS, lesson_of
from scenarios.course.verdicts import judged, sentence
from scenarios.course.words import tell
from tests.course.facts import facts_of

EXERCISES = [pytest.param(number, exercise, id=exercise.id) for number in LESSONS
             for exercise in lesson_of(number).exercises]  # fmt: skip
LANGUAGES = ("en", "zh")


def test_the_mistakes_that_a_course_must_know_are_known() -> None:
    known = {name for number in LESSONS for one in lesson_of(number).exercises for name in one.mistakes}
    assert known >= {"selection", "ceiling", "overlap", "one_run", "short", "luck_no_effect", "model_world"}
    names = {lang: [tell(f"mistake.{name}", lang) for name in sorted(known)] for lang in LANGUAGES}
    assert all(len(set(said)) == len(known) for said in names.values())


@pytest.mark.parametrize(("number", "exercise"), EXERCISES)
def test_an_exercise_is_whole(number: str, exercise: Exercise) -> None:
    """Three mistakes at least; a tolerance or letters; a number that belongs to its lesson."""
    assert exercise.id.startswith(f"{number}.")
    assert len(exercise.mistakes) >= 3
    assert (exercise.within > 0) != bool(exercise.choices)


@pytest.mark.slow
@pytest.mark.parametrize(("number", "exercise"), EXERCISES)
def test_the_right_answer_is_right_and_each_mistake_is_named(number: str, exercise: Exercise) -> None:
    facts = facts_of(number)
    for name, answer in exercise.answers(facts).items():
        verdict = judged(exercise, answer, facts)
        assert verdict.name == name, (name, answer)
        for lang in LANGUAGES:
            said = sentence(verdict, lang, facts)
            assert said.startswith(f"{exercise.id} {'✓' if name == 'right' else '✗'}")
            if name != "right":
                assert tell(f"mistake.{name}", lang) in said
                assert tell(f"{exercise.id}.{name}", lang) in said


@pytest.mark.slow
@pytest.mark.parametrize(("number", "exercise"), EXERCISES)
def test_answers_are_further_apart_than_what_counts_as_equal(number: str, exercise: Exercise) -> None:
    """So no mistake is taken for the right answer, nor for another mistake, where a student rounds."""
    answers = list(exercise.answers(facts_of(number)).values())
    if exercise.choices:
        assert len(set(answers)) == len(answers)
        return
    gaps = [abs(float(one) - float(other)) for k, one in enumerate(answers) for other in answers[:k]]
    assert min(gaps) > 1.2 * exercise.within
    assert min(abs(float(answers[0]) - float(other)) for other in answers[1:]) > 2 * exercise.within


@pytest.mark.slow
@pytest.mark.parametrize(("number", "exercise"), EXERCISES)
def test_another_wrong_answer_gets_a_hint_without_the_answer(number: str, exercise: Exercise) -> None:
    facts = facts_of(number)
    answers = exercise.answers(facts)
    spare = [letter for letter in exercise.choices if letter not in answers.values()]
    if exercise.choices and not spare:
        return  # every letter is right or has a name
    answer: object = spare[0] if spare else 1000.0 + 3 * max(abs(float(one)) for one in answers.values())
    verdict = judged(exercise, answer, facts)
    assert verdict.name == "other"
    for lang in LANGUAGES:
        assert sentence(verdict, lang, facts).endswith(tell(f"{exercise.id}.other", lang))


@pytest.mark.slow
@pytest.mark.parametrize(("number", "exercise"), EXERCISES)
def test_a_hint_does_not_tell_the_answer(number: str, exercise: Exercise) -> None:
    """Hints have no slots, so no number of the run is in them."""
    for name in ("other", *exercise.mistakes):
        for lang in LANGUAGES:
            assert tell(f"{exercise.id}.{name}", lang, facts_of(number)) == tell(f"{exercise.id}.{name}", lang)


SHARE = Exercise("03.1", "difference", {"total": "total"}, within=0.002)
LETTER = Exercise("07.1", "sure", {"overlap": "a"}, choices="abcd")
FACTS = {"difference": 0.089, "total": -41.0, "sure": "b", "low": 0.07, "high": 0.11, "n": 20}


@pytest.mark.parametrize(("answer", "name"), [
    (0.0885, "right"), (np.float32(0.089), "right"), (-40.999, "total"), (8.9, "percent"), (-0.089, "sign"),
    (0.5, "other"), (9.2, "other"), ("0.089", "unread"), (math.nan, "unread"), (math.inf, "unread"), (None, "unread"),
    (True, "unread"), ([0.089], "unread"), (10**400, "unread"), (1j, "unread"), (..., "open"),
])  # fmt: skip
def test_any_answer_to_a_number_has_one_verdict(answer: object, name: str) -> None:
    verdict = judged(SHARE, answer, FACTS)
    assert verdict.name == name
    for lang in LANGUAGES:
        if name != "right":
            assert sentence(verdict, lang, {}).count("\n") == 0


@pytest.mark.parametrize(("answer", "name"), [
    ("b", "right"), (" (B) ", "right"), ("a", "overlap"), ("c", "other"), ("ab", "unread"), ("", "unread"),
    (2, "unread"), ("e", "unread"), (math.nan, "unread"), (..., "open"),
])  # fmt: skip
def test_any_answer_to_a_choice_has_one_verdict(answer: object, name: str) -> None:
    verdict = judged(LETTER, answer, FACTS)
    assert verdict.name == name
    if name == "unread":
        assert [sentence(verdict, lang, {}) for lang in LANGUAGES] == [
            "07.1 ? This exercise wants one of the letters a, b, c, d, in quotation marks.",
            "07.1 ? 这一题要 a, b, c, d 中的一个字母，要加引号。"]  # fmt: skip


def test_right_comes_before_a_mistake_with_the_same_answer() -> None:
    """Under some seed a mistake may lead to the right answer."""
    assert judged(SHARE, 0.089, {**FACTS, "total": 0.089}).name == "right"
