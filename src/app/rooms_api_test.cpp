// The API of the rooms against their public pages, over a sample city: what the one says the other
// shows, and what is not described is not said.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <memory>
#include <set>

#include "app/routes.h"
#include "app/sample.h"
#include "app/site.h"
#include "base/embedded.h"
#include "base/log.h"
#include "core/units/units_store.h"
#include "platform/http/http_shelf.h"
#include "platform/json/json.h"
#include "test/browser.h"
#include "test/folder.h"
#include "test/world.h"

namespace ln::app {
namespace {

constexpr std::size_t looked_at = 6;  // of one room

json::Document parsed(const std::string& text) {
  auto document = json::parse(text, {.size_max = 1 << 20, .depth_max = 32});
  REQUIRE(document.ok());
  return std::move(document).value();
}

struct Sampled {
  Sampled() {
    log::set_least(log::Level::warning);
    make_sample({.folder = data, .case_count = 60, .seed = 7, .now = test::monday});
    world.reset(
        new test::World{test::monday, SeededRandom{1},
                        db::Database({.path = data + "/langnghe.db", .now = test::monday})});
  }
  test::Folder folder;
  std::string data = (folder.path / "city").string();
  std::unique_ptr<test::World> world;
};

// Everything that a page shows, in both languages.
struct Shown {
  std::string text, html;

  void add(test::World& world, http::Router& router, html::Site& site, const std::string& path) {
    for (const std::string language : {"", "/en"}) {
      test::Browser browser(world, router, site);
      browser.get(language + path);
      REQUIRE_MESSAGE(browser.status() == 200, path);
      text += " " + browser.page().text();
      html += browser.body();
    }
  }
  bool has(std::string_view words) const { return text.find(words) != std::string::npos; }
};

std::string with_single_spaces(std::string_view words) {
  std::string out;
  for (const char c : words) {
    const bool is_space = c == ' ' || c == '\n' || c == '\r' || c == '\t';
    if (!is_space)
      out += c;
    else if (!out.empty() && out.back() != ' ')
      out += ' ';
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

std::string grouped(std::int64_t number, char by) {
  std::string digits = std::to_string(number), out;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) out += by;
    out += digits[i];
  }
  return out;
}

// "2026-11-23…" as pages write days. Times of the day are compared in the HTML.
std::string as_shown(std::string_view iso) {
  return std::string(iso.substr(8, 2)) + "/" + std::string(iso.substr(5, 2)) + "/" +
         std::string(iso.substr(0, 4));
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// The text without days and times of the day, whose digits are nobody's count.
std::string without_moments(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find_first_of(" \n", at), text.size());
    const std::string_view word = text.substr(at, end - at);
    const std::size_t colon = word.find(':');
    const bool is_time = colon != std::string_view::npos && colon > 0 && colon + 1 < word.size() &&
                         is_digit(word[colon - 1]) && is_digit(word[colon + 1]);
    if (!is_time && std::ranges::count(word, '/') < 2) out += std::string(word) + " ";
    at = end + 1;
  }
  return out;
}

// Whether the number stands there by itself, and not as a part of another.
bool has_number(std::string_view text, std::string_view number) {
  for (std::size_t at = text.find(number); at != std::string_view::npos;
       at = text.find(number, at + 1))
    if ((at == 0 || !is_digit(text[at - 1])) &&
        (at + number.size() == text.size() || !is_digit(text[at + number.size()])))
      return true;
  return false;
}

// Members whose value is a word of a list of ours, which pages write out in the reader's language.
// Everything else that looks like one, such as a login or a code, has to stand on the page.
bool is_enumerated(std::string_view name) {
  constexpr std::string_view names[] = {"code",     "field",  "hidden_because", "item",    "kind",
                                        "language", "metric", "party",          "reading", "sight",
                                        "source",   "stage",  "stands",         "state",   "turn",
                                        "way",      "what",   "stratum"};
  return std::ranges::find(names, name) != std::end(names);
}

bool is_word(std::string_view text) {
  return std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  });
}

class Comparison {
 public:
  Comparison(test::World& world, const Shown& shown)
      : world_(world), shown_(shown), counts_(without_moments(shown.text)) {}

  // What the machine is told and the page does not show, by name.
  std::set<std::string> more;

  void look(std::string_view name, json::Value value) {
    switch (value.kind()) {
      case json::Kind::object:
        for (const json::Member each : value.members()) look(each.name, each.value);
        break;
      case json::Kind::array:
        for (const json::Value each : value.items()) look(name, each);
        break;
      case json::Kind::text: look_at_text(name, *value.text()); break;
      case json::Kind::integer: look_at_number(name, *value.integer()); break;
      default: break;
    }
  }

