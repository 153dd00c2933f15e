#include "feature/insight/insight_signal_again.h"

#include <algorithm>
#include <set>
#include <string>

#include "engine/campaigns/campaigns.h"

namespace ln::insight {
namespace {

struct NamedReport {
  std::int64_t of = 0;  // the case that it names
  const std::string* words = nullptr;
};

class NamedReports : public campaigns::Texts {
 public:
  explicit NamedReports(const std::vector<NamedReport>& all) : all_(all) {}
  std::string text_at(std::uint64_t place) const override {
    return *all_[static_cast<std::size_t>(place)].words;
  }

 private:
  const std::vector<NamedReport>& all_;
};

// The cases that reports name, each text and its copies taken for one.
std::set<std::int64_t> named_by(const std::vector<NamedReport>& all) {
  std::set<std::int64_t> cases;
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
        reports.push_back({each.id, &again.words});
  }
  cases.merge(named_by(reports));
  back.cases.assign(cases.begin(), cases.end());
  return back;
}

}  // namespace ln::insight
