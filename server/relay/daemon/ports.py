"""UDP ports of viewers within a range, so that a firewall can let just those through."""

import asyncio
import itertools
import random
from typing import Any


def keep_within(loop: asyncio.AbstractEventLoop, ports: str) -> None:
    """From now on this loop's UDP sockets without a port of their own get one of `ports` ("40000-40999"; "": any).

    aioice asks for port 0 and has no setting. It raises OSError when no port of the range is free.
    """
    if not ports:
        return
    first, last = (int(one) for one in ports.split("-"))
    make: Any = loop.create_datagram_endpoint
    turn = itertools.cycle(range(first, last + 1))
    for _ in range(random.randrange(last - first + 1)):  # noqa: S311  (processes begin at different places)
        next(turn)

    async def within(factory: Any, local_addr: tuple[str, int] | None = None, **more: Any) -> Any:
        if local_addr is None or local_addr[1] != 0:
            return await make(factory, local_addr=local_addr, **more)
        for _ in range(last - first):
            try:
                return await make(factory, local_addr=(local_addr[0], next(turn)), **more)
            except OSError:  # taken: the next one
                continue
        return await make(factory, local_addr=(local_addr[0], next(turn)), **more)

    setattr(loop, "create_datagram_endpoint", within)  # noqa: B010  (a method of this one loop)
