"""``shequn advise`` at a terminal: each answer is checked at once, in the language spoken; breaking off is polite."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator

import pytest

from scenarios.__main__ import main
from scenarios.cli import advise as advise_command
from scenarios.cli import advise_questions
from scenarios.cli.advise_questions import ASKED, answers, command, go_on
from scenarios.config.compose import Composer
from sim.locale.speaking import speaking
from tests.walking import is_chinese


def typed(*lines: str) -> Callable[[str], str]:
    rest: Iterator[str] = iter(lines)

    def read(prompt: str) -> str:
        try:
            return next(rest)
        except StopIteration:
            raise EOFError from None

    return read


def test_enter_takes_every_default(capsys: pytest.CaptureFixture[str]) -> None:
    words = answers(Composer(), typed(*[""] * len(ASKED)))
    assert command(words) == ("shequn advise kind=pet_owners groups=10 people=0 hours=1.5 yuan=500 "
                              "matters=life:1,talk:1,sales:1")  # fmt: skip
    assert "Pet owners" in capsys.readouterr().out


def test_a_wrong_answer_is_told_why_and_asked_again(capsys: pytest.CaptureFixture[str]) -> None:
    lines = ("pets", "deals", "0", "2.5", "many", "3", "20", "-1", "2", "100", "fun", "talk; sales:3", "red_paket",
             "red_packet, shills")  # fmt: skip
    words = answers(Composer(), typed(*lines))
    assert words == ["kind=deals", "groups=3", "people=20", "hours=2", "yuan=100", "matters=talk:1,sales:3",
                     "without=red_packet,shills"]  # fmt: skip
    told = capsys.readouterr().out
    for why in ("there is no kind of group 'pets'", "no number from 1", "not a whole number", "no number from 0",
                "no 'fun'", "did you mean 'red_packet'"):  # fmt: skip
        assert why in told
    assert told.count("That cannot be") == 7


def test_in_chinese_with_names_and_digits_as_they_are_typed_there(capsys: pytest.CaptureFixture[str]) -> None:
    with speaking("zh"):
        words = answers(Composer(), typed("养宠群", "５", "", "", "", "寿命，销售：２", "发红包、shills"))
    assert words == ["kind=pet_owners", "groups=5", "people=0", "hours=1.5", "yuan=500", "matters=life:1,sales:2",
                     "without=red_packet,shills"]  # fmt: skip
    questions = [line for line in capsys.readouterr().out.splitlines() if line and not line.startswith(" ")]
    assert all(is_chinese(line) for line in questions)


def test_what_the_engine_cannot_play_is_told_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    """A group of one member is none that is there already."""
    answers(Composer(), typed("", "", "1", "", "", "", "", ""))
    assert "population.members=1" in capsys.readouterr().out


def test_only_a_no_keeps_it_from_playing() -> None:
    assert go_on(typed(""))
    assert go_on(typed("yes"))
    assert not go_on(typed("N"))
    assert not go_on(typed("否"))


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(advise_questions, "at_a_terminal", lambda: True)
    return monkeypatch


@pytest.mark.parametrize("end", [EOFError, KeyboardInterrupt])
def test_breaking_off_is_polite(end: type[BaseException], terminal: pytest.MonkeyPatch,
                                capsys: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    def read(prompt: str) -> str:
        raise end

    terminal.setattr(advise_questions.answers, "__defaults__", (read,))
    assert main(["advise"]) == 130
    told = capsys.readouterr()
    assert "broken off" in told.err
    assert "Traceback" not in told.err + told.out


def test_it_tells_what_it_takes(terminal: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    played: list[list[str]] = []
    terminal.setattr(advise_questions.answers, "__defaults__", (typed(*[""] * len(ASKED)),))
    terminal.setattr(advise_command, "_play", lambda words, composer: played.append(words) or 0)
    for answer, times in (("no", 1), ("", 2)):
        played.clear()
        terminal.setattr(advise_questions.answers, "__defaults__", (typed(*[""] * len(ASKED)),))
        terminal.setattr(advise_questions.go_on, "__defaults__", (typed(answer),))
        assert main(["advise"]) == 0
        assert len(played) == times
        assert played[0][-1] == "plan=true"
        assert "plan=true" not in played[-1] or times == 1
    assert "shequn advise kind=pet_owners" in capsys.readouterr().out


def test_nobody_is_asked_where_nobody_sits(monkeypatch: pytest.MonkeyPatch) -> None:
    played: list[list[str]] = []
    monkeypatch.setattr(advise_command, "_play", lambda words, composer: played.append(words) or 0)
    assert main(["advise"]) == 0
    assert played == [[]]
