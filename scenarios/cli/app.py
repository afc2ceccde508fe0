"""A page in the browser: two arms on one clock under the same luck. Guess, play, step, change a dose, play again. It is
for this machine alone unless host= says otherwise, and needs no network.

settings: port=8080        where it listens
          host=127.0.0.1   0.0.0.0: for others in the same network too, as in a class
          workers=2        processes that play (the machine's cores)
          show=false       do not open the browser
"""

from __future__ import annotations

import argparse

from scenarios.errors import UserError, shown

__all__ = ["arguments", "run"]


def arguments(parser: argparse.ArgumentParser) -> None:
    """Settings alone."""
    parser.add_argument("settings", nargs="*", metavar="name=value", help="port=, host=, workers=, show=")


def run(options: argparse.Namespace) -> int:
    """Serve until Ctrl-C."""
    from scenarios.cli.words import between, settings_of, yes_or_no

    readers = {"port": between(1, 65_535), "workers": between(1, 256), "host": _host, "show": yes_or_no}
    said = settings_of("app", options.settings, readers)
    host, port = said.get("host", "127.0.0.1"), said.get("port", 8080)
    _check_free(host, port)
    try:
        from scenarios.web.server import serve
    except ModuleNotFoundError as error:
        cure = "make setup, or pip install 'shequn[app]'"
        raise UserError(f"app needs the package '{error.name}'; install it: {cure}") from error
    serve(host, port, said.get("workers"), said.get("show", True))
    return 0


def _host(name: str, text: str) -> str:
    return text


def _check_free(host: str, port: int) -> None:
    """Say it in one sentence where nobody can listen there."""
    import socket

    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM) as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind((host, port))
        except (OSError, OverflowError) as error:
            reason = getattr(error, "strerror", None) or error
            raise UserError(f"host={shown(host)} port={port}: {reason}; take another port") from error
