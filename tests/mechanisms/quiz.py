"""Quiz (有奖问答): the host asks on a weekday at an hour; the first good answer gets a prize."""

from __future__ import annotations

from sim.engine.declarations import carried, daily, lever
from sim.engine.knobs import Knob
from sim.engine.levers import any_of, only_one
from sim.mechanisms import MEMBER, OPERATOR, Mechanism, pay, say, set_aside
from sim.model.rows import Desk, Group, Line, Member, Today, World
from sim.model.submodels.messages import QUESTION

__all__ = ["Quiz"]


class Quiz(Mechanism):
    """On a quiz day the host asks; whoever first answers well gets the prize, and it does them good.

    Source: assumption.
    """

    title = ("Quiz", "有奖问答")
    pull = Knob(0.5, 0.0, 10.0, "logit", "pull of a quiz that is announced", "assumption")
    good = Knob(0.2, 0.0, 1.0, "quality", "an answer of at least this quality is a good one", "assumption")
    joy = Knob(0.1, 0.0, 1.0, "share", "belonging gained by a prize", "assumption")

    class member:
        n_won: int = carried()

    class group:
        quiz_today: float = lever(any_of, "yes/no", "the host asks a quiz question today")
        quiz_hour: float = lever(only_one, "hour", "hour at which they ask", neutral=-1.0)
        quiz_prize: float = lever(only_one, "CNY", "prize for the first good answer", bears="quiz")
        n_quizzes: int = daily("quizzes asked", "问答次数")
        n_prizes: int = daily("quiz prizes won", "问答得奖次数", better=True)
        fen_prizes: int = daily("money paid as quiz prizes", "问答奖金", unit="CNY", better=False, booked=True)
        is_funded: int


@Quiz.at_plan(when="quiz_today")
def fund(group: Group, ours: Quiz.group, knobs: Quiz, world: World) -> None:
    """The prize is set aside: what the purse does not hold is not promised."""
    ours.is_funded = 1 if set_aside(ours.quiz_prize, group, world) else 0


@Quiz.each_member(before="visit", when="quiz_today")
def be_curious(
    me: Member, mine: Quiz.member, group: Group, ours: Quiz.group, today: Today, knobs: Quiz, world: World
) -> None:
    """visit + pull"""
    today.visit += knobs.pull


@Quiz.each_group(before="talk", when="quiz_today")
def ask(group: Group, ours: Quiz.group, knobs: Quiz, world: World, desk: Desk) -> None:
    """The host asks at the hour, for the minutes of a post, if they have them."""
    if ours.is_funded > 0 and group.host_slot >= 0 and group.minutes_left >= world.posting_minutes:
        group.minutes_left -= world.posting_minutes
        group.minutes_content += world.posting_minutes
        ours.n_quizzes += 1
        say(desk, 60.0 * ours.quiz_hour, group.host_slot, QUESTION, group)


@Quiz.each_line(when="quiz_today")
def judge(
    line: Line, answered: Line, me: Member, mine: Quiz.member, group: Group, ours: Quiz.group, knobs: Quiz,
    world: World,
) -> None:  # fmt: skip
    """The first answer of good quality to the host's question wins; β ← β + joy (1 − β)"""
    is_quiz = answered.slot == group.host_slot and answered.kind == QUESTION and line.reply_to >= 0
    if is_quiz and ours.n_prizes < ours.n_quizzes and line.quality >= knobs.good:
        ours.n_prizes += 1
        ours.fen_prizes += pay(OPERATOR, MEMBER, ours.quiz_prize, group)
        mine.n_won += 1
        me.belonging += knobs.joy * (1.0 - me.belonging)
