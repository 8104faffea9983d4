"""Counting minutes (biên bản kiểm phiếu) in words and tables; minutes_pdf.py and minutes_docx.py print them.

Contents after 190-QĐ/TW Điều 33: convened, present, absent; issued, returned, valid, invalid and why; results in the
order of the ballot, then the elected from high to low. Figures that do not add up are never printed.
"""

from dataclasses import replace
from itertools import pairwise

from server.voting.paper.sheets.content import Grid, Heading, Paper, Part, Signatures, say, strong
from server.voting.paper.sheets.shapes import CountingMinutes, Kind, Result, Signer
from server.voting.paper.sheets.template import template
from server.voting.paper.sheets.words import (
    day_figures,
    day_words,
    hour_words,
    number,
    people,
    sentence,
    share,
    slips,
)

HEAD = "Trưởng ban"
_OUTCOMES = {"elected": "Trúng cử", "not_elected": "", "tied": "Bằng phiếu", "withdrawn": "Đã rút"}


def minutes(said: CountingMinutes) -> Paper:
    """The whole paper. Raises ValueError when its figures do not add up."""
    require_sound(said)
    return Paper(
        issuer=said.issuer,
        number=said.number,
        place_and_date=f"{said.issuer.place or '……………'}, {day_words(said.ended_at)}",
        type=template().titles["minutes"],
        abstract=_abstract(said),
        parts=(
            *_opening(said),
            Heading("I. SỐ NGƯỜI ĐƯỢC TRIỆU TẬP, CÓ MẶT, VẮNG MẶT"), *_attendance(said),
            Heading("II. SỐ PHIẾU"), *_slips(said),
            Heading("III. KẾT QUẢ KIỂM PHIẾU"), *(_trust(said) if _is_confidence(said) else _election(said)),
            Heading("IV. ĐỐI CHIẾU, NIÊM PHONG VÀ KHIẾU NẠI"), *_custody(said),
            Signatures(said.chair, _head_of_tellers(said)),
        ),
        record=said.record,
    )


def require_sound(said: CountingMinutes) -> None:
    """Raise ValueError, naming the figures, unless everything adds up."""
    invalid = sum(one.count for one in said.invalid)
    lines = [(one.line.number, one.votes + one.against + (one.uncounted or 0))
             for one in said.results if one.outcome != "withdrawn"]
    lines += [(one.line.number, one.high + one.plain + one.low + one.uncounted) for one in said.confidence]
    votes = {one.line.number: one.votes for one in said.results if one.outcome == "elected"}
    checks = {
        "present and convened": 0 <= said.present <= said.convened,
        "the base and its exclusions": said.base.count == said.base.whole - sum(x.count for x in said.base.excluded),
        "issued and returned": 0 <= said.returned <= said.issued,
        "valid, invalid and returned": said.valid >= 0 and said.valid + invalid == said.returned,
        "the elected": sorted(said.elected) == sorted(votes) and len(votes) <= max(said.seats, 0),
        "the order of the elected": all(votes[one] >= votes[two] for one, two in pairwise(said.elected)),
        **{f"line {line}": total == said.valid for line, total in lines},
    }
    wrong = [name for name, right in checks.items() if not right]
    if wrong:
        raise ValueError("figures do not add up: " + "; ".join(wrong))


def _head_of_tellers(said: CountingMinutes) -> Signer:
    """Whoever is said to sign; without a name, the one of the tellers who heads them."""
    names = [teller.name for teller in said.tellers if teller.duty == HEAD]
    return said.head if said.head.name or not names else replace(said.head, name=names[0])


def _is_confidence(said: CountingMinutes) -> bool:
    return said.kind is Kind.CONFIDENCE


def _doing(said: CountingMinutes) -> str:
    """What was voted: "bầu Ban Chấp hành", once also where the title begins with the verb."""
    word = "lấy phiếu tín nhiệm" if _is_confidence(said) else "bầu"
    if said.body.casefold().startswith(f"{word} "):
        return word + said.body[len(word):]
    return f"{word} {said.body}"


def _abstract(said: CountingMinutes) -> str:
    words = _doing(said)
    return f"{words} (lần thứ {said.round})" if said.round > 1 else words