 private:
  void look_at_text(std::string_view name, std::string_view text) {
    if (text.empty()) return;
    bool is_there = false;
    if (name == "unit") {
      is_there = shown_.has(world_.read([&](db::Read& read) {
        return units::find_on(read, text, local_day(test::monday))->name;
      }));
    } else if (text.size() == 20 && text[10] == 'T') {
      const auto at = shown_.html.find(text);
      // A moment written as words stands there without its ISO form, in Vietnam's day.
      is_there = at != std::string::npos || shown_.has(as_shown(text)) ||
                 shown_.has(as_shown(next_day(text)));
    } else if (text.size() == 10 && text[4] == '-' && text[7] == '-') {
      is_there = shown_.has(as_shown(text));
    } else if (is_enumerated(name) && is_word(text) && text.size() < 24) {
      is_there = true;
    } else if (name == "code" || name == "question") {
      is_there = shown_.html.find(text) != std::string::npos;
    } else {
      is_there =
          shown_.has(with_single_spaces(text)) || shown_.html.find(text) != std::string::npos;
    }
    if (!is_there) more.insert(std::string(name) + ": " + std::string(text.substr(0, 60)));
  }
  void look_at_number(std::string_view name, std::int64_t number) {
    if (number == 0 || name == "id") return;
    if (!has_number(counts_, std::to_string(number)) && !shown_.has(grouped(number, '.')) &&
        !shown_.has(grouped(number, ',')) &&
        shown_.html.find("/" + std::to_string(number)) == std::string::npos)
      more.insert(std::string(name) + ": " + std::to_string(number));
  }
  static std::string next_day(std::string_view iso) {
    const auto number = [&](std::size_t at, std::size_t size) {
      return std::stoi(std::string(iso.substr(at, size)));
    };
    const std::chrono::sys_days day = std::chrono::year(number(0, 4)) / number(5, 2) / number(8, 2);
    return to_iso(Day((day + std::chrono::days(1)).time_since_epoch()));
  }

  test::World& world_;
  const Shown& shown_;
  std::string counts_;
};

// The members that data/api/openapi.json does not describe, or describes and that are missing, and
// words that are in no list of it.
void compare_described(json::Value value,
                       json::Value schema,
                       const std::string& where,
                       std::set<std::string>& wrong) {
  for (const json::Value each : schema.items("anyOf"))
    if (each.text("type") != "null") schema = each;
  if (value.is_array())
    for (const json::Value each : value.items())
      compare_described(each, schema.find("items"), where, wrong);
  if (const auto text = value.text(); text && schema.has("enum")) {
    const auto words = schema.items("enum");
    if (std::ranges::none_of(words, [&](json::Value word) { return word.text() == text; }))
      wrong.insert(where + ": " + std::string(*text) + " is no word of the description");
  }
  if (!value.is_object() || schema.has("additionalProperties")) return;
  for (const json::Member each : value.members()) {
    const std::string name = where + "." + std::string(each.name);
    if (!schema.find("properties").has(each.name))
      wrong.insert(name + " is not described");
    else
      compare_described(each.value, schema.find("properties").find(each.name), name, wrong);
  }
  for (const json::Value each : schema.items("required"))
    if (!value.has(*each.text())) wrong.insert(where + "." + std::string(*each.text()) + " lacks");
}

json::Value schema_of(const json::Document& openapi, const std::string& path) {
  return openapi.root()
      .find("paths")
      .find(path)
      .find("get")
      .find("responses")
      .find("200")
      .find("content")
      .find("application/json")
      .find("schema");
}

struct RoomOf {
  std::string api, page;
  std::string more_api{};  // below one thing: "/questions"
  // A small sample may have none: nothing to draw from.
  bool may_be_empty = false;
};

}  // namespace

