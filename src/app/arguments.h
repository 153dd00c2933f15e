// The words of the command line: "--name value" options and the rest.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"

namespace ln::app {

// What is wrong with the command line; main prints it and exits with 2.
struct Misuse {
  std::string sentence;
};

class Arguments {
 public:
  // Throws Misuse for an option that is not in `known` or lacks its value.
  Arguments(std::span<char*> words, const std::set<std::string_view>& known);

  const std::vector<std::string>& words() const { return words_; }
  std::optional<std::string> find(std::string_view name) const;
  std::string text(std::string_view name, std::string_view otherwise) const;
  std::string needed(std::string_view name) const;  // Throws Misuse when absent.
  std::int64_t number(std::string_view name, std::int64_t otherwise) const;
  // "2026-11-23T02:00:00Z"
  std::optional<Instant> instant(std::string_view name) const;

 private:
  std::vector<std::string> words_;
  std::map<std::string, std::string, std::less<>> options_;
};

}  // namespace ln::app
