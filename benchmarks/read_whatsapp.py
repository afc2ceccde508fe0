"""``python -m benchmarks.read_whatsapp [MB]``: speed and memory of reading a made-up WhatsApp chat of that size (200).

The chat is written first, then read into a table in a process of its own, so that the peak of its memory is that of the
reading alone. Lines are of common length, one in ten goes over two lines, one in fifty is of the program.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

__all__ = ["main", "read", "write_chat"]

WORDS = ("the group meets on tuesday evening who brings tea and cake see you there thanks for the notes I will read "
         "them before we talk about it again next week").split()  # fmt: skip
_AT_ONCE = 5_000  # lines


def write_chat(path: Path, size: int, seed: int = 1) -> None:
    """A chat of at least ``size`` bytes as Android exports it: 200 members of very unequal diligence."""
    draw = np.random.default_rng(seed)
    moment, written = 1.3e9, 0
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        while written < size:
            gaps, who = draw.exponential(60, _AT_ONCE), draw.zipf(1.5, _AT_ONCE) % 200
            length = draw.integers(3, 20, _AT_ONCE)
            lines = []
            for gap, member, words in zip(gaps.tolist(), who.tolist(), length.tolist(), strict=True):
                moment += gap
                lines.append(_line(time.gmtime(moment), member, words))
            text = "".join(lines)
            written += len(text)
            file.write(text)


def _line(moment: time.struct_time, member: int, words: int) -> str:
    first = (member * 7 + words) % len(WORDS)
    body = " ".join(WORDS[(first + at) % len(WORDS)] for at in range(words))
    begin = time.strftime("%d/%m/%Y, %H:%M - ", moment)
    if moment.tm_sec == 7:
        return f"{begin}Member {member} joined using this group's invite link\n"
    said = "<Media omitted>" if moment.tm_sec in (11, 12) else body
    more = f"\n{body}" if moment.tm_sec < 6 else ""
    return f"{begin}Member {member}: {said}{more}\n"


def read(path: Path, target: Path) -> str:
    """Read a chat into a table and tell how fast, and in how much memory."""
    from sim.exchange.reading import to_table

    began, used = time.perf_counter(), time.process_time()
    found = to_table(path, target).found
    took, used = time.perf_counter() - began, time.process_time() - used
    size = path.stat().st_size / 1e6
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3  # MB, as Linux counts
    speeds = f"{size / took:.1f} MB/s ({size / used:.1f} MB per second of processor time)"
    return f"{size:,.0f} MB, {found.rows:,} lines: {speeds}, at most {peak:,.0f} MB of memory"


def main(words: list[str]) -> None:
    """Write, read in another process, print."""
    if len(words) == 2:
        print(read(Path(words[0]), Path(words[1])))
        return
    with tempfile.TemporaryDirectory() as place:
        chat = Path(place) / "chat.txt"
        write_chat(chat, int(float(words[0] if words else 200) * 1e6))
        command = [sys.executable, "-m", "benchmarks.read_whatsapp", str(chat), str(Path(place) / "table.parquet")]
        subprocess.run(command, check=True)


if __name__ == "__main__":
    main(sys.argv[1:])
