"""What the user brought to a command (``plugins=``, ``conf_dir=``), as files of an archive and the words that take it
up again there. Of a plugin it is the text that was run, whatever has become of its files since.
"""

from __future__ import annotations

from pathlib import Path

from scenarios.config import catalog
from scenarios.config.own import in_use
from scenarios.config.plugin import Plugin
from scenarios.errors import UserError

__all__ = ["CONF_DIR", "brought"]

CONF_DIR = "own/conf"
_PLUGINS = "own/plugins"


def brought() -> tuple[dict[str, bytes], list[str]]:
    """Files by their place in the archive, and words. A module that is installed is named, and not in it."""
    files: dict[str, bytes] = {}
    plugins, words = [], []
    for plugin in in_use():
        files |= (inside := {} if plugin.is_installed else _files_of(plugin))
        plugins.append(f"{_PLUGINS}/{_outermost(plugin)}" if inside else plugin.word)
    if plugins:
        words.append(f"plugins={','.join(plugins)}")
    for folder in catalog.OWN.folders.values():
        files |= {f"{CONF_DIR}/{group}/{name}.yaml": _content(folder / group / f"{name}.yaml")
                  for group in (*catalog.GROUPS, *catalog.QUESTIONS) for name in catalog.names_in(folder, group)}
    if catalog.OWN.folders:
        words.append(f"conf_dir={CONF_DIR}")
    return files, words


def _content(path: Path) -> bytes:
    """A file itself: through a link a stranger's folder would have any file of the user's packed."""
    if path.is_symlink():
        raise UserError(f"{path} is a link; put the file itself there, or take it away")
    return path.read_bytes()


def _files_of(plugin: Plugin) -> dict[str, bytes]:
    found = {}
    for module, source in plugin.modules.items():
        inner = module.removeprefix(plugin.home).lstrip(".").replace(".", "/")
        path = "/".join(part for part in (_outermost(plugin), inner, "__init__.py" * source.is_package) if part)
        found[f"{_PLUGINS}/{path if path.endswith('.py') else path + '.py'}"] = source.text.encode()
    return found


def _outermost(plugin: Plugin) -> str:
    """The folder of the plugin, or its only file."""
    return plugin.name if plugin.modules[plugin.home].is_package else f"{plugin.name}.py"
