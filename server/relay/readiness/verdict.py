"""From figures to a verdict: pure, in whole numbers, and never better when a figure is worse.

    A  the top rung          B  the low rung          C  sound alone          D  refused

A site gets the best rung on which bandwidth both ways, loss, jitter, round trip, decoding and freezes all pass, each
rung by the rehearsal of its own stream: a line too narrow for the top rung loses packets there and may carry the low
one without a loss. Then come the items of the room, which may lower that, take the floor away or be left to fix.
"""

from enum import StrEnum
from typing import cast

from pydantic import BaseModel, ConfigDict

from server.core.text import clean
from server.relay.plan import Rung
from server.relay.readiness.figures import Figures
from server.relay.readiness.thresholds import Failing, Item, TestRung, Thresholds, Top, Unit, Words, shipped


class Letter(StrEnum):
    """What a site may have."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"


BEST_RUNG: dict[Letter, Rung] = {Letter.A: "top", Letter.B: "low", Letter.C: "audio", Letter.D: "none"}
_LIMITED: dict[Failing, Letter] = {"sound": Letter.C, "refused": Letter.D}


class Finding(BaseModel):
    """One item on one rung (None: the room). `measured` and `limit` are whole numbers in the unit; yes is 1, no 0."""

    model_config = ConfigDict(frozen=True)

    key: str
    rung: TestRung | None
    passed: bool
    measured: int | None
    limit: int
    failing: Failing


class Verdict(BaseModel):
    """What comes of a test. `top`: the rung that A stands for in this conference; `line`: what the line alone gets."""

    model_config = ConfigDict(frozen=True)

    letter: Letter
    line: Letter
    may_speak: bool
    top: Top
    findings: tuple[Finding, ...]

    @property
    def to_fix(self) -> tuple[Finding, ...]:
        """What must be put right before the start, though the site is let in."""
        return tuple(one for one in self.findings if not one.passed and one.failing in ("to-fix", "no-floor"))

    @property
    def reasons(self) -> tuple[Finding, ...]:
        """Why it is not better: what failed on the rung above the one it got, and in the room."""
        above: dict[Letter, TestRung | None] = {Letter.A: None, Letter.B: self.top, Letter.C: "low", Letter.D: "audio"}
        wanted = above[self.line]
        return tuple(one for one in self.findings if not one.passed and one.rung in (None, wanted))


def judge(figures: Figures, top: Top = "1080p", table: Thresholds | None = None) -> Verdict:
    """The verdict on a site for a conference whose top rung is `top`."""
    table = table or shipped()
    findings = [found for rung in rungs_of(top) for found in _line(figures, rung, table)]
    room = [_of_room(figures, item) for item in table.items if item.failing != "rung" and _judged(figures, item)]
    line = letter = next((letter for letter, rung in _ladder(top) if _all_pass(findings, rung)), Letter.D)
    for found in room:
        if not found.passed and found.failing in _LIMITED:
            letter = max(letter, _LIMITED[found.failing])
    quiet = any(not found.passed and found.failing == "no-floor" for found in room)
    return Verdict(
        letter=letter, line=line, may_speak=letter is not Letter.D and not quiet, top=top, findings=(*findings, *room)
    )


def rungs_of(top: Top) -> tuple[TestRung, ...]:
    """The rungs a test tries, the best first."""
    return (top, "low", "audio")


def _ladder(top: Top) -> list[tuple[Letter, TestRung]]:
    return list(zip((Letter.A, Letter.B, Letter.C), rungs_of(top), strict=True))


def _all_pass(findings: list[Finding], rung: TestRung) -> bool:
    return all(found.passed for found in findings if found.rung == rung)


def _line(figures: Figures, rung: TestRung, table: Thresholds) -> list[Finding]:
    heard = {"low": figures.low, "audio": figures.audio}.get(rung, figures.top)
    found = []
    for item in table.items:
        if rung not in item.limits:
            continue
        measured = getattr(figures if item.key in ("down", "up") else heard, item.key, None)
        found.append(_finding(item, rung, measured, item.limits[rung]))
    return found


def _judged(figures: Figures, item: Item) -> bool:
    """Whether an item of the room counts: a measured figure takes the place of somebody's word."""
    if item.unless:
        return getattr(figures, item.unless) is None
    if item.needs:
        other = getattr(figures, item.needs)
        return other is not None if item.needs == item.key else bool(other)
    return True


