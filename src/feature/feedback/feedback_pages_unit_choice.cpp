#include "feature/feedback/feedback_pages_unit_choice.h"

#include "base/text.h"
#include "core/units/units_store.h"
#include "platform/html/parts.h"

namespace ln::feedback {
namespace {

constexpr std::size_t name_chars_max = 100;
constexpr std::size_t candidates_max = 20;

}  // namespace

std::vector<units::Unit> units_asked(db::Read& read, std::string_view typed, Day today) {
  const std::string_view wanted = trimmed(typed);
  if (wanted.empty()) return {};
  if (auto unit = units::find_on(read, wanted, today)) return {*std::move(unit)};
  // One that has ended: its closed cases stand under its name.
  if (auto ended = units::versions(read, wanted);
      !ended.empty() && ended.front().valid_from < today)
    return {std::move(ended.front())};
  const std::string_view name = first_chars(wanted, name_chars_max);
  if (auto all = units::named(read, name, today); !all.empty()) return all;
  // Part of a name: the offices it may stand for, of which a person chooses.
  std::vector<units::Unit> all;
  for (units::Found& each :
       units::search(read, {.query = name, .day = today, .limit = candidates_max}))
    all.push_back(std::move(each.unit));
  return all;
}

html::Fragment which_unit(const html::View& view,
                          const std::vector<units::Unit>& units,
                          const html::Url& list) {
  html::Fragment body;
  body.add("<p>{}</p>", view("feedback.register.which_unit"_t));
  body.add(R"(<ul class="govuk-list">{}</ul>)", [&](html::Fragment& all) {
    for (const units::Unit& unit : units)
      all.add(R"(<li><a href="{}">{}</a></li>)", list.with("unit", unit.code), unit.name);
  });
  return html::note({.kind = html::NoteKind::info, .body = std::move(body)});
}

}  // namespace ln::feedback
