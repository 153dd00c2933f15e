#include "feature/feedback/feedback_held.h"

#include <doctest/doctest.h>

#include <string>

#include "base/embedded.h"
#include "core/ledger/ledger_jobs_batch.h"
#include "core/ledger/ledger_store.h"
#include "core/ledger/ledger_verify.h"
#include "feature/feedback/feedback_actions_held.h"
#include "feature/feedback/feedback_actions_page.h"
#include "feature/feedback/feedback_jobs_held.h"
#include "feature/feedback/feedback_pages_held.h"
#include "feature/feedback/feedback_store_page.h"
#include "test/feedback_town.h"
#include "test/office.h"

namespace ln::feedback {
namespace {

using test::Browser;
using test::FeedbackTown;
using test::Office;

constexpr const char* bribe = "Tôi tố cáo ông trưởng phòng nhận hối lộ 20 triệu đồng của dân.";

Typed denounced() {
  Typed typed;
  typed.about = "conduct";
  typed.unit = "P1";
  typed.body = bribe;
  typed.contact = "0912 345 678";
  return typed;
}

std::int64_t count_of(db::Read& read, std::string_view table) {
  if (table == "feedback")
    return *read.one("SELECT count(*) FROM feedback",
                     [](const db::Row& row) { return row.integer(0); });
  return *read.one("SELECT count(*) FROM feedback_contact",
                   [](const db::Row& row) { return row.integer(0); });
}

// Somebody at a form, up to the story.
void tell(Browser& b, const std::string& prefix, const std::string& next, const std::string& body) {
  const bool english = !prefix.empty();
  b.get(prefix + "/feedback/new?unit=w1");
  const std::string place(
      i18n::Voice(english ? i18n::Language::en : i18n::Language::vi)(key_of(About::place)));
  for (const test::Element& each : b.page().elements) {
    const std::string label = each.tag == "input" ? b.page().label_of(each) : std::string();
    if (label.starts_with(place)) {
      b.choose(label);
      break;
    }
  }
  b.press(next);
  b.fill("body", body).press(next);
}

Browser& choose_nature(Browser& b, std::string_view beginning) {
  for (const test::Element& each : b.page().elements) {
    const std::string label = each.tag == "input" ? b.page().label_of(each) : std::string();
    if (label.starts_with(beginning)) return b.choose(label);
  }
  FAIL("no such choice");
  return b;
}

std::string shown_in(const Browser& b, std::string_view id) {
  const test::Element* found = b.page().by_id(id);
  REQUIRE(found != nullptr);
  return b.page().text_of(*found);
}

TEST_CASE("what the law says is dated: the text in force on the day is told") {
  const auto read = read_passages(embedded::find("data/guard/ways.csv").value_or(""));
  REQUIRE(read.ok());
  const Day june{std::chrono::year(2026) / 6 / 30}, july{std::chrono::year(2026) / 7 / 1};
  for (const Sort sort : {Sort::complaint, Sort::denunciation}) {
    const auto before = passages_on(sort, june), after = passages_on(sort, july);
    CHECK(before.size() == after.size());
    int changed = 0;
    for (std::size_t i = 0; i < before.size(); ++i) {
      CHECK(before[i].part == after[i].part);
      changed += before[i].text_vi != after[i].text_vi ? 1 : 0;
    }
    CHECK(changed == 2);  // how to send it, and the reception
  }
  CHECK(passages_on(Sort::complaint, Day{std::chrono::year(2010) / 1 / 1}).empty());
  constexpr const char* head =
      "sort,part,valid_from,valid_to,measure,count,confirmed,text_vi,text_en,source\n";
  for (const char* row :
       {"praise,what,2012-07-01,,,,yes,a,b,c", "both,why,2012-07-01,,,,yes,a,b,c",
        "both,what,2012-02-30,,,,yes,a,b,c", "both,what,2012-07-01,2011-01-01,,,yes,a,b,c",
        "both,what,2012-07-01,,working_days,,yes,a,b,c", "both,what,2012-07-01,,weeks,3,yes,a,b,c",
        "both,what,2012-07-01,,,,maybe,a,b,c", "both,what,2012-07-01,,,,yes,a,,c"}) {
    CAPTURE(row);
    CHECK_FALSE(read_passages(std::string(head) + row + "\n").ok());
  }
}

TEST_CASE("words that sound like a denunciation make the form ask, and the person decides") {
  for (const bool english : {false, true}) {
    CAPTURE(english);
    FeedbackTown town;
    const std::string prefix = english ? "/en" : "", next = english ? "Continue" : "Tiếp tục";
    Browser b(town, town.router, town.site);
    tell(b, prefix, next, bribe);
    CHECK(b.address().ends_with("/nature"));
    b.press(next);
    CHECK(b.status() == 422);
    // Whoever says that it is feedback goes on, whatever the words.
    choose_nature(b, english ? "Neither" : "Không phải hai điều trên").press(next);
    CHECK(b.address().ends_with("/contact"));
    b.press(next).press(english ? "Send" : "Gửi đi");
    CHECK(b.status() == 200);
    CHECK(town.read([](db::Read& r) { return count_of(r, "feedback"); }) == 1);
    // Other words are not asked about.
    Browser calm(town, town.router, town.site);
    tell(calm, prefix, next, "Đèn đường ngõ 12 hỏng ba tuần nay chưa ai sửa.");
    CHECK(calm.address().ends_with("/contact"));
  }
}

TEST_CASE("who says that it is a denunciation is told the way, and has it kept with a receipt") {
  for (const bool english : {false, true}) {
    CAPTURE(english);
    FeedbackTown town;
    const std::string prefix = english ? "/en" : "", next = english ? "Continue" : "Tiếp tục";
    Browser b(town, town.router, town.site);
    tell(b, prefix, next, bribe);
    choose_nature(b, english ? "I accuse" : "Tôi báo rằng").press(next);
    CHECK(b.address().ends_with("/hold"));
    // Seven working days from Monday, 23 November; the 24th is a holiday.
    CHECK(b.shows("03/12/2026"));
    CHECK(b.shows("Luật Tố cáo 25/2018/QH14"));
    CHECK(b.shows(english ? "Not yet compared" : "Chưa đối chiếu"));
    // No way leads around it while it is said to be one.
    const std::string hold = b.address();
    const std::string draft = hold.substr(0, hold.rfind('/'));
    b.get(draft + "/check");
    CHECK(b.address() == hold);
    b.press(english ? "Keep it and give me a receipt" : "Giữ lại và cho tôi biên nhận");
    REQUIRE(b.status() == 200);
    const std::string code = shown_in(b, "code"), secret = shown_in(b, "secret");
    CHECK(town.read([](db::Read& r) { return count_of(r, "feedback"); }) == 0);
    CHECK(town.read([](db::Read& r) { return count_of(r, "feedback_contact"); }) == 0);

    // Its page is there for the secret, and for nothing else.
    const auto parsed = Code::parse(code);
    REQUIRE(parsed);
    Browser other(town, town.router, town.site);
    other.get(prefix + "/feedback/" + parsed->text());
    CHECK(other.status() == 404);
    other.get(prefix + "/feedback/find");
    other.fill("code", code).fill("secret", secret).press(english ? "Open" : "Mở");
    CHECK(other.shows("nhận hối lộ 20 triệu"));
    CHECK(other.shows(english ? "Nobody has read it." : "Chưa ai đọc."));

    // Its sender takes it away, and the ledger stays whole.
    other.get(prefix + "/feedback/" + parsed->text());
    other.press(english ? "Destroy what is kept" : "Hủy lời đã giữ");
    CHECK(other.shows(english ? "What was kept is gone" : "Lời đã giữ không còn"));
    CHECK_FALSE(other.shows("nhận hối lộ"));
    const auto held = town.read([&](db::Read& r) { return find_held(r, *parsed); });
    REQUIRE(held);
    CHECK(held->body.empty());
  }
}

TEST_CASE(
    "a held text waits for the batch of its hour and leaves a chain that the auditor accepts") {
  Office office;
  const auto prepared = office.read([&](db::Read& r) {
    return prepare_held(r, denounced(), Sort::denunciation, office.random, office.now);
  });
  REQUIRE(prepared.ok());
  const auto sent =
      office.write([&](db::Write& w) { return submit_held(w, prepared.value(), office.now); });
  REQUIRE(sent.ok());
  CHECK(sent.value().appended.before.has_value());
  CHECK(office.read([](db::Read& r) { return count_of(r, "feedback_contact"); }) == 0);
  const ledger::Subject subject{"feedback_held", sent.value().held.id.value};
  const auto entries = office.read([&](db::Read& r) { return ledger::entries_of(r, subject); });
  REQUIRE(entries.size() == 2);
  CHECK(entries[0].event == ledger::Event::received);
  CHECK(entries[1].event == ledger::Event::redirected);
  // Nothing in the payload tells the minute.
  CHECK(ledger::text_in(entries[0].payload, "cat") == "denunciation");
  // Two years later the clock destroys it.
  office.now += held_kept_for - std::chrono::hours(1);
  CHECK(expire_held(office.database, office.random, office.now) == 0);
  office.now += std::chrono::hours(2);
  CHECK(expire_held(office.database, office.random, office.now) == 1);
  const auto after = office.read([&](db::Read& r) { return find_held(r, sent.value().held.code); });
  CHECK(after->body.empty());
  CHECK(after->erased_at.has_value());
  CHECK(office.database
            .erase([&](db::Write& w, const db::Erasure& permission) -> Result<Done> {
              CHECK(destroy_held(w, permission, office.now) == 1);
              CHECK(destroy_held(w, permission, office.now) == 0);
              return Done{};
            })
            .ok());
}

TEST_CASE("a complaint that an office found leaves its sight, until its sender says no") {
  Office office;
  const Feedback lamp = office.lamp();
  office.write([&](db::Write& w) { note_page(w, lamp, "/figures"); });
  const auto page = [&] { return office.read([&](db::Read& r) { return page_of(r, lamp.id); }); };
  CHECK(page() == "/figures");
  auto tri = office.browser("tri");
  tri.get(Office::url(lamp));
  CHECK(tri.shows("Góp ý về trang"));
  tri.get(Office::url(lamp, "/decline"));
  choose_nature(tri, "Là khiếu nại")
      .fill("text", "Đây là khiếu nại về một quyết định, xin gửi đúng nơi tiếp nhận.")
      .press("Không nhận xử lý");
  CHECK(tri.status() == 200);
  CHECK(office.now_is(lamp).held_as == Sort::complaint);
  CHECK(page().empty());  // What somebody was reading is kept of no complaint.
  CHECK(office.now_is(lamp).state == State::declined);
  for (const char* login : {"tri", "hoa", "thanh", "lan", "thu"}) {
    CAPTURE(login);
    auto staff = office.browser(login);
    staff.get(Office::url(lamp));
    CHECK(staff.status() == 404);
    for (const char* query : {"/staff?tab=over", "/staff?q=ngo+12", "/staff?tab=declined"}) {
      staff.get(query);
      CHECK_FALSE(staff.shows("Đèn đường hỏng"));
    }
  }
  // Nobody sees it without the secret, and with it the lawful way stands there.
  Browser citizen(office, office.router, office.site);
  citizen.get("/feedback/" + lamp.code.text());
  CHECK(citizen.status() == 404);
  citizen.fill("secret", office.secrets.at(lamp.code.text())).press("Mở");
  CHECK(citizen.shows("Luật Khiếu nại 02/2011/QH13"));
  CHECK(citizen.shows("03/12/2026"));  // ten days from the 23rd: taken up by then

  // The ombudsman reads it for a reason, which its sender sees.
  auto omb = office.browser("omb");
  omb.get("/staff/held");
  CHECK(omb.shows(lamp.code.shown()));
  CHECK_FALSE(omb.shows("Đèn đường hỏng"));
  omb.fill("code", lamp.code.shown()).fill("text", "ngắn").press("Đọc và ghi sổ");
  CHECK(omb.status() == 422);
  omb.fill("code", lamp.code.shown())
      .fill("text", "Tòa án yêu cầu xác nhận nội dung này.")
      .press("Đọc và ghi sổ");
  CHECK(omb.shows("Ba tuần nay đèn ngõ 12"));
  citizen.get("/feedback/" + lamp.code.text());
  CHECK(citizen.shows("Tòa án yêu cầu xác nhận"));
  auto hoa = office.browser("hoa");
  hoa.get("/staff/held");
  CHECK(hoa.status() == 403);

  const people::Citizen who(office.secrets.at(lamp.code.text()));
  const auto contested = office.write([&](db::Write& w) {
    return contest(w, {.citizen = who,
                       .code = lamp.code,
                       .salts = ledger::draw(office.random),
                       .now = office.now,
                       .text = "Tôi chỉ phản ánh cái đèn."});
  });
  REQUIRE(contested.ok());
  CHECK_FALSE(office.now_is(lamp).held_as.has_value());
  auto thanh = office.browser("thanh");
  thanh.get(Office::url(lamp));
  CHECK(thanh.status() == 200);
}

TEST_CASE("only a count is public, and it does not grow on the day somebody comes") {
  Office office;
  const auto prepared = office.read([&](db::Read& r) {
    return prepare_held(r, denounced(), Sort::denunciation, office.random, office.now);
  });
  REQUIRE(prepared.ok());
  REQUIRE(office.write([&](db::Write& w) { return submit_held(w, prepared.value(), office.now); })
              .ok());
  Browser b(office, office.router, office.site);
  b.get("/not-feedback");
  CHECK(b.shows("Trước ngày 01/11/2026: 0 khiếu nại, 0 tố cáo."));
  office.now += std::chrono::days(10);
  b.get("/not-feedback");
  CHECK(b.shows("Trước ngày 01/12/2026: 0 khiếu nại, 1 tố cáo."));
  b.get("/en/not-feedback");
  CHECK(b.shows("Before 01/12/2026: 0 complaints, 1 denunciations."));
  CHECK_FALSE(b.shows("hối lộ 20"));
}

}  // namespace
}  // namespace ln::feedback
