#include "feature/consultation/consultation_actions_token.h"

#include <algorithm>
#include <utility>

#include "base/check.h"
#include "base/text.h"
#include "core/ledger/ledger_public_actions.h"
#include "core/ledger/ledger_stop.h"
#include "core/units/units_store.h"
#include "engine/merkle/merkle.h"

namespace ln::consultation {
namespace {

Error beside(ErrorKind kind, std::string_view field, TextKey text) {
  return {kind, text, {{std::string(field), text}}};
}

Result<Done> announce_tokens(db::Write& write,
                             const Consultation& c,
                             const TokenKey& key,
                             std::string_view what,
                             std::int64_t count,
                             Instant now,
                             std::int64_t* line = nullptr) {
  const auto hash = merkle::to_hash(hash_of(key));
  CHECK(hash.has_value());
  TRY(const std::int64_t said,
      ledger::announce(write, ledger::ConsultationFact{.at = now,
                                                       .what = std::string(what),
                                                       .consultation = c.id.value,
                                                       .version = c.version,
                                                       .comments = count,
                                                       .closes = *c.closes_on,
                                                       .text = *hash}));
  if (line != nullptr) *line = said;
  return Done{};
}

struct OpenTokens {
  Consultation c{};
  TokenKey key{};
};
// A draft that still gives and takes tokens.
Result<OpenTokens> open_tokens(db::Read& read, ConsultationId id, Instant now) {
  auto c = find(read, id);
  auto key = c && c->stage != Stage::editing ? find_token_key(read, id) : std::nullopt;
  if (!key) return Error{ErrorKind::not_found, "consultation.error.none"_t};
  if (!c->takes_comments(now) || key->private_key.empty())
    return Error{ErrorKind::conflict, "consultation.error.closed"_t};
  return OpenTokens{*std::move(c), *std::move(key)};
}

std::int64_t left_of(db::Read& read, const TokenKey& key) {
  return key.audience_count - key.printed - counts_of(read, key).issued;
}

std::string signed_for(const IssueAct& act) {
  return std::string(as_text(merkle::sha256(as_bytes(act.blinded))));
}

bool is_again(db::Read& read, const IssueAct& act) {
  return issued_for(read, act.id, act.staff.id()) == signed_for(act);
}

Result<OpenTokens> may_issue(db::Read& read, const IssueAct& act) {
  TRY(OpenTokens open, open_tokens(read, act.id, act.now));
  if (!is_in_audience(act.staff, open.key))
    return Error{ErrorKind::forbidden, "consultation.token.error.audience"_t};
  if (is_again(read, act)) return open;
  if (issued_for(read, act.id, act.staff.id()))
    return Error{ErrorKind::conflict, "consultation.token.error.issued"_t};
  if (left_of(read, open.key) <= 0)
    return Error{ErrorKind::conflict, "consultation.token.error.none_left"_t};
  return open;
}

}  // namespace

std::vector<Audience> audiences_of(db::Read& read, const Consultation& c) {
  std::vector<Audience> all;
  const auto unit = units::find(read, c.unit);
  if (!unit || c.stage != Stage::editing || c.kind != "internal") return all;
  std::vector<units::Unit> above = units::ancestors(read, *unit);
  above.push_back(*unit);
  std::ranges::reverse(above);
  for (units::Unit& each : above) {
    const std::int64_t people = audience_of(read, each.path);
    if (people >= token_floor) all.push_back({std::move(each), people});
  }
  return all;
}

Result<Consultation> open_for_staff(db::Write& write,
                                    const EditAct& act,
                                    ConsultationId id,
                                    Day closes_on,
                                    const StaffDraft& staff) {
  const auto before = find(write, id);
  if (!before || !before->unit_path.starts_with(staff.audience.path))
    return beside(ErrorKind::invalid, "audience", "consultation.token.error.unit"_t);
  TokenKey key{.consultation = id,
               .audience = staff.audience.id,
               .audience_path = staff.audience.path,
               .audience_count = audience_of(write, staff.audience.path),
               .public_key = staff.key.public_key,
               .private_key = staff.key.private_key};
  if (key.audience_count < token_floor)
    return beside(ErrorKind::invalid, "audience", "consultation.token.error.few"_t);
  TRY(Consultation c, open(write, act, id, closes_on));
  TRY([[maybe_unused]] const Done said,
      announce_tokens(write, c, key, "key", key.audience_count, act.now, &key.line));
  insert(write, key);
  return c;
}

bool is_in_audience(const people::Staff& staff, const TokenKey& key) {
  return std::ranges::any_of(staff.grants(), [&](const people::Grant& each) {
    return each.unit_path.starts_with(key.audience_path);
  });
}

Result<std::string> prepare_issue(db::Read& read, const IssueAct& act) {
  TRY(const OpenTokens open, may_issue(read, act));
  auto signature = blind::sign(open.key.private_key, act.blinded);
  if (!signature) return Error{ErrorKind::invalid, "consultation.token.error.blinded"_t};
  return *std::move(signature);
}

Result<Done> issue(db::Write& write, const IssueAct& act) {
  TRY([[maybe_unused]] const Done allowed, ledger::may_write());
  TRY([[maybe_unused]] const OpenTokens open, may_issue(write, act));
  if (!is_again(write, act)) note_issued(write, act.id, act.staff.id(), signed_for(act));
  return Done{};
}

std::int64_t slips_left(db::Read& read, const TokenKey& key) {
  const std::int64_t left =
      std::min(slips_most(key.audience_count) - key.printed, left_of(read, key));
  return std::max<std::int64_t>(left, 0) / token_floor * token_floor;
}

bool has_tokens_left(db::Read& read, const TokenKey& key) { return left_of(read, key) > 0; }

Result<Done> print_slips(db::Write& write, const SlipsAct& act) {
  TRY(const OpenTokens open, open_tokens(write, act.id, act.now));
  if (!may_edit(act.officer, open.c.unit_path))
    return Error{ErrorKind::not_found, "consultation.error.none"_t};
  const std::int64_t count = std::ssize(act.secrets);
  if (count < token_floor || count > slips_max || count % token_floor != 0)
    return beside(ErrorKind::invalid, "count", "consultation.token.error.count"_t);
  if (count > slips_left(write, open.key))
    return beside(ErrorKind::invalid, "count", "consultation.token.error.too_many"_t);
  TRY([[maybe_unused]] const Done said,
      announce_tokens(write, open.c, open.key, "slips", open.key.printed + count, act.now));
  for (const std::string& each : act.secrets) insert_slip(write, act.id, slip_hash(each));
  add_printed(write, act.id, count);
  return Done{};
}

Result<Brought> prepare_spending(db::Read& read,
                                 ConsultationId id,
                                 std::string_view typed,
                                 Instant now) {
  TRY(const OpenTokens open, open_tokens(read, id, now));
  auto brought = read_brought(typed);
  const Error unknown = beside(ErrorKind::invalid, "token", "consultation.token.error.unknown"_t);
  const Error other = beside(ErrorKind::conflict, "token", "consultation.token.error.other"_t);
  if (!brought) return unknown;
  if (brought->token) {
    if (brought->token->draft != id.value) return other;
    if (!blind::verify(open.key.public_key, brought->token->message, brought->token->signature))
      return unknown;
    return *std::move(brought);
  }
  const auto printed_for = slip_of(read, brought->hash);
  if (!printed_for) return unknown;
  if (*printed_for != id) return other;
  return *std::move(brought);
}

Result<Done> spend(db::Write& write,
                   ConsultationId id,
                   const Brought& brought,
                   std::string_view mark,
                   Instant now) {
  TRY([[maybe_unused]] const Done allowed, ledger::may_write());
  TRY(const OpenTokens open, open_tokens(write, id, now));
  if (is_by_token(write, id, mark))
    return beside(ErrorKind::conflict, "token", "consultation.token.error.twice"_t);
  if ((brought.token ? counts_of(write, open.key).issued : open.key.printed) < token_floor)
    return beside(ErrorKind::conflict, "token", "consultation.token.error.early"_t);
  if (was_spent(write, id, brought.hash))
    return beside(ErrorKind::conflict, "token", "consultation.token.error.spent"_t);
  note_spent(write, id, brought.hash);
  note_holder(write, id, mark);
  return Done{};
}

Result<Done> close_tokens(db::Write& write, const Consultation& c, Instant now) {
  const auto key = find_token_key(write, c.id);
  if (!key || key->private_key.empty()) return Done{};
  const std::int64_t spent = told(counts_of(write, *key).spent).value_or(0);
  TRY([[maybe_unused]] const Done said, announce_tokens(write, c, *key, "tokens", spent, now));
  end_tokens(write, *key);
  return Done{};
}

bool scrub_token_keys(db::Database& database) {
  const auto all = database.read(unscrubbed_keys);
  if (all.empty()) return false;
  database.scrub();
  const Result<Done> done = database.write([&](db::Write& write) -> Result<Done> {
    for (const ConsultationId id : all) set_scrubbed(write, id);
    return Done{};
  });
  return done.ok();
}

}  // namespace ln::consultation
