#include "app/watch.h"

#include <doctest/doctest.h>

#include <set>
#include <sstream>

#include "app/clock.h"
#include "app/metrics.h"
#include "core/ledger/ledger_stop.h"
#include "platform/db/db_migrate.h"
#include "test/folder.h"
#include "test/wire.h"
#include "test/world.h"

namespace ln::app {
namespace {

using test::says;

struct Watched {
  Watched() { log::set_least(log::Level::error); }
  test::Folder folder;
  SystemRandom random;
  City city{{.folder = folder.path.string(), .clock = now}, random};

  // Changes the schema behind the program's back, as an accident would.
  void damage(const std::string& sql) const {
    auto migrations = db::own_migrations();
    migrations.push_back({"9999_damage", sql});
    const db::Database other(
        {.path = folder.path / "langnghe.db", .now = now(), .migrations = migrations});
  }
};

http::Response ask(Watch& watch, std::size_t probe, bool is_near, const std::string& token = "") {
  http::Request request;
  if (!token.empty()) request.headers.emplace_back("authorization", "Bearer " + token);
  return watch.probes().at(probe).answer(request, is_near);
}
constexpr std::size_t readyz = 0, metrics_page = 1;

}  // namespace

TEST_CASE("a server is ready once it has written, and says so") {
  Watched here;
  Watch watch(here.city, {});
  CHECK(ask(watch, readyz, false).status == 503);
  watch.look(now());
  CHECK(ask(watch, readyz, false).status == 200);
  CHECK(ask(watch, readyz, false).body == "ready\n");
}

TEST_CASE("a database that takes no write makes the server unready, without a path in the answer") {
  Watched here;
  Watch watch(here.city, {});
  here.damage(
      "CREATE TRIGGER broken BEFORE INSERT ON db_pulse BEGIN SELECT RAISE(ABORT, 'no'); END");
  watch.look(now());
  const auto answer = ask(watch, readyz, true);
  CHECK(answer.status == 503);
  CHECK(says(answer.body, "database: cannot write"));
  CHECK_FALSE(says(answer.body, here.folder.path.string()));
  CHECK(says(watch.metrics(now()), "langnghe_ready 0\n"));
}

TEST_CASE("a head that is not what was signed makes the server unready") {
  Watched here;
  Watch watch(here.city, {});
  watch.look(now());
  REQUIRE(watch.reasons().empty());
  here.damage("DROP TRIGGER ledger_head_no_update; UPDATE ledger_head SET root = zeroblob(32);");
  watch.look(now());
  CHECK(says(ask(watch, readyz, false).body, "ledger: the newest head is not what was signed"));
}

TEST_CASE("a ledger that stopped itself makes the server unready, without the reason") {
  Watched here;
  Watch watch(here.city, {});
  watch.look(now());
  ledger::stop_writing("leaf 7 of the case with code SECRET22");
  const auto answer = ask(watch, readyz, false);
  ledger::resume_writing();
  CHECK(answer.status == 503);
  CHECK(says(answer.body, "nothing is added to it"));
  CHECK_FALSE(says(answer.body, "SECRET22"));
}

TEST_CASE("a job that fails again and again makes the server unready until it works") {
  Watched here;
  Watch watch(here.city, {});
  watch.look(now());
  for (int i = 0; i < 5; ++i) watch.job_failed("index");
  CHECK(watch.reasons().empty());
  watch.job_failed("index");
  CHECK(says(ask(watch, readyz, false).body, "jobs: index has failed 6 times in a row"));
  watch.job_done("index");
  CHECK(watch.reasons().empty());
  CHECK(says(watch.metrics(now()), "langnghe_job_failures_total{job=\"index\"} 6\n"));
}

TEST_CASE("a promise that was not kept is counted for whoever watches") {
  Watched here;
  Watch watch(here.city, {});
  watch.look(now());
  CHECK(says(watch.metrics(now()), "langnghe_promises_overdue 0\n"));
  here.damage(
      "INSERT INTO ledger_waiting (due_at, event, subject_kind, subject_id, seq, party, payload, "
      "leaf) VALUES (3600000000, 'received', 'feedback', 1, 0, 'citizen', '{}', zeroblob(65))");
  watch.look(now());
  CHECK(says(watch.metrics(now()), "langnghe_promises_overdue 1\n"));
}

TEST_CASE("too little disk makes the server unready") {
  Watched here;
  Watch watch(here.city, {.disk_free_min = std::int64_t{1} << 60});
  watch.look(now());
  CHECK(says(ask(watch, readyz, false).body, "MiB free"));
}

TEST_CASE("a failed backup is a warning: requests are still served") {
  Watched here;
  Watch watch(here.city, {});
  watch.look(now());
  watch.backup({.last_at = std::nullopt, .failure = "/mnt is not there", .size = 0},
               std::chrono::hours(24));
  const auto answer = ask(watch, readyz, false);
  CHECK(answer.status == 200);
  CHECK(says(answer.body, "warning: backup"));
  CHECK_FALSE(says(answer.body, "/mnt"));
  CHECK(says(watch.metrics(now()), "langnghe_backup_failed 1\n"));
}

TEST_CASE("figures are for this machine, or for who shows the token") {
  Watched here;
  Watch closed(here.city, {});
  CHECK(ask(closed, metrics_page, true).status == 200);
  CHECK(ask(closed, metrics_page, false).status == 404);
  CHECK(ask(closed, metrics_page, false, "").status == 404);
  Watch open(here.city, {.metrics_token = "sixteen-characters"});
  CHECK(ask(open, metrics_page, false).status == 404);
  CHECK(ask(open, metrics_page, false, "sixteen-character").status == 404);
  CHECK(ask(open, metrics_page, false, "sixteen-charactert").status == 404);
  CHECK(ask(open, metrics_page, false, "sixteen-characters").status == 200);
}

TEST_CASE(
    "figures are what Prometheus reads: one head for each family, every sample under its own") {
  Watched here;
  Watch watch(here.city, {});
  watch.look(now());
  watch.backup({.last_at = now(), .failure = "", .size = 7}, std::chrono::hours(24));
  std::istringstream lines(watch.metrics(now()));
  std::set<std::string> families;
  std::string family;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("# HELP ")) {
      family = line.substr(7, line.find(' ', 7) - 7);
      CHECK_MESSAGE(families.insert(family).second, family);
    } else if (!line.starts_with("# TYPE " + family + " ")) {
      CHECK_MESSAGE(line.starts_with(family), line);
      const std::size_t space = line.rfind(' ');
      CHECK_NOTHROW(static_cast<void>(std::stod(line.substr(space + 1))));
    }
  }
  for (const char* name :
       {"build_info", "uptime_seconds", "batch_jobs", "commit_seconds", "writer_queue",
        "syncs_total", "batch_replays_total", "ledger_size", "ledger_head_age_seconds",
        "search_lag_entries", "outbox", "disk_free_bytes", "backup_age_seconds"})
    CHECK_MESSAGE(families.contains(std::string("langnghe_") + name), name);
}

TEST_CASE("the buckets of a spread add up and end with all") {
  Spread<1, 10> spread;
  for (const std::uint64_t value : {0U, 1U, 5U, 10U, 11U}) spread.add(value);
  Exposition out;
  out.family("thing", Exposition::Type::histogram, "Of a test.");
  out.spread(spread.read(), 10, {{"kind", "x"}});
  CHECK(out.text() ==
        "# HELP langnghe_thing Of a test.\n# TYPE langnghe_thing histogram\n"
        "langnghe_thing_bucket{kind=\"x\",le=\"0.1\"} 2\n"
        "langnghe_thing_bucket{kind=\"x\",le=\"1\"} 4\n"
        "langnghe_thing_bucket{kind=\"x\",le=\"+Inf\"} 5\n"
        "langnghe_thing_sum{kind=\"x\"} 2.7\n"
        "langnghe_thing_count{kind=\"x\"} 5\n");
}

}  // namespace ln::app
