"""What people send on of a red packet, K10: the random split decides who gets how much, so what follows it is its doing.

Who looks first, and who gives gladly, differ in more than money; but of those who took a share of one packet, luck alone
says who drew much. So each is compared with the others of the same packet, as in a trial.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from sim.analysis.facts.published import Measures
from sim.analysis.facts.units import units_of
from sim.analysis.logs.marking import room_keys
from sim.analysis.statistics.bootstrap import Boot, Floats, gather

__all__ = ["k10"]


def k10(packets: pd.DataFrame, draws: int = 300) -> Measures:
    """Sent on within the day per unit drawn, and the part of it that comes from more people sending.

    ``packets`` has a row for everybody who took a share of a packet: its group and day (one such packet a day), what
    they ``received`` of it, and what they ``sent`` afterwards. With deviations from the means of the packet,

        sent_back = Σ x s / Σ x x,   x: received, s: sent
        share     = ā Σ x p / Σ x s, p: did they send (0 or 1), ā: mean of what those sent who did

    which is how far s = p · a follows x through p alone. It is open where luck moved nothing.
    """
    keys = room_keys(packets)
    n_units, unit = units_of(packets, packets)
    packet = packets.groupby([*keys, "day"], observed=True, sort=False).ngroup().to_numpy(np.int64)
    x, sent = _within(packets["received"], packet), packets["sent"].to_numpy(np.float64)
    does = (sent > 0).astype(np.float64)
    boot = Boot(n_units, draws)
    slope, slopes = boot.ratio(x * sent, x * x, unit)
    more, mores = boot.ratio(x * does, x * x, unit)
    mean, means = boot.ratio(sent, does, unit)
    with np.errstate(divide="ignore", invalid="ignore"):
        share, shares = float(np.divide(more * mean, slope)), mores * means / slopes
    return {
        "sent_back": gather(slope, slopes, len(x)),
        "share_from_more_senders": gather(share, shares, int(does.sum())),
    }


def _within(values: pd.Series, packet: np.ndarray) -> Floats:
    """Deviations from the mean of the packet."""
    x = values.to_numpy(np.float64)
    return np.asarray(x - (np.bincount(packet, x) / np.maximum(np.bincount(packet), 1))[packet], np.float64)
