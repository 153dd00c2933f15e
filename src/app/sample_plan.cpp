#include "app/sample_plan.h"

#include <algorithm>
#include <numeric>
#include <stdexcept>
#include <utility>

#include "app/sample_fates.h"

namespace ln::app {
namespace {

using std::chrono::days;
using std::chrono::hours;

// How much is written about what, in a hundred.
constexpr std::pair<std::string_view, std::uint64_t> by_about[] = {
    {"procedure", 36}, {"place", 44}, {"conduct", 11}, {"policy", 9}};
// What people must find in every sample that is large enough to search.
constexpr std::string_view always_there[] = {"giấy khai sinh", "đèn đường"};
constexpr std::size_t always_cases = 3;   // of each
constexpr std::size_t always_from = 200;  // cases
constexpr std::size_t chains_from = 40;   // smaller samples have no recurring matters
constexpr std::size_t cases_per_chain = 120;
constexpr std::size_t chain_lengths[] = {7, 3, 2, 4, 2, 3, 2, 5};
constexpr std::size_t erased_each = 41;  // one case in so many
constexpr hours erased_after{50};

bool has_words(const SampleReport& report, std::string_view words) {
  return (report.title + " " + report.body).find(words) != std::string::npos;
}

template <class T>
void shuffle(std::vector<T>& all, Random& random) {
  for (std::size_t i = all.size(); i > 1; --i) std::swap(all[i - 1], all[random.below(i)]);
}

class Planner {
 public:
  Planner(const SampleOutline& outline, Random& random)
      : outline_(outline),
        random_(random),
        time_(outline.now, random),
        reports_(SampleTexts::built_in().reports()) {
    for (std::size_t i = 0; i < outline.places.size(); ++i) uncovered_.push_back(i);
    shuffle(uncovered_, random);
    used_.resize(reports_.size());
    if (outline.count >= always_from)
      for (const std::string_view words : always_there)
        wanted_words_.insert(wanted_words_.end(), always_cases, words);
    // Some texts suit wards only, so the rural communes are taken first where any will do.
    std::ranges::stable_partition(
        uncovered_, [&](std::size_t i) { return outline.places[i].unit.type == "Xã"; });
    for (const SamplePlace& place : outline.places) weight_ += place.weight;
  }

  std::vector<SampleCase> plan();

 private:
  std::vector<const FateRow*> deck(std::size_t count);
  void add_chain(std::size_t length);
  const SampleReport& draw_report(Fate fate);
  SampleCase draw_case(Fate fate);
  const SampleReport& draw_where(Fate fate, auto fits);
  const SampleReport& draw_among(std::span<const std::size_t> among);
  std::size_t draw_place(const SampleReport& report);
  SampleCase case_about(const SampleReport& report);
  void add(SampleCase subject, const FateRow& row, Instant sent_at);
  const feedback::Topic& topic_of(const SampleReport& report) const;

