"""The reports on money: the budget and public investment."""

from server.demo.papers import charts
from server.demo.papers.figures import (
    CUSTOMS,
    DOMESTIC,
    INVESTMENT,
    OTHER_SPENDING,
    PROJECTS,
    RECURRENT,
    Line,
    communes,
    revenue,
    share,
    slow_projects,
    spending,
    total,
    vn,
)
from server.demo.papers.layout import Heading, Sheet, Signature
from server.demo.papers.names import CHAIRMAN, COMMITTEE, GOVERNMENT_PARTY_HEAD, dated

BUDGET_HEAD = [
    "TT",
    "Nội dung",
    "Dự toán năm 2026",
    "Thực hiện 9 tháng",
    "So dự toán (%)",
    "Cùng kỳ 2025",
    "So cùng kỳ (%)",
]
BUDGET_WIDTHS = [0.7, 4.4, 1.35, 1.35, 1.2, 1.3, 1.2]


def _budget_rows(groups: list[tuple[str, str, list[Line]]], whole: Line) -> list[list[str]]:
    def cells(mark: str, line: Line) -> list[str]:
        return [
            mark,
            line.name,
            vn(line.plan),
            vn(line.done),
            share(line.done, line.plan),
            vn(line.before),
            share(line.done, line.before),
        ]

    rows = [cells("*", whole)]
    for mark, name, group in groups:
        rows.append(cells(f"*{mark}", total(group, name)))
        rows += [cells(str(number), line) for number, line in enumerate(group, start=1)]
    return rows


