"""The reports of the demonstration meeting: the quarter, its annex of targets, the budget, public investment."""

from server.demo.papers import charts
from server.demo.papers.figures import (
    CUSTOMS,
    DOMESTIC,
    GROWTH,
    MONTHS,
    PROJECTS,
    QUARTERS,
    SECTORS,
    STRUCTURE,
    TARGETS,
    monthly,
    revenue,
    share,
    slow_projects,
    spending,
    total,
    vn,
)
from server.demo.papers.layout import Heading, Sheet, Signature
from server.demo.papers.names import (
    COMMITTEE,
    GOVERNMENT_PARTY,
    STANDING_DEPUTY,
    dated,
)

FOR_COMMITTEE = [
    "Các đồng chí Tỉnh ủy viên",
    "Các ban Đảng, đảng ủy trực thuộc Tỉnh ủy",
    "Đảng ủy các xã, phường",
    "Lưu Văn phòng Tỉnh ủy",
]


def quarter() -> bytes:
    """The quarterly report, with three charts and four tables."""
    money, spent = revenue(), spending()
    sheet = Sheet(
        Heading(
            COMMITTEE,
            "Số 214-BC/TU",
            dated(5, 10),
            "Báo cáo",
            "kết quả lãnh đạo thực hiện nhiệm vụ quý III, 9 tháng đầu năm<br/>và nhiệm vụ trọng tâm quý IV năm 2026",
        )
    )
    sheet.p(
        "Thực hiện Chương trình công tác năm 2026, Ban Thường vụ Tỉnh ủy báo cáo Ban Chấp hành Đảng bộ tỉnh kết quả "
        "lãnh đạo "
        "thực hiện nhiệm vụ quý III, 9 tháng đầu năm và nhiệm vụ trọng tâm quý IV năm 2026 như sau:",
    )
    sheet.h1("I. KẾT QUẢ LÃNH ĐẠO PHÁT TRIỂN KINH TẾ - XÃ HỘI, QUỐC PHÒNG, AN NINH")
    _economy(sheet)
    sheet.h2("2. Thu, chi ngân sách nhà nước")
    sheet.p(
        f"Tổng thu ngân sách nhà nước trên địa bàn 9 tháng ước đạt {vn(money.done)} tỷ đồng, bằng "
        f"{share(money.done, money.plan)}% dự "
        f"toán năm và bằng {share(money.done, money.before)}% so với cùng kỳ năm 2025; trong đó thu nội địa "
        f"{vn(total(DOMESTIC).done)} "
        f"tỷ đồng, thu từ hoạt động xuất nhập khẩu {vn(total(CUSTOMS).done)} tỷ đồng. Tổng chi ngân sách địa phương "
        "ước thực hiện "
        f"{vn(spent.done)} tỷ đồng, bằng {share(spent.done, spent.plan)}% dự toán.",
        "Thu tiền sử dụng đất tiến độ còn chậm so với dự toán, do một số dự án đấu giá phải điều chỉnh phương án "
        "bồi thường, tái "
        "định cư; thuế bảo vệ môi trường giảm so với cùng kỳ do chính sách giảm mức thuế đối với xăng, dầu.",
    )
    now, before = monthly()
    sheet.chart(
        "Biểu đồ 3. Thu ngân sách trên địa bàn theo tháng (tỷ đồng)",
        charts.lines(MONTHS, {"Năm 2026": now, "Năm 2025": before}),
    )
    sheet.table(
        "Bảng 2. Thu ngân sách trên địa bàn theo tháng",
        ["Tháng", "Năm 2025", "Năm 2026", "Tăng, giảm", "So cùng kỳ (%)"],
        [
            *(
                [month.replace("T", "Tháng "), vn(b), vn(n), vn(n - b), share(n, b)]
                for month, b, n in zip(MONTHS, before, now, strict=True)
            ),
            ["*Cộng 9 tháng", vn(sum(before)), vn(sum(now)), vn(sum(now) - sum(before)), share(sum(now), sum(before))],
        ],
        widths=[2, 1.5, 1.5, 1.5, 1.5],
        align="lrrrr",
        unit="tỷ đồng",
    )
    _society(sheet)
    _party_building(sheet)
    _tasks(sheet)
    sheet.sign(Signature("T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ THƯỜNG TRỰC", STANDING_DEPUTY, FOR_COMMITTEE))
    return sheet.build()


