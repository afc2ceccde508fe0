"""What a search leaves behind: all trials and the front as CSV, and the page."""

from __future__ import annotations

import pandas as pd

from scenarios.experiments.output_folder import Leaving
from scenarios.experiments.search.options import SearchOptions
from sim.analysis.experiment.searched import Searched

__all__ = ["leaving", "write_search"]


def leaving(options: SearchOptions) -> Leaving:
    """The folder for it."""
    return Leaving("search", options.search.name, options.play.out, options.play.overwrite)


def write_search(options: SearchOptions, found: Searched) -> list[str]:
    """All trials, the front on both sets of seeds (empty if no point keeps the constraints), and the page; what to say
    of them."""
    search, front = options.search, found.front
    knobs = pd.DataFrame.from_dict(found.points, orient="index", columns=[axis.key for axis in search.axes])
    both = front.before.merge(front.after, on=["trial", "outcome"], suffixes=("_search", "_fresh"))
    both["keeps_constraints"] = both["trial"].isin(front.kept)
    both["unbeaten"] = both["trial"].isin(front.unbeaten)
    with leaving(options).filling() as folder:
        for name, table in (("trials", found.every), ("front", both)):
            table = table.astype({"trial": int}).merge(knobs, left_on="trial", right_index=True)
            table.to_csv(folder / f"{name}.csv", index=False, lineterminator="\n")
        told = [f"Tables: {folder}/trials.csv, {folder}/front.csv"]
        if options.play.report:
            from scenarios.reports.search_report import write_search_report

            told.append(f"Report: {write_search_report(found, folder)}")
    return told