def budget() -> bytes:
    """The budget report: revenue and spending tables, and revenue by commune over several pages."""
    money, spent, places = revenue(), spending(), communes()
    sheet = Sheet(
        Heading(
            GOVERNMENT_PARTY_HEAD,
            "Số 96-BC/ĐU",
            dated(2, 10),
            "Báo cáo",
            "tình hình thực hiện thu, chi ngân sách nhà nước<br/>9 tháng đầu năm 2026",
            parent=COMMITTEE,
        )
    )
    sheet.to("Ban Chấp hành Đảng bộ tỉnh")
    sheet.h1("I. THU NGÂN SÁCH NHÀ NƯỚC TRÊN ĐỊA BÀN")
    sheet.p(
        f"Tổng thu ngân sách nhà nước trên địa bàn 9 tháng đầu năm 2026 là {vn(money.done)} tỷ đồng, đạt "
        f"{share(money.done, money.plan)}% dự toán "
        f"({vn(money.plan)} tỷ đồng), bằng {share(money.done, money.before)}% so với cùng kỳ. Thu nội địa trừ tiền "
        "sử dụng đất là "
        f"{vn(total(DOMESTIC).done - DOMESTIC[8].done)} tỷ đồng. Chi tiết như sau:",
    )
    sheet.table(
        "Biểu 1. Thu ngân sách nhà nước trên địa bàn",
        BUDGET_HEAD,
        _budget_rows([("I", "Thu nội địa", DOMESTIC), ("II", "Thu từ hoạt động xuất nhập khẩu", CUSTOMS)], money),
        widths=BUDGET_WIDTHS,
        align="clrrrrr",
        unit="tỷ đồng",
    )
    sheet.h1("II. CHI NGÂN SÁCH ĐỊA PHƯƠNG")
    sheet.p(
        f"Tổng chi ngân sách địa phương là {vn(spent.done)} tỷ đồng, đạt {share(spent.done, spent.plan)}% dự toán; "
        "trong đó chi đầu tư phát triển "
        f"{vn(total(INVESTMENT).done)} tỷ đồng, chi thường xuyên {vn(total(RECURRENT).done)} tỷ đồng. Chi quản lý "
        "hành chính giảm so với cùng kỳ "
        "do tinh gọn tổ chức bộ máy; chi khoa học, công nghệ và chuyển đổi số tăng mạnh.",
    )
    sheet.table(
        "Biểu 2. Chi ngân sách địa phương",
        BUDGET_HEAD,
        _budget_rows(
            [
                ("I", "Chi đầu tư phát triển", INVESTMENT),
                ("II", "Chi thường xuyên", RECURRENT),
                ("III", "Chi khác của ngân sách", OTHER_SPENDING),
            ],
            spent,
        ),
        widths=BUDGET_WIDTHS,
        align="clrrrrr",
        unit="tỷ đồng",
    )
    groups = {"Đầu tư phát triển": total(INVESTMENT), "Thường xuyên": total(RECURRENT), "Khác": total(OTHER_SPENDING)}
    sheet.chart(
        "Cơ cấu chi ngân sách địa phương 9 tháng",
        charts.pie({name: round(100 * line.done / spent.done, 1) for name, line in groups.items()}),
    )
    sheet.h1("III. NHIỆM VỤ NHỮNG THÁNG CUỐI NĂM")
    sheet.p(
        "Tập trung thu các khoản còn nợ đọng, nhất là tiền sử dụng đất của các dự án đã đủ điều kiện; mở rộng hóa "
        "đơn điện tử khởi "
        "tạo từ máy tính tiền. Điều hành chi chủ động, chặt chẽ, ưu tiên an sinh xã hội và khắc phục hậu quả thiên "
        "tai.",
        "Kính đề nghị Ban Chấp hành Đảng bộ tỉnh xem xét, cho ý kiến.",
    )
    sheet.sign(
        Signature(
            "T/M BAN THƯỜNG VỤ",
            "BÍ THƯ",
            CHAIRMAN,
            ["Như trên", "Thường trực Tỉnh ủy", "Đảng ủy các sở, ngành", "Lưu Văn phòng Đảng ủy"],
        )
    )
    sheet.annex(
        "Biểu 3",
        "THU NGÂN SÁCH TRÊN ĐỊA BÀN CÁC XÃ, PHƯỜNG 9 THÁNG ĐẦU NĂM 2026<br/>(phần giao xã, phường quản lý thu)",
    )
    sheet.table(
        "",
        ["TT", "Xã, phường", "Dự toán năm", "Thực hiện 9 tháng", "Trong đó: tiền sử dụng đất", "Tỷ lệ (%)"],
        [
            [
                "*",
                "Tổng số",
                vn(sum(x.plan for x in places)),
                vn(sum(x.done for x in places)),
                vn(sum(x.land for x in places)),
                share(sum(x.done for x in places), sum(x.plan for x in places)),
            ],
            *(
                [str(number), x.name, vn(x.plan), vn(x.done), vn(x.land), share(x.done, x.plan)]
                for number, x in enumerate(places, start=1)
            ),
        ],
        widths=[0.7, 3.6, 1.5, 1.6, 1.9, 1.3],
        align="clrrrr",
        unit="tỷ đồng",
    )
    return sheet.build()


