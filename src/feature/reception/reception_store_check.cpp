#include "feature/reception/reception_store_check.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/text.h"
#include "core/ledger/ledger_late.h"
#include "core/ledger/ledger_public_grassroots.h"
#include "feature/reception/reception_store_follow.h"
#include "feature/reception/reception_store_turn.h"

namespace ln::reception {
namespace {

const char* unfit_follow(db::Read& read,
                         ReceptionId id,
                         std::int64_t line,
                         const ledger::GrassrootsFact& fact) {
  const auto all = follows_of(read, id);
  const auto follow = std::ranges::find(all, line, &Follow::line);
  if (follow == all.end()) return "where the day of reception went is not there any more";
  if (fact.hash != merkle::sha256(as_bytes(statement_of(*follow))) ||
      std::chrono::floor<std::chrono::seconds>(follow->starts_at) != fact.until)
    return "the day of reception did not go where it was told to go";
  return nullptr;
}

const char* unfit_day(db::Read& read, std::int64_t line, const ledger::GrassrootsFact& fact) {
  const auto day = find(read, ReceptionId{fact.number});
  if (!day) return "the day of reception of this line is not there any more";
  if (fact.what == followed_word) return unfit_follow(read, day->id, line, fact);
  const auto events = events_of(read, day->id);
  const auto event = std::ranges::find(events, line, &Event::line);
  if (event == events.end() || to_text(event->what) != fact.what)
    return "what happened to the day of reception is not there any more";
  if (std::chrono::floor<std::chrono::seconds>(event->starts_at) != fact.until)
    return "the day of reception is not when it was told to be";
  const std::string words = event->words.empty() ? statement_of(*day) : event->words;
  if (fact.hash != merkle::sha256(as_bytes(words)))
    return "the day of reception is not the one that was told";
  return nullptr;
}

using ToldDays = std::vector<std::pair<std::int64_t, std::optional<ledger::GrassrootsFact>>>;

// Who keeps the day follows from what was told of where it went.
const char* unfit_keeper(db::Read& read, const Reception& day, const ToldDays& told) {
  units::UnitId keeper = day.unit, unit = day.unit;
  const auto follows = follows_of(read, day.id);
  if (!follows.empty()) keeper = unit = follows.front().from;
  for (const Follow& each : follows) {
    const auto line =
        std::ranges::find(told, each.line + 1, [](const auto& fact) { return fact.first; });
    if (line == told.end() || !line->second || line->second->number != day.id.value ||
        line->second->what != followed_word)
      return "a day of reception went to another unit without a line";
    keeper = each.to;
    if (each.is_ahead) unit = each.to;
  }
  if (day.keeper != keeper || day.unit != unit)
    return "the day of reception is not kept by whom it was told to be";
  return nullptr;
}

// From the row: what it says of itself follows from what was told of it.
const char* unfit_row(db::Read& read, ReceptionId id, const ToldDays& told) {
  const auto day = find(read, id);
  const auto events = events_of(read, id);
  if (events.empty()) return "a day of reception was never told";
  std::int64_t moved = 0;
  for (const Event& each : events) {
    const auto line =
        std::ranges::find(told, each.line + 1, [](const auto& fact) { return fact.first; });
    if (line == told.end() || !line->second || line->second->number != id.value ||
        line->second->what != to_text(each.what))
      return "what happened to a day of reception was not told";
    moved += each.what == Happening::moved ? 1 : 0;
  }
  const Happening last = events.back().what;
  const State state = last == Happening::held        ? State::held
                      : last == Happening::cancelled ? State::cancelled
                                                     : State::announced;
  if (day->state != state || day->moved_count != moved)
    return "the day of reception is not what was told of it";
  if (events.back().starts_at != day->starts_at)
    return "the day of reception was moved without a line";
  return unfit_keeper(read, *day, told);
}

struct TurnLine {
  std::int64_t id = 0, turn = 0;
  std::string event{}, payload{}, salt{};

  std::optional<Instant> moment(std::string_view name) const {
    const std::string key = "\"" + std::string(name) + "\":\"";
    const std::size_t begin = payload.find(key);
    if (begin == std::string::npos) return std::nullopt;
    const std::size_t from = begin + key.size();
    return ledger::instant_of(payload.substr(from, payload.find('"', from) - from));
  }
  bool was_told(std::string_view text) const { return ledger::was_told(payload, salt, text); }
};

// What the lines of a turn say that it is.
struct Debt {
  std::int64_t last = 0;  // line
  std::optional<Instant> due{};
  std::int64_t results = 0;
  bool is_late = false, is_erased = false;

