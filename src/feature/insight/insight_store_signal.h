// Rows of signals, their disputes and their rules; and what a month's signals are looked for in.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "feature/feedback/feedback.h"
#include "feature/insight/insight_signal.h"
#include "platform/db/db.h"

namespace ln::insight {

// What each unit answered and how it was rated in a month; units that did neither are not there.
// Reads all of it with the letters: for a job.
std::vector<UnitMonth> read_unit_months(db::Read& read, const Period& month);

SignalRules signal_rules(db::Read& read);
void save_rule(
    db::Write& write, Formality kind, const SignalRule& rule, std::int64_t account, Instant now);

bool is_month_counted(db::Read& read, Day month);
// The first day of the newest month that was counted; null before the first.
std::optional<Day> last_counted(db::Read& read);
// Keeps what was found, once a month: false, and nothing written, when it was counted before.
bool keep_signals(db::Write& write,
                  const Period& month,
                  std::span<const UnitMonth> units,
                  const std::vector<FoundSignal>& found,
                  Instant now);

std::optional<KeptSignal> find_signal(db::Read& read, SignalId id);
// Of the unit at `path` and below it, the newest month first; at most `limit`.
std::vector<KeptSignal> signals_within(db::Read& read, std::string_view path, std::int64_t limit);

// The cases behind one that may still be looked at, by their number.
struct SignalCase {
  std::string code{};
  feedback::State state{};
  Instant received{};
  std::optional<Instant> answered{};
  bool is_published = false;
};
std::vector<SignalCase> cases_of(db::Read& read, SignalId id, std::int64_t limit);

// The surveys of its unit that ended in its month: what stands behind a signal of surveys.
struct SignalSurvey {
  std::int64_t id = 0;
  std::string title_vi{}, title_en{};
  Day opens{}, closes{};
};
std::vector<SignalSurvey> surveys_of(db::Read& read, const KeptSignal& signal);

std::optional<Dispute> find_dispute(db::Read& read, SignalId id);
void insert(db::Write& write, const Dispute& dispute);
// False when there is none that is undecided.
bool decide(db::Write& write, const Dispute& decided);
// How many units were looked at; null when the month was not counted.
std::optional<std::int64_t> counted_units(db::Read& read, Day month);

}  // namespace ln::insight