TEST_CASE("what the API of a room says stands on its public page, and is described") {
  Sampled city;
  http::Router router = make_routes();
  html::Site site = make_site("https://x.example", false);
  const json::Document openapi = parsed(std::string(*embedded::find("data/api/openapi.json")));
  const auto get = [&](const std::string& address) {
    test::Browser machine(*city.world, router, site);
    machine.get(address);
    REQUIRE_MESSAGE(machine.status() == 200, address);
    CHECK(machine.header("content-type").starts_with("application/json"));
    return machine.body();
  };
  for (const RoomOf& room :
       {RoomOf{"dialogues", "dialogues", "questions"}, RoomOf{"commitments", "commitments"},
        RoomOf{"disclosures", "disclosure"}, RoomOf{"ballots", "ballots"},
        RoomOf{"projects", "projects", "items"}, RoomOf{"supervision", "supervision", "", true},
        RoomOf{"emulation", "emulation"}}) {
    CAPTURE(room.api);
    const std::string list = "/api/v1/" + room.api;
    std::vector<std::int64_t> ids;
    std::set<std::string> wrong;
    // In pages of two: nothing twice, nothing left out.
    for (std::string next = "?limit=2"; !next.empty();) {
      const json::Document page = parsed(get(list + next));
      compare_described(page.root(), schema_of(openapi, list), list, wrong);
      for (const json::Value each : page.root().items("items")) ids.push_back(*each.integer("id"));
      const auto after = page.root().integer("next");
      next = after ? "?limit=2&after=" + std::to_string(*after) : "";
    }
    if (room.may_be_empty && ids.empty()) continue;
    REQUIRE_FALSE(ids.empty());
    CHECK(std::set(ids.begin(), ids.end()).size() == ids.size());
    CHECK(std::ranges::is_sorted(ids, std::greater<>()));
    const json::Document whole = parsed(get(list + "?limit=100"));
    CHECK(whole.root().find("items").count() == std::min<std::size_t>(ids.size(), 100));
    for (std::size_t i = 0; i < std::min(ids.size(), looked_at); ++i) {
      const std::string id = std::to_string(ids[i]);
      const json::Document one = parsed(get(list + "/" + id));
      compare_described(one.root(), schema_of(openapi, list + "/{id}"), list + "/{id}", wrong);
      Shown shown;
      shown.add(*city.world, router, site, "/" + room.page);
      // What does not fit on the first page of one thing stands on those after it.
      for (const char* from : {"", "?from=10", "?from=20", "?from=30"})
        shown.add(*city.world, router, site, "/" + room.page + "/" + id + from);
      Comparison comparison(*city.world, shown);
      comparison.look("", one.root());
      for (const json::Value each : whole.root().items("items"))
        if (each.integer("id") == ids[i]) comparison.look("", each);
      if (!room.more_api.empty()) {
        const json::Document below =
            parsed(get(list + "/" + id + "/" + room.more_api + "?limit=10"));
        compare_described(below.root(), schema_of(openapi, list + "/{id}/" + room.more_api),
                          room.more_api, wrong);
        comparison.look("", below.root());
      }
      std::string more;
      for (const std::string& each : comparison.more) more += each + "\n";
      CHECK_MESSAGE(more == "", room.api, " ", id);
    }
    std::string all;
    for (const std::string& each : wrong) all += each + "\n";
    CHECK(all == "");
  }
}

TEST_CASE("below a floor, hidden or withdrawn: the API of a room is told null, field by field") {
  Sampled city;
  http::Router router = make_routes();
  html::Site site = make_site("https://x.example", false);
  const auto get = [&](const std::string& address) {
    http::forget_kept_answers();
    test::Browser machine(*city.world, router, site);
    machine.get(address);
    REQUIRE_MESSAGE(machine.status() == 200, address);
    return machine.body();
  };
  const auto change = [&](db::Sql<std::int64_t, std::int64_t> sql, std::int64_t id,
                          std::int64_t value) {
    city.world->write([&](db::Write& w) { w.run(sql, id, value); });
  };
  const auto number = [&](db::Sql<> sql) {
    return city.world
        ->read([&](db::Read& r) {
          return r.one(sql, [](const db::Row& row) { return row.integer(0); });
        })
        .value_or(0);
  };
  // A page that was opened nine times, and ten times.
  const std::int64_t posted =
      number("SELECT min(id) FROM disclosure WHERE first_posted_at IS NOT NULL");
  REQUIRE(posted > 0);
  const std::string disclosure = "/api/v1/disclosures/" + std::to_string(posted);
  change("UPDATE disclosure SET views = $2 WHERE id = $1", posted, 9);
  CHECK(get(disclosure).find("\"views\":null") != std::string::npos);
  change("UPDATE disclosure SET views = $2 WHERE id = $1", posted, 10);
  CHECK(get(disclosure).find("\"views\":10") != std::string::npos);
  // A question that was hidden after its answer, with one below it that was withdrawn.
  const std::int64_t root = number(
      "SELECT min(id) FROM dialogue_question WHERE merged_into = 0 AND dialogue_id = (SELECT "
      "dialogue_id FROM dialogue_question GROUP BY dialogue_id HAVING count(*) > 2 "
      "ORDER BY dialogue_id LIMIT 1)");
  REQUIRE(root > 0);
  const std::int64_t of = city.world->read([&](db::Read& r) {
    return *r.one(
        "SELECT dialogue_id FROM dialogue_question WHERE id = $1",
        [](const db::Row& row) { return row.integer(0); }, root);
  });
  const std::int64_t other = city.world->read([&](db::Read& r) {
    return *r.one(
        "SELECT max(id) FROM dialogue_question WHERE dialogue_id = $1",
        [](const db::Row& row) { return row.integer(0); }, of);
  });
  REQUIRE(other != root);
  change(
      "UPDATE dialogue_question SET state = 'hidden', reason = 'insult', answer = 'Trả lời kín', "
      "body = 'Lời bị ẩn', revision = revision + $2 WHERE id = $1",
      root, 1);
  change(
      "UPDATE dialogue_question SET state = 'withdrawn', reason = '', body = 'Lời rút lại', "
      "merged_into = $2 WHERE id = $1",
      other, root);
  const json::Document questions =
      parsed(get("/api/v1/dialogues/" + std::to_string(of) + "/questions?limit=100"));
  bool has_hidden = false, has_withdrawn = false;
  for (const json::Value each : questions.root().items("items")) {
    if (each.text("sight") == "hidden" && each.text("hidden_because") == "insult") {
      has_hidden = true;
      CHECK_FALSE(each.text("text").has_value());
    }
    for (const json::Value joined : each.items("joined"))
      if (joined.text("sight") == "withdrawn") {
        has_withdrawn = true;
        CHECK_FALSE(joined.text("text").has_value());
        CHECK_FALSE(joined.text("hidden_because").has_value());
      }
  }
  CHECK(has_hidden);
  CHECK(has_withdrawn);
  const std::string all = get("/api/v1/dialogues/" + std::to_string(of) + "/questions?limit=100");
  CHECK(all.find("Lời bị ẩn") == std::string::npos);
  CHECK(all.find("Lời rút lại") == std::string::npos);
  // One household that objects, and one fewer than the floor, are told alike.
  const std::int64_t ballot = number("SELECT min(id) FROM ballot WHERE stage = 'counted'");
  REQUIRE(ballot > 0);
  const std::string counted = "/api/v1/ballots/" + std::to_string(ballot);
  std::vector<std::string> few;
  for (const std::int64_t objecting : {1, 9}) {
    change("UPDATE ballot_household SET objects = 0 WHERE ballot_id = $1 AND $2 > 0", ballot, 1);
    change(
        "UPDATE ballot_household SET objects = 1 WHERE id IN (SELECT id FROM ballot_household "
        "WHERE ballot_id = $1 AND way IN ('online', 'paper') ORDER BY id LIMIT $2)",
        ballot, objecting);
    few.push_back(get(counted));
    CHECK(few.back().find("\"has_objections\":true") != std::string::npos);
    CHECK(few.back().find("\"objections\":null") != std::string::npos);
  }
  CHECK(few.front() == few.back());
}

