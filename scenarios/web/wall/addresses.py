"""Where phones find the wall: every address of this machine in a local network, and a code to be photographed."""

from __future__ import annotations

import io
import ipaddress

import ifaddr
import segno

__all__ = ["local_addresses", "qr_code"]


def local_addresses(host: str) -> list[str]:
    """Addresses under which others may reach a server that listens on ``host``, those of home networks first.

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
    return [_written(one) for one in sorted(usable, key=lambda one: (not one.is_private, int(one)))]


def qr_code(text: str) -> str:
    """A QR code as SVG, as large as its place."""
    out = io.BytesIO()
    segno.make_qr(text, error="m").save(out, kind="svg", border=4, xmldecl=False, svgns=True, omitsize=True)
    return out.getvalue().decode()


def _address(ip: str | tuple[str, int, int]) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    return ipaddress.ip_address(ip if isinstance(ip, str) else ip[0])


def _written(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> str:
    return f"[{address}]" if address.version == 6 else str(address)
