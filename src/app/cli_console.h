// What the commands of the command line share: words, questions and answers.
#pragma once

#include <iosfwd>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "platform/i18n/i18n.h"

namespace ln::app {

// Exit statuses of every command.
inline constexpr int exit_done = 0, exit_refused = 1, exit_usage = 2;

struct Console {
  std::istream& in;
  std::ostream& out;  // what the command yields
  std::ostream& err;  // what it says to the person
  bool is_terminal;   // `in` is a person at a keyboard: ask, twice for new secrets, without echo
  i18n::Voice voice;
};

// Standard input, output and error, in the language of LC_ALL, LC_MESSAGES or LANG (Vietnamese
// unless one of them is English).
Console standard_console();

// Says why not, with the fields that are wrong, and gives exit_refused.
int refuse(Console& console, const Error& error);
// Says how the command is called, and gives exit_usage.
int show_usage(Console& console, TextKey usage);

// One line that nobody sees on the screen; null at the end of input. At most 1,024 bytes count.
std::optional<std::string> read_secret(Console& console, TextKey prompt);

// The words after the command's name: "--name value", "--flag", and the others in their order.
class Words {
 public:
  // `valued` and `flags` name the options there are, with their dashes.
  static std::optional<Words> parse(std::span<const std::string_view> words,
                                    std::span<const std::string_view> valued,
                                    std::span<const std::string_view> flags);
  std::size_t count() const { return plain_.size(); }
  std::string_view at(std::size_t index) const { return plain_.at(index); }
  std::optional<std::string_view> option(std::string_view name) const;
  bool flag(std::string_view name) const;

 private:
  std::vector<std::string_view> plain_, flags_;
  std::vector<std::pair<std::string_view, std::string_view>> options_;
};

}  // namespace ln::app
