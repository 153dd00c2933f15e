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

std::optional<FindingReply> reply_to(db::Read& read, const Finding& finding) {
  for (FindingReply& each : replies_to_findings(read, finding.programme))
    if (each.number == finding.number && each.seq == finding.seq) return std::move(each);
  return std::nullopt;
}

bool does_tell_units(db::Read& read, ProgrammeId id) {
  std::set<std::int64_t> found;
  for (const Finding& each : findings_of(read, id)) found.insert(each.number);
  return tells_units(strata_of(read, id), std::ssize(drawn_of(read, id)), std::ssize(found));
}

}  // namespace

Result<ReadFinding> read_finding(db::Read& read,
                                 const people::Officer& officer,
                                 ProgrammeId id,
                                 std::int64_t number) {
  const Error none{ErrorKind::not_found, "supervision.error.none"_t};
  auto p = find(read, id);
  auto told = p ? told_finding(read, id, number) : std::nullopt;
  if (!told || !officer.may(people::Role::head, told->unit_path)) return none;
  if (!does_tell_units(read, id)) return none;
  auto reply = reply_to(read, told->finding);
  return ReadFinding{*std::move(p), *std::move(told), std::move(reply)};
}

std::vector<ReadFinding> read_findings(db::Read& read, std::string_view path, std::int64_t limit) {
  std::vector<ReadFinding> all;
  std::map<std::int64_t, bool> tells;  // by the programme
  for (ToldFinding& told : told_findings(read, path, limit)) {
    const ProgrammeId id = told.finding.programme;
    const auto known = tells.find(id.value);
    const bool is_told = known != tells.end() ? known->second : does_tell_units(read, id);
    tells[id.value] = is_told;
    auto p = is_told ? find(read, id) : std::nullopt;
    if (!p) continue;
    auto reply = reply_to(read, told.finding);
    all.push_back({*std::move(p), std::move(told), std::move(reply)});
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
