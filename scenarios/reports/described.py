"""What was run, told from resolved configurations: a title, and what makes each world and each arm what it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from scenarios.config.catalog import OWN
from scenarios.config.compose import Composer
from scenarios.config.overrides import written
from scenarios.errors import ConfigError
from scenarios.scenario import Scenario
from sim.engine.knobs import snake_case
from sim.locale.words import join, languages, say, semicolons, world_label
from sim.mechanisms import mechanisms

__all__ = ["Described", "as_written", "described", "plugins_of", "run_title", "without_plugins"]

Config = Mapping[str, Any]
Texts = dict[str, tuple[str, ...]]


class Described(NamedTuple):
    """What to say of worlds and of arms, by label; ``combined`` are arms of two strategies or more."""

    worlds: Texts
    arms: Texts
    combined: frozenset[str]


def run_title(worlds: Iterable[str]) -> dict[str, str]:
    """The question every run answers, by language."""
    names = list(worlds)
    return {lang: say("report_title", lang, worlds=join([world_label(name, lang) for name in names], lang))
            for lang in languages()}  # fmt: skip


def as_written(arms: Iterable[str], reference: str, lang: str) -> list[str]:
    """The labels of arms as the user wrote them, the reference first, where there are several: pages and tables show
    readable names.
    """
    others = [arm for arm in arms if arm != reference]
    return [say("told_arms", lang, reference=reference, arms=semicolons(others, lang))] if others else []


def described(configs: Sequence[tuple[str, str, Config]]) -> Described:
    """What to say of worlds and of arms, from the configuration of each (``world, arm, config``).

    Of a world: its scenario and the settings that differ from the scenario's file in all its arms. Of an arm: its
    strategies with their doses, and the settings that are not those of all arms.
    """
    composer, settings = Composer(), {}
    for world, arm, config in configs:
        settings[world, arm] = _settings(config, composer)
    worlds: Texts = {}
    for world in dict.fromkeys(world for world, _, _ in configs):
        first, *others = (found for (one, _), found in settings.items() if one == world)
        worlds[world] = tuple(text for text in first if all(text in other for other in others))
    arms: Texts = {}
    for world, arm, config in configs:
        own = tuple(text for text in settings[world, arm] if text not in worlds[world])
        arms.setdefault(arm, (*_doses(config), *own))
    return Described(worlds, arms, frozenset(arm for _, arm, config in configs if len(_doses(config)) > 1))


def _doses(config: Config) -> tuple[str, ...]:
    """The strategies of an arm with their numbers: ``group_cap limit=30 queue=20``."""
    given = config.get("strategies")
    if not isinstance(given, Mapping):
        return ()
    return tuple(" ".join([name, *(f"{knob}={value}" for knob, value in doses.items())])
                 for name, doses in given.items() if isinstance(doses, Mapping))  # fmt: skip


def _settings(config: Config, composer: Composer) -> tuple[str, ...]:
    """The scenario of a world, the numbers that are not those of its file, and what happens on its days.

    Where the file is not at hand, for it is made in Python or lies in another folder: all that are not the defaults.
    """
    name = config.get("name", "?")
    try:
        file = composer.scenario([f"scenario={name}"]).as_dict()
    except ConfigError:
        file = Scenario().as_dict()
    file |= {name: dict(made()) for name, made in mechanisms().items() if name not in file}
    shares = {snake_case(str(role)): share for role, share in _mapping(config.get("added_roles")).items()}
    config = {**config, "roles": {**_mapping(config.get("roles")), **shares}}
    changed = [f"{key}.{knob}={value}" for key in file if key not in ("strategies", "added_roles")
               for knob, value in _mapping(config.get(key)).items()
               if value != _mapping(file[key]).get(knob)]  # fmt: skip
    events = config.get("timeline") or []
    told = [f"timeline={written([dict(event) for event in events])}"] if events else []
    ensemble = _mapping(config.get("ensemble"))
    return (f"scenario={name}", *([f"world={ensemble['name']}"] if ensemble else []), *changed, *told)


def plugins_of(meta: Mapping[str, Any]) -> dict[str, str]:
    """The plugins that any arm of a run was played with, and the hash of their text."""
    configs = (_mapping(one) for one in _mapping(meta.get("arms")).values())
    return {str(name): str(version) for one in configs for name, version in _mapping(one.get("plugins")).items()}


def without_plugins(meta: Mapping[str, Any], lang: str) -> list[str]:
    """That a run was played with plugins which are not given now, if it was."""
    missing = [name for name in plugins_of(meta) if name not in OWN.plugins]
    return [say("reading_plugins", lang, names=join(missing, lang))] if missing else []


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
