"""Mistakes in files: questions in YAML, logs, folders of runs. Some of them may turn out to be none."""

from __future__ import annotations

import io
import json
import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

from scenarios.config import catalog
from sim.analysis.logs.reading import NEEDED
from tests.fuzz.words import WEIRD, spoilt_text, spoilt_tree

__all__ = ["of_files", "of_logs", "of_reports"]

Made = list[str]


def of_files(dice: random.Random, conf: Path) -> Made:
    """A file of ``conf/``, spoilt by a letter or in its structure, under another name."""
    kind = dice.choice(("study", "study", "search", "sensitivity", "scenario", "scenario", "population", "strategy"))
    known = [name for name in catalog.options(kind) if not name.startswith("spoilt")]
    text = (conf / kind / f"{dice.choice(known)}.yaml").read_text("utf-8")
    if dice.random() < 0.5 and isinstance(tree := yaml.safe_load(text), dict) and tree:
        head = "".join(line for line in text.splitlines(keepends=True) if line.startswith("# @package"))
        made = head + yaml.dump(spoilt_tree(tree, dice), allow_unicode=True, sort_keys=False)
    else:
        made = spoilt_text(text, dice)
    (conf / kind / "spoilt.yaml").write_bytes(made.encode("utf-8", "surrogatepass"))
    if kind in ("study", "search", "sensitivity"):
        return [kind, f"{kind}=spoilt"]
    return ["run", f"{kind}=spoilt"]


Rows = list[list[str]]
LOG = Path(__file__).parents[1] / "data" / "rooms_extract.parquet"


def _good(dice: random.Random) -> Rows:
    rows = [
        [str(k // 6), str(k % 6), f"2024-05-0{k // 6 + 1}T10:{k % 6:02}:00Z", str(k % 3), "text", ""] for k in range(12)
    ]
    return [list(NEEDED), *rows]


def _a_cell(rows: Rows, dice: random.Random) -> bytes:
    column, wrong = dice.choice(
        (
            (0, "-1"),
            (0, "x"),
            (1, "1.5"),
            (1, ""),
            (2, "soon"),
            (2, "1066-01-01"),
            (2, "9" * 4400),
            (3, "1e99"),
            (3, "Ann"),
            (4, "txet"),
            (4, ""),
            (5, "99"),
            (5, "x"),
        )
    )
    rows[dice.randrange(2, len(rows))][column] = wrong
    return _csv(rows)


def _a_column(rows: Rows, dice: random.Random) -> bytes:
    at = dice.randrange(len(rows[0]))
    rows[0][at] = dice.choice(("", "x", rows[0][at] * 2, rows[0][at - 1], rows[0][at].upper()))
    return _csv(rows)


def _a_row(rows: Rows, dice: random.Random) -> bytes:
    at = dice.randrange(1, len(rows))
    rows.insert(at, dice.choice((rows[at], rows[at][:-1], [*rows[at], "1"], ["1"])))
    return _csv(rows)


def _its_bytes(rows: Rows, dice: random.Random) -> bytes:
    data = _csv(rows)
    at = dice.randrange(len(data))
    return dice.choice(
        (
            b"",
            b"\n\n",
            data[:at] + b"\0" + data[at:],
            data.decode().encode("utf-16"),
            b'"' + data,
            data[: at // 2 + 1][:40],
            data[:at] + b"\xff\xfe" + data[at:],
            data.replace(b",", b";"),
            b"PK\x03\x04" + data,
            b"x" * 5000,
        )
    )


def _csv(rows: Rows) -> bytes:
    return "".join(",".join(row) + "\n" for row in rows).encode()


def _parquet(rows: Rows, dice: random.Random) -> bytes:
    frame, sink = pd.DataFrame(rows[1:], columns=rows[0]), io.BytesIO()
    column = dice.choice([name for name in NEEDED[:5] if name != "author"])  # who may have a name
    frame[column] = dice.choice((None, [[1]] * len(frame), True, b"x", -1.5, "x" * 300))
    frame.to_parquet(sink)
    data = sink.getvalue()
    return data if dice.random() < 0.5 else data[: dice.randrange(1, len(data) - 1)]


SPOILERS: tuple[Callable[[Rows, random.Random], bytes], ...] = (_a_cell, _a_column, _a_row, _its_bytes, _parquet)


def of_logs(dice: random.Random, work: Path) -> Made:
    """A log that cannot be read, or what was said to ``read`` beside a good one."""
    if dice.random() < 0.6:
        spoil = dice.choice(SPOILERS)
        path = work / f"log.{'parquet' if spoil is _parquet else 'csv'}"
        path.write_bytes(spoil(_good(dice), dice))
        return ["read", str(path)]
    if dice.random() < 0.4:
        name = dice.choice(
            (*WEIRD, "nowhere.csv", "a_folder", "a_folder.csv", "log.xlsx", "x" * 300 + ".csv", "\0.csv", "-.csv")
        )
        return ["read", *dice.choice(([name], [str(work / name.strip("/")) if name.strip("./") else name]))]
    key, wrong = dice.choice(
        (
            ("lang", WEIRD),
            ("zone", (*WEIRD, "Mars/Olympus", "../../etc/passwd", "/etc/localtime")),
            ("room", ("x",)),
            ("rooms", ("", "nowhere.csv", "\0", "x" * 300, "a_folder", str(LOG))),
            ("", ("x",)),
            ("out", ("", "\0", "x" * 300, "a\nb", str(work / "a_file"), str(work / "a_file" / "x"))),
        )
    )
    return [
        "read",
        *dice.choice(([str(LOG), f"{key}={dice.choice(wrong)}"], [], [str(LOG), str(LOG)], [str(LOG), "--page"])),
    ]


def of_reports(dice: random.Random, work: Path, run: Path) -> Made:
    """A folder that is no run, or no longer a whole one."""
    if dice.random() < 0.25:
        name = dice.choice((*WEIRD, "nowhere", "a_folder", "a_file", "x" * 300))
        return [
            "report",
            *dice.choice(([str(work / name.strip("/"))] if name.strip("./") else ["nowhere"], [], ["a", "b"], ["--x"])),
        ]
    place = work / "spoilt run"
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(run, place)
    if dice.random() < 0.6:
        meta: dict[str, Any] = json.loads((place / "meta.json").read_text("utf-8"))
        text = (
            json.dumps(spoilt_tree(meta, dice), default=str)
            if dice.random() < 0.7
            else spoilt_text(json.dumps(meta), dice)
        )
        (place / "meta.json").write_bytes(text.encode("utf-8", "surrogatepass"))
    else:
        path = dice.choice(sorted(place.glob("*.parquet")))
        data = bytearray(path.read_bytes())
        for _ in range(3):
            data[dice.randrange(len(data))] ^= dice.randrange(1, 256)
        if dice.random() < 0.3:
            path.unlink()
        else:
            path.write_bytes(bytes(data[: dice.choice((len(data), -9, 100))]))
    return ["report", str(place)]
