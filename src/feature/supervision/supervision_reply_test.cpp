// The inspected read what was found of their cases and reply beside it; they never edit, never
// close, and learn of no case that needs protecting.
#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "base/text.h"
#include "feature/supervision/supervision_actions.h"
#include "feature/supervision/supervision_jobs_check.h"
#include "test/hall.h"

namespace ln::supervision {
namespace {

using test::Hall;
using test::hall_words;
using test::why;

constexpr const char* our_words = "Hôm đó mất điện cả phường, tổ điện đã ghi trong sổ trực.";

struct Inspected : Hall {
  Result<FindingReply> says(std::int64_t number,
                            std::int64_t seq = 1,
                            const std::string& login = "hoa",
                            const std::string& text = our_words) {
    const Replying replying{.number = number,
                            .seq = seq,
                            .text = text,
                            .salt = std::string(as_text(random.bytes<32>()))};
    return write(
        [&, act = of_unit(login)](db::Write& w) { return reply_to_finding(w, act, id, replying); });
  }
  std::size_t readable() {
    return read([&](db::Read& r) { return read_findings(r, units.at("P1").path, {}, 50).size(); });
  }
  std::vector<ledger::Fault> faults() {
    return read([](db::Read& r) { return unfit_texts(r); });
  }
  void announce_of(const std::vector<Wish>& wishes) {
    Typed typed = plan();
    typed.wishes = wishes;
    const auto made = announce_as("mat", typed);
    REQUIRE(made.ok());
    id = made.value().id;
    draw();
  }
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

TEST_CASE("a head reads findings once every case drawn has one, and replies once beside each") {
  Inspected hall;
  hall.announce();
  hall.draw();
  const auto drawn = hall.drawn();
  REQUIRE(drawn.size() >= 3);
  for (std::size_t n = 0; n + 1 < drawn.size(); ++n)
    REQUIRE(hall.find_one(drawn[n], Outcome::flaw).ok());
  // Which cases are drawn is told to nobody while one is still being looked at.
  CHECK(hall.readable() == 0);
  CHECK(why(hall.says(drawn[0])) == "supervision.error.none");
  REQUIRE(hall.find_one(drawn.back(), Outcome::breach).ok());
  CHECK(hall.readable() == drawn.size());
  CHECK(why(hall.says(drawn[0], 1, "nam")) == "supervision.error.none");  // a handler
  CHECK(why(hall.says(drawn[0], 1, "hoa", "ngắn")) == "supervision.error.words_short");
  CHECK(why(hall.says(drawn[0], 2)) == "supervision.error.changed");
  REQUIRE(hall.says(drawn[0]).ok());
  CHECK(why(hall.says(drawn[0])) == "supervision.error.replied");
  const auto fact = hall.told().back();
  CHECK(fact.what == "replied");
  CHECK(fact.number == drawn[0]);
  // The finding stands as it was, and a correction may be replied to again.
  const auto findings = hall.read([&](db::Read& r) { return findings_of(r, hall.id); });
  CHECK(findings[0].outcome == Outcome::flaw);
  REQUIRE(hall.find_one(drawn[0], Outcome::in_order, 2).ok());
  CHECK(why(hall.says(drawn[0])) == "supervision.error.changed");
  CHECK(why(hall.says(drawn[0], 2)) == "fine");
  CHECK(hall.current().stage == Stage::drawn);
  CHECK(hall.faults().empty());
}

TEST_CASE("a reply is edited or taken away by nobody, and who does it all the same is found") {
  Inspected hall;
  hall.announce();
  hall.draw();
  hall.find_all();
  const auto number = hall.drawn()[0];
  REQUIRE(hall.says(number).ok());
  CHECK(hall.is_refused([](db::Write& w) { w.run("DELETE FROM supervision_finding_reply"); }));
  CHECK(hall.is_refused(
      [](db::Write& w) { w.run("UPDATE supervision_finding_reply SET text = 'khác'"); }));
  CHECK(hall.is_refused(
      [](db::Write& w) { w.run("UPDATE supervision_finding SET unit_reads = 0"); }));
  CHECK(hall.faults().empty());
  // Emptied without an erasure: the trigger lets erasure do it, the told check asks why.
  const std::string none;
  hall.write([&](db::Write& w) {
    w.run("UPDATE supervision_finding_reply SET text = '', salt = $1", db::Blob{as_bytes(none)});
  });
  CHECK(hall.faults().size() == 1);
}

TEST_CASE("an erased case is read no more, and takes the others with it only if it was guarded") {
  Inspected hall;
  hall.announce();
  hall.draw();
  hall.find_all();
  const auto all = hall.readable();
  const auto number_0 = hall.drawn()[0], number_1 = hall.drawn()[1];
  hall.write([&](db::Write& w) {
    w.run(
        "UPDATE feedback SET erased_at = 1 WHERE id = (SELECT feedback_id FROM supervision_item "
        "WHERE supervision_id = $1 AND number = $2)",
        hall.id, number_0);
  });
  CHECK(hall.readable() == all - 1);
  CHECK(why(hall.says(number_0)) == "supervision.error.none");
  hall.write([&](db::Write& w) {
    w.run(
        "UPDATE feedback SET erased_at = 1, about = 'conduct', object_unit_id = NULL WHERE id = "
        "(SELECT feedback_id FROM supervision_item WHERE supervision_id = $1 AND number = $2)",
        hall.id, number_1);
  });
  CHECK(hall.readable() == 0);
}

TEST_CASE("no unit reads of cases that need protecting, nor what subtracting would tell") {
  Inspected hall;
  hall.write([&](db::Write& w) {
    // Eleven about conduct, and five ordinary ones.
    w.run("UPDATE feedback SET about = 'conduct', object_unit_id = NULL WHERE id <= $1",
          hall.cases[10].id.value);
  });
  hall.announce_of({{Stratum::guarded, 2}, {Stratum::late, 5}});
  hall.find_all();
  // Two guarded cases of seven: their findings would be what is left of the public counts.
  CHECK(hall.readable() == 0);
  CHECK_FALSE(may_tell_units(std::vector<draw::Stratum>{{"guarded", 11, 2}, {"late", 5, 5}}));
  CHECK(may_tell_units(std::vector<draw::Stratum>{{"guarded", 11, 5}, {"late", 5, 5}}));
  CHECK_FALSE(tells_units(7, 7, 5));
  CHECK(tells_units(10, 10, 5));
  CHECK(tells_units(5, 5, 5));
  CHECK_FALSE(tells_units(5, 4, 5));
  CHECK_FALSE(tells_units(20, 20, 19));

  Inspected many;
  many.write([&](db::Write& w) {
    w.run("UPDATE feedback SET about = 'conduct', object_unit_id = NULL WHERE id <= $1",
          many.cases[10].id.value);
  });
  many.announce_of({{Stratum::guarded, 5}, {Stratum::late, 5}});
  many.find_all();
  CHECK(many.readable() == 5);
  const auto findings = many.read([&](db::Read& r) { return findings_of(r, many.id); });
  CHECK(std::ranges::count(findings, true, &Finding::unit_reads) == 5);
  for (const Finding& each : findings)
    if (!each.unit_reads) CHECK(why(many.says(each.number)) == "supervision.error.none");
  // One that is about conduct by now is not read any more, as it left the unit's queue too.
  many.write([&](db::Write& w) {
    w.run("UPDATE feedback SET about = 'conduct', object_unit_id = NULL WHERE id = $1",
          many.cases[15].id.value);
  });
  CHECK(many.readable() == 4);
}

TEST_CASE("what becomes protected after the draw, or was never for the unit, hides the others") {
  Inspected hall;
  hall.announce();
  hall.draw();
  const auto drawn = hall.drawn();
  const Found kept{.number = drawn[0],
                   .outcome = Outcome::breach,
                   .note = hall_words,
                   .salt = std::string(32, 's'),
                   .is_for_unit = false};  // the form said: supervisors alone
  REQUIRE(hall.write([&, act = hall.by()](db::Write& w) { return find_out(w, act, hall.id, kept); })
              .ok());
  for (std::size_t n = 1; n < drawn.size(); ++n)
    REQUIRE(hall.find_one(drawn[n], Outcome::in_order).ok());
  CHECK(hall.readable() == 0);
  REQUIRE(hall.find_one(drawn[0], Outcome::breach, 2).ok());
  CHECK(hall.readable() == drawn.size());
  const auto item = hall.read([&](db::Read& r) { return find_item(r, hall.id, drawn[0]); });
  hall.write([&](db::Write& w) {
    w.run("UPDATE feedback SET about = 'conduct', object_unit_id = NULL WHERE id = $1",
          item->feedback);
  });
  CHECK(hall.readable() == 0);
  CHECK(why(hall.says(drawn[1])) == "supervision.error.none");
}

TEST_CASE("the unit that handled the case when it was found reads and replies, page by page") {
  Inspected hall;
  hall.announce();
  hall.draw();
  hall.find_all();
  const auto drawn = hall.drawn();
  hall.write([&](db::Write& w) {
    w.run("UPDATE feedback SET unit_id = $1, unit_path = $2", hall.units.at("P2").id,
          hall.units.at("P2").path);
  });
  CHECK(hall.readable() == drawn.size());
  CHECK(hall.read([&](db::Read& r) {
    return read_findings(r, hall.units.at("P2").path, {}, 50).size();
  }) == 0);
  CHECK(why(hall.says(drawn[0])) == "fine");
  const auto first =
      hall.read([&](db::Read& r) { return read_findings(r, hall.units.at("P1").path, {}, 2); });
  REQUIRE(first.size() == 2);
  const ReadUntil last{.programme = hall.id.value, .number = first.back().told.finding.number};
  const auto rest =
      hall.read([&](db::Read& r) { return read_findings(r, hall.units.at("P1").path, last, 50); });
  CHECK(rest.size() == drawn.size() - 2);
  CHECK(rest.front().told.finding.number > last.number);
}

TEST_CASE("notes of before the change were written for supervisors and stay theirs") {
  Inspected hall;
  hall.announce();
  hall.draw();
  hall.find_all();
  CHECK(hall.readable() == hall.drawn().size());
  hall.write([](db::Write& w) {
    w.run(
        "INSERT INTO supervision_finding (supervision_id, number, seq, outcome, note, salt, hash, "
        "found_by, found_at, line) SELECT supervision_id, number, 2, outcome, note, salt, hash, "
        "found_by, found_at, line FROM supervision_finding WHERE seq = 1");
  });
  CHECK(hall.readable() == 0);
}

TEST_CASE("a head replies on pages, the supervisor sees it, and everybody reads how many did") {
  Inspected hall;
  hall.announce();
  hall.draw();
  auto mat = hall.signed_in("mat");
  mat.get("/staff/supervision/programmes/" + std::to_string(hall.id.value) + "/cases/" +
          std::to_string(hall.drawn()[0]));
  CHECK(mat.shows("trưởng đơn vị xử lý cũng đọc"));
  hall.find_all();
  auto head = hall.signed_in("hoa");
  head.get("/staff/recommendations").follow("Kết luận giám sát về vụ việc của đơn vị");
  const std::string number = std::to_string(hall.drawn()[0]);
  head.follow("vụ số " + number);
  CHECK(head.shows(hall_words));
  head.press("Gửi phản hồi");
  CHECK(head.status() == 422);
  head.fill("Phản hồi của đơn vị", our_words).press("Gửi phản hồi");
  CHECK(head.status() == 200);
  CHECK(head.shows(our_words));
  CHECK_FALSE(head.shows("Gửi phản hồi"));
  mat.get("/staff/supervision/programmes/" + std::to_string(hall.id.value) + "/cases/" + number);
  CHECK(mat.shows(our_words));
  test::Browser anybody(hall, hall.router, hall.site);
  anybody.get("/en/supervision/" + std::to_string(hall.id.value));
  CHECK(anybody.shows("Units have replied beside 1 finding."));
  CHECK_FALSE(anybody.shows(our_words));
  auto other = hall.signed_in("thu");
  other.get("/staff/findings");
  CHECK(other.shows("Chưa có kết luận nào"));
  other.get("/staff/findings/" + std::to_string(hall.id.value) + "/" + number);
  CHECK(other.status() == 404);
}

TEST_CASE("the words of a reply go with the case, and the line stays") {
  Inspected hall;
  hall.announce();
  hall.draw();
  hall.find_all();
  const auto number = hall.drawn()[0];
  REQUIRE(hall.says(number).ok());
  const auto item = hall.read([&](db::Read& r) { return find_item(r, hall.id, number); });
  hall.write([&](db::Write& w) {
    forget_words(w, feedback::FeedbackId{item->feedback});
    w.run("UPDATE feedback SET erased_at = $2 WHERE id = $1", item->feedback, hall.now);
  });
  const auto replies = hall.read([&](db::Read& r) { return replies_to_findings(r, hall.id); });
  REQUIRE(replies.size() == 1);
  CHECK(replies[0].text.empty());
  CHECK(hall.faults().empty());
  CHECK(hall.readable() == hall.drawn().size() - 1);  // an erasure is public and hides itself only
}

}  // namespace ln::supervision
