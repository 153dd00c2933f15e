#include "core/ledger/ledger_collect.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/check.h"
#include "base/log.h"
#include "base/result.h"
#include "core/ledger/ledger_alarm.h"
#include "core/ledger/ledger_store_tree.h"
#include "engine/merkle/merkle_witness.h"

namespace ln::ledger {
namespace {

constexpr int ok = 200, conflict = 409, unprocessable = 422;

// One witness in one round.
struct Asking {
  std::string name;
  merkle::Verifier key;
  std::string url;
  std::int64_t old_size = 0;
  std::string body{};
  std::string failure{};
  std::optional<Cosignature> good{};
  Asked::Kind kind = Asked::Kind::failed;
  bool again = false;  // to be asked once more, from old_size
};

struct Round {
  std::optional<Head> head;
  std::vector<Asking> all;
};

std::string body_for(db::Read& read, const Head& head, std::int64_t old_size) {
  merkle::AddCheckpoint request{static_cast<std::uint64_t>(old_size), {}, head.note};
  if (old_size > 0 && old_size < head.size)
    request.proof =
        merkle::prove_consistency(static_cast<std::uint64_t>(old_size),
                                  static_cast<std::uint64_t>(head.size), subtrees(read));
  return request.text();
}

Round plan(db::Read& read, bool asks_all) {
  Round round;
  const auto policy = policy_of(read);
  round.head = policy ? published_head(read) : std::nullopt;
  if (!round.head) return round;
  for (const merkle::Policy::Member& member : policy->members()) {
    if (!member.key || member.url.empty()) continue;
    const std::string vkey = member.key->text();
    if (!asks_all && has_cosigned(read, vkey, round.head->at)) continue;
    const std::string slash = member.url.ends_with('/') ? "" : "/";
    Asking asking{member.name, *member.key, member.url + slash + "add-checkpoint",
                  std::min(last_cosigned_size(read, vkey), round.head->size)};
    asking.body = body_for(read, *round.head, asking.old_size);
    round.all.push_back(std::move(asking));
  }
  return round;
}

// What the witness signed, when it is its own signature of this very head, made about now.
void take_lines(Asking& asking, const std::string& lines, const Head& head, Instant now) {
  const auto signatures = merkle::parse_signature_lines(lines);
  auto note = merkle::Note::parse(head.note);
  CHECK(note.has_value());
  asking.failure = "its answer is no signature";
  if (!signatures) return;
  for (const merkle::NoteSignature& line : *signatures) {
    note->signatures = {line};
    const auto good = merkle::verify(*note, {&asking.key, 1});
    asking.failure = "its signature is not good";
    if (!good) return;
    if (good->empty()) continue;  // Another cosigner's, whom we did not ask.
    // In milliseconds it must fit; a time that does not is far from now.
    constexpr std::uint64_t seconds_max = std::uint64_t{1} << 40U;
    const std::uint64_t seconds = std::min(good->front().time, seconds_max);
    const Instant seen_at = from_ms(static_cast<std::int64_t>(seconds) * 1000);
    asking.failure = "its time is not about now";
    if (seen_at > now + witness_clock_max || seen_at < now - witness_clock_max) return;
    asking.failure.clear();
    asking.kind = Asked::Kind::cosigned;
    asking.good = Cosignature{head.at, asking.key.text(), head.size, seen_at,
                              merkle::signature_lines({line})};
    return;
  }
  asking.failure = "its answer is not signed with its key";
}

void take(Asking& asking, const http::Heard& heard, const Head& head, Instant now) {
  asking.again = false;
  asking.kind = Asked::Kind::failed;
  if (heard.status == 0) {
    asking.failure = heard.failure;
    return;
  }
  if (heard.status == ok) return take_lines(asking, heard.body, head, now);
  asking.failure = "it answered " + std::to_string(heard.status);
  if (heard.status == unprocessable) {
    // No fault of the network: it remembers a head of this log that ours does not continue. Either
    // this database was rolled back or changed, or somebody has signed in our name.
    asking.kind = Asked::Kind::sees_other_history;
    return;
  }
  if (heard.status != conflict) return;
  const auto seen = merkle::parse_size_line(heard.body);
  // C2SP tlog-witness: when the sizes are the same and the roots are not, 409 is the answer as
  // well.
  if (asking.old_size == head.size && head.size > 0 &&
      (!seen || static_cast<std::int64_t>(*seen) == head.size)) {
    asking.failure = "it has seen another head of " + std::to_string(head.size) + " lines";
    asking.kind = Asked::Kind::sees_other_history;
    return;
  }
  if (!seen) return;
  const auto size = static_cast<std::int64_t>(*seen);
  if (size > head.size) {
    // Several nodes: another may have published meanwhile. If not, somebody signs in our name.
    asking.kind = Asked::Kind::ahead;
    asking.failure = "it has seen " + std::to_string(size) + " lines, more than were published";
    return;
  }
  asking.again = size != asking.old_size;
  asking.old_size = size;
}

void ask(std::vector<Asking*>& who, const Head& head, const CollectOptions& options) {
  std::vector<http::Ask> asks;
  for (const Asking* each : who) asks.push_back({.url = each->url, .body = each->body});
  const auto heard = http::post_all(asks, options.limits, options.stop);
  const Instant now = options.clock();
  for (std::size_t i = 0; i < who.size(); ++i) take(*who[i], heard[i], head, now);
}

std::vector<Asked> run_round(db::Database& database, const CollectOptions& options, bool asks_all) {
  Round round = database.read([&](db::Read& read) { return plan(read, asks_all); });
  if (round.all.empty()) return {};
  const Head& head = *round.head;
  std::vector<Asking*> who;
  for (Asking& each : round.all) who.push_back(&each);
  ask(who, head, options);
  std::erase_if(who, [](const Asking* each) { return !each->again; });
  if (!who.empty() && !options.stop.stop_requested()) {
    database.read([&](db::Read& read) {
      for (Asking* each : who) each->body = body_for(read, head, each->old_size);
    });
    ask(who, head, options);
  }
  const bool any =
      std::ranges::any_of(round.all, [](const Asking& a) { return a.good.has_value(); });
  if (any) {
    const auto done = database.write([&](db::Write& write) -> Result<Done> {
      for (const Asking& each : round.all)
        if (each.good) insert_cosignature(write, *each.good);
      return Done{};
    });
    CHECK(done.ok());
  }
  std::vector<Asked> asked;
  for (Asking& each : round.all)
    asked.push_back({std::move(each.name), std::move(each.failure), each.kind});
  return asked;
}

}  // namespace

std::vector<Asked> collect(db::Database& database, const CollectOptions& options) {
  return run_round(database, options, false);
}

std::vector<Asked> compare(db::Database& database, const CollectOptions& options) {
  return run_round(database, options, true);
}

void note_histories(const std::vector<Asked>& answers, bool is_alone) {
  using Kind = Asked::Kind;
  for (const Asked& each : answers) {
    const bool sees =
        each.kind == Kind::sees_other_history || (each.kind == Kind::ahead && is_alone);
    const auto known = other_histories();
    const bool is_new = std::ranges::find(known, each.name) == known.end();
    // Once, and not with each round for as long as it lasts.
    if (sees && is_new)
      log::write(
          log::Level::error, "witness_sees_other_history",
          {{"witness", std::string_view(each.name)}, {"why", std::string_view(each.failure)}});
    if (sees || each.kind == Kind::cosigned) set_other_history(each.name, sees);
  }
}

}  // namespace ln::ledger
