"""What can stand on a paper ballot, and what follows from it.

One letter a line, in ballot order:

    election_surplus      k kept    s struck
    election_no_surplus   f for     a against   b both boxes   n neither box
    confidence            h high    p plain     l low          n no box       m several boxes

A reading is a whole ballot as text: "m:kksk" (marks), "i:other_names" (invalid, by the tellers), "-" (no such ballot).
"""

from server.voting.paper.models import Invalid, PaperKind

LETTERS: dict[PaperKind, str] = {
    PaperKind.SURPLUS: "ks",
    PaperKind.NO_SURPLUS: "fabn",
    PaperKind.CONFIDENCE: "hplnm",
}
ABSENT = "-"


def are_marks(kind: PaperKind, marks: str, lines: int) -> bool:
    """Whether `marks` has exactly one letter of this kind for each of `lines` lines."""
    return len(marks) == lines and set(marks) <= set(LETTERS[kind])


def judged(kind: PaperKind, seats: int, marks: str, ignored: frozenset[int] = frozenset()) -> Invalid | None:
    """Why these marks make the ballot invalid; None: it is valid. The server decides, not who enters.

    `ignored`: lines (from 1) of those who withdrew after printing; what stands on them is not looked at.
    Source: 190-QĐ/TW Điều 30. Surplus: more names left standing than seats, or none. A ballot of one name without
    surplus needs exactly one box; with several names, both or neither box leaves the ballot valid and that person
    uncounted. A confidence ballot is never invalid by its marks (96-QĐ/TW): the line is uncounted.
    """
    counted = "".join(mark for line, mark in enumerate(marks, 1) if line not in ignored) if ignored else marks
    if kind is PaperKind.SURPLUS:
        kept = counted.count("k")
        return Invalid.TOO_MANY if kept > seats else Invalid.NOBODY if kept == 0 else None
    if kind is PaperKind.NO_SURPLUS:
        if len(marks) == 1 and counted in ("b", "n"):
            return Invalid.NOBODY if counted == "n" else Invalid.OTHER
        return Invalid.TOO_MANY if counted.count("f") > seats else None
    return None


def reading(marks: str, invalid: Invalid | str | None) -> str:
    """The text of a reading."""
    return f"i:{Invalid(invalid).value}" if invalid else f"m:{marks}"


def marks_of(read: str) -> str | None:
    """The marks of a reading; None when it is invalid by the tellers or absent."""
    return read[2:] if read.startswith("m:") else None


def outcome(kind: PaperKind, seats: int, read: str, ignored: frozenset[int] = frozenset()) -> Invalid | None:
    """Why a ballot that is there is invalid, by the tellers or by its marks; None: it is valid."""
    marks = marks_of(read)
    return Invalid(read[2:]) if marks is None else judged(kind, seats, marks, ignored)
