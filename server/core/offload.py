"""Run blocking work so that the gevent loop of the web process keeps turning.

Under gevent the work goes to gevent's native thread pool; elsewhere (CLI, worker, tests) it simply runs.
"""

import contextlib
from collections.abc import Callable
from typing import TypeVar

import gevent
from gevent import get_hub
from gevent.monkey import is_module_patched

T = TypeVar("T")


def offload(work: Callable[[], T]) -> T:
    """Run `work` off the event loop and return its result; its exceptions are raised here."""
    if is_module_patched("threading"):
        result: T = get_hub().threadpool.apply(work)
        return result
    return work()


def give_way(longest: float) -> None:
    """Let everything else that is ready run first, for at most `longest` seconds (nothing to do outside of gevent)."""
    if is_module_patched("threading"):
        with contextlib.suppress(gevent.Timeout), gevent.Timeout(longest):
            gevent.idle()
