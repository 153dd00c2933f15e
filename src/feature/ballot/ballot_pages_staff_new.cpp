// Announcing a decision by households.
#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"
#include "core/ledger/ledger_late.h"
#include "core/people/people_units.h"
#include "core/units/units_store.h"
#include "feature/ballot/ballot_actions.h"
#include "feature/ballot/ballot_pages_parts.h"
#include "feature/ballot/ballot_pages_staff.h"
#include "platform/db/once.h"
#include "platform/html/forms.h"
#include "platform/html/parts.h"
#include "platform/http/form_page.h"
#include "platform/http/http_parse.h"
#include "platform/http/once_key.h"

namespace ln::ballot::staff {
namespace {

using html::fill;
using html::Fragment;
using html::Url;
using html::View;

constexpr std::size_t questions_shown = 3;

// "2026-12-01T08:30" of a clock in Hanoi, as a field for a moment sends it; null for anything else.
std::optional<Instant> clock_in(std::string_view text) {
  constexpr std::size_t size = 16;
  const auto at =
      text.size() == size ? ledger::instant_of(std::string(text) + ":00Z") : std::nullopt;
  if (!at) return std::nullopt;
  return *at - vietnam_offset;
}

struct Sheet {
  const http::Request& request;
  const people::Officer& officer;
  std::vector<units::Unit> units{};
  std::string unit{}, opens{}, closes{}, posted_on{}, once{};
  Typed typed{};
  Instant now{};

