#include "feature/insight/insight_signal_again.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "base/text.h"
#include "engine/campaigns/campaigns.h"
#include "engine/text/text.h"

namespace ln::insight {
namespace {

struct NamedReport {
  std::int64_t of = 0;  // the case that it names
  const std::string* words = nullptr;
  Instant at{};
};

// Words so short are said by many who know nothing of each other: "Vẫn chưa làm". Of these only
// what comes within a day of the same words counts as their copy. Rules of ours.
constexpr std::size_t own_words_chars = 40;
constexpr std::chrono::hours copied_within{24};

class NamedReports : public campaigns::Texts {
 public:
  explicit NamedReports(const std::vector<NamedReport>& all) : all_(all) {}
  std::string text_at(std::uint64_t place) const override {
    return *all_[static_cast<std::size_t>(place)].words;
  }

 private:
  const std::vector<NamedReport>& all_;
};

bool is_short(const NamedReport& report) { return count_chars(*report.words) < own_words_chars; }

// The cases that short reports name; the same words once in a day.
std::set<std::int64_t> named_shortly(std::vector<NamedReport> all) {
  std::ranges::stable_sort(all, {}, &NamedReport::at);
  std::set<std::int64_t> cases;
  std::map<std::string, Instant> last;
  for (const NamedReport& each : all) {
    const auto [at, is_first] = last.try_emplace(text::fold(*each.words), each.at);
    if (is_first || each.at - at->second >= copied_within) cases.insert(each.of);
    at->second = each.at;
  }
  return cases;
}

// The cases that reports name, each text and its copies taken for one.
std::set<std::int64_t> named_by(std::vector<NamedReport> all) {
  const auto rest = std::ranges::stable_partition(all, is_short);
  std::set<std::int64_t> cases = named_shortly({all.begin(), rest.begin()});
  all.erase(all.begin(), rest.begin());
  if (all.empty()) return cases;
  campaigns::Finder finder(0);
  std::vector<campaigns::Comment> comments;
  for (std::size_t i = 0; i < all.size(); ++i)
    comments.push_back({.id = std::to_string(i), .text = *all[i].words, .place = i});
  finder.take(comments);
  const campaigns::Found found = finder.find(NamedReports(all));
  std::set<std::uint32_t> texts, groups;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const std::uint32_t text = found.text_of[i];
    const auto group = found.texts[text].group;
    const bool is_new =
        group == campaigns::no_group ? texts.insert(text).second : groups.insert(group).second;
    if (is_new) cases.insert(all[i].of);
  }
  return cases;
}

}  // namespace

CameBack came_back(std::span<const SettledCase> settled,
                   const Period& month,
                   const SignalRule& rule) {
  const std::chrono::days length(rule.threshold);
  const Instant from = at_local(month.first) - length;
  CameBack back;
  std::vector<NamedReport> reports;
  std::set<std::int64_t> cases;
  for (const SettledCase& each : settled) {
    if (each.answered < from) continue;
    ++back.whole;
    if (each.was_reopened) {
      cases.insert(each.id);
      continue;
    }
    for (const SettledCase::Again& again : each.again)
      if (again.at > each.answered && again.at - each.answered <= length)
        reports.push_back({each.id, &again.words, again.at});
  }
  cases.merge(named_by(std::move(reports)));
  back.cases.assign(cases.begin(), cases.end());
  return back;
}

}  // namespace ln::insight