TEST_CASE("broken promises are read page by page to the last one") {
  Sampled city;
  http::Router router = make_routes();
  html::Site site = make_site("https://x.example", false);
  city.world->write([](db::Write& w) {
    w.run("UPDATE commitment SET due_on = 20000, state = 'open' WHERE state <> 'open'");
  });
  const std::int64_t broken = city.world->read([](db::Read& r) {
    return *r.one("SELECT count(*) FROM commitment WHERE state = 'open' AND due_on < 20700",
                  [](const db::Row& row) { return row.integer(0); });
  });
  REQUIRE(broken > 1);
  std::set<std::int64_t> seen;
  for (std::string next = "?state=overdue&limit=1"; !next.empty();) {
    test::Browser machine(*city.world, router, site);
    machine.get("/api/v1/commitments" + next);
    REQUIRE(machine.status() == 200);
    const json::Document page = parsed(machine.body());
    for (const json::Value each : page.root().items("items")) seen.insert(*each.integer("id"));
    const auto after = page.root().integer("next");
    next = after ? "?state=overdue&limit=1&after=" + std::to_string(*after) : "";
  }
  CHECK(std::ssize(seen) >= broken);
}

TEST_CASE("the API of a room refuses what it cannot read, and knows what is not there") {
  test::World world;
  http::Router router = make_routes();
  html::Site site = make_site("https://x.example", false);
  test::Browser machine(world, router, site);
  for (const std::string room : {"dialogues", "commitments", "disclosures", "ballots", "projects",
                                 "supervision", "emulation"}) {
    CAPTURE(room);
    const std::string list = "/api/v1/" + room;
    CHECK(machine.get(list).body() == R"({"items":[],"next":null})");
    for (const std::string bad : {"?limit=0", "?limit=101", "?limit=x", "?after=-1", "?after=x"})
      CHECK(machine.get(list + bad).status() == 422);
    CHECK(machine.get(list + "/7").status() == 404);
    CHECK(machine.body().find("\"error\"") != std::string::npos);
  }
  CHECK(machine.get("/api/v1/commitments?state=lost").status() == 422);
  CHECK(machine.get("/api/v1/commitments?unit=none").status() == 422);
  CHECK(machine.get("/api/v1/disclosures?unit=none").status() == 422);
  CHECK(machine.get("/api/v1/dialogues/7/questions").status() == 404);
  CHECK(machine.get("/api/v1/projects/7/items").status() == 404);
}

}  // namespace ln::app
