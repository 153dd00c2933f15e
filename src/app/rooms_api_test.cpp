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

bool is_word(std::string_view text) {
  return std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  });
}

class Comparison {
 public:
  Comparison(test::World& world, const Shown& shown) : world_(world), shown_(shown) {}

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
    } else if (is_word(text) && text.size() < 24) {
      is_there = true;  // a state, a kind: pages write them out
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
    if (!shown_.has(std::to_string(number)) && !shown_.has(grouped(number, '.')) &&
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
};

// The members that data/api/openapi.json does not describe, or describes and that are missing.
void compare_described(json::Value value,
                       json::Value schema,
                       const std::string& where,
                       std::set<std::string>& wrong) {
  for (const json::Value each : schema.items("anyOf"))
    if (each.text("type") != "null") schema = each;
  if (value.is_array())
    for (const json::Value each : value.items())
      compare_described(each, schema.find("items"), where, wrong);
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
