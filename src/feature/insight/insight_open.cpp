#include "feature/insight/insight_open.h"

#include <algorithm>
#include <cstdio>
#include <set>

#include "base/check.h"

namespace ln::insight {
namespace {

bool may_tell(const std::vector<Waiting>& all) {
  std::set<std::int64_t> letters, hidden;
  for (const Waiting& each : all) {
    const std::int64_t letter = each.letter == 0 ? each.id : each.letter;
    letters.insert(letter);
    if (!each.is_public) hidden.insert(letter);
  }
  return std::ssize(letters) >= class_floor &&
         (hidden.empty() || std::ssize(hidden) >= class_floor);
}

void move_into(std::vector<Waiting>& to, std::vector<Waiting>&& from) {
  to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
  from.clear();
}

OpenClass class_of(const std::vector<Waiting>& all, Day from, Day sunday) {
  OpenClass made{.from = from, .to = sunday};
  for (const Waiting& each : all) made.members.push_back(each.id);
  std::ranges::sort(made.members);
  return made;
}

// Precondition: all of them together may be told.
std::vector<OpenClass> split(std::vector<Waiting> all, Day sunday) {
  const Day from = monday_of(std::ranges::min(all, {}, &Waiting::received).received);
  std::map<std::pair<std::int64_t, std::string>, std::vector<Waiting>> groups;
  for (Waiting& each : all) groups[{each.topic, each.sender}].push_back(std::move(each));
  std::vector<Waiting> rest;
  for (auto group = groups.begin(); group != groups.end();) {
    if (may_tell(group->second)) {
      ++group;
      continue;
    }
    move_into(rest, std::move(group->second));
    group = groups.erase(group);
  }
  // What is left must not be a small rest itself: the smallest group hides with it.
  while (!rest.empty() && !may_tell(rest)) {
    const auto smallest =
        std::ranges::min_element(groups, {}, [](const auto& group) { return group.second.size(); });
    CHECK(smallest != groups.end());
    move_into(rest, std::move(smallest->second));
    groups.erase(smallest);
  }
  std::vector<OpenClass> classes;
  for (const auto& [key, group] : groups) {
    classes.push_back(class_of(group, from, sunday));
    classes.back().topic = key.first;
    classes.back().sender = key.second;
  }
  if (!rest.empty()) classes.push_back(class_of(rest, from, sunday));
  return classes;
}

std::string decimal(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.6f", value);
  return text;
}

std::string tenths(std::int64_t count) {
  return std::to_string(count / 10) + "." + std::to_string(count % 10);
}

std::int64_t sum_of_scores(const stats::Ratings& ratings) {
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < ratings.counts.size(); ++i)
    sum += static_cast<std::int64_t>(i + 1) * ratings.counts[i];
  return sum;
}

void fill_values(FigureBook::Line& line, const Definition& figure, const Counts& counts) {
  if (figure.kind == FigureKind::count) {
    line.value = std::to_string(line.share.part);
  } else if (figure.kind == FigureKind::share) {
    const stats::Interval interval = stats::wilson(line.share);
    line.value = tenths(stats::tenths_of_percent(line.share));
    line.low = decimal(interval.low);
    line.high = decimal(interval.high);
  } else {
    const stats::Mean mean = stats::mean_of(counts.ratings);
    line.value = decimal(mean.mean);
    line.low = decimal(mean.interval.low);
    line.high = decimal(mean.interval.high);
  }
}

void add_case(Counts& counts, std::int64_t outcome, std::int64_t count) {
  const auto add = [&](Outcome bit, std::int64_t& to) {
    if ((outcome & bit_of(bit)) != 0) to += count;
  };
  counts.received += count;
  add(Outcome::answered, counts.answered);
  add(Outcome::on_time, counts.on_time);
  add(Outcome::overdue, counts.overdue_open);
  add(Outcome::open, counts.open);
  add(Outcome::declined, counts.declined);
  add(Outcome::reopened, counts.reopened);
  add(Outcome::solved, counts.solved);
}

void add_rating(Counts& counts, std::int64_t outcome, std::int64_t count) {
  const RatingOutcome of = rating_outcome_of(outcome);
  if (of.score < 1 || of.score > 5) return;
  counts.ratings.counts[static_cast<std::size_t>(of.score - 1)] += count;
  const auto add = [&](Said said, stats::Share& share) {
    if (said == Said::nothing) return;
    share.whole += count;
    if (said == Said::yes) share.part += count;
  };
  add(of.again, counts.again);
  add(of.believed, counts.believed);
}

}  // namespace

