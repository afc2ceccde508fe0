"""The command line: ``shequn COMMAND …``; ``python -m scenarios`` is the same.

Exit codes: 0 success, 2 a user's mistake, 1 a failed run, 130 Ctrl-C. Commands are imported when they are called, so
that ``--help`` answers at once.
"""

from __future__ import annotations

import argparse
import difflib
import importlib
import os
import sys
from collections.abc import Sequence
from typing import Any, NoReturn

from scenarios.cli import experiments, own_words
from scenarios.cli.language import asked_language
from scenarios.errors import UserError, brief
from scenarios.pipes import telling
from sim.locale.catalogue import LocaleError
from sim.locale.messages import message
from sim.locale.speaking import from_environment, speaking, told
from sim.locale.words import folded

__all__ = ["COMMANDS", "FRAME", "main"]

# Command → what it does. Each lives in scenarios/cli/<name>.py (`list` in list_.py, three in experiments.py) with two
# functions: arguments(parser) and run(options) -> exit code.
COMMANDS = {
    "run": "play one scenario under one set of strategies, many replicates (arms=…, -m: several, compared)",
    "study": "play a study (worlds × arms × seeds); resumes, extends; plan=true only tells runs, time and disk",
    "search": "look for the doses that serve several ends at once, within a budget; resumes",
    "sensitivity": "which knobs matter: Morris screening, Sobol indices with intervals",
    "effects": "play every strategy against what it is expected to do; which do it, by how much, at what price",
    "pairs": "play strategies two by two: which go together, which do the same, which spoil each other",
    "claims": "folk claims on trial: what holds in the model, what was put in, what it contradicts; resumes",
    "cases": "what was reported of real groups beside what the model does in their place; resumes",
    "advise": "at most three plans for your groups, hours and yuan, beside doing nothing; resumes",
    "tournament": "files of teams play the same communities under one budget; boards and a page to project; resumes",
    "query": "ask the store of finished runs in SQL; csv=FILE exports",
    "bundle": "pack a study that was played: file, settings, tables, checksums and the command that replays it",
    "report": "make one HTML page and its pictures from a stored run",
    "replay": "make one HTML file that plays a stored run day by day, two arms side by side, offline",
    "app": "open a page in the browser: two arms on one clock, guess, play, change a dose, play again; offline",
    "read": "take a real chat log through the same analysis",
    "fit": "fit a world's numbers to a chat log, and tell which of them it tells and which it does not",
    "export": "write recorded talk as WhatsApp text, Telegram or ChatLab JSON, a file for each group, for viewers",
    "validate": "the model beside published facts and real rooms: value by value, and rooms side by side",
    "calibrate": "look for constants that fit the facts; resumes; keeps the sets that fit as well (world=ensemble)",
    "ablate": "each mechanism of the baseline off in turn: which facts break, which come right",
    "list": "what there is: scenarios, strategies, populations, roles, knobs",
    "explain": "the rule, knobs, units, ranges and sources of one thing",
    "course": "for teachers of the notebooks: the lessons, their key, and what a class handed in",
    "demo": "seven sets of strategies on sixty communities, with report",
    "ready": "compile every rule and strategy ahead, as before a class: minutes, once a machine",
}
# Commands that need Mesa.
_PLAYING = ("run", "demo", "study", "search", "sensitivity", "effects", "pairs", "claims", "cases", "advise",
            "tournament", "bundle", "validate", "fit", "calibrate", "ablate", "course", "ready")  # fmt: skip
# What argparse says around the help of a command, and the program around that of all.
FRAME = ("usage: ", "positional arguments", "options", "show this help message and exit",
         "usage: shequn COMMAND …    (shequn COMMAND --help tells more)", "for instance:",
         "in Chinese: lang=zh, or LANG=zh_CN.UTF-8 in the environment")  # fmt: skip


