#include "engine/text/text_differences.h"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <chrono>

#include "base/random.h"

using namespace ln;
using namespace ln::text;

namespace {

// "[-removed-]{+added+}", as diff tools print it.
std::string shown(std::string_view before, std::string_view after) {
  std::string out;
  for (const Difference& each : differences(before, after)) {
    if (each.change == Change::same) out += each.text;
    if (each.change == Change::removed) out += "[-" + each.text + "-]";
    if (each.change == Change::added) out += "{+" + each.text + "+}";
  }
  return out;
}

std::string joined(const std::vector<Difference>& runs, Change without) {
  std::string out;
  for (const Difference& each : runs)
    if (each.change != without) out += each.text;
  return out;
}

bool is_well_formed(const std::vector<Difference>& runs) {
  for (std::size_t i = 0; i < runs.size(); ++i) {
    if (runs[i].text.empty()) return false;
    if (i > 0 && runs[i].change == runs[i - 1].change) return false;
    if (i > 0 && runs[i].change == Change::removed && runs[i - 1].change == Change::added)
      return false;
  }
  return true;
}

// The least number of letters removed and added, by the textbook's table (Wagner and Fischer, 1974,
// without replacement), for texts of one letter a word.
std::size_t least_changes(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t above = row[j];
      row[j] = a[i - 1] == b[j - 1] ? diagonal : 1 + std::min(above, row[j - 1]);
      diagonal = above;
    }
  }
  return row[b.size()];
}

std::string random_text(std::uint64_t seed, int words, int kinds) {
  static constexpr std::string_view all[] = {"ủy",    " ",     "\n", ", ",    "ban", ".",
                                             " nhân", " dân",  "12", "  ",    "đ",   "\xFF",
                                             ";",     " Điều", "\t", "phường"};
  SeededRandom random(seed);
  std::string out;
  for (int i = 0; i < words; ++i) out += all[random.below(static_cast<std::uint64_t>(kinds))];
  return out;
}

}  // namespace

TEST_CASE("what changed in a clause is told word by word") {
  CHECK(shown("Công dân được hỗ trợ 10 ngày.", "Công dân được hỗ trợ 15 ngày làm việc.") ==
        "Công dân được hỗ trợ[- 10-]{+ 15+} ngày{+ làm việc+}.");
  CHECK(shown("Ủy ban nhân dân", "Chủ tịch Ủy ban nhân dân") == "{+Chủ tịch +}Ủy ban nhân dân");
  CHECK(shown("Ủy ban nhân dân xã", "Ủy ban nhân dân") == "Ủy ban nhân dân[- xã-]");
  CHECK(shown("a) Hộ nghèo;", "a) Hộ nghèo, hộ cận nghèo;") == "a) Hộ nghèo{+, hộ cận nghèo+};");
  CHECK(shown("", "mới") == "{+mới+}");
  CHECK(shown("cũ", "") == "[-cũ-]");
  CHECK(shown("", "").empty());
  CHECK(shown("như cũ", "như cũ") == "như cũ");
}

TEST_CASE("spaces are kept byte for byte, and a word stays though the spaces before it changed") {
  CHECK(shown("Điều 1.  Phạm vi", "Điều 1. Phạm vi") == "Điều 1.[-  -]{+ +}Phạm vi");
  CHECK(shown("hết ", "hết") == "hết[- -]");
}

TEST_CASE("a comma alone between changed words changes with them") {
  CHECK(shown("nước, điện", "đường, trường") == "[-nước, điện-]{+đường, trường+}");
  CHECK(shown("có nước, điện", "có đường, điện") == "có[- nước-]{+ đường+}, điện");
}

TEST_CASE("same and removed give the text before, same and added the text after") {
  CHECK(rc::check("any two texts", [](const std::string& a, const std::string& b) {
    const auto runs = differences(a, b);
    RC_ASSERT(joined(runs, Change::added) == a && joined(runs, Change::removed) == b);
    RC_ASSERT(is_well_formed(runs));
  }));
  CHECK(rc::check("texts that have much in common, with any budget", [](std::uint64_t seed) {
    const int kinds = 2 + static_cast<int>(seed % 15);
    const std::string a = random_text(seed, static_cast<int>(seed % 60), kinds);
    const std::string b = random_text(seed + 1, static_cast<int>(seed / 60 % 60), kinds);
    const auto runs = differences(a, b, seed % 500);
    RC_ASSERT(joined(runs, Change::added) == a && joined(runs, Change::removed) == b);
    RC_ASSERT(is_well_formed(runs));
  }));
}

TEST_CASE("no fewer words could have been removed and added") {
  CHECK(rc::check("against the table of all ways", [](std::uint64_t seed) {
    SeededRandom random(seed);
    std::string a, b, a_words, b_words;
    for (auto n = random.below(30); n > 0; --n) a += static_cast<char>('a' + random.below(4));
    for (auto n = random.below(30); n > 0; --n) b += static_cast<char>('a' + random.below(4));
    for (const char each : a) a_words += std::string(" ") + each;
    for (const char each : b) b_words += std::string(" ") + each;
    std::size_t changes = 0;
    for (const Difference& each : differences(a_words, b_words))
      if (each.change != Change::same) changes += each.text.size() / 2;
    RC_ASSERT(changes == least_changes(a, b));
  }));
}

TEST_CASE("two long texts without a word in common end within the bound, and so do shuffled ones") {
  std::string a, b, shuffled;
  std::vector<std::string> words;
  for (int i = 0; i < 30'000; ++i) {
    a += " a" + std::to_string(i);
    b += " b" + std::to_string(i);
    words.push_back(" a" + std::to_string(i));
  }
  SeededRandom random(7);
  for (std::size_t i = words.size(); i > 1; --i) std::swap(words[i - 1], words[random.below(i)]);
  for (const std::string& word : words) shuffled += word;
  const auto apart = differences(a, b, 100'000);
  REQUIRE(apart.size() == 2);
  CHECK(apart[0] == Difference{Change::removed, a});
  const auto mixed = differences(a, shuffled, 100'000);
  CHECK(joined(mixed, Change::added) == a);
  CHECK(joined(mixed, Change::removed) == shuffled);
  // The longest common order of a random one is about 2·√n words; those are found all the same.
  const auto kept = std::count_if(mixed.begin(), mixed.end(),
                                  [](const auto& each) { return each.change == Change::same; });
  CHECK(kept > 250);
}

TEST_CASE("beyond the budget, what stands once in both still stays") {
  std::string a, b;
  for (int i = 0; i < 2'000; ++i) {
    a += " Điều" + std::to_string(i) + (i % 2 == 0 ? " cũ" : " khác");
    b += " Điều" + std::to_string(i) + (i % 3 == 0 ? " mới" : " khác");
  }
  const auto runs = differences(a, b, 1'000);
  CHECK(joined(runs, Change::added) == a);
  std::size_t changed = 0;
  for (const Difference& each : runs)
    if (each.change != Change::same) changed += each.text.size();
  CHECK(changed < 20'000);
  CHECK(likeness(a, b) > 0.6);
}

TEST_CASE("likeness is the share of words that stayed") {
  CHECK(likeness("", "") == 1);
  CHECK(likeness("một hai ba bốn", "một hai ba bốn") == 1);
  CHECK(likeness("một hai ba bốn", "một hai ba năm") == 0.75);
  CHECK(likeness("một", "hai") == 0);
}
