"""What counting minutes consist of, whether they become a PDF or a Word file: parts in reading order, plain data.

Texts hold no mark-up: a `Text` is a run of pieces, each plain or strong.
"""

from dataclasses import dataclass

from server.voting.paper.sheets.shapes import Issuer, Signer


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a paragraph."""

    text: str
    strong: bool = False


Text = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a section."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the body."""

    text: Text


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table whose head is repeated on every page it reaches.

    `widths` are shares of the width of the text; `align` has one of l, c, r a column. Column `strong` is bold.
    """

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    align: str
    strong: int = 1


@dataclass(frozen=True, slots=True)
class Signatures:
    """Two signatures side by side; they stay on one page, together with the paragraph before them."""

    left: Signer
    right: Signer


Part = Heading | Paragraph | Grid | Signatures


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole paper. `number` ("Số 12-BB/BKP") and `record` (SHA-256 of the result record) may be empty."""

    issuer: Issuer
    number: str
    place_and_date: str
    type: str
    abstract: str
    parts: tuple[Part, ...]
    record: str


def say(*pieces: str | Piece) -> Paragraph:
    """A paragraph of plain words and strong ones: say("Phát ra: ", strong("348 phiếu"))."""
    return Paragraph(tuple(piece if isinstance(piece, Piece) else Piece(piece) for piece in pieces))


def strong(text: str) -> Piece:
    """Words in bold."""
    return Piece(text, strong=True)