  void take(const TurnLine& line) {
    last = line.id;
    if (line.event == "answered") {
      const auto at = line.moment("t");
      is_late = is_late || (due && at && *at > *due);
      ++results;
      due.reset();
    } else if (line.event == "erased") {
      is_erased = true;
      due.reset();
    } else if (line.event == "accepted" || line.event == "replied") {
      due = line.moment("due");
    }
  }
};

const char* unfit_debt(db::Read& read, std::int64_t id, const Debt& debt) {
  const auto turn = find_turn(read, TurnId{id});
  if (!turn) return "the turn of this line is not there any more";
  if (turn->erased_at.has_value() != debt.is_erased)
    return "the words of a turn went without a line, or stayed in spite of one";
  const auto due = turn->due_at
                       ? std::optional(std::chrono::floor<std::chrono::seconds>(*turn->due_at))
                       : std::nullopt;
  const auto told =
      debt.due ? std::optional(std::chrono::floor<std::chrono::seconds>(*debt.due)) : std::nullopt;
  if (due != told || turn->results != debt.results || turn->is_late != debt.is_late)
    return "what is owed of a turn is not what was told";
  return nullptr;
}

const char* unfit_turn(db::Read& read, const TurnLine& line) {
  const auto turn = find_turn(read, TurnId{line.turn});
  if (!turn) return "the turn of this line is not there any more";
  if (turn->erased_at) return nullptr;
  if (line.event == "erased") return nullptr;
  const std::int64_t index = line.id - 1;
  const auto entries = entries_of(read, turn->id);
  // All that was written before a complaint or denunciation was recognised is gone, by rule.
  const bool is_dropped = std::ranges::any_of(entries, [&](const Entry& each) {
    return each.line > index && each.sort && is_lawful_only(*each.sort);
  });
  if (line.event == "received") {
    if (is_dropped && turn->about.empty() && turn->name.empty()) return nullptr;
    return line.was_told(statement_of(*turn)) ? nullptr : "the turn is not the one that was booked";
  }
  const auto words = words_of(read, turn->id);
  const auto said = std::ranges::find(words, index, &Words::line);
  const bool is_gone = said == words.end();
  if (line.event == "accepted") {
    const auto entry = std::ranges::find(entries, index, &Entry::line);
    if (entry == entries.end()) return "an entry of the log is not there any more";
    if (is_gone && is_dropped && entry->sort && !is_lawful_only(*entry->sort)) return nullptr;
    return line.was_told(statement_of(*entry, is_gone ? std::string_view() : said->body))
               ? nullptr
               : "an entry of the log is not the one that was written";
  }
  if (is_gone && is_dropped) return nullptr;
  if (is_gone || !line.was_told(said->body))
    return "what was written about a turn is not what was told";
  return nullptr;
}

std::vector<TurnLine> lines_of_turns(db::Read& read) {
  return read.all(
      "SELECT e.id, e.subject_id, e.event, e.payload, s.body_salt FROM ledger_entry e "
      "LEFT JOIN ledger_secret s ON s.id = e.id WHERE e.subject_kind = 'reception_turn' "
      "AND e.event IN ('received','accepted','answered','contested','replied','erased') "
      "ORDER BY e.id",
      [](const db::Row& row) {
        return TurnLine{.id = row.integer(0),
                        .turn = row.integer(1),
                        .event = row.text(2),
                        .payload = row.text(3),
                        .salt = row.is_null(4) ? std::string() : std::string(row.view(4))};
      });
}

}  // namespace

std::vector<ledger::Fault> unfit_texts(db::Read& read) {
  std::vector<ledger::Fault> faults;
  ToldDays told;
  read.each(
      "SELECT id, payload FROM ledger_entry WHERE event = 'announced' "
      "AND subject_kind = 'reception' ORDER BY id",
      [&](const db::Row& row) {
        told.emplace_back(row.integer(0), ledger::parse_grassroots(row.view(1)));
      });
  for (const auto& [id, fact] : told)
    if (const char* wrong = fact ? unfit_day(read, id - 1, *fact) : nullptr; wrong != nullptr)
      faults.push_back({id, wrong});
  const auto ids = read.all("SELECT id FROM reception ORDER BY id",
                            [](const db::Row& row) { return row.id<ReceptionId>(0); });
  for (const ReceptionId id : ids)
    if (const char* wrong = unfit_row(read, id, told); wrong != nullptr)
      faults.push_back(
          {events_of(read, id).empty() ? 0 : events_of(read, id).back().line + 1, wrong});
  std::map<std::int64_t, Debt> debts;
  for (const TurnLine& line : lines_of_turns(read)) {
    debts[line.turn].take(line);
    if (const char* wrong = unfit_turn(read, line); wrong != nullptr)
      faults.push_back({line.id, wrong});
  }
  for (const auto& [turn, debt] : debts)
    if (const char* wrong = unfit_debt(read, turn, debt); wrong != nullptr)
      faults.push_back({debt.last, wrong});
  return faults;
}

}  // namespace ln::reception
