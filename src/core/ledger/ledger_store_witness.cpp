#include "core/ledger/ledger_store_witness.h"

#include <algorithm>

#include "base/check.h"
#include "core/ledger/ledger_store.h"

namespace ln::ledger {
namespace {

struct Tick {
  Instant at;
  std::string note;  // with what was cosigned for this tick and no other
  std::vector<std::string> witnesses;
};

// The newest ticks, the newest first.
std::vector<Tick> ticks_of(db::Read& read, int count) {
  auto ticks = read.all(
      "SELECT t.at, h.note FROM ledger_tick t JOIN ledger_head h ON h.size = t.size "
      "ORDER BY t.at DESC LIMIT $1",
      [](const db::Row& row) { return Tick{row.instant(0), row.text(1), {}}; }, count);
  for (Tick& tick : ticks)
    read.each(
        "SELECT witness, line FROM ledger_cosignature WHERE at = $1 ORDER BY witness",
        [&](const db::Row& row) {
          tick.witnesses.push_back(row.text(0));
          tick.note += row.text(1);
        },
        tick.at);
  return ticks;
}

// Ticks in a row that are not `good`, counted from the last but one; none when the last is good.
template <class Good>
int count_missed(const std::vector<Tick>& ticks, Good good) {
  if (ticks.empty() || good(ticks.front())) return 0;
  int missed = 0;
  for (std::size_t i = 1; i < ticks.size() && !good(ticks[i]); ++i) ++missed;
  return missed;
}

}  // namespace

std::optional<merkle::Policy> policy_of(db::Read& read) {
  const auto text = read.one("SELECT policy FROM ledger_policy WHERE id = 1",
                             [](const db::Row& row) { return row.text(0); });
  return text ? merkle::Policy::parse(*text) : std::nullopt;
}

void save_policy(db::Write& write, const std::optional<merkle::Policy>& policy) {
  if (!policy) {
    write.run("DELETE FROM ledger_policy");
    return;
  }
  write.run(
      "INSERT INTO ledger_policy (id, policy) VALUES (1, $1) "
      "ON CONFLICT (id) DO UPDATE SET policy = excluded.policy",
      policy->text());
}

void insert_cosignature(db::Write& write, const Cosignature& it) {
  write.run(
      "INSERT INTO ledger_cosignature (at, witness, size, seen_at, line) "
      "VALUES ($1, $2, $3, $4, $5) ON CONFLICT (at, witness) DO NOTHING",
      it.at, it.witness, it.size, it.seen_at, it.line);
}

bool has_cosigned(db::Read& read, std::string_view witness, Instant tick) {
  return read
      .one(
          "SELECT size FROM ledger_cosignature WHERE at = $1 AND witness = $2",
          [](const db::Row& row) { return row.integer(0); }, tick, witness)
      .has_value();
}

std::int64_t last_cosigned_size(db::Read& read, std::string_view witness) {
  return read
      .one(
          "SELECT size FROM ledger_cosignature WHERE witness = $1 ORDER BY at DESC LIMIT 1",
          [](const db::Row& row) { return row.integer(0); }, witness)
      .value_or(0);
}

std::string cosigned_note(db::Read& read, const Head& head) {
  std::string note = head.note;
  read.each(
      "SELECT c.line FROM ledger_cosignature c WHERE c.size = $1 AND NOT EXISTS "
      "(SELECT 1 FROM ledger_cosignature n WHERE n.size = c.size AND n.witness = c.witness "
      "AND n.at > c.at) ORDER BY c.witness LIMIT 64",
      [&](const db::Row& row) { note += row.text(0); }, head.size);
  return note;
}

namespace {

// What each witness signed of this head first: whoever has to show that something was there by
// a date shows this.
std::string first_cosigned_note(db::Read& read, const Head& head) {
  std::string note = head.note;
  read.each(
      "SELECT c.line FROM ledger_cosignature c WHERE c.size = $1 AND NOT EXISTS "
      "(SELECT 1 FROM ledger_cosignature o WHERE o.size = c.size AND o.witness = c.witness "
      "AND o.at < c.at) ORDER BY c.witness LIMIT 64",
      [&](const db::Row& row) { note += row.text(0); }, head.size);
  return note;
}

Head cosigned_head_of(const db::Row& row) {
  const auto root = merkle::to_hash(row.view(1));
  CHECK(root.has_value());
  return Head{row.integer(0), *root, row.text(2), row.instant(3)};
}

}  // namespace

std::optional<Head> cosigned_head_over(db::Read& read, std::int64_t index) {
  // A leaf is in the first within a tick; further ones count only while a quorum is missing.
  auto heads = read.all(
      "SELECT h.size, h.root, h.note, "
      "(SELECT min(c.at) FROM ledger_cosignature c WHERE c.size = h.size) FROM ledger_head h "
      "WHERE h.size IN (SELECT DISTINCT size FROM ledger_cosignature WHERE size > $1 "
      "ORDER BY size LIMIT 16) ORDER BY h.size",
      cosigned_head_of, index);
  if (heads.empty()) return std::nullopt;
  if (auto newest = read.one("SELECT h.size, h.root, h.note, c.at FROM ledger_cosignature c "
                             "JOIN ledger_head h ON h.size = c.size ORDER BY c.at DESC LIMIT 1",
                             cosigned_head_of))
    heads.push_back(*std::move(newest));
  // Heads of a log before this one are good under its key, which is not the one people have now.
  const auto log = find_log(read);
  std::erase_if(
      heads, [&](const Head& each) { return !log || !each.note.starts_with(log->origin + "\n"); });
  if (heads.empty()) return std::nullopt;
  const auto policy = policy_of(read);
  for (Head& head : heads) {
    head.note = first_cosigned_note(read, head);
    const auto verdict = policy ? policy->judge(head.note) : std::nullopt;
    if (verdict && verdict->has_quorum) return std::move(head);
  }
  return std::move(heads.front());
}

Standing standing_of(db::Read& read) {
  Standing standing;
  const auto policy = policy_of(read);
  if (!policy) return standing;
  standing.needs_quorum = policy->needs_witnesses();
  const auto ticks = ticks_of(read, missed_ticks_alarm + 1);
  for (const merkle::Policy::Member& member : policy->members()) {
    if (!member.key) continue;
    Standing::Witness witness{member.name, member.key->text(), std::nullopt, 0};
    witness.seen_at = read.one(
        "SELECT seen_at FROM ledger_cosignature WHERE witness = $1 ORDER BY at DESC LIMIT 1",
        [](const db::Row& row) { return row.instant(0); }, witness.vkey);
    witness.missed = count_missed(ticks, [&](const Tick& tick) {
      return std::ranges::find(tick.witnesses, witness.vkey) != tick.witnesses.end();
    });
    standing.witnesses.push_back(std::move(witness));
  }
  if (!standing.needs_quorum) return standing;
  const auto has_quorum = [&](const Tick& tick) {
    const auto verdict = policy->judge(tick.note);
    const bool has = verdict && verdict->has_quorum;
    if (has && !standing.quorum_at) standing.quorum_at = tick.at;
    return has;
  };
  standing.missed = count_missed(ticks, has_quorum);
  return standing;
}

}  // namespace ln::ledger
