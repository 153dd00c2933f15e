#include "feature/feedback/feedback_actions_move.h"

#include <algorithm>
#include <set>
#include <utility>

#include "core/people/people_reorganise.h"
#include "core/people/people_store.h"
#include "core/units/units_store.h"
#include "core/units/units_store_area.h"
#include "feature/feedback/feedback_actions_record.h"

namespace ln::feedback {
namespace {

units::Unit office_of(db::Read& read, const Feedback& feedback) {
  auto unit = units::find(read, feedback.unit);
  if (!unit) throw db::Failure("a case is handled by a unit that does not exist");
  return *std::move(unit);
}

struct Target {
  units::Unit unit;
  bool is_certain;
};

// Who takes the case over from `ended`. The unit complained about must not, whatever it is called
// now; but a unit that was chosen although it stands below (the inspectorate) stays chosen.
std::optional<Target> target_of(db::Read& read,
                                const Feedback& feedback,
                                const units::Unit& ended,
                                Day day) {
  const units::Heirs heirs = units::heirs_on(read, ended, day);
  if (heirs.candidates.empty()) return std::nullopt;
  const units::Choice choice =
      units::choose_at(read, heirs, ended.kind, feedback.place, feedback.position, day);
  Target target{heirs.candidates[choice.candidate].unit, choice.is_certain};
  if (feedback.about != About::conduct || units::is_within(ended.path, feedback.object_path))
    return target;
  while (is_accused(read, feedback, target.unit, day)) {
    auto above = units::find(read, target.unit.parent);
    if (!above) break;  // The whole city is complained about.
    target.unit = *std::move(above);
  }
  return target;
}

void hand_over(db::Read& read, Feedback& feedback, const units::Unit& to) {
  feedback.unit = to.id;
  feedback.unit_path = to.path;
  if (feedback.officer_id == 0) return;
  const auto grants = people::grants(read, people::AccountId{feedback.officer_id});
  const bool works_there = std::ranges::any_of(grants, [&](const people::Grant& grant) {
    return (grant.role == people::Role::handler || grant.role == people::Role::head) &&
           units::is_within(to.path, grant.unit_path);
  });
  if (!works_there) feedback.officer_id = 0;
}

}  // namespace

bool is_accused(db::Read& read, const Feedback& feedback, const units::Unit& to, Day day) {
  if (feedback.about != About::conduct || feedback.object_unit.value == 0) return false;
  if (units::is_within(to.path, feedback.object_path)) return true;
  const auto object = units::find(read, feedback.object_unit);
  if (!object) return false;
  return std::ranges::any_of(units::became(read, *object, day), [&](const units::Unit& each) {
    return units::is_within(to.path, each.path);
  });
}

Result<Feedback> move_along(db::Write& write,
                            FeedbackId id,
                            const units::Reorganisation& event,
                            const ledger::Salts& salts,
                            Instant now) {
  auto found = find(write, id);
  if (!found || found->erased_at || found->state == State::closed)
    return Error{ErrorKind::conflict, "feedback.error.not_now"_t};
  const units::Unit ended = office_of(write, *found);
  if (!ended.valid_to || *ended.valid_to >= event.day)
    return Error{ErrorKind::conflict, "feedback.error.not_now"_t};
  const auto target = target_of(write, *found, ended, event.day);
  if (!target) return Error{ErrorKind::conflict, "feedback.error.not_now"_t};
  const units::Unit& to = target->unit;
  hand_over(write, *found, to);
  const Audience audience = audience_of(*found);
  TRY(Feedback moved, record(write, *std::move(found),
                             {.event = ledger::Event::transferred,
                              .at = now,
                              .salts = &salts,
                              .party = Party::clock,
                              .unit = to.id,
                              .text = ended.name + " → " + to.name,
                              .reason = std::string(reason_reorganised),
                              .audience = audience}));
  insert(write, Move{moved.id, event.id, ended.id, to.id, target->is_certain});
  return moved;
}

MovePreview preview_moves(db::Read& read, const units::Plan& plan) {
  MovePreview preview;
  const auto cases = count_not_closed(read);
  std::set<units::UnitId> open;  // a person may have to say
  for (const units::Unit& each : plan.splits) open.insert(each.id);
  for (const units::Unit& each : plan.undetermined) open.insert(each.id);
  for (const units::UnitId id : plan.closing) {
    preview.roles += people::count_roles(read, id);
    preview.desks += static_cast<std::int64_t>(units::desks(read, id).size());
    const auto found = cases.find(id);
    if (found == cases.end()) continue;
    preview.cases += found->second;
    if (open.contains(id)) preview.undecided += found->second;
  }
  return preview;
}

std::vector<units::Unit> candidates_of(db::Read& read, const Move& move, Day today) {
  const auto from = units::find(read, move.from);
  return from ? units::became(read, *from, today) : std::vector<units::Unit>();
}

Result<Feedback> settle_move(db::Write& write,
                             const OfficerAct& act,
                             units::ReorganisationId event,
                             const units::Unit& to) {
  TRY(Feedback feedback, load_for(write, act, Task::transfer));
  auto move = find_move(write, feedback.id, event);
  if (!move || !move->is_undetermined() || feedback.state == State::closed)
    return Error{ErrorKind::conflict, "feedback.error.not_undetermined"_t};
  const Day today = local_day(act.now);
  const auto candidates = candidates_of(write, *move, today);
  const bool fits = to.is_valid_on(today) &&
                    (candidates.empty() ||
                     std::ranges::find(candidates, to.id, &units::Unit::id) != candidates.end());
  FieldErrors errors;
  if (!fits)
    errors.add("unit", "feedback.error.unit_unfit"_t);
  else if (is_accused(write, feedback, to, today))
    errors.add("unit", "feedback.error.unit_accused"_t);
  if (!errors.empty()) return errors.take();
  const units::Unit before = office_of(write, feedback);
  hand_over(write, feedback, to);
  const Audience audience = audience_of(feedback);
  const Instant kept = kept_time(feedback, act.now);
  TRY(Feedback settled, record(write, std::move(feedback),
                               {.event = ledger::Event::transferred,
                                .at = act.now,
                                .salts = &act.salts,
                                .party = Party::office,
                                .officer_id = act.officer.id().value,
                                .unit = to.id,
                                .text = before.name + " → " + to.name,
                                .reason = std::string(reason_settled),
                                .audience = audience}));
  move->to = to.id;
  move->settled_at = kept;
  move->settled_by = act.officer.id().value;
  if (!settle(write, *move)) throw db::Failure("a move changed inside one transaction");
  return settled;
}

std::optional<Move> hand_to_heir(db::Read& read, Feedback& feedback, Instant now) {
  const Day today = local_day(now);
  const units::Unit ended = office_of(read, feedback);
  if (!ended.valid_to || *ended.valid_to >= today) return std::nullopt;
  const auto target = target_of(read, feedback, ended, today);
  if (!target) return std::nullopt;
  hand_over(read, feedback, target->unit);
  const auto event = units::reorganisation_on(read, *ended.valid_to + std::chrono::days(1));
  if (!event) return std::nullopt;
  return Move{feedback.id, event->id, ended.id, target->unit.id, target->is_certain};
}

}  // namespace ln::feedback
