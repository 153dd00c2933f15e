// Surveys, supervision, models and decisions of households in open data: counted again from their
// rows, without and with somebody having changed something in between.
#include <doctest/doctest.h>

#include <filesystem>

#include "app/open_data.h"
#include "app/open_log.h"
#include "base/text.h"
#include "engine/merkle/merkle.h"
#include "feature/insight/insight_pages_open.h"
#include "platform/http/http_shelf.h"
#include "test/folder.h"
#include "test/night.h"
#include "test/survey_street.h"

namespace ln::app {
namespace {

using namespace test;

// A survey that is over, a programme with its advice, three models and a decision that was counted.
struct Judged : survey::Street {
  test::Folder disk;
  std::string folder = (disk.path / "open").string();
  fs::path night, copy = disk.path / "copy", log = disk.path / "log";

  Judged() {
    insight::set_open_folder(folder);
    open(plan());
    REQUIRE(print(60).ok());
    for (int n = 0; n < 40; ++n)
      REQUIRE(say(saying(secrets.at(static_cast<std::size_t>(n)), n < 28 ? 5 : 2)).ok());
    supervise();
    models();
    decide();
    close();
    now += std::chrono::days(1);  // It ended with the first hour of a day; that day is told next.
    const insight::Night last = night_at(database, now);
    night = fs::path(folder) / to_iso(last.day);
    // As the nightly job does from two o'clock on, with the line of the log.
    keep_open_nights(database, folder, now + std::chrono::hours(2));
    keep_log(*this, log);
  }
  ~Judged() { insight::set_open_folder(""); }

  void supervise() {
    const units::Unit& ward = units.at("P1");
    write([&](db::Write& w) {
      w.run(
          "INSERT INTO supervision VALUES (1, $1, $2, 'Việc trễ hạn', '', 'Vì sao trễ', 20600, "
          "20700, 'drawn', $3, 50, $4, 1, $3, 1, 9, $4, $3, $3, 1, NULL, NULL)",
          ward.id, ward.path, now, db::Blob{as_bytes(std::string(32, 'x'))});
      for (const int number : {3, 17})
        w.run("INSERT INTO supervision_drawn VALUES (1, $1)", number);
      // Another of which not all that was drawn has its finding: nothing of it is told yet.
      w.run(
          "INSERT INTO supervision VALUES (2, $1, $2, 'Việc khác', '', 'Vì sao', 20600, 20700, "
          "'drawn', $3, 50, $4, 1, $3, 1, 9, $4, $3, $3, 1, NULL, NULL)",
          ward.id, ward.path, now, db::Blob{as_bytes(std::string(32, 'x'))});
      w.run("INSERT INTO supervision_drawn VALUES (2, 4), (2, 5)");
      w.run(
          "INSERT INTO supervision_finding (supervision_id, number, seq, outcome, note, salt, "
          "hash, found_by, found_at, line) VALUES (2, 4, 1, 'breach', 'Trễ', $1, $1, 1, $2, 1)",
          db::Blob{as_bytes(std::string(32, 'y'))}, now);
      for (const auto& [number, seq, outcome] :
           {std::tuple(3, 1, "flaw"), std::tuple(3, 2, "in_order"), std::tuple(17, 1, "breach")})
        w.run(
            "INSERT INTO supervision_finding (supervision_id, number, seq, outcome, note, salt, "
            "hash, found_by, found_at, line) VALUES (1, $1, $2, $3, 'Tên người gửi là Nguyễn Văn "
            "A', $4, $4, 1, $5, 1)",
            number, seq, outcome, db::Blob{as_bytes(std::string(32, 'y'))}, now);
      for (const int which : {1, 2})
        w.run(
            "INSERT INTO supervision_advice VALUES ($1, 1, $1, $2, $3, 'Sửa quy trình', $4, 1, $5, "
            "1)",
            which, ward.id, ward.path, local_day(now) + std::chrono::days(which == 1 ? 10 : 90),
            now);
      w.run(
          "INSERT INTO supervision_reply VALUES (2, 1, 'answered', 'Đã sửa', $1, 1, $2, 1), "
          "(2, 2, 'verified', 'Đã xem', $1, 1, $2, 1)",
          local_day(now) + std::chrono::days(90), now);
    });
  }
  void models() {
    const units::Unit& ward = units.at("P1");
    write([&](db::Write& w) {
      for (const int which : {1, 2, 3}) {
        w.run(
            "INSERT INTO emulation_model VALUES ($1, $2, $3, 'society', 'Mô hình', '', 'Việc', "
            "'Ngõ', 'Mặt trận', 'on_time', 20600, 30, 0, 1, $4)",
            which, ward.id, ward.path, now);
        w.run("INSERT INTO emulation_event VALUES ($1, 1, 'registered', 'x', 1, $2, 1)", which,
              now);
      }
      for (const int which : {1, 2})
        w.run("INSERT INTO emulation_event VALUES ($1, 2, 'claimed', 'x', 1, $2, 1)", which, now);
      w.run("INSERT INTO emulation_event VALUES (1, 3, 'confirmed', 'x', 1, $1, 1)", now);
      w.run("INSERT INTO emulation_claim VALUES (1, 20, 50, 45, 60, 0, 0, 0, 0, 1)");
      w.run("INSERT INTO emulation_claim VALUES (2, 0, 0, 15, 30, 0, 0, 0, 0, 1)");
    });
  }
  void decide() {
    const units::Unit& ward = units.at("P1");
    write([&](db::Write& w) {
      w.run(
          "INSERT INTO ballot (id, unit_id, unit_path, area, title_vi, summary, rule, needs_part, "
          "needs_whole, is_above, quorum_part, quorum_whole, source, opens_at, closes_at, stage, "
          "households, text_hash, created_by, created_at, line, voted, box_hash) VALUES (1, $1, "
          "$2, 'Tổ 5', 'Góp đường', 'Góp tiền làm đường', 'all', 1, 2, 1, 0, 1, '', $3, $3, "
          "'counted', 20, $4, 1, $3, 1, 12, $4)",
          ward.id, ward.path, now, db::Blob{as_bytes(std::string(32, 'z'))});
      w.run("INSERT INTO ballot_question VALUES (1, 1, 'Có góp không?', '')");
      w.run("INSERT INTO ballot_option VALUES (1, 1, 1, 'Có', ''), (1, 1, 2, 'Không', '')");
      for (int n = 0; n < 12; ++n)
        w.run("INSERT INTO ballot_vote VALUES (1, 1, $1, $2)",
              "MARK" + std::string(8, static_cast<char>('A' + n)), n < 11 ? 1 : 0);
    });
  }