  const SampleOutline& outline_;
  Random& random_;
  SampleTime time_;
  std::span<const SampleReport> reports_;
  std::vector<std::size_t> uncovered_;  // communes nobody has written about yet
  std::size_t written_ = 0;             // how many cases named a commune
  std::uint64_t weight_ = 0;
  std::vector<SampleCase> cases_;
  std::array<std::vector<std::size_t>, fate_count> suitable_;  // indexes of reports by fate
  std::vector<std::size_t> used_;                              // how often a report was sent
  std::vector<std::string_view> wanted_words_;
  std::array<bool, fate_count> shown_{};  // fates of which there is an example to open
};

// As many of each fate as its share, and at least one; what is left over is solved.
std::vector<const FateRow*> Planner::deck(std::size_t count) {
  std::vector<const FateRow*> all;
  const auto& rows = all_fates();
  for (const FateRow& row : rows) {
    const std::size_t wanted = std::max<std::size_t>(1, count * row.share / 1'000);
    for (std::size_t i = 0; i < wanted && all.size() < count; ++i) all.push_back(&row);
  }
  while (all.size() < count) all.push_back(rows.data());
  return all;
}

const SampleReport& Planner::draw_among(std::span<const std::size_t> among) {
  if (among.empty()) throw std::logic_error("data/sample/feedback.csv has no text for a fate");
  std::uint64_t roll = random_.below(100);
  std::string_view about;
  for (const auto& [word, share] : by_about) {
    about = word;
    if (roll < share) break;
    roll -= share;
  }
  std::vector<std::size_t> wanted;
  for (const std::size_t each : among)
    if (reports_[each].about == about) wanted.push_back(each);
  if (wanted.empty()) wanted.assign(among.begin(), among.end());
  // No text twice while there is one that nobody has sent yet.
  const auto use = [&](std::size_t each) { return used_[each]; };
  const std::size_t least = use(*std::ranges::min_element(wanted, {}, use));
  std::erase_if(wanted, [&](std::size_t each) { return used_[each] > least; });
  const std::size_t index = wanted[random_.below(wanted.size())];
  ++used_[index];
  return reports_[index];
}

const SampleReport& Planner::draw_report(Fate fate) {
  std::vector<std::size_t>& known = suitable_[static_cast<std::size_t>(fate)];
  if (known.empty())
    for (std::size_t i = 0; i < reports_.size(); ++i)
      if (suits(reports_[i], fate)) known.push_back(i);
  return draw_among(known);
}

// Every second one goes to a commune nobody wrote about yet, as long as there is one; the others by
// weight.
std::size_t Planner::draw_place(const SampleReport& report) {
  const auto fits = [&](std::size_t index) {
    const std::string& type = outline_.places[index].unit.type;
    return report.unit == "phuong" ? type == "Phường" : report.unit != "xa" || type == "Xã";
  };
  const bool counts = report.about != "conduct" && !report.unit.empty();
  if (counts && written_++ % 2 == 0) {
    const auto found = std::ranges::find_if(uncovered_, fits);
    if (found != uncovered_.end()) {
      const std::size_t index = *found;
      uncovered_.erase(found);
      return index;
    }
  }
  for (;;) {
    std::uint64_t roll = random_.below(weight_);
    std::size_t index = 0;
    while (roll >= outline_.places[index].weight) roll -= outline_.places[index++].weight;
    if (fits(index)) return index;
  }
}

const feedback::Topic& Planner::topic_of(const SampleReport& report) const {
  const auto found = std::ranges::find(outline_.topics, report.topic, &feedback::Topic::code);
  if (found == outline_.topics.end())
    throw std::logic_error("data/sample/feedback.csv has the unknown topic " + report.topic);
  return *found;
}

SampleCase Planner::case_about(const SampleReport& report) {
  SampleCase subject{.report = &report, .place = draw_place(report)};
  const bool is_conduct = report.about == "conduct", is_praise = report.kind == "praise";
  subject.is_protected = random_.below(100) < (is_conduct && !is_praise ? 85U : 2U);
  const bool may_be_public =
      report.fate.empty() || report.fate == "redirect" || report.fate == "not_competent";
  subject.is_public = random_.below(100) < 70 && !subject.is_protected && may_be_public;
  subject.has_contact = random_.below(100) < 50;
  return subject;
}

void Planner::add(SampleCase subject, const FateRow& row, Instant sent_at) {
  const SamplePlace& place = outline_.places[subject.place];
  live_through(subject,
               {.row = row,
                .topic = topic_of(*subject.report),
                .place = place,
                .time = time_,
                .random = random_},
               sent_at);
  cases_.push_back(std::move(subject));
}

const SampleReport& Planner::draw_where(Fate fate, auto fits) {
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < reports_.size(); ++i)
    if (suits(reports_[i], fate) && reports_[i].language == "vi" && fits(reports_[i]))
      found.push_back(i);
  return draw_among(found);
}

// Most are drawn; a few are there in every sample, to be searched for and opened.
SampleCase Planner::draw_case(Fate fate) {
  const auto open = [](SampleCase subject) {
    subject.is_kept_clean = subject.is_public = true;
    subject.is_protected = false;
    return subject;
  };
  if (fate == Fate::solved && !wanted_words_.empty()) {
    const std::string_view words = wanted_words_.back();
    wanted_words_.pop_back();
    return open(case_about(
        draw_where(fate, [&](const SampleReport& report) { return has_words(report, words); })));
  }
  const bool is_first = !std::exchange(shown_[static_cast<std::size_t>(fate)], true);
  if (is_first && (fate == Fate::waiting || fate == Fate::asked_now))
    return open(case_about(draw_where(fate, [](const SampleReport& report) {
      return report.about == "place" || report.about == "procedure";
    })));
  if (is_first && fate == Fate::in_work) {
    SampleCase subject = case_about(
        draw_where(fate, [](const SampleReport& report) { return report.about == "conduct"; }));
    subject.is_protected = subject.has_contact = true;
    subject.is_public = false;
    return subject;
  }
  return case_about(draw_report(fate));
}

// The same matter in the same place again and again, the last time still open.
void Planner::add_chain(std::size_t length) {
  std::vector<std::size_t> recurring;
  for (std::size_t i = 0; i < reports_.size(); ++i)
    for (const std::string_view topic : {"street-light", "rubbish", "flood", "noise", "order"})
      if (reports_[i].topic == topic && reports_[i].kind == "report" && reports_[i].fate.empty() &&
          reports_[i].language == "vi")
        recurring.push_back(i);
  SampleCase first = case_about(reports_[recurring[random_.below(recurring.size())]]);
  first.is_protected = false;
  first.is_public = true;
  const auto& rows = all_fates();
  const auto row_of = [&](Fate fate) -> const FateRow& {
    return *std::ranges::find(rows, fate, &FateRow::fate);
  };
  const auto gap = days(112) / static_cast<int>(std::max<std::size_t>(length, 4));
  for (std::size_t i = 0; i < length; ++i) {
    SampleCase next = first;
    next.recurrence = static_cast<int>(i) + 1;
    if (i > 0) next.recurs_of = cases_.size() - 1;
    const auto age = days(4) + gap * static_cast<int>(length - 1 - i);
    const Instant sent_at = time_.sent(age, age + days(2));
    add(std::move(next), row_of(i + 1 == length ? Fate::in_work : Fate::solved), sent_at);
  }
}

std::vector<SampleCase> Planner::plan() {
  std::size_t left = outline_.count;
  for (std::size_t i = 0; left >= chains_from && i <= outline_.count / cases_per_chain; ++i) {
    const std::size_t length = chain_lengths[i % std::size(chain_lengths)];
    add_chain(length);
    left -= length;
  }
  for (const FateRow* row : deck(left)) {
    SampleCase subject = draw_case(row->fate);
    const Instant sent_at = time_.sent(row->least, row->most);
    add(std::move(subject), *row, sent_at);
  }
  return std::move(cases_);
}

// Cases in the order in which they were sent; what points at another follows it.
std::vector<SampleCase> in_order(std::vector<SampleCase> cases) {
  std::vector<std::size_t> order(cases.size()), place(cases.size());
  std::iota(order.begin(), order.end(), 0);
  std::ranges::stable_sort(order, {}, [&](std::size_t i) { return cases[i].steps[0].at; });
  for (std::size_t i = 0; i < order.size(); ++i) place[order[i]] = i;
  std::vector<SampleCase> sorted;
  sorted.reserve(cases.size());
  for (const std::size_t i : order) {
    sorted.push_back(std::move(cases[i]));
    if (sorted.back().recurs_of) sorted.back().recurs_of = place[*sorted.back().recurs_of];
  }
  return sorted;
}

}  // namespace

std::vector<SamplePlace> sample_places(std::vector<units::Unit> communes, Random& random) {
  std::vector<SamplePlace> places;
  for (units::Unit& unit : communes) {
    // A few communes get much, most get little, and wards more than the countryside.
    const bool is_ward = unit.type == "Phường";
    const bool is_busy = random.below(100) < (is_ward ? 10U : 3U);
    const std::uint64_t weight =
        is_busy ? 120 + random.below(100) : 3 + random.below(is_ward ? 20 : 10);
    places.push_back({std::move(unit), weight, 4 + random.below(10) * random.below(6),
                      3 + random.below(8) * random.below(6)});
  }
  return places;
}

std::vector<SampleCase> plan_sample(const SampleOutline& outline, Random& random) {
  auto cases = in_order(Planner(outline, random).plan());
  // A few are erased some days after the last thing that happened to them. Nothing is drawn for
  // that, so that all others stay as they were.
  for (std::size_t i = erased_each - 1; i < cases.size(); i += erased_each) {
    const Instant at = cases[i].steps.back().at + erased_after;
    if (at < outline.now - days(1)) cases[i].steps.push_back({SampleAct::erase, at});
  }
  return cases;
}

}  // namespace ln::app
