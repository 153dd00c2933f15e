// The nights of open data as they lie on the disk, as the log fixes them and as people find them.
#include "app/open_data.h"

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "app/commands.h"
#include "base/text.h"
#include "core/ledger/ledger_public_actions.h"
#include "engine/merkle/merkle.h"
#include "feature/insight/insight_pages_open.h"
#include "test/city.h"
#include "test/folder.h"

namespace ln::app {
namespace {

namespace fs = std::filesystem;

std::string bytes_in(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// A city with a dozen reports and ratings of the week before, and a folder for its nights.
struct Nights : test::City {
  test::Folder disk;
  std::string folder = (disk.path / "open").string();

  Nights() {
    insight::set_open_folder(folder);
    for (int i = 0; i < 12; ++i) {
      feedback::Typed typed;
      typed.about = "place";
      typed.unit = "P1";
      typed.body = "Đèn đường ngõ số " + std::to_string(i) + " tắt đã ba tuần nay";
      const auto sent = send(typed);
      write([&](db::Write& w) {
        w.run(
            "UPDATE feedback SET received_at = $1, first_due_at = $1, answered_at = $2 "
            "WHERE id = $3",
            now - std::chrono::days(5), now - std::chrono::days(i < 7 ? 6 : 4), sent.feedback.id);
      });
    }
  }
  ~Nights() { insight::set_open_folder(""); }

  bool keep() { return keep_open_nights(database, folder, now); }
  fs::path night(const std::string& day) const { return fs::path(folder) / day; }
  std::optional<ledger::OpenDataFact> said() {
    const auto last =
        read([](db::Read& r) { return ledger::last_fact(r, ledger::open_data_kind); });
    if (!last) return std::nullopt;
    return std::get<ledger::OpenDataFact>(*ledger::parse_fact(last->payload));
  }
};

int run(std::initializer_list<std::string_view> words) {
  return run_command(std::vector<std::string_view>(words));
}

TEST_CASE("a night is made once, whole, and its manifest's hash stands in the log") {
  Nights city;
  city.now = at_local(local_day(city.now), std::chrono::hours(1));
  CHECK_FALSE(city.keep());  // Before two o'clock.
  CHECK_FALSE(fs::exists(city.folder));
  city.now += std::chrono::hours(1);
  fs::create_directories(city.night("2026-11-22.making"));
  std::ofstream(city.night("2026-11-22.making") / "half.csv") << "left by one that was ended";
  CHECK(city.keep());
  CHECK_FALSE(fs::exists(city.night("2026-11-22.making")));
  CHECK_FALSE(fs::exists(city.night("2026-11-22") / "half.csv"));
  const std::string manifest = bytes_in(city.night("2026-11-22") / "manifest.json");
  REQUIRE(city.said());
  CHECK(city.said()->day == Day{std::chrono::year(2026) / 11 / 22});
  CHECK(city.said()->manifest == merkle::sha256(as_bytes(manifest)));
  CHECK_FALSE(city.keep());
  // The log was told nothing, as when the program ended between the two: the next look tells it.
  city.now += std::chrono::days(1);
  make_open_night(city.database, night_at(city.database, city.now),
                  city.night("2026-11-23").string(), std::nullopt);
  CHECK(city.keep());
  CHECK(city.said()->day == Day{std::chrono::year(2026) / 11 / 23});
}

TEST_CASE("a night that the log tells of is not made again, and another one is not served") {
  Nights city;
  CHECK(city.keep());
  const auto said = city.said()->manifest;
  // Lost, as on another node or after a restore.
  fs::remove_all(city.night("2026-11-22"));
  CHECK_FALSE(city.keep());
  CHECK_FALSE(fs::exists(city.night("2026-11-22")));
  // Written before another node told its own.
  make_open_night(city.database, night_at(city.database, city.now),
                  city.night("2026-11-22").string(), std::nullopt);
  std::ofstream(city.night("2026-11-22") / "manifest.json", std::ios::app) << " ";
  CHECK(city.keep());
  CHECK_FALSE(fs::exists(city.night("2026-11-22")));
  CHECK(city.said()->manifest == said);
}

TEST_CASE("what did not change overnight is the same file, and old nights go") {
  Nights city;
  CHECK(city.keep());
  city.now += std::chrono::days(1);
  CHECK(city.keep());
  const auto manifest =
      insight::parse_manifest(bytes_in(city.night("2026-11-23") / "manifest.json"));
  REQUIRE(manifest);
  CHECK(!manifest->files.empty());
  for (const insight::FileListed& file : manifest->files) {
    CAPTURE(file.made.name);
    CHECK(to_iso(file.since) == "2026-11-22");
    CHECK(fs::hard_link_count(city.night("2026-11-23") / file.made.name) == 2);
  }
  for (std::size_t i = 0; i < nights_kept; ++i) {
    city.now += std::chrono::days(1);
    CHECK(city.keep());
  }
  const auto nights = insight::open_nights(city.folder);
  CHECK(nights.size() == nights_kept);
  CHECK(nights.front() == "2026-12-07");
  CHECK(nights.back() == "2026-11-24");
}

TEST_CASE("the page of open data leads to each file, and nothing else is given out") {
  Nights city;
  test::Browser browser(city, city.router, city.site);
  browser.get("/data");
  CHECK(browser.status() == 200);
  CHECK(browser.body().find("Chưa có dữ liệu mở") != std::string::npos);
  browser.get("/data/cases-2026.csv");
  CHECK(browser.status() == 404);
  city.keep();
  for (const char* page : {"/data", "/en/data", "/data?night=2026-11-22"}) {
    CAPTURE(page);
    browser.get(page);
    CHECK(browser.status() == 200);
    CHECK(browser.body().find("/data/2026-11-22/cases-2026.csv") != std::string::npos);
    CHECK(browser.body().find("CC-BY-4.0") != std::string::npos);
  }
  for (const insight::OpenTable& table : insight::open_tables()) {
    browser.get("/en/data?table=" + std::string(table.name));
    CHECK_MESSAGE(browser.status() == 200, table.name);
    for (const insight::OpenColumn& column : table.columns)
      CHECK_MESSAGE(browser.body().find(column.name) != std::string::npos, column.name);
  }
  browser.get("/data?table=none");
  CHECK(browser.status() == 404);
  browser.get("/data/cases-2026.csv");
  CHECK(browser.status() == 200);
  CHECK(browser.body() == bytes_in(city.night("2026-11-22") / "cases-2026.csv"));
  browser.get("/data/2026-11-22/manifest.json");
  CHECK(browser.status() == 200);
  for (const char* none : {"/data/2026-11-21/manifest.json", "/data/..%2f..%2flanghe.db",
                           "/data/none.csv", "/data?night=2026-11-21", "/data?night=.."}) {
    CAPTURE(none);
    browser.get(none);
    CHECK(browser.status() >= 400);
  }
}

TEST_CASE("the address of a figure gives its definition, what it divides, and its rows") {
  Nights city;
  city.keep();
  test::Browser browser(city, city.router, city.site);
  for (const char* page : {"/figures/on_time", "/en/figures/on_time?unit=P1&period=2026-11",
                           "/figures/rating?period=2026-Q4", "/figures/received?period=2026"}) {
    CAPTURE(page);
    browser.get(page);
    CHECK(browser.status() == 200);
  }
  browser.get("/en/figures/on_time?unit=P1&period=2026-11");
  CHECK(browser.body().find("58.3%") != std::string::npos);  // 7 of 12
  CHECK(browser.body().find("/figures/on_time/rows.csv?period=2026-11") != std::string::npos);
  browser.get("/figures/on_time/rows.csv?unit=P1&period=2026-11");
  CHECK(browser.status() == 200);
  CHECK(browser.body().find(",1,1,0,1,0,0,0,7\r\n") != std::string::npos);
  for (const char* none : {"/figures/none", "/figures/on_time?period=2026-13",
                           "/figures/on_time?period=x", "/figures/on_time?unit=none"}) {
    CAPTURE(none);
    browser.get(none);
    CHECK(browser.status() == 404);
  }
}

TEST_CASE("recompute and the script from outside agree with what was published, or say where not") {
  Nights city;
  city.keep();
  const fs::path night = city.night("2026-11-22");
  const auto judged = [&](const fs::path& folder) {
    const std::string tool = "python3 tools/recompute.py " + folder.string() + " --log " +
                             to_hex(city.said()->manifest) + " >/dev/null 2>&1";
    return std::pair(run({"recompute", "--from=" + folder.string()}),
                     WEXITSTATUS(std::system(tool.c_str())));
  };
  CHECK(judged(night) == std::pair(0, 0));
  const fs::path copy = city.disk.path / "copy";
  for (const char* name : {"cases-2026.csv", "figures.csv", "units.csv"}) {
    CAPTURE(name);
    fs::remove_all(copy);
    fs::copy(night, copy, fs::copy_options::recursive);
    std::string bytes = bytes_in(copy / name);
    const std::size_t at = bytes.rfind(",0");
    bytes[at == std::string::npos ? bytes.size() - 3 : at + 1] = '1';
    std::ofstream(copy / name, std::ios::binary) << bytes;
    CHECK(judged(copy) == std::pair(1, 1));
  }
  CHECK(run({"recompute", "--from=" + city.disk.path.string()}) == 1);
}

}  // namespace
}  // namespace ln::app
