// The unit reads what was found of its cases, and replies beside it.
#include <algorithm>
#include <set>

#include "base/check.h"
#include "core/ledger/ledger_actions_supervision.h"
#include "core/ledger/ledger_public.h"
#include "core/ledger/ledger_stop.h"
#include "core/units/units_store.h"
#include "engine/merkle/merkle.h"
#include "feature/supervision/supervision_actions.h"

namespace ln::supervision {
namespace {

// What units may read of a programme: nothing, or every finding written for a unit within it.
std::vector<ToldFinding> told_of(db::Read& read, const Programme& p) {
  auto all = told_findings(read, p.id);
  std::erase_if(
      all, [&](const ToldFinding& each) { return !units::is_within(each.unit_path, p.unit_path); });
  if (all.empty()) return all;
  std::set<std::int64_t> found;
  for (const Finding& each : findings_of(read, p.id)) found.insert(each.number);
  const std::int64_t open = std::ssize(all) + count_erased(read, p.id);
  if (!tells_units(std::ssize(drawn_of(read, p.id)), std::ssize(found), open)) all.clear();
  return all;
}

std::optional<FindingReply> reply_to(const std::vector<FindingReply>& replies, const Finding& f) {
  for (const FindingReply& each : replies)
    if (each.number == f.number && each.seq == f.seq) return each;
  return std::nullopt;
}

}  // namespace

Result<ReadFinding> read_finding(db::Read& read,
                                 const people::Officer& officer,
                                 ProgrammeId id,
                                 std::int64_t number) {
  const Error none{ErrorKind::not_found, "supervision.error.none"_t};
  auto p = find(read, id);
  if (!p) return none;
  for (ToldFinding& told : told_of(read, *p)) {
    if (told.finding.number != number) continue;
    if (!officer.may(people::Role::head, told.unit_path)) return none;
    auto reply = reply_to(replies_to_findings(read, id), told.finding);
    return ReadFinding{*std::move(p), std::move(told), std::move(reply)};
  }
  return none;
}

std::vector<ReadFinding> read_findings(db::Read& read,
                                       std::string_view path,
                                       const ReadUntil& last,
                                       std::int64_t limit) {
  std::vector<ReadFinding> all;
  for (const ProgrammeId id : programmes_about(read, path)) {
    if (std::ssize(all) >= limit) break;
    if (last.programme > 0 && id.value > last.programme) continue;
    const auto p = find(read, id);
    if (!p) continue;
    const auto replies = replies_to_findings(read, id);
    for (ToldFinding& told : told_of(read, *p)) {
      if (std::ssize(all) >= limit) break;
      if (id.value == last.programme && told.finding.number <= last.number) continue;
      if (!units::is_within(told.unit_path, path)) continue;
      auto reply = reply_to(replies, told.finding);
      all.push_back({*p, std::move(told), std::move(reply)});
    }
  }
  return all;
}

Result<FindingReply> reply_to_finding(db::Write& write,
                                      const OfficerAct& act,
                                      ProgrammeId id,
                                      const Replying& replying) {
  CHECK(replying.salt.size() == 32);
  TRY([[maybe_unused]] const Done allowed, ledger::may_write());
  TRY(const ReadFinding there, read_finding(write, act.officer, id, replying.number));
  if (there.told.finding.seq != replying.seq)
    return Error{ErrorKind::conflict, "supervision.error.changed"_t};
  if (there.reply) return Error{ErrorKind::conflict, "supervision.error.replied"_t};
  FindingReply reply{.programme = id,
                     .number = replying.number,
                     .seq = replying.seq,
                     .salt = replying.salt,
                     .said_by = act.officer.id().value,
                     .said_at = act.now};
  TRY(reply.text, check_words(replying.text));
  reply.hash = hash_of(reply);
  // The unit at the top of the programme, as with the finding: whose case it is, is not public.
  const auto top = units::find(write, there.programme.unit);
  const auto hash = merkle::to_hash(reply.hash);
  CHECK(hash.has_value());
  TRY(reply.line,
      ledger::announce(write, ledger::SupervisionFact{
                                  .at = act.now,
                                  .what = "replied",
                                  .programme = id.value,
                                  .number = reply.number,
                                  .count = reply.seq,
                                  .unit = ledger::public_code(top ? top->code : "none"),
                                  .hash = *hash,
                                  .until = std::chrono::floor<std::chrono::seconds>(act.now)}));
  insert(write, reply);
  return reply;
}

}  // namespace ln::supervision
