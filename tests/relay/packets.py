"""What a WebRTC sender of a test sends: packets somebody else has encoded."""

import asyncio
from typing import Any

import av
from aiortc import MediaStreamTrack


class Packets(MediaStreamTrack):
    """A track of packets that are encoded already."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        self.kind = kind
        self.queue: asyncio.Queue[av.Packet] = asyncio.Queue()

    async def recv(self) -> Any:
        """The next packet."""
        return await self.queue.get()
