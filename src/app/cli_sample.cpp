// langnghe sample hanoi: makes a city to look around in. langnghe sample attack: plays the corrupt
// clerk on copies of one.
#include <chrono>
#include <iostream>

#include "app/attack.h"
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

void tell(Console& console, const Attack& attack, std::size_t number, std::size_t count) {
  const i18n::Voice& voice = console.voice;
  console.out << '\n'
              << voice("attack.head"_t, {{"number", std::to_string(number)},
                                         {"count", std::to_string(count)},
                                         {"title", std::string(voice(attack.title))}})
              << '\n';
  for (const Said& step : attack.done) console.out << "  - " << step.in(voice) << '\n';
  if (!attack.carried_out) console.out << "  ! " << voice("attack.not_carried_out"_t) << '\n';
  for (const Onlooker& onlooker : attack.onlookers)
    console.out << (onlooker.noticed ? "  ✓ " : "  ✗ ") << voice(onlooker.by) << ": "
                << (onlooker.noticed ? onlooker.sees.in(voice)
                                     : std::string(voice("attack.sees.nothing"_t)))
                << '\n';
}

int attack_sample(const Arguments& given) {
  if (given.find("db")) throw Misuse{{"attack.error.file_only"_t}};
  log::set_least(log::Level::error);
  Console console = standard_console();
  const i18n::Voice& voice = console.voice;
  console.out << voice("attack.lead"_t) << '\n' << std::flush;  // The sample takes a moment.
  const Attacked all =
      play_attacks({.data = given.text("data", ""),
                    .only = given.text("only", ""),
                    .now = given.instant("now").value_or(now()),
                    .seed = static_cast<std::uint64_t>(given.number("seed", 2026))});
  for (const Said& step : all.before) console.out << "  - " << step.in(voice) << '\n';
  for (std::size_t i = 0; i < all.attacks.size(); ++i)
    tell(console, all.attacks[i], i + 1, all.attacks.size());
  const int status = status_of(all.attacks);
  console.out << '\n'
              << voice(status == exit_done ? "attack.all_exposed"_t : "attack.unnoticed"_t) << '\n';
  if (status == exit_done) console.out << voice("attack.cannot"_t) << '\n';
  return status;
}

}  // namespace

int cli_sample(std::span<const std::string_view> words) {
  const Arguments given(words, options_of("sample"));
  given.expect_words(1);
  if (given.at(0) == "attack") return attack_sample(given);
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
