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

bool is_watched() { return isatty(STDERR_FILENO) != 0; }

void draw_bar(std::string_view what, double share) {
  constexpr std::size_t width = 40;
  const double known = std::clamp(share, 0.0, 1.0);
  const auto full = static_cast<std::size_t>(known * width);
  std::string bar(full, '#');
  bar.resize(width, '.');
  std::cerr << "\r" << what << (what.empty() ? "[" : " [") << bar << "] ";
  if (share >= 0) std::cerr << static_cast<int>(known * 100) << " %";
  if (share >= 1) std::cerr << "\r\033[K";
  std::cerr << std::flush;
}

}  // namespace ln::app
