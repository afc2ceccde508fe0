"""Tables for people: ``benchmarks/README.md`` from the kept results."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from benchmarks import advise_page
from benchmarks.harness import QUICK, RESULTS, kept

__all__ = ["write_page"]

HEAD = """# Benchmark

Made by `make bench` (`python -m benchmarks`); numbers are as measured, `results/*.json` holds them with the scenario of
each. A member-day is one member on one day. Times are the median of repeats, in brackets the lowest and highest.
"""


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def told(found: dict[str, float], digits: int = 0, unit: str = "") -> str:
    """Median with its range."""
    low, high = f"{found['low']:,.{digits}f}", f"{found['high']:,.{digits}f}"
    return f"{found['median']:,.{digits}f}{unit} ({low}–{high})"


def peer(found: dict[str, Any]) -> str:
    """The engine beside the plain-Mesa peer."""
    names = {"compiled": "compiled lane", "mesa_lane": "Mesa lane (same rules as the compiled lane, one at a time)",
             "peer": "plain Mesa (the peer: ordinary objects, ordinary random numbers)"}  # fmt: skip
    members, empty = found["members_at_start"], found["empty_step_ns_per_agent"]
    return "\n".join([
        f"Same rules, {members['compiled']:,.0f} members ({members['peer']:,.0f} in the peer), one process, one thread,"
        " days taken in turns. That outcomes agree is tested in `tests/oracles/test_peer_agrees.py`.\n",
        table(("", "ns per member-day"), [(names[k], told(v)) for k, v in found["ns"].items()]),
        f"The compiled lane is **{told(found['times_faster'])} times** faster than the peer. To ask an agent to do"
        f" nothing costs {told(empty['mesa'])} ns in a bare Mesa model, {told(empty['mesa_laden'])} ns if Mesa's agents"
        f" carry as many attributes as the peer's, and {told(empty['peer'])} ns in the peer."
        f" Messages per member-day while timed: {found['messages_per_member_day']['compiled']:.3f} and"
        f" {found['messages_per_member_day']['peer']:.3f}.\n",
    ])  # fmt: skip


def phases(found: dict[str, Any]) -> str:
    """Whole days, and phase by phase."""
    days = [(f"{r['population']}, {r['arm']}", f"{r['communities']} × {r['days']} days",
             f"{r['members_per_group_at_end']:.0f}", told(r["ns"])) for r in found["whole_days"]]  # fmt: skip
    lanes = found["phases"]
    rows = [[name, *(f"{max(0.0, lanes[lane]['phases'][name]):,.1f}" for lane in lanes)]
            for name in lanes["compiled"]["phases"]]  # fmt: skip
    rows.append(["sum of single phases", *(f"{lanes[lane]['sum']:,.0f}" for lane in lanes)])
    rows.append(["the day as it is run", *(told(lanes[lane]["day_as_run"]) for lane in lanes)])
    return "\n".join([
        "Whole days on one thread, from founding on:\n",
        table(("population, strategies", "communities", "members per group at the end", "ns per member-day"), days),
        "Single phases, ns per member-day. The day as it is run goes through the members once in the morning and once"
        " at night instead of once per phase:\n",
        table(("phase", *lanes), rows),
    ])  # fmt: skip


def growth(found: dict[str, Any]) -> str:
    """Cost by size."""
    rows = [(f"{r['mean_members']:,.0f}", told(r["ns"]), f"{r['founding_and_warming_s']:.1f}",
             f"{r['member_table_gb']:.2f}", f"{r['peak_gb_so_far']:.2f}") for r in found["sizes"]]  # fmt: skip
    head = ("members", "ns per member-day", "founding and 10 days, s", "table of members, GB", "peak memory so far, GB")
    return table(head, rows) + f"\nLargest against ten thousand: {found['largest_against_ten_thousand']:.2f}.\n"


def threads(found: dict[str, Any]) -> str:
    """Two threads against one."""
    rows = [(name, told(found["ns"][name])) for name in ("one", "two")]
    return (f"{found['members']:,} members, {found['cores']} cores.\n\n" + table(("threads", "ns per member-day"), rows)
            + f"\nTwo threads are **{told(found['times'], 2)} times** as fast as one.\n")  # fmt: skip


def starsim(found: dict[str, Any]) -> str:
    """Cost per event."""
    peer = f"Starsim {found['starsim_version']}, SIR, {found['agents']:,} agents, ten contacts"
    rows = [
        (f"here, `{' '.join(found['scenario'])}`", "a line read, a look, a line written", told(found["ns"]["ours"])),
        (peer, "a contact in a step", told(found["ns"]["starsim"])),
    ]
    note = "\nThe two do not do the same; whole days and steps are counted.\n"
    return table(("", "event", "ns per event"), rows) + note


def mechanisms(found: dict[str, Any]) -> str:
    """What mechanisms cost."""
    def ratio(name: str) -> str:
        one = found[name]
        return f"{one['median']:.3f} ({one['low']:.3f}–{one['high']:.3f}, {one['n']} pairs of days)"

    first = found["first_use"]
    rows = [
        ("a day with every mechanism in play and no lever turned", f"{ratio('silent')} times a day without"),
        ("a day with ten rules over all visitors", f"{ratio('ten')} times a day without"),
        ("first day of a fresh machine, no strategy", f"{first['without']:.1f} s"),
        ("first use of a rule", f"{first['each']:.2f} s each, mean of {first['rules']}"),
    ]
    return f"`{' '.join(found['scenario'])}`, {found['members']:,} members; 95 % intervals.\n\n" + table(("", ""), rows)


def city(found: dict[str, Any]) -> str:
    """The year of the city."""
    rows = [
        ("wall time", f"{found['wall_s']:,.0f} s (played after {found['played_after_s']:,.0f} s, the rest is tables)"),
        ("peak memory", f"{found['peak_gb']:.2f} GB ({found['peak_gb_when_played']:.2f} GB when played)"),
        ("member-days", f"{found['member_days']:,.0f}"),
        ("mean occupancy", f"{found['mean_occupancy']:.0%} (at the end {found['occupancy_at_end']:.0%})"),
        ("messages per living group and day", f"{found['messages_per_living_group_day']:.1f}"),
        ("groups living at the end", f"{found['share_living_at_end']:.0%}"),
    ]
    return f"`{' '.join(found['scenario'])}`\n\n" + table(("", ""), rows)


def first_picture(found: dict[str, Any]) -> str:
    """From command to picture."""
    rows = [(name.removesuffix("_cache"), *(f"{found[name][k]:.1f}" for k in ("run_s", "report_s", "total_s")))
            for name in ("cold_cache", "warm_cache") if name in found]  # fmt: skip
    text = f"`{' '.join(found['command'])}`, then `shequn report`:\n\n"
    text += table(("compile cache", "run, s", "report, s", "both, s"), rows)
    if "demo_cold_s" in found:
        text += f"\nThe demo: {found['demo_cold_s']:.0f} s cold, {found['demo_warm_s']:.0f} s warm.\n"
    return text


def common_luck(found: dict[str, Any]) -> str:
    """What common luck saves."""
    def figure(value: float | None, digits: int = 0) -> str:
        return "–" if value is None else f"{value:,.{digits}f}"

    rows = [(f"{r['arm']} – {r['reference']}", r["outcome"], figure(r["needed"]), figure(r["needed_own"]),
             f"{figure(r['gain'], 1)} ({figure(r['low'], 1)}–{figure(r['high'], 1)})", figure(r["correlation"], 2),
             figure(r["ceiling"], 1)) for r in found["rows"]]  # fmt: skip
    head = ("difference", "outcome", "communities, common luck", "communities, own luck", "gain", "correlation",
            "ceiling")  # fmt: skip
    reached = [f"{r['arm']} ({r['outcome']})" for r in found["rows"] if (r["low"] or 0) >= found["aim"]]
    first = [r for r in found["rows"] if r["outcome"] == "lifetime" and r["reference"] == "nothing"]
    told_first = ", ".join(f"{r['arm']} {figure(r['gain'], 1)}" for r in first)
    return "\n".join([
        f"`{' '.join(found['scenario'])}`; {found['n']} communities per arm and kind of luck. Communities per arm for a"
        " 95 % interval of half of what matters, with arms under one seed and under different seeds. Gain: ratio of"
        " the variances with 95 % interval. Ceiling: the gain if both arms were perfectly correlated.\n",
        table(head, rows),
        f"The aim is a gain of {found['aim']:g}. Lifetime: {told_first}. Surely reached ({len(reached)} of"
        f" {len(found['rows'])}): {', '.join(reached) or 'nowhere'}. Common luck pays most where a strategy changes"
        " little; one that lengthens most lives also changes how much communities differ, which no pairing cancels.\n",
    ])  # fmt: skip


def study(found: dict[str, Any]) -> str:
    """What a study costs beyond its simulations."""
    workers, other = found["workers"], found["peer"]
    memory = ", ".join(f"{gb:.2f} GB at {runs}" for runs, gb in found["peak_gb"].items())
    return "\n".join([
        f"{found['arms']} arms × {found['seeds']} seeds = {found['runs']:,} runs of 200 seats and"
        " 180 days, once each.\n",
        table(("", "measured"), [
            ("plain `simulate`", f"{found['simulate_ms_per_run']:.1f} ms a run"),
            ("what the study adds", f"{found['overhead_ms_per_run']:.1f} ms a run; of processor time "
                                    f"{found['overhead_cpu_ms_per_run']:.1f} ms"),
            ("two worker processes against one", f"{workers['ratio']:.2f} times as fast once started; with their start "
                                                 f"{workers['ratio_with_start']:.2f}"),
            ("most memory of the process", memory),
            ("`mesa.batch_run` over the plain-Mesa peer", f"{other['seconds_per_run']:.2f} s a run, from "
                                                          f"{other['runs']} runs"),
            ("the study against it, one process each", f"{found['times_faster_than_batch_run']:.0f} times as fast"),
        ]),
    ])  # fmt: skip


def ten(found: dict[str, Any]) -> str:
    """Ten strategies beside four."""
    ratio, city = found["ratio"], found["city"]
    return (f"`{' '.join(found['scenario'])}`; {', '.join(found['ten'])} beside {', '.join(found['four'])}, days taken"
            f" in turns: **{ratio['median']:.2f} times** the time for each message (95 % interval {ratio['low']:.2f} to"
            f" {ratio['high']:.2f}, {ratio['n']} pairs of days). A city in which the ten are played, of"
            f" {city['members']:,} members: {city['peak_gb']:.2f} GB after {city['days']} days; a further day's counts"
            " take some 5 MB.\n")


def browsers(found: dict[str, Any]) -> str:
    """A class at the page."""
    memory = ", ".join(f"{mb:,.0f} MB after {runs}" for runs, mb in found["memory_mb"].items())
    return (f"{found['browsers']} browsers on the server's machine, {found['cores']} cores, each moving a slider at"
            f" the same moment (`{found['question']}`, two arms, no question like another's, all asking for fans): the"
            f" new curve was there after {told(found['answer_s'], 1)} s; lost: {found['lost']}. Different runs, two at"
            f" a time; server and workers together held {memory}. Load of the machine before: {found['load']:.1f}.\n")


def recovery(found: dict[str, Any]) -> str:
    """Numbers of a world found again in simulated logs."""
    parts = []
    for name, kind in (("twenty_rooms", "twenty rooms"), ("one_group", "one group of 200 people")):
        one = found[name]
        both = zip(one["told"], one["untold"], strict=True)
        rows = [(f"`{r['key']}`", *(cell for some in (r, less) for cell in _found_again(some))) for r, less in both]
        parts += [
            f"A log of {kind} over {one['days']:.0f} days: {one['logs']} logs with numbers drawn from the prior, each"
            f" fitted through one table of {one['table']:,} others ({one['unplayable']} could not be played;"
            f" {one['seconds'] / 60:,.0f} min). First where the log tells who joined and left, then where it does not:"
            " how often the 90 % interval holds the number (95 % limits), its median width as a share of the prior's"
            " range, correlation of the median with the number, and whether it is told (a width of at most half).\n",
            table(("number", "holds", "width", "correlation", "told", "without joins: holds", "width", "correlation",
                   "told"), rows),
        ]  # fmt: skip
    return "\n".join(parts)


def _found_again(row: dict[str, Any]) -> tuple[str, ...]:
    return (f"{row['coverage_90']:.2f} ({row['low']:.2f}–{row['high']:.2f})", f"{row['width']:.2f}",
            f"{row['correlation']:.2f}", "yes" if row["told"] else "no")  # fmt: skip


def tournament(found: dict[str, Any]) -> str:
    """A tournament, and the same runs as a plain study."""
    names = {"tournament": "`shequn tournament`", "study": "the same runs by `shequn study`"}
    rows = [(name, *(f"{found[key][what]:.0f} s" for what in ("seconds", "cpu_seconds")))
            for key, name in names.items()]  # fmt: skip
    return "\n".join([
        f"{found['teams']} teams and doing nothing × {found['communities']} communities × {found['days']} days,"
        f" population small, {found['workers']} workers ({found['runs']:,} runs), from the command to boards and page;"
        f" rules compiled before. Load of the machine before: {found['load']:.1f}, which lengthens the time by the"
        " clock.\n",
        table(("", "by the clock", "of processors"), rows),
        "\nA tournament keeps the daily table, to tell what was spent, and makes boards and page:"
        f" {found['cpu_ratio']:.2f} times the processors' seconds of the plain study.\n",
    ])  # fmt: skip


CHAPTERS = {
    "peer": ("Beside plain Mesa", peer),
    "phases": ("By phase and lane", phases),
    "growth": ("Growth of cost", growth),
    "common_luck": ("What common luck saves", common_luck),
    "threads": ("Two threads", threads),
    "mechanisms": ("What mechanisms cost", mechanisms),
    "ten": ("Ten strategies", ten),
    "starsim": ("Cost per event beside Starsim", starsim),
    "city": ("A city for a year", city),
    "first_picture": ("From command to first picture", first_picture),
    "study": ("A study", study),
    "tournament": ("A tournament of twenty teams", tournament),
    "browsers": ("A class at the page", browsers),
    "recovery": ("Numbers of a world found again in its logs", recovery),
    "advise": ("Is the advice any good?", lambda found: advise_page.told(found, table)),
}


def foot(found: dict[str, Any]) -> str:
    """Where and when a part was measured."""
    at = found["machine"]
    versions = ", ".join(f"{name} {number}" for name, number in at["versions"].items())
    place = f"{at['processor']}, {at['cores']} cores, {at['memory_gb']} GB, {at['system']}"
    return f"<sub>{place}; {versions}; commit {found['commit']}, {found['date']}</sub>\n"


def write_page(quick: bool) -> Path:
    """Write the page from whatever has been kept."""
    text = [HEAD]
    for part, (title, chapter) in CHAPTERS.items():
        found = kept(part, quick)
        if found is not None:
            text.append(f"## {title}\n\n{chapter(found)}\n{foot(found)}")
    path = QUICK / "README.md" if quick else RESULTS.parent / "README.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(text), "utf-8")
    return path
