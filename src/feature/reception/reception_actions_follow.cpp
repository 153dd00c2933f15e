#include "feature/reception/reception_actions_follow.h"

#include <algorithm>

#include "base/text.h"
#include "core/ledger/ledger_actions_grassroots.h"
#include "core/ledger/ledger_public.h"
#include "core/ledger/ledger_stop.h"
#include "core/notice/notice_destination.h"
#include "core/notice/notice_store.h"
#include "core/units/units_store.h"
#include "feature/reception/reception_actions.h"

namespace ln::reception {
namespace {

Error no_move_now() { return {ErrorKind::conflict, "reception.error.not_now"_t}; }

// Not a word of the day or of who comes: what changed and where it is told. Whoever has nothing to
// expect any more is not written to: who booked a day that is over and that nobody held.
void tell_holders(db::Write& write, const Reception& r, Instant now) {
  const bool is_ahead = now < r.day_ends_at();
  for (const Turn& turn : turns_of(write, r.id, 0, places_max + extra_places)) {
    const bool is_booked = turn.state == TurnState::booked;
    const bool expects = turn.is_owed() || (is_booked && (is_ahead || r.state == State::held));
    if (!expects || turn.contact.empty()) continue;
    const auto to = notice::destination_of(turn.contact);
    if (!to) continue;
    notice::queue(
        write,
        {.kind = "reception.changed",
         .to = notice::Recipient::citizen(to->address, to->way),
         .about = {"reception_turn", turn.id.value},
         .text = is_ahead && is_booked ? "reception.notice.followed"_t
                                       : "reception.notice.followed_owed"_t,
         .values = {{"code", turn.code->shown()},
                    {"path", "/receptions/turns/" + turn.code->text()}},
         .language = turn.in_english ? "en" : "vi"},
        now);
  }
}

// The ledger first: it may refuse, and a refusal comes before the first change.
Result<Reception> hand(db::Write& write, Reception r, Follow follow, const units::Unit& to) {
  TRY(follow.line,
      ledger::announce(write, ledger::GrassrootsFact{
                                  .at = follow.at,
                                  .what = std::string(followed_word),
                                  .room = "reception",
                                  .number = r.id.value,
                                  .count = r.places,
                                  .unit = ledger::public_code(to.code),
                                  .hash = merkle::sha256(as_bytes(statement_of(follow))),
                                  .until = std::chrono::floor<std::chrono::seconds>(r.starts_at)}));
  const auto above = units::find(write, to.parent);
  if (!hand_over(write, r,
                 {.keeper = to.id,
                  .keeper_path = to.path,
                  .is_ahead = follow.is_ahead,
                  .above_path = above ? above->path : to.path}))
    throw db::Failure("a day of reception changed inside one transaction");
  insert(write, r.id, follow);
  if (to.id != r.keeper) tell_holders(write, r, follow.at);
  if (follow.is_ahead) {
    r.unit = to.id;
    r.unit_path = to.path;
  }
  r.keeper = to.id;
  r.keeper_path = to.path;
  ++r.revision;
  return r;
}

// Of whoever took over from `first` on it is a day of their own.
bool is_ahead(const Reception& r, Day first) {
  return r.state != State::cancelled && r.starts_at >= at_local(first);
}

// Whether a head stands above both: above the keeper, unless nothing does, and `to` is below.
bool may_settle(const people::Officer& officer, std::string_view keeper, std::string_view to) {
  return std::ranges::any_of(officer.staff().grants(), [&](const people::Grant& grant) {
    return grant.role == people::Role::head && units::is_within(keeper, grant.unit_path) &&
           (grant.unit_path != keeper || units::is_top(keeper)) &&
           units::is_within(to, grant.unit_path);
  });
}

}  // namespace

std::optional<Follow> open_follow(db::Read& read, ReceptionId id) {
  std::optional<Follow> first;
  for (const Follow& each : follows_of(read, id))
    if (each.is_certain)
      first.reset();
    else if (!first)
      first = each;
  return first;
}

Result<Reception> follow(db::Write& write, ReceptionId id, Instant now) {
  TRY([[maybe_unused]] const Done allowed, ledger::may_write());
  auto r = find(write, id);
  if (!r) return Error{ErrorKind::not_found, "reception.error.none"_t};
  const Day today = local_day(now);
  const auto ended = units::find(write, r->keeper);
  if (!ended || !ended->valid_to || *ended->valid_to >= today) return no_move_now();
  const bool ahead = is_ahead(*r, *ended->valid_to + std::chrono::days(1));
  if (!ahead && r->state != State::held) return no_move_now();
  const units::Heirs heirs = units::heirs_on(write, *ended, today);
  if (heirs.candidates.empty()) return no_move_now();
  const units::Choice choice = units::choose(heirs, ended->kind, r->place);
  const units::Unit& to = heirs.candidates[choice.candidate].unit;
  const Follow made{.at = now,
                    .from = ended->id,
                    .to = to.id,
                    .starts_at = r->starts_at,
                    .is_ahead = ahead,
                    .is_certain = choice.is_certain && !open_follow(write, id)};
  return hand(write, *std::move(r), made, to);
}

std::vector<units::Unit> candidates_of(db::Read& read, const Follow& follow, Day today) {
  const auto from = units::find(read, follow.from);
  return from ? units::became(read, *from, today) : std::vector<units::Unit>();
}

Result<Reception> settle(db::Write& write, const Settling& settling) {
  TRY([[maybe_unused]] const Done allowed, ledger::may_write());
  auto r = find(write, settling.id);
  if (!r || !may_settle(settling.officer, r->keeper_path, r->keeper_path))
    return Error{ErrorKind::not_found, "reception.error.none"_t};
  const auto open = open_follow(write, r->id);
  if (!open) return no_move_now();
  if (r->revision != settling.revision)
    return Error{ErrorKind::conflict, "reception.error.changed"_t};
  const Day today = local_day(settling.now);
  const auto to = units::find_on(write, trimmed(settling.unit_code), today);
  const auto candidates = candidates_of(write, *open, today);
  const bool fits =
      to && may_settle(settling.officer, r->keeper_path, to->path) &&
      (candidates.empty() ||
             std::ranges::find(candidates, to->id, &units::Unit::id) != candidates.end());
  if (!fits)
    return Error{ErrorKind::invalid,
                 "reception.error.settle_unit"_t,
                 {{"unit", "reception.error.settle_unit"_t}}};
  // A day that was ahead when it came here stays under whoever held it, once it is over.
  const Follow made{.at = settling.now,
                    .from = r->keeper,
                    .to = to->id,
                    .starts_at = r->starts_at,
                    .is_ahead = is_ahead(*r, today),
                    .is_certain = true,
                    .settled_by = settling.officer.id().value};
  return hand(write, *std::move(r), made, *to);
}

}  // namespace ln::reception
