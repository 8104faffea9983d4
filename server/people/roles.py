"""Roles and what they may do. One table; everything else is refused."""

from enum import StrEnum

from server.core.access import Permission as P


class Role(StrEnum):
    """Roles an account can hold at a unit."""

    ADMINISTRATOR = "administrator"
    UNIT_ADMINISTRATOR = "unit_administrator"
    SECRETARY = "secretary"
    CHAIR = "chair"
    DELEGATE = "delegate"
    TELLER = "teller"
    STEWARD = "steward"
    TECHNICIAN = "technician"


_WATCH = frozenset({P.MEETING_WATCH})
_DELEGATE = frozenset({P.MEETING_SIT, P.VOTE_CAST, P.FLOOR_REQUEST})
_SECRETARY = _WATCH | {
    P.PEOPLE_READ, P.MEETING_CREATE, P.MEETING_MANAGE, P.MEETING_CONSOLE, P.ATTENDANCE_CHECK_IN, P.VOTE_MANAGE,
    P.FLOOR_MANAGE, P.DEVICES_MANAGE, P.RELAY_MANAGE, P.RELAY_RECORDINGS,
}

ROLE_PERMISSIONS: dict[Role, frozenset[P]] = {
    # An administrator keeps the house in order; running a meeting is the secretary's, on purpose.
    Role.ADMINISTRATOR: _WATCH | {
        P.PEOPLE_READ, P.PEOPLE_MANAGE, P.ACCOUNTS_MANAGE, P.JOURNAL_READ, P.DEVICES_MANAGE, P.SYSTEM_MANAGE,
        P.MEETING_CONSOLE,
    },
    Role.UNIT_ADMINISTRATOR: _WATCH | {P.PEOPLE_READ, P.PEOPLE_MANAGE, P.ACCOUNTS_MANAGE, P.DEVICES_MANAGE},
    Role.SECRETARY: _SECRETARY,
    Role.CHAIR: _WATCH | {P.MEETING_CONSOLE, P.FLOOR_MANAGE, P.VOTE_MANAGE, P.RELAY_RECORDINGS},
    Role.DELEGATE: frozenset(),  # sits by being a participant (below), not by an account
    Role.TELLER: _WATCH | {P.MEETING_CONSOLE},
    Role.STEWARD: _WATCH | {P.ATTENDANCE_CHECK_IN},
    # Who makes a recording work need not take it home: a technician sees what there is and downloads nothing.
    Role.TECHNICIAN: _WATCH | {P.MEETING_CONSOLE, P.DEVICES_MANAGE, P.RELAY_MANAGE},
}

# What a participant may do at a seat, in his meeting only, by the part he has in it.
PARTICIPANT_PERMISSIONS: dict[str, frozenset[P]] = {
    "delegate": _DELEGATE,
    "alternate": _DELEGATE,
    "chair": _DELEGATE,
    "secretary": _DELEGATE,
    "guest": frozenset({P.MEETING_SIT, P.FLOOR_REQUEST}),
}

# What an appointed teller may do besides, in his meeting.
TELLER_PERMISSIONS = frozenset({P.BALLOTS_COUNT})

# What an enrolled device may do at its unit; a site's page and an edge, in the meetings whose conference invites them.
DEVICE_PERMISSIONS: dict[str, frozenset[P]] = {
    "wall": _WATCH,
    "door": frozenset({P.ATTENDANCE_CHECK_IN}),
    "seat": frozenset(),  # dead until a delegate is identified
    "site": frozenset({P.RELAY_ATTEND}),
    "edge": frozenset({P.RELAY_ATTEND}),
}
