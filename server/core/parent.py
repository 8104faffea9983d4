"""Processes that do not outlive the one that started them, however that one ends."""

import ctypes
from collections.abc import Callable
from contextlib import suppress

PR_SET_PDEATHSIG = 1  # linux/prctl.h


def _found() -> Callable[..., int] | None:
    with suppress(OSError, AttributeError):  # not Linux
        return ctypes.CDLL(None).prctl
    return None


_prctl = _found()  # looked up before any fork: afterwards another thread's lock may never open again


def die_with_parent(number: int) -> None:
    """Ask the kernel to send this process a signal when its parent dies (prctl(2)); kept over an exec.

    The parent is the thread that started it: call it only in children of a thread that lives as long as its process.
    Nothing happens where the kernel is not Linux.
    """
    if _prctl is not None:
        _prctl(PR_SET_PDEATHSIG, int(number), 0, 0, 0)
