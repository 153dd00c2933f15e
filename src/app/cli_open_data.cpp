// langnghe export: open data as files. langnghe recompute: every public figure counted again from
// them, without a database.
#include <filesystem>
#include <fstream>
#include <iostream>
#include <utility>

#include "app/cli.h"
#include "app/cli_console.h"
#include "app/cli_verify.h"
#include "app/clock.h"
#include "app/commands.h"
#include "app/database.h"
#include "app/open_data.h"
#include "app/open_log.h"
#include "base/log.h"
#include "base/text.h"
#include "core/workdays/workdays_store.h"
#include "engine/merkle/merkle.h"
#include "feature/insight/insight_jobs_recompute.h"
#include "platform/file/digest.h"
#include "platform/file/file.h"

namespace ln::app {

int cli_export(std::span<const std::string_view> words) {
  const Arguments given(words, options_of("export"));
  given.expect_words(0);
  log::set_least(log::Level::error);
  Console console = standard_console();
  const std::string folder = given.needed("data"), out = given.needed("out");
  const db::Options place = place_of(given, now());
  require_city(folder, place);
  db::Database database(place);
  workdays::refresh(database, true);
  if (is_watched()) draw_bar(out, -1);
  const insight::Night night = night_at(database, now());
  const ledger::Hash hash = make_open_night(database, night, out, given.find("before"));
  if (is_watched()) draw_bar(out, 1);
  console.out << console.voice("export.done"_t, {{"folder", out},
                                                 {"day", console.voice.date(night.day)},
                                                 {"hash", to_hex(hash)}})
              << '\n';
  return exit_done;
}

int cli_recompute(std::span<const std::string_view> words) {
  const Arguments given(words, options_of("recompute"));
  given.expect_words(0);
  log::set_least(log::Level::error);
  Console console = standard_console();
  const std::string from = given.needed("from");
  auto manifest = file::read_file(from + "/manifest.json", insight::manifest_size_max);
  if (!manifest) return refuse(console, {ErrorKind::invalid, "recompute.error.manifest"_t});
  const auto path_of = [&](const std::string& name) { return from + "/" + name; };
  const insight::OpenFolder folder{
      .manifest = *std::move(manifest),
      .sha256 = [&](const std::string& name) -> std::optional<std::string> {
        if (!std::filesystem::is_regular_file(path_of(name))) return std::nullopt;
        return file::sha256_of(path_of(name));
      },
      .lines =
          [&](const std::string& name, const std::function<void(std::string_view)>& take) {
            std::ifstream in(path_of(name), std::ios::binary);
            for (std::string line; std::getline(in, line);) take(line);
            return in.eof();
          }};
  insight::Recomputed done = insight::recompute(folder);
  if (const auto log = given.find("log")) {
    const auto read = insight::parse_manifest(folder.manifest);
    if (read)
      for (std::string& fault :
           log_faults(*log, {.night = read->night.day,
                             .manifest = merkle::sha256(as_bytes(folder.manifest)),
                             .surveys = done.survey_hashes}))
        done.faults.push_back(std::move(fault));
  }
  for (const std::string& fault : done.faults) console.out << fault << '\n';
  console.out << console.voice(done.faults.empty() ? "recompute.good"_t : "recompute.bad"_t,
                               {{"figures", console.voice.number(done.figures)},
                                {"rows", console.voice.number(done.rows)},
                                {"faults", console.voice.number(std::ssize(done.faults))}})
              << '\n';
  return done.faults.empty() ? exit_done : exit_refused;
}

}  // namespace ln::app
