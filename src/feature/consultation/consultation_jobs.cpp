#include "feature/consultation/consultation_jobs.h"

#include <algorithm>

#include "feature/consultation/consultation_actions_map.h"
#include "feature/consultation/consultation_store.h"
#include "feature/consultation/consultation_store_answer.h"
#include "feature/consultation/consultation_store_search.h"
#include "feature/consultation/consultation_store_tally.h"

namespace ln::consultation {
namespace {

constexpr std::int64_t drawn_at_once = 50, indexed_at_once = 2'000;
constexpr std::int64_t redrawn_by = 100;

struct OwedMap {
  ConsultationId id{};
  std::int64_t votes = 0;
  bool is_said = false;  // something was said, or a statement changed, since the map of the whole
  std::vector<std::int64_t> statements{};
  std::vector<StoredClauseMap> kept{};  // maps of articles, under the key each article has now
  std::vector<ClauseStatements> due{};  // articles whose map is drawn
  bool is_moved = false;                // what is kept differs from what is stored
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

// Which maps of articles stay, and which are drawn. One that was drawn from statements that still
// stand together moves along when a version renumbers them, and is drawn anew only when so many
// more people answered that nobody's own answer is the difference.
void plan_articles(db::Read& read, OwedMap& owed, const std::vector<ClauseStatements>& articles) {
  const auto stored = clause_maps_of(read, owed.id);
  for (const ClauseStatements& article : articles) {
    std::int64_t people_before = -1;
    for (const StoredClauseMap& each : stored) {
      const auto picture = picture_in(each.json);
      if (!picture || !stands_on(*picture, article.statements)) continue;
      people_before = picture->people;
      owed.kept.push_back(each);
      owed.is_moved = owed.is_moved || each.clause != article.clause;
      owed.kept.back().clause = article.clause;
      break;
    }
    if (people_before >= 0 && !owed.is_said) continue;
    const std::int64_t needed =
        people_before >= 0 ? people_before + clause_people_more : clause_people_min;
    if (!has_voters(read, owed.id, article.clause, needed)) continue;
    owed.due.push_back(article);
    if (people_before >= 0) owed.kept.pop_back();
  }
  owed.is_moved = owed.is_moved || owed.kept.size() + owed.due.size() < stored.size();
}

std::vector<StoredClauseMap> clause_maps(const OwedMap& owed,
                                         const std::vector<StoredVote>& votes,
                                         Instant now) {
  std::vector<StoredClauseMap> all = owed.kept;
  for (const ClauseStatements& each : owed.due) {
    const auto own = std::ranges::count_if(votes, [&](const StoredVote& vote) {
      return std::ranges::binary_search(each.statements, vote.statement);
    });
    all.push_back({.consultation = owed.id,
                   .clause = each.clause,
                   .votes = own,
                   .drawn_at = now,
                   .json = to_json(picture_of(each.statements, votes))});
  }
  return all;
}

// Whether so much was said since the map was drawn that it is drawn again: one answer in a hundred,
// or any after ten minutes, or, once the draft is closed, any. All answers are read for it.
bool is_due(const StoredMap& last, std::int64_t votes, Stage stage, Instant now) {
  if (votes == last.votes) return false;
  return stage == Stage::closed || votes - last.votes >= last.votes / redrawn_by ||
         now - last.drawn_at >= std::chrono::minutes(10);
}

std::vector<OwedMap> owed_maps(db::Read& read, Instant now) {
  std::vector<OwedMap> all;
  for (const Stage stage : {Stage::open, Stage::closed})
    for (const Consultation& each : in_stage(read, stage, drawn_at_once)) {
      // A decided one keeps what it was decided with.
      if (stage == Stage::closed && find_decision(read, each.id)) continue;
      OwedMap owed{.id = each.id, .votes = vote_count(read, each.id)};
      const auto statements = statements_of(read, each.id);
      if (owed.votes == 0 || statements.empty()) continue;
      for (const Statement& statement : statements) owed.statements.push_back(statement.id.value);
      const auto last = find_map(read, each.id);
      owed.is_said = !last || last->statements != std::ssize(owed.statements) ||
                     is_due(*last, owed.votes, stage, now);
      plan_articles(read, owed, articles_of(statements));
      if (owed.is_said || owed.is_moved || !owed.due.empty()) all.push_back(std::move(owed));
    }
  return all;
}

}  // namespace

std::int64_t draw_maps(db::Database& database, Instant now) {
  const auto owed = database.read([&](db::Read& read) { return owed_maps(read, now); });
  for (const OwedMap& each : owed) {
    std::vector<StoredVote> votes;
    database.read([&](db::Read& read) {
      votes.clear();
      votes.reserve(static_cast<std::size_t>(each.votes));
      each_vote(read, each.id, [&](const StoredVote& vote) { votes.push_back(vote); });
      return 0;
    });
    // Outside the transaction: a map of many people takes a while, and nobody waits for it.
    const std::string json = each.is_said ? to_json(picture_of(each.statements, votes)) : "";
    const auto clauses = clause_maps(each, votes, now);
    const auto done = database.write([&](db::Write& write) -> Result<Done> {
      if (each.is_said)
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

bool tally_comments(db::Database& database) {
  if (!database.read(next_untallied)) return false;
  const Result<Done> done = database.write([](db::Write& write) -> Result<Done> {
    if (const auto id = next_untallied(write)) tally_anew(write, *id);
    return Done{};
  });
  return done.ok();
}

std::int64_t index_comments(db::Database& database) {
  if (database.read(unindexed_count) == 0) return 0;
  const Result<std::int64_t> done = database.write(
      [](db::Write& write) -> Result<std::int64_t> { return index_next(write, indexed_at_once); });
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
  const std::int64_t owed = database.read(owed_count);
  if (owed == 0) return false;
  const Result<Done> done = database.write([](db::Write& write) -> Result<Done> {
    search_index.optimize(write);
    return Done{};
  });
  if (!done.ok()) return false;
  database.scrub();
  // Only now: whoever is stopped before it begins again, and what came meanwhile stays owed.
  const Result<Done> paid = database.write([owed](db::Write& write) -> Result<Done> {
    forget_owed(write, owed);
    return Done{};
  });
  return paid.ok();
}

}  // namespace ln::consultation
