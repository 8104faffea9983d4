"""Asking for a probe (probe.py), without loading any media library into the process that asks."""

import asyncio
import contextlib
import sys
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from server.core.errors import Refused
from server.relay.plan import SourcePlan
from server.relay.reports import ProbeAnswer

MOST_S = 8.0
START_S = 2.0  # for the process itself
_at_work = asyncio.Semaphore(2)


async def ask(given: Any, folder: Path) -> ProbeAnswer:
    """Look at a source in a process of its own. Raises Refused `invalid_input`, `busy` while two are looked at."""
    try:
        source = SourcePlan.model_validate(given)
    except ValidationError:
        raise Refused("invalid_input") from None
    if _at_work.locked():
        raise Refused("busy")
    async with _at_work:
        return await _ask(source, folder)


async def _ask(source: SourcePlan, folder: Path) -> ProbeAnswer:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "server.relay.daemon.ingest.probe", str(folder),
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        out, _ = await asyncio.wait_for(process.communicate(source.model_dump_json().encode()), MOST_S + START_S)
        return ProbeAnswer.model_validate_json(out)
    except (TimeoutError, ValueError):
        return ProbeAnswer(why="failed")
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()