def _economy(sheet: Sheet) -> None:
    sheet.h2("1. Tăng trưởng và cơ cấu kinh tế")
    sheet.p(
        "Kinh tế của tỉnh tiếp tục chuyển biến tích cực, quý sau cao hơn quý trước. Tốc độ tăng trưởng (GRDP) quý "
        "III ước đạt "
        f"{vn(GROWTH[-1], 2)}%; tính chung 9 tháng ước đạt {vn(TARGETS[0][3], 2)}%, cao hơn kịch bản đề ra. Khu vực "
        "công nghiệp là động "
        f"lực chính với mức tăng {vn(SECTORS[1][2], 2)}%; xây dựng tăng {vn(SECTORS[2][2], 2)}%; dịch vụ tăng "
        f"{vn(SECTORS[3][2], 2)}%; "
        f"nông, lâm nghiệp và thủy sản tăng {vn(SECTORS[0][2], 2)}% dù chịu ảnh hưởng của hai đợt mưa lũ trong "
        "tháng 8 và tháng 9.",
    )
    sheet.chart(
        "Biểu đồ 1. Tốc độ tăng GRDP theo quý so với cùng kỳ năm trước (%)",
        charts.bars(QUARTERS, {"GRDP": GROWTH}, digits=2),
    )
    sheet.table(
        "Bảng 1. Tốc độ tăng giá trị tăng thêm theo khu vực, 9 tháng",
        ["Khu vực", "Năm 2025", "Năm 2026", "Chênh lệch (điểm %)"],
        [[name, vn(before, 2), vn(now, 2), "+" + vn(round(now - before, 2), 2)] for name, before, now in SECTORS],
        widths=[4, 1.6, 1.6, 2],
        align="lrrr",
        unit="%",
    )
    sheet.p(
        "Cơ cấu kinh tế tiếp tục chuyển dịch đúng hướng, tỷ trọng công nghiệp - xây dựng và dịch vụ chiếm "
        f"{vn(STRUCTURE['Công nghiệp và xây dựng'] + STRUCTURE['Dịch vụ'], 1)}%."
    )
    sheet.chart("Biểu đồ 2. Cơ cấu kinh tế 9 tháng đầu năm 2026", charts.pie(STRUCTURE))
    sheet.p(
        "Sản xuất công nghiệp phục hồi rõ nét, nhất là chế biến nông, lâm sản, vật liệu xây dựng và linh kiện điện "
        "tử; Khu công "
        "nghiệp Sơn Hạ thu hút thêm 7 dự án mới. Kim ngạch xuất khẩu 9 tháng đạt "
        f"{vn(TARGETS[3][3])} triệu USD, bằng {share(TARGETS[3][3], TARGETS[3][2])}% kế hoạch. Du lịch đón "
        f"{vn(TARGETS[6][3])} nghìn lượt "
        f"khách, bằng {share(TARGETS[6][3], TARGETS[6][2])}% kế hoạch; lễ hội Mùa chè Đèo Gió được tổ chức an toàn, "
        "tiết kiệm.",
        "Sản xuất nông nghiệp cơ bản bảo đảm khung thời vụ. Vùng chè, quế, cây ăn quả được chứng nhận tiếp tục mở "
        "rộng; dịch bệnh "
        f"trên đàn vật nuôi được kiểm soát. Đến hết tháng 9, toàn tỉnh có {vn(TARGETS[5][3])} xã đạt chuẩn nông "
        "thôn mới.",
    )


def _society(sheet: Sheet) -> None:
    projects_plan, projects_paid = sum(x.plan for x in PROJECTS), sum(x.paid for x in PROJECTS)
    sheet.h2("3. Đầu tư công và phát triển kết cấu hạ tầng")
    sheet.p(
        f"Đến ngày 30/9/2026, {len(PROJECTS)} dự án trọng điểm giải ngân {vn(projects_paid)} tỷ đồng, bằng "
        f"{share(projects_paid, projects_plan)}% "
        "kế hoạch vốn. Một số dự án đạt tỷ lệ cao như kè bờ sông phường Cầu Đá, khu tái định cư Thác Bạc Hạ; một số "
        "dự án còn vướng "
        "mặt bằng, điều chỉnh thiết kế nên giải ngân thấp (có báo cáo riêng).",
    )
    sheet.h2("4. Văn hóa - xã hội")
    sheet.p(
        "Năm học 2026–2027 khai giảng đúng kế hoạch; hai trường phổ thông nội trú liên cấp ở các xã vùng cao Pác "
        "Sương, Lũng Đào "
        "cơ bản hoàn thành phần thô. Công tác khám, chữa bệnh, phòng, chống dịch được duy trì; tỷ lệ dân số tham "
        "gia bảo hiểm y tế "
        f"đạt {vn(TARGETS[11][3], 1)}%. Giải quyết việc làm mới cho {vn(TARGETS[9][3])} lao động, bằng "
        f"{share(TARGETS[9][3], TARGETS[9][2])}% kế hoạch.",
        "Công tác chăm lo người có công, giảm nghèo, bảo trợ xã hội được quan tâm; việc xóa nhà tạm, nhà dột nát "
        "hoàn thành trước "
        "hạn. Đã kịp thời hỗ trợ 326 hộ bị thiệt hại do mưa lũ, không để hộ dân nào thiếu đói.",
    )
    sheet.h2("5. Quốc phòng, an ninh, nội chính")
    sheet.p(
        "Quốc phòng, an ninh được giữ vững. Hoàn thành diễn tập khu vực phòng thủ ở 4 xã, phường theo kế hoạch. Tội "
        "phạm về trật "
        "tự xã hội giảm 6,4% so với cùng kỳ; tai nạn giao thông giảm cả ba tiêu chí. Công tác tiếp công dân, giải "
        "quyết đơn thư "
        "của người đứng đầu cấp ủy được thực hiện đúng quy định: tiếp nhận 118 vụ việc, đã giải quyết 107 vụ việc, "
        "còn 11 vụ việc "
        "đang trong thời hạn.",
    )


