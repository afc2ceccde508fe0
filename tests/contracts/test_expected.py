"""What strategies are expected to do is said in words that exist, of something else than their own levers count."""

from __future__ import annotations

import pytest

from scenarios.config import catalog
from scenarios.config.compose import compose
from scenarios.strategies.base import Strategy
from scenarios.strategies.expected import strategy_and_dose
from scenarios.strategies.plans import PLANS
from sim.analysis.registry import OUTCOMES
from sim.mechanisms import mechanisms
from tests.walking import STRATEGIES

SAYING = {name: made for name, made in STRATEGIES.items() if made.expected}


def test_nearly_every_strategy_says_what_it_is_expected_to_do() -> None:
    assert len(SAYING) >= 58
    assert "nothing" not in SAYING


@pytest.mark.parametrize("name", [*SAYING, *PLANS])
def test_what_is_expected_can_be_played_and_measured(name: str) -> None:
    for one in {**SAYING, **PLANS}[name].expected:
        assert one.outcome in OUTCOMES
        assert one.sign in (-1, 0, 1)
        assert one.least is None or one.least > 0.0
        (against, dose), (beside, more) = strategy_and_dose(one.against), strategy_and_dose(one.beside)
        assert {against, beside} <= {"", *STRATEGIES}
        assert beside not in {against, name} - {""}
        assert one.against != name
        given = tuple(f"strategies.{name}.{knob}" for knob in one.given)
        at_each_dose = {knob.partition("=")[0] for knob in one.given}
        assert not at_each_dose & {knob for knobs in {**SAYING, **PLANS}[name].doses for knob in knobs}
        for arm, doses in ((against, dose), (name, given)):
            plan = f"strategy=[{','.join(sorted({arm, beside} - {''})) or 'nothing'}]"
            compose([f"scenario={one.world}", plan, f"days={one.days}", *one.settings, *doses, *more])


@pytest.mark.parametrize("name", SAYING)
def test_three_doses_are_declared_and_differ(name: str) -> None:
    made: type[Strategy] = SAYING[name]
    default = made()
    assert len({default.replace(dose) for dose in made.doses}) == 3


@pytest.mark.parametrize("name", PLANS)
def test_plans_are_played_at_three_doses(name: str) -> None:
    arms = [compose([f"strategy=[{name}]", *(f"strategies.{knob}={value}" for knob, value in dose.items())])
            for dose in PLANS[name].doses]  # fmt: skip
    assert len({arm.strategies for arm in arms}) == 3


@pytest.mark.parametrize("name", SAYING)
def test_nobody_is_judged_by_what_their_own_lever_counts(name: str) -> None:
    """A strategy that sends packets is not tested by the number of packets."""
    turned = SAYING[name].turns()
    own = {column for one in mechanisms().values() if turned & set(one.levers())
           for column in one.columns("group", "daily")}  # fmt: skip
    assert {one.outcome for one in SAYING[name].expected} & own == set()
    assert catalog.strategies()[name] is SAYING[name]
