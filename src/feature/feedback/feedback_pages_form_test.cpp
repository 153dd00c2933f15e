#include "feature/feedback/feedback_pages_form.h"

#include <doctest/doctest.h>

#include <string>

#include "base/text.h"
#include "core/ledger/ledger_stop.h"
#include "test/feedback_town.h"

namespace ln::feedback {
namespace {

using test::Browser;
using test::FeedbackTown;

struct Words {
  std::string prefix, procedure, birth, ward, next, search, send, heading, check, no;
};
const Words vi{"",
               "Thủ tục hành chính",
               "Giấy khai sinh",
               "Phường Hà Đông",
               "Tiếp tục",
               "Tìm",
               "Gửi đi",
               "Đã nhận phản ánh của bạn",
               "Xem lại trước khi gửi",
               "Không cần"};
const Words en{"/en",
               "An administrative procedure",
               "Birth certificate",
               "Phường Hà Đông",
               "Continue",
               "Search",
               "Send",
               "We have received your feedback",
               "Check your answers",
               "No need"};

std::string label_of(About about, bool english) {
  const i18n::Voice voice(english ? i18n::Language::en : i18n::Language::vi);
  return std::string(voice(key_of(about)));
}

// The element with this id, as text.
std::string text_of(const Browser& browser, std::string_view id) {
  const test::Element* found = browser.page().by_id(id);
  REQUIRE(found != nullptr);
  return browser.page().text_of(*found);
}

// The choice whose label begins so; what explains it stands in the label too.
Browser& choose(Browser& b, std::string_view beginning) {
  for (const test::Element& each : b.page().elements) {
    const std::string label = each.tag == "input" ? b.page().label_of(each) : std::string();
    if (label.starts_with(beginning)) return b.choose(label);
  }
  FAIL("nothing to choose begins so");
  return b;
}

// Up to the story, about a procedure at Hà Đông.
void begin(Browser& b, const Words& w, bool english) {
  b.get(w.prefix + "/feedback/new");
  choose(b, label_of(About::procedure, english)).press(w.next);
  choose(b, w.birth).press(w.next);
  b.fill("q", "ha dong").press(w.search);
}

TEST_CASE("a topic asks its own extra questions, and the answers to those alone are kept") {
  FeedbackTown town;
  town.write([](db::Write& w) {
    insert_topic(
        w, {.code = "id", .about = About::procedure, .name_vi = "Căn cước", .name_en = "ID"}, 2);
    insert_question(w, {"id", "colour", "Ảnh màu gì?", "Which colour?"}, 1);
  });
  for (const bool english : {false, true}) {
    CAPTURE(english);
    const Words& w = english ? en : vi;
    Browser b(town, town.router, town.site);
    begin(b, w, english);
    choose(b, w.ward).press(w.next);
    CHECK(b.shows(english ? "How many visits?" : "Đã đến mấy lần?"));
    CHECK_FALSE(b.shows(english ? "Which colour?" : "Ảnh màu gì?"));
    b.fill("body", "Ba lần đến đều bị hẹn lại.").fill("extra_times", "ba lần").press(w.next);
    b.press(w.next);
    CHECK(b.shows(w.check));
    CHECK(b.shows("ba lần"));
  }
  Typed typed;
  typed.about = "procedure";
  typed.topic = "birth";
  typed.body = "Ba lần đến đều bị hẹn lại.";
  typed.extras = {{"times", " ba lần "}, {"colour", "xanh"}, {"nothing", "x"}};
  std::string secret;
  const Feedback sent = town.send(typed, secret);
  const auto kept = town.read([&](db::Read& r) { return extras_of(r, sent.id); });
  CHECK(kept == std::vector<std::pair<std::string, std::string>>{{"times", "ba lần"}});
  typed.extras = {{"times", std::string(extra_chars_max + 1, 'x')}};
  const auto refused =
      town.read([&](db::Read& r) { return prepare(r, typed, town.random, town.now); });
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().fields.at(0).field == "extra_times");
}

TEST_CASE("a search for an office that finds none says so, and offers the list") {
  for (const bool english : {false, true}) {
    const Words& w = english ? en : vi;
    CAPTURE(english);
    FeedbackTown town;
    Browser b(town, town.router, town.site);
    b.get(w.prefix + "/feedback/new");
    choose(b, label_of(About::procedure, english)).press(w.next);
    choose(b, w.birth).press(w.next);
    b.fill("q", "khong co gi ca").press(w.search);
    CHECK(b.status() == 200);
    CHECK(b.shows(english ? "No office was found." : "Không tìm thấy đơn vị nào."));
    CHECK_FALSE(b.shows(english ? "0 offices" : "0 đơn vị"));
    CHECK(b.shows(english ? "Or choose from the list" : "Hoặc chọn trong danh sách"));
  }
}

TEST_CASE("a citizen goes from the first question to code and secret, in both languages") {
  for (const bool english : {false, true}) {
    const Words& w = english ? en : vi;
    CAPTURE(english);
    FeedbackTown town;
    Browser b(town, town.router, town.site);
    begin(b, w, english);
    // Names that differ only in their marks are both offered.
    CHECK(b.shows("Phường Hà Đông"));
    CHECK(b.shows("Phường Hạ Đông"));
    choose(b, w.ward).fill("place", "Quầy 2, 10 Trần Phú").press(w.next);
    CHECK(b.shows(english ? "How many visits?" : "Đã đến mấy lần?"));
    b.fill("body", "Ba lần đến đều bị hẹn lại.").fill("extra_times", "ba").press(w.next);
    b.press(w.next);
    CHECK(b.status() == 200);
    CHECK(b.shows(w.check));
    CHECK(b.shows("Ba lần đến đều bị hẹn lại."));
    CHECK(b.shows("Quầy 2, 10 Trần Phú"));
    // Received on Monday; the day off is named where the date is counted.
    CHECK(b.shows(english ? "working day 7" : "ngày làm việc thứ 7"));
    b.press(w.send);
    CHECK(b.status() == 200);
    CHECK(b.header("Cache-Control") == "no-store");
    CHECK(b.shows(w.heading));
    CHECK(b.body().find("data-print") != std::string::npos);
    const std::string code = text_of(b, "code"), secret = text_of(b, "secret");
    REQUIRE(town.count() == 1);
    const Feedback sent = town.find(code);
    CHECK(sent.body == "Ba lần đến đều bị hẹn lại.");
    CHECK(sent.in_english == english);
    CHECK_FALSE(sent.is_public);
    CHECK_FALSE(sent.is_protected);
    CHECK(sent.citizen_key == people::Citizen(people::plain_secret(secret)).public_key());
    // The draft is gone with the sending.
    CHECK(town.read([](db::Read& r) {
      return r.one("SELECT count(*) FROM feedback_draft",
                   [](const db::Row& row) { return row.integer(0); });
    }) == 0);
  }
}

TEST_CASE("pressing send twice shows the same code and secret, and there is one case") {
  FeedbackTown town;
  Browser b(town, town.router, town.site);
  begin(b, vi, false);
  choose(b, vi.ward).press(vi.next);
  b.fill("body", "Đèn đường tắt đã ba hôm.").press(vi.next);
  b.press(vi.next);
  Browser other(town, town.router, town.site);  // the same page before an impatient finger
  other.get(b.address());
  b.press(vi.send);
  const std::string code = text_of(b, "code"), secret = text_of(b, "secret");
  town.now += std::chrono::minutes(3);
  other.press(vi.send);
  CHECK(other.status() == 200);
  CHECK(text_of(other, "code") == code);
  CHECK(text_of(other, "secret") == secret);
  CHECK(town.count() == 1);
}

TEST_CASE("nothing on the page with the codes leads away to where they are lost") {
  FeedbackTown town;
  Browser b(town, town.router, town.site);
  begin(b, vi, false);
  choose(b, vi.ward).press(vi.next);
  b.fill("body", "Đèn đường tắt đã ba hôm.").press(vi.next);
  const std::string check = [&] {
    b.press(vi.next);
    return b.address();
  }();
  const std::string send = check.substr(0, check.rfind('/')) + "/send";
  Browser early(town, town.router, town.site);
  early.get(send);  // only the button sends
  CHECK(early.address() == check);
  CHECK(town.count() == 0);
  CHECK(b.body().find("hreflang") != std::string::npos);
  b.press(vi.send);
  CHECK(b.shows(vi.heading));
  CHECK(b.body().find("hreflang") == std::string::npos);
  early.get(send);
  CHECK(early.status() == 404);
  CHECK(early.shows("Nếu bạn đã bấm gửi"));
}

TEST_CASE("a file that is too large is said so beside it, and what was typed stays") {
  FeedbackTown town;
  Browser b(town, town.router, town.site);
  begin(b, vi, false);
  choose(b, vi.ward).press(vi.next);
  b.fill("body", "Đèn đường tắt đã ba hôm.");
  b.attach("files", "đèn.jpg", std::string(attachment::size_max + 1, 'x')).press(vi.next);
  CHECK(b.status() == 422);
  CHECK(b.shows("Mỗi tệp nhiều nhất 10 MB"));
  CHECK(b.shows("Đèn đường tắt đã ba hôm."));
}

TEST_CASE("going back shows what was typed, also what was refused") {
  FeedbackTown town;
  Browser b(town, town.router, town.site);
  begin(b, vi, false);
  choose(b, vi.ward).press(vi.next);
  const std::string story = b.address();
  b.fill("body", "ab").fill("title", "Tiêu đề").press(vi.next);
  CHECK(b.status() == 422);
  CHECK(b.body().find("<title>Lỗi") != std::string::npos);
  CHECK(b.body().find(">ab</textarea>") != std::string::npos);
  b.get(story);
  CHECK(b.body().find("ab</textarea>") != std::string::npos);
  CHECK(b.body().find("value=\"Tiêu đề\"") != std::string::npos);
  b.follow("Quay lại");
  CHECK(b.address().ends_with("/where"));
  CHECK(b.shows("Phường Hà Đông"));
  // Whoever jumps to the end is led to what is missing, with the reason.
  b.get(story.substr(0, story.rfind('/')) + "/check");
  CHECK(b.address().ends_with("/story?check=1"));
  CHECK(b.page().by_id("body-error") != nullptr);
}

TEST_CASE("a story may have 5,000 characters, not one more, however many bytes they are") {
  FeedbackTown town;
  Browser b(town, town.router, town.site);
  begin(b, vi, false);
  choose(b, vi.ward).press(vi.next);
  const std::string story = b.address();
  std::string longest;
  for (int i = 0; i < 5'000; ++i) longest += "ệ";
  b.fill("body", longest + "ệ").press(vi.next);
  CHECK(b.status() == 422);
  b.get(story).fill("body", longest).press(vi.next);
  CHECK(b.status() == 200);
  CHECK(b.address().ends_with("/contact"));
}

TEST_CASE("letters typed as base and mark are kept as one letter") {
  FeedbackTown town;
  Browser b(town, town.router, town.site);
  begin(b, vi, false);
  choose(b, vi.ward).press(vi.next);
  b.fill("body", "Đường ho\u0309ng na\u0306\u0323ng").press(vi.next);
  b.press(vi.next);
  CHECK(b.shows("Đường hỏng nặng"));
}

TEST_CASE("nothing but the subject and the story has to be said") {
  FeedbackTown town;
  Browser b(town, town.router, town.site);
  b.get("/feedback/new").press(vi.next);
  CHECK(b.status() == 422);
  CHECK(town.read([](db::Read& r) {
    return r.one("SELECT count(*) FROM feedback_draft",
                 [](const db::Row& row) { return row.integer(0); });
  }) == 0);
  b.get("/feedback/new");
  choose(b, label_of(About::policy, false)).press(vi.next);
  CHECK(b.address().ends_with("/where"));  // there are no topics to choose from
  b.press(vi.next);
  b.fill("body", "Nên trả kết quả qua bưu điện.").press(vi.next);
  b.press(vi.next);
  b.press(vi.send);
  CHECK(b.status() == 200);
  CHECK(town.count() == 1);
}

TEST_CASE("the code at a counter fills in office and counter, and leads to the story") {
  FeedbackTown town;
  Browser b(town, town.router, town.site);
  b.get("/feedback/new?unit=w3&counter=2");
  CHECK(b.shows("Phường Ba Đình"));
  choose(b, label_of(About::procedure, false)).press(vi.next);
  b.press(vi.next);
  CHECK(b.address().ends_with("/story"));
  b.fill("body", "Phải chờ quá lâu.").press(vi.next);
  b.press(vi.next);
  CHECK(b.shows("Phường Ba Đình"));
  b.press(vi.send);
  const Feedback sent = town.find(text_of(b, "code"));
  CHECK(sent.counter == "2");
}

TEST_CASE("conduct is sealed unless the citizen says otherwise, and goes above the office named") {
  FeedbackTown town;
  Browser b(town, town.router, town.site);
  b.get("/feedback/new?unit=w3");
  choose(b, label_of(About::conduct, false)).press(vi.next);
  b.fill("body", "Cán bộ quát mắng người già.").press(vi.next);
  b.press(vi.next);
  CHECK(b.shows("Đơn vị bị nêu không xử lý và không thấy hồ sơ này."));
  b.press(vi.send);
  CHECK(b.shows("Chỉ nên nhớ hai mã này"));
  // Its line joins the ledger within the hour; the promise is the receipt until then.
  CHECK(b.shows("Phản ánh của bạn sẽ vào sổ cái trước 10:00"));
  // Nothing that leaves a trace is offered: no slip, no clipboard, and no QR code in plain sight.
  for (const char* trace : {"data-print", "data-copy", "In giấy hẹn", "Chép hai mã"})
    CHECK(b.body().find(trace) == std::string::npos);
  CHECK(b.body().find("<details") < b.body().find("class=\"qr qr--big\""));
  const Feedback sent = town.find(text_of(b, "code"));
  CHECK(sent.is_protected);
  CHECK(sent.unit != sent.object_unit);
}

TEST_CASE("an identity number in the story is warned about and does not block") {
  FeedbackTown town;
  Browser b(town, town.router, town.site);
  begin(b, vi, false);
  choose(b, vi.ward).press(vi.next);
  b.fill("body", "Căn cước của tôi là 001085012345, hồ sơ bị trả lại.").press(vi.next);
  CHECK(b.address().ends_with("/contact"));
  b.press(vi.next);
  CHECK(b.shows("Có vẻ bạn đã ghi số căn cước"));
  b.press(vi.send);
  CHECK(town.count() == 1);
}

TEST_CASE("a draft that never was, or is another's to guess, is told to begin again") {
  FeedbackTown town;
  Browser b(town, town.router, town.site);
  for (const char* token : {"22222222222222222222222222", "x", "short"}) {
    b.get("/feedback/new/" + std::string(token) + "/story");
    CHECK(b.status() == 404);
    CHECK(b.shows("Không còn bản nháp này"));
  }
  b.get("/feedback/new/22222222222222222222222222/nowhere");
  CHECK(b.status() == 404);
}

TEST_CASE("files come with the story, can be taken back, and stay when the text is refused") {
  FeedbackTown town;
  Browser b(town, town.router, town.site);
  begin(b, vi, false);
  choose(b, vi.ward).press(vi.next);
  b.fill("body", "a").attach("files", "đơn.txt", "Kính gửi phường\n").press(vi.next);
  CHECK(b.status() == 422);
  CHECK(b.shows("đơn.txt"));
  CHECK(b.shows("Giấy tờ và bản ghi âm được giữ nguyên"));
  b.press("Bỏ đơn.txt");
  CHECK(b.address().ends_with("/story"));
  CHECK_FALSE(b.shows("đơn.txt"));
  b.fill("body", "Gửi kèm đơn.").attach("files", "đơn.txt", "Kính gửi phường\n").press(vi.next);
  b.press(vi.next);
  CHECK(b.shows("đơn.txt"));
  b.press(vi.send);
  CHECK(town.read([](db::Read& r) {
    return r.one(
        "SELECT count(*) FROM attachment WHERE owner_kind = 'feedback' AND removed_at "
        "IS NULL",
        [](const db::Row& row) { return row.integer(0); });
  }) == 1);
}

TEST_CASE("a form without its token is refused and nothing is written") {
  FeedbackTown town;
  Browser b(town, town.router, town.site);
  b.post("/feedback/new", "application/x-www-form-urlencoded", "about=place");
  CHECK(b.status() == 403);
  CHECK(town.count() == 0);
}

// While it lives nothing is added to the ledger. Other tests write too.
struct LedgerStopped {
  LedgerStopped() { ledger::stop_writing("row 1: the leaf does not open to the entry"); }
  ~LedgerStopped() { ledger::resume_writing(); }
};

TEST_CASE("whoever begins a form while the ledger is stopped is told before they type") {
  FeedbackTown town;
  Browser b(town, town.router, town.site);
  CHECK_FALSE(b.get("/feedback/new").shows("Hiện chưa gửi được"));
  const LedgerStopped stopped;
  CHECK(b.get("/feedback/new").shows("Hiện chưa gửi được"));
  CHECK(b.get("/en/feedback/new").shows("Nothing can be sent right now"));
}

TEST_CASE("what was typed is shown again when the ledger stops before it is sent, and kept") {
  FeedbackTown town;
  Browser b(town, town.router, town.site);
  begin(b, vi, false);
  choose(b, vi.ward).press(vi.next);
  b.fill("body", "Ba lần đến đều bị hẹn lại.").press(vi.next);
  b.press(vi.next);
  REQUIRE(b.shows(vi.check));
  {
    const LedgerStopped stopped;
    b.press(vi.send);
    CHECK(b.status() == 503);
    CHECK(b.shows("Hiện chưa gửi được"));
    CHECK(b.shows("Ba lần đến đều bị hẹn lại."));
    CHECK(town.count() == 0);
  }
  b.press(vi.send);
  CHECK(b.status() == 200);
  CHECK(b.shows(vi.heading));
  CHECK(town.count() == 1);
}

}  // namespace
}  // namespace ln::feedback