class _Parser(argparse.ArgumentParser):
    """A parser whose complaints are messages like any other, and whose help is in the language spoken."""

    def __init__(self, **more: Any) -> None:
        super().__init__(**more, add_help=False)
        self._positionals.title, self._optionals.title = told(FRAME[1]), told(FRAME[2])
        self.add_argument("-h", "--help", action="help", help=FRAME[3])

    def add_argument(self, *names: Any, **more: Any) -> argparse.Action:
        if "help" in more:
            more["help"] = told(more["help"])
        return super().add_argument(*names, **more)

    def format_usage(self) -> str:
        """In English: argparse cuts its word for usage off by the number of letters."""
        return "usage: " + super().format_usage().removeprefix(told(FRAME[0]))

    def error(self, message: str) -> NoReturn:
        raise UserError(f"{message}\n`{self.prog} --help` shows how it is used")


class _Formatter(argparse.RawDescriptionHelpFormatter):
    """Help as argparse lays it out, in the language spoken."""

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, told(FRAME[0]) if prefix is None else prefix)

    def _split_lines(self, text: str, width: int) -> list[str]:
        return folded(text, width)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code, in the language that ``lang=`` or the environment asks for."""
    _speak_utf8()
    words = list(sys.argv[1:] if arguments is None else arguments)
    with speaking(from_environment(os.environ)):
        try:
            words, lang = asked_language(words)
        except UserError as error:
            return _complain(error)
        with speaking(lang):
            return _answer(words)


def _answer(words: list[str]) -> int:
    """The exit code of the command, whatever becomes of it."""
    try:
        code = 0
        with telling():  # `shequn list | head`
            code = _dispatch(words)
        return code
    except (UserError, LocaleError) as error:
        return _complain(error)
    except KeyboardInterrupt:
        print("\nshequn: " + message("stopped; nothing was written"), file=sys.stderr)
        return 130
    except SystemExit as stop:  # argparse after --help
        return stop.code if isinstance(stop.code, int) else 0
    except Exception as error:
        import traceback

        traceback.print_exc()
        print(f"shequn: {message('the run failed')}: {type(error).__name__}: {error}", file=sys.stderr)
        return 1


def _complain(error: Exception) -> int:
    """A user's mistake."""
    print(f"shequn: {brief(message(brief(str(error))))}", file=sys.stderr)
    return 2


def _dispatch(arguments: list[str]) -> int:
    name = arguments[0] if arguments else "--help"
    if name in ("-h", "--help", "help"):
        print(_overview())
        return 0
    if name == "--version":
        from importlib.metadata import version

        print(f"shequn {version('shequn')}")
        return 0
    if name not in COMMANDS:
        raise UserError(_unknown(name))
    home = "list_" if name == "list" else "experiments" if name in experiments.COMMANDS else name
    command = importlib.import_module(f"scenarios.cli.{home}")
    more = experiments.epilog(name) if name in experiments.COMMANDS else told(command.__doc__ or "")
    if name in own_words.COMMANDS:
        more += told(own_words.TOLD)
    parser = _Parser(prog=f"shequn {name}", description=told(COMMANDS[name]), epilog=more,
                     formatter_class=_Formatter, allow_abbrev=False)
    parser.set_defaults(command=name)
    command.arguments(parser)
    words = own_words.taken_up(arguments[1:]) if name in own_words.COMMANDS else arguments[1:]
    options = parser.parse_intermixed_args(words)
    if name in _PLAYING:
        import mesa  # noqa: F401  # when imported, Mesa looks through the whole stack: here it is short
    code: int = command.run(options)
    return code


def _overview() -> str:
    lines = [told(FRAME[4]), ""]
    lines += [f"  {name:<13}{told(does)}" for name, does in COMMANDS.items()]
    example = "shequn run scenario=pet_owners 'strategy=[group_cap,red_packet]' replicates=50"
    return "\n".join([*lines, "", f"  {told(FRAME[5])} {example}", f"  {told(FRAME[6])}"])


def _unknown(name: str) -> str:
    if "=" in name:
        return f"'{name}' is no command; did you mean 'shequn run {name}'?"
    near = difflib.get_close_matches(name, COMMANDS, n=1, cutoff=0.5)
    hint = f"did you mean '{near[0]}'?" if near else f"there is {', '.join(COMMANDS)}"
    return f"there is no command '{name}'; {hint}"


def _speak_utf8() -> None:
    """Chinese and σ come out right even where the console is set to something else."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


if __name__ == "__main__":
    sys.exit(main())