def _of_room(figures: Figures, item: Item) -> Finding:
    measured = getattr(figures, item.key)
    return _finding(item, None, None if measured is None else int(measured), cast("int", item.limit))


def _finding(item: Item, rung: TestRung | None, measured: int | None, limit: int) -> Finding:
    return Finding(
        key=item.key, rung=rung, passed=item.holds(measured, limit), measured=measured, limit=limit,
        failing=item.failing,
    )


# -- in words

NOT_MEASURED = Words(vi="chưa kiểm tra", en="not tested")
RUNG_NAMES: dict[TestRung, Words] = {
    "1080p": Words(vi="hình 1080", en="1080p"), "720p": Words(vi="hình 720", en="720p"),
    "low": Words(vi="hình thấp", en="low rung"), "audio": Words(vi="chỉ tiếng", en="sound alone"),
}
SENTENCES: dict[Letter, Words] = {
    Letter.A: Words(vi="Đủ điều kiện: nhận hình mức cao nhất và tiếng.", en="Fit: the top rung and sound."),
    Letter.B: Words(vi="Đủ điều kiện nhận hình mức thấp và tiếng.", en="Fit for the low rung and sound."),
    Letter.C: Words(vi="Chỉ đủ điều kiện nhận tiếng.", en="Fit for sound alone."),
    Letter.D: Words(vi="Chưa đủ điều kiện tiếp phát.", en="Not fit for the relay."),
}


class Reason(BaseModel):
    """A failed item as a person reads it."""

    model_config = ConfigDict(frozen=True)

    key: str
    name: Words
    why: Words
    do: Words
    source: Words
    failing: Failing


def in_words(finding: Finding, table: Thresholds | None = None) -> Reason:
    """What failed, why, what to do and where the limit comes from, in both languages."""
    table = table or shipped()
    item = table.item(finding.key)
    source = item.sources[finding.rung] if finding.rung else item.source
    suffix = RUNG_NAMES[finding.rung] if finding.rung else None
    name = item.name if suffix is None else Words(
        vi=f"{item.name.vi} ({suffix.vi})", en=f"{item.name.en} ({suffix.en})"
    )
    return Reason(
        key=finding.key, name=name, do=item.do, source=table.sources[source], failing=item.failing,
        why=Words(vi=_why(item, finding, "vi"), en=_why(item, finding, "en")),
    )


def _why(item: Item, finding: Finding, language: str) -> str:
    if finding.measured is None:
        return str(getattr(NOT_MEASURED, language))
    template = str(getattr(item.why, language))
    return clean(template.format(
        measured=amount(finding.measured, item.unit, language), limit=amount(finding.limit, item.unit, language)
    ))


def amount(number: int, unit: Unit, language: str = "vi") -> str:
    """A whole number with its unit, the Vietnamese way (1.234,5) or the English one."""
    if unit in _COUNTED:
        return _COUNTED[unit][language].format(number=number)
    if unit == "yes":
        return {"vi": ("không đạt", "đạt"), "en": ("no", "yes")}[language][bool(number)]
    if unit == "%":
        return f"{_hundredths(number, language)} %"
    if unit == "kb/s" and number >= 1000:  # noqa: PLR2004  (a megabit)
        return f"{_hundredths(number // 10, language)} Mb/s"  # rounded down: never better than it is
    return f"{grouped(number, language)} {unit}"


def grouped(number: int, language: str = "vi") -> str:
    """1.234 the Vietnamese way, 1,234 the English."""
    return f"{number:,}".replace(",", ".") if language == "vi" else f"{number:,}"


_COUNTED: dict[Unit, dict[str, str]] = {
    "times": {"vi": "{number} lần", "en": "{number} times"}, "min": {"vi": "{number} phút", "en": "{number} min"},
    "s": {"vi": "{number} giây", "en": "{number} s"},
}


def _hundredths(number: int, language: str) -> str:
    whole, part = divmod(number, 100)
    digits = f"{part:02d}".rstrip("0")
    return f"{whole}{',' if language == 'vi' else '.'}{digits}" if digits else str(whole)
