// What other rooms tell in open data: counted by the room and again from its rows, without and with
// somebody having changed something in between.
#include "app/open_rooms.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>

#include "app/open_data.h"
#include "app/open_log.h"
#include "base/text.h"
#include "core/ledger/ledger_jobs.h"
#include "core/ledger/ledger_public_actions.h"
#include "core/ledger/ledger_sealer.h"
#include "engine/merkle/merkle.h"
#include "feature/insight/insight_jobs_rooms.h"
#include "feature/insight/insight_pages_open.h"
#include "platform/http/http_shelf.h"
#include "test/city.h"
#include "test/folder.h"
#include "test/night.h"

namespace ln::app {
namespace {

using namespace test;

constexpr Day on(int month, unsigned day) {
  return Day(std::chrono::year(2026) / month / static_cast<int>(day));
}

// A city with promises and things to disclose in every state, and one night of it.
struct Rooms : test::City {
  std::unique_ptr<ledger::Sealer> sealer = ledger::Sealer::open(
      database, {"langnghe.example/so-cai", "", "", [this] { return now; }}, random);
  test::Folder disk;
  std::string folder = (disk.path / "open").string();
  fs::path night = fs::path(folder) / "2026-11-22", log = disk.path / "log";

  Rooms() {
    insight::set_open_folder(folder);
    promise("P1", on(11, 20), "kept", on(11, 19));
    promise("P1", on(11, 10), "kept", on(11, 15));
    promise("P1", on(10, 1), "broken", {}, on(11, 2));
    promise("P1", on(11, 22), "open");
    promise("P1", on(11, 23), "open");
    promise("P2", on(12, 30), "proposed");
    promise("P2", on(11, 20), "declared", on(11, 20));
    owe(on(11, 20), on(11, 18), 3);
    owe(on(11, 10), on(11, 12), 12);
    owe(on(11, 20), {}, 40);
    owe(on(12, 4), {}, 9);
    ask(4, "shown", true);
    ask(4, "shown", false);
    ask(4, "hidden", false);
    // What came this morning belongs to the next night.
    const Instant last = now;
    now += std::chrono::hours(1);
    promise("P1", on(12, 1), "open", {}, {}, now);
    now = last;
    keep_open_nights(database, folder, now);
    keep_log(*this, log);
  }
  ~Rooms() { insight::set_open_folder(""); }

