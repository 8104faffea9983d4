"""Addresses of sources: which a kind of source may have, and how one is shown without its secrets."""

import re
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from server.core.errors import Refused

SCHEMES: dict[str, tuple[str, ...]] = {
    "rtsp": ("rtsp", "rtsps"), "rtmp": ("rtmp", "rtmps"), "hls": ("http", "https"), "mpegts": ("udp", "rtp"),
    "srt": ("srt",),
}
HIDDEN = "***"
_FILE = re.compile(r"^[\w][\w .-]{0,119}\.(mp4|mkv|ts|mov|flv|h264)$")
_DEVICE = re.compile(r"^/dev/video[0-9]{1,3}$")
_VISIBLE = re.compile(r"^[!-~]+$")  # printable ASCII without spaces: whatever else belongs percent-encoded


def checked(kind: str, address: str) -> str:
    """`address` if a source of this kind may have it. Raises Refused `relay_address_wrong`."""
    text = address.strip()
    if not _fits(kind, text):
        raise Refused("relay_address_wrong", kind=kind)
    return text


def _fits(kind: str, text: str) -> bool:
    if kind == "whip":
        return not text
    if kind == "file":
        return bool(_FILE.match(text)) and PurePosixPath(text).name == text
    if kind == "device":
        return bool(_DEVICE.match(text))
    try:
        parts = urlsplit(text)
        return bool(_VISIBLE.match(text)) and parts.scheme in SCHEMES.get(kind, ()) and _somewhere(kind, parts.netloc)
    except ValueError:  # a port that is none, brackets that do not close
        return False


def _somewhere(kind: str, netloc: str) -> bool:
    host = netloc.rsplit("@", 1)[-1]
    return bool(host) and (kind in ("mpegts", "srt") or not host.startswith(":"))


def shown(address: str) -> str:
    """An address without what lets others in: passwords, values of the query, the stream key of RTMP.

    "rtsp://an:bí@10.0.0.1/1?token=x" → "rtsp://***@10.0.0.1/1?token=***"
    """
    if "://" not in address:
        return address
    try:
        parts = urlsplit(address)
    except ValueError:
        return HIDDEN
    host = parts.netloc.rsplit("@", 1)[-1]
    netloc = f"{HIDDEN}@{host}" if "@" in parts.netloc else host
    path = parts.path
    if parts.scheme in ("rtmp", "rtmps") and path.count("/") > 1:
        path = f"{path.rsplit('/', 1)[0]}/{HIDDEN}"
    names = [pair.split("=", 1)[0] for pair in parts.query.split("&") if pair]
    query = "?" + "&".join(f"{name}={HIDDEN}" for name in names) if names else ""
    return f"{parts.scheme}://{netloc}{path}{query}"
