"""Where phones find the wall: every address of this machine in a local network, and a code to be photographed."""

from __future__ import annotations

import io
import ipaddress
import socket

import ifaddr
import segno

__all__ = ["local_addresses", "qr_code"]


def local_addresses(host: str) -> list[str]:
    """Addresses under which others may reach a server that listens on ``host``: first the one that this machine uses
    towards the world, then those of home networks.

    One that listens everywhere (``0.0.0.0``, ``::``) is reached under every address of the machine; one that listens on
    loopback under none.
    """
    try:
        said = ipaddress.ip_address(host)
    except ValueError:  # a name
        return [] if host == "localhost" else [host]
    if said.is_loopback:
        return []
    if not said.is_unspecified:
        return [_written(said)]
    found = {_address(ip.ip) for adapter in ifaddr.get_adapters() for ip in adapter.ips}
    usable = [one for one in found if not one.is_loopback and not one.is_link_local and one.version == said.version]
    used = _used(said.version)
    return [_written(one) for one in sorted(usable, key=lambda one: (str(one) != used, _rank(str(one)), int(one)))]


def _used(version: int) -> str:
    """The address of the route to the world, where there is one; nothing is sent."""
    family, far = (socket.AF_INET, "192.0.2.1") if version == 4 else (socket.AF_INET6, "2001:db8::1")
    with socket.socket(family, socket.SOCK_DGRAM) as door:
        try:
            door.connect((far, 9))
        except OSError:
            return ""
        return str(door.getsockname()[0])


def _rank(address: str) -> int:
    """Home networks, then others; networks inside a machine (172.16 to 172.31) last."""
    return {"192": 0, "10": 1, "172": 3}.get(address.split(".")[0], 2)


def qr_code(text: str) -> str:
    """A QR code as SVG, as large as its place."""
    out = io.BytesIO()
    segno.make_qr(text, error="m").save(out, kind="svg", border=4, xmldecl=False, svgns=True, omitsize=True)
    return out.getvalue().decode()


def _address(ip: str | tuple[str, int, int]) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    return ipaddress.ip_address(ip if isinstance(ip, str) else ip[0])


def _written(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> str:
    return f"[{address}]" if address.version == 6 else str(address)
