#include <algorithm>
#include <map>
#include <utility>

#include "engine/campaigns/campaigns_generate.h"

namespace ln::campaigns {
namespace {

double harmonic(double a, double b) { return a + b == 0 ? 0 : 2 * a * b / (a + b); }

constexpr std::uint64_t nobody = std::uint64_t{1}
                                 << 32;  // no group and no campaign has such a number

bool is_member(How how) { return how != How::alone && how != How::quote; }

// The group of a comment; those that are in none are groups of their own.
std::vector<std::uint64_t> groups_of(const Found& found) {
  std::vector<std::uint64_t> groups;
  for (std::uint64_t c = 0; c < found.text_of.size(); ++c) {
    const Distinct& text = found.texts[found.text_of[c]];
    groups.push_back(is_member(text.how) ? text.group : nobody + c);
  }
  return groups;
}

// The same for the truth: what is organic or quotes belongs to nobody.
std::vector<std::uint64_t> campaigns_of(const std::vector<Made>& made) {
  std::vector<std::uint64_t> campaigns;
  for (std::uint64_t c = 0; c < made.size(); ++c) {
    const bool is_own = made[c].edit == Edit::organic || made[c].edit == Edit::quote;
    campaigns.push_back(is_own ? nobody + c : made[c].campaign);
  }
  return campaigns;
}

template <class Keys>
auto sizes_of(const Keys& keys) {
  std::map<typename Keys::value_type, std::uint64_t> sizes;
  for (const auto& key : keys) ++sizes[key];
  return sizes;
}

std::uint64_t overlap(const Span& a, const Span& b) {
  const std::uint32_t begin = std::max(a.begin, b.begin), end = std::min(a.end, b.end);
  return end > begin ? end - begin : 0;
}

}  // namespace

double Score::f1() const { return harmonic(precision, recall); }
double Score::b_f1() const { return harmonic(b_precision, b_recall); }

std::array<Score, edit_count> scores_of(const std::vector<Made>& made, const Found& found) {
  const auto groups = groups_of(found), campaigns = campaigns_of(made);
  std::vector<std::pair<std::uint64_t, std::uint64_t>> both;
  for (std::size_t c = 0; c < made.size(); ++c) both.emplace_back(groups[c], campaigns[c]);
  const auto group_sizes = sizes_of(groups), campaign_sizes = sizes_of(campaigns);
  const auto both_sizes = sizes_of(both);
  struct Sums {
    double right = 0, grouped = 0, belonging = 0;
  };
  std::array<Score, edit_count> scores;
  std::array<Sums, edit_count> sums;
  for (std::size_t c = 0; c < made.size(); ++c) {
    const auto edit = static_cast<std::size_t>(made[c].edit);
    const auto common = static_cast<double>(both_sizes.at(both[c])),
               grouped = static_cast<double>(group_sizes.at(groups[c])),
               belonging = static_cast<double>(campaign_sizes.at(campaigns[c]));
    ++scores[edit].comments;
    scores[edit].b_precision += common / grouped;
    scores[edit].b_recall += common / belonging;
    sums[edit].right += common - 1;
    sums[edit].grouped += grouped - 1;
    sums[edit].belonging += belonging - 1;
  }
  for (std::size_t e = 0; e < edit_count; ++e) {
    Score& score = scores[e];
    if (score.comments == 0) continue;
    score.b_precision /= static_cast<double>(score.comments);
    score.b_recall /= static_cast<double>(score.comments);
    score.precision = sums[e].grouped == 0 ? 1 : sums[e].right / sums[e].grouped;
    score.recall = sums[e].belonging == 0 ? 1 : sums[e].right / sums[e].belonging;
  }
  return scores;
}

double false_links(const std::vector<Made>& made, const Found& found) {
  const auto groups = groups_of(found);
  std::map<std::uint64_t, bool> has_made;
  for (std::size_t c = 0; c < made.size(); ++c)
    has_made[groups[c]] =
        has_made[groups[c]] || (made[c].edit != Edit::organic && made[c].edit != Edit::quote);
  double wrong = 0, all = 0;
  for (std::size_t c = 0; c < made.size(); ++c) {
    if (made[c].edit != Edit::organic) continue;
    ++all;
    wrong += has_made[groups[c]] ? 1 : 0;
  }
  return all == 0 ? 0 : wrong / all;
}

double own_text_found(const std::vector<Made>& made, const Found& found) {
  double whole = 0, all = 0;
  for (std::size_t c = 0; c < made.size(); ++c) {
    if (made[c].edit != Edit::paragraph) continue;
    const Distinct& text = found.texts[found.text_of[c]];
    std::uint64_t covered = 0;
    for (const Span& span : text.spans) covered += overlap(span, made[c].own);
    ++all;
    const bool is_found = is_member(text.how) &&
                          covered * 10 >= std::uint64_t{made[c].own.end - made[c].own.begin} * 9;
    whole += is_found ? 1 : 0;
  }
  return all == 0 ? 1 : whole / all;
}

}  // namespace ln::campaigns
