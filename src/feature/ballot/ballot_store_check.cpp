#include "feature/ballot/ballot_store_check.h"

#include <map>
#include <string>

#include "base/text.h"
#include "core/ledger/ledger_public_grassroots.h"
#include "feature/ballot/ballot_store.h"

namespace ln::ballot {
namespace {

struct ToldLine {
  std::int64_t id = 0;
  ledger::GrassrootsFact fact{};
};

std::vector<ToldLine> told_lines(db::Read& read) {
  std::vector<ToldLine> all;
  read.each(
      "SELECT id, payload FROM ledger_entry WHERE event = 'announced' AND subject_kind = 'ballot' "
      "ORDER BY id",
      [&](const db::Row& row) {
        if (auto fact = ledger::parse_grassroots(row.view(1)))
          all.push_back({row.integer(0), *std::move(fact)});
      });
  return all;
}

bool is_hash_of(const ledger::Hash& hash, std::string_view text) {
  return hash == merkle::sha256(as_bytes(text));
}

// Null when the line says what the ballot says.
const char* wrong_with(db::Read& read, const ledger::GrassrootsFact& fact) {
  const auto b = find(read, BallotId{fact.number});
  if (!b) return "the ballot of this line is not there any more";
  const auto questions = questions_of(read, b->id);
  if (fact.what == "announced" &&
      !is_hash_of(fact.hash, text_of(*b, questions, numbers_of(read, b->id))))
    return "the ballot is not the one that was announced";
  if (fact.what == "counted" &&
      (b->voted != fact.count || !households_told(read, *b) ||
       !is_hash_of(fact.hash, box_of(*b, questions, votes_of(read, b->id)))))
    return "the box is not the one that was counted";
  if (fact.what == "cancelled" && !is_hash_of(fact.hash, b->reason))
    return "the reason of the ballot is not the one that was told";
  return nullptr;
}

}  // namespace

std::optional<std::int64_t> households_told(db::Read& read, const Ballot& b) {
  const std::string text = text_of(b, questions_of(read, b.id), numbers_of(read, b.id));
  std::optional<std::int64_t> told;
  bool is_text = false;
  read.each(
      "SELECT payload FROM ledger_entry WHERE event = 'announced' AND subject_kind = 'ballot' "
      "AND subject_id = $1 ORDER BY id",
      [&](const db::Row& row) {
        const auto fact = ledger::parse_grassroots(row.view(0));
        if (!fact || (fact->what != "announced" && fact->what != "removed")) return;
        told = fact->count;
        is_text = is_text || (fact->what == "announced" && is_hash_of(fact->hash, text));
      },
      b.id);
  const std::int64_t listed =
      std::ssize(numbers_of(read, b.id)) - count_way(read, b.id, Way::removed);
  return is_text && told == listed && told == b.households ? told : std::nullopt;
}

std::vector<ledger::Fault> unfit_texts(db::Read& read) {
  std::vector<ledger::Fault> faults;
  for (const ToldLine& each : told_lines(read))
    if (const char* wrong = wrong_with(read, each.fact)) faults.push_back({each.id, wrong});
  return faults;
}

}  // namespace ln::ballot
