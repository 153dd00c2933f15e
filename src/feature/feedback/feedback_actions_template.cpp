#include "feature/feedback/feedback_actions_template.h"

#include "core/ledger/ledger_stop.h"
#include "core/settings/settings_actions.h"
#include "platform/json/json.h"

namespace ln::feedback {
namespace {

constexpr const char* no_text = "{}";  // The value of one that is not there.

Result<Done> say_template(db::Write& write,
                          const Template& text,
                          const std::string& before,
                          const std::string& reason) {
  const auto after = find_template(write, text.id);
  TRY([[maybe_unused]] const std::int64_t id,
      settings::note(write, people::AccountId{text.changed_by},
                     {.list = std::string(template_list),
                      .code = "text-" + std::to_string(text.id.value),
                      .before = before,
                      .after = after ? value_of(*after) : no_text,
                      .from = local_day(text.changed_at),
                      .reason = reason},
                     text.changed_at));
  return Done{};
}

}  // namespace

std::string value_of(const Template& text) {
  std::string value;
  json::Writer(value)
      .object()
      .member("name", text.name)
      .member("text", text.text)
      .member("unit", text.unit.value)
      .end_object();
  return value;
}

Result<Done> add_template(db::Write& write, const Template& made, const std::string& reason) {
  TRY([[maybe_unused]] const Done may, ledger::may_write());
  Template kept = made;
  kept.id = insert_template(write, made);
  return say_template(write, kept, "", reason);
}

Result<Done> change_template(db::Write& write,
                             const Template& changed,
                             bool is_removed,
                             const std::string& reason) {
  const auto before = find_template(write, changed.id);
  if (!before) return Error{ErrorKind::conflict, "feedback.error.template_gone"_t};
  TRY([[maybe_unused]] const Done may, ledger::may_write());
  if (is_removed)
    remove_template(write, changed.id);
  else
    update_template(write, changed);
  return say_template(write, changed, value_of(*before), reason);
}

}  // namespace ln::feedback
