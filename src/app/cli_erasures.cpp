// langnghe erasures: which cases were erased, as a list to keep beside the backups; and with
// --replay the same list again on a city that was restored from a backup made before.
#include <algorithm>
#include <iostream>
#include <string>

#include "app/city.h"
#include "app/cli.h"
#include "app/cli_console.h"
#include "app/clock.h"
#include "app/commands.h"
#include "app/erasure.h"
#include "base/log.h"
#include "core/ledger/ledger_store.h"
#include "core/units/units_csv.h"
#include "feature/feedback/feedback_actions_erase.h"
#include "feature/feedback/feedback_actions_held.h"
#include "feature/feedback/feedback_store_erase.h"
#include "platform/file/file.h"
#include "platform/file/folder_lock.h"

namespace ln::app {
namespace {

constexpr std::size_t list_size_max = units::csv_size_max;
constexpr std::string_view columns[] = {"code", "erased_at", "because"};

int list(const db::Options& place, Console& console) {
  db::Database database(place);
  console.out << "code,erased_at,because\n";
  for (const feedback::Erased& each : database.read(feedback::all_erased))
    console.out << each.code.text() << ',' << to_iso(each.at) << ','
                << feedback::to_text(each.because) << '\n';
  return exit_done;
}

// The whole list is understood before the first case is touched.
Result<std::vector<feedback::Code>> codes_in(std::string_view bytes) {
  TRY(const auto rows, units::read_csv(bytes, columns));
  std::vector<feedback::Code> codes;
  for (const units::CsvRow& row : rows) {
    const auto code = feedback::Code::parse(row.cells[0]);
    if (!code || !feedback::from_word(feedback::all_erased_because, row.cells[2]))
      return units::csv_error(row.line, "units.error.csv_word"_t);
    codes.push_back(*code);
  }
  return codes;
}

int replay(const Arguments& given, const std::string& path, Console& console) {
  const auto bytes = file::read_file(path, list_size_max);
  if (!bytes) throw Misuse{{"cli.error.no_file"_t, {{"path", path}}}};
  const auto codes = codes_in(*bytes);
  if (!codes.ok()) return refuse(console, codes.error());
  const std::string folder = given.needed("data");
  const file::FolderLock lock(folder);  // Not beside a running server.
  SystemRandom random;
  City city({.folder = folder,
             .url = database_url(given.find("db")),
             .schema = given.text("schema", schema_default),
             .origin = origin_of(place_of(given, now())),
             .clock = now},
            random);
  std::int64_t again = 0, before = 0, unknown = 0;
  for (const feedback::Code& code : codes.value()) {
    const ledger::Salts salts = ledger::draw(random);
    const auto done = city.database().write([&](db::Write& write) -> Result<Done> {
      if (!feedback::find(write, code)) {
        TRY([[maybe_unused]] const feedback::Held held,
            feedback::erase_held_again(write, code, salts, now()));
        return Done{};
      }
      TRY([[maybe_unused]] const feedback::Feedback erased,
          feedback::erase_again(write, code, salts, now()));
      return Done{};
    });
    if (done.ok())
      ++again;
    else if (done.error().kind == ErrorKind::conflict)
      ++before;
    else if (done.error().kind == ErrorKind::not_found)
      ++unknown;  // It came after the backup, so the backup does not have it.
    else
      return refuse(console, done.error());
  }
  finish_erasures(city.database(), now());
  const i18n::Voice& voice = console.voice;
  console.out << voice("cli.erasures.replayed"_t, {{"again", voice.number(again)},
                                                   {"before", voice.number(before)},
                                                   {"unknown", voice.number(unknown)}})
              << '\n';
  return exit_done;
}

}  // namespace

int cli_erasures(std::span<const std::string_view> words) {
  const Arguments given(words, options_of("erasures"));
  log::set_least(log::Level::error);
  given.expect_words(0);
  Console console = standard_console();
  if (const auto path = given.find("replay")) return replay(given, *path, console);
  given.needed("data");
  return list(place_of(given, now()), console);
}

}  // namespace ln::app