def _party_building(sheet: Sheet) -> None:
    sheet.h1("II. KẾT QUẢ CÔNG TÁC XÂY DỰNG ĐẢNG VÀ HỆ THỐNG CHÍNH TRỊ")
    sheet.p(
        "<b>Công tác chính trị, tư tưởng</b> được đổi mới cả nội dung và hình thức; tổ chức học tập, quán triệt "
        "nghị quyết bằng hình "
        "thức trực tiếp kết hợp trực tuyến đến 38 xã, phường với tỷ lệ đảng viên tham gia trên 97%.",
        "<b>Công tác tổ chức, cán bộ</b> được thực hiện chặt chẽ, dân chủ, đúng quy trình; tiếp tục sắp xếp đội ngũ "
        "cán bộ sau khi "
        f"thực hiện mô hình chính quyền địa phương hai cấp. Chín tháng kết nạp {vn(TARGETS[18][3])} đảng viên mới, "
        "bằng "
        f"{share(TARGETS[18][3], TARGETS[18][2])}% chỉ tiêu năm.",
        "<b>Công tác kiểm tra, giám sát</b> hoàn thành 27/34 cuộc theo chương trình năm, còn 7 cuộc thực hiện trong "
        "quý IV.",
        "<b>Công tác dân vận</b> hướng mạnh về cơ sở; duy trì đối thoại giữa người đứng đầu cấp ủy, chính quyền với "
        "Nhân dân.",
    )
    sheet.table(
        "Bảng 3. Kết quả công tác xây dựng Đảng 9 tháng",
        ["TT", "Nội dung", "Quý I", "Quý II", "Quý III", "9 tháng"],
        [
            [str(number), name, *(vn(x) for x in values), vn(sum(values))]
            for number, (name, values) in enumerate(
                [
                    ("Kết nạp đảng viên mới (đảng viên)", (486, 573, 628)),
                    ("Cuộc kiểm tra theo chương trình", (7, 9, 11)),
                    ("Lớp bồi dưỡng lý luận chính trị (lớp)", (14, 21, 17)),
                    ("Hội nghị đối thoại với Nhân dân (cuộc)", (31, 44, 42)),
                    ("Tổ chức đảng được giám sát chuyên đề", (9, 12, 13)),
                    ("Lượt người được tiếp công dân", (212, 241, 198)),
                ],
                start=1,
            )
        ],
        widths=[0.7, 4.6, 1, 1, 1, 1.1],
        align="clrrrr",
    )
    sheet.h1("III. HẠN CHẾ, NGUYÊN NHÂN")
    sheet.p(
        "Giải ngân vốn đầu tư công chưa đồng đều giữa các chủ đầu tư; công tác bồi thường, giải phóng mặt bằng ở "
        "một số dự án còn "
        "chậm. Thu tiền sử dụng đất chưa đạt tiến độ. Năng lực chuyển đổi số của một số xã vùng cao còn hạn chế, "
        "thiết bị đầu cuối "
        "thiếu đồng bộ. Một số chi bộ sinh hoạt chuyên đề chưa có chiều sâu.",
        "Nguyên nhân chủ yếu là do thời tiết cực đoan, giá vật liệu san lấp tăng; việc phân cấp sau sắp xếp đơn vị "
        "hành chính cần "
        "thêm thời gian để vận hành thông suốt; trách nhiệm của một số người đứng đầu chưa cao.",
    )


