"""The formats there are, found by walking ``sim/exchange/formats``."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

import sim.exchange.formats as home
from sim.exchange.format import Format

__all__ = ["format_named", "formats", "writers"]


@cache
def formats() -> dict[str, Format]:
    """Every format by its name, in the order of names."""
    for module in pkgutil.iter_modules(home.__path__):
        importlib.import_module(f"{home.__name__}.{module.name}")
    found = [one() for one in Format.__subclasses__() if one.__module__.startswith(home.__name__)]
    return {one.name: one for one in sorted(found, key=lambda one: one.name)}


def writers() -> dict[str, Format]:
    """Those that can be written."""
    return {name: one for name, one in formats().items() if one.writes}


def format_named(name: str) -> Format:
    """The format of that name; KeyError where there is none."""
    return formats()[name]
