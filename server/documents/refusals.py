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
define(
    "upload_file_missing", 422,
    vi="Chưa có tệp nào được gửi lên.", en="No file was sent.",
    next_vi="Chọn một tệp PDF rồi gửi lại.", next_en="Choose one PDF file and send it.",
)
define(
    "upload_too_large", 413,
    vi="Tệp tải lên lớn hơn giới hạn {limit_mb} MB.", en="The upload is larger than the limit of {limit_mb} MB.",
    next_vi="Giảm dung lượng (lưu PDF cỡ nhỏ, quét ở 150–200 dpi) hoặc tách thành nhiều tệp.",
    next_en="Make it smaller (save as a reduced PDF, scan at 150–200 dpi) or split it into several files.",
)
define(
    "storage_full", 507,
    vi="Ổ đĩa của máy chủ đã đầy, tệp chưa được lưu.", en="The server's disk is full; the file was not stored.",
    next_vi="Báo kỹ thuật viên giải phóng ổ đĩa rồi tải lên lại.",
    next_en="Ask the technician to free space, then upload it again.",
)
define(
    "document_not_found", 404,
    vi="Không tìm thấy tài liệu này trong cuộc họp; có thể tài liệu đã được thu hồi.",
    en="There is no such document in this meeting; it may have been taken back.",
    next_vi="Chọn lại tài liệu trong chương trình họp.", next_en="Choose a document from the agenda.",
)
define(
    "document_not_ready", 409,
    vi="Tài liệu này chưa sẵn sàng để đọc.", en="This document is not ready to be read.",
    next_vi="Chờ máy chủ dựng xong các trang, hoặc tải lên một bản khác nếu tệp bị từ chối.",
    next_en="Wait until its pages are drawn, or upload another file if this one was refused.",
)
define(
    "page_not_found", 404,
    vi="Tài liệu này không có trang {page}; trang cuối là {pages}.",
    en="This document has no page {page}; the last is {pages}.",
    next_vi="Chọn một trang từ 1 đến {pages}.", next_en="Choose a page from 1 to {pages}.",
)
define(
    "page_not_ready", 503,
    vi="Trang {page} đang được dựng lại.", en="Page {page} is being drawn again.",
    next_vi="Thiết bị sẽ tự tải lại sau vài giây.", next_en="The device loads it again in a few seconds.",
    retry_after=2,
)
define(
    "page_not_presented", 403,
    vi="Màn hình lớn chỉ đọc được tài liệu đang trình chiếu.", en="The wall may only read the document being presented.",
    next_vi="Thư ký chọn trình chiếu tài liệu này trước.", next_en="The secretary presents the document first.",
)
define(
    "nothing_presented", 409,
    vi="Chưa có tài liệu nào đang trình chiếu.", en="No document is being presented.",
    next_vi="Chọn tài liệu và trang cần trình chiếu.", next_en="Choose a document and a page to present.",
)
define(
    "too_many_documents", 409,
    vi="Cuộc họp đã có {limit} tài liệu, là số nhiều nhất cho phép.",
    en="The meeting already has {limit} documents, the most allowed.",
    next_vi="Thu hồi tài liệu không còn dùng, hoặc gộp các tệp nhỏ.",
    next_en="Take back documents no longer needed, or join small files.",
)
define(
    "too_many_versions", 409,
    vi="Tài liệu này đã được thay {limit} lần, là số nhiều nhất cho phép.",
    en="This document has been replaced {limit} times, the most allowed.",
    next_vi="Thu hồi tài liệu rồi tải lên như một tài liệu mới.", next_en="Take it back and upload it as a new document.",
)
define(
    "item_has_documents", 409,
    vi="Nội dung này còn {count} tài liệu.", en="This agenda item still has {count} documents.",
    next_vi="Thu hồi các tài liệu của nội dung này trước khi xóa.",
    next_en="Take back its documents before you delete the item.",
)
define(
    "rendering_failed", 500,
    vi="Máy chủ đã thử {attempts} lần mà chưa dựng được các trang của tệp “{name}”.",
    en="The server tried {attempts} times and could not draw the pages of “{name}”.",
    next_vi="Báo kỹ thuật viên kiểm tra ổ đĩa và bộ nhớ máy chủ, rồi tải tệp lên lại.",
    next_en="Ask the technician to check the server's disk and memory, then upload the file again.",
)
