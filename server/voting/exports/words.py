"""A result in the words of Party papers. Everything is counted in whole numbers; shares add up (arithmetic.shares)."""

from dataclasses import dataclass
from datetime import datetime

from server.core import clock
from server.core.text import clean
from server.voting import marks, rules
from server.voting.outcome import PollOutcome, RecordedLine
from server.voting.rules import BallotKind, Choice, CountedOf, Level

TITLES = {
    BallotKind.MOTION: "Kết quả biểu quyết", BallotKind.OPINION: "Kết quả xin ý kiến",
    BallotKind.CHOICE: "Kết quả lựa chọn", BallotKind.CONFIDENCE: "Kết quả lấy tín nhiệm",
}
ASKED = {
    BallotKind.MOTION: "tán thành, không tán thành, không biểu quyết",
    BallotKind.OPINION: "đồng ý, không đồng ý, ý kiến khác",
    BallotKind.CHOICE: "chọn trong danh sách", BallotKind.CONFIDENCE: "ba mức tín nhiệm cho từng đồng chí",
}
CHOICES = {Choice.FOR: "Tán thành", Choice.AGAINST: "Không tán thành", Choice.NOT_VOTING: "Không biểu quyết",
           Choice.OTHER: "Ý kiến khác"}
OPINIONS = {Choice.FOR: "Đồng ý", Choice.AGAINST: "Không đồng ý", Choice.OTHER: "Ý kiến khác"}
LEVELS = {Level.HIGH: "Tín nhiệm cao", Level.PLAIN: "Tín nhiệm", Level.LOW: "Tín nhiệm thấp"}
NOT_CAST = "Không bỏ phiếu"
MOST_NAMED = 10  # chosen options by their names in one sentence
BASES = {
    CountedOf.CONVENED: "tổng số được triệu tập", CountedOf.ALL_MEMBERS: "tổng số ủy viên",
    CountedOf.ENTITLED: "tổng số có quyền biểu quyết", CountedOf.PRESENT: "số có mặt khi mở biểu quyết",
    CountedOf.CAST: "số phiếu thu về", CountedOf.VALID: "số phiếu hợp lệ",
}
TAMPERED = (
    "Bản ghi kết quả không khớp với mã băm hoặc chữ ký của máy chủ: không dùng bản này; giữ nguyên máy chủ và báo "
    "người quản trị."
)


@dataclass(frozen=True, slots=True)
class Figure:
    """One choice: how many, and its share of the base in hundredths of a per cent."""

    choice: str
    word: str
    votes: int
    share: int


def number(count: int) -> str:
    """1.234."""
    return f"{count:,}".replace(",", ".")


def percent(hundredths: int) -> str:
    """ "63,64%"."""
    return f"{hundredths // 100},{hundredths % 100:02d}%"


