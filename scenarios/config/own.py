"""Taking up what the user brings: folders laid out like ``conf/``, and Python with strategies, mechanisms and roles.

A folder of YAML sets numbers and words, and nothing in it is ever run. Python is run, so it is taken up only by a name
that the user has typed on the command line or passed to :func:`scenarios.compose`; no file can name it into being run.
What is taken up holds for the process, as an import does. Worker processes are sent it with each job.
"""

from __future__ import annotations

import ast
import inspect
import os
import textwrap
from collections.abc import Iterable
from pathlib import Path

from agents import ROLES, Member
from agents.composition import Cast
from scenarios.config import catalog
from scenarios.config.catalog import GROUPS, OWN, QUESTIONS
from scenarios.config.plugin import Plugin, load, read_plugin, unload
from scenarios.config.sections import SECTIONS
from scenarios.errors import ConfigError, shown
from scenarios.strategies.base import RESERVED, Strategy
from sim.engine.knobs import did_you_mean, snake_case
from sim.engine.levers import LAWS
from sim.engine.mechanism import Mechanism
from sim.engine.refusals import RuleMistake, check_columns
from sim.mechanisms import all_levers
from sim.model.role_columns import row_types
from sim.model.submodels.conversation_log import LINE

__all__ = ["Words", "forget", "in_use", "take_up"]

Words = str | os.PathLike[str] | Iterable[str | os.PathLike[str]]
_PLUGINS: dict[str, Plugin] = {}


def take_up(plugins: Words = (), conf_dir: Words = ()) -> None:
    """Make known what lies in some folders, files or modules of Python, and in some folders of YAML.

    A plugin whose text has changed since the last time takes the place of the old one.

    Raises
    ------
    ConfigError
        If there is nothing there, it cannot be run, or something has a name that is taken; then it is left out.
    """
    for word in _listed(plugins):
        _take_plugin(read_plugin(word))
    for word in _listed(conf_dir):
        _take_folder(word)
    catalog.name_all()


def forget() -> None:
    """Be as if nothing had ever been taken up."""
    for plugin in _PLUGINS.values():
        unload(plugin)
    _PLUGINS.clear()
    for kept in (OWN.plugins, OWN.folders, OWN.strategies, OWN.roles):
        kept.clear()


def in_use() -> tuple[Plugin, ...]:
    """The plugins that were taken up."""
    return tuple(_PLUGINS.values())


def _listed(words: Words) -> list[str]:
    return [str(word) for word in ([words] if isinstance(words, str | os.PathLike) else words)]


def _take_plugin(plugin: Plugin) -> None:
    for other in _PLUGINS.values():  # my-rules and my_rules would be one module
        if plugin.place != other.place and (plugin.name == other.name or plugin.home == other.home):
            raise ConfigError(f"plugins={shown(plugin.word)}: '{plugin.name}' is the name of two plugins; rename one")
    before = _PLUGINS.get(plugin.name)
    if before is not None and before.text_hash == plugin.text_hash:
        return
    _drop(plugin.name)
    try:
        _register(plugin, load(plugin))
    except ConfigError:
        unload(plugin)
        raise
    _PLUGINS[plugin.name] = plugin
    OWN.plugins.add(plugin.name)


def _drop(name: str) -> None:
    """What an earlier text of a plugin brought."""
    old = _PLUGINS.pop(name, None)
    OWN.plugins.discard(name)
    if old is not None:
        OWN.strategies = {key: one for key, one in OWN.strategies.items() if one.__module__ not in old.modules}
        OWN.roles = {key: one for key, one in OWN.roles.items() if one.__module__ not in old.modules}


