#include "feature/consultation/consultation_jobs.h"

#include "feature/consultation/consultation_actions_map.h"
#include "feature/consultation/consultation_store.h"

namespace ln::consultation {
namespace {

constexpr std::int64_t drawn_at_once = 50;

struct OwedMap {
  ConsultationId id{};
  std::int64_t votes = 0;
  std::vector<std::int64_t> statements{};
};

std::vector<OwedMap> owed_maps(db::Read& read) {
  std::vector<OwedMap> all;
  for (const Consultation& each : in_stage(read, Stage::open, drawn_at_once)) {
    OwedMap owed{.id = each.id, .votes = vote_count(read, each.id)};
    for (const Statement& statement : statements_of(read, each.id))
      owed.statements.push_back(statement.id.value);
    const auto last = find_map(read, each.id);
    const bool is_same =
        last && last->votes == owed.votes && last->statements == std::ssize(owed.statements);
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
    const auto done = database.write([&](db::Write& write) -> Result<Done> {
      save(write, StoredMap{.consultation = each.id,
                            .votes = each.votes,
                            .statements = std::ssize(each.statements),
                            .drawn_at = now,
                            .json = json});
      return Done{};
    });
    if (!done.ok()) return 0;
  }
  return std::ssize(owed);
}

}  // namespace ln::consultation
