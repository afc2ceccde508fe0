"""Where the numbers of a scenario are declared: one class of knobs for each section of the configuration.

This is the only list of sections; each mechanism adds its own. The defaults of a section are those of its knobs; a YAML
file in ``conf/`` holds what differs.
"""

from __future__ import annotations

from agents.composition import Cast
from agents.psychology import Mind
from agents.topic import Purpose
from scenarios.config.settings import Settings
from sim.engine.knobs import Knob, KnobSet
from sim.mechanisms import mechanisms
from sim.model.parameters import Market, Operator, Population, Talk

__all__ = ["FIELDS", "SECTIONS", "all_knobs", "own_roles", "sections", "shown_knobs"]

# Key in the configuration → class of knobs.
SECTIONS: dict[str, type[KnobSet]] = {
    "population": Population,
    "scenario": Purpose,
    "market": Market,
    "talk": Talk,
    "mind": Mind,
    "roles": Cast,
    "operator": Operator,
}

# Key in the configuration → field of the Scenario, where the two differ.
FIELDS: dict[str, str] = {key: key for key in SECTIONS} | {"scenario": "purpose", "roles": "cast"}


def sections() -> dict[str, type[KnobSet]]:
    """Every section of the configuration: the model's own, and one for each mechanism."""
    return {**SECTIONS, **mechanisms()}


def own_roles() -> dict[str, Knob]:
    """How many there are of each role of the user's, by its name in the section ``roles``."""
    from scenarios.config.catalog import OWN

    return {name: Knob(0.0, 0.0, 1.0, "share of the market", f"people who play {OWN.roles[name].__name__}",
                       "a role of your own", is_founding=True) for name in sorted(OWN.roles)}  # fmt: skip


def all_knobs() -> dict[str, Knob]:
    """Every knob that can be given on the command line, by its full name (``talk.tie_gain``, ``seed`` …)."""
    from scenarios.config.catalog import strategies

    windows = {f"strategies.{name}.{knob}": declared for name, strategy in strategies().items()
               for knob, declared in strategy.window_knobs().items()}  # fmt: skip
    return shown_knobs() | windows


def shown_knobs() -> dict[str, Knob]:
    """The same for people: without those of the windows, which are alike for all strategies."""
    from scenarios.config.catalog import strategies

    found = {name: knob for name, knob in Settings.knobs().items()}
    for key, section in sections().items():
        found |= {f"{key}.{name}": knob for name, knob in section.knobs().items()}
    found |= {f"roles.{name}": knob for name, knob in own_roles().items()}
    for name, strategy in strategies().items():
        found |= {f"strategies.{name}.{knob}": declared for knob, declared in strategy.own_knobs().items()}
    return found
