#include "core/ledger/ledger_alarm.h"

#include <doctest/doctest.h>

#include <fstream>
#include <sstream>
#include <string>
#include <string_view>

#include "platform/i18n/i18n.h"

namespace ln::ledger {
namespace {

std::string source_of(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

// The literals that stand in a file after `before`, without those that only end a sentence.
std::vector<std::string> literals_after(const std::string& source, std::string_view before) {
  std::vector<std::string> all;
  for (std::size_t at = source.find(before); at != std::string::npos;
       at = source.find(before, at + 1)) {
    const std::size_t open = source.find('"', at), end = source.find('"', open + 1);
    const bool is_call = open != std::string::npos && open < source.find(';', at);
    if (is_call && source[open + 1] != ' ') all.push_back(source.substr(open + 1, end - open - 1));
  }
  return all;
}

}  // namespace

TEST_CASE("whatever the audit of the ledger finds has words in the reader's language") {
  std::size_t count = 0;
  for (const auto& [path, before] :
       {std::pair("src/core/ledger/ledger_verify.cpp", "fault("),
        std::pair("src/core/ledger/ledger_verify.cpp", "Fault{"),
        std::pair("src/core/ledger/ledger_verify_desk.cpp", "push_back({")})
    for (const std::string& what : literals_after(source_of(path), before)) {
      INFO(what);
      ++count;
      CHECK(name_of({1, what}) != TextKey("ledger.fault.changed"_t));
    }
  CHECK(count > 25);
  for (const char* whole :
       {"crown 3 of level 0 has no leaves", "crown 3 of level 0 is not of its leaves",
        "the head of 12 is not signed by this log", "the head of 12 has another root"})
    CHECK(name_of({0, whole}) != TextKey("ledger.fault.changed"_t));
}

TEST_CASE("what rooms find is gone, untold, unread or changed") {
  const i18n::Voice voice(i18n::Language::en);
  const auto said = [&](const char* what) { return voice(name_of({3, what})); };
  CHECK(said("the case of this line is not there any more").find("not there any more") !=
        std::string_view::npos);
  CHECK(said("the words of a file went without a line").find("not there any more") !=
        std::string_view::npos);
  CHECK(said("a comment was never told").find("never told") != std::string_view::npos);
  CHECK(said("could not be read, and no room after it: x").find("could not be read") !=
        std::string_view::npos);
  CHECK(said("the answer is not the one that was given last") ==
        "it is no longer what the ledger was told");
  CHECK(voice(room_name("project")) == "Land projects");
  CHECK(room_name("nowhere") == TextKey("ledger.title"_t));
}

}  // namespace ln::ledger
