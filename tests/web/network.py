"""Another network: a namespace of its own, from which the machine is reached as a laptop is from a phone."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["other_network"]


@contextmanager
def other_network() -> Iterator[tuple[str, list[str]]]:
    """The address under which this machine is reached from there, and what a command there begins with.

    Where no namespace may be made (that takes root and iproute2), both ends are this machine's loopback.
    """
    name, near, far = (f"shq{os.getpid()}{end}" for end in ("", "a", "b"))
    here, there = "10.213.77.1", "10.213.77.2"
    laid = ("netns add NAME", "link add NEAR type veth peer name FAR", "link set FAR netns NAME",
            f"addr add {here}/24 dev NEAR", "link set NEAR up", f"-n NAME addr add {there}/24 dev FAR",
            "-n NAME link set FAR up")  # fmt: skip
    words = {"NAME": name, "NEAR": near, "FAR": far}
    done = shutil.which("ip") is not None and all(
        subprocess.run(["ip", *(words.get(word, word) for word in line.split())], capture_output=True).returncode == 0
        for line in laid
    )  # fmt: skip
    try:
        yield (here, ["ip", "netns", "exec", name]) if done else ("127.0.0.1", [])
    finally:
        if shutil.which("ip") is not None:
            subprocess.run(["ip", "netns", "del", name], capture_output=True)
            subprocess.run(["ip", "link", "del", near], capture_output=True)
