// langnghe sample hanoi: makes a city to look around in.
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <iostream>

#include "app/arguments.h"
#include "app/cli.h"
#include "app/cli_console.h"
#include "app/clock.h"
#include "app/sample.h"
#include "base/log.h"
#include "feature/feedback/feedback.h"

namespace ln::app {
namespace {

constexpr std::int64_t cases_max = 10'000'000;

// One line on the terminal, drawn again and again; nothing when nobody looks.
void draw_bar(std::size_t done, std::size_t all) {
  constexpr std::size_t width = 40;
  const std::size_t full = done * width / all;
  std::string bar(full, '#');
  bar.resize(width, '.');
  std::fprintf(stderr, "\r[%s] %3zu %%", bar.c_str(), done * 100 / all);
  if (done == all) std::fputs("\r\033[K", stderr);
  std::fflush(stderr);
}

void tell(Console& console, const SampleMade& made, const std::string& folder) {
  const i18n::Voice& voice = console.voice;
  const auto number = [&](std::size_t value) {
    return voice.number(static_cast<std::int64_t>(value));
  };
  console.out << voice("sample.made"_t, {{"cases", number(made.cases)},
                                         {"acts", number(made.acts)},
                                         {"published", number(made.published)},
                                         {"communes", number(made.communes)},
                                         {"accounts", number(made.accounts)},
                                         {"folder", folder}})
              << '\n';
  for (const auto state : feedback::all_states)
    if (const auto found = made.by_state.find(std::string(feedback::to_text(state)));
        found != made.by_state.end())
      console.out << "  " << voice(feedback::key_of(state)) << ": " << number(found->second)
                  << '\n';
  console.out << voice("sample.next"_t, {{"folder", folder}}) << '\n';
}

}  // namespace

int cli_sample(std::span<char*> words) {
  const Arguments given(words, {"data", "cases", "seed", "now"});
  if (given.words() != std::vector<std::string>{"hanoi"})
    throw Misuse{"sample hanoi --data DIR [--cases N] [--seed S] [--now 2026-11-23T02:00:00Z]"};
  const std::int64_t cases = given.number("cases", sample_cases_default);
  if (cases < 0 || cases > cases_max) throw Misuse{"--cases is a number up to ten million"};
  log::set_least(log::Level::warning);
  SampleWish wish{.folder = given.needed("data"),
                  .case_count = static_cast<std::size_t>(cases),
                  .seed = static_cast<std::uint64_t>(given.number("seed", 2026)),
                  .now = given.instant("now").value_or(now())};
  if (isatty(STDERR_FILENO) != 0) wish.progress = draw_bar;
  const SampleMade made = make_sample(wish);
  Console console = standard_console();
  tell(console, made, wish.folder);
  return exit_done;
}

}  // namespace ln::app