  View view() const { return people::view_of(request, officer.staff()); }
};

Result<Sheet> sheet_for(const http::Request& request,
                        db::Read& read,
                        const people::Officer& officer,
                        Instant now) {
  Sheet sheet{.request = request, .officer = officer, .now = now};
  sheet.units = people::headed_units(read, officer, local_day(now), people::Below::none);
  if (sheet.units.empty()) return Error{ErrorKind::forbidden, "ballot.error.not_head"_t};
  sheet.typed.questions.resize(questions_shown);
  return sheet;
}

Fragment line_of(const View& view,
                 const Error* error,
                 std::string_view name,
                 TextKey label,
                 const std::string& value,
                 std::string_view type = "text") {
  return html::input(view, {.name = name,
                            .label = {.text = view(label), .is_optional = name == "title_en"},
                            .error = html::error_for(view, error, name),
                            .value = value,
                            .type = type});
}

Fragment question_fields(const View& view, const Sheet& sheet, const Error* error) {
  Fragment out;
  for (std::size_t i = 0; i < questions_shown; ++i) {
    const std::string number = std::to_string(i + 1);
    const std::string text = "question-" + number, options = "options-" + number;
    const std::string label = view.voice("ballot.new.question"_t, {{"number", number}});
    const std::string below = view.voice("ballot.new.options"_t, {{"number", number}});
    out += html::input(view, {.name = text,
                              .label = {.text = label, .is_optional = i > 0},
                              .hint = i == 0 ? view("ballot.new.question_hint"_t) : "",
                              .error = html::error_for(view, error, text),
                              .value = sheet.typed.questions[i].text});
    out += html::textarea(view, {.name = options,
                                 .label = {.text = below, .is_optional = i > 0},
                                 .hint = i == 0 ? view("ballot.new.options_hint"_t) : "",
                                 .error = html::error_for(view, error, options),
                                 .value = sheet.typed.questions[i].options,
                                 .rows = 3});
  }
  return out;
}

Fragment rule_field(const View& view, const Sheet& sheet, const Error* error) {
  html::Select rule{.name = "rule",
                    .label = {view("ballot.new.rule"_t)},
                    .hint = view("ballot.new.rule_hint"_t),
                    .error = html::error_for(view, error, "rule"),
                    .value = sheet.typed.rule};
  std::vector<std::string> names;
  std::vector<const Rule*> all;
  for (const Rule& each : rules())
    if (rule_on(each.code, local_day(sheet.now)) == &each) all.push_back(&each);
  for (const Rule* each : all)
    names.push_back(std::string(html::spoken(view, each->name_vi, each->name_en).text) + " – " +
                    rule_words(view, *each));
  for (std::size_t i = 0; i < all.size(); ++i) rule.options.push_back({all[i]->code, names[i]});
  return html::select(view, rule);
}

http::Response show_sheet(const Sheet& sheet, const Error* error) {
  const View view = sheet.view();
  html::Select unit{.name = "unit", .label = {view("ballot.new.unit"_t)}, .value = sheet.unit};
  for (const units::Unit& each : sheet.units) unit.options.push_back({each.code, each.name});
  Fragment fields = html::select(view, unit);
  fields += line_of(view, error, "area", "ballot.new.area"_t, sheet.typed.area);
  fields += line_of(view, error, "title_vi", "ballot.new.title_vi"_t, sheet.typed.title_vi);
  fields += line_of(view, error, "title_en", "ballot.new.title_en"_t, sheet.typed.title_en);
  fields += html::textarea(view, {.name = "summary",
                                  .label = {view("ballot.new.summary"_t)},
                                  .error = html::error_for(view, error, "summary"),
                                  .value = sheet.typed.summary,
                                  .rows = 4,
                                  .chars_max = static_cast<int>(summary_chars_max)});
  fields += rule_field(view, sheet, error);
  fields += question_fields(view, sheet, error);
  fields += html::textarea(view, {.name = "households",
                                  .label = {view("ballot.new.households"_t)},
                                  .hint = view("ballot.new.households_hint"_t),
                                  .error = html::error_for(view, error, "households"),
                                  .value = sheet.typed.households,
                                  .rows = 8});
  fields +=
      html::input(view, {.name = "posted_at",
                         .label = {.text = view("ballot.new.posted_at"_t), .is_optional = true},
                         .hint = view("ballot.new.posted_at_hint"_t),
                         .error = html::error_for(view, error, "posted_at"),
                         .value = sheet.typed.posted_at});
  fields +=
      html::input(view, {.name = "posted_on",
                         .label = {.text = view("ballot.new.posted_on"_t), .is_optional = true},
                         .hint = view("ballot.new.posted_on_hint"_t),
                         .error = html::error_for(view, error, "posted_on"),
                         .value = sheet.posted_on,
                         .type = "date"});
  fields += line_of(view, error, "opens", "ballot.opens"_t, sheet.opens, "datetime-local");
  fields += line_of(view, error, "closes", "ballot.closes"_t, sheet.closes, "datetime-local");
  fields += html::hidden("once", sheet.once);
  fields += html::button({.text = view("ballot.new.do"_t), .once = true});
  Fragment body = html::back_link(view, Url::in(view, "/staff/ballots"));
  body += html::error_summary(view, error);
  body.add(
      R"(<h1 class="h-l">{}</h1><p>{}</p>{}{})", view("ballot.new.title"_t),
      view("ballot.new.lead"_t), Fragment(),
      html::form(view, {.action = Url::in(view, "/staff/ballots/new"), .body = std::move(fields)}));
  return http::form_page(view, {.title = view("ballot.new.title"_t),
                                .here = "/staff/ballots",
                                .body = std::move(body),
                                .error = error,
                                .is_staff = true});
}

}  // namespace

Result<http::Response> new_page(const http::Request& request,
                                db::Read& read,
                                people::Officer officer,
                                Random& random,
                                Instant now) {
  TRY(Sheet sheet, sheet_for(request, read, officer, now));
  sheet.once = http::once_key(request.form, random);
  return show_sheet(sheet, nullptr);
}

Result<http::Pending> new_post(const http::Request& request,
                               db::Read& read,
                               people::Officer officer,
                               Random& random,
                               Instant now) {
  TRY(Sheet sheet, sheet_for(request, read, officer, now));
  const auto of = [&](std::string_view name) { return std::string(request.form.text(name)); };
  sheet.once = http::once_key(request.form, random);
  sheet.unit = of("unit");
  sheet.opens = of("opens");
  sheet.closes = of("closes");
  sheet.posted_on = of("posted_on");
  sheet.typed = {.area = of("area"),
                 .title_vi = of("title_vi"),
                 .title_en = of("title_en"),
                 .summary = of("summary"),
                 .rule = of("rule"),
                 .households = of("households"),
                 .opens_at = clock_in(sheet.opens),
                 .closes_at = clock_in(sheet.closes)};
  sheet.typed.posted_at = of("posted_at");
  // An address of another host is none of ours.
  const std::string& base = request.view.site->base_url;
  if (sheet.typed.posted_at.starts_with(base + "/")) sheet.typed.posted_at.erase(0, base.size());
  sheet.typed.posted_on = http::parse_day(sheet.posted_on);
  sheet.typed.is_day_unread = !trimmed(sheet.posted_on).empty() && !sheet.typed.posted_on;
  for (std::size_t i = 1; i <= questions_shown; ++i)
    sheet.typed.questions.push_back(
        {of("question-" + std::to_string(i)), of("options-" + std::to_string(i))});
  const auto unit = std::ranges::find(sheet.units, sheet.unit, &units::Unit::code);
  if (unit == sheet.units.end()) return Error{ErrorKind::forbidden, "ballot.error.not_head"_t};
  const auto made =
      prepare(officer, *unit, sheet.typed, random, now, posting_of(read, *unit, sheet.typed));
  if (!made.ok()) {
    if (made.error().kind != ErrorKind::invalid) return made.error();
    return http::Pending::answer(show_sheet(sheet, &made.error()));
  }
  return http::Pending::commit(
      [made = made.value(), key = "ballot.new:" + sheet.once,
       now](db::Write& write) -> Result<Ballot> {
        if (const auto before = db::Once::find(write, key))
          if (auto told = find(write, BallotId{parse_number(*before).value_or(0)}))
            return *std::move(told);
        TRY(Ballot told, announce(write, made));
        db::Once::save(write, key, std::to_string(told.id.value), now);
        return told;
      },
      [&request](const Result<Ballot>& done, std::string_view) {
        if (!done.ok()) return http::error_response(request, done.error());
        return http::see_other(
            std::string(Url::in(request.view, "/staff/ballots/", done.value().id.value).view()));
      });
}

}  // namespace ln::ballot::staff
