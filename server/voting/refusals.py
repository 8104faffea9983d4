"""What voting can be refused."""

from server.core.errors import define

define(
    "poll_not_found", 404,
    vi="Không tìm thấy biểu quyết này.", en="There is no such vote.",
    next_vi="Xem lại danh sách biểu quyết của cuộc họp.", next_en="Look at the meeting's list of votes.",
)
define(
    "poll_not_draft", 409,
    vi="Biểu quyết này đã mở nên không sửa, xóa hay mở lại được.",
    en="This vote has been opened and can no longer be edited, deleted or opened again.",
    next_vi="Tạo một biểu quyết mới nếu cần.", next_en="Create a new vote if one is needed.",
)
define(
    "poll_already_open", 409,
    vi="Đang mở biểu quyết khác: {title}.", en="Another vote is open: {title}.",
    next_vi="Đóng biểu quyết đó trước.", next_en="Close that one first.",
)
define(
    "poll_not_open", 409,
    vi="Biểu quyết này chưa mở hoặc đã đóng; không ghi thêm phiếu nào.",
    en="This vote is not open yet or is closed; no ballot was recorded.",
    next_vi="Chờ thư ký mở biểu quyết; nếu vừa hết giờ, báo thư ký.",
    next_en="Wait until the secretary opens it; if time has just run out, tell the secretary.",
)
define(
    "poll_not_closed", 409,
    vi="Biểu quyết này chưa đóng nên chưa có kết quả.", en="This vote is not closed, so there is no result yet.",
    next_vi="Đóng biểu quyết rồi công bố.", next_en="Close it, then publish.",
)
define(
    "too_many_polls", 409,
    vi="Cuộc họp đã đủ {most} biểu quyết.", en="The meeting already has {most} votes.",
    next_vi="Xóa bớt biểu quyết còn ở dạng nháp.", next_en="Delete drafts that are not needed.",
)
define(
    "threshold_not_fit", 422,
    vi="Mức thông qua cần từ quá nửa đến toàn thể; đúng một nửa không phải là đa số.",
    en="A threshold lies between more than half and all; exactly half is no majority.",
    next_vi="Chọn “quá 1/2”, “ít nhất 2/3” hoặc một mức cao hơn.",
    next_en="Choose “more than 1/2”, “at least 2/3” or a higher one.",
)
define(
    "nobody_may_vote", 409,
    vi="Chưa có đại biểu nào có quyền biểu quyết trong phòng.", en="Nobody who is entitled to vote is in the room.",
    next_vi="Điểm danh đại biểu trước khi mở biểu quyết.", next_en="Check delegates in before opening the vote.",
)
define(
    "not_entitled", 403,
    vi="Đồng chí dự họp không có quyền biểu quyết.", en="You attend without the right to vote.",
    next_vi="Nếu có nhầm lẫn, báo thư ký cuộc họp.", next_en="If this is a mistake, tell the secretary.",
)
define(
    "not_present", 409,
    vi="Đồng chí chưa được ghi nhận có mặt.", en="You have not been checked in.",
    next_vi="Điểm danh tại cửa hoặc quét mã trên màn hình chính.", next_en="Check in at the door or scan the code on the wall.",
)
define(
    "came_after_open", 409,
    vi="Đồng chí vào danh sách sau khi mở biểu quyết; số người biểu quyết đã chốt.",
    en="You came after the vote was opened; the number of voters is fixed.",
    next_vi="Đồng chí tham gia từ biểu quyết tiếp theo.", next_en="You take part from the next vote on.",
)
define(
    "ballot_final", 409,
    vi="Phiếu của đồng chí đã được ghi và không đổi được.", en="Your ballot is recorded and cannot be changed.",
    next_vi="Biểu quyết này không cho đổi phiếu; ý kiến khác xin báo chủ trì.",
    next_en="This vote does not allow changes; tell the chair if you object.",
)
define(
    "agenda_item_has_polls", 409,
    vi="Mục này có biểu quyết nên không xóa được.", en="This item has votes and cannot be removed.",
    next_vi="Xóa các biểu quyết nháp của mục trước.", next_en="Delete the item's draft votes first.",
)
define(
    "participant_has_voted", 409,
    vi="Đại biểu này đã ở trong danh sách biểu quyết nên không xóa được.",
    en="This participant is on the list of a vote and cannot be removed.",
    next_vi="Ghi nhận vắng mặt hoặc bỏ quyền biểu quyết thay cho xóa.",
    next_en="Mark as absent or withdraw the right to vote instead.",
)
define(
    "rule_unknown", 404,
    vi="Không có quy tắc biểu quyết “{rule}” cho đơn vị này, hoặc quy tắc đã ngừng dùng.",
    en="There is no voting rule “{rule}” for this unit, or it is retired.",
    next_vi="Chọn một quy tắc trong danh sách.", next_en="Choose a rule from the list.",
)
define(
    "rule_exists", 409,
    vi="Mã quy tắc “{rule}” đã có.", en="The rule code “{rule}” is taken.",
    next_vi="Đặt mã khác; quy tắc đã dùng thì không sửa, chỉ ngừng dùng.",
    next_en="Choose another code; a rule in use is not edited, only retired.",
)
define(
    "rule_without_citation", 422,
    vi="Quy tắc riêng của đơn vị phải ghi rõ quy chế: số, ngày hoặc điều.",
    en="A unit's own rule needs its citation: number, date or article of the regulation.",
    next_vi="Ghi số, ngày và điều của quy chế rồi lưu lại.", next_en="Write the number, date and article, then save again.",
)
define(
    "too_many_rules", 409,
    vi="Đơn vị đã có đủ {most} quy tắc riêng.", en="The unit already has {most} rules of its own.",
    next_vi="Dùng lại một quy tắc đã có.", next_en="Use one that exists.",
)
define(
    "form_forbidden", 409,
    vi="“{rule}” phải bỏ phiếu kín bằng phiếu giấy, không biểu quyết công khai trên máy ({citation}).",
    en="“{rule_en}” is by secret ballot on paper, not by an open vote on the seats ({citation}).",
    next_vi="Mở “Bỏ phiếu giấy” để in phiếu và kiểm phiếu; nếu quy chế của đơn vị cho phép, lập quy tắc riêng có trích dẫn.",
    next_en="Use “Paper votes” to print and count ballots; if your own regulation allows it, add a rule with its citation.",
)
define(
    "kind_forbidden", 409,
    vi="“{rule}” không dùng loại phiếu này ({citation}).", en="“{rule_en}” does not use this kind of ballot ({citation}).",
    next_vi="Chọn loại phiếu mà quy tắc cho phép.", next_en="Choose a kind of ballot that the rule allows.",
)
define(
    "figure_fixed", 409,
    vi="“{rule}” đã định số này, không đổi riêng cho một lần biểu quyết ({citation}).",
    en="“{rule_en}” fixes this figure; a single vote cannot change it ({citation}).",
    next_vi="Chọn quy tắc khác hoặc lập quy tắc riêng của đơn vị có trích dẫn.",
    next_en="Choose another rule, or add a rule of your unit with its citation.",
)
define(
    "options_not_fit", 422,
    vi="Danh sách lựa chọn cần ít nhất {least} dòng, không trùng và không để trống.",
    en="The list needs at least {least} options, no two alike and none empty.",
    next_vi="Sửa danh sách rồi lưu lại.", next_en="Correct the list and save again.",
)
define(
    "options_too_long", 422,
    vi="Danh sách lựa chọn quá dài để hiện trên màn hình ghế.", en="The options are too long for a seat's screen.",
    next_vi="Viết ngắn lại: họ tên là đủ, chức vụ để trong tài liệu.",
    next_en="Shorten them: a name is enough, titles belong into the papers.",
)
define(
    "exclusion_unknown", 422,
    vi="Lý do này không nằm trong danh sách được trừ của “{rule}” ({citation}).",
    en="This reason is not on the list of exclusions of “{rule_en}” ({citation}).",
    next_vi="Chọn một lý do trong danh sách; người khác vẫn tính vào tổng số.",
    next_en="Choose a reason from the list; everybody else stays in the base.",
)
define(
    "no_quorum", 409,
    vi="Chưa đủ số người dự: có mặt {present}/{convened}, cần {needed} ({citation}).",
    en="No quorum: {present} of {convened} are present, {needed} are needed ({citation}).",
    next_vi="Chờ đủ người rồi mở biểu quyết.", next_en="Wait for the quorum, then open the vote.",
)
define(
    "excluded_but_present", 409,
    vi="{count} người được trừ vì vắng mặt suốt nhưng đang có mặt ({citation}).",
    en="{count} people are left out as absent throughout, but are present ({citation}).",
    next_vi="Bỏ những người đó khỏi danh sách được trừ, hoặc sửa điểm danh nếu ghi nhầm.",
    next_en="Take them off the list of exclusions, or correct the attendance if it is wrong.",
)
define(
    "members_too_few", 409,
    vi="Tổng số ủy viên ({members}) ít hơn số người được biểu quyết ({entitled}).",
    en="The number of members ({members}) is lower than that of those who may vote ({entitled}).",
    next_vi="Sửa tổng số ủy viên của biểu quyết này.", next_en="Correct the number of members of this vote.",
)
define(
    "excluded_from_base", 403,
    vi="Đồng chí được trừ khỏi tổng số tính của biểu quyết này.", en="You are left out of the base of this vote.",
    next_vi="Nếu có nhầm lẫn, báo thư ký cuộc họp.", next_en="If this is a mistake, tell the secretary.",
)
define(
    "ballot_not_fit", 422,
    vi="Phiếu gửi lên không đúng loại của biểu quyết này; chưa ghi gì.",
    en="The ballot does not fit this vote; nothing was recorded.",
    next_vi="Tải lại trang rồi chọn lại.", next_en="Reload the page and choose again.",
)
define(
    "ballot_too_many", 422,
    vi="Chỉ được chọn nhiều nhất {most}; phiếu chưa được ghi.", en="At most {most} may be chosen; nothing was recorded.",
    next_vi="Bỏ bớt lựa chọn rồi gửi lại.", next_en="Choose fewer and send again.",
)
define(
    "opinion_missing", 422,
    vi="Ý kiến khác cần được viết ra.", en="Another opinion has to be written.",
    next_vi="Viết ý kiến rồi gửi lại.", next_en="Write it and send again.",
)
define(
    "poll_not_opened", 409,
    vi="Biểu quyết này chưa được mở.", en="This vote has not been opened.",
    next_vi="Bản nháp thì sửa hoặc xóa được.", next_en="A draft can be edited or deleted.",
)
define(
    "poll_annulled", 409,
    vi="Biểu quyết này đã bị hủy kết quả.", en="This vote is annulled already.",
    next_vi="Xem lý do ở danh sách biểu quyết.", next_en="See the reason in the list of votes.",
)
define(
    "batch_running", 409,
    vi="Đang có một loạt biểu quyết chạy liên tiếp.", en="A batch of votes is running.",
    next_vi="Chờ xong hoặc dừng loạt đó trước.", next_en="Wait for its end, or stop it first.",
)
define(
    "batch_not_running", 409,
    vi="Không có loạt biểu quyết nào đang chạy.", en="No batch of votes is running.",
    next_vi="Xem danh sách biểu quyết.", next_en="See the list of votes.",
)
define(
    "not_before_close", 409,
    vi="Biểu quyết không nêu tên: ai đã bỏ phiếu chỉ xem được sau khi đóng.",
    en="This vote is unnamed: who has voted is known only after its close.",
    next_vi="Xem số phiếu đã bỏ; đóng biểu quyết rồi xem lại.", next_en="See how many have voted; close it, then look again.",
)
define(
    "reserve_not_allowed", 409,
    vi="“{rule}” không có bảo lưu ý kiến ({citation}).", en="“{rule_en}” knows no reserved opinions ({citation}).",
    next_vi="Ý kiến khác xin đăng ký phát biểu.", next_en="Ask for the floor instead.",
)
define(
    "reserve_after_close", 409,
    vi="Biểu quyết chưa đóng nên chưa ghi ý kiến bảo lưu được.", en="The vote is open; opinions are reserved after its close.",
    next_vi="Ghi ý kiến bảo lưu sau khi biểu quyết đóng.", next_en="Reserve the opinion once the vote is closed.",
)
define(
    "reserve_before_ballot", 409,
    vi="Đồng chí chưa bỏ phiếu nên chưa có gì để bảo lưu.", en="You have not voted yet, so there is nothing to reserve.",
    next_vi="Bỏ phiếu trước, hoặc chờ biểu quyết đóng.", next_en="Vote first, or wait for the close.",
)
define(
    "reserve_agreed", 409,
    vi="Phiếu của đồng chí là tán thành nên không có gì để bảo lưu.", en="Your ballot agrees, so there is nothing to reserve.",
    next_vi="Nếu có nhầm lẫn, báo thư ký cuộc họp.", next_en="If this is a mistake, tell the secretary.",
)
define(
    "not_in_poll", 403,
    vi="Đồng chí không ở trong danh sách biểu quyết này.", en="You are not on the list of this vote.",
    next_vi="Nếu có nhầm lẫn, báo thư ký cuộc họp.", next_en="If this is a mistake, tell the secretary.",
)
