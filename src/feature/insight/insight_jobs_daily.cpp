#include "feature/insight/insight_jobs_daily.h"

#include <algorithm>
#include <utility>

#include "core/ledger/ledger_late.h"
#include "core/ledger/ledger_part.h"
#include "core/ledger/ledger_public_actions.h"
#include "core/ledger/ledger_store.h"
#include "feature/insight/insight_jobs_monthly.h"

namespace ln::insight {
namespace {

using ledger::Event;

constexpr std::size_t faults_max = 100;
constexpr std::int64_t rows_at_once = 10'000;

Group group_of(const db::Row& row) {
  if (row.is_null(5) || !row.is_null(7)) return Group::left_out;
  return row.view(5) == "conduct" || row.integer(6) != 0 ? Group::apart : Group::counted;
}

std::string text_or(std::string_view payload, std::string_view name) {
  return std::string(ledger::text_in(payload, name).value_or(""));
}

std::optional<Instant> time_in(std::string_view payload, std::string_view name) {
  const auto text = ledger::text_in(payload, name);
  return text ? ledger::instant_of(*text) : std::nullopt;
}

std::optional<Day> first_day(db::Read& read) {
  const auto payload = read.one("SELECT payload FROM ledger_entry ORDER BY id LIMIT 1",
                                [](const db::Row& row) { return row.text(0); });
  const auto at = payload ? time_in(*payload, "t") : std::nullopt;
  if (!at) return std::nullopt;
  return local_day(*at);
}

std::string shown(const ledger::CountRow& row) {
  return row.unit + " " + std::string(ledger::figure_words[row.figure]) + " since " +
         to_iso(row.from) + ": " + std::to_string(row.count);
}

// The first thing in which two days differ.
std::string difference(const ledger::DailyFact& said, const ledger::DailyFact& counted) {
  for (const ledger::CountRow& row : said.counts)
    if (std::ranges::find(counted.counts, row) == counted.counts.end())
      return "it says " + shown(row) + ", and the entries do not";
  for (const ledger::CountRow& row : counted.counts)
    if (std::ranges::find(said.counts, row) == said.counts.end())
      return "the entries give " + shown(row) + ", and it does not say so";
  if (said.erased != counted.erased) return "it gives other erasures than the entries";
  return "it is not what the entries give";
}

}  // namespace

void DailyReader::fault(std::int64_t id, std::string what) {
  if (faults_.size() < faults_max) faults_.push_back({id, std::move(what)});
}

void DailyReader::read_on(db::Read& read) {
  if (!count_) {
    const auto first = first_day(read);
    if (!first) return;
    count_.emplace(*first);
  }
  const std::int64_t last = ledger::last_entry_id(read);
  for (std::int64_t from = read_to_; from < last;) {
    std::int64_t reached = last;
    std::int64_t rows = 0;
    read.each(
        "SELECT e.id, e.event, e.subject_kind, e.subject_id, e.payload, f.about, f.is_protected, "
        "f.entered_by, e.seq FROM ledger_entry e "
        "LEFT JOIN feedback f ON f.id = e.subject_id AND e.subject_kind = 'feedback' "
        "WHERE e.id > $1 AND e.id <= $2 AND e.event <> 'rated' AND e.event <> 'published' "
        "AND e.event <> 'redacted' AND e.event <> 'rekeyed' AND e.event <> 'opened_identity' "
        "ORDER BY e.id LIMIT $3",
        [&](const db::Row& row) {
          take(row);
          if (++rows == rows_at_once) reached = row.integer(0);
        },
        from, last, rows_at_once);
    from = reached;
    check_trees(read);
  }
  read_to_ = std::max(read_to_, last);
}

void DailyReader::take(const db::Row& row) {
  const auto event = ledger::event_of(row.view(1));
  if (!event) return;
  const std::string_view payload = row.view(4);
  if (*event == Event::announced) {
    const auto kind = ledger::text_in(payload, "k");
    if (kind == ledger::fact_words[0]) compare(row.integer(0), row.text(4));
    if (kind == ledger::fact_words[ledger::monthly_kind])
      compare_month(row.integer(0), row.text(4));
    return;
  }
  if (row.view(2) != "feedback") return;
  const auto at = time_in(payload, "t");
  if (!at) return;
  Happened happened{.id = row.integer(0),
                    .event = *event,
                    .subject = row.integer(3),
                    .seq = row.integer(8),
                    .group = group_of(row),
                    .at = *at,
                    .unit = text_or(payload, "unit")};
  if (*event == Event::received) {
    happened.due = time_in(payload, "due");
    happened.is_part = ledger::begins_part(payload);
  }
  if (*event == Event::erased) happened.reason = text_or(payload, "reason");
  if (*event == Event::closed) happened.is_signed = ledger::text_in(payload, "sig").has_value();
  count_->take(std::move(happened));
}

void DailyReader::compare(std::int64_t id, const std::string& payload) {
  const auto fact = ledger::parse_fact(payload);
  const auto* said = fact ? std::get_if<ledger::DailyFact>(&*fact) : nullptr;
  if (said == nullptr) return;  // The audit of the ledger says so.
  const std::string name = "the figures of " + to_iso(said->day) + ": ";
  if (said->part == 1) {
    if (!expected_.empty()) fault(id, "a part of the day before is missing");
    if (said->day != count_->next())
      fault(id, name + "those of " + to_iso(count_->next()) + " should stand here");
    if (said->day < count_->next()) return;
    // Every line before the last fact must have been counted.
    if (said->lines < last_fact_id_ || said->lines >= id)
      fault(id, name + "they do not count the lines before them");
    auto closed = count_->close(said->day, std::clamp(said->lines, last_fact_id_, id));
    expected_.clear();
    for (const ledger::DailyFact& part :
         ledger::parts_of(ledger::DailyFact{.day = said->day,
                                            .at = said->at,
                                            .lines = said->lines,
                                            .counts = closed.counts,
                                            .erased = closed.erased}))
      expected_.push_back(ledger::text_of(part));
    close(said->day, std::move(closed));
  }
  last_fact_id_ = id;
  if (expected_.empty()) return fault(id, name + "a part that should not be there");
  const auto counted = ledger::parse_fact(expected_.front());
  if (payload != expected_.front())
    fault(id, name + difference(*said, std::get<ledger::DailyFact>(*counted)));
  expected_.pop_front();
}

// A stretch belongs to the month in which it ended: so each is in one month, whole.
void DailyReader::close(Day day, DailyCount::Closed closed) {
  const auto month = ledger::month_of(day);
  if (months_.empty() || months_.back().month != month) months_.push_back({month});
  for (std::size_t i = 0; i < closed.counts.size(); ++i) {
    auto& cases = months_.back().cases[{closed.counts[i].unit, closed.counts[i].figure}];
    if (cases.empty())
      cases = std::move(closed.cases[i]);
    else
      cases.insert(cases.end(), closed.cases[i].begin(), closed.cases[i].end());
  }
}

const OpenMonth* DailyReader::due_month() const {
  const bool is_due = !months_.empty() && expected_.empty() &&
                      months_.front().month < ledger::month_of(count_->next());
  return is_due ? &months_.front() : nullptr;
}

void DailyReader::compare_month(std::int64_t id, const std::string& payload) {
  const auto fact = ledger::parse_fact(payload);
  const auto* said = fact ? std::get_if<ledger::MonthlyFact>(&*fact) : nullptr;
  if (said == nullptr) return;  // The audit of the ledger says so.
  const std::string name = "the sums of " + ledger::to_text(said->month) + ": ";
  last_month_id_ = id;
  if (said->part == 1) {
    if (told_.part < told_.parts) fault(id, "a part of the month before is missing");
    told_ = {.month = said->month, .parts = said->parts};
  }
  if (said->part != ++told_.part || said->parts != told_.parts || said->month != told_.month) {
    told_.part = told_.parts = 0;
    return fault(id, name + "a part that should not be there");
  }
  for (const ledger::SumRow& row : said->sums) told_.rows.emplace_back(id, row);
  if (told_.part < told_.parts) return;
  const OpenMonth* due = due_month();
  if (due == nullptr || due->month != said->month)
    return fault(id, name + (due == nullptr ? "this month should not stand here"
                                            : "those of " + ledger::to_text(due->month) +
                                                  " should stand here"));
  told_.counted = std::move(months_.front());
  months_.pop_front();
  auto row = told_.rows.begin();
  for (const auto& [place, cases] : told_.counted.cases) {
    const bool is_so = row != told_.rows.end() && row->second.unit == place.first &&
                       row->second.figure == place.second && row->second.count == std::ssize(cases);
    if (!is_so)
      return fault(id, name + place.first + " " + std::string(ledger::figure_words[place.second]) +
                           ": the stretches give " + std::to_string(cases.size()) +
                           ", and it does not say so");
    ++row;
  }
  if (row != told_.rows.end()) return fault(id, name + "it has a sum of no stretch");
  if (checks_trees_) unchecked_.push_back(std::exchange(told_, {}));
}

// Only between two lots of rows: the trees are read by the same connection.
void DailyReader::check_trees(db::Read& read) {
  for (const Told& told : unchecked_) {
    auto row = told.rows.begin();
    for (const KnownTree& known : known_trees(read, told.counted)) {
      const auto stored = ledger::labels_of(read, row->first, known.unit, known.figure);
      const std::string what = fault_of(known, stored, row->second);
      if (!what.empty())
        fault(row->first, "the sums of " + ledger::to_text(told.month) + ": " + known.unit + " " +
                              std::string(ledger::figure_words[known.figure]) + ": " + what);
      ++row;
    }
  }
  unchecked_.clear();
}

std::optional<Instant> DailyReader::due_at() const {
  if (!count_) return std::nullopt;
  return at_local(count_->next() + std::chrono::days(1)) + daily_wait;
}

std::vector<ledger::DailyFact> DailyReader::due(Instant now) const {
  const auto at = due_at();
  if (!at || now < *at) return {};
  DailyCount count = *count_;
  const Day day = count.next();
  const auto closed = count.close(day, read_to_);
  return ledger::parts_of(ledger::DailyFact{
      .day = day, .at = now, .lines = read_to_, .counts = closed.counts, .erased = closed.erased});
}

std::vector<ledger::Fault> check_days(db::Read& read) {
  if (!ledger::last_fact(read, 0)) return {};  // Nothing was told yet.
  DailyReader reader(true);
  reader.read_on(read);
  return reader.faults();
}

}  // namespace ln::insight
