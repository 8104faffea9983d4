"""Who watches and who speaks: the words of WHEP and WHIP, from the web process or the relay's own HTTP.

    whep.offer {conference, GUEST, sdp} → {id, sdp}      whip.offer {conference, key, GUEST, sdp} → {id, sdp}
    whep.patch {viewer, owner, body}                     whip.patch {viewer, owner, body}
    whep.delete {viewer, owner}                          whip.delete {viewer, owner}

GUEST is {label, owner, meeting} (guest.py): whoever is not the owner of a connection finds none. `viewer` is the `id`
of the answer (a word's own "id" is its number, wire.py). It begins with the name of the child that holds the
connection: "fanout-0.9f2c…", "ingest-3-site-12.51aa…", "ingest-3-primary.07be…".
"""

import asyncio
import re
from collections import Counter
from contextlib import suppress
from typing import TYPE_CHECKING

from server.core.errors import Refused
from server.relay.daemon.guest import Guest, Turnstile
from server.relay.daemon.wire import Word

if TYPE_CHECKING:
    from server.relay.daemon.supervisor import Supervisor

KINDS = ("whep.offer", "whep.patch", "whep.delete", "whip.offer", "whip.patch", "whip.delete")
LARGEST_SDP = 64 * 1024
LARGEST_PATCH = 16 * 1024
_ID = re.compile(
    r"^(?P<child>(fanout-[0-9]{1,3})|(ingest-[0-9]{1,10}-(primary|backup|site-[0-9]{1,10})))\.[0-9a-f]{8,32}$"
)
_KEY = re.compile(r"^(primary|backup|site-[1-9][0-9]{0,9})$")  # a conference's own encoder, or a room
START_S = 2.5  # a child's start that is waited for: the web process has patience for both, this and the answer


class Signalling:
    """Answers the words above for one supervisor."""

    def __init__(self, supervisor: "Supervisor") -> None:
        self._supervisor = supervisor
        self._turnstile = Turnstile()
        self._given: Counter[str] = Counter()  # viewers let in since the children last said how many they have

    def counted(self, child: str) -> None:
        """A fan-out child reported its viewers: our own count starts afresh."""
        self._given[child] = 0

    async def answer(self, word: Word) -> Word:
        """Carry a word out. Raises Refused."""
        kind = str(word["kind"])
        if kind == "whep.offer":
            return await self._watch(word)
        if kind == "whip.offer":
            return await self._speak(word)
        viewer = str(word.get("viewer", ""))
        child = self._holder(viewer, kind)
        body = str(word.get("body", ""))
        if len(body) > LARGEST_PATCH:
            raise Refused("too_large")
        said = {"viewer": viewer, "owner": str(word.get("owner", "")), **({"body": body} if body else {})}
        return await self._supervisor.ask(child, kind, **said)

    async def _watch(self, word: Word) -> Word:
        conference, guest, sdp = self._offer(word)
        least = min(self._fanouts(), key=self._load)
        self._given[least] += 1
        return await self._supervisor.ask(least, "whep.offer", conference=conference, sdp=sdp, **guest._asdict())

    async def _speak(self, word: Word) -> Word:
        conference, guest, sdp = self._offer(word)
        key = str(word.get("key", ""))
        child = f"ingest-{conference}-{key}"
        running = self._supervisor.running.get(child) if _KEY.match(key) else None
        if running is None:
            raise Refused("relay_not_running")
        with suppress(TimeoutError):  # it was started when the floor was given: a moment ago, perhaps
            await asyncio.wait_for(running.ready.wait(), START_S)
        return await self._supervisor.ask(child, "whip.offer", conference=conference, sdp=sdp, **guest._asdict())

    def _offer(self, word: Word) -> tuple[int, Guest, str]:
        guest = Guest.of(word)
        self._turnstile.count(guest)
        conference, sdp = word.get("conference"), word.get("sdp")
        if not isinstance(conference, int) or conference not in self._supervisor.known:
            raise Refused("relay_not_running")
        if not isinstance(sdp, str) or not 0 < len(sdp) <= LARGEST_SDP:
            raise Refused("relay_offer_wrong")
        return conference, guest, sdp

    def _fanouts(self) -> list[str]:
        found = [name for name, child in self._supervisor.running.items() if child.need.kind == "fanout"]
        if not found:
            raise Refused("relay_not_running")
        return found

    def _load(self, child: str) -> int:
        seen = sum(len(known.viewers.get(child, ())) for known in self._supervisor.known.values())
        return seen + self._given[child]

    def _holder(self, number: str, kind: str) -> str:
        found = _ID.match(number)
        if found is None or found["child"] not in self._supervisor.running:
            raise Refused("relay_viewer_unknown")
        if kind.startswith("whep.") != found["child"].startswith("fanout-"):
            raise Refused("relay_viewer_unknown")
        return found["child"]