def _opening(said: CountingMinutes) -> list[Part]:
    room = f", tại {said.room}" if said.room else ""
    act = _doing(said) if _is_confidence(said) else f"{_doing(said)} bằng phiếu kín"
    again = f" (lần thứ {said.round})" if said.round > 1 else ""
    parts: list[Part] = [
        say(f"Hồi {hour_words(said.started_at)}, {day_words(said.started_at)}{room}, Ban kiểm phiếu tiến hành kiểm "
            f"phiếu {act}{again}, tại ", strong(said.meeting), "."),
        say(f"Ban kiểm phiếu gồm {people(len(said.tellers))}:"),
        Grid(("STT", "Họ và tên", "Nhiệm vụ"),
             tuple((str(place), teller.name, teller.duty) for place, teller in enumerate(said.tellers, 1)),
             (1, 6, 3), "clc"),
        say("Căn cứ: ", strong(said.rule.citation), f" ({said.rule.name})."),
    ]
    if not _is_confidence(said):
        parts.append(say("Số lượng cần bầu: ", strong(people(said.seats)), "; danh sách bầu cử: ",
                         strong(people(len(said.results))), "."))
    return parts


def _attendance(said: CountingMinutes) -> list[Part]:
    base = said.base
    parts: list[Part] = [
        say("1. Tổng số được triệu tập: ", strong(people(said.convened)), "."),
        say("2. Có mặt: ", strong(people(said.present)), f", đạt {share(said.present, said.convened)}; vắng mặt: ",
            strong(people(said.convened - said.present)), "."),
        *([say(f"Điều kiện tiến hành: {said.rule.quorum}.")] if said.rule.quorum else []),
        say(f"3. Cơ sở tính kết quả là {base.words}: ", strong(number(base.count)), _subtraction(said), "."),
    ]
    if base.excluded:
        parts.append(Grid(
            ("Không tính vào cơ sở, lý do", "Căn cứ", "Số người"),
            tuple((sentence(one.reason), one.article or "–", number(one.count)) for one in base.excluded),
            (6, 2.4, 1.6), "lcr", strong=2,
        ))
    if said.left_out:
        parts.append(say(f"Không lấy phiếu tín nhiệm đối với {people(len(said.left_out))}:"))
        parts.append(Grid(
            ("STT", "Họ và tên", "Lý do"),
            tuple((str(place), one.name, sentence(one.reason)) for place, one in enumerate(said.left_out, 1)),
            (1, 4, 5), "cll",
        ))
    return parts


def _subtraction(said: CountingMinutes) -> str:
    """ " (348 trừ 2)": how the base comes about."""
    less = sum(one.count for one in said.base.excluded)
    return f" ({number(said.base.whole)} trừ {number(less)})" if less else ""


def _slips(said: CountingMinutes) -> list[Part]:
    invalid = sum(one.count for one in said.invalid)
    figures = (said.issued, said.returned, said.issued - said.returned, said.valid, invalid)
    parts: list[Part] = [
        Grid(("Phát ra", "Thu về", "Không thu về", "Hợp lệ", "Không hợp lệ"),
             (tuple(number(count) for count in figures),), (2, 2, 2, 2, 2), "ccccc", strong=-1),
    ]
    if invalid:
        parts.append(say(f"Phiếu không hợp lệ, theo lý do ({slips(invalid)}):"))
        parts.append(Grid(
            ("Lý do không hợp lệ", "Số phiếu"),
            tuple((sentence(one.reason), number(one.count)) for one in said.invalid), (8, 2), "lr", strong=-1,
        ))
    else:
        parts.append(say("Không có phiếu không hợp lệ."))
    return parts


def _election(said: CountingMinutes) -> list[Part]:
    rule = said.rule
    parts: list[Part] = [say("1. Kết quả theo thứ tự trên phiếu bầu (tỷ lệ tính trên ", strong(number(said.base.count)),
                             f", {said.base.words}):"), _ballot_order(said)]
    parts += _withdrawn(said)
    needed = f", tức là từ {slips(rule.needed)} trở lên" if rule.needed is not None else ""
    parts.append(say(
        f"2. Điều kiện trúng cử ({rule.citation}): được số phiếu đồng ý {rule.threshold} {said.base.words}{needed}."
    ))
    parts += _elected(said)
    for tie in said.ties:
        parts.append(say(
            strong("Bằng phiếu: "), f"{_listed(tie.names)} cùng được {slips(tie.votes)}, chỉ còn bầu "
            f"{people(tie.seats)}; chưa đồng chí nào trong số này trúng cử. ", tie.next_step,
        ))
    if said.shortfall:
        missing = people(said.seats - len(said.elected))
        parts.append(say(f"Còn thiếu {missing} so với số lượng cần bầu. ", said.shortfall))
    return parts


