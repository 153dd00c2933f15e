// langnghe backup, restore and doctor.
#include <algorithm>
#include <cstdio>
#include <iostream>

#include "app/backup.h"
#include "app/cli.h"
#include "app/cli_console.h"
#include "app/clock.h"
#include "app/commands.h"
#include "app/doctor.h"
#include "app/mailer.h"
#include "base/log.h"
#include "platform/json/json.h"

namespace ln::app {
namespace {

// Draws the bar of whatever goes on; nothing when nobody looks.
BackupTold bar_of(const Console& console) {
  if (!is_watched()) return {};
  return [voice = console.voice](BackupStage stage, double share) {
    const TextKey text =
        stage == BackupStage::copying ? "backup.cli.copying"_t : "backup.cli.checking"_t;
    draw_bar(voice(text), share);
  };
}

void tell(const Console& console, TextKey text, const Backup& backup) {
  console.out << console.voice(text, {{"path", backup.path},
                                      {"bytes", console.voice.bytes(backup.size)},
                                      {"leaves", console.voice.number(backup.leaves)}})
              << '\n';
}

i18n::Voice voice_of(const Arguments& given, const Console& console) {
  const auto wanted = given.find("lang");
  if (!wanted) return console.voice;
  if (*wanted != "vi" && *wanted != "en")
    throw Misuse{{"cli.error.no_such_value"_t, {{"option", "--lang"}, {"values", "vi, en"}}}};
  return i18n::Voice(*wanted == "en" ? i18n::Language::en : i18n::Language::vi);
}

std::string as_json(const std::vector<Finding>& findings, const i18n::Voice& voice) {
  std::string text;
  json::Writer out(text);
  out.array();
  for (const Finding& each : findings)
    out.object()
        .member("level", to_text(each.level))
        .member("check", each.check)
        .member("sentence", each.said.in(voice))
        .end_object();
  out.end_array();
  return text;
}

}  // namespace

int cli_backup(std::span<const std::string_view> words) {
  const Arguments given(words, options_of("backup"));
  given.expect_words(0);
  const Console console = standard_console();
  log::set_least(log::Level::warning);
  if (const auto path = given.find("check")) {
    tell(console, "backup.cli.sound"_t, check_backup(*path, bar_of(console)));
    return exit_done;
  }
  const Backup made = make_backup({.data = given.needed("data"),
                                   .to = given.needed("to"),
                                   .keep = static_cast<std::size_t>(given.number("keep", 0)),
                                   .now = now(),
                                   .told = bar_of(console),
                                   .url = database_url(given.find("db")),
                                   .schema = given.text("schema", schema_default)});
  tell(console, "backup.cli.made"_t, made);
  return exit_done;
}

int cli_restore(std::span<const std::string_view> words) {
  const Arguments given(words, options_of("restore"));
  given.expect_words(0);
  const Console console = standard_console();
  log::set_least(log::Level::warning);
  const Restored restored = restore({.from = given.needed("from"),
                                     .data = given.needed("data"),
                                     .key = given.find("key"),
                                     .head = given.find("head"),
                                     .second = given.text("second", ""),
                                     .is_last = given.flag("nothing-newer"),
                                     .new_origin = given.find("new-origin"),
                                     .clock = now,
                                     .told = bar_of(console),
                                     .url = database_url(given.find("db")),
                                     .schema = given.text("schema", schema_default)});
  if (const auto* refusal = std::get_if<Said>(&restored)) {
    console.err << refusal->in(console.voice) << '\n';
    return exit_refused;
  }
  const auto& made = std::get<RestoredCity>(restored);
  tell(console, "restore.cli.done"_t, made.backup);
  if (!made.vkey.empty())
    console.out << console.voice("restore.cli.origin"_t,
                                 {{"old", made.old_origin},
                                  {"leaves", console.voice.number(made.backup.leaves)},
                                  {"lost", console.voice.number(made.lost)},
                                  {"origin", given.text("new-origin", "")},
                                  {"key", made.vkey}})
                << '\n';
  return exit_done;
}

int cli_doctor(std::span<const std::string_view> words) {
  const Arguments given(words, options_of("doctor"));
  given.expect_words(0);
  const Console console = standard_console();
  const i18n::Voice voice = voice_of(given, console);
  log::set_least(log::Level::error);
  const auto findings = examine({.data = given.needed("data"),
                                 .second = given.text("second", ""),
                                 .listen = given.text("listen", "127.0.0.1:8080"),
                                 .base_url = given.text("base-url", ""),
                                 .backup_to = given.text("backup-to", ""),
                                 .mail = ways_in(given, "").server.value_or(mail::MailServer{}),
                                 .quick = given.flag("quick"),
                                 .now = now(),
                                 .url = database_url(given.find("db")),
                                 .schema = given.text("schema", schema_default)});
  const int status = status_of(findings);
  if (given.flag("json")) {
    console.out << as_json(findings, voice) << '\n';
    return status;
  }
  for (const Finding& each : findings) {
    const TextKey level = each.level == Finding::Level::fine      ? "doctor.level.fine"_t
                          : each.level == Finding::Level::hint    ? "doctor.level.hint"_t
                          : each.level == Finding::Level::warning ? "doctor.level.warning"_t
                                                                  : "doctor.level.broken"_t;
    console.out << voice(level) << ": " << each.said.in(voice) << '\n';
  }
  console.out << '\n'
              << voice(status == 0   ? "doctor.result.fine"_t
                       : status == 1 ? "doctor.result.broken"_t
                                     : "doctor.result.warning"_t)
              << '\n';
  return status;
}

}  // namespace ln::app
