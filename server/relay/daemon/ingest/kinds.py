"""Names of PyAV's types: its stubs make Packet generic, its compiled class is not."""

from typing import TYPE_CHECKING, Any, TypeAlias

from av.packet import Packet

if TYPE_CHECKING:
    AnyPacket: TypeAlias = Packet[Any]
else:
    AnyPacket = Packet
