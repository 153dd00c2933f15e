#include <doctest/doctest.h>

#include <memory>

#include "core/ledger/ledger_public_actions.h"
#include "core/ledger/ledger_public_grassroots.h"
#include "core/ledger/ledger_sealer.h"
#include "feature/disclosure/disclosure_actions.h"
#include "feature/disclosure/disclosure_jobs.h"
#include "feature/disclosure/disclosure_store_views.h"
#include "test/office.h"

namespace ln::disclosure {
namespace {

using test::Browser;

const std::string whole_text =
    "Thu 41,2 tỷ đồng, chi 38,7 tỷ đồng; bảng chi tiết từng khoản ở dưới.";

struct Board : test::Office {
  std::unique_ptr<ledger::Sealer> sealer = ledger::Sealer::open(
      database, {"langnghe.example/so-cai", "", "", [this] { return now; }}, random);

  people::Officer officer(const std::string& login) {
    const std::string token = login + " at " + std::to_string(to_ms(now));
    write([&](db::Write& w) {
      if (!people::find_session(w, people::hash_of(token)))
        REQUIRE(people::open_session(w, people::AccountId{accounts.at(login)}, token, now).ok());
    });
    const auto staff = read(
        [&](db::Read& r) { return people::SignIn::staff_of(r, people::hash_of(token), now, now); });
    REQUIRE(staff.has_value());
    return *people::Officer::of(*staff);
  }
  Typed typed() const {
    return {
        .item = "budget", .title = "Quyết toán ngân sách quý III", .decided_on = local_day(now)};
  }
  Disclosure owe_it() {
    const auto checked = check(officer("thu"), units.at("P1"), typed(), now);
    REQUIRE(checked.ok());
    const auto made = write([&](db::Write& w) { return owe(w, checked.value()); });
    REQUIRE(made.ok());
    return made.value();
  }
  OfficerAct by(const std::string& login) { return {officer(login), ledger::draw(random), now}; }
  Result<Post> post_it(DisclosureId id, const TypedPost& what, const std::string& login = "thu") {
    const OfficerAct act = by(login);
    return write([&](db::Write& w) { return post(w, act, id, what); });
  }
  struct Told {
    Question question;
    std::string secret;
  };
  Told ask_it(DisclosureId id, const std::string& body) {
    const auto prepared =
        read([&](db::Read& r) { return prepare_question(r, id, body, random, now); });
    REQUIRE(prepared.ok());
    const auto asked = write([&](db::Write& w) { return ask(w, prepared.value()); });
    REQUIRE(asked.ok());
    return {asked.value().question, prepared.value().secret};
  }
  Disclosure now_is(DisclosureId id) {
    return *read([&](db::Read& r) { return find(r, id); });
  }
};

template <class T>
std::string reason_of(const Result<T>& result) {
  return result.ok() ? "fine" : std::string(result.error().text.name());
}

}  // namespace

TEST_CASE("an item is due at the end of the tenth working day, and overdue by the clock alone") {
  Board board;
  const Disclosure d = board.owe_it();
  // From Monday, 23 November: the 24th is a holiday, two weekends lie between.
  CHECK(to_iso(local_day(d.due_at)) == "2026-12-08");
  CHECK_FALSE(d.is_overdue(d.due_at));
  CHECK(d.is_overdue(d.due_at + std::chrono::seconds(1)));
  board.now = d.due_at + std::chrono::hours(1);
  Browser anybody(board, board.router, board.site);
  anybody.get("/disclosure/units/P1");
  CHECK(anybody.shows("Quá hạn, chưa đăng"));
  // Who enters nothing has nothing overdue: what is asked for and was not entered is listed.
  CHECK(anybody.shows("Luật yêu cầu công khai, chưa nhập gì"));
  CHECK(anybody.shows("Thủ tục hành chính, lệ phí"));
  anybody.get("/disclosure/1");
  CHECK(anybody.shows("Ngày nhập"));
  REQUIRE(board.post_it(d.id, {.body = whole_text}).ok());
  CHECK(board.now_is(d.id).was_late());
  anybody.get("/en/disclosure/1");
  CHECK(anybody.shows("Posted late"));
  for (const Item& each : items()) CHECK_FALSE(each.source.empty());
}

TEST_CASE("only those who work for the unit enter and post, and no posting is lost") {
  Board board;
  CHECK(reason_of(check(board.officer("hai"), board.units.at("P1"), board.typed(), board.now)) ==
        "disclosure.error.not_yours");
  Typed wrong{
      .item = "gossip", .title = "Ngắn", .decided_on = local_day(board.now) + std::chrono::days(1)};
  const auto refused = check(board.officer("thu"), board.units.at("P1"), wrong, board.now);
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().fields.size() == 3);
  const Disclosure d = board.owe_it();
  CHECK(reason_of(board.post_it(d.id, {.body = whole_text}, "hai")) == "disclosure.error.none");
  CHECK(reason_of(board.post_it(d.id, {})) == "disclosure.error.empty");
  CHECK(reason_of(board.post_it(d.id, {.link = "http://x.example"})) == "disclosure.error.link");
  REQUIRE(board.post_it(d.id, {.body = whole_text}).ok());
  CHECK(reason_of(board.post_it(d.id, {.body = "Bản khác"})) == "disclosure.error.changed");
  REQUIRE(board.post_it(d.id, {.body = "Bản sửa: " + whole_text, .seen = 1}).ok());
  Browser anybody(board, board.router, board.site);
  anybody.get("/disclosure/1");
  CHECK(anybody.shows("Bản sửa: " + whole_text));
  CHECK(anybody.shows("Những lần đăng trước"));
  std::string told;
  for (const ledger::Stored& each :
       board.read([](db::Read& r) { return ledger::facts_before(r, 1'000'000, 1'000); }))
    if (const auto fact = ledger::parse_grassroots(each.payload)) told = fact->what + " " + told;
  CHECK(told == "due posted replaced ");
}

TEST_CASE("what only hangs in an office is told as something nobody can read") {
  Board board;
  const Disclosure d = board.owe_it();
  REQUIRE(board.post_it(d.id, {.place = "Bảng tin trụ sở"}).ok());
  Browser anybody(board, board.router, board.site);
  anybody.get("/disclosure/1");
  CHECK(anybody.shows("Đã đăng nhưng ở đây không ai đọc được"));
  // It stops no clock: neither a note in an office nor a few letters, spaced out as they may be.
  const std::string spaced = "a" + std::string(60, ' ') + "b";
  REQUIRE(board.post_it(d.id, {.body = spaced, .seen = 1}).ok());
  REQUIRE(board.post_it(d.id, {.link = "https://x", .seen = 2}).ok());
  board.now = d.due_at + std::chrono::seconds(1);
  CHECK(board.now_is(d.id).is_overdue(board.now));
  anybody.get("/disclosure/units/P1");
  CHECK(anybody.shows("Quá hạn, chưa đăng"));
  const auto standing =
      board.read([&](db::Read& r) { return standings(r, board.now, 0, 10).front(); });
  CHECK(standing.overdue == 1);
  CHECK(standing.posted == 0);
  REQUIRE(board.post_it(d.id, {.body = whole_text, .seen = 3}).ok());
  CHECK(board.now_is(d.id).was_late());
  CHECK(board.read([&](db::Read& r) { return posts_of(r, d.id); }).front().can_be_read());
}

TEST_CASE("how often an item was opened is told from ten on, and nothing about by whom") {
  Board drain;  // of what other tests have opened in this process
  keep_openings(drain.database);
  Board board;
  const Disclosure d = board.owe_it();
  Browser anybody(board, board.router, board.site);
  // Nothing to read yet: nobody has read it.
  for (int n = 0; n < 3; ++n) anybody.get("/disclosure/1");
  REQUIRE(board.post_it(d.id, {.body = whole_text}).ok());
  for (int n = 0; n < 9; ++n) anybody.get("/disclosure/1");
  keep_openings(board.database);
  anybody.get("/disclosure/1");
  CHECK(anybody.shows("dưới 10 lượt"));
  CHECK_FALSE(anybody.shows("9 lượt"));
  keep_openings(board.database);
  anybody.get("/disclosure/1");
  CHECK(anybody.shows("10 lượt"));
  keep_openings(board.database);
}

TEST_CASE(
    "a question is asked with a receipt, answered in public once, hidden with a reason and "
    "withdrawn by its asker") {
  Board board;
  const Disclosure d = board.owe_it();
  Browser asker(board, board.router, board.site);
  asker.get("/disclosure/1").follow("Hỏi về việc này").press("Gửi câu hỏi");
  CHECK(asker.status() == 422);
  asker.fill("body", "Chi đầu tư gồm những công trình nào?").press("Gửi câu hỏi");
  CHECK(asker.shows("Đã nhận câu hỏi"));
  asker.follow("Trang của câu hỏi này").follow("Tải biên nhận có bằng chứng");
  CHECK(asker.status() == 200);
  asker.get("/disclosure/1");
  CHECK(asker.shows("Chi đầu tư gồm những công trình nào?"));
  CHECK(asker.shows("Chưa được trả lời."));
  auto clerk = board.browser("thu");
  clerk.get("/staff/disclosure").follow("Quyết toán ngân sách quý III");
  CHECK_FALSE(clerk.shows("Ẩn câu hỏi"));
  clerk.fill("answer", "Gồm ba công trình thoát nước và một nhà văn hóa.").press("Gửi câu trả lời");
  asker.get("/disclosure/1");
  CHECK(asker.shows("Gồm ba công trình thoát nước và một nhà văn hóa."));
  const auto rude = board.ask_it(d.id, "Ông Nguyễn Văn A ở ngõ 3 ăn hết tiền à?");
  const OfficerAct head = board.by("hoa"), other = board.by("hai"), plain = board.by("thu");
  const Code code = *rude.question.code;
  const auto hide_by = [&](const OfficerAct& act) {
    return board.write([&](db::Write& w) { return hide(w, act, code, HideReason::privacy); });
  };
  CHECK(reason_of(hide_by(other)) == "disclosure.error.none");
  CHECK(reason_of(hide_by(plain)) == "disclosure.error.none");
  CHECK(hide_by(head).ok());
  asker.get("/disclosure/1");
  CHECK_FALSE(asker.shows("Nguyễn Văn A"));
  CHECK(asker.shows("có thông tin riêng của người khác"));
  const auto take_back = [&](const std::string& secret) {
    return board.write([&](db::Write& w) {
      return withdraw(w, people::Citizen(secret), code, ledger::draw(board.random), board.now);
    });
  };
  CHECK(reason_of(take_back("22222222222222222222")) == "disclosure.error.code_or_secret");
  CHECK(take_back(rude.secret).ok());
  CHECK(reason_of(take_back(rude.secret)) == "disclosure.error.not_now");
  CHECK(board.read([&](db::Read& r) { return find_question(r, code); })->body.empty());
}

TEST_CASE("nobody alone fills an item with questions, and what is answered makes room") {
  Askers askers;
  const DisclosureId one{1}, two{2};
  for (int n = 0; n < questions_of_sender_max; ++n) CHECK(askers.may_ask(7, one, test::monday));
  CHECK_FALSE(askers.may_ask(7, one, test::monday));
  CHECK(askers.may_ask(7, two, test::monday));
  CHECK(askers.may_ask(8, one, test::monday));
  CHECK(askers.may_ask(7, one, test::monday + std::chrono::days(1)));
  Board board;
  const Disclosure d = board.owe_it();
  const auto asked = board.ask_it(d.id, "Chi đầu tư gồm những công trình nào?");
  const auto hidden = board.ask_it(d.id, "Ông Nguyễn Văn A ở ngõ 3 ăn hết tiền à?");
  board.ask_it(d.id, "Bao giờ có bảng chi tiết từng khoản?");
  const auto open = [&] { return board.read([&](db::Read& r) { return count_open(r, d.id); }); };
  CHECK(open() == 3);
  const OfficerAct clerk = board.by("thu"), head = board.by("hoa");
  const Code first = *asked.question.code, second = *hidden.question.code;
  REQUIRE(board
              .write([&](db::Write& w) {
                return answer(w, clerk, first, "Gồm ba công trình thoát nước.");
              })
              .ok());
  REQUIRE(
      board.write([&](db::Write& w) { return hide(w, head, second, HideReason::privacy); }).ok());
  CHECK(open() == 1);
}

TEST_CASE("what a commune decided is entered and posted at the desk, and what was typed stays") {
  Board board;
  auto clerk = board.browser("thu");
  clerk.get("/staff/disclosure/new").fill("title", "Kế hoạch năm 2027 của phường");
  clerk.press("Ghi");
  CHECK(clerk.status() == 422);
  CHECK(clerk.shows("Ngày quyết định là hôm nay hoặc trong vòng một năm trước."));
  clerk.fill("decided_on", "2026-11-20").press("Ghi");
  CHECK(clerk.status() == 200);
  clerk.fill("link", "ftp://x").press("Đăng công khai");
  CHECK(clerk.status() == 422);
  clerk.fill("link", "https://phuong.example/ke-hoach.pdf").press("Đăng công khai");
  CHECK(clerk.status() == 200);
  CHECK(board.now_is(DisclosureId{1}).is_posted());
  Browser anybody(board, board.router, board.site);
  anybody.get("/disclosure");
  CHECK(anybody.shows("Phường Một"));
  anybody.follow("Phường Một").follow("Kế hoạch năm 2027 của phường");
  CHECK(anybody.shows("https://phuong.example/ke-hoach.pdf"));
}

}  // namespace ln::disclosure
