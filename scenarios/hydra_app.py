"""For those who use Hydra itself: its own multirun, with its own launchers, into the same store.

    python -m scenarios.hydra_app -m strategy=nothing,paid_entry scenario=pet_owners,deals store=outputs/store
    python -m scenarios.hydra_app -m hydra/launcher=joblib strategy=nothing,paid_entry store=outputs/store

Hydra only composes and launches: each of its jobs hands its overrides to :func:`scenarios.compose`, so keys, checks and
runs are those of ``shequn run``. Any number of jobs may write into one store at a time.
"""

from __future__ import annotations

import sys

import hydra
from hydra.core.hydra_config import HydraConfig
from omegaconf import DictConfig

from scenarios.config import catalog
from scenarios.config.compose import compose
from scenarios.config.files import check_all
from scenarios.errors import UserError
from scenarios.experiments.options import STORE
from scenarios.experiments.single_runs import play_into_store, store_of
from sim.data.store import Store, StoreError

__all__ = ["main"]


@hydra.main(version_base="1.3", config_path=str(catalog.CONF), config_name="config")
def main(config: DictConfig) -> int:
    """One job of Hydra: one scenario."""
    asked, store = store_of(list(HydraConfig.get().overrides.task))
    try:
        scenario = compose(asked)
        with Store(store or STORE) as opened:
            _, tally = play_into_store([scenario], opened, said=asked)
    except (UserError, StoreError) as error:
        raise SystemExit(f"shequn: {error}") from error
    return tally.failed


def _free(words: list[str]) -> list[str]:
    """Keys that no file of ``conf`` holds need Hydra's ``++``; config groups and Hydra's own are left alone."""
    groups = {*catalog.GROUPS, "hydra"}
    return [f"++{word}" if _is_new(word, groups) else word for word in words]


def _is_new(word: str, groups: set[str]) -> bool:
    key = word.partition("=")[0]
    return "=" in word and word[0] not in "+~-" and key.split(".")[0].split("/")[0] not in groups - {"scenario"} and (
        key not in groups
    )


if __name__ == "__main__":
    sys.argv[1:] = _free(sys.argv[1:])
    try:
        if any(word.lstrip("+").startswith("arms=") for word in sys.argv[1:]):
            raise UserError("arms= is for `shequn run`; Hydra's own way is a sweep: -m strategy=nothing,paid_entry")
        check_all()  # Hydra obeys some words of a file before anybody can look at what it has composed
    except UserError as error:
        print(f"shequn: {error}", file=sys.stderr)
        sys.exit(2)
    main()
