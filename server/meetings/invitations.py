"""Invitations and PINs: what a delegate holds to come in at the door and to sign in at a seat.

An invitation is a signed QR: `NS1` and base32 of meeting id (u32), participant id (u32), serial (u16) and a 10-byte
HMAC; only A–Z and 2–7 after `NS1`, because scanners that type on a foreign keyboard layout spoil everything else
(facts/kiosk.md). Raising the participant's serial revokes what was printed before.
"""

import base64
import binascii
import io
import re
import struct
from dataclasses import dataclass
from hmac import compare_digest

from sqlalchemy import select
from sqlalchemy.orm import lazyload

from server.core.access import Actor
from server.core.errors import Refused
from server.core.keys import Keys
from server.core.writer import Tx
from server.meetings import lookup
from server.meetings.models import Participant
from server.people import sessions

PREFIX = "NS1"
PIN_DIGITS = 6
_SHAPE = re.compile(rf"{PREFIX}([A-Z2-7]{{32}})")
_FACTS = struct.Struct(">IIH")
_MAC_BYTES = 10


@dataclass(frozen=True, slots=True)
class Invitation:
    """What a genuine QR says."""

    meeting_id: int
    participant_id: int
    serial: int


def payload(keys: Keys, invitation: Invitation) -> str:
    """The text in the QR: 35 letters and digits."""
    facts = _FACTS.pack(invitation.meeting_id, invitation.participant_id, invitation.serial % 2**16)
    return PREFIX + base64.b32encode(facts + keys.mac("invitation", facts)[:_MAC_BYTES]).decode()


def read(keys: Keys, text: str) -> Invitation | None:
    """The invitation in a scanned text, None when it is not one of ours. Case and surrounding space do not matter."""
    found = _SHAPE.fullmatch("".join(text.split()).upper())
    if found is None:
        return None
    try:
        raw = base64.b32decode(found.group(1))
    except binascii.Error:
        return None
    facts, mac = raw[: _FACTS.size], raw[_FACTS.size :]
    return Invitation(*_FACTS.unpack(facts)) if keys.check("invitation", facts, mac) else None


def is_valid(invitation: Invitation, participant: Participant) -> bool:
    """Whether this is the participant's newest invitation."""
    return invitation.participant_id == participant.id and invitation.serial == participant.invitation % 2**16


def of(keys: Keys, participant: Participant) -> str:
    """The text in this participant's QR."""
    return payload(keys, Invitation(participant.meeting_id, participant.id, participant.invitation))


def svg(text: str) -> bytes:
    """The QR as SVG, error correction M, with the quiet zone of four modules (ISO/IEC 18004)."""
    import qrcode  # noqa: PLC0415  (only this needs it, and it is slow to import)
    from qrcode.image.svg import SvgPathImage  # noqa: PLC0415

    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=4)
    code.add_data(text)
    out = io.BytesIO()
    code.make_image(image_factory=SvgPathImage).save(out)
    return out.getvalue()


def pin_mac(keys: Keys, participant_id: int, pin: str) -> str:
    """What is stored of a PIN: it cannot be tried out without the server's key."""
    return keys.mac("pin", f"{participant_id}:{pin}".encode()).hex()


def require_pin(keys: Keys, participant: Participant, pin: str | None) -> None:
    """Nobody prints a PIN that does not open the seat. Raises Refused `pin_outdated`; None is no PIN at all."""
    if pin is None:
        return
    if not compare_digest(participant.pin_mac or "", pin_mac(keys, participant.id, pin)):
        raise Refused("pin_outdated", name=participant.person.name)


def give_pins(tx: Tx, actor: Actor, meeting_id: int, macs: dict[int, str], *, anew: bool) -> list[int]:
    """Store the checks of new PINs by participant id; returns the ids that got one.

    `anew` replaces PINs: the printed invitations and the seats signed in with them are revoked. Otherwise only those
    without a PIN get one.
    """
    lookup.open_meeting(tx, meeting_id)
    given: list[int] = []
    everybody = tx.scalars(
        select(Participant).where(Participant.meeting_id == meeting_id).options(lazyload(Participant.person))
    )
    here = {participant.id: participant for participant in everybody}
    for participant_id, mac in macs.items():
        participant = here.get(participant_id)
        if participant is None:
            raise Refused("participant_not_found")
        if participant.pin_mac is not None and not anew:
            continue
        if anew and participant.pin_mac is not None:
            participant.invitation += 1
            sessions.revoke(tx, participant_id=participant_id)
        participant.pin_mac, participant.pin_failures, participant.pin_locked_until = mac, 0, None
        given.append(participant_id)
    if given:
        tx.record("invitations.made", actor, meeting_id, participants=given, anew=anew)
        tx.touch(lookup.topic(meeting_id, "participants"))
    return given