def _register(plugin: Plugin, found: list[type]) -> None:
    """Its strategies and roles; mechanisms make themselves known when they are declared."""
    public = [klass for klass in found if not klass.__name__.startswith("_")]
    strategies = [klass for klass in public if issubclass(klass, Strategy)]
    roles = [klass for klass in public if issubclass(klass, Member)]
    if not (strategies or roles or any(issubclass(klass, Mechanism) for klass in public)):
        raise ConfigError(f"plugins={shown(plugin.word)}: there is no strategy, mechanism or role in it; a strategy "
                          "is derived from scenarios.strategies.base.Strategy (docs/add_a_strategy.md)")  # fmt: skip
    new: dict[str, type[Strategy]] = {}
    for klass in strategies:
        name = klass.config_name()
        if name in {*catalog.strategies(), *new, *RESERVED} or name in catalog.names_in(catalog.CONF, "strategy"):
            raise ConfigError(f"{inspect.getfile(klass)}: there is a strategy '{name}' already; give the class "
                              f"{klass.__name__} another name")  # fmt: skip
        if klass.push is Strategy.push:
            raise ConfigError(f"{inspect.getfile(klass)}: {klass.__name__} has no method push, which turns the levers")
        _check_levers(klass)
        new[name] = klass
    taken = {*Cast.knobs(), *OWN.roles, *(snake_case(role.__name__) for role in ROLES)}
    for role in roles:
        name = snake_case(role.__name__)
        if name in taken:
            raise ConfigError(f"{inspect.getfile(role)}: there is 'roles.{name}', or a role of that name; give "
                              f"the class {role.__name__} another name")  # fmt: skip
        taken.add(name)
    for klass in public:
        if issubclass(klass, Mechanism):
            _check_mechanism(klass)
    OWN.strategies |= new
    OWN.roles |= {snake_case(role.__name__): role for role in roles}
    if any(issubclass(klass, Mechanism) for klass in public):
        from sim.analysis.outcomes import complete  # needs pandas

        complete()


def _check_mechanism(mechanism: type[Mechanism]) -> None:
    """Its rules speak of columns that there are."""
    types = row_types((*ROLES, *OWN.roles.values()), SECTIONS.values())
    types |= {"me": types["self"], "line": LINE, "answered": LINE, "knobs": mechanism.knob_type()}
    declared = mechanism.declared.types
    types |= {"mine": declared["member"], "theirs": declared["person"], "ours": declared["group"]}
    for hook in mechanism.hooks:
        rows = {name: types[name].names or () for name in inspect.signature(hook.rule).parameters if name in types}
        try:
            check_columns(hook.rule, rows, f"{mechanism.__name__}.{hook.name}")
        except RuleMistake as error:
            raise ConfigError(str(error)) from error


def _check_levers(strategy: type[Strategy]) -> None:
    """Every ``levers.NAME.LAW`` in the open is a lever that there is, turned by its own law."""
    known = {lever.name: lever.law for lever in all_levers()}
    try:
        lines, first = inspect.getsourcelines(strategy.push)
    except (OSError, TypeError) as error:  # made by exec, or no function of Python's
        raise ConfigError(f"{strategy.__module__}: the text of {strategy.__name__}.push cannot be read; write the "
                          "method in the class") from error  # fmt: skip
    tree = ast.parse(textwrap.dedent("".join(lines)))
    handed = [arg.arg for function in tree.body[:1] if isinstance(function, ast.FunctionDef)
              for arg in function.args.args[1:2]]  # fmt: skip
    laws = {id(node.value): node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in handed):
            continue
        place = f"{inspect.getsourcefile(strategy)}, line {first + node.lineno - 1}"
        if node.attr not in known:
            raise ConfigError(f"{place}: there is no lever '{shown(node.attr)}'{did_you_mean(node.attr, known)}")
        if laws.get(id(node)) in LAWS and laws[id(node)] != known[node.attr]:
            raise ConfigError(f"{place}: the lever '{node.attr}' is turned by {known[node.attr]}, not {laws[id(node)]}")


def _take_folder(word: str) -> None:
    folder = Path(os.path.realpath(os.path.expanduser(word)))
    said = f"conf_dir={shown(word)}"
    if not os.path.isdir(folder):  # a name may be too long to be one
        raise ConfigError(f"{said}: there is no such folder")
    if folder == catalog.CONF.resolve():
        return
    found = {group: names for group in (*GROUPS, *QUESTIONS) if (names := catalog.names_in(folder, group))}
    if not found:
        raise ConfigError(f"{said}: it has no file like scenario/NAME.yaml; it is laid out like conf/, with folders "
                          f"{', '.join((*GROUPS, *QUESTIONS))}")  # fmt: skip
    others = (catalog.CONF, *(other for other in OWN.folders.values() if other != folder))
    for group, names in found.items():
        taken = {name for other in others for name in catalog.names_in(other, group)}
        if clash := sorted(taken & set(names)):
            raise ConfigError(f"{word}/{group}/{clash[0]}.yaml: there is a {group} '{clash[0]}' already; give the file "
                              "another name")  # fmt: skip
    OWN.folders = {known: path for known, path in OWN.folders.items() if path != folder} | {word: folder}
