#include "core/ledger/ledger_store_sum.h"

#include <algorithm>
#include <span>

#include "base/check.h"
#include "base/text.h"
#include "core/ledger/ledger_public_actions.h"
#include "core/ledger/ledger_store.h"

namespace ln::ledger {
namespace {

constexpr std::size_t labels_per_row = 1024;  // a power of two, so that a row is a whole subtree
constexpr std::int64_t keys_at_once = 10'000;

[[noreturn]] void wrong_sum(const char* what) {
  throw db::Failure(what, db::Failure::Kind::corrupt);
}

std::vector<Hash> to_labels(std::string_view bytes) {
  std::vector<Hash> labels;
  for (; bytes.size() >= Hash{}.size(); bytes.remove_prefix(Hash{}.size()))
    labels.push_back(*merkle::to_hash(bytes.substr(0, Hash{}.size())));
  if (!bytes.empty()) wrong_sum("the labels of a tree of sums have the wrong length");
  return labels;
}

void insert_tree(db::Write& write, std::int64_t fact_id, const SumTree& tree) {
  const std::span<const Hash> all = tree.labels;
  for (std::size_t from = 0; from < all.size(); from += labels_per_row) {
    const auto part = all.subspan(from, std::min(labels_per_row, all.size() - from));
    std::string bytes;
    for (const Hash& label : part) bytes += as_text(label);
    write.run(
        "INSERT INTO ledger_sum (fact_id, unit, figure, n, first_label, labels, root) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7)",
        fact_id, tree.unit, figure_words[tree.figure], from / labels_per_row,
        db::Blob{part.front()}, db::Blob{as_bytes(bytes)}, db::Blob{merkle::sum_root(part).hash});
  }
}

// The root of each row of a tree, in their order.
std::vector<merkle::SumNode> rows_of(db::Read& read,
                                     std::int64_t fact_id,
                                     std::string_view unit,
                                     std::size_t figure) {
  return read.all(
      "SELECT root, length(labels) FROM ledger_sum "
      "WHERE unit = $1 AND figure = $2 AND fact_id = $3 ORDER BY n",
      [](const db::Row& row) {
        const auto root = merkle::to_hash(row.view(0));
        if (!root) wrong_sum("a root in a tree of sums has the wrong length");
        return merkle::SumNode{*root, static_cast<std::uint64_t>(row.integer(1)) / Hash{}.size()};
      },
      unit, figure_words[figure], fact_id);
}

}  // namespace

MonthlyFact monthly_fact(std::chrono::year_month month,
                         Instant at,
                         const std::vector<SumTree>& trees) {
  MonthlyFact fact{.month = month, .at = at};
  for (const SumTree& tree : trees) {
    const merkle::SumNode root = merkle::sum_root(tree.labels);
    fact.sums.push_back({tree.unit, tree.figure, static_cast<std::int64_t>(root.sum), root.hash});
  }
  return fact;
}

Result<Done> announce_month(db::Write& write, const Month& month) {
  CHECK(month.fact.sums.size() == month.trees.size());
  auto tree = month.trees.begin();
  for (const MonthlyFact& part : parts_of(month.fact)) {
    TRY(const std::int64_t index, announce(write, part));
    for (std::size_t i = 0; i < part.sums.size(); ++i) insert_tree(write, index + 1, *tree++);
  }
  return Done{};
}

std::optional<FoundLabel> find_label(db::Read& read,
                                     std::string_view unit,
                                     std::size_t figure,
                                     const Hash& label) {
  struct Part {
    std::int64_t fact_id, n;
  };
  // In each tree the one row that could hold it.
  const auto parts = read.all(
      "SELECT fact_id, MAX(n) FROM ledger_sum WHERE unit = $1 AND figure = $2 AND first_label <= "
      "$3 "
      "GROUP BY fact_id ORDER BY fact_id",
      [](const db::Row& row) { return Part{row.integer(0), row.integer(1)}; }, unit,
      figure_words[figure], db::Blob{label});
  for (const Part& part : parts) {
    const auto labels = read.one(
        "SELECT labels FROM ledger_sum WHERE unit = $1 AND figure = $2 AND fact_id = $3 AND n = $4",
        [](const db::Row& row) { return to_labels(row.view(0)); }, unit, figure_words[figure],
        part.fact_id, part.n);
    if (!labels) continue;
    const auto at = std::ranges::lower_bound(*labels, label);
    if (at == labels->end() || *at != label) continue;
    std::vector<merkle::SumNode> leaves;
    for (const Hash& each : *labels) leaves.push_back(merkle::sum_leaf(each));
    FoundLabel found{part.fact_id,
                     merkle::prove_sum(leaves, static_cast<std::size_t>(at - labels->begin()))};
    const auto rows = rows_of(read, part.fact_id, unit, figure);
    if (static_cast<std::size_t>(part.n) >= rows.size()) wrong_sum("a tree of sums has a gap");
    for (const merkle::SumStep& step : merkle::prove_sum(rows, static_cast<std::size_t>(part.n)))
      found.proof.push_back(step);
    return found;
  }
  return std::nullopt;
}

std::vector<Hash> labels_of(db::Read& read,
                            std::int64_t fact_id,
                            std::string_view unit,
                            std::size_t figure) {
  std::vector<Hash> all;
  read.each(
      "SELECT labels FROM ledger_sum WHERE unit = $1 AND figure = $2 AND fact_id = $3 ORDER BY n",
      [&](const db::Row& row) {
        for (const Hash& label : to_labels(row.view(0))) all.push_back(label);
      },
      unit, figure_words[figure], fact_id);
  return all;
}

void each_case_key(db::Read& read,
                   std::string_view kind,
                   std::pair<std::int64_t, std::int64_t> range,
                   const std::function<void(std::int64_t subject, const CaseKey& key)>& body) {
  std::int64_t reached = range.first - 1;
  for (std::int64_t rows = keys_at_once; rows == keys_at_once;) {
    rows = 0;
    read.each(
        "SELECT e.subject_id, s.case_key FROM ledger_entry e JOIN ledger_secret s ON s.id = e.id "
        "WHERE e.subject_kind = $1 AND e.subject_id > $2 AND e.subject_id <= $3 AND e.seq = 0 "
        "ORDER BY e.subject_id LIMIT $4",
        [&](const db::Row& row) {
          ++rows;
          reached = row.integer(0);
          const auto key = row.is_null(1) ? std::nullopt : merkle::to_hash(row.view(1));
          if (key) body(reached, *key);
        },
        kind, reached, range.second, keys_at_once);
  }
}

std::optional<Day> told_on(
    db::Read& read, std::string_view unit, std::size_t figure, std::int64_t index, Day day) {
  // A row begins like this; codes have no sign that LIKE reads otherwise but the underscore, which
  // finds too much and nothing too little.
  const std::string row =
      "%[\"" + std::string(unit) + "\",\"" + std::string(figure_words[figure]) + "\",%";
  const Subject days = subject_of(0);
  std::optional<Day> told;
  for (std::int64_t after = index; !told;) {
    const auto next = read.one(
        "SELECT id, payload FROM ledger_entry WHERE event = 'announced' AND id > $1 "
        "AND subject_kind = $2 AND subject_id = $3 AND payload LIKE $4 ORDER BY id LIMIT 1",
        [](const db::Row& found) { return std::pair(found.integer(0), found.text(1)); }, after,
        days.kind, days.id, row);
    if (!next) return std::nullopt;
    after = next->first;
    const auto fact = parse_fact(next->second);
    const auto* said = fact ? std::get_if<DailyFact>(&*fact) : nullptr;
    if (said == nullptr || said->day < day || said->lines <= index) continue;
    for (const CountRow& each : said->counts)
      if (each.unit == unit && each.figure == figure) told = said->day;
  }
  return told;
}

bool is_told(db::Read& read, std::chrono::year_month month) {
  const Subject months = subject_of(monthly_kind);
  return read
      .one(
          "SELECT id FROM ledger_entry WHERE event = 'announced' AND subject_kind = $1 "
          "AND subject_id = $2 AND payload LIKE $3 ORDER BY id LIMIT 1",
          [](const db::Row& row) { return row.integer(0); }, months.kind, months.id,
          "%\"month\":\"" + to_text(month) + "\"%")
      .has_value();
}

}  // namespace ln::ledger
