#include "app/cli_console.h"

#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>

namespace ln::app {
namespace {

constexpr std::size_t secret_size_max = 1'024;

// Turns the echo of the terminal off for as long as it lives.
class Silence {
 public:
  Silence() {
    is_on_ = tcgetattr(STDIN_FILENO, &before_) == 0;
    if (!is_on_) return;
    termios silent = before_;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
  }
  ~Silence() {
    if (is_on_) tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
  }
  Silence(const Silence&) = delete;
  Silence& operator=(const Silence&) = delete;

 private:
  termios before_{};
  bool is_on_ = false;
};

i18n::Language language_of_environment() {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    // NOLINTNEXTLINE(concurrency-mt-unsafe): no thread has been started yet.
    const char* value = std::getenv(name);
    if (value == nullptr || *value == '\0') continue;
    return std::string_view(value).starts_with("en") ? i18n::Language::en : i18n::Language::vi;
  }
  return i18n::Language::vi;
}

}  // namespace

Console standard_console() {
  return {std::cin, std::cout, std::cerr, isatty(STDIN_FILENO) == 1,
          i18n::Voice(language_of_environment())};
}

int refuse(Console& console, const Error& error) {
  console.err << console.voice(error.text) << '\n';
  for (const FieldError& field : error.fields)
    console.err << "  " << field.field << ": " << console.voice(field.text) << '\n';
  return exit_refused;
}

int show_usage(Console& console, TextKey usage) {
  console.err << console.voice(usage) << '\n';
  return exit_usage;
}

std::optional<std::string> read_secret(Console& console, TextKey prompt) {
  std::optional<Silence> silence;
  if (console.is_terminal) {
    console.err << console.voice(prompt) << ' ' << std::flush;
    silence.emplace();
  }
  std::string line;
  const bool got = static_cast<bool>(std::getline(console.in, line));
  if (console.is_terminal) console.err << '\n';
  if (!got) return std::nullopt;
  if (line.ends_with('\r')) line.pop_back();
  return line.substr(0, secret_size_max);
}

std::optional<Words> Words::parse(std::span<const std::string_view> words,
                                  std::span<const std::string_view> valued,
                                  std::span<const std::string_view> flags) {
  Words out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (!words[i].starts_with("--")) {
      out.plain_.push_back(words[i]);
    } else if (std::ranges::find(flags, words[i]) != flags.end()) {
      out.flags_.push_back(words[i]);
    } else if (std::ranges::find(valued, words[i]) != valued.end() && i + 1 < words.size()) {
      out.options_.emplace_back(words[i], words[i + 1]);
      ++i;
    } else {
      return std::nullopt;
    }
  }
  return out;
}

std::optional<std::string_view> Words::option(std::string_view name) const {
  for (const auto& [key, value] : options_)
    if (key == name) return value;
  return std::nullopt;
}

bool Words::flag(std::string_view name) const {
  return std::ranges::find(flags_, name) != flags_.end();
}

}  // namespace ln::app
