#include "core/ledger/ledger_public_actions.h"

#include "base/check.h"
#include "base/text.h"
#include "core/ledger/ledger_actions_grassroots.h"
#include "core/ledger/ledger_actions_supervision.h"
#include "core/ledger/ledger_actions_survey.h"
#include "core/ledger/ledger_stop.h"
#include "core/ledger/ledger_store.h"
#include "core/ledger/ledger_store_witness.h"
#include "platform/db/ids.h"

namespace ln::ledger {
namespace {

constexpr db::Ids leaf_ids("ledger_leaf");
constexpr std::size_t keys_kind = 2;

std::optional<KeysFact> keys_now(db::Read& read, Instant now) {
  const auto log = find_log(read);
  const auto key = log ? merkle::Verifier::parse(log->vkey) : std::nullopt;
  if (!key) return std::nullopt;
  KeysFact fact{.at = now, .log = key->key};
  const auto policy = policy_of(read);
  if (!policy) return fact;
  fact.policy = merkle::sha256(as_bytes(policy->text()));
  for (const merkle::Policy::Member& member : policy->members())
    if (member.key && fact.witnesses.size() < witnesses_told)
      fact.witnesses.push_back(member.key->key);
  return fact;
}

bool is_said(db::Read& read, KeysFact fact) {
  const auto last = last_fact(read, keys_kind);
  const auto said = last ? parse_fact(last->payload) : std::nullopt;
  const auto* keys = said ? std::get_if<KeysFact>(&*said) : nullptr;
  if (keys == nullptr) return false;
  fact.at = keys->at;
  return text_of(fact) == last->payload;
}

// Appends the line of a public fact to the chain of `subject`.
Result<std::int64_t> say(db::Write& write,
                         const Subject& subject,
                         const std::string& payload,
                         Instant at) {
  TRY([[maybe_unused]] const Done allowed, may_write());
  const std::string leaf = public_leaf(payload);
  CHECK(is_public_leaf(leaf, payload));
  const auto last = last_entry_of(write, subject);
  const std::int64_t id = leaf_ids.next(write);
  write.run("INSERT INTO ledger_leaf (id, leaf) VALUES ($1, $2)", id, db::Blob{as_bytes(leaf)});
  write.run(
      "INSERT INTO ledger_entry (id, at, event, subject_kind, subject_id, seq, party, payload) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
      id, at, to_text(Event::announced), subject.kind, subject.id, last ? last->seq + 1 : 0,
      to_text(Party::clock), payload);
  return id - 1;
}

}  // namespace

Result<std::int64_t> announce(db::Write& write, const Fact& fact) {
  const Instant at = std::visit([](const auto& each) { return each.at; }, fact);
  return say(write, subject_of(fact.index()), text_of(fact), at);
}

Result<std::int64_t> announce(db::Write& write, const SupervisionFact& fact) {
  return say(write, subject_of(fact), text_of(fact), fact.at);
}

Result<std::int64_t> announce(db::Write& write, const SurveyFact& fact) {
  return say(write, subject_of(fact), text_of(fact), fact.at);
}

Result<std::int64_t> announce(db::Write& write, const GrassrootsFact& fact) {
  return say(write, subject_of(fact), text_of(fact), fact.at);
}

std::optional<Stored> last_fact(db::Read& read, std::size_t fact_kind) {
  return last_entry_of(read, subject_of(fact_kind));
}

std::vector<Stored> facts_before(db::Read& read, std::int64_t index, std::int64_t limit) {
  return announced_before(read, index + 1, limit);
}

void announce_keys(db::Database& database, Instant now) {
  const auto is_due = [&](db::Read& read) -> std::optional<KeysFact> {
    auto fact = keys_now(read, now);
    return fact && !is_said(read, *fact) ? std::move(fact) : std::nullopt;
  };
  if (!database.read(is_due)) return;
  // Stopped, nothing is said: the next turn asks again.
  static_cast<void>(database.write([&](db::Write& write) -> Result<Done> {
    const auto fact = is_due(write);
    if (!fact) return Done{};
    TRY([[maybe_unused]] const std::int64_t index, announce(write, *fact));
    return Done{};
  }));
}

}  // namespace ln::ledger
