// The archive of a decided consultation, and what it tells of votes.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "core/ledger/ledger_store.h"
#include "core/people/people_jobs.h"
#include "engine/merkle/merkle.h"
#include "feature/consultation/consultation_actions_answer.h"
#include "feature/consultation/consultation_actions_decide.h"
#include "feature/consultation/consultation_actions_open.h"
#include "feature/consultation/consultation_actions_vote.h"
#include "feature/consultation/consultation_jobs_archive.h"
#include "feature/consultation/consultation_store_archive.h"
#include "platform/json/json.h"
#include "platform/office/office_zip.h"
#include "test/draft_desk.h"

namespace ln::consultation {
namespace {

struct ArchiveDesk : test::DraftDesk {
  Told told{};
  ArchiveDesk() {
    make_open();
    told = say("d2.1", "Ba mươi ngày là quá lâu, xin rút ngắn.");
    const auto issue = write([&](db::Write& w) {
      return place_in_new(w, act(), id, "Rút ngắn thời hạn", {*told.comment.code},
                          draw_issue(random));
    });
    REQUIRE(issue.ok());
    EditAct answering = act();
    answering.revision = issue.value().revision;
    REQUIRE(write([&](db::Write& w) {
              return answer_issue(w, answering, issue.value().id,
                                  {.answer = Answer::declined, .reason = "Cần đủ thời gian."},
                                  ledger::draw(random));
            }).ok());
  }
  void decide_it() {
    now = at_local(test::last_day + std::chrono::days(2));
    REQUIRE(close_due(database, now) == 1);
    people::keep_sessions(database, now);
    REQUIRE(write([&](db::Write& w) {
              return people::open_session(w, people::AccountId{accounts["hoa"]}, "token-of-hoa",
                                          now);
            }).ok());
    const auto done = write(
        [&](db::Write& w) { return decide(w, act(), id, "Thông qua quy chế theo bản này."); });
    REQUIRE(done.ok());
  }
  // All files of the archive, by name.
  std::map<std::string, std::string> files() {
    const auto archive = read([&](db::Read& r) { return find_archive(r, id); });
    REQUIRE(archive.has_value());
    std::map<std::string, std::string> all;
    const auto manifest = json::parse(archive->manifest, {.size_max = 1 << 20});
    REQUIRE(manifest.ok());
    for (const json::Value each : manifest.value().root().items("files")) {
      const auto bytes =
          read([&](db::Read& r) { return find_volume(r, id, *each.integer("volume")); });
      REQUIRE(bytes.has_value());
      auto zip = office::Archive::open(*bytes);
      REQUIRE(zip.ok());
      const std::string name(*each.text("name"));
      const auto file = zip.value().read(name);
      REQUIRE(file.ok());
      CHECK(to_hex(merkle::sha256(as_bytes(file.value()))) == *each.text("sha256"));
      CHECK(static_cast<std::int64_t>(file.value().size()) == *each.integer("size"));
      all.emplace(name, file.value());
    }
    return all;
  }
};

using Cells = std::array<std::int64_t, 3>;

// Votes of `people` on `statements`, by a fixed seed.
std::vector<StoredVote> random_votes(Random& random, std::int64_t people, std::int64_t statements) {
  std::vector<StoredVote> votes;
  for (std::int64_t p = 1; p <= people; ++p)
    for (std::int64_t s = 1; s <= statements; ++s)
      if (random.below(4) != 0) votes.push_back({p, s, static_cast<int>(random.below(3)) - 1});
  return votes;
}

}  // namespace

TEST_CASE("the archive holds everything that was said, and its manifest stands in the ledger") {
  ArchiveDesk desk;
  CHECK_FALSE(make_archive(desk.database, desk.now));
  desk.decide_it();
  REQUIRE(make_archive(desk.database, desk.now));
  CHECK_FALSE(make_archive(desk.database, desk.now));
  const auto said = desk.last_said();
  const auto archive = desk.read([&](db::Read& r) { return find_archive(r, desk.id); });
  REQUIRE(said.has_value());
  CHECK(said->what == "archive");
  CHECK(said->text == merkle::sha256(as_bytes(archive->manifest)));
  const auto files = desk.files();
  const std::string code = desk.told.comment.code->text();
  CHECK(files.at("comments-00001.jsonl").find("Ba mươi ngày là quá lâu") != std::string::npos);
  CHECK(files.at("points.jsonl").find("Cần đủ thời gian.") != std::string::npos);
  CHECK(merkle::sha256(as_bytes(files.at("drafts/1.txt"))) ==
        merkle::to_hash(desk.read([&](db::Read& r) { return find_version(r, desk.id, 1); })->hash));
  CHECK(to_hex(merkle::sha256(as_bytes(files.at("table.csv")))) ==
        to_hex(as_bytes(
            desk.read([&](db::Read& r) { return find_decision(r, desk.id); })->table_hash)));
  // The receipt names the line of the log that stands for the comment.
  const std::string& receipts = files.at("receipts.csv");
  const auto entry = desk.read([&](db::Read& r) {
    return ledger::first_entry_of(r, {"consultation_comment", desk.told.comment.id.value});
  });
  CHECK(receipts.find(code + "," + std::to_string(entry->index()) + ",") != std::string::npos);
  auto anybody = desk.browser("nobody");
  const std::string page = "/consultations/" + std::to_string(desk.id.value);
  anybody.get(page).follow("Hồ sơ đầy đủ");
  CHECK(anybody.shows("archive-1.zip"));
  CHECK(anybody.get(page + "/archive/archive-1.zip").header("content-type") == "application/zip");
  CHECK(anybody.get(page + "/archive/archive-2.zip").status() == 404);
  CHECK(anybody.get(page + "/archive/manifest.json").body() == archive->manifest);
}

TEST_CASE("what is hidden after the archive was made is in none any more") {
  ArchiveDesk desk;
  desk.decide_it();
  REQUIRE(make_archive(desk.database, desk.now));
  EditAct hiding = desk.act();
  hiding.revision = desk.now_is(desk.told).revision;
  REQUIRE(desk.write([&](db::Write& w) {
                return hide(w, hiding, *desk.told.comment.code, HideReason::privacy,
                            ledger::draw(desk.random));
              })
              .ok());
  CHECK_FALSE(desk.read([&](db::Read& r) { return find_archive(r, desk.id); }).has_value());
  REQUIRE(make_archive(desk.database, desk.now));
  for (const auto& [name, bytes] : desk.files())
    CHECK(bytes.find("Ba mươi ngày là quá lâu") == std::string::npos);
}

TEST_CASE("what is shown again stands in the next archive, and no map is in any") {
  ArchiveDesk desk;
  EditAct hiding = desk.act();
  hiding.revision = desk.now_is(desk.told).revision;
  REQUIRE(desk.write([&](db::Write& w) {
                return hide(w, hiding, *desk.told.comment.code, HideReason::insult,
                            ledger::draw(desk.random));
              })
              .ok());
  desk.decide_it();
  REQUIRE(make_archive(desk.database, desk.now));
  EditAct showing = desk.act();
  showing.revision = desk.now_is(desk.told).revision;
  REQUIRE(desk.write([&](db::Write& w) {
                return show(w, showing, *desk.told.comment.code, ledger::draw(desk.random));
              })
              .ok());
  REQUIRE(make_archive(desk.database, desk.now));
  const auto files = desk.files();
  CHECK(files.at("comments-00001.jsonl").find("Ba mươi ngày là quá lâu") != std::string::npos);
  CHECK_FALSE(files.contains("map.json"));
}

TEST_CASE("a statement that is taken out after the archive was made is told in none any more") {
  ArchiveDesk desk;
  REQUIRE(desk.write([&](db::Write& w) {
                return add_statement(w, desk.act(), desk.id, "Ông Tám ở ngõ 5 nên nghỉ việc.");
              })
              .ok());
  desk.decide_it();
  REQUIRE(make_archive(desk.database, desk.now));
  CHECK(desk.files().at("statements.csv").find("ngõ 5") != std::string::npos);
  const auto statements = desk.read([&](db::Read& r) { return all_statements(r, desk.id); });
  REQUIRE(statements.size() == 1);
  const auto turn = [&] {
    return desk.write([&](db::Write& w) {
      return turn_statement(w, desk.act(), desk.id, statements[0].id, false);
    });
  };
  REQUIRE(turn().ok());
  CHECK_FALSE(desk.read([&](db::Read& r) { return find_archive(r, desk.id); }).has_value());
  REQUIRE(make_archive(desk.database, desk.now));
  const std::string told = desk.files().at("statements.csv");
  CHECK(told.find("ngõ 5") == std::string::npos);
  CHECK(told.find("\n" + std::to_string(statements[0].id.value) + ",,") != std::string::npos);
  // What is out already stays out, and the archive with it.
  REQUIRE(turn().ok());
  CHECK(desk.read([&](db::Read& r) { return find_archive(r, desk.id); }).has_value());
}

TEST_CASE("volumes of an archive that did not come about are not mixed with the next one's") {
  ArchiveDesk desk;
  desk.decide_it();
  REQUIRE(desk.write([&](db::Write& w) -> Result<Done> {
                for (const std::int64_t number : {1, 2})
                  put_volume(w, desk.id, number, "left over");
                return Done{};
              })
              .ok());
  REQUIRE(make_archive(desk.database, desk.now));
  const auto volumes = desk.read([](db::Read& r) {
    return r.all("SELECT number, bytes FROM consultation_archive_volume ORDER BY number",
                 [](const db::Row& row) { return std::pair(row.integer(0), row.text(1)); });
  });
  REQUIRE(volumes.size() == 1);
  CHECK(volumes[0].second != "left over");
  const auto given = desk.read([&](db::Read& r) { return find_volume(r, desk.id, 1); });
  REQUIRE(given.has_value());
  CHECK(*given == volumes[0].second);
  CHECK_FALSE(desk.read([&](db::Read& r) { return find_volume(r, desk.id, 2); }).has_value());
}

TEST_CASE("volumes of another making go with the archive, and a volume that is lost makes none") {
  ArchiveDesk desk;
  desk.decide_it();
  // What another making has stored, which was stopped two hours ago, or is still at it.
  const auto put_at = [&](Instant at) {
    desk.write([&](db::Write& w) { put_volume(w, desk.id, base_of(at) + 1, "begun"); });
  };
  put_at(desk.now - std::chrono::hours(2));
  put_at(desk.now - std::chrono::minutes(5));
  REQUIRE(make_archive(desk.database, desk.now));
  const auto count = [&] {
    return *desk.read([](db::Read& r) {
      return r.one("SELECT count(*) FROM consultation_archive_volume",
                   [](const db::Row& row) { return row.integer(0); });
    });
  };
  CHECK(count() == 1);
  // The other one comes too late: what it stores stands in no archive, and its manifest is refused.
  const auto kept = desk.read([&](db::Read& r) { return find_archive(r, desk.id); });
  REQUIRE(kept.has_value());
  CHECK(kept->base == base_of(desk.now));
  desk.write([&](db::Write& w) { drop_archive(w, desk.id); });
  CHECK(count() == 0);
  // A volume that went meanwhile makes no archive.
  CHECK(desk.write([&](db::Write& w) -> Result<bool> {
              put_volume(w, desk.id, base_of(desk.now) + 2, "second");
              return keep_volumes(w, desk.id, base_of(desk.now), 2);
            })
            .value() == false);
}

TEST_CASE("an archive that cannot be made keeps no other one waiting") {
  ArchiveDesk desk;
  desk.decide_it();
  const ConsultationId bad = desk.id, good{bad.value + 1};
  // The one moves on, and leaves a decision of nothing before it.
  REQUIRE(desk.write([&](db::Write& w) -> Result<Done> {
                w.run("UPDATE consultation SET id = id + 1 WHERE id = $1", bad);
                w.run(
                    "UPDATE consultation_version SET consultation_id = consultation_id + 1 "
                    "WHERE consultation_id = $1",
                    bad);
                w.run(
                    "INSERT INTO consultation_decision (consultation_id, version, note, "
                    "table_hash, decided_by, decided_at, line, table_line) "
                    "SELECT consultation_id + 1, version, note, table_hash, decided_by, "
                    "decided_at, line, table_line FROM consultation_decision "
                    "WHERE consultation_id = $1",
                    bad);
                return Done{};
              })
              .ok());
  REQUIRE(make_archive(desk.database, desk.now));
  CHECK(desk.read([&](db::Read& r) { return find_archive(r, good); }).has_value());
  CHECK_THROWS_AS(make_archive(desk.database, desk.now), db::Failure);
}

TEST_CASE("nobody who did not agree is found by taking the rows from the table") {
  SeededRandom random(7);
  for (int turn = 0; turn < 200; ++turn) {
    const std::int64_t people = 10 + static_cast<std::int64_t>(random.below(80)), statements = 5;
    const auto votes = random_votes(random, people, statements);
    std::set<std::int64_t> sharers;
    for (std::int64_t p = 1; p <= people; ++p)
      if (random.below(100) < 20 + random.below(80)) sharers.insert(p);
    const OpenVotes open = open_votes({1, 2, 3, 4, 5}, votes, sharers);
    CHECK((open.rows.empty() || std::ssize(open.rows) >= open_floor));
    for (const OpenRow& row : open.table) {
      for (const auto& cell : {row.people, row.agree, row.disagree, row.pass})
        CHECK((!cell || *cell == 0 || *cell >= open_floor));
      const auto at = std::ranges::find(open.columns, row.statement);
      if (at == open.columns.end() || !row.agree) continue;
      Cells told{};
      for (const auto& each : open.rows)
        if (const auto& said = each[static_cast<std::size_t>(at - open.columns.begin())])
          ++told[static_cast<std::size_t>(*said + 1)];
      const Cells left = {*row.disagree - told[0], *row.pass - told[1], *row.agree - told[2]};
      for (const std::int64_t each : left) CHECK((each == 0 || each >= open_floor));
    }
  }
}

TEST_CASE("rows carry no name, no order and no number that leads to another consultation") {
  SeededRandom random(11);
  auto votes = random_votes(random, 60, 6);
  std::set<std::int64_t> sharers;
  for (std::int64_t p = 1; p <= 60; ++p) sharers.insert(p);
  const std::vector<std::int64_t> asked = {1, 2, 3, 4, 5, 6};
  const std::string once = rows_of_votes(open_votes(asked, votes, sharers));
  CHECK_FALSE(once.empty());
  // The same people under other numbers, in another order: the same bytes.
  std::set<std::int64_t> others;
  for (StoredVote& each : votes) each.participant = 1'000 - each.participant * 7;
  for (const std::int64_t each : sharers) others.insert(1'000 - each * 7);
  std::ranges::reverse(votes);
  CHECK(rows_of_votes(open_votes(asked, votes, others)) == once);
  // Who votes in two consultations has a number in each that follows from answers alone: knowing
  // one finds the other no more often than by chance.
  const auto second = random_votes(random, 60, 6);
  const auto place_of_person = [&](const std::vector<StoredVote>& all, std::int64_t person) {
    std::vector<std::optional<int>> own(6);
    for (const StoredVote& each : all)
      if (each.participant == person) own[static_cast<std::size_t>(each.statement - 1)] = each.said;
    const auto rows = open_votes(asked, all, sharers).rows;
    return std::ranges::find(rows, own) - rows.begin();
  };
  const auto first = random_votes(random, 60, 6);
  int same = 0;
  for (std::int64_t p = 1; p <= 60; ++p)
    same += place_of_person(first, p) == place_of_person(second, p) ? 1 : 0;
  CHECK(same <= 5);
}

TEST_CASE("whose answers are published is asked, and can be taken back") {
  ArchiveDesk desk;
  REQUIRE(desk.write([&](db::Write& w) {
                return add_statement(w, desk.act(), desk.id, "Nên công khai trong mười ngày.");
              })
              .ok());
  auto voter = desk.browser("nobody");
  voter.get("/consultations/" + std::to_string(desk.id.value) + "/statements");
  voter.press("Đồng ý");
  const auto count = [&] {
    return desk.read([&](db::Read& r) { return sharers_of(r, desk.id); }).size();
  };
  CHECK(count() == 0);
  voter.press("Tôi đồng ý");
  CHECK(count() == 1);
  CHECK(voter.shows("Bạn đang đồng ý."));
  voter.press("Tôi không đồng ý nữa");
  CHECK(count() == 0);
}

TEST_CASE("a share of the map, subtracted from the table, gives no count of fewer than ten") {
  for (std::int64_t whole = 0; whole <= 1'500; ++whole) {
    if (whole < open_floor) {
      CHECK_FALSE(told_share({whole / 2, whole}).has_value());
      continue;
    }
    const auto none = told_share({0, whole}), everybody = told_share({whole, whole});
    REQUIRE((none && everybody));
    CHECK(none->about <= whole);
    CHECK(whole - none->about < open_floor);
    if (whole < 2 * open_floor) {  // Which side of a half, as it is said by telling it at all.
      CHECK(*none == ToldShare{0, 50, open_floor});
      CHECK(*everybody == ToldShare{50, 100, open_floor});
      continue;
    }
    // A cell that the table hides, 1 to 9, or none: the map says the same, whichever it is.
    for (std::int64_t few = 1; few < open_floor; ++few) {
      CHECK(told_share({few, whole}) == none);
      CHECK(told_share({whole - few, whole}) == everybody);
    }
    // And every range that it tells holds at least ten counts.
    std::map<int, std::int64_t> counts;
    for (std::int64_t part = 0; part <= whole; ++part) ++counts[told_share({part, whole})->from];
    for (const auto& [from, count] : counts) CHECK(count >= open_floor);
  }
  // As the press would print 124 of 132, of which the table hides how many did not agree.
  CHECK(*told_share({124, 132}) == ToldShare{90, 100, 130});
  CHECK(*told_share({131, 132}) == ToldShare{90, 100, 130});
  CHECK(*told_share({4'600, 5'000}) == ToldShare{90, 95, 5'000});
  CHECK_FALSE(told_share({11, 10}).has_value());
}

}  // namespace ln::consultation
