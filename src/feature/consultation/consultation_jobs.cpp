#include "feature/consultation/consultation_jobs.h"

#include <algorithm>

#include "feature/consultation/consultation_actions_map.h"
#include "feature/consultation/consultation_store.h"
#include "feature/consultation/consultation_store_search.h"

namespace ln::consultation {
namespace {

constexpr std::int64_t drawn_at_once = 50, indexed_at_once = 2'000;

struct OwedMap {
  ConsultationId id{};
  std::int64_t votes = 0;
  std::vector<std::int64_t> statements{};
  std::vector<ClauseStatements> clauses{};
};

// Articles with so many statements that a map of them alone says something.
std::vector<ClauseStatements> articles_of(const std::vector<Statement>& statements) {
  std::map<std::string, std::vector<std::int64_t>> by_article;
  for (const Statement& each : statements)
    if (const std::string article = article_of(each.clause); !article.empty())
      by_article[article].push_back(each.id.value);
  std::vector<ClauseStatements> all;
  for (auto& [article, ids] : by_article)
    if (std::ssize(ids) >= clause_statements_min) all.push_back({article, std::move(ids)});
  return all;
}

// The maps of articles; fewer than clause_people_min people make none.
std::vector<StoredClauseMap> clause_maps(const OwedMap& owed,
                                         const std::vector<StoredVote>& votes,
                                         Instant now) {
  std::vector<StoredClauseMap> all;
  for (const ClauseStatements& each : owed.clauses) {
    std::vector<StoredVote> own;
    std::ranges::copy_if(votes, std::back_inserter(own), [&](const StoredVote& vote) {
      return std::ranges::binary_search(each.statements, vote.statement);
    });
    const Picture picture = picture_of(each.statements, own);
    if (picture.people < clause_people_min) continue;
    all.push_back({.consultation = owed.id,
                   .clause = each.clause,
                   .votes = std::ssize(own),
                   .drawn_at = now,
                   .json = to_json(picture)});
  }
  return all;
}

// Whether each map of an article is of the statements that stand under it now: a new version may
// have moved them.
bool fits_clauses(db::Read& read, const OwedMap& owed) {
  return std::ranges::all_of(clause_maps_of(read, owed.id), [&](const StoredClauseMap& stored) {
    const auto now_is = std::ranges::find(owed.clauses, stored.clause, &ClauseStatements::clause);
    const auto picture = picture_in(stored.json);
    return now_is != owed.clauses.end() && picture && picture->statements == now_is->statements;
  });
}

std::vector<OwedMap> owed_maps(db::Read& read) {
  std::vector<OwedMap> all;
  for (const Consultation& each : in_stage(read, Stage::open, drawn_at_once)) {
    OwedMap owed{.id = each.id, .votes = vote_count(read, each.id)};
    const auto statements = statements_of(read, each.id);
    for (const Statement& statement : statements) owed.statements.push_back(statement.id.value);
    owed.clauses = articles_of(statements);
    const auto last = find_map(read, each.id);
    const bool is_same =
        last && last->votes == owed.votes && last->statements == std::ssize(owed.statements) &&
        fits_clauses(read, owed);
    if (!is_same && owed.votes > 0 && !owed.statements.empty()) all.push_back(std::move(owed));
  }
  return all;
}

}  // namespace

std::int64_t draw_maps(db::Database& database, Instant now) {
  const auto owed = database.read(owed_maps);
  for (const OwedMap& each : owed) {
    std::vector<StoredVote> votes;
    database.read([&](db::Read& read) {
      votes.clear();
      each_vote(read, each.id, [&](const StoredVote& vote) { votes.push_back(vote); });
      return 0;
    });
    // Outside the transaction: a map of many people takes a while, and nobody waits for it.
    const std::string json = to_json(picture_of(each.statements, votes));
    const auto clauses = clause_maps(each, votes, now);
    const auto done = database.write([&](db::Write& write) -> Result<Done> {
      save(write, StoredMap{.consultation = each.id,
                            .votes = each.votes,
                            .statements = std::ssize(each.statements),
                            .drawn_at = now,
                            .json = json});
      replace_clause_maps(write, each.id, clauses);
      return Done{};
    });
    if (!done.ok()) return 0;
  }
  return std::ssize(owed);
}

std::int64_t index_comments(db::Database& database) {
  if (database.read(unindexed_count) == 0) return 0;
  const Result<std::int64_t> done = database.write([](db::Write& write) -> Result<std::int64_t> {
    return index_next(write, indexed_at_once);
  });
  return done.ok() ? done.value() : 0;
}

void search_anew_if_empty(db::Database& database) {
  const Result<Done> done = database.write([](db::Write& write) -> Result<Done> {
    index_anew_if_empty(write);
    return Done{};
  });
  static_cast<void>(done);  // It refuses nothing.
}

bool forget_searched_words(db::Database& database) {
  if (!database.read(has_owed)) return false;
  const Result<Done> done = database.write([](db::Write& write) -> Result<Done> {
    search_index.optimize(write);
    forget_owed(write);
    return Done{};
  });
  return done.ok();
}

}  // namespace ln::consultation
