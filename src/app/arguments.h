// The words of the command line: "--name value" or "--name=value", flags, and the rest in their
// order. Each command lists its options once; reading, --help and the nearest known one for a
// misspelt option come from that list.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/said.h"
#include "base/time.h"

namespace ln::app {

// What is wrong with the command line; main says it and exits with 2.
struct Misuse {
  Said said;
};

struct Option {
  std::string_view name;   // without its dashes
  std::string_view value;  // what stands for it in the help: "DIR"; empty: a flag
  TextKey meaning;
};

class Arguments {
 public:
  // Throws Misuse for an option that is not in `known`, lacks its value, or is a flag with one.
  Arguments(std::span<const std::string_view> words, std::span<const Option> known);

  std::size_t count() const { return words_.size(); }
  // The words that are no options.
  const std::string& at(std::size_t index) const { return words_.at(index); }
  const std::vector<std::string>& words() const { return words_; }
  std::optional<std::string> find(std::string_view name) const;  // The last, when given twice.
  // Every value of an option that may be given several times, in their order.
  std::vector<std::string> all(std::string_view name) const;
  bool flag(std::string_view name) const { return options_.contains(name); }
  std::string text(std::string_view name, std::string_view otherwise) const;
  std::string needed(std::string_view name) const;  // Throws Misuse when absent.
  // Throws Misuse when it is no whole number from `least` to `most`.
  std::int64_t number(std::string_view name,
                      std::int64_t otherwise,
                      std::int64_t least = 0,
                      std::int64_t most = INT64_MAX) const;
  // Whether it is `yes` rather than `no`; throws Misuse when it is neither.
  bool either(std::string_view name,
              std::string_view yes,
              std::string_view no,
              bool otherwise) const;
  // "2026-11-23T02:00:00Z"
  std::optional<Instant> instant(std::string_view name) const;
  // Throws Misuse when there are more or fewer words than `count`.
  void expect_words(std::size_t count) const;

 private:
  std::vector<std::string> words_;
  std::map<std::string, std::string, std::less<>> options_;
  std::vector<std::pair<std::string, std::string>> given_;  // all of them, as they came
};

// Of `known`, the one that differs from `word` by the fewest letters; empty when none is near.
std::string_view nearest(std::string_view word, std::span<const std::string_view> known);

}  // namespace ln::app
