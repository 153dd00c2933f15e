// langnghe sample hanoi: makes a city to look around in.
#include <chrono>
#include <iostream>

#include "app/cli.h"
#include "app/cli_console.h"
#include "app/clock.h"
#include "app/commands.h"
#include "app/database.h"
#include "app/sample.h"
#include "base/log.h"
#include "feature/feedback/feedback.h"

namespace ln::app {
namespace {

constexpr std::int64_t cases_max = 10'000'000;

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

int cli_sample(std::span<const std::string_view> words) {
  const Arguments given(words, options_of("sample"));
  given.expect_words(1);
  if (given.at(0) != "hanoi") throw Misuse{{"cli.error.extra_word"_t, {{"word", given.at(0)}}}};
  const std::int64_t cases = given.number("cases", sample_cases_default, 0, cases_max);
  log::set_least(log::Level::warning);
  SampleWish wish{.folder = given.needed("data"),
                  .url = database_url(given.find("db")),
                  .schema = given.text("schema", schema_default),
                  .case_count = static_cast<std::size_t>(cases),
                  .seed = static_cast<std::uint64_t>(given.number("seed", 2026)),
                  .now = given.instant("now").value_or(now())};
  if (is_watched())
    wish.progress = [](std::size_t done, std::size_t all) {
      draw_bar("", static_cast<double>(done) / static_cast<double>(all));
    };
  const SampleMade made = make_sample(wish);
  Console console = standard_console();
  tell(console, made, wish.folder);
  return exit_done;
}

}  // namespace ln::app
