"""What a student who has understood would write into the cells of exercises, by the names of the notebook."""

from __future__ import annotations

__all__ = ["ANSWERS"]

ANSWERS = {
    "01.1": '1 - (diary["day"] == 60).sum() / diary["person"].nunique()',
    "01.2": 'last["messages"].median()',
    "02.1": '1 - played.groups["censored"].mean()',
    "02.2": "talk.idxmax(axis=1).mean()",
    "03.1": '(rate["seats_200"] - rate["seats_20"]).mean()',
    "03.2": '"b" if small["members_peak"].std() == 0 else "c"',
    "03.3": "4 * 20",
    "04.1": '(same["paid_entry"] - same["nothing"]).groupby("replicate").mean().mean()',
    "04.2": '"b" if adverts["advert_ban"].mean() < 0.005 else "c"',
    "05.1": '(own["red_packet"] - own["nothing"]).groupby("replicate").mean().mean()',
    "05.2": '"c" if played.groups.query("arm != \'nothing\'")["censored"].mean() > 0.95 else "b"',
    "06.1": "lead(tried.fresh, best).mean()",
    "06.2": '"c" if interval(lead(tried.fresh, best)).low > 0 else "b"',
    "07.1": '"b" if interval(capped - free).high < 0 or interval(capped - free).low > 0 else "e"',
    "07.2": "(free.var() + capped.var()) / (capped - free).var()",
    "08.1": 'curve.set_index("age")["share"][60]',
    "08.2": 'people.assign(bought=people["n_purchases"] > 0).groupby(["replicate", "person"])["bought"].any()'
            '.groupby("replicate").mean().mean()',
    "09.1": '(table["luck"] == "clear").sum()',
    "09.2": '"b" if table["low"]["paid_entry"] <= 0 <= table["high"]["paid_entry"] else "e"',
}  # fmt: skip
