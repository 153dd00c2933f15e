// A programme from its announcement to its end, through actions and pages.
#include "feature/supervision/supervision.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

#include "base/text.h"
#include "core/ledger/ledger_verify.h"
#include "engine/merkle/merkle.h"
#include "test/folder.h"
#include "test/hall.h"

namespace ln::supervision {
namespace {

using test::Hall;
using test::hall_words;
using test::why;

std::string desk_of(const Hall& hall, const std::string& more = "") {
  return "/staff/supervision/programmes/" + std::to_string(hall.id.value) + more;
}

std::string frame_in(Hall& hall) {
  test::Browser anybody(hall, hall.router, hall.site);
  anybody.get("/supervision/" + std::to_string(hall.id.value) + "/frame");
  REQUIRE(anybody.status() == 200);
  return anybody.body();
}

}  // namespace

TEST_CASE("a case stands in the first stratum that it fits, and a protected one in no other") {
  Candidate plain{.code = "AAAA", .is_declined = true, .is_late = true, .is_over = true};
  const std::vector<Stratum> all(all_strata.begin(), all_strata.end());
  CHECK(stratum_of(plain, all) == Stratum::declined);
  CHECK(stratum_of(plain, std::vector{Stratum::closed, Stratum::late}) == Stratum::late);
  CHECK(stratum_of(plain, std::vector{Stratum::low_rated}) == std::nullopt);
  Candidate guarded{.code = "BBBB",
                    .needs_protection = true,
                    .is_declined = true,
                    .is_reopened = true,
                    .is_late = true,
                    .is_low_rated = true,
                    .is_over = true};
  CHECK(stratum_of(guarded, all) == Stratum::guarded);
  CHECK(stratum_of(guarded, std::vector{Stratum::declined, Stratum::reopened, Stratum::late,
                                        Stratum::low_rated, Stratum::closed, Stratum::pressed}) ==
        std::nullopt);
  guarded.is_pressed = true;
  CHECK(stratum_of(guarded, all) == Stratum::pressed);
  plain.is_pressed = true;  // what nobody needs to protect is never told by what was said of it
  CHECK(stratum_of(plain, all) == Stratum::declined);
}

TEST_CASE("the numbers of a frame tell nothing of the order in which cases came in") {
  std::vector<Candidate> candidates;
  for (int n = 0; n < 60; ++n)
    candidates.push_back({.feedback = n, .code = "CODE" + std::to_string(n), .is_late = true});
  const std::vector<Wish> wishes{{Stratum::late, 5}};
  const auto order = [&](const std::string& key) {
    std::vector<std::int64_t> all;
    for (const Item& each : make_frame(candidates, wishes, key).items) all.push_back(each.feedback);
    return all;
  };
  const auto one = order(std::string(32, 'a')), other = order(std::string(32, 'b'));
  CHECK(one != other);
  CHECK_FALSE(std::ranges::is_sorted(one));
  std::ranges::reverse(candidates);
  CHECK(order(std::string(32, 'a')) == one);
  const Made made = make_frame(candidates, wishes, std::string(32, 'a'));
  CHECK(made.strata == std::vector<draw::Stratum>{{"late", 60, 5}});
  for (const Item& each : made.items) {
    const std::string code = "CODE" + std::to_string(each.feedback);
    CHECK(each.commitment == commitment_of(each.salt, code));
    CHECK(each.commitment != commitment_of(each.salt, code + "X"));
  }
}

TEST_CASE("advice is late when its day is over without an answer, and stays late") {
  const Day due = local_day(test::monday);
  const auto at = [&](int days) { return test::monday + std::chrono::days(days); };
  Advice advice{.due_on = due};
  CHECK_FALSE(advice.is_late(at(0)));
  CHECK(advice.is_late(at(1)));
  advice.said.push_back({.seq = 1, .kind = Reply::answered, .due_on = due, .said_at = at(0)});
  CHECK_FALSE(advice.is_late(at(30)));
  CHECK(advice.waits_for_supervisor());
  advice.said.push_back(
      {.seq = 2, .kind = Reply::returned, .due_on = due + std::chrono::days(5), .said_at = at(2)});
  CHECK(advice.waits_for_unit());
  CHECK(advice.due_now() == due + std::chrono::days(5));
  CHECK_FALSE(advice.is_late(at(5)));
  CHECK(advice.is_late(at(6)));
  advice.said.push_back(
      {.seq = 3, .kind = Reply::answered, .due_on = due + std::chrono::days(5), .said_at = at(7)});
  CHECK(advice.is_late(at(8)));  // the answer came, and it came late
  advice.said.push_back(
      {.seq = 4, .kind = Reply::verified, .due_on = due + std::chrono::days(5), .said_at = at(9)});
  CHECK(advice.is_verified());
  CHECK(advice.is_late(at(20)));
}

TEST_CASE("a programme goes from a sealed frame to verified advice, each event in the ledger") {
  Hall hall;
  hall.write([&](db::Write& w) {
    w.run("UPDATE feedback SET reopen_count = 1 WHERE id <= $1", hall.cases[4].id.value);
  });
  hall.announce();
  Programme p = hall.current();
  CHECK(p.stage == Stage::announced);
  CHECK(p.frame_size == 16);
  CHECK(hall.read([&](db::Read& r) { return strata_of(r, hall.id); }) ==
        std::vector<draw::Stratum>{{"reopened", 5, 2}, {"late", 11, 5}});
  const std::string frame = frame_in(hall);
  CHECK(as_text(merkle::sha256(as_bytes(frame))) == p.frame_hash);
  auto told = hall.told();
  REQUIRE(told.size() == 1);
  CHECK(told[0].what == "announced");
  CHECK(told[0].count == 16);
  CHECK(told[0].unit == "P1");
  CHECK(as_text(told[0].hash) == p.frame_hash);
  CHECK(told[0].until == p.head_at);
  CHECK(why(hall.find_one(1, Outcome::flaw)) == "supervision.error.not_drawn");

  hall.draw();
  p = hall.current();
  CHECK(p.stage == Stage::drawn);
  REQUIRE(p.head_size);
  CHECK(*p.head_size > p.line);
  const auto drawn = hall.drawn();
  CHECK(drawn.size() == 7);
  CHECK(std::ranges::count_if(drawn, [](std::int64_t n) { return n <= 3; }) == 2);
  told = hall.told();
  CHECK(told.back().what == "drawn");
  CHECK(told.back().number == *p.head_size);
  CHECK(as_text(told.back().hash) == p.head_root);
  CHECK(told.back().count == 7);

  const auto closing = [&] {
    return why(hall.write([&, act = hall.by()](db::Write& w) { return finish(w, act, hall.id); }));
  };
  CHECK(closing() == "supervision.error.not_all_found");
  hall.find_all();
  CHECK(hall.told().back().what == "finding");
  const auto advice = hall.advise();
  REQUIRE(advice.ok());
  CHECK(closing() == "supervision.error.not_all_verified");
  const AdviceId id = advice.value().id;
  const auto answering = [&](std::int64_t seq) {
    return why(hall.write(
        [&, act = hall.of_unit()](db::Write& w) { return answer(w, act, id, seq, hall_words); }));
  };
  const auto verifying = [&](std::int64_t seq) {
    return why(hall.write(
        [&, act = hall.by()](db::Write& w) { return verify(w, act, id, seq, hall_words); }));
  };
  CHECK(verifying(1) == "supervision.error.changed");
  CHECK(answering(2) == "supervision.error.changed");
  CHECK(answering(1) == "fine");
  CHECK(answering(2) == "supervision.error.changed");  // said once
  CHECK(hall.write([&, act = hall.by()](db::Write& w) {
              return give_back(w, act, id, 2, hall_words,
                               local_day(hall.now) + std::chrono::days(5));
            })
            .ok());
  CHECK(answering(3) == "fine");
  CHECK(verifying(4) == "fine");
  CHECK(verifying(5) == "supervision.error.changed");
  CHECK(closing() == "fine");
  CHECK(closing() == "supervision.error.finished");
  std::string order;
  for (const auto& each : hall.told())
    if (each.what != "finding") order += each.what + " ";
  CHECK(order == "announced drawn advised answered returned answered verified finished ");
  CHECK(hall.told().back().count == 7);
}

TEST_CASE("what a programme asks for is checked, and nothing of it is kept when it is wrong") {
  Hall hall;
  const auto trying = [&](auto change) {
    Typed typed = hall.plan();
    change(typed);
    return why(hall.announce_as("mat", typed));
  };
  using namespace std::chrono_literals;
  CHECK(trying([](Typed& t) { t.title_vi = "ngắn"; }) == "supervision.error.title_short");
  CHECK(trying([](Typed& t) { t.subject = "?"; }) == "supervision.error.words_short");
  CHECK(trying([&](Typed& t) { t.to = local_day(hall.now); }) == "supervision.error.period");
  CHECK(trying([](Typed& t) { t.from = t.to + std::chrono::days(1); }) ==
        "supervision.error.period");
  CHECK(trying([](Typed& t) { t.from = t.to - std::chrono::days(400); }) ==
        "supervision.error.period");
  CHECK(trying([&](Typed& t) { t.head_at = hall.now + 29min; }) == "supervision.error.head_at");
  CHECK(trying([&](Typed& t) { t.head_at = hall.now + 31 * 24h; }) == "supervision.error.head_at");
  CHECK(trying([](Typed& t) { t.wishes.clear(); }) == "supervision.error.sample");
  CHECK(trying([](Typed& t) { t.wishes[0].count = 0; }) == "supervision.error.sample");
  CHECK(trying([](Typed& t) { t.wishes[1].count = 250; }) == "supervision.error.sample");
  CHECK(trying([](Typed& t) { t.wishes = {{Stratum::low_rated, 3}}; }) ==
        "supervision.error.frame_empty");
  // Everybody reads how large a stratum is.
  hall.write([&](db::Write& w) {
    w.run("UPDATE feedback SET reopen_count = 1 WHERE id <= $1", hall.cases[3].id.value);
  });
  CHECK(trying([](Typed&) {}) == "supervision.error.few");
  CHECK(hall.told().empty());
  CHECK(hall.read([](db::Read& r) { return programmes(r, 0, 10); }).empty());
}

TEST_CASE("a stranger draws the sample again from the public page, with a script of ten lines") {
  Hall hall;
  hall.announce();
  hall.draw();
  const test::Folder folder;
  const std::string file = (folder.path / "frame").string(), out = (folder.path / "out").string();
  std::ofstream(file, std::ios::binary) << frame_in(hall);
  const auto fact = hall.told().back();
  const std::string command = "python3 -B tools/redraw.py " + file + " " +
                              std::to_string(fact.number) + " " + to_hex(fact.hash) + " >" + out;
  REQUIRE(std::system(command.c_str()) == 0);
  std::ostringstream said;
  said << std::ifstream(out).rdbuf();
  std::string expected = "SHA-256 " + to_hex(as_bytes(hall.current().frame_hash)) + "\n";
  for (const std::int64_t number : hall.drawn()) expected += std::to_string(number) + "\n";
  CHECK(said.str() == expected);
}

TEST_CASE("supervisors and units act on pages, and everybody reads it in both languages") {
  Hall hall;
  auto mat = hall.signed_in("mat");
  mat.get("/staff/supervision").follow("Chương trình giám sát").follow("Công bố chương trình");
  mat.press("Công bố và niêm phong");
  CHECK(mat.status() == 422);
  CHECK(mat.shows("Tên cần ít nhất 10 chữ cái"));
  mat.fill("Tên chương trình", "Giám sát trả lời quá hạn tháng 11")
      .fill("Giám sát điều gì", hall_words)
      .fill("Đơn vị được giám sát", "Phường Một")
      .fill("from", to_iso(hall.plan().from))
      .fill("to", to_iso(hall.plan().to))
      .fill("draw_day", to_iso(local_day(hall.now)))
      .fill("draw_time", "10:30")
      .fill("Quá hạn trả lời", "5")
      .press("Đếm thử");
  CHECK(mat.status() == 200);
  CHECK(mat.shows("Danh sách nếu công bố lúc này"));
  CHECK(mat.shows("Chưa có gì được ghi lại"));
  CHECK(hall.told().empty());
  mat.press("Công bố và niêm phong");
  REQUIRE(hall.told().size() == 1);
  hall.id = ProgrammeId{1};
  CHECK(hall.current().head_at == at_local(local_day(hall.now), std::chrono::minutes(630)));
  CHECK(mat.shows("Không ai bấm nút"));

  test::Browser anybody(hall, hall.router, hall.site);
  anybody.get("/supervision").follow("Giám sát trả lời quá hạn");
  CHECK(anybody.shows("chưa ai biết kết quả"));
  CHECK(anybody.shows(to_hex(as_bytes(hall.current().frame_hash))));
  hall.draw();
  const std::string numbers = [&] {
    std::string all;
    for (const std::int64_t n : hall.drawn()) all += (all.empty() ? "" : ", ") + std::to_string(n);
    return all;
  }();
  anybody.get("/en/supervision/1");
  CHECK(anybody.shows("Draw it again yourself"));
  CHECK(anybody.shows(numbers));
  CHECK(anybody.body().find("python3 redraw.py frame " +
                            std::to_string(*hall.current().head_size)) != std::string::npos);

  mat.renew(hall, "mat");
  for (const std::int64_t number : hall.drawn()) {
    mat.get(desk_of(hall)).follow("Vụ số " + std::to_string(number));
    mat.press("Ghi kết luận");
    CHECK(mat.status() == 422);
    CHECK(mat.shows("Chọn một kết luận"));
    mat.choose("Sai quy định", "outcome").fill("Nhận xét", hall_words).press("Ghi kết luận");
    CHECK(mat.status() == 200);
  }
  mat.fill("Gửi đơn vị", "Phường Hai")
      .fill("Kiến nghị việc gì", hall_words)
      .fill("Hạn trả lời", to_iso(local_day(hall.now) + std::chrono::days(10)))
      .press("Gửi kiến nghị");
  CHECK(mat.shows("Đơn vị này không nằm trong chương trình"));
  mat.get(desk_of(hall));
  mat.fill("Kiến nghị việc gì", "ngắn").press("Gửi kiến nghị");
  CHECK(mat.status() == 422);
  mat.fill("Kiến nghị việc gì", hall_words)
      .fill("Hạn trả lời", to_iso(local_day(hall.now) + std::chrono::days(10)))
      .press("Gửi kiến nghị");
  CHECK(mat.shows("Kiến nghị số 1"));

  auto head = hall.signed_in("hoa");
  head.get("/staff/recommendations").follow("Kiến nghị số 1");
  head.press("Gửi câu trả lời");
  CHECK(head.status() == 422);
  head.fill("Câu trả lời của đơn vị", "Tổ điện nay trực cả cuối tuần, có sổ trực.")
      .press("Gửi câu trả lời");
  CHECK(head.shows("Đang chờ người giám sát kiểm chứng"));
  mat.get(desk_of(hall)).fill("Kết quả kiểm chứng", hall_words).press("Xác nhận đã làm");
  CHECK(mat.shows("Đã kiểm chứng"));
  mat.press("Kết thúc");
  CHECK(hall.current().stage == Stage::finished);
  anybody.get("/supervision/1");
  CHECK(anybody.shows("Đã kết luận 5 trên 5 vụ được bốc"));
  CHECK(anybody.shows("Tổ điện nay trực cả cuối tuần"));
  CHECK_FALSE(anybody.shows(hall.cases[0].code.shown()));
  anybody.get("/en/supervision");
  CHECK(anybody.shows("Finished"));
  head.get("/staff/recommendations/1");
  CHECK(head.shows("không cần làm gì thêm"));
}

}  // namespace ln::supervision
