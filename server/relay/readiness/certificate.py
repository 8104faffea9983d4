"""The certificate of a test: canonical JSON (keys sorted, no spaces, UTF-8), signed Ed25519 (RFC 8032) by the server.

Its SHA-256 stands in the journal row of the test, so neither can be exchanged alone. It says what was measured, by
which limits and whose, and what follows, in both languages: whoever holds it needs nothing else to read it.
"""

import hashlib
import json
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.orm import Session

from server.core.keys import Keys
from server.relay.readiness.figures import Figures
from server.relay.readiness.models import ReadinessTest
from server.relay.readiness.thresholds import Thresholds, Words, shipped
from server.relay.readiness.timeline import Phase
from server.relay.readiness.verdict import SENTENCES, Finding, Letter, Reason, Verdict, in_words

VERSION = 1


class Piece(BaseModel):
    """A frozen part of a certificate."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class About(Piece):
    """Whose test it was. Times are epoch milliseconds."""

    unit: str
    meeting_id: int
    meeting: str
    conference_id: int
    conference: str
    organiser: Literal["central", "province"]
    starts_ms: int
    site_id: int
    site: str
    tested_ms: int
    phase: Phase
    technician: str
    technician_phone: str
    machine: str
    by: Literal["page", "edge", "console"]


class Certificate(Piece):
    """What is signed."""

    kind: Literal["nghisu/relay-readiness"] = "nghisu/relay-readiness"
    version: Annotated[int, Field(ge=1)] = VERSION
    about: About
    letter: Letter
    line: Letter
    top: str
    may_speak: bool
    sentence: Words
    findings: tuple[Finding, ...]
    reasons: tuple[Reason, ...]
    figures: Figures


def of(about: About, figures: Figures, verdict: Verdict, table: Thresholds | None = None) -> Certificate:
    """The certificate of a verdict."""
    table = table or shipped()
    return Certificate(
        about=about, letter=verdict.letter, line=verdict.line, top=verdict.top, may_speak=verdict.may_speak,
        sentence=SENTENCES[verdict.letter], findings=verdict.findings,
        reasons=tuple(in_words(one, table) for one in verdict.reasons), figures=figures,
    )


def canonical(certificate: Certificate) -> str:
    """Its one text."""
    plain = certificate.model_dump(mode="json")
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def digest(text: str) -> str:
    """Hex SHA-256 of a certificate's text."""
    return hashlib.sha256(text.encode()).hexdigest()


def signed(text: str, keys: Keys) -> dict[str, str]:
    """The columns that seal a text."""
    return {
        "text": text, "sha256": digest(text), "signature": keys.sign(text.encode()), "public_key": keys.public_key
    }


def is_valid(test: ReadinessTest, keys: Keys) -> bool:
    """Whether the text is the one this server signed."""
    whole = digest(test.text) == test.sha256 and test.public_key == keys.public_key
    return whole and keys.verify(test.text.encode(), test.signature)


def kept(session: Session, test_id: int) -> ReadinessTest | None:
    """One test; None when there is none."""
    return session.get(ReadinessTest, test_id)


def as_file(test: ReadinessTest) -> dict[str, Any]:
    """What is handed out: the text as it was signed, with its seal, to be checked elsewhere (RFC 8032, hex)."""
    return {
        "certificate": test.text, "sha256": test.sha256, "signature": test.signature, "public_key": test.public_key,
    }
