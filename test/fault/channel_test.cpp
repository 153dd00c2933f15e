// The real program takes a protected case and an ordinary one, both from one address: nothing that
// it writes anywhere tells the address, and nothing of the protected one a time finer than the
// hour.
#include <doctest/doctest.h>
#include <sqlite3.h>

#include <memory>
#include <string>
#include <vector>

#include "app/clock.h"
#include "core/ledger/ledger_store_waiting.h"
#include "platform/db/db.h"
#include "platform/json/json.h"
#include "test/engine.h"
#include "test/fault/served.h"
#include "test/folder.h"
#include "test/wire.h"
#include "test/world.h"

namespace ln::test {
namespace {

constexpr std::string_view address = "203.0.113.77";
constexpr std::string_view address_bytes("\xCB\x00\x71\x4D", 4);

std::string from_address(const std::string& key, const std::string& json) {
  std::string request = submission(key, json);
  return request.insert(request.find("\r\n") + 2,
                        "X-Forwarded-For: " + std::string(address) + "\r\n");
}

// What stands in the columns of a copy, whatever the tables: whole numbers that are moments of the
// given time, and everything that holds the address.
struct Found {
  std::vector<std::string> moments, addresses;
};

Found search(const std::string& path, Instant from, Instant to) {
  sqlite3* opened = nullptr;
  REQUIRE(sqlite3_open_v2(path.c_str(), &opened, SQLITE_OPEN_READONLY, nullptr) == SQLITE_OK);
  const std::unique_ptr<sqlite3, decltype(&sqlite3_close)> database(opened, sqlite3_close);
  const auto each = [&](const std::string& sql, auto body) {
    sqlite3_stmt* made = nullptr;
    REQUIRE(sqlite3_prepare_v2(database.get(), sql.c_str(), -1, &made, nullptr) == SQLITE_OK);
    const std::unique_ptr<sqlite3_stmt, decltype(&sqlite3_finalize)> statement(made,
                                                                               sqlite3_finalize);
    while (sqlite3_step(made) == SQLITE_ROW) body(made);
  };
  std::vector<std::string> tables;
  each("SELECT name FROM sqlite_master WHERE type = 'table'", [&](sqlite3_stmt* row) {
    tables.emplace_back(reinterpret_cast<const char*>(sqlite3_column_text(row, 0)));
  });
  REQUIRE(tables.size() > 20);
  Found found;
  for (const std::string& table : tables) {
    if (table == "db_pulse") continue;  // The program says that it can write, whoever asks.
    each("SELECT * FROM \"" + table + "\"", [&](sqlite3_stmt* row) {
      for (int i = 0; i < sqlite3_column_count(row); ++i) {
        const std::string place = table + "." + sqlite3_column_name(row, i);
        const std::int64_t number = sqlite3_column_int64(row, i);
        if (sqlite3_column_type(row, i) == SQLITE_INTEGER && number >= to_ms(from) &&
            number <= to_ms(to))
          found.moments.push_back(place);
        const auto* bytes = static_cast<const char*>(sqlite3_column_blob(row, i));
        if (bytes == nullptr) continue;
        const std::string text(bytes, static_cast<std::size_t>(sqlite3_column_bytes(row, i)));
        if (text.find(address) != std::string::npos ||
            text.find(address_bytes) != std::string::npos)
          found.addresses.push_back(place);
      }
    });
  }
  return found;
}

// What the program does by itself after a start has its moments too, and the last of it is the job
// of the days.
bool has_done_its_first_turn(std::uint16_t port) {
  const auto figures = try_ask(port, "GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n");
  return figures && figures->find(R"(job="days")") != std::string::npos;
}

// The first moment of a millisecond in which nothing was written yet.
Instant fresh_moment() {
  const std::int64_t over = to_ms(app::now());
  for (;;)
    if (const Instant now = app::now(); to_ms(now) > over) return now;
}

}  // namespace

TEST_CASE("nothing that is written tells who sent a case, and of a protected one when") {
  const Folder folder;
  Place place{.folder = (folder.path / "data").string()};
  std::unique_ptr<PostgresServer> server;
  if (is_on_postgres()) {
    server = std::make_unique<PostgresServer>();
    place.url = server->url();
  }
  make_city(place);
  std::string log, open_answer, protected_answer;
  Instant opened{}, before{}, after{};
  {
    Served served({.place = place, .more = {"--behind-proxy", "yes"}});
    REQUIRE(served.serves());
    REQUIRE(becomes([&] { return has_done_its_first_turn(served.port()); }));
    opened = app::now();
    const auto one = try_ask(
        served.port(),
        from_address("open-case-0001", R"({"about":"place","body":"Đèn đường hỏng đã lâu"})"));
    REQUIRE((one && status_in(*one) == 201));
    before = fresh_moment();
    const auto two = try_ask(
        served.port(),
        from_address("protected-0001",
                     R"({"about":"conduct","body":"Họ đòi tiền ngoài lệ phí","protected":true})"));
    REQUIRE((two && status_in(*two) == 201));
    after = app::now();
    open_answer = body_of(*one);
    protected_answer = body_of(*two);
    CHECK(served.stop() == 0);
    log = served.log();
  }
  CHECK(protected_answer.find(R"("promise":"langnghe/promise/v1\n)") != std::string::npos);
  const auto code_in = [](const std::string& answer) {
    const std::string name = R"("code":")";
    return answer.substr(answer.find(name) + name.size(), 8);
  };
  // The log names the route of both, in the same words, and neither case nor address nor size.
  const std::string line = R"("method":"POST","route":"/api/v1/feedback","status":201})";
  const std::size_t first = log.find(line);
  REQUIRE(first != std::string::npos);
  CHECK(log.find(line, first + 1) != std::string::npos);
  for (const std::string& secret :
       {std::string(address), code_in(open_answer), code_in(protected_answer)})
    CHECK(log.find(secret) == std::string::npos);

  const std::string copy = (folder.path / "copy.db").string();
  {
    db::Database database(
        {.path = place.folder + "/langnghe.db", .url = place.url, .schema = place.schema});
    database.copy_to(copy);
  }
  // The search finds what is there: the ordinary case has its moment.
  CHECK_FALSE(search(copy, opened, before).moments.empty());
  const Found found = search(copy, before, after);
  std::string where;
  for (const auto* list : {&found.moments, &found.addresses})
    for (const std::string& each : *list) where += each + " ";
  CHECK(where == "");
}

}  // namespace ln::test
