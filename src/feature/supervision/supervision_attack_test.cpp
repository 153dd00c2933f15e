// Those who would like another sample, another finding, or none: what each of them tries, and what
// stops them.
#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "base/text.h"
#include "feature/supervision/supervision_pages_parts.h"
#include "test/hall.h"

namespace ln::supervision {
namespace {

using test::Hall;
using test::hall_words;
using test::why;

struct Watched : Hall {
  Result<Programme> draw_by(const draw::Head& head) {
    return write([&](db::Write& w) { return draw_lots(w, id, head, now); });
  }
  // Somebody with the database in their hands, beside all actions.
  template <class Body>
  bool is_refused(Body body) {
    try {
      write([&](db::Write& w) { body(w); });
    } catch (const db::Failure&) {
      return true;
    }
    return false;
  }
};

}  // namespace

TEST_CASE("nobody draws by a head of their own choice, or before the named one exists") {
  Watched hall;
  const auto before = hall.read([&](db::Read& r) { return head_from(r, Instant{}); });
  REQUIRE(before.has_value());
  hall.announce();
  CHECK(why(hall.draw_by(before->head)) == "supervision.error.no_head");
  CHECK(draw_due(hall.database, hall.now) == 0);
  // A head published before the named moment does not draw, however late it is used.
  hall.now += std::chrono::minutes(20);
  ledger::publish_now(hall.database, hall.now);
  const auto early = hall.read([&](db::Read& r) { return head_from(r, hall.now); });
  REQUIRE(early.has_value());
  CHECK(draw_due(hall.database, hall.now) == 0);
  hall.now = hall.current().head_at + std::chrono::minutes(1);
  CHECK(draw_due(hall.database, hall.now) == 0);
  CHECK(why(hall.draw_by(early->head)) == "supervision.error.no_head");
  hall.lamp();
  ledger::publish_now(hall.database, hall.now);
  CHECK(why(hall.draw_by(early->head)) == "supervision.error.other_head");
  CHECK(why(hall.draw_by(before->head)) == "supervision.error.other_head");
  // A later head is not the first one.
  const auto named = hall.read([&](db::Read& r) { return head_from(r, hall.current().head_at); });
  hall.lamp();
  ledger::publish_now(hall.database, hall.now + std::chrono::minutes(10));
  const auto later =
      hall.read([&](db::Read& r) { return head_from(r, hall.now + std::chrono::minutes(5)); });
  REQUIRE(later.has_value());
  REQUIRE(later->head.size > named->head.size);
  hall.now += std::chrono::minutes(15);
  CHECK(why(hall.draw_by(later->head)) == "supervision.error.other_head");
  draw::Head forged = named->head;
  forged.root[0] ^= 1;
  CHECK(why(hall.draw_by(forged)) == "supervision.error.other_head");
  CHECK(hall.current().stage == Stage::announced);
  CHECK(why(hall.draw_by(named->head)) == "fine");
}

TEST_CASE("a draw is not repeated until it pleases somebody") {
  Watched hall;
  hall.announce();
  hall.draw();
  const auto drawn = hall.drawn();
  const auto head = hall.read([&](db::Read& r) { return head_from(r, hall.current().head_at); });
  CHECK(why(hall.draw_by(head->head)) == "supervision.error.drawn_before");
  CHECK(draw_due(hall.database, hall.now) == 0);
  CHECK(hall.is_refused([&](db::Write& w) {
    w.run(
        "UPDATE supervision SET stage = 'announced', head_size = NULL, head_root = NULL, "
        "head_seen_at = NULL, drawn_at = NULL, drawn_line = NULL WHERE id = $1",
        hall.id);
  }));
  CHECK(hall.is_refused([&](db::Write& w) {
    w.run("UPDATE supervision SET head_size = head_size + 1 WHERE id = $1", hall.id);
  }));
  CHECK(hall.is_refused([&](db::Write& w) { w.run("DELETE FROM supervision_drawn"); }));
  CHECK(hall.is_refused(
      [&](db::Write& w) { w.run("UPDATE supervision_drawn SET number = number + 1"); }));
  CHECK(hall.is_refused([&](db::Write& w) { w.run("DELETE FROM supervision"); }));
  CHECK(hall.drawn() == drawn);
  // Announcing again is another programme, with a number of its own, beside the first.
  hall.announce();
  CHECK(hall.id.value == 2);
  CHECK(hall.read([](db::Read& r) { return programmes(r, 0, 10); }).size() == 2);
}

TEST_CASE("a frame that was changed after the announcement is not drawn from") {
  Watched hall;
  hall.announce();
  CHECK(hall.is_refused([&](db::Write& w) { w.run("DELETE FROM supervision_item"); }));
  CHECK(hall.is_refused([&](db::Write& w) {
    w.run("UPDATE supervision_item SET feedback_id = feedback_id + 1 WHERE number = 1");
  }));
  CHECK(hall.is_refused([&](db::Write& w) {
    w.run("UPDATE supervision_item SET commitment = $1 WHERE number = 1",
          db::Blob{as_bytes(std::string(32, 'x'))});
  }));
  CHECK(hall.is_refused(
      [&](db::Write& w) { w.run("UPDATE supervision_stratum SET count = count + 1"); }));
  CHECK(hall.is_refused([&](db::Write& w) {
    w.run("UPDATE supervision SET frame_hash = $1", db::Blob{as_bytes(std::string(32, 'x'))});
  }));
  CHECK(hall.is_refused(
      [&](db::Write& w) { w.run("UPDATE supervision SET head_at = head_at + 600000"); }));
  // A case slipped in behind the last one: the text has another hash than the ledger's.
  hall.write([&](db::Write& w) {
    w.run(
        "INSERT INTO supervision_item (supervision_id, number, word, feedback_id, commitment, "
        "salt) VALUES ($1, 17, 'late', 1, $2, $2)",
        hall.id, db::Blob{as_bytes(std::string(32, 'x'))});
  });
  hall.now = hall.current().head_at;
  ledger::publish_now(hall.database, hall.now);
  CHECK(draw_due(hall.database, hall.now) == 0);
  const auto head = hall.read([&](db::Read& r) { return head_from(r, hall.now); });
  CHECK(why(hall.draw_by(head->head)) == "supervision.error.frame_changed");
  CHECK(hall.current().stage == Stage::announced);
}

TEST_CASE("a finding is never edited: a correction stands beside it, and the ledger holds both") {
  Watched hall;
  hall.announce();
  hall.draw();
  const std::int64_t number = hall.drawn().front();
  const auto first = hall.find_one(number, Outcome::breach);
  REQUIRE(first.ok());
  CHECK(hall.is_refused(
      [&](db::Write& w) { w.run("UPDATE supervision_finding SET outcome = 'in_order'"); }));
  CHECK(hall.is_refused(
      [&](db::Write& w) { w.run("UPDATE supervision_finding SET note = 'không có gì'"); }));
  CHECK(hall.is_refused([&](db::Write& w) { w.run("DELETE FROM supervision_finding"); }));
  CHECK(why(hall.find_one(number, Outcome::in_order)) == "supervision.error.changed");
  REQUIRE(hall.find_one(number, Outcome::flaw, 2).ok());
  const auto all = hall.read([&](db::Read& r) { return findings_of(r, hall.id); });
  REQUIRE(all.size() == 2);
  CHECK(all[0].outcome == Outcome::breach);
  CHECK(last_findings(all).front().outcome == Outcome::flaw);
  const auto told = hall.told();
  REQUIRE(told.size() == 4);
  for (int n = 0; n < 2; ++n) {
    const auto& fact = told[static_cast<std::size_t>(n) + 2];
    CHECK(fact.number == number);
    CHECK(fact.count == n + 1);
    CHECK(as_text(fact.hash) == hash_of(all[static_cast<std::size_t>(n)]));
  }
  // A case that was not drawn has no finding.
  std::int64_t other = 1;
  while (std::ranges::count(hall.drawn(), other) > 0) ++other;
  CHECK(why(hall.find_one(other, Outcome::flaw)) == "supervision.error.none");
  test::Browser anybody(hall, hall.router, hall.site);
  anybody.get("/supervision/1");
  CHECK(anybody.shows("1 kết luận đã được đính chính"));
}

TEST_CASE("a leader who presses can neither find, nor verify, nor close, and finds no list") {
  Watched hall;
  hall.announce();
  hall.draw();
  REQUIRE(hall.advise().ok());
  // Head of the ward and supervisor at once; and an administrator who made himself a supervisor.
  for (const char* login : {"kep", "quyen"}) {
    CAPTURE(login);
    CHECK(why(hall.announce_as(login, hall.plan())) == "supervision.error.not_independent");
    CHECK(why(hall.find_one(hall.drawn().front(), Outcome::in_order, 1, login)) ==
          "supervision.error.not_independent");
    CHECK(why(hall.advise(login)) == "supervision.error.not_independent");
    const auto closing =
        hall.write([&, act = hall.by(login)](db::Write& w) { return finish(w, act, hall.id); });
    CHECK(why(closing) == "supervision.error.not_independent");
    auto page = hall.signed_in(login);
    page.get("/staff/supervision/programmes/1/cases/" + std::to_string(hall.drawn().front()));
    CHECK(page.status() == 403);
    page.get("/staff/supervision/programmes/1");
    CHECK(page.status() == 200);
    CHECK_FALSE(page.shows("Kết thúc chương trình"));
    CHECK(page.shows("nên không được giám sát chương trình này"));
  }
  REQUIRE(hall.write([&, act = hall.of_unit()](db::Write& w) {
                return answer(w, act, AdviceId{1}, 1, hall_words);
              })
              .ok());
  for (const char* login : {"kep", "quyen"}) {
    const auto verifying = hall.write([&, act = hall.by(login)](db::Write& w) {
      return verify(w, act, AdviceId{1}, 2, hall_words);
    });
    CHECK(why(verifying) == "supervision.error.not_independent");
  }
  // The head of the ward and the head of the city, who are no supervisors at all.
  for (const char* login : {"hoa", "thanh", "omb"}) {
    CAPTURE(login);
    auto page = hall.signed_in(login);
    for (const char* address :
         {"/staff/supervision/programmes", "/staff/supervision/programmes/1",
          "/staff/supervision/programmes/new", "/staff/supervision/programmes/1/cases/1"}) {
      page.get(address);
      CHECK(page.status() == 403);
    }
  }
  // Another ward's head does not even learn that there is advice.
  auto other = hall.signed_in("hai");
  other.get("/staff/recommendations/1");
  CHECK(other.status() == 404);
  other.get("/staff/recommendations");
  CHECK(other.shows("Không có kiến nghị nào gửi đơn vị của bạn"));
  auto handler = hall.signed_in("nam");
  handler.get("/staff/recommendations/1");
  CHECK(handler.status() == 404);
  CHECK(hall.current().stage == Stage::drawn);
  CHECK(hall.read([](db::Read& r) { return find_advice(r, AdviceId{1}); })->said.size() == 1);
  CHECK(hall.is_refused([&](db::Write& w) { w.run("DELETE FROM supervision_advice"); }));
  CHECK(hall.is_refused(
      [&](db::Write& w) { w.run("UPDATE supervision_advice SET due_on = due_on + 30"); }));
  CHECK(hall.is_refused(
      [&](db::Write& w) { w.run("UPDATE supervision_reply SET kind = 'verified'"); }));
  CHECK(hall.is_refused([&](db::Write& w) { w.run("DELETE FROM supervision_reply"); }));
}

TEST_CASE("a protected case is drawn without a word that leads to it, and never from a few") {
  Watched hall;
  std::vector<feedback::Feedback> guarded;
  hall.now -= std::chrono::days(3);
  for (int n = 0; n < 9; ++n) guarded.push_back(hall.conduct());
  hall.now += std::chrono::days(3);
  // Conduct of the ward is handled above it.
  Typed typed = hall.plan();
  typed.wishes = {{Stratum::guarded, 10}};
  const auto announce_city = [&] {
    const std::string key(as_text(hall.random.bytes<32>()));
    return hall.write([&, act = hall.by()](db::Write& w) {
      return announce(w, act, hall.units.at("01"), typed, key);
    });
  };
  CHECK(why(announce_city()) == "supervision.error.few_guarded");
  hall.now -= std::chrono::days(3);
  guarded.push_back(hall.conduct());
  hall.now += std::chrono::days(3);
  typed.wishes.push_back({Stratum::pressed, 1});
  CHECK(why(announce_city()) == "supervision.error.few_guarded");
  typed.wishes.pop_back();
  typed.wishes.push_back({Stratum::late, 2});
  const auto made = announce_city();
  REQUIRE(made.ok());
  hall.id = made.value().id;
  hall.draw();
  REQUIRE(hall.drawn().size() == 12);
  test::Browser anybody(hall, hall.router, hall.site);
  auto mat = hall.signed_in("mat");
  std::string all;
  const auto keep = [&](const std::string&, const http::Response& response) {
    all += response.body;
  };
  anybody.witness = keep;
  mat.witness = keep;
  anybody.get("/supervision").get("/supervision/1").get("/supervision/1/frame");
  mat.get("/staff/supervision/programmes/1");
  for (const std::int64_t number : hall.drawn())
    mat.get("/staff/supervision/programmes/1/cases/" + std::to_string(number));
  CHECK(mat.status() == 200);
  for (const feedback::Feedback& each : guarded) {
    CHECK(all.find(each.code.text()) == std::string::npos);
    CHECK(all.find(each.code.shown()) == std::string::npos);
  }
  CHECK(all.find("bimatxyz") == std::string::npos);
  CHECK(all.find("Vụ việc cần bảo vệ người gửi") != std::string::npos);
  // Of the others the supervisor sees the code, and no word that nobody released.
  CHECK(std::ranges::any_of(hall.cases, [&](const feedback::Feedback& each) {
    return all.find(each.code.shown()) != std::string::npos;
  }));
  CHECK(all.find("0912 345 678") == std::string::npos);
  CHECK(all.find("đèn ngõ 12 không sáng") == std::string::npos);
}

TEST_CASE("when a case is erased, what was found of it loses its words and keeps its hash") {
  Watched hall;
  hall.announce();
  hall.draw();
  hall.find_all();
  const auto before = hall.read([&](db::Read& r) { return findings_of(r, hall.id); });
  const auto item = hall.read([&](db::Read& r) { return find_item(r, hall.id, before[0].number); });
  hall.write([&](db::Write& w) { forget_words(w, feedback::FeedbackId{item->feedback}); });
  hall.write([&](db::Write& w) { forget_words(w, feedback::FeedbackId{item->feedback}); });
  const auto after = hall.read([&](db::Read& r) { return findings_of(r, hall.id); });
  REQUIRE(after.size() == before.size());
  CHECK(after[0].note.empty());
  CHECK(after[0].salt.empty());
  CHECK(after[0].hash == before[0].hash);
  CHECK(after[0].outcome == before[0].outcome);
  for (std::size_t i = 1; i < after.size(); ++i) CHECK(after[i].note == hall_words);
  const auto gone = hall.read([&](db::Read& r) { return find_item(r, hall.id, item->number); });
  CHECK(gone->salt.empty());
  CHECK(gone->commitment == item->commitment);
}

}  // namespace ln::supervision