def investment() -> bytes:
    """The public investment report: projects, and a chart of the slowest."""
    plan, paid = sum(x.plan for x in PROJECTS), sum(x.paid for x in PROJECTS)
    slow = slow_projects()
    owners = list(dict.fromkeys(x.owner for x in PROJECTS))
    sheet = Sheet(
        Heading(
            GOVERNMENT_PARTY_HEAD,
            "Số 97-BC/ĐU",
            dated(2, 10),
            "Báo cáo",
            "tình hình thực hiện kế hoạch đầu tư công năm 2026<br/>(số liệu đến ngày 30/9/2026)",
            parent=COMMITTEE,
        )
    )
    sheet.to("Ban Chấp hành Đảng bộ tỉnh")
    sheet.h1("I. KẾT QUẢ GIẢI NGÂN")
    sheet.p(
        f"Kế hoạch vốn năm 2026 của {len(PROJECTS)} dự án trọng điểm là {vn(plan)} tỷ đồng; đến ngày 30/9/2026 giải "
        f"ngân {vn(paid)} tỷ đồng, đạt "
        f"{share(paid, plan)}%. Còn {len(slow)} dự án giải ngân dưới 55% kế hoạch."
    )
    rows = [["*", "Tổng số", "", vn(sum(x.total for x in PROJECTS)), vn(plan), vn(paid), share(paid, plan)]]
    rows += [
        [str(n), x.name, x.owner, vn(x.total), vn(x.plan), vn(x.paid), share(x.paid, x.plan)]
        for n, x in enumerate(PROJECTS, start=1)
    ]
    sheet.table(
        "Biểu 1. Giải ngân các dự án trọng điểm",
        ["TT", "Dự án", "Chủ đầu tư", "Tổng mức đầu tư", "Kế hoạch 2026", "Đã giải ngân", "Tỷ lệ (%)"],
        rows,
        widths=[0.7, 4, 2.1, 1.2, 1.2, 1.2, 1],
        align="cllrrrr",
        unit="tỷ đồng",
    )
    sheet.table(
        "Biểu 2. Giải ngân theo chủ đầu tư",
        ["Chủ đầu tư", "Số dự án", "Kế hoạch 2026", "Đã giải ngân", "Tỷ lệ (%)"],
        [
            *(
                [
                    name,
                    str(len(own)),
                    vn(sum(x.plan for x in own)),
                    vn(sum(x.paid for x in own)),
                    share(sum(x.paid for x in own), sum(x.plan for x in own)),
                ]
                for name in owners
                for own in [[x for x in PROJECTS if x.owner == name]]
            ),
            ["*Tổng số", str(len(PROJECTS)), vn(plan), vn(paid), share(paid, plan)],
        ],
        widths=[3.6, 1.2, 1.6, 1.6, 1.2],
        align="lcrrr",
        unit="tỷ đồng",
    )
    sheet.h1("II. KHÓ KHĂN, VƯỚNG MẮC")
    sheet.p("Các dự án giải ngân thấp gồm: " + "; ".join(f"{x.name} ({share(x.paid, x.plan)}%)" for x in slow) + ".")
    sheet.chart(
        "Tỷ lệ giải ngân của các dự án dưới 55% kế hoạch (%)",
        charts.bars([f"Dự án {PROJECTS.index(x) + 1}" for x in slow], {"Tỷ lệ": [100 * x.paid / x.plan for x in slow]}),
    )
    sheet.p(
        "Nguyên nhân chủ yếu: vướng mắc bồi thường, giải phóng mặt bằng; thiếu vật liệu san lấp tại chỗ; phải điều "
        "chỉnh thiết kế do "
        "địa chất; năng lực của một số nhà thầu hạn chế.",
    )
    sheet.h1("III. GIẢI PHÁP VÀ KIẾN NGHỊ")
    sheet.p(
        f"<b>1.</b> Phấn đấu đến ngày 31/12/2026 giải ngân tối thiểu 95% kế hoạch, tương ứng {vn(plan * 0.95)} tỷ "
        "đồng; trong quý IV phải giải "
        f"ngân thêm {vn(plan * 0.95 - paid)} tỷ đồng.",
        "<b>2.</b> Giao ban đầu tư công hằng tuần; kiên quyết điều chuyển vốn của dự án chậm sang dự án có khả năng "
        "giải ngân tốt.",
        "<b>3.</b> Đề nghị Ban Chấp hành Đảng bộ tỉnh lãnh đạo các cấp ủy tập trung vận động Nhân dân bàn giao mặt "
        "bằng.",
    )
    sheet.sign(
        Signature(
            "T/M BAN THƯỜNG VỤ",
            "BÍ THƯ",
            CHAIRMAN,
            ["Như trên", "Thường trực Tỉnh ủy", "Các chủ đầu tư", "Lưu Văn phòng Đảng ủy"],
        )
    )
    return sheet.build()
