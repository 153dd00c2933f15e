// A draft from its first word to its last day, through pages and actions.
#include "feature/consultation/consultation.h"

#include <doctest/doctest.h>

#include <string>

#include "core/ledger/ledger_public_actions.h"
#include "core/ledger/ledger_sealer.h"
#include "core/ledger/ledger_store.h"
#include "core/ledger/ledger_store_tree.h"
#include "core/ledger/ledger_verify.h"
#include "engine/merkle/merkle.h"
#include "feature/consultation/consultation_actions.h"
#include "feature/consultation/consultation_actions_map.h"
#include "feature/consultation/consultation_actions_vote.h"
#include "feature/consultation/consultation_jobs.h"
#include "test/draft_desk.h"

namespace ln::consultation {
namespace {

using test::last_day;
using test::second_text;
using Desk = test::DraftDesk;

template <class T>
std::string error_of(const Result<T>& result) {
  return result.ok() ? "fine" : std::string(result.error().text.name());
}

std::string url(ConsultationId id, const std::string& more = "") {
  return "/consultations/" + std::to_string(id.value) + more;
}

}  // namespace

TEST_CASE("the table of least periods names a source for each kind") {
  REQUIRE(periods().size() == 4);
  for (const Period& each : periods()) {
    CHECK(each.days > 0);
    CHECK_FALSE(each.source.empty());
    CHECK_FALSE(each.name_en.empty());
  }
  CHECK(period_of("legal")->days == 20);
  CHECK(period_of("convention")->days == 30);
  CHECK(period_of("other") == nullptr);
  CHECK_FALSE(read_periods("kind,days\nlegal,20\n").has_value());
}

TEST_CASE("a period is at least as long as its kind needs, and tells what holidays take of it") {
  const Day monday{std::chrono::year(2027) / 2 / 1};
  CHECK(error_of(check_period("internal", monday, monday + std::chrono::days(9))) ==
        "consultation.error.too_short");
  CHECK(check_period("internal", monday, monday + std::chrono::days(10)).ok());
  CHECK(error_of(check_period("legal", monday, monday + std::chrono::days(10))) ==
        "consultation.error.too_short");
  CHECK(error_of(check_period("legal", monday, monday + std::chrono::days(400))) ==
        "consultation.error.too_long");
  // Tết of 2027 is 6 February: the window of two weeks has hardly a week of work in it.
  const Window window =
      window_of(monday, monday + std::chrono::days(14), calendar::Holidays::built_in());
  CHECK(window.days == 14);
  CHECK(window.working_days <= 6);
  CHECK(window.runs_over_holidays());
  const Window plain =
      window_of(Day{std::chrono::year(2027) / 3 / 1}, Day{std::chrono::year(2027) / 3 / 12},
                calendar::Holidays::built_in());
  CHECK(plain.working_days == 9);
  CHECK_FALSE(plain.runs_over_holidays());
}

TEST_CASE("a draft is seen by its editors alone until it is opened, with a line in clear") {
  Desk desk;
  desk.make();
  auto anybody = desk.browser("nobody");
  CHECK(anybody.get(url(desk.id)).status() == 404);
  CHECK(anybody.get("/api/v1/consultations").body() == R"({"items":[]})");
  CHECK(error_of(desk.write([&](db::Write& w) {
          return open(w, desk.act("hai"), desk.id, last_day);
        })) == "consultation.error.none");
  CHECK(error_of(desk.write([&](db::Write& w) {
          return create(w, desk.act("nam"), desk.units.at("P1"), Desk::typed());
        })) == "consultation.error.not_editor");
  CHECK(error_of(desk.write([&](db::Write& w) {
          return open(w, desk.act(), desk.id, local_day(desk.now) + std::chrono::days(5));
        })) == "consultation.error.too_short");
  CHECK_FALSE(desk.last_said().has_value());
  REQUIRE(desk.write([&](db::Write& w) { return open(w, desk.act(), desk.id, last_day); }).ok());
  const auto said = desk.last_said();
  REQUIRE(said.has_value());
  CHECK(said->what == "opened");
  CHECK(said->closes == last_day);
  anybody.get(url(desk.id, "/versions/1/text"));
  CHECK(said->text == merkle::sha256(as_bytes(anybody.body())));
  CHECK(anybody.get(url(desk.id)).shows("Kết quả được công khai trong thời hạn ba mươi ngày"));
  CHECK(anybody.shows("Công khai"));
  CHECK(anybody.get("/en" + url(desk.id)).shows("How ward officials are assessed"));
  desk.write([&](db::Write& w) { ledger::publish(w, desk.now); });
  CHECK(anybody
            .get("/ledger/facts/" + std::to_string(*desk.read([&](db::Read& r) {
                   return find_version(r, desk.id, 1)->line;
                 })))
            .shows("Dự thảo lấy ý kiến"));
}

TEST_CASE("a comment has a code, a secret and a line, and its holder changes or withdraws it") {
  Desk desk;
  desk.make_open();
  const auto told = desk.say("d2.1", "Nên công khai trong mười ngày.", "công khai trong 10 ngày");
  const ledger::Subject subject{"consultation_comment", told.comment.id.value};
  CHECK(error_of(desk.write([&](db::Write& w) {
          return change_comment(w, desk.by(told, "22222222222222222222"), "Khác hẳn.", "");
        })) == "consultation.error.code_or_secret");
  REQUIRE(desk.write([&](db::Write& w) {
                return change_comment(w, desk.by(told), "Nên công khai trong năm ngày.", "");
              })
              .ok());
  CHECK(desk.now_is(told).body == "Nên công khai trong năm ngày.");
  REQUIRE(desk.write([&](db::Write& w) { return withdraw_comment(w, desk.by(told)); }).ok());
  CHECK(desk.now_is(told).body.empty());
  CHECK(desk.now_is(told).state == Sight::withdrawn);
  const auto entries = desk.read([&](db::Read& r) { return ledger::entries_of(r, subject); });
  REQUIRE(entries.size() == 3);
  for (std::size_t i = 1; i < entries.size(); ++i)
    CHECK(
        ledger::is_signed_by(entries[i].payload, people::Citizen(told.secret).key().public_key()));
  CHECK(desk.read([](db::Read& r) { return ledger::verify_all(r); }).empty());
  // What came in is counted, whatever became of it.
  CHECK(desk.read([&](db::Read& r) { return counts_at(counts_by_clause(r, desk.id), "d2").all; }) ==
        1);
}

TEST_CASE("comments go with their clause into the next version, and nothing is lost") {
  Desk desk;
  desk.make_open();
  const auto moved = desk.say("d2.1", "Ba mươi ngày là quá lâu.");
  const auto kept = desk.say("d1.1", "Rõ ràng rồi.");
  const auto whole = desk.say("all", "Cần thêm phần về khen thưởng.");
  REQUIRE(desk.write([&](db::Write& w) {
                return change(w, desk.act(), desk.id, Desk::typed(second_text));
              })
              .ok());
  CHECK(desk.browser("nobody").get(url(desk.id, "/versions/2")).status() == 404);
  REQUIRE(desk.write([&](db::Write& w) { return publish_version(w, desk.act(), desk.id); }).ok());
  CHECK(desk.now_is(moved).clause_now == "d3.1");
  CHECK(desk.now_is(kept).clause_now == "d1.1");
  CHECK(desk.now_is(whole).clause_now == "all");
  CHECK(desk.last_said()->what == "version");
  CHECK(desk.last_said()->comments == 3);
  auto anybody = desk.browser("nobody");
  CHECK(anybody.get(url(desk.id, "/clauses/d3.1")).shows("chuyển từ Khoản 1 Điều 2 của bản 1"));
  anybody.get(url(desk.id, "/versions/2"));
  CHECK(anybody.shows("Khoản 1 Điều 3 (trước là Khoản 1 Điều 2)"));
  CHECK(anybody.body().find("<del>ba mươi </del>") != std::string::npos);
  // Back again: two moves in one version do not mix.
  REQUIRE(desk.write([&](db::Write& w) {
                return change(w, desk.act(), desk.id,
                              Desk::typed("Điều 1. Khác hẳn\n\n1. Không còn gì như trước."));
              })
              .ok());
  REQUIRE(desk.write([&](db::Write& w) { return publish_version(w, desk.act(), desk.id); }).ok());
  CHECK(desk.now_is(moved).clause_now.empty());
  CHECK(anybody.get(url(desk.id, "/clauses/gone")).shows("Ba mươi ngày là quá lâu."));
}

TEST_CASE("at the end of its last day nothing is taken any more, and a job says so once") {
  Desk desk;
  desk.make_open();
  const auto told = desk.say("d1", "Một ý kiến trước ngày cuối.");
  CHECK(error_of(desk.write([&](db::Write& w) {
          return extend(w, desk.act(), desk.id, last_day - std::chrono::days(1));
        })) == "consultation.error.only_later");
  desk.now = at_local(last_day + std::chrono::days(1)) - std::chrono::milliseconds(1);
  desk.say("d1", "Vào giây cuối cùng.");
  CHECK(close_due(desk.database, desk.now) == 0);
  desk.now += std::chrono::milliseconds(1);
  CHECK(error_of(desk.read([&](db::Read& r) {
          return prepare(r, desk.id, {.clause = "d1", .body = "Muộn mất rồi."}, desk.random,
                         desk.now);
        })) == "consultation.error.closed");
  CHECK(error_of(desk.write([&](db::Write& w) { return withdraw_comment(w, desk.by(told)); })) ==
        "consultation.error.closed");
  CHECK(close_due(desk.database, desk.now) == 1);
  CHECK(close_due(desk.database, desk.now) == 0);
  CHECK(desk.last_said()->what == "closed");
  CHECK(desk.last_said()->comments == 2);
  CHECK(desk.browser("nobody").get(url(desk.id, "/clauses/d1")).shows("Đã hết thời gian góp ý"));
}

TEST_CASE("what is hidden is told with its reason, and stays counted") {
  Desk desk;
  desk.make_open();
  const auto told = desk.say("d1", "Ông Văn Bí Mật là đồ tồi.");
  const auto acting = [&](const char* login) {
    EditAct act = desk.act(login);
    act.revision = desk.now_is(told).revision;
    return act;
  };
  CHECK(error_of(desk.write([&](db::Write& w) {
          return hide(w, acting("nam"), *told.comment.code, HideReason::insult,
                      ledger::draw(desk.random));
        })) == "consultation.error.code_or_secret");
  REQUIRE(desk.write([&](db::Write& w) {
                return hide(w, acting("hoa"), *told.comment.code, HideReason::insult,
                            ledger::draw(desk.random));
              })
              .ok());
  auto anybody = desk.browser("nobody");
  anybody.get(url(desk.id, "/clauses/d1"));
  CHECK_FALSE(anybody.shows("Văn Bí Mật"));
  CHECK(anybody.shows("Ý kiến này bị che. Lý do: Xúc phạm người khác."));
  CHECK(anybody.shows("1 ý kiến"));
  REQUIRE(desk.write([&](db::Write& w) {
                return show(w, acting("hoa"), *told.comment.code, ledger::draw(desk.random));
              })
              .ok());
  CHECK(anybody.get(url(desk.id, "/clauses/d1")).shows("Văn Bí Mật"));
}

TEST_CASE("a citizen reads, comments and comes back with the secret, without any script") {
  Desk desk;
  desk.make_open();
  auto anybody = desk.browser("nobody");
  anybody.get("/consultations").follow("Quy chế đánh giá công chức phường");
  anybody.follow("Góp ý Điều 2");
  anybody.fill("Ý kiến của bạn", "abc").press("Gửi ý kiến");
  CHECK(anybody.status() == 422);
  CHECK(anybody.shows("Hãy viết ý kiến, ít nhất 5 ký tự."));
  anybody.fill("Ý kiến của bạn", "Nên có hạn chót rõ hơn.").press("Gửi ý kiến");
  CHECK(anybody.shows("Đã nhận ý kiến của bạn"));
  anybody.follow("Xem, sửa hoặc rút ý kiến này");
  CHECK(anybody.shows("Nên có hạn chót rõ hơn."));
  const std::string own = anybody.address();
  anybody.fill("Ý kiến của bạn", "Hạn chót nên là năm ngày.").press("Lưu ý kiến đã sửa");
  CHECK(anybody.shows("Hạn chót nên là năm ngày."));
  anybody.get(own + "/receipt.tlog-proof");
  CHECK(anybody.body().starts_with("c2sp.org/tlog-proof@v1"));
  anybody.get(own).press("Cất mã bí mật khỏi máy này");
  anybody.get(own);
  CHECK_FALSE(anybody.shows("Hạn chót nên là năm ngày."));
  anybody.fill("Mã bí mật", "2222 2222 2222 2222 2222").press("Mở");
  CHECK(anybody.shows("Mã hoặc mã bí mật không đúng."));
  anybody.get(url(desk.id, "/clauses/d2")).press("Tôi cũng nghĩ vậy");
  CHECK(anybody.shows("1 người cùng ý"));
  anybody.press("Tôi cũng nghĩ vậy");
  CHECK(anybody.shows("1 người cùng ý"));
}

TEST_CASE("an editor sees the structure and its doubts before a draft is kept") {
  Desk desk;
  auto head = desk.browser("hoa");
  head.get("/staff/consultations").follow("Soạn dự thảo mới");
  head.choose("Quy chế, quy định nội bộ", "kind");
  head.fill("Tên dự thảo", "Quy chế tiếp công dân của phường");
  head.fill("Tóm tắt: đổi gì, ai chịu ảnh hưởng", "Quy định giờ và người tiếp công dân.");
  head.fill("Nội dung", "Điều 1. Giờ tiếp\n\nTừ 8 giờ.\n\nĐiều 4. Người tiếp\n\nChủ tịch.");
  head.press("Xem cấu trúc");
  CHECK(head.shows("0 chương, 2 điều, 0 khoản, 0 điểm"));
  CHECK(head.shows("Số thứ tự bị cách quãng:"));
  CHECK(desk.read([](db::Read& r) { return in_stage(r, Stage::editing, 10).size(); }) == 0);
  head.press("Giữ bản này");
  CHECK(desk.read([](db::Read& r) { return in_stage(r, Stage::editing, 10).size(); }) == 1);
  head.fill("closes_on", "2026-11-25").press("Mở lấy ý kiến");
  CHECK(head.status() == 422);
  CHECK(head.shows("ngắn hơn mức tối thiểu"));
  head.fill("closes_on", "2027-03-01").press("Xem thời gian");
  CHECK(head.shows("Thời gian này trùng nhiều ngày nghỉ"));
  head.fill("closes_on", "2026-12-20").press("Mở lấy ý kiến");
  CHECK(head.shows("Còn 27 ngày, đến 20/12/2026"));
  CHECK(desk.browser("nam").get("/staff/consultations/new").status() == 403);
  CHECK(desk.browser("hai").get("/staff/consultations/1").status() == 404);
}

TEST_CASE("machines read a draft and comment on it, once for each key") {
  Desk desk;
  desk.make_open();
  auto machine = desk.browser("nobody");
  const std::string address = "/api/v1/consultations/" + std::to_string(desk.id.value);
  machine.get(address);
  CHECK(machine.body().find(R"("key":"d2.1","level":"clause")") != std::string::npos);
  const auto send_once = [&] {
    machine.post(address + "/comments", "application/json",
                 R"({"clause":"d2.1","body":"Nên là mười ngày."})",
                 {{"idempotency-key", "eight-or-more"}});
    return machine.body();
  };
  const std::string first = send_once();
  CHECK(machine.status() == 201);
  CHECK(first.find(R"("secret":")") != std::string::npos);
  CHECK(send_once() == first);
  CHECK(desk.read([&](db::Read& r) { return total_of(counts_by_clause(r, desk.id)).all; }) == 1);
  machine.post(address + "/comments", "application/json", R"({"clause":"d9","body":"Không có."})");
  CHECK(machine.status() == 404);
  machine.post(address + "/comments", "application/json", R"({"clause":"d1","body":"a"})");
  CHECK(machine.status() == 422);
}

}  // namespace ln::consultation
