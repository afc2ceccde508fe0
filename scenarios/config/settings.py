"""The settings of a run: how long, how often, by which lane."""

from __future__ import annotations

from sim.engine.knobs import Knob, KnobSet

__all__ = ["Settings"]


class Settings(KnobSet):
    """What stands at the top of the configuration, beside the sections."""

    seed = Knob(1, 0, 10**15, "", "with the config it determines everything", "contract")
    replicates = Knob(20, 1, 10_000, "communities", "the same community under so many seeds", "contract")
    days = Knob(180, 1, 20_000, "days", "days simulated", "contract")
    lane = Knob("compiled", None, None, "", "who plays the rules: Numba over rows, or Mesa one agent at a time",
                "docs/design.md", choices=("compiled", "mesa"))
    threads = Knob(1, 1, 256, "threads", "threads of the compiled lane; the result does not depend on it", "contract")
    record = Knob("spells", None, None, "", "what is kept: daily counts; memberships too; messages too", "contract",
                  choices=("counts", "spells", "messages"))
    luck = Knob("keyed", None, None, "", "the hash that luck comes from; philox is slower and checks the other",
                "docs/design.md", choices=("keyed", "philox"))
    same_members = Knob(False, None, None, "", "the same people are let in regardless of the door, to tell what a "
                        "door selects from what it does", "contract")