std::string_view to_text(Outcome outcome) {
  switch (outcome) {
    case Outcome::answered: return "answered";
    case Outcome::on_time: return "on_time";
    case Outcome::overdue: return "overdue";
    case Outcome::open: return "open";
    case Outcome::declined: return "declined";
    case Outcome::reopened: return "reopened";
    case Outcome::solved: return "solved";
  }
  return "";
}

std::int64_t to_number(const RatingOutcome& outcome) {
  return outcome.score + (std::int64_t{static_cast<std::uint8_t>(outcome.again)} << 3) +
         (std::int64_t{static_cast<std::uint8_t>(outcome.believed)} << 5);
}

RatingOutcome rating_outcome_of(std::int64_t number) {
  const auto said = [](std::int64_t bits) {
    return bits == 2 ? Said::yes : bits == 1 ? Said::no : Said::nothing;
  };
  return {.score = number & 7, .again = said(number >> 3 & 3), .believed = said(number >> 5 & 3)};
}

std::string_view to_text(FigureKind kind) {
  switch (kind) {
    case FigureKind::count: return "count";
    case FigureKind::share: return "share";
    case FigureKind::mean: return "mean";
  }
  return "";
}

std::vector<OpenClass> ripe(std::vector<Waiting>& waiting, Day sunday) {
  if (may_tell(waiting)) return split(std::exchange(waiting, {}), sunday);
  const auto hidden =
      std::ranges::stable_partition(waiting, [](const Waiting& each) { return each.is_public; });
  std::vector<Waiting> open(std::make_move_iterator(waiting.begin()),
                            std::make_move_iterator(hidden.begin()));
  waiting.erase(waiting.begin(), hidden.begin());
  if (may_tell(open)) return split(std::move(open), sunday);
  move_into(waiting, std::move(open));
  return {};
}

Day monday_of(Day day) {
  const std::chrono::weekday weekday(day);
  return day - (weekday - std::chrono::Monday);
}

Day last_sunday_before(Day day) { return monday_of(day) - std::chrono::days(1); }

std::vector<std::string> periods_of(Day to, Day sunday) {
  const std::chrono::year_month_day date(to);
  const std::string month = to_iso(to).substr(0, 7), year = month.substr(0, 4);
  const unsigned quarter = (static_cast<unsigned>(date.month()) - 1) / 3 + 1;
  std::vector<std::string> periods = {month, year + "-Q" + std::to_string(quarter), year};
  for (const int days : {30, 90, 365})
    if (to > sunday - std::chrono::days(days)) periods.push_back("last" + std::to_string(days));
  return periods;
}

