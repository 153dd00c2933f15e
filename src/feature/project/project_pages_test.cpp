// A project through its pages, as those who publish, take in, ask and answer meet them.
#include <doctest/doctest.h>

#include <string>

#include "test/project_ground.h"

namespace ln::project {
namespace {

// What the letter of one household says, on the page that is printed once.
struct Printed {
  std::string code, secret;
};
Printed letter_in(const std::string& body) {
  const auto after = [&](const std::string& mark, std::size_t from) {
    const std::size_t at = body.find(mark, from);
    REQUIRE(at != std::string::npos);
    const std::size_t begin = body.find("translate=\"no\">", at) + 15;
    return std::pair(body.substr(begin, body.find('<', begin) - begin), begin);
  };
  const auto [code, at] = after("Mã hồ sơ:", 0);
  const auto [secret, end] = after("Mã bí mật:", at);
  return {Code::parse(code)->text(), secret};
}

std::string encoded(const std::string& text) {
  std::string out;
  for (const char c : text) out += "%" + to_hex(as_bytes(std::string_view(&c, 1)));
  return out;
}

}  // namespace

TEST_CASE("from a decision to a line put right, on the pages of all three hands") {
  Ground city;
  auto head = city.at_desk("hoa");
  head.get("/staff/projects/new")
      .fill("Tên dự án", "Mở rộng đường Ven Sông qua phường Một")
      .fill("Dự án làm gì, ở đâu", "Mở rộng đường từ 7 m lên 21 m.")
      .fill("Số văn bản", "1207/QĐ-UBND")
      .fill("Ngày ký", "2026-11-20")
      .fill("Tên văn bản", "Quyết định phê duyệt dự án")
      .press("Công bố dự án");
  CHECK(head.status() == 422);
  CHECK(head.shows("Hãy viết thêm cho rõ."));
  head.fill("Toàn văn hoặc nội dung chính", "Phê duyệt dự án mở rộng đường Ven Sông.")
      .press("Công bố dự án");
  REQUIRE(head.status() == 200);
  CHECK(head.address() == "/staff/projects/1");
  CHECK_FALSE(head.shows("Nhập hồ sơ các hộ"));
  auto clerk = city.at_desk("thu");
  clerk.get("/staff/projects/1/files");
  CHECK(clerk.shows("Cần công bố bảng giá trước khi nhập hồ sơ."));
  head.choose("Bảng giá", "kind")
      .fill("Số văn bản", "15/QĐ-UBND")
      .fill("Ngày ký", "2026-11-21")
      .fill("Tên văn bản", "Bảng giá đất của dự án")
      .fill("Toàn văn", "ONT; Đất ở nông thôn; mười hai triệu")
      .press("Công bố");
  CHECK(head.status() == 422);
  head.fill("Toàn văn", price_text).press("Công bố");
  REQUIRE(head.status() == 200);
  clerk.get("/staff/projects/1/files")
      .attach("file", "ho.csv", Ground::rows(2) + "H-3,,Ngõ 3,Thửa 9,1,ONT,0,0\n")
      .press("Xem trước");
  CHECK(clerk.shows("1 dòng không nhận"));
  CHECK(clerk.shows("Dòng 4 (hộ H-3): thiếu tên chủ hộ"));
  CHECK(clerk.shows("2 hộ sẽ được nhập"));
  clerk.press("Nhập và in thư");
  REQUIRE(clerk.status() == 200);
  const Printed letter = letter_in(clerk.body());
  CHECK(clerk.body().find("Chủ Hộ Kín") == std::string::npos);
  // The next file of the same households is refused row by row.
  clerk.get("/staff/projects/1/files").attach("file", "ho.csv", Ground::rows(2)).press("Xem trước");
  CHECK(clerk.shows("2 dòng không nhận"));
  CHECK(clerk.shows("0 hộ sẽ được nhập"));
  head.get("/staff/projects/1").fill("asks_until", "2026-12-03").press("Mở vòng");
  REQUIRE(head.status() == 200);

  auto household = city.browser("nobody");
  household.get("/projects/files/" + letter.code).fill("Mã bí mật", "SAI-MÃ").press("Mở hồ sơ");
  CHECK(household.status() == 404);
  household.fill("Mã bí mật", letter.secret).press("Mở hồ sơ");
  REQUIRE(household.status() == 200);
  CHECK(household.shows("Chủ Hộ Kín1"));
  CHECK(household.shows("11,5 m² × 12.000.000 = 138.000.000 đồng"));
  CHECK(household.shows("Cả hồ sơ: 243.000.000 đồng"));
  // Whoever printed the letter has seen this secret: it reads, and takes another one.
  CHECK(household.shows("Trước hết hãy lấy mã bí mật của riêng bạn"));
  CHECK_FALSE(household.shows("Gửi câu hỏi"));
  CHECK_FALSE(household.shows("Xóa hồ sơ"));
  household.press("Lấy mã mới");
  REQUIRE(household.status() == 200);
  CHECK(household.shows("Mã bí mật mới"));
  household.get("/projects/files/" + letter.code);
  household.fill("Điều gì chưa đúng hoặc chưa rõ?", "Ngắn").press("Gửi câu hỏi");
  CHECK(household.status() == 422);
  household.fill("Điều gì chưa đúng hoặc chưa rõ?", "Nhà tôi đo thiếu mất sân sau.")
      .press("Gửi câu hỏi");
  REQUIRE(household.status() == 200);
  CHECK(household.shows("08/12/2026"));

  auto handler = city.at_desk("nam");
  handler.get("/staff/projects/1").follow("GP-");
  CHECK(handler.shows("Nhà tôi đo thiếu mất sân sau."));
  CHECK_FALSE(handler.shows("Chủ Hộ Kín1"));
  handler.fill("answer", good_words).choose("Sửa dòng này", "outcome").press("Gửi trả lời");
  CHECK(handler.status() == 422);
  CHECK(handler.shows("Các số không đổi."));
  handler.fill("area", "16,5").press("Gửi trả lời");
  REQUIRE(handler.status() == 200);
  CHECK(handler.shows("Không có câu hỏi nào đang chờ."));
  household.get("/projects/files/" + letter.code);
  CHECK(household.shows("Sửa dòng này"));
  CHECK(household.shows("Cả hồ sơ: 303.000.000 đồng"));
  household.get("/en/projects/files/" + letter.code);
  CHECK(household.shows("The whole file: 303,000,000 dong"));
  household.get("/projects/files/" + letter.code + "/receipts");
  CHECK(household.status() == 200);

  auto anybody = city.browser("nobody");
  anybody.get("/projects").follow("Mở rộng đường Ven Sông");
  CHECK(anybody.shows("Vòng 1 đang mở. Các hộ hỏi được đến hết ngày 03/12/2026."));
  CHECK_FALSE(anybody.shows("quá hạn"));
  city.now += a_day * 20;
  anybody.get("/en/projects/1");
  CHECK(anybody.shows("Round 1 took questions until 03/12/2026."));
  anybody.get("/projects/1/items/2");
  CHECK(anybody.shows("12.000.000 đồng"));
  auto closing = city.at_desk("hoa");
  closing.get("/staff/projects/1").press("Khép vòng");
  anybody.get("/projects/1");
  CHECK(anybody.shows("không công bố"));
}

TEST_CASE(
    "an answer that is overdue is told to everybody, and how many only from ten households on") {
  Ground city;
  city.begin(40);
  REQUIRE(city.open_it("hoa", 40).ok());
  for (std::size_t n = 0; n < 9; ++n)
    REQUIRE(city.ask_it(n, "Xin xem lại diện tích thửa này.").ok());
  auto anybody = city.browser("nobody");
  anybody.get(city.url());
  CHECK_FALSE(anybody.shows("Có câu trả lời đã quá hạn"));
  city.now += a_day * 16;
  anybody.get(city.url());
  CHECK(anybody.shows("Có câu trả lời đã quá hạn"));
  CHECK(anybody.shows("dưới 10"));
  REQUIRE(city.ask_it(9, "Xin xem lại diện tích thửa này.").ok());
  city.now += a_day * 16;
  anybody.get(city.url());
  CHECK(anybody.shows("10 hộ đang chờ quá hạn."));
}

TEST_CASE("who answers an objection does not read again what was answered before") {
  Ground city;
  city.begin(2);
  REQUIRE(city.open_it().ok());
  const auto first = city.ask_it(0, "Nhà tôi đo thiếu mất sân sau.");
  REQUIRE(city.answer_it(first.value()).ok());
  const auto again = city.ask_it(0, "Vẫn thiếu hai mét ở phía mương.");
  REQUIRE(again.ok());
  auto handler = city.at_desk("nam");
  handler.get("/staff/projects/1/questions/" + again.value().code->text());
  CHECK(handler.shows("Vẫn thiếu hai mét ở phía mương."));
  CHECK_FALSE(handler.shows("Nhà tôi đo thiếu mất sân sau."));
  CHECK_FALSE(handler.shows(good_words));
}

TEST_CASE("what a project published comes in pages, the newest first") {
  Ground city;
  city.announce_it();
  for (int n = 2; n <= 21; ++n)
    REQUIRE(city.publish_it(ItemKind::notice, "Thông báo về lịch đo đạc của tuần này.").ok());
  auto anybody = city.browser("nobody");
  anybody.get(city.url());
  CHECK(anybody.body().find(city.url("/items/21\"")) != std::string::npos);
  CHECK(anybody.body().find(city.url("/items/2\"")) != std::string::npos);
  CHECK(anybody.body().find(city.url("/items/1\"")) == std::string::npos);
  anybody.get(city.url("?before=2"));
  CHECK(anybody.body().find(city.url("/items/1\"")) != std::string::npos);
}

TEST_CASE("sending the same file form again prints the same letters") {
  Ground city;
  city.announce_it();
  REQUIRE(city.publish_it(ItemKind::prices, price_text).ok());
  auto clerk = city.at_desk("thu");
  clerk.get("/staff/projects/1/files").attach("file", "ho.csv", Ground::rows(2)).press("Xem trước");
  const auto hidden = [&](const std::string& name) {
    const std::string mark = "name=\"" + name + "\" value=\"";
    const std::size_t begin = clerk.body().rfind(mark) + mark.size();
    return clerk.body().substr(begin, clerk.body().find('"', begin) - begin);
  };
  const std::string form = "csrf=" + encoded(hidden("csrf")) + "&step=keep&once=" + hidden("once") +
                           "&revision=" + hidden("revision") + "&text=" + encoded(Ground::rows(2));
  const auto send = [&] {
    clerk.post("/staff/projects/1/files", "application/x-www-form-urlencoded", form);
    REQUIRE(clerk.status() == 200);
    return letter_in(clerk.body()).secret;
  };
  const std::string first = send();
  CHECK(send() == first);
  // A letter that opens nothing any more is not printed again.
  const Printed letter = letter_in(clerk.body());
  const HouseholdAct changes{.citizen = people::Citizen(people::plain_secret(letter.secret)),
                             .code = *Code::parse(letter.code),
                             .salts = ledger::draw(city.random),
                             .now = city.now};
  const auto key = people::Citizen(people::draw_secret(city.random)).key().public_key();
  REQUIRE(city.write([&](db::Write& w) { return change_secret(w, changes, key); }).ok());
  CHECK(send() != first);
  CHECK(clerk.body().find(Code::parse(letter.code)->shown()) == std::string::npos);
  CHECK(city.read([&](db::Read& r) { return numbers_of(r, city.id); }).size() == 2);
}

}  // namespace ln::project
