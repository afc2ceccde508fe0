"""Did the strategy do it, or was it luck? Differences between arms under common luck."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

VERDICTS = ("clear", "could be luck")


def paired(outcomes: pd.DataFrame, reference: str = "nothing") -> pd.DataFrame:
    """Frame [arm, world, outcome, reference, mean, reference_mean, difference, low, high, n, p, p_holm, luck, better].

    difference = mean over replicates of (arm − reference) with t interval; p_holm: Holm over the arms of one outcome;
    luck: "clear" if p_holm < 0.05, else "could be luck"; better: +1 better, −1 worse, 0 neither (by the registry).
    """
    raise NotImplementedError


def combination(
    outcomes: pd.DataFrame, combinations: Mapping[str, Sequence[str]], reference: str = "nothing"
) -> pd.DataFrame:
    """Frame [arm, world, outcome, reference, together, sum_of_parts, difference, low, high, n, p, p_holm, luck, verdict].

    together = combined − reference; sum_of_parts = Σ (part − reference); difference = together − sum_of_parts by replicate.
    verdict: "more than the sum", "less than the sum" or "could be the sum".
    """
    raise NotImplementedError
