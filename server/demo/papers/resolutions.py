"""Motion 4: the draft resolution on digital transformation and the statement that presents it."""

from server.demo.papers.figures import TARGETS, share, vn
from server.demo.papers.layout import Heading, Sheet, Signature
from server.demo.papers.names import (
    COMMITTEE,
    STANDING_DEPUTY,
    TERM,
    blank_date,
    dated,
)

# (task, tỷ đồng 2026, 2027, 2028, 2029, 2030)
DIGITAL_COST: list[tuple[str, tuple[int, int, int, int, int]]] = [
    ("Hạ tầng số, trung tâm dữ liệu, mạng truyền số liệu", (63, 88, 54, 36, 28)),
    ("Dữ liệu và nền tảng số dùng chung", (24, 46, 52, 38, 30)),
    ("Chuyển đổi số trong các cơ quan Đảng", (22, 31, 26, 18, 15)),
    ("Dịch vụ công trực tuyến, chính quyền số cấp xã", (18, 34, 36, 27, 21)),
    ("An toàn, an ninh mạng", (12, 19, 21, 20, 18)),
    ("Đào tạo, phát triển nhân lực số, tổ công nghệ số cộng đồng", (9, 14, 15, 13, 11)),
]
DIGITAL_TARGETS = [
    ("Tỷ lệ hồ sơ giải quyết trực tuyến toàn trình", "77,9%", "90%", "95%"),
    ("Tỷ lệ cuộc họp của cấp ủy không dùng tài liệu giấy", "22%", "70%", "100%"),
    ("Tỷ lệ văn bản của cơ quan Đảng ký số, gửi nhận trên mạng (trừ văn bản mật)", "86%", "100%", "100%"),
    ("Tỷ lệ thôn, bản có mạng băng rộng cáp quang", "81%", "95%", "100%"),
    ("Tỷ lệ cán bộ, công chức được bồi dưỡng kỹ năng số", "64%", "90%", "100%"),
    ("Tỷ trọng kinh tế số trong GRDP", "11,2%", "16%", "22%"),
    ("Tỷ lệ hồ sơ lưu trữ của Tỉnh ủy được số hóa", "37%", "75%", "100%"),
]
YEARS = ["2026", "2027", "2028", "2029", "2030"]


