"""What can be wrong with a source, as codes: screens have the words, and no address or password is ever in them."""

from typing import Literal, get_args

import av.error

Why = Literal[
    "", "address_wrong", "address_not_allowed", "file_missing", "file_outside", "not_for_here",
    "no_answer", "connection_refused", "password_refused", "not_found", "port_taken", "no_way_there",
    "ended", "stalled", "no_pictures", "nothing_usable", "not_media", "device_missing", "ffmpeg_missing", "failed",
    "playlist_elsewhere",
]
ALL: tuple[Why, ...] = get_args(Why)
FINAL: tuple[Why, ...] = ("address_wrong", "address_not_allowed", "file_outside", "not_for_here")
"""No second try helps: the plan must change."""


class BadSource(Exception):
    """A source that cannot be read, with its reason."""

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why: Why = why


_BY_ERROR: tuple[tuple[type[Exception], Why], ...] = (
    (av.error.ExitError, "no_answer"), (av.error.TimeoutError, "no_answer"),
    (av.error.ConnectionRefusedError, "connection_refused"),
    (av.error.HTTPUnauthorizedError, "password_refused"), (av.error.HTTPForbiddenError, "password_refused"),
    (av.error.PermissionError, "password_refused"), (av.error.HTTPNotFoundError, "not_found"),
    (av.error.FileNotFoundError, "not_found"), (av.error.HTTPError, "not_found"), (av.error.EOFError, "ended"),
    (av.error.InvalidDataError, "not_media"), (av.error.ConnectionResetError, "ended"),
    (av.error.BrokenPipeError, "ended"),
)
_BY_NUMBER: dict[int, Why] = {
    5: "ended", 98: "port_taken", 99: "no_way_there", 101: "no_way_there", 113: "no_way_there",
}
"""EIO, EADDRINUSE, EADDRNOTAVAIL, ENETUNREACH, EHOSTUNREACH."""


def why_of(error: Exception) -> Why:
    """The code of an error. Its own text holds the whole address, so it goes nowhere."""
    if isinstance(error, BadSource):
        return error.why
    for kind, why in _BY_ERROR:
        if isinstance(error, kind):
            return why
    number = getattr(error, "errno", None) or 0
    return _BY_NUMBER.get(abs(number), "failed")
