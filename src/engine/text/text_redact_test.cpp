#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <string>
#include <vector>

#include "base/text.h"
#include "engine/text/text.h"
#include "engine/text/text_redact.h"

namespace ln {
namespace {

std::string_view name_of(text::Private kind) {
  using enum text::Private;
  switch (kind) {
    case citizen_id: return "id";
    case phone: return "phone";
    case email: return "email";
    case bank_account: return "bank";
    case tax_number: return "tax";
    case insurance: return "insurance";
    case plate: return "plate";
    case person: return "person";
    case house: return "house";
  }
  return "";
}

// "phone:0912345678 person:Nguyễn Văn An"
std::string found(std::string_view text) {
  std::string out;
  for (const text::Finding& each : text::find_private(text)) {
    if (!out.empty()) out += "; ";
    out += std::string(name_of(each.kind)) + ":" + std::string(text.substr(each.at, each.size));
  }
  return out;
}

}  // namespace

TEST_CASE("numbers that identify a person are found") {
  CHECK(found("CCCD của tôi là 001085012345.") == "id:001085012345");
  CHECK(found("tôi tên An, 001 085 012345, ở tổ 4") == "id:001 085 012345");
  CHECK(found("số căn cước: 999999999999") == "id:999999999999");
  CHECK(found("CMND 012345678 cấp 2010") == "id:012345678");
  CHECK(found("chứng minh nhân dân số 123.456.789") == "id:123.456.789");
  CHECK(found("hộ chiếu số B1234567") == "id:B1234567");
  CHECK(found("Liên hệ 0912345678 hoặc 0987.654.321") == "phone:0912345678; phone:0987.654.321");
  CHECK(found("gọi 0912345678 0987654321") == "phone:0912345678; phone:0987654321");
  CHECK(found("gọi +84 912 345 678 nhé") == "phone:+84 912 345 678");
  CHECK(found("SĐT0912345678") == "phone:0912345678");
  CHECK(found("nhà tôi: (024) 3825 1234") == "phone:024) 3825 1234");
  CHECK(found("hồ sơ của tôi, 0912345678") == "phone:0912345678");
  CHECK(found("ngan.le+x@thu.hanoi.vn.") == "email:ngan.le+x@thu.hanoi.vn");
  CHECK(found("chuyển vào STK 19031234567890 Techcombank") == "bank:19031234567890");
  CHECK(found("tài khoản ngân hàng số 0123 456 789") == "bank:0123 456 789");
  CHECK(found("mã số thuế 0101243150-001") == "tax:0101243150-001");
  CHECK(found("sổ BHXH 0123456789") == "insurance:0123456789");
  CHECK(found("xe 29A-123.45 và 29-H1 678.90, 30F12345") ==
        "plate:29A-123.45; plate:29-H1 678.90; plate:30F12345");
  CHECK(found("biển số 29a1-12345 lấn làn") == "plate:29a1-12345");
}

TEST_CASE("numbers of offices, papers, money and days are left alone") {
  for (const char* plain : {
           "Gọi 1022, 113 hoặc 1900 6099, 18001091.",
           "đường dây nóng 0243 825 1234 của phường",
           "Quyết định 1207/QĐ-UBND ngày 28/2/2025",
           "Nghị định 118/2025/NĐ-CP, 12-2-2025, 23.11.2026",
           "mã phản ánh PHA230300003416",
           "HN-7K2M-9QXD, 000.00.12.H26-230101-0001",
           "Hồ sơ số 0912345678 nộp ngày 3/5",
           "mã hồ sơ: 001085012345",
           "biên nhận số 0387654321",
           "thu 1.500.000 đồng, 123456789 đồng, 150000000đ",
           "302 phiếu, 150 hài lòng, diện tích 1200 m2",
           "tổ 12 phường 5, từ 2018 2019 2020 đến nay",
           "Điều 115 khoản 2, TCVN 5729",
       }) {
    CHECK_MESSAGE(found(plain).empty(), found(plain));
  }
}

TEST_CASE("the name after a title is private, a place that bears a name is not") {
  CHECK(found("nhà ông Nguyễn Văn An lấn vỉa hè") == "person:Nguyễn Văn An");
  CHECK(found("Tôi gặp bà Trần Thị Bé. Hôm sau") == "person:Trần Thị Bé");
  CHECK(found("anh Nam Phường Láng Hạ nói") == "person:Nam");
  CHECK(found("chị Lan Anh bảo") == "person:Lan Anh");
  CHECK(found("ong nguyen van an o to 4") == "person:nguyen van an");
  CHECK(found("ÔNG NGUYỄN VĂN AN") == "person:NGUYỄN VĂN AN");
  CHECK(found("Ông Tạ Văn Bình") == "person:Tạ Văn Bình");
  for (const char* plain : {
           "Kính chào Ông/Bà. Vấn đề Ông/Bà phản ánh",
           "ông bà tôi, anh chị em",
           "đường Bà Triệu, phố Ông Ích Khiêm, chợ Bà Chiểu",
           "Từ Bà Rịa đi quận Hai Bà Trưng",
           "thành phố Hồ Chí Minh, TP Ho Chi Minh, trường Nguyễn Trường Tộ, phường Lê Đại Hành",
           "trường THPT Bà Điểm",
           "ông V.P.S trình bày",
           "bà ấy nói. Phường im lặng",
       }) {
    CHECK_MESSAGE(found(plain).empty(), found(plain));
  }
}

TEST_CASE("a house number is private only together with a person") {
  CHECK(found("Nhà số 12 ngõ 34 của ông Lê Văn Ba xả rác") == "house:12; person:Lê Văn Ba");
  CHECK(found("bà Mai ở số 5/7 ngõ Thổ Quan") == "person:Mai; house:5/7");
  CHECK(found("Nhà số 12 xả rác. Ông Lê Văn Ba chứng kiến").find("house") == std::string::npos);
  CHECK(found("Số nhà 12 đường Láng ngập").empty());
}

TEST_CASE("a form can warn about numbers of identity cards") {
  CHECK(text::has_citizen_id("cccd 001085012345"));
  CHECK_FALSE(text::has_citizen_id("gọi 0912345678"));
}

TEST_CASE("findings are ordered, apart and whole characters") {
  const std::vector<std::string> pieces = {
      "ông ", "Bà ", "Đỗ ", "0912345678", "29A-123.45", "số nhà 12", "@",   "a.vn",         "ở",
      " ",    ".",   "-",   "/",          "(",          ")",         "+84", "001085012345", "stk ",
      "\n",   "☂"};
  CHECK(rc::check("spans", [&] {
    const auto parts = *rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(pieces));
    std::string whole;
    for (const std::string& each : parts) whole += each;
    std::size_t end = 0;
    for (const text::Finding& each : text::find_private(whole)) {
      RC_ASSERT(each.at >= end);
      RC_ASSERT(each.size > 0U);
      end = each.at + each.size;
      RC_ASSERT(end <= whole.size());
      RC_ASSERT(is_utf8(std::string_view(whole).substr(each.at, each.size)));
    }
  }));
}

}  // namespace ln
