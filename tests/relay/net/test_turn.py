"""A room that may send no UDP to the relay gets its pictures through the house's TURN server (Debian's coturn)."""

from pathlib import Path

import pytest

from tests.relay.net.turned import Talk, Turned, missing, turned
from tests.relay.net.turning import ENOUGH

pytestmark = pytest.mark.skipif(bool(missing()), reason=missing() or "-")


def watched(house: Turned, servers: list[dict[str, str]]) -> int:
    """How many pictures a new viewer in the room decoded."""
    room = Talk(house.room, "room")
    room.say(servers=servers)
    house.centre.say(**room.hear())
    room.say(**house.centre.hear())
    seen = int(room.hear()["seen"])
    room.end()
    return seen


def test_pictures_come_through_turn_over_udp_and_over_tcp_and_not_without(tmp_path: Path) -> None:
    with turned(tmp_path) as house:
        assert watched(house, []) == 0
        for transport in ("udp", "tcp"):
            assert watched(house, house.servers(transport)) == ENOUGH, transport
