#include "feature/insight/insight_jobs_monthly.h"

#include <algorithm>
#include <functional>

#include "core/ledger/ledger_public_actions.h"

namespace ln::insight {
namespace {

// What becomes the leaf of one case in one tree.
struct Leafing {
  ledger::Counted which;
  std::size_t tree = 0;
  friend auto operator<=>(const Leafing&, const Leafing&) = default;
};

ledger::Month month_of(db::Read& read,
                       const OpenMonth& open,
                       const ledger::Hash& seed,
                       Instant now) {
  std::vector<ledger::SumTree> trees;
  std::size_t lost = 0;
  for (KnownTree& known : known_trees(read, open)) {
    // Nobody can tell them from the others: both are hashes under a key that nobody has.
    for (; known.lost > 0; --known.lost) known.labels.push_back(ledger::lost_label(seed, lost++));
    std::ranges::sort(known.labels);
    trees.push_back({std::move(known.unit), known.figure, std::move(known.labels)});
  }
  auto fact = ledger::monthly_fact(open.month, now, trees);
  return {std::move(fact), std::move(trees)};
}

}  // namespace

std::vector<KnownTree> known_trees(db::Read& read, const OpenMonth& month) {
  std::vector<KnownTree> trees;
  std::vector<Leafing> leaves;
  for (const auto& [place, cases] : month.cases) {
    for (const ledger::Counted& each : cases) leaves.push_back({each, trees.size()});
    trees.push_back({.unit = place.first, .figure = place.second, .lost = cases.size()});
  }
  if (leaves.empty()) return trees;
  std::ranges::sort(leaves);
  auto next = leaves.begin();
  ledger::each_case_key(
      read, "feedback", {leaves.front().which.subject, leaves.back().which.subject},
      [&](std::int64_t subject, const ledger::CaseKey& key) {
        while (next != leaves.end() && next->which.subject < subject) ++next;
        for (; next != leaves.end() && next->which.subject == subject; ++next) {
          KnownTree& tree = trees[next->tree];
          tree.labels.push_back(ledger::sum_label(key, tree.figure, next->which.seq));
          --tree.lost;
        }
      });
  for (KnownTree& tree : trees) std::ranges::sort(tree.labels);
  return trees;
}

std::string fault_of(const KnownTree& known,
                     const std::vector<ledger::Hash>& stored,
                     const ledger::SumRow& row) {
  if (stored.empty()) return "its tree is gone";
  if (std::ranges::adjacent_find(stored, std::ranges::greater_equal()) != stored.end())
    return "its labels are not in their order";
  const merkle::SumNode root = merkle::sum_root(stored);
  if (root.hash != row.root || static_cast<std::int64_t>(root.sum) != row.count)
    return "its tree does not give the root and the sum that were told";
  const auto missing = std::ranges::count_if(known.labels, [&](const ledger::Hash& label) {
    return !std::ranges::binary_search(stored, label);
  });
  if (missing > 0) return "counted cases are not in its tree: " + std::to_string(missing);
  return {};
}

int announce_months(
    db::Database& database, DailyReader& kept, Random& random, Instant now, int most) {
  int count = 0;
  for (; count < most; ++count) {
    const auto month = database.read([&](db::Read& read) -> std::optional<ledger::Month> {
      kept.read_on(read);
      const OpenMonth* open = kept.due_month();
      if (open == nullptr) return std::nullopt;
      return month_of(read, *open, random.bytes<32>(), now);
    });
    if (!month) break;
    bool is_first = true;
    const auto done = database.write([&](db::Write& write) -> Result<Done> {
      const auto last = ledger::last_fact(write, ledger::monthly_kind);
      // Another node has said it meanwhile: look again.
      is_first = (last ? last->id : 0) == kept.last_month_id();
      if (!is_first) return Done{};
      return ledger::announce_month(write, *month);
    });
    if (!done.ok() || !is_first) break;
  }
  return count;
}

void announce_due(db::Database& database, DailyReader& kept, Random& random, Instant now) {
  announce_days(database, kept, now);
  announce_months(database, kept, random, now);
}

bool announce_month(db::Write& write, DailyReader& kept, const ledger::Hash& seed, Instant now) {
  kept.read_on(write);
  const OpenMonth* open = kept.due_month();
  return open != nullptr && ledger::announce_month(write, month_of(write, *open, seed, now)).ok();
}

}  // namespace ln::insight