def _tasks(sheet: Sheet) -> None:
    sheet.h1("IV. NHIỆM VỤ TRỌNG TÂM QUÝ IV NĂM 2026")
    left = {name: plan - done for name, _unit, plan, done, _estimate, _digits in TARGETS}
    sheet.p(
        "<b>1.</b> Tập trung hoàn thành và hoàn thành vượt mức các chỉ tiêu kế hoạch năm; phấn đấu tăng trưởng GRDP "
        "cả năm đạt "
        f"{vn(TARGETS[0][4], 1)}%. Rà soát từng chỉ tiêu có nguy cơ không đạt, giao trách nhiệm cụ thể cho từng "
        "đồng chí Ủy viên Ban "
        "Thường vụ phụ trách.",
        "<b>2.</b> Tăng cường quản lý thu ngân sách, trong quý IV thu thêm tối thiểu "
        f"{vn(revenue().plan - revenue().done)} tỷ đồng để "
        "đạt dự toán; triệt để tiết kiệm chi thường xuyên.",
        "<b>3.</b> Đẩy nhanh giải ngân vốn đầu tư công, phấn đấu hết năm đạt trên 95% kế hoạch; thành lập 4 tổ công "
        "tác tháo gỡ khó "
        "khăn do các đồng chí lãnh đạo tỉnh làm tổ trưởng.",
        "<b>4.</b> Ban hành và tổ chức thực hiện Nghị quyết về chuyển đổi số giai đoạn 2026–2030.",
        f"<b>5.</b> Kết nạp thêm {vn(left['Kết nạp đảng viên mới'])} đảng viên mới; hoàn thành kiểm điểm, đánh giá, "
        "xếp loại tổ chức "
        "đảng, đảng viên năm 2026 trước ngày 31/12/2026.",
        "<b>6.</b> Bảo đảm quốc phòng, an ninh; chuẩn bị tốt các điều kiện phục vụ Nhân dân đón Tết cổ truyền.",
    )
    sheet.table(
        "Bảng 4. Phân công theo dõi nhiệm vụ quý IV",
        ["TT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời hạn"],
        [
            [str(number), *row]
            for number, row in enumerate(
                [
                    ("Rà soát, đôn đốc các chỉ tiêu kế hoạch năm", "Văn phòng Tỉnh ủy", "31/10/2026"),
                    ("Phương án tăng thu, tiết kiệm chi ngân sách", GOVERNMENT_PARTY, "15/10/2026"),
                    (
                        f"Tháo gỡ khó khăn cho {len(slow_projects())} dự án giải ngân dưới 55%",
                        GOVERNMENT_PARTY,
                        "30/11/2026",
                    ),
                    ("Hướng dẫn kiểm điểm, đánh giá, xếp loại năm 2026", "Ban Tổ chức Tỉnh ủy", "10/11/2026"),
                    (
                        "Kế hoạch tuyên truyền nghị quyết về chuyển đổi số",
                        "Ban Tuyên giáo và Dân vận Tỉnh ủy",
                        "20/10/2026",
                    ),
                    ("Hoàn thành 7 cuộc kiểm tra, giám sát còn lại", "Ủy ban Kiểm tra Tỉnh ủy", "15/12/2026"),
                ],
                start=1,
            )
        ],
        widths=[0.7, 4.6, 2.8, 1.5],
        align="cllc",
    )
    sheet.p(
        "Trên đây là kết quả lãnh đạo thực hiện nhiệm vụ quý III, 9 tháng đầu năm và nhiệm vụ trọng tâm quý IV năm "
        "2026, Ban "
        "Thường vụ Tỉnh ủy báo cáo Ban Chấp hành Đảng bộ tỉnh xem xét, cho ý kiến.",
    )


def targets() -> bytes:
    """The annex of targets: a landscape table."""
    sheet = Sheet(
        Heading(
            COMMITTEE,
            "Kèm theo Báo cáo số 214-BC/TU",
            dated(5, 10),
            "Phụ lục",
            "tình hình thực hiện các chỉ tiêu chủ yếu năm 2026",
        ),
        wide=True,
    )
    rows = []
    for number, (name, unit, plan, done, estimate, digits) in enumerate(TARGETS, start=1):
        lower_is_better = "hộ nghèo" in name
        reached = estimate <= plan if lower_is_better else estimate >= plan
        percent = "" if unit == "%" else share(done, plan)
        rows.append(
            [
                str(number),
                name,
                unit,
                vn(plan, digits),
                vn(done, digits) if done else "Đánh giá cuối năm",
                percent or "–",
                vn(estimate, digits),
                ("Vượt" if estimate != plan else "Đạt") if reached else "Khó đạt",
            ]
        )
    sheet.table(
        "",
        ["TT", "Chỉ tiêu", "Đơn vị", "Kế hoạch năm", "Thực hiện 9 tháng", "Tỷ lệ (%)", "Ước cả năm", "Đánh giá"],
        rows,
        widths=[0.6, 5.4, 1.6, 1.4, 1.6, 1.1, 1.4, 1.2],
        align="clcrrrrc",
        note="Ghi chú: chỉ tiêu tính bằng phần trăm không tính tỷ lệ so với kế hoạch năm.",
    )
    return sheet.build()