def resolution() -> bytes:
    """The draft resolution that motion 4 is about."""
    sheet = Sheet(
        Heading(
            COMMITTEE,
            "Số&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;-NQ/TU",
            blank_date(10),
            "Nghị quyết",
            "của Ban Chấp hành Đảng bộ tỉnh<br/>về chuyển đổi số giai đoạn 2026–2030, định hướng đến năm 2035",
            draft="Dự thảo lần 3",
        )
    )
    sheet.h1("I. TÌNH HÌNH")
    sheet.p(
        "Những năm qua, các cấp ủy, tổ chức đảng, chính quyền trong tỉnh đã quan tâm lãnh đạo, chỉ đạo chuyển đổi "
        "số và đạt kết quả "
        "bước đầu quan trọng. Hạ tầng số từng bước được đầu tư; các nền tảng dùng chung được hình thành; tỷ lệ hồ "
        "sơ giải quyết "
        f"trực tuyến toàn trình đạt {vn(TARGETS[14][3], 1)}%; nhận thức của cán bộ, đảng viên và Nhân dân chuyển "
        "biến rõ nét.",
        "Tuy nhiên, chuyển đổi số giữa các địa phương, lĩnh vực chưa đồng đều. Dữ liệu còn phân tán, chưa bảo đảm "
        "“đúng, đủ, sạch, "
        "sống”; một số hệ thống chưa liên thông; nhân lực số ở cấp xã thiếu và yếu; nguy cơ mất an toàn thông tin "
        "gia tăng. Nguyên "
        "nhân chủ yếu là do một số cấp ủy, người đứng đầu chưa thật sự quyết tâm; nguồn lực đầu tư còn dàn trải.",
    )
    sheet.h1("II. QUAN ĐIỂM, MỤC TIÊU")
    sheet.h2("1. Quan điểm")
    sheet.p(
        "(1) Chuyển đổi số là nhiệm vụ chính trị trọng tâm, thường xuyên của cả hệ thống chính trị; người đứng đầu "
        "cấp ủy trực tiếp "
        "chỉ đạo và chịu trách nhiệm về kết quả.",
        "(2) Lấy người dân, doanh nghiệp làm trung tâm; không để ai bị bỏ lại phía sau, nhất là đồng bào vùng cao, "
        "người cao tuổi.",
        "(3) Dữ liệu là tài nguyên; chuyển đổi số phải đi đôi với bảo đảm an toàn, an ninh mạng và bảo vệ bí mật "
        "nhà nước.",
        "(4) Các cơ quan Đảng đi trước, làm gương; thay đổi cách làm việc trước, mua sắm thiết bị sau; thiết thực, "
        "tiết kiệm.",
    )
    sheet.h2("2. Mục tiêu")
    sheet.p("Đến năm 2030, Mẫu Sơn Hạ thuộc nhóm tỉnh khá của khu vực về chuyển đổi số; các chỉ tiêu cụ thể như sau:")
    sheet.table(
        "Bảng 1. Các chỉ tiêu chủ yếu",
        ["TT", "Chỉ tiêu", "Hiện trạng 2026", "Năm 2028", "Năm 2030"],
        [[str(n), *row] for n, row in enumerate(DIGITAL_TARGETS, start=1)],
        widths=[0.7, 5, 1.5, 1.3, 1.3],
        align="clccc",
    )
    _tasks(sheet)
    totals = [sum(costs[year] for _, costs in DIGITAL_COST) for year in range(5)]
    sheet.h1("IV. KINH PHÍ")
    sheet.p(
        f"Tổng kinh phí thực hiện từ ngân sách tỉnh giai đoạn 2026–2030 dự kiến {vn(sum(totals))} tỷ đồng, trong đó "
        "năm 2026 đã bố trí "
        f"{vn(totals[0])} tỷ đồng. Hằng năm Hội đồng nhân dân tỉnh quyết định theo khả năng cân đối ngân sách."
    )
    sheet.table(
        "Bảng 2. Khái toán kinh phí",
        ["Nhiệm vụ", *YEARS, "Cộng", "Tỷ trọng (%)"],
        [
            *(
                [name, *(vn(x) for x in costs), vn(sum(costs)), share(sum(costs), sum(totals))]
                for name, costs in DIGITAL_COST
            ),
            ["*Tổng số", *(vn(x) for x in totals), vn(sum(totals)), "100,0"],
        ],
        widths=[4, 1, 1, 1, 1, 1, 1.1, 1.2],
        align="lrrrrrrr",
        unit="tỷ đồng",
    )
    sheet.h1("V. TỔ CHỨC THỰC HIỆN")
    sheet.p(
        "1. Ban Thường vụ Tỉnh ủy ban hành kế hoạch thực hiện trong tháng 11 năm 2026; định kỳ 6 tháng, hằng năm "
        "kiểm điểm kết quả; sơ "
        "kết vào quý II năm 2028, tổng kết vào quý II năm 2030.",
        "2. Đảng ủy Ủy ban nhân dân tỉnh lãnh đạo cụ thể hóa Nghị quyết thành chương trình, đề án; bố trí nguồn lực "
        "thực hiện.",
        "3. Đảng ủy Hội đồng nhân dân tỉnh lãnh đạo ban hành cơ chế, chính sách và giám sát việc thực hiện.",
        "4. Mặt trận Tổ quốc và các tổ chức chính trị - xã hội tuyên truyền, vận động Nhân dân hưởng ứng, tham gia.",
        "5. Các ban Đảng, Văn phòng Tỉnh ủy, các đảng ủy trực thuộc, đảng ủy xã, phường xây dựng kế hoạch của cấp "
        "mình.",
        "Nghị quyết này phổ biến đến chi bộ và đảng viên.",
    )
    sheet.sign(
        Signature(
            "T/M BAN CHẤP HÀNH",
            "BÍ THƯ",
            "",
            [
                "Ban Bí thư Trung ương Đảng (để báo cáo)",
                "Các đồng chí Tỉnh ủy viên",
                "Các đảng ủy trực thuộc Tỉnh ủy",
                "Đảng ủy các xã, phường",
                "Lưu Văn phòng Tỉnh ủy",
            ],
        )
    )
    return sheet.build()


def _tasks(sheet: Sheet) -> None:
    sheet.h1("III. NHIỆM VỤ, GIẢI PHÁP CHỦ YẾU")
    for title, texts in (
        (
            "1. Nâng cao nhận thức, đổi mới phương thức lãnh đạo",
            (
                "Đưa chỉ tiêu chuyển đổi số vào chương trình công tác năm của cấp ủy và tiêu chí đánh giá, xếp loại "
                "người đứng đầu. Tổ "
                "chức phong trào “Bình dân học vụ số” đến từng chi bộ, thôn, bản, tổ dân phố.",
            ),
        ),
        (
            "2. Hoàn thiện thể chế, cơ chế, chính sách",
            (
                "Rà soát, sửa đổi quy chế làm việc, quy trình xử lý văn bản, hội họp phù hợp với môi trường số; ban "
                "hành chính sách thu hút, "
                "giữ chân nhân lực công nghệ; cơ chế thuê dịch vụ công nghệ thông tin.",
            ),
        ),
        (
            "3. Phát triển hạ tầng số, dữ liệu số",
            (
                "Hoàn thành Trung tâm dữ liệu và giám sát, điều hành thông minh của tỉnh trong năm 2027. Phủ cáp "
                "quang đến 100% thôn, bản "
                "vào năm 2030, ưu tiên các xã Pác Sương, Lũng Đào, Lũng Ngô, Khe Trăng.",
                "Xây dựng kho dữ liệu dùng chung của tỉnh; làm sạch, kết nối dữ liệu dân cư, đất đai, an sinh xã "
                "hội, cán bộ, đảng viên "
                "theo quy định.",
            ),
        ),
        (
            "4. Chuyển đổi số trong các cơ quan Đảng",
            (
                "Triển khai phòng họp không giấy ở Tỉnh ủy và 38 đảng ủy xã, phường trước ngày 31/12/2027; tài liệu "
                "chứa bí mật nhà nước "
                "tiếp tục phát bản giấy và thu hồi theo quy định. Số hóa toàn bộ hồ sơ lưu trữ lịch sử của Đảng bộ "
                "tỉnh.",
            ),
        ),
        (
            "5. Phát triển kinh tế số, xã hội số",
            (
                "Hỗ trợ doanh nghiệp nhỏ và vừa, hợp tác xã, hộ kinh doanh ứng dụng thương mại điện tử, truy xuất "
                "nguồn gốc nông sản; phổ "
                "cập thanh toán không dùng tiền mặt ở trường học, bệnh viện, chợ trung tâm.",
            ),
        ),
        (
            "6. Bảo đảm an toàn, an ninh mạng",
            (
                "Phê duyệt cấp độ an toàn cho 100% hệ thống thông tin; duy trì giám sát 24/7; diễn tập ứng cứu sự "
                "cố ít nhất 1 lần mỗi năm. "
                "Không soạn thảo, lưu giữ tài liệu mật trên thiết bị có kết nối mạng.",
            ),
        ),
    ):
        sheet.h2(title)
        sheet.p(*texts)


