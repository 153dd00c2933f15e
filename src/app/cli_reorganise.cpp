// langnghe reorganise: the units change on a day, as a list and a mapping say. With --preview only
// what would happen is told.
#include <algorithm>
#include <iostream>
#include <optional>
#include <string>

#include "app/city.h"
#include "app/cli.h"
#include "app/cli_console.h"
#include "app/clock.h"
#include "app/commands.h"
#include "base/log.h"
#include "core/ledger/ledger_store.h"
#include "core/units/units_actions_reorganise.h"
#include "core/units/units_csv.h"
#include "core/units/units_csv_cells.h"
#include "feature/feedback/feedback_actions_move.h"
#include "feature/feedback/feedback_jobs_move.h"
#include "feature/feedback/feedback_store_move.h"
#include "feature/reception/reception_jobs.h"
#include "platform/file/file.h"
#include "platform/file/folder_lock.h"

namespace ln::app {
namespace {

constexpr std::size_t named_max = 20;  // units and troubles that are told by name

std::string needed_file(const Arguments& given, std::string_view option) {
  const std::string path = given.needed(option);
  auto bytes = file::read_file(path, units::csv_size_max);
  if (!bytes) throw Misuse{{"cli.error.no_file"_t, {{"path", path}}}};
  return *std::move(bytes);
}

void tell(Console& console, const units::Plan& plan, const feedback::MovePreview& moves) {
  const i18n::Voice& voice = console.voice;
  const auto number = [&](auto value) { return voice.number(static_cast<std::int64_t>(value)); };
  console.out << voice("reorganise.units"_t, {{"opening", number(plan.opening.size())},
                                              {"closing", number(plan.closing.size())},
                                              {"staying", number(plan.staying)},
                                              {"carried", number(plan.carried)}})
              << '\n'
              << voice("reorganise.relations"_t,
                       {{"full", number(plan.count(units::Relation::full))},
                        {"partial", number(plan.count(units::Relation::partial))},
                        {"keep", number(plan.count(units::Relation::keep))},
                        {"renamed", number(plan.count(units::Relation::renamed))}})
              << '\n'
              << voice("reorganise.open"_t, {{"splits", number(plan.splits.size())},
                                             {"undetermined", number(plan.undetermined.size())},
                                             {"abolished", number(plan.abolished.size())},
                                             {"unexplained", number(plan.unexplained.size())}})
              << '\n'
              << voice("reorganise.moves"_t, {{"cases", number(moves.cases)},
                                              {"undecided", number(moves.undecided)},
                                              {"roles", number(moves.roles)},
                                              {"desks", number(moves.desks)}})
              << '\n';
  for (std::size_t i = 0; i < std::min(named_max, plan.undetermined.size()); ++i)
    console.out << "  ? " << plan.undetermined[i].code << ' ' << plan.undetermined[i].name << '\n';
  for (std::size_t i = 0; i < std::min(named_max, plan.troubles.size()); ++i) {
    const units::Trouble& each = plan.troubles[i];
    console.out << "  ! " << (each.in_mapping ? "mapping" : "units") << " line " << each.line
                << ", " << each.code << ": " << voice(each.what) << '\n';
  }
}

// Moves what is due, here and now: no server runs on the folder.
void follow(const Arguments& given, units::ReorganisationId event, Console& console) {
  SystemRandom random;
  City city({.folder = given.needed("data"),
             .url = database_url(given.find("db")),
             .schema = given.text("schema", schema_default),
             .origin = origin_of(place_of(given, now())),
             .clock = now},
            random);
  db::Database& database = city.database();
  std::int64_t all = 0, done = 0;
  for (const auto& [unit, count] : database.read(feedback::count_not_closed)) all += count;
  for (std::int64_t turn = 1; turn > 0; done += turn) {
    turn = feedback::follow_reorganisation(database, random, now());
    if (is_watched() && all > 0) draw_bar("", static_cast<double>(done) / static_cast<double>(all));
  }
  reception::follow_units(database, now());
  if (is_watched()) draw_bar("", 1);
  const auto counts =
      database.read([&](db::Read& read) { return feedback::count_moves(read, event); });
  const i18n::Voice& voice = console.voice;
  console.out << voice("reorganise.moved"_t, {{"moved", voice.number(counts.moved)},
                                              {"undetermined", voice.number(counts.undetermined)}})
              << '\n';
}

}  // namespace

int cli_reorganise(std::span<const std::string_view> words) {
  const Arguments given(words, options_of("reorganise"));
  log::set_least(log::Level::error);
  given.expect_words(0);
  Console console = standard_console();
  const i18n::Voice& voice = console.voice;
  const std::string date = given.needed("date");
  const auto day = units::parse_day(date);
  if (!day) throw Misuse{{"cli.error.not_a_day"_t, {{"word", date}}}};
  const std::string list = needed_file(given, "units"), mapping = needed_file(given, "mapping");
  const bool is_preview = given.flag("preview");
  const units::ReorganisationWish wish{
      .day = *day,
      .name = given.text("name", i18n::Voice(i18n::Language::vi)("reorganise.default_name"_t)),
      .source = is_preview ? given.text("source", "") : given.needed("source"),
      .list = list,
      .mapping = mapping};
  std::optional<units::ReorganisationId> event;
  {
    db::Database database(place_of(given, now()));
    const auto plan = database.read([&](db::Read& read) { return units::preview(read, wish); });
    if (!plan.ok()) return refuse(console, plan.error());
    tell(console, plan.value(), database.read([&](db::Read& read) {
      return feedback::preview_moves(read, plan.value());
    }));
    if (is_preview) return plan.value().troubles.empty() ? exit_done : exit_refused;
    const auto announced =
        database.write([&](db::Write& write) { return units::announce(write, wish, now()); });
    if (!announced.ok()) return refuse(console, announced.error());
    event = announced.value().event.id;
  }
  if (*day > local_day(now())) {
    console.out << voice("reorganise.will_follow"_t, {{"day", voice.date(*day)}}) << '\n';
    return exit_done;
  }
  std::optional<file::FolderLock> lock;
  try {
    lock.emplace(given.needed("data"));
  } catch (const file::Failure&) {
    console.out << voice("reorganise.server_follows"_t) << '\n';
    return exit_done;
  }
  follow(given, *event, console);
  return exit_done;
}

}  // namespace ln::app
