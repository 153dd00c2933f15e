// The official who presses: every role, page, search, export and API, looking for who has asked and
// who has not. What is the same whoever asked tells nothing.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <regex>
#include <string>
#include <vector>

#include "platform/file/file.h"
#include "test/project_ground.h"

namespace ln::project {
namespace {

const std::vector<std::string> all_logins = {"",      "hoa", "lan", "tri", "thu", "hai",
                                             "thanh", "omb", "sup", "adm", "nam"};

struct Pressed : Ground {
  std::vector<Question> asked;

  Pressed() {
    write([&](db::Write& w) {
      add_account(w, "sup", "Giám sát Sen", people::Role::supervisor, "01");
      add_account(w, "adm", "Quản trị Mai", people::Role::administrator, "01");
    });
    begin(12);
    REQUIRE(open_it().ok());
  }
  void ask_from(const std::vector<std::size_t>& who) {
    for (const std::size_t n : who) {
      const auto q = ask_it(n, "Xin xem lại diện tích thửa này.");
      REQUIRE(q.ok());
      asked.push_back(q.value());
    }
  }
  void answer_all() {
    for (const Question& each : asked) REQUIRE(answer_it(each).ok());
  }
  void close_after() {
    now += a_day * 14;
    REQUIRE(close_it().ok());
  }

  // What a hole of a pattern may stand for.
  std::vector<std::string> values_of(std::string_view hole) const {
    if (hole == "code") {
      std::vector<std::string> codes = {"22222222"};
      // Two that asked in one city, and two in the other.
      for (const std::size_t n : {2U, 6U, 3U, 9U})
        codes.push_back(letters[n].household.code->text());
      for (const Question& each : asked) codes.push_back(each.code->text());
      return codes;
    }
    if (hole.ends_with(":number")) return {"1", "2"};
    return {hole.ends_with(":date") ? "2026-11-23" : "none"};
  }
  std::vector<std::string> addresses_of(std::string_view pattern) const {
    std::vector<std::string> all = {""};
    for (std::size_t at = 0; at < pattern.size();) {
      const std::size_t open = std::min(pattern.find('{', at), pattern.size());
      for (std::string& each : all) each += pattern.substr(at, open - at);
      if (open == pattern.size()) break;
      const std::size_t close = pattern.find('}', open);
      std::vector<std::string> longer;
      for (const std::string& each : all)
        for (const std::string& value : values_of(pattern.substr(open + 1, close - open - 1)))
          longer.push_back(each + value);
      all = std::move(longer);
      at = close + 1;
    }
    return all;
  }
  // Every answer to one reader; with what a search would find.
  std::map<std::string, std::string> answers_to(const std::string& login) {
    AtDesk reader = at_desk(login);
    std::map<std::string, std::string> all;
    for (const http::Route& route : router.routes()) {
      if (route.method != http::Method::get || route.pattern.starts_with("/live/")) continue;
      const bool has_hole = route.pattern.find('{') != std::string_view::npos;
      for (const std::string& plain : addresses_of(route.pattern))
        for (const char* query : {"", "?q=K%C3%ADn3"}) {
          if (has_hole && *query != '\0') continue;
          reader.get(plain + query);
          all[plain + query] = std::to_string(reader.status()) + " " + reader.body();
        }
    }
    return all;
  }
};

// Without what differs with every request, and without hashes, which hide what they are of.
std::string bare(const std::string& body) {
  static const std::regex noise(
      R"re((name="(csrf|once)" value="[^"]*")|("request":"[^"]*")|([0-9A-Za-z+/=_-]{24,}))re");
  return std::regex_replace(body, noise, "#");
}

bool tells(const std::string& body) {
  return body.find("Chủ Hộ Kín") != body.npos || body.find("Ngõ Kín") != body.npos;
}

}  // namespace

TEST_CASE(
    "the official who presses reads no name, no parcel and no question, as nobody in no role") {
  Pressed city;
  city.ask_from({2, 6});
  city.answer_all();
  city.close_after();
  REQUIRE(city.open_it().ok());
  for (const std::string& login : all_logins)
    for (const auto& [address, body] : city.answers_to(login)) {
      CAPTURE(login);
      CAPTURE(address);
      CHECK_FALSE(tells(body));
      CHECK(body.find("thửa Kín") == body.npos);
      CHECK(body.find("Xin xem lại diện tích") == body.npos);
      // A search repeats what was searched for; nothing else names a household.
      for (const Letter& each : city.letters) {
        const std::string& code = each.household.code->text();
        if (address.find(code) == address.npos) CHECK(body.find(code) == body.npos);
      }
    }
}

TEST_CASE("whoever asked, every page answers the same to everybody but to who answers") {
  Pressed one, other;
  one.ask_from({2, 6});
  other.ask_from({3, 9});
  const auto compare = [&](const std::vector<std::string>& logins) {
    for (const std::string& login : logins) {
      const auto left = one.answers_to(login), right = other.answers_to(login);
      REQUIRE(left.size() == right.size());
      for (const auto& [address, body] : left) {
        CAPTURE(login);
        CAPTURE(address);
        // Of the ledger only hashes may differ, and of the city's own figures nothing.
        CHECK(bare(body) == bare(right.at(address)));
      }
    }
  };
  // Nam and Lan handle in the very unit; all others read nothing of a question that waits.
  compare({"", "hoa", "tri", "thu", "thanh", "sup", "adm"});
  // Who answers reads the question and the parcel, and neither name nor address.
  for (const auto& [address, body] : one.answers_to("nam")) CHECK_FALSE(tells(body));
  auto desk = one.at_desk("nam");
  desk.get("/staff/projects/1/questions/" + one.asked[0].code->text());
  CHECK(desk.shows("thửa Kín3"));
  one.answer_all();
  other.answer_all();
  compare({"hoa", "nam", "lan"});
  desk.get("/staff/projects/1/questions/" + one.asked[0].code->text());
  CHECK(desk.status() == 404);
}

TEST_CASE("whether anybody asked is on no page of who presses while a round is open") {
  Pressed some, none;
  some.ask_from({2, 6, 7});
  for (const char* login : {"", "hoa", "thu", "thanh", "sup", "adm"}) {
    const auto left = some.answers_to(login), right = none.answers_to(login);
    for (const auto& [address, body] : right) {
      if (address.find("/projects") == address.npos) continue;
      CAPTURE(login);
      CAPTURE(address);
      CHECK(bare(body) == bare(left.at(address)));
    }
  }
}

TEST_CASE("no column of the schema says who agrees, who signed or who opened their file") {
  const std::string schema = file::read_file("schema/0060_project.sql", 1 << 20).value();
  for (const char* word : {"agree", "consent", "sign", "opened_file", "seen", "visited", "handed",
                           "compl", "progress"}) {
    CAPTURE(word);
    // The first lines explain; everything after them is tables.
    const std::size_t tables = schema.find("CREATE TABLE");
    CHECK(schema.find(word, tables) == std::string::npos);
  }
}

}  // namespace ln::project