  void promise(const std::string& unit,
               Day due,
               const std::string& state,
               std::optional<Day> declared = {},
               std::optional<Day> broken = {},
               std::optional<Instant> made = {}) {
    const auto noon = [](std::optional<Day> day) {
      return day ? std::optional(at_local(*day, std::chrono::hours(12))) : std::nullopt;
    };
    write([&](db::Write& w) {
      w.run(
          "INSERT INTO commitment (unit_id, unit_path, source, text, due_on, state, declared_at, "
          "broken_at, created_by, created_at) VALUES ($1, $2, 'desk', 'Sửa cống', $3, $4, $5, $6, "
          "1, $7)",
          units.at(unit).id, units.at(unit).path, due, state, noon(declared), noon(broken),
          made.value_or(at_local(on(9, 1))));
    });
  }
  void owe(Day due, std::optional<Day> posted, std::int64_t views) {
    const std::int64_t id = ++owed;
    write([&](db::Write& w) {
      w.run(
          "INSERT INTO disclosure (id, unit_id, unit_path, item, title, decided_on, working_days, "
          "source, due_at, posts, first_posted_at, views, created_by, created_at, line) "
          "VALUES ($1, $2, $3, 'budget', 'Quyết toán', $4, 10, '', $5, $6, $7, $8, 1, $9, 1)",
          id, units.at("P1").id, units.at("P1").path, on(10, 30),
          at_local(due, std::chrono::hours(17)), posted ? 1 : 0,
          posted ? std::optional(at_local(*posted, std::chrono::hours(9))) : std::nullopt, views,
          at_local(on(11, 1)));
    });
  }
  void ask(std::int64_t item, const std::string& state, bool is_answered) {
    const std::string code = "AAAAAAA" + std::string(1, static_cast<char>('B' + asked++));
    write([&](db::Write& w) {
      w.run(
          "INSERT INTO disclosure_question (disclosure_id, code, citizen_key, body, state, reason, "
          "asked_at, answer, answered_at) VALUES ($1, $2, $3, 'Chi vào việc gì?', $4, $5, $6, '', "
          "$7)",
          item, code, db::Blob{as_bytes(code)}, state, state == "hidden" ? "insult" : "",
          at_local(on(11, 21)), is_answered ? std::optional(at_local(on(11, 22))) : std::nullopt);
    });
  }
  std::int64_t owed = 0, asked = 0;
};

TEST_CASE("rooms are told in rows that give the figures they print, and name nobody") {
  Rooms city;
  CHECK(faults_in(city.night).empty());
  CHECK(recompute_ends(city.night, city.log) == 0);
  CHECK(names(said_by_script(city.night, "--log " + city.log.string()), {"ends with 0"}));
  const std::string promises = read_all(city.night / "commitments.csv");
  CHECK(std::ranges::count(promises, '\n') == 8);  // a header and seven; not that of this morning
  CHECK(promises.find("1,P1,1970-01-01,desk,2026-09-01,2026-11-20,kept,2026-11-19,0,0,0,\r\n") !=
        promises.npos);
  CHECK(promises.find("Sửa cống") == promises.npos);
  const std::string owed = read_all(city.night / "disclosures.csv");
  CHECK(owed.find("1,P1,1970-01-01,budget,2026-10-30,2026-11-20,2026-11-18,0,,0,0\r\n") !=
        owed.npos);  // read 3 times: below the floor
  CHECK(owed.find("2,P1,1970-01-01,budget,2026-10-30,2026-11-10,2026-11-12,1,10,0,0\r\n") !=
        owed.npos);
  CHECK(owed.find("4,P1,1970-01-01,budget,2026-10-30,2026-12-04,,0,,2,1\r\n") != owed.npos);
  const std::string figures = read_all(city.night / "room_figures.csv");
  for (const char* line :
       {"promises,,,,7,7,7,,,0\r\n", "promises_on_time,,,,1,4,25.0,0.045587,0.699358,0\r\n",
        "promises_on_time,P1,1970-01-01,,1,4,25.0,0.045587,0.699358,0\r\n",
        "promises_on_time,P2,1970-01-01,,0,0,,,,0\r\n", "promises_overdue,,,,1,7,1,,,0\r\n",
        "promises_waiting,,,,2,7,2,,,0\r\n", "promises_late,,,,1,7,1,,,0\r\n",
        "disclosures_on_time,,,,1,3,33.3,", "questions_answered,,,,1,2,50.0,,,0\r\n"})
    CHECK_MESSAGE(figures.find(line) != figures.npos, line);
}

TEST_CASE("an edited row, a dropped row, a changed total and another file are each found by both") {
  Rooms city;
  const fs::path copy = city.disk.path / "copy";
  const auto planted = [&](const std::function<void()>& plant,
                           const std::vector<std::string>& words) {
    fs::remove_all(copy);
    fs::copy(city.night, copy, fs::copy_options::recursive);
    plant();
    const auto faults = faults_in(copy);
    CHECK(names(faults, words));
    const std::string script = said_by_script(copy, "--log " + city.log.string());
    CHECK(names(script, words));
    CHECK(names(script, {"ends with 1"}));
    CHECK(recompute_ends(copy, city.log) == 1);
  };
  const auto edit = [&](const std::string& name, std::string_view from, std::string_view to) {
    return [&copy, name, from, to] {
      change(copy, name, [&](std::string& bytes) { replace_in(bytes, from, to); });
    };
  };
  planted(edit("commitments.csv", "2026-10-01,broken,", "2026-10-01,kept,"),
          {"promises_broken", "P1", "1,5,1", "0,5,0"});
  planted(edit("commitments.csv", "2026-11-22,open", "2026-11-23,open"),
          {"promises_overdue", "P1", "1,5,1", "0,5,0"});
  planted(edit("commitments.csv",
               "3,P1,1970-01-01,desk,2026-09-01,2026-10-01,broken,,0,0,0,2026-11-02\r\n", ""),
          {"promises_on_time", "P1", "1,4,25.0", "1,3,33.3"});
  planted(edit("disclosures.csv", "2026-11-12,1,", "2026-11-12,0,"),
          {"disclosures_on_time", "1,3,33.3", "2,3,66.7"});
  planted(edit("disclosures.csv", "2026-11-12,1,", "2026-11-12,0,"), {"disclosures 2", "late"});
  planted(edit("disclosures.csv", "2026-11-20,,1,", "2026-11-20,,0,"), {"disclosures 3", "late"});
  planted(edit("disclosures.csv", ",,0,,2,1", ",,0,,2,3"),
          {"disclosures 4", "questions_answered", "more than"});
  planted(edit("definitions.csv", "promises_kept,count", "promises_kept,share"),
          {"definitions promises_kept"});
  planted(edit("definitions.csv", "received,count", "recieved,count"),
          {"definitions received", "is not published"});
  planted(edit("room_figures.csv", "promises_kept,P1,1970-01-01,,1,5,1",
               "promises_kept,P1,1970-01-01,,4,5,4"),
          {"promises_kept", "P1", "4,5,4", "1,5,1"});
  planted(edit("room_figures.csv", "promises_overdue,P1,1970-01-01,,1,5,1,,,0\r\n", ""),
          {"promises_overdue", "P1", "is not published", "1,5,1"});
  planted(edit("room_figures.csv", "promises,P2,", "promises,P3,"), {"P3", "no rows"});
  planted(edit("commitments.csv", "2,P1,1970", "1,P1,1970"), {"commitments", "does not follow"});
  planted(
      [&] {
        fs::copy_file(copy / "disclosures.csv", copy / "commitments.csv",
                      fs::copy_options::overwrite_existing);
      },
      {"commitments.csv", "is not the file of the manifest"});
  planted([&] { fs::remove(copy / "disclosures.csv"); }, {"disclosures.csv", "is missing"});
  planted(
      [&] {
        std::string manifest = read_all(copy / "manifest.json");
        replace_in(manifest, R"("table":"commitments","format":"csv")",
                   R"("table":"none","format":"csv")");
        write_all(copy / "manifest.json", manifest);
      },
      {"commitments", "lists no file"});
  // Whoever drops all that rooms tell must drop what defines it.
  planted(
      [&] {
        std::string manifest = read_all(copy / "manifest.json");
        for (const insight::OpenTable& table : insight::room_tables())
          replace_in(manifest, R"("table":")" + std::string(table.name) + R"(","format":"csv")",
                     R"("table":"none","format":"csv")");
        write_all(copy / "manifest.json", manifest);
      },
      {"room_figures", "lists no file"});
}

TEST_CASE("rows and figures that were changed together are found by the line of the log") {
  Rooms city;
  const fs::path copy = city.disk.path / "copy";
  fs::copy(city.night, copy, fs::copy_options::recursive);
  const auto edit = [&](const std::string& name, std::string_view from, std::string_view to) {
    change(copy, name, [&](std::string& bytes) { replace_in(bytes, from, to); });
  };
  // Another day of a decision, which no figure counts: the files agree with each other.
  edit("disclosures.csv", "2026-10-30,2026-12-04", "2026-10-29,2026-12-04");
  CHECK(faults_in(copy).empty());
  CHECK(names(said_by_script(copy), {"ends with 0"}));
  CHECK(recompute_ends(copy, city.log) == 1);
  const std::string script = said_by_script(copy, "--log " + city.log.string());
  CHECK(names(script, {"manifest.json", "the log says"}));
  CHECK(names(script, {"ends with 1"}));
}

TEST_CASE("a log that was changed, cut or tells of other nights is no proof of a manifest") {
  Rooms city;
  const Day night = on(11, 22);
  const auto hash = merkle::sha256(as_bytes(read_all(city.night / "manifest.json")));
  CHECK(log_faults(city.log.string(), {night, hash, {}}).empty());
  CHECK(names(log_faults(city.log.string(), {on(11, 21), hash, {}}),
              {"does not tell of 2026-11-21"}));
  CHECK(names(log_faults(city.log.string(), {night, merkle::empty_root(), {}}), {"the log says"}));
  CHECK(names(log_faults(city.night.string(), {night, hash, {}}), {"checkpoint"}));
  fs::path tile;
  for (const auto& each : fs::recursive_directory_iterator(city.log / "tile"))
    if (each.is_regular_file()) tile = each.path();
  const std::string bytes = read_all(tile);
  std::string edited = bytes;
  replace_in(edited, "2026-11-22", "2026-11-21");
  write_all(tile, edited);
  CHECK(names(log_faults(city.log.string(), {night, hash, {}}), {"do not give its root"}));
  CHECK(names(said_by_script(city.night, "--log " + city.log.string()), {"do not give its root"}));
  write_all(tile, bytes.substr(0, bytes.size() - 1));
  CHECK(names(log_faults(city.log.string(), {night, hash, {}}), {"does not hold"}));
  CHECK(names(said_by_script(city.night, "--log " + city.log.string()), {"ends with 1"}));
  fs::remove(tile);
  CHECK(names(log_faults(city.log.string(), {night, hash, {}}), {"is missing"}));
}

TEST_CASE("a log that tells two manifests of one night is no proof of either") {
  Rooms city;
  const auto hash = merkle::sha256(as_bytes(read_all(city.night / "manifest.json")));
  city.write([&](db::Write& w) {
    CHECK(
        ledger::announce(w, ledger::OpenDataFact{city.now, on(11, 22), merkle::empty_root()}).ok());
  });
  http::forget_kept_answers();
  city.now += std::chrono::minutes(10);  // The next head that is published.
  const fs::path log = city.disk.path / "other";
  keep_log(city, log);
  const std::vector<std::string> words = {"manifest.json", "different ones", "in the lines"};
  CHECK(names(log_faults(log.string(), {on(11, 22), hash, {}}), words));
  CHECK(names(said_by_script(city.night, "--log " + log.string()), words));
}

TEST_CASE("every figure has an address with its definition, its parts, since when, and its rows") {
  Rooms city;
  test::Browser browser(city, city.router, city.site);
  const auto has = [&](std::string_view text) {
    return browser.body().find(text) != std::string::npos;
  };
  browser.get("/en/figures/definitions?unit=P1");
  CHECK(browser.status() == 200);
  for (const insight::RoomFigure& each : insight::room_figures())
    CHECK(has("/figures/" + std::string(each.name) + "?unit=P1"));
  for (const insight::Definition& each : insight::definitions())
    CHECK(has("/figures/" + std::string(each.name) + "?unit=P1"));
  browser.get("/en/figures/promises_on_time?unit=P1");
  CHECK(browser.status() == 200);
  CHECK(has("25.0%"));
  CHECK(has("4.6%–69.9%"));
  CHECK(has("[state=kept declared&lt;=@due broken=]"));
  CHECK(has("docs/decisions/0034-promises.md"));
  CHECK(has(R"(datetime="2026-09-01")"));
  CHECK(has("/figures/promises_on_time/rows.csv?unit=P1"));
  browser.get("/figures/promises_on_time/rows.csv?unit=P1");
  CHECK(browser.status() == 200);
  CHECK(std::ranges::count(browser.body(), '\n') == 6);
  CHECK(has("number,unit,valid_from,source"));
  CHECK_FALSE(has("P2"));
  for (const insight::RoomFigure& each : insight::room_figures())
    for (const char* language : {"", "/en"}) {
      browser.get(language + ("/figures/" + std::string(each.name)));
      CHECK_MESSAGE(browser.status() == 200, each.name);
    }
  for (const char* none :
       {"/figures/promises?unit=none", "/figures/promises?number=x", "/figures/promises?number=3",
        "/figures/definitions?unit=none", "/figures/promises/rows.csv?unit=none"}) {
    browser.get(none);
    CHECK_MESSAGE(browser.status() == 404, none);
  }
  insight::set_open_folder("");
  browser.get("/en/figures/promises?unit=P2");
  CHECK(browser.status() == 200);
  CHECK(has("from the first night of open data on"));
  browser.get("/figures/promises/rows.csv");
  CHECK(browser.status() == 404);
}

TEST_CASE("every rule of a figure can be read with the columns of its table") {
  for (const insight::RoomFigure& each : insight::room_figures()) {
    std::vector<std::string> columns;
    for (const insight::OpenColumn& column : insight::open_table(each.table).columns)
      columns.emplace_back(column.name);
    insight::RoomBook book(on(11, 22));
    CHECK_MESSAGE(book.begin(each.table, columns), each.name);
    CHECK_MESSAGE(std::ranges::count(columns, each.since) == 1, each.name);
  }
  const std::vector<std::string> columns = {"state", "due", "count"};
  using insight::RoomRule;
  for (const char* bad : {"", "none", "[state=kept", "[kept]", "[state!kept]", "rows + none",
                          "rows +count", "[]", "[none=1]", "[state=K]", "[due=@none]", "[state=@]"})
    CHECK_FALSE_MESSAGE(RoomRule::read(bad, columns).has_value(), bad);
  const auto value = [&](const char* rule, const std::vector<std::string>& cells) {
    return RoomRule::read(rule, columns).value().of(cells, "2026-11-22");
  };
  const std::vector<std::string> row = {"kept", "2026-11-20", "7"}, empty = {"", "", ""};
  CHECK(value("rows + count - [state=kept]", row) == 7);
  CHECK(value("[state=kept due<=@night]", row) == 1);
  CHECK(value("[due>@night]", row) == 0);
  CHECK(value("[due<@night] + [due>=@night]", empty) == 0);
  CHECK(value("[state=]", empty) == 1);
  CHECK(value("[state=@due]", empty) == 1);
  CHECK(value("[state=due]", empty) == 0);  // a word that is the name of a column too
  CHECK(value("count", empty) == std::nullopt);
}

}  // namespace
}  // namespace ln::app
