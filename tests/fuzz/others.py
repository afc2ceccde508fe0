"""Mistakes in words: to query, list, explain, demo, and commands that are none; folders that are no store."""

from __future__ import annotations

import random
from pathlib import Path

from scenarios.__main__ import COMMANDS
from scenarios.cli.list_ import KINDS
from tests.fuzz.words import NO_NUMBER, WEIRD, misspelt

__all__ = ["of_commands", "of_demo", "of_explain", "of_list", "of_query", "of_stores"]

Made = list[str]
_ODD = [word for word in WEIRD if word != "--"]  # which only says that no options follow
NAMES = (
    "group_cap",
    "red_packet",
    "pet_owners",
    "talk.tie_gain",
    "mind.leave",
    "Lurker",
    "window",
    "lifetime",
    "small",
)
SQL = (
    "select * from outcomes", "select world, arm, avg(lifetime) from outcomes group by world, arm",
    "select * from runs",
    "with a as (select * from lifetimes) select count(*) from a",
    "select arm from runs where status='done' order by arm",
)  # fmt: skip
TABLES = ("outcomes", "lifetimes", "runs")
BAD_SQL = (
    "", " ", ";", "--", "/*", "'", "select", "select *", "select * from", "select * from (", "select * from daily",
    "drop table runs x", "select * from messages", "select nothing_here from runs", "select * from 'x.csv'",
    "select * from read_csv('x')", "1", "(((", "copy runs to 'x.csv'", "attach 'x.db'", "install httpfs", "load x",
    "pragma x", "set threads=", "select * from glob('*')", "insert into outcomes values (1)", "delete from outcomes",
    "select 1/", "select * from runs where", "\0", "select '\0", "\ud800", "select * from runs limit -1",
    "select sum(arm) from runs", "export database 'x'", "explain", "select * from \"", "x" * 5000,
    "select error('x')", "select cast('x' as int)", "select * from runs r, runs r", "call x()", "(" * 500, "from",
    "select [",
)  # fmt: skip


def of_query(dice: random.Random, store: Path) -> Made:
    """A question that is none, or about what is not there."""
    way = dice.randrange(5)
    if way == 0:
        return ["query", dice.choice(BAD_SQL), f"store={store}"]
    if way in (1, 2):
        sql = dice.choice(SQL)
        table = next(name for name in TABLES if name in sql)
        return [
            "query",
            sql.replace(f"from {table}", f"from {misspelt(table, dice, (*TABLES, 'chunks', 'daily'))}"),
            f"store={store}",
        ]
    if way == 3:
        return ["query", dice.choice(SQL), dice.choice(SQL), *dice.choice(([f"store={store}"], []))]
    if dice.random() < 0.5:
        return [
            "query",
            dice.choice(SQL),
            f"csv={dice.choice(('', '.', '/', 'no/such/place.csv', chr(0), 'x' * 300, '..'))}",
            f"store={store}",
        ]
    return ["query", *dice.choice(([], ["--what"], [f"store={store}"], ["csv=x.csv"]))]


def of_stores(dice: random.Random, work: Path) -> Made:
    """A store that cannot be one."""
    bad = dice.choice(
        ("", " ", "a_file", "a_file/inside", "x" * 300, "群" * 90, "\0", "a\nb", "a_folder/a_file", "\x1b[1m")
    )
    where = bad if not bad.strip() or not bad.isprintable() else str(work / bad)
    return [
        *dice.choice(
            (
                ["run", "days=2"],
                ["study", "study=group_size"],
                ["search", "search=packet_dose"],
                ["sensitivity", "sensitivity=packets"],
                ["query", "select * from runs"],
            )
        ),
        f"store={where}",
    ]


def of_list(dice: random.Random) -> Made:
    """A list of nothing."""
    kind = dice.choice(KINDS)
    return [
        "list",
        *dice.choice(
            (
                [misspelt(kind, dice, KINDS)],
                [dice.choice(_ODD)],
                [kind, kind],
                [kind, "--all"],
                [f"kind={kind}"],
                [kind.upper()],
            )
        ),
    ]


def of_explain(dice: random.Random) -> Made:
    """A name of nothing."""
    name = dice.choice(NAMES)
    wrong = misspelt(name, dice, (*NAMES, "small", "window"))
    return [
        "explain",
        *dice.choice(
            (
                [f"{wrong}_x"],
                [wrong + "."],
                [dice.choice(_ODD)],
                [],
                [name, name],
                [name, "--long"],
                [f"name={name}"],
                [f"{name}={name}"],
            )
        ),
    ]


def of_demo(dice: random.Random, work: Path) -> Made:
    """Not that many, not that long, not there."""
    option = dice.choice(("--replicates", "--days"))
    value = dice.choice((*NO_NUMBER, "-3", "0", "2.5", "99999999999"))
    ways = (
        [option, value],
        [f"{option}={value}"],
        [option],
        ["--out", dice.choice(("", "\0", "x" * 300, str(work / "a_file")))],
        [misspelt("--replicates", dice, ("--replicates",)), "3"],
        ["replicates=3"],
        ["--out"],
        [dice.choice(_ODD)],
    )
    return ["demo", *dice.choice(ways)]


def of_commands(dice: random.Random) -> Made:
    """A command that is none."""
    known = (*COMMANDS, "help")
    return [
        dice.choice(
            (misspelt(dice.choice(tuple(COMMANDS)), dice, known), dice.choice(_ODD), "scenario=deals", "--versio")
        ),
        *dice.sample(("days=3", "-h", "x", "scenario=deals"), dice.randrange(3)),
    ]
