"""``plugins=`` and ``conf_dir=``: what the user brings, said beside any command that can use it.

    plugins=my          Python of your own, which is run: a folder, a file.py or an installed module (several: a,b)
    conf_dir=my         a folder laid out like conf/ with YAML of your own (my/strategy/NAME.yaml, my/study/NAME.yaml …)
"""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["COMMANDS", "TOLD", "taken_up"]

COMMANDS = ("run", "study", "search", "sensitivity", "advise", "tournament", "report", "replay", "bundle",
            "list", "explain")  # fmt: skip
_KEYS = ("plugins", "conf_dir")
TOLD = "\n" + __doc__.split("\n\n")[1].replace("    ", "  ").rstrip() + "\n"


def taken_up(arguments: Sequence[str]) -> list[str]:
    """Take up what these words name, and return the others."""
    said = [word for word in arguments if word.partition("=")[0] in _KEYS and "=" in word]
    if said:
        from scenarios.config.own import take_up

        take_up(**_read(said))
    return [word for word in arguments if word not in said]


def _read(said: Sequence[str]) -> dict[str, list[str]]:
    from scenarios.errors import ConfigError, shown

    found: dict[str, list[str]] = {}
    for word in said:
        key, _, value = word.partition("=")
        if key in found:
            raise ConfigError(f"'{key}' is given twice; give it once, with commas: {key}=a,b")
        found[key] = [part.strip() for part in value.removeprefix("[").removesuffix("]").split(",")]
        if not all(part and part.isprintable() for part in found[key]):
            raise ConfigError(f"{shown(ascii(word))} names no folder; write it like {key}=my")
    return found
