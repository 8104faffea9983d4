"""The empty list that offices fill in, as .xlsx."""

import functools
import io

HEADERS = ("STT", "Họ và tên", "Chức vụ", "Đơn vị", "Số thẻ Đảng", "Thành phần", "Biểu quyết", "Ghế")
WIDTHS = (6, 30, 34, 34, 18, 22, 12, 10)
NOTES = (
    ("Họ và tên", "Bắt buộc. Một ô, hoặc hai cột “Họ và tên đệm” và “Tên”."),
    ("Đơn vị", "Đúng tên trong danh mục đơn vị; để trống: đơn vị tổ chức cuộc họp."),
    ("Số thẻ Đảng", "Giúp nhận ra người đã có trong hệ thống và phân biệt người trùng tên."),
    ("Thành phần", "Đại biểu, Dự khuyết, Khách mời, Chủ trì hoặc Thư ký; để trống: Đại biểu."),
    ("Biểu quyết", "Có hoặc Không; để trống: đại biểu và chủ trì có, thành phần khác không."),
    ("Ghế", "Ví dụ B12; mỗi ghế một người."),
)


@functools.cache
def workbook() -> bytes:
    """The file: the list on the first sheet, how to fill it on the second."""
    from openpyxl import Workbook  # noqa: PLC0415  (slow to import, rarely asked for)
    from openpyxl.styles import Font  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Danh sách"
    sheet.append(HEADERS)
    for column, width in enumerate(WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
        sheet.cell(1, column).font = Font(bold=True)
        if HEADERS[column - 1] == "Số thẻ Đảng":
            for row in range(2, 502):
                sheet.cell(row, column).number_format = "@"  # as text: a number would lose its leading zeros
    sheet.freeze_panes = "A2"
    guide = book.create_sheet("Cách điền")
    for note in NOTES:
        guide.append(note)
    guide.column_dimensions["A"].width, guide.column_dimensions["B"].width = 20, 90
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
