// Lists of what was said of a clause and of all that stands below it. Each clause is read by its
// own index and the lists are put together here: an article with two dozen clauses costs two dozen
// short reads, however many comments it has.
#include <algorithm>
#include <array>
#include <numeric>
#include <set>
#include <utility>

#include "base/random.h"
#include "feature/consultation/consultation_store.h"
#include "feature/consultation/consultation_store_tally.h"

namespace ln::consultation {
namespace {

constexpr std::int64_t above_all = 9'000'000'000'000'000;
constexpr std::size_t numbers_at_once = 20;
// A number is drawn for whatever was said anywhere in between: where less than one in fifty fits,
// all that fit are read instead.
constexpr std::int64_t misses_max = 50;
constexpr int draws_max = 100'000;

std::int64_t id_in(const db::Row& row) { return row.integer(0); }

std::vector<Comment> found_all(db::Read& read, const std::vector<std::int64_t>& ids) {
  std::vector<Comment> all;
  for (const std::int64_t id : ids)
    if (auto found = find_comment(read, CommentId{id})) all.push_back(*std::move(found));
  return all;
}

std::vector<std::int64_t> ids_until(db::Read& read,
                                    const SampleOf& what,
                                    const std::vector<std::string>& clauses) {
  std::vector<std::int64_t> ids;
  for (const std::string& clause : clauses)
    read.each(
        "SELECT id FROM consultation_comment WHERE consultation_id = $1 AND clause_now = $2 "
        "AND id <= $3",
        [&](const db::Row& row) { ids.push_back(row.integer(0)); }, what.consultation, clause,
        what.until);
  std::ranges::sort(ids);
  return ids;
}

// The first `wanted` of all ids in an order in which each comes at each place as often as any other
// (Fisher and Yates, from the front).
std::vector<std::int64_t> shuffled(std::vector<std::int64_t> ids,
                                   Random& random,
                                   std::size_t wanted) {
  wanted = std::min(wanted, ids.size());
  for (std::size_t i = 0; i < wanted; ++i)
    std::swap(ids[i], ids[i + static_cast<std::size_t>(random.below(ids.size() - i))]);
  ids.resize(wanted);
  return ids;
}

// Numbers are drawn, each as likely as any other, and kept when a comment of these clauses has it:
// so each of them is as likely as any other, and most comments are never looked at.
std::vector<std::int64_t> drawn_by_number(db::Read& read,
                                          const SampleOf& what,
                                          const std::set<std::string>& clauses,
                                          std::int64_t first,
                                          Random& random,
                                          std::size_t wanted) {
  std::vector<std::int64_t> kept;
  std::set<std::int64_t> seen;
  for (int turn = 0; turn < draws_max && kept.size() < wanted; ++turn) {
    std::array<std::int64_t, numbers_at_once> at{};
    for (std::int64_t& each : at)
      each = first + static_cast<std::int64_t>(
                         random.below(static_cast<std::uint64_t>(what.until - first + 1)));
    std::set<std::int64_t> fits;
    // By the number alone: with the draft in the condition its index would be walked through.
    read.each(
        "SELECT id, clause_now, consultation_id FROM consultation_comment WHERE id IN ($1, $2, $3, "
        "$4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)",
        [&](const db::Row& row) {
          if (row.id<ConsultationId>(2) == what.consultation && clauses.contains(row.text(1)))
            fits.insert(row.integer(0));
        },
        at[0], at[1], at[2], at[3], at[4], at[5], at[6], at[7], at[8], at[9], at[10], at[11],
        at[12], at[13], at[14], at[15], at[16], at[17], at[18], at[19]);
    for (const std::int64_t each : at)
      if (fits.contains(each) && kept.size() < wanted && seen.insert(each).second)
        kept.push_back(each);
  }
  return kept;
}

// How many of these clauses came up to `until`: what is counted without what came since.
std::int64_t count_until(db::Read& read,
                         const SampleOf& what,
                         const std::vector<std::string>& clauses) {
  std::int64_t count = counts_at(counts_by_clause(read, what.consultation), what.clause).all;
  for (const std::string& clause : clauses)
    count -= *read.one(
        "SELECT count(*) FROM consultation_comment WHERE consultation_id = $1 "
        "AND clause_now = $2 AND id > $3",
        id_in, what.consultation, clause, what.until);
  return count;
}

}  // namespace

std::vector<Comment> comments_of(db::Read& read, const CommentsOf& what) {
  std::vector<std::int64_t> ids;
  for (const std::string& clause : clauses_spoken_of(read, what.consultation, what.clause))
    read.each(
        "SELECT id FROM consultation_comment WHERE consultation_id = $1 AND clause_now = $2 "
        "AND id < $3 ORDER BY id DESC LIMIT $4",
        [&](const db::Row& row) { ids.push_back(row.integer(0)); }, what.consultation, clause,
        what.before == 0 ? above_all : what.before, what.limit);
  std::ranges::sort(ids, std::greater());
  if (std::ssize(ids) > what.limit) ids.resize(static_cast<std::size_t>(what.limit));
  return found_all(read, ids);
}

std::vector<Comment> most_supported(db::Read& read, const CommentsOf& what) {
  const bool is_first = what.before == 0;
  std::vector<std::pair<std::int64_t, std::int64_t>> ranks;
  const auto take = [&](const db::Row& row) { ranks.emplace_back(row.integer(0), row.integer(1)); };
  for (const std::string& clause : clauses_spoken_of(read, what.consultation, what.clause)) {
    // Those with as much support as where the page before ended, and those with less: each is a
    // piece of the index. Thousands may have none at all.
    if (!is_first)
      read.each(
          "SELECT support_count, id FROM consultation_comment WHERE consultation_id = $1 "
          "AND clause_now = $2 AND state = 'shown' AND support_count = $3 AND id < $4 "
          "ORDER BY id DESC LIMIT $5",
          take, what.consultation, clause, what.supports, what.before, what.limit);
    read.each(
        "SELECT support_count, id FROM consultation_comment WHERE consultation_id = $1 "
        "AND clause_now = $2 AND state = 'shown' AND support_count < $3 "
        "ORDER BY support_count DESC, id DESC LIMIT $4",
        take, what.consultation, clause, is_first ? above_all : what.supports, what.limit);
  }
  std::ranges::sort(ranks, std::greater());
  if (std::ssize(ranks) > what.limit) ranks.resize(static_cast<std::size_t>(what.limit));
  std::vector<std::int64_t> ids;
  for (const auto& [supports, id] : ranks) ids.push_back(id);
  return found_all(read, ids);
}

std::int64_t last_comment(db::Read& read, ConsultationId id) {
  return read
      .one(
          "SELECT id FROM consultation_comment WHERE consultation_id = $1 ORDER BY id DESC LIMIT 1",
          id_in, id)
      .value_or(0);
}

Sample sample_of(db::Read& read, const SampleOf& what) {
  const auto clauses = clauses_spoken_of(read, what.consultation, what.clause);
  const auto first =
      read.one("SELECT id FROM consultation_comment WHERE consultation_id = $1 ORDER BY id LIMIT 1",
               id_in, what.consultation);
  Sample sample;
  if (!first || what.until < *first) return sample;
  sample.of = count_until(read, what, clauses);
  const std::size_t wanted = what.from + what.count;
  SeededRandom random(what.seed);
  const bool is_whole = sample.of <= std::max(what.whole_max, static_cast<std::int64_t>(wanted)) ||
                        sample.of < (what.until - *first + 1) / misses_max;
  auto ids = is_whole ? shuffled(ids_until(read, what, clauses), random, wanted)
                      : drawn_by_number(read, what, {clauses.begin(), clauses.end()}, *first,
                                        random, wanted);
  ids.erase(ids.begin(),
            ids.begin() + static_cast<std::ptrdiff_t>(std::min(what.from, ids.size())));
  sample.comments = found_all(read, ids);
  return sample;
}

}  // namespace ln::consultation