  void planted(const std::string& name,
               std::string_view from,
               std::string_view to,
               const std::vector<std::string>& words) {
    CAPTURE(from);
    fs::remove_all(copy);
    fs::copy(night, copy, fs::copy_options::recursive);
    change(copy, name, [&](std::string& bytes) { replace_in(bytes, from, to); });
    CHECK(names(faults_in(copy), words));
    const std::string script = said_by_script(copy);
    CHECK(names(script, words));
    CHECK(names(script, {"ends with 1"}));
  }
};

TEST_CASE("judgements are told in rows that give their figures, and name nobody") {
  Judged street;
  const auto faults = faults_in(street.night);
  CHECK_MESSAGE(faults.empty(), (faults.empty() ? "" : faults.front()));
  const std::string script = said_by_script(street.night);
  CHECK_MESSAGE(names(script, {"ends with 0"}), script);
  const auto has = [&](const char* table, const std::string& line) {
    const std::string bytes = read_all(street.night / (std::string(table) + ".csv"));
    CHECK_MESSAGE(bytes.find(line) != bytes.npos, line, bytes);
  };
  has("room_figures", "survey_answered,P1,1970-01-01,1,40,60,66.7,,,0\r\n");
  has("survey_questions", ",census,28,40,");
  has("room_figures", "survey_satisfied,P1,1970-01-01,1001,28,40,70.0,0.545700,0.819252,0\r\n");
  has("survey_counts", "1,slip,*,polite,5,28\r\n");
  has("programmes", ",drawn,50,2,2,1,0,1,0\r\n");
  has("programmes", ",drawn,50,2,,,,,\r\n");
  has("drawn", "1,17\r\n");
  has("room_figures", "found_breach,P1,1970-01-01,,1,2,50.0,,,0\r\n");
  has("room_figures", "advice_late,P1,1970-01-01,,1,2,1,,,0\r\n");
  has("room_figures", "advice_verified,,,,1,2,50.0,,,0\r\n");
  has("models", ",confirmed,1,20,50,45,60,0.350000,");
  has("models", ",claimed,1,,,15,30,,,\r\n");
  has("room_figures", "model_before,P1,1970-01-01,2,,,,,,1\r\n");
  has("room_figures", "model_after,P1,1970-01-01,2,15,30,50.0,");
  has("room_figures", "models_confirmed,P1,1970-01-01,,1,1,100.0,,,0\r\n");
  has("ballots", ",counted,20,12\r\n");
  has("ballot_counts", "1,1,1,11,1\r\n");
  has("room_figures", "ballot_turnout,P1,1970-01-01,1,12,20,60.0,,,0\r\n");
  for (const auto& each : fs::directory_iterator(street.night)) {
    const std::string bytes = read_all(each.path());
    for (const char* secret : {"Nguyễn Văn A", "MARK", "Tổ 5"})
      CHECK_MESSAGE(bytes.find(secret) == bytes.npos, each.path().string());
  }
}

TEST_CASE("counts of a survey are those that the log was told when it was closed") {
  Judged street;
  CHECK(recompute_ends(street.night, street.log) == 0);
  CHECK(names(said_by_script(street.night, "--log " + street.log.string()), {"ends with 0"}));
  fs::copy(street.night, street.copy, fs::copy_options::recursive);
  // What no figure counts, with the hash that fits, as a city would tell it that changed its counts
  // after the last day: the files agree with each other.
  std::string counts;
  change(street.copy, "survey_counts.csv", [&](std::string& bytes) {
    replace_in(bytes, "1,slip,*,*,changed,", "1,slip,*,*,changed,9");
    counts = bytes;
  });
  std::erase(counts, '\r');
  change(street.copy, "surveys.csv", [&](std::string& bytes) {
    const std::size_t at = bytes.rfind(',') + 1;
    bytes.replace(at, 64, to_hex(merkle::sha256(as_bytes(counts))));
  });
  CHECK(faults_in(street.copy).empty());
  CHECK(names(said_by_script(street.copy), {"ends with 0"}));
  const std::vector<std::string> words = {"surveys 1", "the log says"};
  CHECK(names(said_by_script(street.copy, "--log " + street.log.string()), words));
  CHECK(names(
      log_faults(street.log.string(), {.surveys = {{1, to_hex(merkle::sha256(as_bytes(counts)))}}}),
      words));
  CHECK(recompute_ends(street.copy, street.log) == 1);
}

TEST_CASE("a figure of rows is a list, the newest first, and each leads to what it is about") {
  Judged street;
  test::Browser browser(street, street.router, street.site);
  const auto has = [&](std::string_view text) {
    return browser.body().find(text) != std::string::npos;
  };
  browser.get("/en/figures/survey_answered");
  CHECK(browser.status() == 200);
  CHECK(has("/figures/survey_answered?number=1"));
  CHECK_FALSE(has("<b>66.7%</b>"));  // one survey is not the city
  browser.get("/en/figures/survey_answered?number=1");
  CHECK(has("<b>66.7%</b>"));
  CHECK(has(R"(href="/en/surveys/1")"));
  CHECK(has("The page shows this minute"));
  browser.get("/en/figures/survey_satisfied?number=1001");
  CHECK(has(R"(href="/en/surveys/1")"));
  browser.get("/en/figures/model_after?number=2");
  CHECK(has(R"(href="/en/emulation/2")"));
  for (const char* none :
       {"/figures/survey_answered?number=2", "/figures/surveys?number=1",
        "/figures/surveys/rows.csv?number=1", "/figures/survey_answered/rows.csv?number=2"}) {
    browser.get(none);
    CHECK_MESSAGE(browser.status() == 404, none);
  }
  // More than a page holds.
  std::string lines = read_all(street.night / "room_figures.csv");
  for (int n = 2; n <= 90; ++n)
    lines += "survey_answered,P1,1970-01-01," + std::to_string(n) + ",1,2,50.0,,,0\r\n";
  write_all(street.night / "room_figures.csv", lines);
  http::forget_kept_answers();
  browser.get("/en/figures/survey_answered");
  CHECK(has("number=90\""));
  CHECK(has("number=51\""));
  CHECK_FALSE(has("number=50\""));
  CHECK(has("from=40"));
  browser.get("/en/figures/survey_answered?from=80");
  CHECK(has("number=1\""));
  CHECK(has("from=40"));
  CHECK_FALSE(has("from=120"));
  // More rows than one answer holds.
  std::string rows = read_all(street.night / "surveys.csv");
  const std::size_t header = rows.find('\n') + 1;
  const std::string row = rows.substr(header);
  for (int n = 0; n < 100'000; ++n) rows += row;
  write_all(street.night / "surveys.csv", rows);
  browser.get("/figures/surveys/rows.csv");
  CHECK(has("/surveys.csv"));  // the page of the whole table
  CHECK_FALSE(has(row));
}

TEST_CASE("judgements that were changed are found by the program and by the script") {
  Judged street;
  street.planted("survey_counts.csv", "polite,5,28", "polite,5,38", {"surveys 1"});
  street.planted("survey_counts.csv", "1,slip,*,polite,5,28\r\n", "", {"surveys 1"});
  street.planted("survey_questions.csv", ",census,28,40,", ",census,38,40,",
                 {"survey_satisfied", "28,40,70.0", "38,40,95.0"});
  street.planted("survey_questions.csv", "0.545700", "0.645700", {"survey_questions 1001"});
  street.planted("surveys.csv", ",60,40,", ",45,40,", {"survey_answered", "40,60", "40,45"});
  street.planted("programmes.csv", ",50,2,2,1,0,1,0", ",50,2,2,2,0,0,0",
                 {"found_breach", "1,2,50.0", "0,2,0.0"});
  street.planted("programmes.csv", ",50,2,2,1,0,1,0", ",50,2,2,1,0,0,0", {"programmes 1"});
  street.planted("programmes.csv", ",50,2,2,1,0,1,0", ",1,2,2,1,0,1,0",
                 {"programmes 1", "to draw from"});
  street.planted("programmes.csv", ",50,2,2,1,0,1,0", ",50,2,3,2,0,1,0",
                 {"programmes 1", "more findings"});
  street.planted("drawn.csv", "1,17\r\n", "1,3\r\n", {"programmes 1", "drawn twice"});
  street.planted("advice.csv", ",0,1,0\r\n", ",0,0,0\r\n", {"advice 1", "late"});
  street.planted("surveys.csv", ",60,40,", ",60,45,", {"surveys 1: answers", "45", "40"});
  street.planted("survey_questions.csv", ",census,28,40,", ",census,38,40,",
                 {"survey_questions 1001: satisfied", "38", "28"});
  street.planted("survey_questions.csv", ",census,28,40,", ",census,28,30,",
                 {"survey_questions 1001: answered", "30", "40"});
  street.planted("ballots.csv", ",counted,20,12", ",counted,10,12", {"ballots 1", "more voted"});
  street.planted("ballot_counts.csv", "1,1,0,1,0", "1,1,0,1,1", {"ballots 1", "largest choice"});
  street.planted("drawn.csv", "1,17\r\n", "", {"programmes 1"});
  street.planted("models.csv", ",20,50,45,60,", ",20,50,55,60,", {"models 1", "0.350000"});
  street.planted("models.csv", ",claimed,1,,,15,30", ",claimed,1,9,9,15,30", {"model_before"});
  street.planted("ballots.csv", ",counted,20,12", ",counted,20,18", {"ballots 1"});
  street.planted("ballot_counts.csv", "1,1,1,11,1", "1,1,1,14,1", {"ballots 1"});
  street.planted("room_figures.csv", "advice_verified,P1,1970-01-01,,1,2,50.0",
                 "advice_verified,P1,1970-01-01,,2,2,100.0", {"advice_verified", "P1", "1,2,50.0"});
}

}  // namespace
}  // namespace ln::app
