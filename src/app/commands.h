// The one list of commands and their options: what the command line reads, what --help says.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "app/arguments.h"
#include "platform/i18n/i18n.h"

namespace ln::app {

struct Command {
  std::string_view name;
  int (*run)(std::span<const std::string_view> words);
  std::string_view usage;  // what follows the name, in the least form that works
  TextKey about;
  std::span<const Option> options;
};

std::span<const Command> commands();
const Command* find_command(std::string_view name);
// Precondition: there is such a command.
std::span<const Option> options_of(std::string_view command);

// "langnghe help", and "langnghe COMMAND --help".
std::string help(const i18n::Voice& voice);
std::string help(const Command& command, const i18n::Voice& voice);

// Runs what the words of the command line name (without the program's own); gives the exit status.
// Says what was misunderstood or failed on standard error.
int run_command(std::span<const std::string_view> words);

}  // namespace ln::app
