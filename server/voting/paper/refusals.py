"""What paper votes can be refused."""

from server.core.errors import define

define(
    "paper_vote_not_found", 404,
    vi="Không tìm thấy cuộc bỏ phiếu giấy này.", en="There is no such paper vote.",
    next_vi="Xem lại danh sách bỏ phiếu kín của cuộc họp.", next_en="Look at the meeting's list of paper votes.",
)
define(
    "too_many_paper_votes", 409,
    vi="Cuộc họp đã đủ {most} cuộc bỏ phiếu giấy.", en="The meeting already has {most} paper votes.",
    next_vi="Xóa bớt bản nháp không dùng.", next_en="Delete drafts that are not needed.",
)
define(
    "paper_rule_unknown", 422,
    vi="Không có bộ quy tắc “{rule}”.", en="There is no rule set “{rule}”.",
    next_vi="Chọn một bộ quy tắc trong danh mục.", next_en="Choose a rule set from the catalogue.",
)
define(
    "paper_rule_unfit", 422,
    vi="Quy tắc “{name}” không dùng cho hình thức phiếu này ({citation}).",
    en="The rule “{name_en}” is not for this kind of ballot ({citation}).",
    next_vi="Chọn quy tắc bầu cử cho phiếu bầu, quy tắc lấy phiếu tín nhiệm cho phiếu tín nhiệm.",
    next_en="Choose an election rule for an election, the confidence rule for a confidence vote.",
)
define(
    "paper_seats_unfit", 422,
    vi="Số lượng bầu chưa đúng: bầu cử cần ít nhất 1, phiếu tín nhiệm không có số lượng bầu.",
    en="The number of seats does not fit: an election needs at least 1, a confidence vote has none.",
    next_vi="Sửa số lượng cần bầu.", next_en="Correct the number of seats.",
)
define(
    "paper_seats_beyond", 409,
    vi="Lần bầu trước còn thiếu {left} người nên không bầu {seats} người được.",
    en="The round before left {left} seats; {seats} cannot be elected.",
    next_vi="Giữ số lượng bầu không quá số còn thiếu.", next_en="Elect no more than are left.",
)
define(
    "paper_not_draft", 409,
    vi="Phiếu đã in nên danh sách đã chốt, không sửa được.",
    en="The ballots are printed; the list is fixed and cannot be changed.",
    next_vi="Ứng viên rút thì ghi “rút khỏi danh sách”; sai sót khác thì hủy cuộc bỏ phiếu này và lập lại.",
    next_en="Record a withdrawal, or annul this vote and make it anew.",
)
define(
    "paper_list_full", 409,
    vi="Danh sách đã đủ {most} người.", en="The list already has {most} names.",
    next_vi="Xóa bớt tên không cần.", next_en="Remove names that are not needed.",
)
define(
    "paper_candidate_not_found", 404,
    vi="Không có người này trong danh sách.", en="This person is not on the list.",
    next_vi="Tải lại danh sách rồi chọn lại.", next_en="Reload the list and choose again.",
)
define(
    "paper_candidate_twice", 409,
    vi="{name} đã có trong danh sách.", en="{name} is already on the list.",
    next_vi="Nếu là hai người trùng tên, ghi thêm đơn vị hoặc năm sinh.",
    next_en="If they are two people of one name, add the unit or the year of birth.",
)
define(
    "paper_candidate_gone", 409,
    vi="{name} đã rút khỏi danh sách.", en="{name} has withdrawn already.",
    next_vi="Không cần làm gì thêm.", next_en="Nothing more needs to be done.",
)
define(
    "paper_list_counted", 409,
    vi="Phiếu đã đối chiếu nên không ghi rút khỏi danh sách được nữa.",
    en="The ballots have been compared; a withdrawal can no longer be recorded.",
    next_vi="Việc rút sau khi có kết quả do đại hội, hội nghị xem xét.",
    next_en="What follows a withdrawal after the count is for the congress to decide.",
)
define(
    "paper_left_out_unfit", 422,
    vi="Chỉ lấy phiếu tín nhiệm mới có người không thuộc diện (96-QĐ/TW).",
    en="Only a confidence vote leaves people out (96-QĐ/TW).",
    next_vi="Bỏ lý do không lấy phiếu, hoặc xóa người này khỏi danh sách.",
    next_en="Clear the reason, or remove the person from the list.",
)
define(
    "paper_candidate_is_teller", 409,
    vi="{name} đang ở trong ban kiểm phiếu nên không thể có tên trong danh sách bầu.",
    en="{name} is one of the tellers and cannot stand on the list.",
    next_vi="Thay người kiểm phiếu trước; nếu chỉ trùng tên, chọn đúng người trong danh sách dự họp.",
    next_en="Replace the teller first; if only the names are alike, link the right participant.",
)
define(
    "paper_teller_stands", 409,
    vi="{name} có tên trong danh sách “{title}” nên không thể kiểm phiếu.",
    en="{name} stands on the list “{title}” and cannot be a teller.",
    next_vi="Chọn người khác; nếu chỉ trùng tên, gắn đúng người dự họp cho tên trong danh sách.",
    next_en="Choose somebody else; if only the names are alike, link the right participant on the list.",
)
define(
    "paper_teller_busy", 409,
    vi="{name} đang giữ bàn kiểm phiếu số {station}.", en="{name} holds counting station {station}.",
    next_vi="Giải phóng bàn đó trước khi thay người kiểm phiếu.",
    next_en="Release that station before replacing the teller.",
)
define(
    "paper_order_stale", 409,
    vi="Danh sách vừa được người khác sửa nên chưa sắp xếp được.",
    en="The list was just changed by somebody else and could not be ordered.",
    next_vi="Xem lại danh sách rồi sắp xếp lần nữa.", next_en="Look at the list and arrange it again.",
)
define(
    "paper_list_empty", 409,
    vi="Danh sách chưa có ai để bỏ phiếu.", en="There is nobody on the list to vote on.",
    next_vi="Thêm người vào danh sách trước khi in phiếu.", next_en="Add people before printing.",
)
define(
    "paper_surplus_missing", 409,
    vi="Có {standing} người cho {seats} người cần bầu, chưa có số dư.",
    en="There are {standing} candidates for {seats} seats: no surplus.",
    next_vi="Thêm người, hoặc chuyển sang phiếu bầu không số dư.",
    next_en="Add candidates, or choose the ballot without surplus.",
)
define(
    "paper_surplus_too_large", 409,
    vi="Số dư {surplus} người vượt mức {percent}% của {seats} người cần bầu, tối đa {most} người ({citation}).",
    en="A surplus of {surplus} is above {percent}% of {seats} seats, at most {most} ({citation}).",
    next_vi="Rút bớt danh sách theo quy trình rồi in phiếu.", next_en="Shorten the list by the rules, then print.",
)
define(
    "paper_surplus_unwanted", 409,
    vi="Phiếu không số dư nhưng có {standing} người cho {seats} người cần bầu.",
    en="The ballot is without surplus, but {standing} candidates stand for {seats} seats.",
    next_vi="Chọn phiếu bầu có số dư, hoặc sửa danh sách.", next_en="Choose the ballot with surplus, or correct the list.",
)
define(
    "paper_nominee_short", 409,
    vi="{name} được đề cử tại hội nghị nhưng chưa quá {percent}% số người dự tán thành: {votes}/{attending} ({citation}).",
    en="{name} was nominated from the floor but has not more than {percent}% of those attending: {votes}/{attending} ({citation}).",
    next_vi="Ghi số tán thành đề cử, hoặc đưa ra khỏi danh sách.",
    next_en="Record the votes for the nomination, or take the name off the list.",
)
define(
    "paper_not_printed", 409,
    vi="Chưa in phiếu hoặc phiếu đã phát xong.", en="The ballots are not printed yet, or handing out is over.",
    next_vi="In phiếu rồi ghi số phiếu phát ra.", next_en="Print the ballots, then record how many were handed out.",
)
define(
    "paper_tellers_missing", 409,
    vi="Chưa đủ {most} người kiểm phiếu cho {most} bàn.", en="There are not yet {most} tellers for {most} stations.",
    next_vi="Cử ban kiểm phiếu trước khi phát phiếu.", next_en="Appoint the tellers before handing out ballots.",
)
define(
    "paper_no_quorum", 409,
    vi="Có mặt {present}/{convened} người được triệu tập, cần ít nhất {needed} ({citation}).",
    en="{present} of {convened} convened are present; at least {needed} are needed ({citation}).",
    next_vi="Chờ thêm đại biểu rồi phát phiếu.", next_en="Wait for more delegates before handing out ballots.",
)
define(
    "paper_issued_beyond", 422,
    vi="Phát ra {issued} phiếu nhưng chỉ tính {most} người được bỏ phiếu.",
    en="{issued} ballots were handed out, but only {most} people may vote.",
    next_vi="Đếm lại số phiếu phát ra, xem lại danh sách được trừ.",
    next_en="Count again how many were handed out, and look at the exclusions.",
)
define(
    "paper_exclusion_unknown", 422,
    vi="“{code}” không có trong danh mục được trừ khỏi số triệu tập ({citation}).",
    en="“{code}” is not on the closed list of exclusions ({citation}).",
    next_vi="Chọn một lý do trong danh mục.", next_en="Choose a reason from the list.",
)
define(
    "paper_exclusion_twice", 422,
    vi="{name} được ghi trừ hai lần.", en="{name} is excluded twice.",
    next_vi="Giữ một lý do.", next_en="Keep one reason.",
)
define(
    "paper_exclusion_guest", 422,
    vi="{name} không thuộc số được tính nên không cần trừ.", en="{name} is not counted in this base anyway.",
    next_vi="Bỏ người này khỏi danh sách trừ.", next_en="Take this person off the list.",
)
define(
    "paper_exclusion_present", 422,
    vi="{name} đang có mặt nên không trừ với lý do “{reason}”.", en="{name} is present and is not left out as “{reason_en}”.",
    next_vi="Bỏ người này khỏi danh sách trừ, hoặc sửa điểm danh nếu ghi nhầm.",
    next_en="Take this person off the list, or correct the attendance if it is wrong.",
)
define(
    "paper_base_fixed", 409,
    vi="Kiểm phiếu đã đối chiếu nên số triệu tập không đổi được nữa.",
    en="The count has been compared; the base can no longer change.",
    next_vi="Nếu có sai sót, hủy cuộc bỏ phiếu này với lý do.", next_en="If it is wrong, annul this vote with a reason.",
)
define(
    "paper_not_counting", 409,
    vi="Lúc này chưa hoặc không còn nhập phiếu.", en="Ballots cannot be entered now.",
    next_vi="Chờ thư ký ghi số phiếu phát ra; nếu đã đối chiếu thì xử lý chênh lệch.",
    next_en="Wait until the number handed out is recorded; after the comparison settle the differences.",
)
define(
    "paper_not_teller", 403,
    vi="Đồng chí không ở trong ban kiểm phiếu của cuộc họp này.", en="You are not a teller of this meeting.",
    next_vi="Nếu vừa được cử, nhờ thư ký kiểm tra danh sách ban kiểm phiếu.",
    next_en="If you were just appointed, ask the secretary to look at the list of tellers.",
)
define(
    "paper_teller_is_candidate", 403,
    vi="Đồng chí có tên trong danh sách này nên không kiểm phiếu được.",
    en="You stand on this list and cannot count it.",
    next_vi="Báo thư ký cử người khác.", next_en="Tell the secretary to appoint somebody else.",
)
define(
    "paper_station_unknown", 404,
    vi="Không có bàn kiểm phiếu này.", en="There is no such counting station.",
    next_vi="Chọn bàn số 1, 2 hoặc 3.", next_en="Choose station 1, 2 or 3.",
)
define(
    "paper_station_taken", 409,
    vi="Bàn số {station} đang do {holder} giữ.", en="Station {station} is held by {holder}.",
    next_vi="Chọn bàn còn trống; nếu máy ở bàn đó hỏng, báo thư ký giải phóng bàn.",
    next_en="Choose a free station; if its tablet is broken, ask the secretary to release it.",
)
define(
    "paper_station_other", 409,
    vi="Đồng chí đã ngồi bàn số {station} trong cuộc kiểm phiếu này nên không sang bàn khác được.",
    en="You have held station {station} in this count and cannot take another one.",
    next_vi="Quay lại bàn số {station}; ba bàn phải độc lập với nhau.",
    next_en="Go back to station {station}; the three must stay independent.",
)
define(
    "paper_station_not_yours", 403,
    vi="Đồng chí không giữ bàn kiểm phiếu này.", en="You do not hold this counting station.",
    next_vi="Nhận bàn của mình rồi nhập; số liệu bàn khác không xem được.",
    next_en="Take your own station; the figures of another one are not shown.",
)
define(
    "paper_station_free", 409,
    vi="Bàn số {station} đang trống.", en="Nobody holds station {station}.",
    next_vi="Không cần giải phóng.", next_en="There is nothing to release.",
)
define(
    "paper_station_committed", 409,
    vi="Bàn số {station} đã chốt nên không sửa được.", en="Station {station} is committed and cannot be changed.",
    next_vi="Chờ đối chiếu, hoặc đề nghị thư ký mở lại bàn với lý do.",
    next_en="Wait for the comparison, or ask the secretary to reopen the station with a reason.",
)
define(
    "paper_station_not_committed", 409,
    vi="Bàn số {station} chưa chốt.", en="Station {station} is not committed.",
    next_vi="Nhập đủ phiếu rồi chốt.", next_en="Enter all ballots, then commit.",
)
define(
    "paper_marks_unfit", 422,
    vi="Phiếu số {number} cần đúng {lines} dòng, mỗi dòng một dấu của loại phiếu này.",
    en="Ballot {number} needs exactly {lines} lines with one mark of this kind of ballot each.",
    next_vi="Nhập lại phiếu đó.", next_en="Enter that ballot again.",
)
define(
    "paper_number_beyond", 422,
    vi="Phiếu số {number} vượt số phiếu phát ra ({issued}).", en="Ballot {number} is beyond the number issued ({issued}).",
    next_vi="Đếm lại tập phiếu; nếu ghi sai số phát ra, báo thư ký sửa.",
    next_en="Count the pile again; if the number issued is wrong, tell the secretary.",
)
define(
    "paper_entry_not_last", 409,
    vi="Chỉ xóa được phiếu cuối cùng đã nhập (số {number}).", en="Only the last entered ballot (number {number}) can be removed.",
    next_vi="Phiếu ở giữa thì nhập lại cho đúng.", next_en="Enter a ballot in the middle again instead.",
)
define(
    "paper_entry_not_found", 404,
    vi="Bàn này chưa nhập phiếu số {number}.", en="This station has not entered ballot {number}.",
    next_vi="Xem lại số phiếu.", next_en="Look at the number again.",
)
define(
    "paper_station_incomplete", 409,
    vi="Còn thiếu phiếu số {number}: đếm được {returned} phiếu, đã nhập {entered}.",
    en="Ballot {number} is missing: {returned} were counted, {entered} are entered.",
    next_vi="Nhập đủ các phiếu rồi chốt.", next_en="Enter all ballots, then commit.",
)
define(
    "paper_station_beyond", 409,
    vi="Đã nhập {entered} phiếu, nhiều hơn {returned} phiếu đếm được.",
    en="{entered} ballots are entered, more than the {returned} counted.",
    next_vi="Đếm lại tập phiếu hoặc xóa phiếu nhập thừa.", next_en="Count the pile again, or remove what was entered twice.",
)
define(
    "paper_stations_open", 409,
    vi="Chưa đủ ba bàn chốt nên chưa đối chiếu được.", en="Not all three stations are committed yet.",
    next_vi="Chờ các bàn nhập xong và chốt.", next_en="Wait until all have entered and committed.",
)
define(
    "paper_not_compared", 409,
    vi="Ba bàn chưa được đối chiếu.", en="The three stations have not been compared.",
    next_vi="Đối chiếu trước.", next_en="Compare them first.",
)
define(
    "paper_difference_not_found", 404,
    vi="Không có chênh lệch này.", en="There is no such difference.",
    next_vi="Tải lại danh sách chênh lệch.", next_en="Reload the list of differences.",
)
define(
    "paper_difference_pending", 409,
    vi="Đề nghị xem lại phiếu {ballot} cần một người kiểm phiếu thứ hai đồng ý.",
    en="Opening ballot {ballot} again needs a second teller.",
    next_vi="Nhờ một người kiểm phiếu khác xác nhận.", next_en="Ask another teller to confirm.",
)
define(
    "paper_same_teller", 409,
    vi="Người xác nhận phải khác người đề nghị.", en="Who seconds must be somebody else.",
    next_vi="Nhờ một người kiểm phiếu khác.", next_en="Ask another teller.",
)
define(
    "paper_line_open", 409,
    vi="Phiếu {ballot} đã có trong danh sách chênh lệch.", en="Ballot {ballot} is on the list of differences already.",
    next_vi="Xử lý chênh lệch đó.", next_en="Settle that difference.",
)
define(
    "paper_line_unknown", 404,
    vi="Không có phiếu {ballot} hoặc dòng này.", en="There is no ballot {ballot} or no such line.",
    next_vi="Xem lại số phiếu và số dòng.", next_en="Look at the numbers again.",
)
define(
    "paper_value_unfit", 422,
    vi="Giá trị này không phải là dấu của dòng hoặc phiếu đó.", en="This value is no mark of that line or ballot.",
    next_vi="Chọn một dấu của loại phiếu này.", next_en="Choose a mark of this kind of ballot.",
)
define(
    "paper_pile_broken", 409,
    vi="Phiếu {ballot} ghi là không có nhưng phiếu {later} sau nó lại có.",
    en="Ballot {ballot} is settled as absent, but ballot {later} after it is there.",
    next_vi="Đối chiếu lại với tập phiếu: phiếu không có phải ở cuối.",
    next_en="Look at the pile again: what is absent stands at its end.",
)
define(
    "paper_differences_open", 409,
    vi="Còn {open} chênh lệch chưa xử lý.", en="{open} differences are not settled.",
    next_vi="Ban kiểm phiếu xem lại từng phiếu rồi ghi kết luận.", next_en="The tellers settle each against the paper.",
)
define(
    "paper_returned_differs", 409,
    vi="Công bố thu về {said} phiếu nhưng ba bàn kiểm được {counted} phiếu.",
    en="{said} ballots are said to have come back, but {counted} were counted.",
    next_vi="Đếm lại rồi nhập đúng số phiếu thu về.", next_en="Count again and give the right number.",
)
define(
    "paper_more_than_issued", 409,
    vi="Thu về {returned} phiếu, nhiều hơn {issued} phiếu phát ra.", en="{returned} ballots came back, more than the {issued} issued.",
    next_vi="Kiểm tra lại số phiếu phát ra và phiếu lạ trước khi đóng.",
    next_en="Check the number issued and look for foreign ballots before closing.",
)
define(
    "paper_closed", 409,
    vi="Kết quả đã được chốt lúc {at} bởi {who}.", en="The result was closed at {at} by {who}.",
    next_vi="Xem kết quả đã chốt.", next_en="Look at the closed result.",
)
define(
    "paper_not_closed", 409,
    vi="Chưa chốt kết quả kiểm phiếu.", en="The count is not closed.",
    next_vi="Xử lý hết chênh lệch rồi chốt kết quả.", next_en="Settle all differences, then close.",
)
define(
    "paper_annulled", 409,
    vi="Cuộc bỏ phiếu này đã bị hủy: {reason}", en="This vote was annulled: {reason}",
    next_vi="Lập cuộc bỏ phiếu mới nếu cần.", next_en="Make a new one if needed.",
)
define(
    "paper_draft_not_annulled", 409,
    vi="Bản nháp thì xóa, không cần hủy.", en="A draft is deleted, not annulled.",
    next_vi="Xóa bản nháp.", next_en="Delete the draft.",
)
define(
    "paper_no_second_round", 409,
    vi="Không còn ai để bầu thêm hoặc đã bầu đủ số lượng.", en="All seats are filled, or nobody is left to vote on.",
    next_vi="Xem lại kết quả.", next_en="Look at the result.",
)
define(
    "paper_second_round_there", 409,
    vi="Đã có lần bầu tiếp theo: {title}.", en="There is a next round already: {title}.",
    next_vi="Mở lần bầu đó.", next_en="Open that one.",
)
define(
    "participant_in_paper_vote", 409,
    vi="Người này có tên trong bỏ phiếu giấy nên không xóa được.", en="This participant is named in a paper vote and cannot be removed.",
    next_vi="Ghi nhận vắng mặt thay cho xóa.", next_en="Mark as absent instead.",
)