def moment(milliseconds: int) -> datetime:
    """In Viet Nam's time, to the second."""
    return datetime.fromtimestamp(milliseconds // 1000, clock.LOCAL)


def time_words(milliseconds: int) -> str:
    """ "08 giờ 05 phút 09 giây, ngày 23/11/2026"."""
    return f"{moment(milliseconds):%H giờ %M phút %S giây, ngày %d/%m/%Y}"


def span_words(start_ms: int, end_ms: int) -> str:
    """ "từ 08 giờ 05 phút 09 giây đến 08 giờ 06 phút 40 giây, ngày 23/11/2026"; both days where they differ."""
    if moment(start_ms).date() != moment(end_ms).date():
        return f"từ {time_words(start_ms)} đến {time_words(end_ms)}"
    return f"từ {moment(start_ms):%H giờ %M phút %S giây} đến {time_words(end_ms)}"


def lines_of(text: str) -> list[str]:
    """A text of several lines, each clean, empty ones left out."""
    return [line for line in (clean(line) for line in text.splitlines()) if line]


def choice_words(body: PollOutcome) -> dict[Choice, str]:
    """The choices of this ballot, in their order."""
    if body.kind == BallotKind.OPINION:
        return OPINIONS
    return {choice: word for choice, word in CHOICES.items() if choice != Choice.OTHER}


def figures(body: PollOutcome) -> list[Figure]:
    """The counts of a motion or an opinion and those who cast no ballot; together they are the base."""
    votes = {Choice.FOR: body.votes_for, Choice.AGAINST: body.votes_against, Choice.NOT_VOTING: body.not_voting,
             Choice.OTHER: body.other}
    words = choice_words(body)
    counts = [*(votes[choice] for choice in words), body.not_cast]
    made = rules.shares(counts, body.base.count)
    return [
        Figure(choice, word, count, share)
        for (choice, word), count, share in zip(
            [*((choice.value, word) for choice, word in words.items()), ("", NOT_CAST)], counts, made, strict=True
        )
    ]


def levels(line: RecordedLine, base: int) -> list[Figure]:
    """The three levels of one name."""
    counts = [line.high or 0, line.plain or 0, line.low or 0]
    made = rules.shares(counts, base)
    return [
        Figure(level.value, LEVELS[level], count, share)
        for level, count, share in zip(Level, counts, made, strict=True)
    ]


def share_of(count: int, base: int) -> int:
    """The share of one option that stands alone: a ballot may choose several, so these do not add up to all."""
    return rules.shares([count], base)[0]


def threshold(body: PollOutcome) -> str:
    """ "quá một phần hai (1/2)", "ít nhất 2/3"."""
    half = (body.numerator, body.denominator) == (1, 2)
    words = "một phần hai (1/2)" if half else f"{body.numerator}/{body.denominator}"
    if body.numerator == body.denominator:
        words = "toàn thể"
    return f"{'quá' if body.strict else 'ít nhất'} {words}"


def base_name(body: PollOutcome) -> str:
    """What the base is."""
    return BASES.get(CountedOf(body.base.of), body.base.of)


def names_words(body: PollOutcome) -> str:
    """Whether the result is named."""
    return "nêu tên người biểu quyết" if body.named else "không nêu tên người biểu quyết"


def needed_label(body: PollOutcome) -> str:
    """What stands before the number that is needed."""
    return "Mỗi lựa chọn cần" if body.kind == BallotKind.CHOICE else "Cần để thông qua"


def verdict(body: PollOutcome) -> str:
    """The verdict in capitals, or what was found where there is no single verdict."""
    if body.passed is not None:
        return "ĐƯỢC THÔNG QUA" if body.passed else "KHÔNG ĐƯỢC THÔNG QUA"
    if body.kind == BallotKind.CONFIDENCE:
        return f"ĐÃ TỔNG HỢP TÍN NHIỆM {len(body.lines):02d} ĐỒNG CHÍ"
    chosen = sum(line.chosen for line in body.lines)
    return f"ĐƯỢC CHỌN: {chosen:02d}/{body.choose_most or 1:02d}" if chosen else "KHÔNG LỰA CHỌN NÀO ĐƯỢC CHỌN"


def reasons(body: PollOutcome) -> list[str]:
    """Why it is so, each a sentence."""
    base = f"{number(body.base.count)} ({base_name(body)})"
    if body.passed is not None:
        yes = choice_words(body)[Choice.FOR].lower()
        said = [f"{number(body.votes_for)} {yes} trên {base}; cần {number(body.needed)}."]
        even = body.votes_for == body.votes_against
        return [*said, body.rule.tie.vi] if even and not body.passed else said
    if body.kind == BallotKind.CONFIDENCE:
        return [f"{number(body.cast)} phiếu trên {base}."]
    said = [f"Mỗi lựa chọn cần {number(body.needed)} phiếu trên {base}; chọn nhiều nhất {body.choose_most or 1}."]
    chosen = [line.label for _, _, line in ranked(body) if line.chosen]
    if 0 < len(chosen) <= MOST_NAMED:
        said.append(f"Được chọn: {'; '.join(chosen)}.")
    tied = [line.label for line in body.lines if line.tied]
    return [*said, f"Bằng phiếu ở vị trí cuối: {'; '.join(tied)}. {body.rule.tie.vi}"] if tied else said


def ranked(body: PollOutcome) -> list[tuple[int, int, RecordedLine]]:
    """Options from high to low, equals in the order of the list: (place, number on the list, line). Equals share a
    place."""
    ordered = sorted(enumerate(body.lines, 1), key=lambda one: -(one[1].votes or 0))
    return [
        (1 + sum((other.votes or 0) > (line.votes or 0) for other in body.lines), listed, line)
        for listed, line in ordered
    ]


def standing(line: RecordedLine) -> str:
    """What became of an option."""
    if line.chosen:
        return "Được chọn"
    return "Bằng phiếu, chưa phân định" if line.tied else ""


def notice_words(body: PollOutcome) -> list[str]:
    """The thresholds that a regulation gives consequences to: "Tín nhiệm thấp: quá 1/2 (từ 31 phiếu)"."""
    return [
        f"{one.vi} (từ {number(rules.needed(body.base.count, one.numerator, one.denominator, one.strict))} phiếu)"
        for one in body.rule.notices
    ]


def notices(body: PollOutcome, line: RecordedLine) -> list[str]:
    """The thresholds a name reached, in the rule's words."""
    words = {one.code: one.vi for one in body.rule.notices}
    return [words.get(code, code) for code in line.notices]


def said(body: PollOutcome, choice: str) -> str:
    """A ballot in words: "Tán thành"; "1, 4" by the numbers of the list; levels with the numbers that got them."""
    if body.kind in (BallotKind.MOTION, BallotKind.OPINION):
        return choice_words(body).get(Choice(choice), CHOICES[Choice(choice)])
    if body.kind == BallotKind.CHOICE:
        return ", ".join(map(str, marks.chosen(choice))) or "Không chọn"
    given = choice.split(",")
    found = [
        f"{word}: {', '.join(str(place) for place, one in enumerate(given, 1) if one == level)}"
        for level, word in LEVELS.items() if level in given
    ]
    return "; ".join(found)


def remarks(body: PollOutcome) -> list[str]:
    """What is doubtful about the rule and its figures."""
    return [*([body.rule.citation.note] if body.rule.citation.note else []), *(one.vi for one in body.rule.settings)]


def after_all(body: PollOutcome) -> str:
    """Beside a reserved opinion of somebody whose ballot in the record agrees."""
    return f"Phiếu được tính của đồng chí này là “{choice_words(body)[Choice.FOR]}”."


def exclusion_counts(body: PollOutcome) -> list[tuple[str, int]]:
    """Reasons with how many were left out for each, in the order of the rule's list."""
    texts = [one.text for one in body.base.exclusions]
    return [(text, texts.count(text)) for text in dict.fromkeys(texts)]