def statement_on_resolution() -> bytes:
    """The statement that presents the draft resolution."""
    totals = sum(sum(costs) for _, costs in DIGITAL_COST)
    sheet = Sheet(
        Heading(
            COMMITTEE,
            "Số 58-TTr/TU",
            dated(6, 10),
            "Tờ trình",
            "về việc ban hành Nghị quyết của Ban Chấp hành Đảng bộ tỉnh<br/>về chuyển đổi số giai đoạn 2026–2030",
        )
    )
    sheet.to(f"Các đồng chí Ủy viên Ban Chấp hành Đảng bộ tỉnh, {TERM}")
    sheet.h1("1. Sự cần thiết")
    sheet.p(
        "Sau hơn một năm thực hiện mô hình chính quyền địa phương hai cấp, yêu cầu điều hành trên môi trường số "
        "ngày càng cấp thiết. "
        "Việc ban hành một nghị quyết chuyên đề là cần thiết để thống nhất nhận thức, tập trung nguồn lực và khắc "
        "phục tình trạng đầu "
        "tư dàn trải, dữ liệu phân tán.",
    )
    sheet.h1("2. Quá trình chuẩn bị")
    sheet.p(
        "Ban Thường vụ Tỉnh ủy đã thành lập tổ biên tập; lấy ý kiến bằng văn bản của 52 cơ quan, đơn vị, địa "
        "phương; tổ chức 3 hội "
        "thảo. Tổ biên tập đã nhận 146 ý kiến, tiếp thu 121 ý kiến, giải trình 25 ý kiến. Tổng hợp như sau:",
    )
    rows = [
        ("Tình hình, nguyên nhân", 18, 15),
        ("Quan điểm, mục tiêu, chỉ tiêu", 41, 33),
        ("Nhiệm vụ, giải pháp", 57, 49),
        ("Kinh phí, nguồn lực", 19, 14),
        ("Tổ chức thực hiện", 11, 10),
    ]
    sheet.table(
        "Bảng tổng hợp ý kiến góp ý",
        ["Nội dung", "Số ý kiến", "Tiếp thu", "Giải trình"],
        [
            *([name, str(all_), str(taken), str(all_ - taken)] for name, all_, taken in rows),
            [
                "*Tổng số",
                str(sum(r[1] for r in rows)),
                str(sum(r[2] for r in rows)),
                str(sum(r[1] - r[2] for r in rows)),
            ],
        ],
        widths=[4, 1.3, 1.3, 1.3],
        align="lccc",
    )
    sheet.h1("3. Những vấn đề xin ý kiến")
    sheet.p(
        "(1) Mục tiêu 100% cuộc họp của cấp ủy không dùng tài liệu giấy vào năm 2030, trừ nội dung mật theo quy "
        "định.",
        f"(2) Khái toán kinh phí {vn(totals)} tỷ đồng từ ngân sách tỉnh cho cả giai đoạn.",
        "(3) Tên gọi và phạm vi của Nghị quyết.",
        "Ban Thường vụ Tỉnh ủy kính trình Ban Chấp hành Đảng bộ tỉnh xem xét, thảo luận, biểu quyết thông qua dự "
        "thảo Nghị quyết.",
    )
    sheet.sign(
        Signature(
            "T/M BAN THƯỜNG VỤ",
            "PHÓ BÍ THƯ THƯỜNG TRỰC",
            STANDING_DEPUTY,
            ["Như kính gửi", "Tổ biên tập", "Lưu Văn phòng Tỉnh ủy"],
        )
    )
    return sheet.build()
