// What the commands of the command line share: questions, answers and the bar of long work.
#pragma once

#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>

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

// Whether a person watches what goes to standard error: then long work draws a bar.
bool is_watched();
// One line on the terminal, drawn again and again, and wiped when `share` reaches 1; below 0 the
// share is not known.
void draw_bar(std::string_view what, double share);

}  // namespace ln::app
