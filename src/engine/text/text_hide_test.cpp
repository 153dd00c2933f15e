// Marks, and the finder measured on a corpus with labels.
#include "engine/text/text_hide.h"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <map>
#include <string>
#include <vector>

#include "base/text.h"

namespace ln {
namespace {

using text::Hidden;

// What a labelled text holds: "{phone|0912 345 678}". Nothing else in it is private.
struct Labelled {
  std::string plain;
  std::map<std::string, int> wanted;  // "phone|0912 345 678"
};

Labelled labelled(std::string_view marked) {
  Labelled out;
  while (!marked.empty()) {
    const std::size_t open = std::min(marked.find('{'), marked.size());
    out.plain += marked.substr(0, open);
    if (open == marked.size()) break;
    const std::size_t close = marked.find('}', open);
    const std::string_view label = marked.substr(open + 1, close - open - 1);
    out.plain += label.substr(label.find('|') + 1);
    ++out.wanted[std::string(label)];
    marked.remove_prefix(close + 1);
  }
  return out;
}

// Written for this test, as people write to an office. The words in braces are private.
constexpr const char* private_texts[] = {
    "Tôi là {citizen_id|001085012345}... à quên, CCCD {citizen_id|001190023456}, đã nộp hồ sơ 3 "
    "tuần.",
    "Căn cước công dân số {citizen_id|079201034567} của tôi bị ghi sai ngày sinh.",
    "CMND {citizen_id|012345678} hết hạn, đi làm lại bị bắt chờ từ sáng tới trưa.",
    "Số định danh của con tôi {citizen_id|001 219 012345} chưa có trên hệ thống.",
    "Hộ chiếu {citizen_id|C1234567} của tôi gửi qua bưu điện chưa nhận được.",
    "Gọi lại cho tôi {phone|0912 345 678} sau 17 giờ.",
    "sđt {phone|0387654321} zalo cũng số đó nhé",
    "Liên hệ: {phone|+84 987 654 321} (con gái tôi).",
    "Điện thoại nhà {phone|024 3825 1234}, gọi giờ hành chính.",
    "Số của tổ trưởng là {phone|0905.123.456}, gọi không ai nghe.",
    "Gửi trả lời về {email|lan.pham@thu.example.vn}, cảm ơn.",
    "mail: {email|nguyen_van_a+1@example.com}. Tôi chờ.",
    "Hoàn tiền về tài khoản {bank_account|0011004123456} Vietcombank giúp tôi.",
    "STK {bank_account|19034567890123} mang tên tôi, phường chưa chuyển tiền hỗ trợ.",
    "Số tài khoản ngân hàng {bank_account|102 870 123 456} đã khai từ tháng 8.",
    "Mã số thuế {tax_number|8012345678} bị khóa không rõ lý do.",
    "MST {tax_number|0101243150-001} của cửa hàng tôi.",
    "Sổ BHXH {insurance|0123456789} không tra được.",
    "Thẻ BHYT số {insurance|0112233445} hết hạn mà không ai báo.",
    "Xe {plate|29A-123.45} đỗ chắn cổng trường mỗi chiều.",
    "Biển số {plate|30F-678.90} vượt đèn đỏ, tôi có ảnh.",
    "xe máy {plate|29-H1 678.90} chở hàng cồng kềnh",
    "Nhà bà {person|Nguyễn Thị Hoa} nuôi chó không rọ mõm.",
    "Ông {person|Trần Văn Bình} bán hàng lấn hết vỉa hè.",
    "Tôi đã nói với anh {person|Tuấn} nhưng không thay đổi.",
    "chị {person|Lê Thu Hà} ở tổ 5 đổ rác xuống mương",
    "ông {person|nguyễn văn tư} ở cuối ngõ hát loa kéo đến 23 giờ",
    "CÔ {person|PHẠM THỊ MAI} Ở TỔ 7 XÂY LẤN NGÕ",
    "Nhà số {house|25} ngõ 12 của ông {person|Đỗ Hùng} xả nước ra đường.",
    "Bà {person|Mai} ở số nhà {house|14/3} ngõ Thổ Quan cơi nới.",
    "Ông {person|Vũ Đức Thắng}, điện thoại {phone|0978 123 456}, CCCD {citizen_id|001075009876}.",
    "Chú {person|Ba} chạy xe {plate|51G-234.56}, gọi {phone|0939876543}.",
    "Bác {person|Hoàng Văn Lộc} mới mổ, {phone|0963 258 147}, nhờ phường tới tận nhà.",
    "Anh {person|Phạm Quốc Huy} hẹn tôi mà không tới, số {phone|0868.555.123}.",
    "Người môi giới để số {phone|0777123456} dán khắp cột điện.",
    "tk {bank_account|6789123450} ngân hàng, đã nộp 2 lần",
};

// What must never be taken for private (domain.md §4): nothing here may be found at all.
constexpr const char* false_friends[] = {
    "Tôi gọi 1022 nhiều lần mà không ai trả lời.",
    "Tổng đài 1900 1009 bắt chờ 20 phút; 18001096 cũng vậy.",
    "Đường dây nóng của quận 0243 943 1234 luôn bận.",
    "hotline 0981234567 dán ở cửa phường không có người nghe",
    "Gọi 113, 114, 115 đều được.",
    "Theo Quyết định 1207/QĐ-UBND ngày 10/4/2025 thì hạn là 7 ngày.",
    "Nghị định 61/2018/NĐ-CP và Thông tư 01/2023/TT-VPCP quy định rõ.",
    "Công văn số 123456789/UBND-VP chưa được trả lời.",
    "Mã phản ánh PHA230300003416 vẫn ghi đang xử lý.",
    "Mã hồ sơ 000.00.18.H26-240315-0021 quá hạn.",
    "Biên nhận số 0912345678 ghi hẹn ngày 5/3.",
    "Hồ sơ số 001085012345 nộp từ tháng trước.",
    "Phản ánh HN-7K2M-9QXD của tôi đã đóng mà chưa xong.",
    "Ngày 12-02-2026, 23.11.2026 và 2026-11-24 đều hẹn lại.",
    "Phí 1.500.000 đồng, rồi 250000000 đồng tiền đất.",
    "Thửa đất 123456789 m2 thì không thể.",
    "Đèn hỏng trên đường Bà Triệu, gần phố Ông Ích Khiêm.",
    "Chợ Bà Chiểu và cầu Ông Lãnh đều ngập.",
    "Phường Hai Bà Trưng, đường Lê Đại Hành, phố Trần Hưng Đạo.",
    "Trường THCS Nguyễn Trường Tộ tan học là tắc đường.",
    "Trường Tiểu học Bà Điểm thiếu chỗ gửi xe.",
    "Bệnh viện Bà Rịa chuyển tuyến mất nửa ngày.",
    "Lăng Bác Hồ mở cửa mấy giờ?",
    "Thành phố Hồ Chí Minh làm nhanh hơn.",
    "Kính gửi Ông/Bà chủ tịch phường.",
    "Các ông bà trong tổ đều đồng ý, anh chị em cũng vậy.",
    "Số nhà 12 đường Láng có hố ga mất nắp.",
    "Ngõ 34 ngách 5 chưa có đèn, từ số 2 đến số 18.",
    "Tiêu chuẩn TCVN 5729 và QCVN 41:2019 về biển báo.",
    "Điều 14 khoản 2 điểm a Luật 91/2025/QH15.",
    "Tổ dân phố 12 có 302 hộ, 150 hộ ký tên.",
    "Xe buýt tuyến 32 bỏ chuyến lúc 17h30.",
    "Tọa độ 21.028511, 105.804817 có ổ gà.",
    "Phường đã sáp nhập ngày 1/7/2025 theo Nghị quyết 1656/NQ-UBTVQH15.",
    "Hóa đơn số 00123456 ký hiệu 1C25TAA.",
    "Bà con mong phường sửa sớm.",
};

struct Measured {
  int right = 0, missed = 0, wrong = 0;
  std::string which;
};

Measured measure(std::string_view marked) {
  Measured out;
  Labelled label = labelled(marked);
  for (const text::Finding& each : text::find_private(label.plain)) {
    const std::string key = std::string(text::to_text(text::hidden_of(each.kind))) + "|" +
                            label.plain.substr(each.at, each.size);
    if (auto found = label.wanted.find(key); found != label.wanted.end() && found->second > 0) {
      --found->second;
      ++out.right;
    } else {
      ++out.wrong;
      out.which += " +" + key;
    }
  }
  for (const auto& [key, left] : label.wanted) {
    out.missed += left;
    if (left > 0) out.which += " -" + key;
  }
  return out;
}

}  // namespace

TEST_CASE("the finder on labelled texts: recall, precision, and no false friend at all") {
  int right = 0, missed = 0, wrong = 0;
  for (const char* each : private_texts) {
    const Measured one = measure(each);
    right += one.right;
    missed += one.missed;
    wrong += one.wrong;
    if (!one.which.empty()) MESSAGE(each << ":" << one.which);
  }
  for (const char* each : false_friends) {
    const Measured one = measure(each);
    CHECK_MESSAGE(one.wrong == 0, each << ":" << one.which);
  }
  MESSAGE("found " << right << ", missed " << missed << ", wrong " << wrong);
  CHECK(right * 100 >= 95 * (right + missed));
  CHECK(right * 100 >= 98 * (right + wrong));
}

TEST_CASE("a mark stands where each finding stood, and the rest stays") {
  CHECK(text::with_marks("Gọi 0912 345 678 hoặc a.b@c.vn, hotline 1022.") ==
        "Gọi [đã che: số điện thoại] hoặc [đã che: địa chỉ thư điện tử], hotline 1022.");
  CHECK(text::in_english("Gọi [đã che: số điện thoại] hoặc [đã che: gì đó].") ==
        "Gọi [hidden: phone number] hoặc [đã che: gì đó].");
  const auto counts =
      text::count_marks("[đã che: tên người] và [đã che: tên người][đã che: số nhà]");
  CHECK(counts[static_cast<std::size_t>(Hidden::person)] == 2);
  CHECK(counts[static_cast<std::size_t>(Hidden::house)] == 1);
  CHECK(counts[static_cast<std::size_t>(Hidden::phone)] == 0);
  for (const Hidden kind : text::all_hidden) CHECK(text::hidden_of(text::to_text(kind)) == kind);
  CHECK_FALSE(text::hidden_of("sender").has_value());
}

TEST_CASE("what was changed beside the marks is noticed") {
  const char* original = "Gọi tôi 0912 345 678.\nTôi chờ ở số 5 cả ngày.";
  CHECK(text::only_hides(original, original));
  CHECK(text::only_hides(original,
                         "Gọi tôi [đã che: số điện thoại].\r\nTôi chờ ở số 5 cả ngày.\r\n"));
  CHECK(text::only_hides(original, "[đã che: chi tiết khác]"));
  CHECK(text::only_hides(original, "[đã che: chi tiết khác]Tôi chờ[đã che: chi tiết khác]."));
  CHECK_FALSE(text::only_hides(original, "Gọi tôi .\nTôi chờ ở số 5 cả ngày."));
  CHECK_FALSE(text::only_hides(original, "Gọi tôi [đã che: số điện thoại].\nTôi vui cả ngày."));
  CHECK_FALSE(text::only_hides(original, std::string(original) + "[đã che: chi tiết khác]"));
  CHECK_FALSE(text::only_hides(original, ""));
  CHECK(text::only_hides("", ""));
}

TEST_CASE("whatever is hidden by marks counts as hidden only, and counts once each") {
  const std::vector<std::string> pieces = {"ông An ",   "0912345678", " ở ",    "số nhà 12", "\n",
                                           "[đã che: ", "tên người]", "a@b.vn", "."};
  CHECK(rc::check("marks", [&] {
    const auto parts = *rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(pieces));
    std::string original;
    for (const std::string& each : parts) original += each;
    const std::string shown = text::with_marks(original);
    RC_ASSERT(text::only_hides(original, shown));
    RC_ASSERT(is_utf8(text::in_english(shown)));
    // Nothing findable is left but what a mark brought together anew.
    int before = 0, after = 0;
    for (const int each : text::count_marks(original)) before += each;
    for (const int each : text::count_marks(shown)) after += each;
    RC_ASSERT(after >= before);
  }));
}

}  // namespace ln
