"""Every "no" about a file or its pages, in words. `{name}` is the cleaned display name of the upload."""

from server.core.errors import define

define(
    "document_empty", 422,
    vi="Tệp “{name}” rỗng (0 byte).", en="The file “{name}” is empty (0 bytes).",
    next_vi="Mở lại tệp trên máy để kiểm tra nội dung rồi tải lên lần nữa.",
    next_en="Open the file on your computer, check that it has content, and upload it again.",
)
define(
    "document_too_large", 413,
    vi="Tệp “{name}” lớn hơn giới hạn {limit_mb} MB.",
    en="The file “{name}” is larger than the limit of {limit_mb} MB.",
    next_vi="Giảm dung lượng (lưu PDF cỡ nhỏ, quét ở 150–200 dpi) hoặc tách thành nhiều tệp.",
    next_en="Make it smaller (save as a reduced PDF, scan at 150–200 dpi) or split it into several files.",
)
define(
    "document_not_pdf", 415,
    vi="Tệp “{name}” không phải PDF.",
    en="The file “{name}” is not a PDF.",
    next_vi="Mở tệp bằng phần mềm soạn thảo, chọn “Lưu dưới dạng PDF”, rồi tải tệp PDF lên. Đổi đuôi tệp thì chưa đủ.",
    next_en="Open it in the program that made it, choose “Save as PDF”, and upload that. Renaming it is not enough.",
)
define(
    "document_truncated", 422,
    vi="Tệp “{name}” bị đứt: thiếu phần cuối.", en="The file “{name}” is cut off: its end is missing.",
    next_vi="Chép hoặc tải lại tệp từ bản gốc, mở xem đến trang cuối, rồi tải lên lần nữa.",
    next_en="Copy or download it again from the original, look at its last page, and upload it again.",
)
define(
    "document_broken", 422,
    vi="Tệp “{name}” bị hỏng, không đọc được.", en="The file “{name}” is broken and cannot be read.",
    next_vi="Xuất lại PDF từ bản gốc (Lưu dưới dạng PDF hoặc in ra PDF) rồi tải lên lần nữa.",
    next_en="Export the PDF again from its source (Save as PDF, or print to PDF) and upload it again.",
)
define(
    "document_encrypted", 422,
    vi="Tệp “{name}” được bảo vệ bằng mật khẩu.", en="The file “{name}” is protected by a password.",
    next_vi="Mở tệp bằng mật khẩu, lưu một bản không đặt mật khẩu, rồi tải bản đó lên.",
    next_en="Open it with its password, save a copy without a password, and upload the copy.",
)
define(
    "document_no_pages", 422,
    vi="Tệp “{name}” không có trang nào.", en="The file “{name}” has no pages.",
    next_vi="Xuất lại PDF từ bản gốc rồi tải lên lần nữa.",
    next_en="Export the PDF again from its source and upload it.",
)
define(
    "document_too_many_pages", 422,
    vi="Tệp “{name}” có {pages} trang, vượt giới hạn {limit} trang.",
    en="The file “{name}” has {pages} pages; the limit is {limit}.",
    next_vi="Tách thành nhiều tệp, hoặc đề nghị kỹ thuật viên nâng giới hạn số trang.",
    next_en="Split it into several files, or ask the technician to raise the page limit.",
)
define(
    "document_page_too_large", 422,
    vi="Trang {page} của tệp “{name}” có khổ {width_cm} × {height_cm} cm, vượt giới hạn {limit_cm} cm mỗi cạnh.",
    en="Page {page} of “{name}” measures {width_cm} × {height_cm} cm; the limit is {limit_cm} cm a side.",
    next_vi="Đặt lại khổ giấy (A4, A3, A0…) rồi xuất lại PDF.",
    next_en="Set an ordinary paper size (A4, A3, A0 …) and export the PDF again.",
)
define(
    "document_unrenderable", 422,
    vi="Không dựng được hình của tệp “{name}” (dừng ở trang {page}).",
    en="The pages of “{name}” could not be drawn (stopped at page {page}).",
    next_vi="In tệp ra PDF mới (Print to PDF) rồi tải lên; nếu vẫn lỗi, phát bản giấy và báo kỹ thuật viên.",
    next_en="Print it to a new PDF and upload that; if it still fails, hand out paper and tell the technician.",
)
define(
    "file_missing", 404,
    vi="Tệp không còn trong kho lưu trữ.", en="The file is no longer in the store.",
    next_vi="Báo kỹ thuật viên để phục hồi từ bản sao lưu, hoặc tải tệp lên lại.",
    next_en="Ask the technician to restore it from a backup, or upload the file again.",
)
define(
    "file_damaged", 500,
    vi="Tệp trong kho lưu trữ đã bị thay đổi hoặc hỏng, nên không được sử dụng.",
    en="The stored file was altered or damaged and is not used.",
    next_vi="Báo kỹ thuật viên để phục hồi từ bản sao lưu, hoặc tải tệp lên lại.",
    next_en="Ask the technician to restore it from a backup, or upload the file again.",
)