def _withdrawn(said: CountingMinutes) -> list[Part]:
    if not said.withdrawn:
        return []
    return [say(
        "Rút khỏi danh sách sau khi đã in phiếu (tên còn trên phiếu nhưng phiếu không được tính cho đồng chí này): "
        + "; ".join(_with_reason(one.line.name, one.reason) for one in said.withdrawn) + "."
    )]


def _ballot_order(said: CountingMinutes) -> Grid:
    counted = said.kind is Kind.NO_SURPLUS
    head = ("STT", "Họ và tên", "Đồng ý", "Không đồng ý", *(("Không tính",) if counted else ()), "Tỷ lệ", "Ghi chú")
    rows = tuple(_result_row(said, one, counted=counted) for one in said.results)
    widths = (0.95, 3.6, 1.15, 1.15, *((1.15,) if counted else ()), 1.35, 1.7)
    return Grid(head, rows, widths, "clrr" + ("r" if counted else "") + "rl")


def _result_row(said: CountingMinutes, one: Result, *, counted: bool) -> tuple[str, ...]:
    notes = [_OUTCOMES[one.outcome], one.note]
    note = "; ".join(words for words in notes if words)
    if one.outcome == "withdrawn":
        blank = ("–",) * (4 if counted else 3)
        return (str(one.line.number), one.line.name, *blank, note)
    figures = (number(one.votes), number(one.against), *((number(one.uncounted or 0),) if counted else ()))
    return (str(one.line.number), one.line.name, *figures, share(one.votes, said.base.count), note)


def _elected(said: CountingMinutes) -> list[Part]:
    by_number = {one.line.number: one for one in said.results}
    if not said.elected:
        return [say("3. Không có đồng chí nào trúng cử.")]
    described = any(one.line.detail for one in by_number.values())
    rows = tuple(
        (
            str(place), one.line.name, *((one.line.detail,) if described else ()), number(one.votes),
            share(one.votes, said.base.count),
        )
        for place, one in enumerate((by_number[line] for line in said.elected), 1)
    )
    return [
        say("3. Trúng cử: ", strong(people(len(said.elected))), ", xếp theo số phiếu từ cao đến thấp:"),
        Grid(
            ("STT", "Họ và tên", *(("Chức vụ, đơn vị công tác",) if described else ()), "Số phiếu", "Tỷ lệ"), rows,
            (0.95, 3.3, *((3.9,) if described else ()), 1.2, 1.35), "clrr" if not described else "cllrr",
        ),
    ]


def _trust(said: CountingMinutes) -> list[Part]:
    whole = said.base.count
    rows = tuple(
        (
            str(one.line.number), one.line.name,
            *(f"{number(count)}\n{share(count, whole)}" for count in (one.high, one.plain, one.low)),
            number(one.uncounted), one.notice,
        )
        for one in said.confidence
    )
    return [
        say("Kết quả theo thứ tự trên phiếu (dòng trên là số phiếu, dòng dưới là tỷ lệ tính trên ",
            strong(number(whole)), f", {said.base.words}):"),
        Grid(
            ("STT", "Họ và tên", "Tín nhiệm cao", "Tín nhiệm", "Tín nhiệm thấp", "Không tính", "Ngưỡng theo quy định"),
            rows, (0.95, 2.85, 1.25, 1.25, 1.25, 1.25, 2.15), "clrrrrl",
        ),
        *_withdrawn(said),
    ]


def _custody(said: CountingMinutes) -> list[Part]:
    settled = (
        f"có {said.settled:02d} chỗ khác nhau, đã được Ban kiểm phiếu đối chiếu với phiếu và thống nhất"
        if said.settled else "không có chỗ nào khác nhau"
    )
    cited = f" ({said.custody_citation})" if said.custody_citation else ""
    return [
        say(f"1. Kết quả được nhập độc lập tại {said.stations:02d} máy; so sánh từng phiếu, từng dòng: {settled}."),
        say(f"2. Phiếu được niêm phong, lưu giữ đến hết ngày {day_figures(said.sealed_until)}; thời hạn gửi khiếu nại "
            f"đến hết ngày {day_figures(said.complaints_until)}{cited}."),
        say(f"Việc kiểm phiếu kết thúc hồi {hour_words(said.ended_at)}, {day_words(said.ended_at)}. Biên bản được lập "
            f"thành {said.copies:02d} bản có giá trị như nhau."),
    ]


def _with_reason(name: str, reason: str) -> str:
    return f"{name} ({reason})" if reason else name


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(names[:-1]) + " và " + names[-1] if len(names) > 1 else "".join(names)
