"""What a configuration means once it is composed."""

from __future__ import annotations

import dataclasses
import os
import shutil
from pathlib import Path

import pytest

from agents import ROLES, Lurker
from scenarios import ConfigError, Scenario, compose
from scenarios.config import catalog
from scenarios.config.sections import FIELDS, SECTIONS
from scenarios.strategies.group_cap import GroupCap
from sim.mechanisms import mechanisms
from tests.walking import said


def test_defaults_come_from_the_knobs() -> None:
    scenario = compose()
    for key, section in SECTIONS.items():
        assert isinstance(getattr(scenario, FIELDS[key]), section)
    assert scenario.mind == SECTIONS["mind"]()


@pytest.mark.parametrize("name", catalog.options("scenario"))
@pytest.mark.parametrize("population", catalog.options("population"))
def test_every_scenario_in_every_size(name: str, population: str) -> None:
    scenario = compose([f"scenario={name}", f"population={population}"])
    assert scenario.name == scenario.world == name


@pytest.mark.parametrize("group", ["roles", "record", "strategy"])
def test_every_choice_composes(group: str) -> None:
    for name in catalog.options(group):
        compose([said(name) if group == "strategy" else f"{group}={name}"])


def test_sizes_of_the_populations() -> None:
    sizes = {name: compose([f"population={name}"]).population for name in ("small", "class", "city")}
    assert [(p.groups, p.seats) for p in sizes.values()] == [(20, 50), (100, 200), (10_000, 500)]


KNOB = next(name for name, knob in SECTIONS["mind"].knobs().items() if knob.kind == "number")
VALUE = SECTIONS["mind"].knobs()[KNOB].high


@pytest.mark.parametrize("plus", ["", "+", "++"])
def test_a_knob_needs_no_plus(plus: str) -> None:
    assert getattr(compose([f"{plus}mind.{KNOB}={VALUE}"]).mind, KNOB) == VALUE


def test_strategies_in_any_order_are_one_arm() -> None:
    one = compose(["strategy=[red_packet,group_cap]", "strategies.group_cap.limit=100"])
    other = compose(["strategies.group_cap.limit=100", "strategy=[group_cap,red_packet]"])
    assert one == other
    assert one.arm == "group_cap+red_packet"
    assert one.strategies[0].limit == 100


def test_references_between_numbers() -> None:
    scenario = compose(["strategy=group_cap", "strategies.group_cap.limit=${population.seats}", "population=small"])
    assert scenario.strategies[0].limit == 50


def test_the_empty_list_is_nothing() -> None:
    assert compose(["strategy=[]"]).arm == "nothing"


def test_a_scenario_is_frozen() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        compose().days = 3  # type: ignore[misc]


def test_replace_checks_and_relabels() -> None:
    scenario = compose(["strategy=paid_entry"])
    changed = scenario.replace(strategies=(GroupCap(limit=40),), mind={KNOB: VALUE}, days=30)
    assert (changed.arm, getattr(changed.mind, KNOB), changed.days) == ("group_cap", VALUE, 30)
    assert scenario.arm == "paid_entry"
    for mistake in ({"days": -1}, {"mind": {KNOB + "x": 1}}, {"start": "soon"}, {"strategies": (GroupCap(),) * 2}):
        with pytest.raises(ConfigError):
            scenario.replace(**mistake)


class Poet(Lurker):
    """A role from a notebook."""


def test_with_role_keeps_the_share() -> None:
    scenario = compose().with_role(Poet, share=0.1)
    assert scenario.roles == (*ROLES, Poet)
    assert scenario.role_shares["poet"] == 0.1
    assert scenario.role_shares["connector"] == scenario.cast.connectors
    assert scenario.as_dict()["added_roles"] == {"Poet": 0.1}


@pytest.mark.parametrize(("role", "share"), [(Poet, 1.0), (Poet, -0.1), (Poet, "many"), (Lurker, 0.1), (dict, 0.1)])
def test_with_role_refuses(role: type, share: float) -> None:
    with pytest.raises(ConfigError):
        compose(["roles.connectors=0.1"]).with_role(role, share)


def test_no_two_sections_share_a_knob() -> None:
    """The engine keeps the knobs of all sections in one row."""
    names = [name for section in SECTIONS.values() for name in section.knobs()]
    assert sorted(names) == sorted(set(names))


def test_as_dict_rebuilds_the_scenario() -> None:
    scenario = compose(["scenario=deals", "strategy=[group_cap,advert_ban]", "seed=7"])
    resolved = scenario.as_dict()
    strategies = {name: catalog.strategies()[name](**values) for name, values in resolved.pop("strategies").items()}
    in_play = {name: one(**resolved.pop(name)) for name, one in mechanisms().items() if name in resolved}
    assert set(in_play) == {"advert_ban", "offers", "queue"}
    fields = {FIELDS.get(k, k): SECTIONS[k](**v) if k in SECTIONS else v for k, v in resolved.items()}
    fields["added_roles"] = tuple(fields["added_roles"].items())
    rebuilt = Scenario(strategies=tuple(strategies.values()), tuned=tuple(in_play.values()), **fields)
    assert rebuilt.as_dict() == scenario.as_dict()
    assert Scenario(strategies=tuple(strategies.values()), **fields) == scenario  # all at their defaults


def test_compose_works_inside_a_hydra_session() -> None:
    from hydra import initialize_config_dir
    from hydra.core.global_hydra import GlobalHydra

    with initialize_config_dir(str(catalog.CONF), version_base="1.3"):
        compose()
        assert GlobalHydra.instance().is_initialized()


def edit(file: Path, old: str, new: str) -> None:
    """Put other words of the same length into a file, some time later."""
    text, before = file.read_text("utf-8"), file.stat()
    file.write_text(text.replace(old, new), "utf-8")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns + 1_000_000))
    assert file.stat().st_size == before.st_size
    assert file.read_text("utf-8") != text


def test_a_file_that_is_edited_meanwhile_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was composed of the same words is remembered, while no file changes, and nobody can spoil it."""
    words = ["population=small", "strategy=group_cap", "population.groups=3"]
    shipped = compose(words)
    assert compose(words) == shipped
    assert compose(words[:1]).population.groups != 3
    shutil.copytree(catalog.CONF, tmp_path / "conf")
    monkeypatch.setattr(catalog, "CONF", tmp_path / "conf")
    assert compose(words) == shipped
    file = catalog.CONF / "population" / "small.yaml"
    for seats in (77, 123):
        file.write_text(f"seats: {seats}\n", "utf-8")
        assert compose(words).population.seats == seats
    edit(file, "seats: 123", "seats: 124")
    assert compose(words).population.seats == 124
    edit(catalog.CONF / "config.yaml", "strategy: [nothing]", "strategy: [checkin]")
    assert compose().arm == "checkin"
    (catalog.CONF / "population" / "nowhere.yaml").symlink_to(tmp_path / "nothing")  # what is not asked for
    assert compose(words).population.seats == 124
    (catalog.CONF / "config.yaml").unlink()
    with pytest.raises(ConfigError, match=r"conf/config\.yaml"):
        compose(words)


def test_a_string_is_not_a_list_of_overrides() -> None:
    with pytest.raises(ConfigError, match="list"):
        compose("days=3")
