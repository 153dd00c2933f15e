#include "feature/reception/reception_store_check.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

#include "base/text.h"
#include "core/ledger/ledger_public_grassroots.h"
#include "feature/reception/reception_store_turn.h"

namespace ln::reception {
namespace {

const char* unfit_day(db::Read& read, std::int64_t line, const ledger::GrassrootsFact& fact) {
  const auto day = find(read, ReceptionId{fact.number});
  if (!day) return "the day of reception of this line is not there any more";
  const auto events = events_of(read, day->id);
  const auto event = std::ranges::find(events, line, &Event::line);
  if (event == events.end() || to_text(event->what) != fact.what)
    return "what happened to the day of reception is not there any more";
  if (std::chrono::floor<std::chrono::seconds>(event->starts_at) != fact.until)
    return "the day of reception is not when it was told to be";
  const std::string words = event->words.empty() ? statement_of(*day) : event->words;
  if (fact.hash != merkle::sha256(as_bytes(words)))
    return "the day of reception is not the one that was told";
  const bool is_last = &*event == &events.back();
  if (is_last && event->starts_at != day->starts_at)
    return "the day of reception was moved without a line";
  return nullptr;
}

struct TurnLine {
  std::int64_t id = 0, turn = 0;
  std::string event{}, payload{}, salt{};

  bool was_told(std::string_view text) const { return ledger::was_told(payload, salt, text); }
};

const char* unfit_turn(db::Read& read, const TurnLine& line) {
  const auto turn = find_turn(read, TurnId{line.turn});
  if (!turn) return "the turn of this line is not there any more";
  if (turn->erased_at) return nullptr;
  const std::int64_t index = line.id - 1;
  if (line.event == "received")
    return line.was_told(statement_of(*turn)) ? nullptr : "the turn is not the one that was booked";
  const auto words = words_of(read, turn->id);
  const auto said = std::ranges::find(words, index, &Words::line);
  if (line.event == "accepted") {
    const auto entries = entries_of(read, turn->id);
    const auto entry = std::ranges::find(entries, index, &Entry::line);
    if (entry == entries.end()) return "an entry of the log is not there any more";
    const bool is_dropped =
        said == words.end() && std::any_of(entry, entries.end(), [&](const Entry& later) {
          return later.number > entry->number && later.sort && is_lawful_only(*later.sort);
        });
    if (is_dropped && entry->sort && !is_lawful_only(*entry->sort)) return nullptr;
    return line.was_told(
               statement_of(*entry, said == words.end() ? std::string_view() : said->body))
               ? nullptr
               : "an entry of the log is not the one that was written";
  }
  if (said == words.end() || !line.was_told(said->body))
    return "what was written about a turn is not what was told";
  return nullptr;
}

}  // namespace

std::vector<ledger::Fault> unfit_texts(db::Read& read) {
  std::vector<ledger::Fault> faults;
  std::vector<std::pair<std::int64_t, std::optional<ledger::GrassrootsFact>>> told;
  read.each(
      "SELECT id, payload FROM ledger_entry WHERE event = 'announced' "
      "AND subject_kind = 'reception' ORDER BY id",
      [&](const db::Row& row) {
        told.emplace_back(row.integer(0), ledger::parse_grassroots(row.view(1)));
      });
  for (const auto& [id, fact] : told)
    if (const char* wrong = fact ? unfit_day(read, id - 1, *fact) : nullptr; wrong != nullptr)
      faults.push_back({id, wrong});
  const auto lines = read.all(
      "SELECT e.id, e.subject_id, e.event, e.payload, s.body_salt FROM ledger_entry e "
      "JOIN ledger_secret s ON s.id = e.id WHERE e.subject_kind = 'reception_turn' "
      "AND e.event IN ('received','accepted','answered','contested','replied') ORDER BY e.id",
      [](const db::Row& row) {
        return TurnLine{.id = row.integer(0),
                        .turn = row.integer(1),
                        .event = row.text(2),
                        .payload = row.text(3),
                        .salt = row.is_null(4) ? std::string() : std::string(row.view(4))};
      });
  for (const TurnLine& line : lines)
    if (const char* wrong = unfit_turn(read, line); wrong != nullptr)
      faults.push_back({line.id, wrong});
  return faults;
}

}  // namespace ln::reception
