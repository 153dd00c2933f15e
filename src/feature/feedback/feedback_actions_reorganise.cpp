#include "feature/feedback/feedback_actions_reorganise.h"

#include "base/text.h"
#include "core/people/people_reorganise.h"
#include "core/settings/settings_actions.h"
#include "core/settings/settings_store.h"
#include "core/settings/settings_units.h"
#include "core/units/units_store_reorganise.h"
#include "engine/merkle/merkle.h"
#include "platform/json/json.h"

namespace ln::feedback {
namespace {

constexpr const char* no_event = "{}";  // The value of one that is not there.

Result<Done> say(db::Write& write,
                 const units::Reorganisation& event,
                 const std::string& before,
                 const std::string& after,
                 Instant now) {
  TRY([[maybe_unused]] const std::int64_t id,
      settings::note(write, people::AccountId{event.created_by},
                     {.list = std::string(settings::reorganisation_list),
                      .code = to_iso(event.day),
                      .before = before,
                      .after = after,
                      .from = event.day,
                      .reason = event.name},
                     now));
  return Done{};
}

}  // namespace

std::string value_of(db::Read& read, const units::Reorganisation& event) {
  std::string value;
  json::Writer out(value);
  out.object().member("links", to_hex(merkle::sha256(as_bytes(units::lines_of(read, event.day)))));
  out.member("name", event.name).member("source", event.source).end_object();
  return value;
}

Result<units::Announced> announce_reorganisation(db::Write& write,
                                                 const units::ReorganisationWish& wish,
                                                 Instant now) {
  TRY(units::Announced announced, units::announce(write, wish, now));
  TRY([[maybe_unused]] const Done said, say(write, announced.event, now));
  return announced;
}

Result<Done> withdraw_reorganisation(db::Write& write, units::ReorganisationId id, Instant now) {
  for (const units::UnitId unit : units::opened_by(write, id))
    if (people::count_roles(write, unit) > 0)
      return Error{ErrorKind::conflict, "reorganise.is_used"_t};
  const auto event = units::find(write, id);
  const bool was_said = event && is_said(write, *event);
  const std::string before = event ? value_of(write, *event) : no_event;
  TRY([[maybe_unused]] const Done done, units::withdraw(write, id, now));
  if (was_said) return say(write, *event, before, no_event, now);
  return Done{};
}

bool is_said(db::Read& read, const units::Reorganisation& event) {
  const auto last = settings::last_applied(read, settings::reorganisation_list, to_iso(event.day));
  return last && last->after != no_event;
}

Result<Done> say(db::Write& write, const units::Reorganisation& event, Instant now) {
  return say(write, event, no_event, value_of(write, event), now);
}

}  // namespace ln::feedback