const std::vector<Definition>& definitions() {
  using enum FigureKind;
  static const std::vector<Definition> all = {
      {"received", count, "rows", "rows", "insight.open.title.received"_t,
       "insight.open.figure.received"_t},
      {"on_time", share, "on_time", "answered + overdue", "insight.open.title.on_time"_t,
       "insight.open.figure.on_time"_t},
      {"late", share, "overdue + answered - on_time", "rows", "insight.open.title.late"_t,
       "insight.open.figure.late"_t},
      {"overdue", count, "overdue", "rows", "insight.open.title.overdue"_t,
       "insight.open.figure.overdue"_t},
      {"open", count, "open", "rows", "insight.open.title.open"_t, "insight.open.figure.open"_t},
      {"declined", share, "declined", "rows", "insight.open.title.declined"_t,
       "insight.open.figure.declined"_t},
      {"reopened", share, "reopened", "rows", "insight.open.title.reopened"_t,
       "insight.open.figure.reopened"_t},
      {"solved", share, "solved", "rows", "insight.open.title.solved"_t,
       "insight.open.figure.solved"_t},
      {"answered", share, "answered", "rows", "insight.open.title.answered"_t,
       "insight.open.figure.answered"_t},
      {"rating", mean, "score", "rows", "insight.open.title.rating"_t,
       "insight.open.figure.rating"_t, true},
      {"rated", count, "rows", "rows", "insight.open.title.rated"_t, "insight.open.figure.rated"_t,
       true},
      {"satisfied", share, "score = 4 or 5", "rows", "insight.open.title.satisfied"_t,
       "insight.open.figure.satisfied"_t, true},
      {"acceptable", share, "score = 3", "rows", "insight.open.title.acceptable"_t,
       "insight.open.figure.acceptable"_t, true},
      {"report_again", share, "again = yes", "again = yes or no",
       "insight.open.title.report_again"_t, "insight.open.figure.report_again"_t, true},
      {"believed", share, "believed = yes", "believed = yes or no", "insight.open.title.believed"_t,
       "insight.open.figure.believed"_t, true},
  };
  return all;
}

const Definition* find_definition(std::string_view name) {
  const auto found = std::ranges::find(definitions(), name, &Definition::name);
  return found == definitions().end() ? nullptr : &*found;
}

stats::Share share_of(const Definition& definition, const Counts& counts) {
  if (definition.name == "on_time") return counts.on_time_share();
  if (definition.name == "late")
    return {counts.overdue_open + counts.answered - counts.on_time, counts.received};
  if (definition.name == "overdue") return {counts.overdue_open, counts.received};
  if (definition.name == "open") return {counts.open, counts.received};
  if (definition.name == "declined") return {counts.declined, counts.received};
  if (definition.name == "reopened") return {counts.reopened, counts.received};
  if (definition.name == "solved") return {counts.solved, counts.received};
  if (definition.name == "answered") return {counts.answered, counts.received};
  const std::int64_t rated = counts.ratings.count();
  if (definition.name == "rated") return {rated, rated};
  if (definition.name == "satisfied") return satisfied_of(counts.ratings);
  if (definition.name == "acceptable") return {counts.ratings.counts[2], rated};
  if (definition.name == "report_again") return counts.again;
  if (definition.name == "believed") return counts.believed;
  if (definition.name == "rating") return {sum_of_scores(counts.ratings), counts.ratings.count()};
  return {counts.received, counts.received};
}

void add_told(Counts& counts, What what, std::int64_t outcome, std::int64_t count) {
  if (what == What::cases)
    add_case(counts, outcome, count);
  else
    add_rating(counts, outcome, count);
}

void FigureBook::add(What what,
                     const Place& unit,
                     Day to,
                     const std::string& sender,
                     std::int64_t outcome,
                     std::int64_t count) {
  for (const std::string& period : periods_of(to, sunday_)) {
    add_told(counts_[{{}, {}, period}], what, outcome, count);
    if (!sender.empty()) add_told(counts_[{{}, sender, period}], what, outcome, count);
    add_told(counts_[{unit, {}, period}], what, outcome, count);
  }
}

void FigureBook::each(const std::function<void(const Line&)>& take) const {
  for (const auto& [key, counts] : counts_)
    for (const Definition& figure : definitions()) {
      if (figure.is_of_ratings && !key.sender.empty()) continue;  // Ratings are not told by sender.
      Line line{.figure = figure.name,
                .place = key.place,
                .sender = key.sender,
                .period = key.period,
                .share = share_of(figure, counts),
                .value = {},
                .low = {},
                .high = {},
                .is_withheld = false};
      line.is_withheld = line.share.whole < class_floor;
      if (!line.is_withheld) fill_values(line, figure, counts);
      take(line);
    }
}

}  // namespace ln::insight
