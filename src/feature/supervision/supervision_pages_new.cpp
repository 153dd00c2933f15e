// Announcing a programme: the form, and how many cases the frame would hold before it is fixed.
#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"
#include "core/people/people_independent.h"
#include "core/units/units_store.h"
#include "feature/supervision/supervision_actions.h"
#include "feature/supervision/supervision_pages_parts.h"
#include "feature/supervision/supervision_pages_staff.h"
#include "platform/html/charts.h"
#include "platform/html/forms.h"
#include "platform/html/parts.h"
#include "platform/http/form_page.h"

namespace ln::supervision::staff {
namespace {

using html::fill;
using html::Fragment;
using html::Url;
using html::View;

std::string count_name(Stratum stratum) { return "count-" + std::string(to_text(stratum)); }

// What stands in the form, as it was typed.
struct Plan {
  std::string title_vi{}, title_en{}, subject{}, unit{}, from{}, to{}, draw_day{}, draw_time{};
  std::array<std::string, all_strata.size()> counts{};
};

Plan typed_in(const http::Fields& form) {
  Plan s{.title_vi = std::string(form.text("title_vi")),
         .title_en = std::string(form.text("title_en")),
         .subject = std::string(form.text("subject")),
         .unit = std::string(form.text("unit")),
         .from = std::string(form.text("from")),
         .to = std::string(form.text("to")),
         .draw_day = std::string(form.text("draw_day")),
         .draw_time = std::string(form.text("draw_time"))};
  for (std::size_t i = 0; i < all_strata.size(); ++i)
    s.counts[i] = trimmed(form.text(count_name(all_strata[i])));
  return s;
}

// Empty fields of what is not a day fail the rules that look at days.
Typed plan_of(const Plan& s) {
  Typed typed{.title_vi = s.title_vi,
              .title_en = s.title_en,
              .subject = s.subject,
              .from = day_in(s.from).value_or(Day{} + std::chrono::days(1)),
              .to = day_in(s.to).value_or(Day{}),
              .head_at = moment_in(s.draw_day, s.draw_time).value_or(Instant{})};
  for (std::size_t i = 0; i < all_strata.size(); ++i)
    if (!s.counts[i].empty() && s.counts[i] != "0")
      typed.wishes.push_back({all_strata[i], parse_number(s.counts[i]).value_or(-1)});
  return typed;
}

// By its code or its whole name; null when there is none or more than one.
std::optional<units::Unit> unit_typed(db::Read& read, std::string_view typed, Day today) {
  const std::string_view name = trimmed(typed);
  if (auto found = units::find_on(read, name, today)) return found;
  auto all = units::named(read, name, today);
  return all.size() == 1 ? std::optional(std::move(all.front())) : std::nullopt;
}

Fragment strata_fields(const View& view, const Plan& s, const Error* error) {
  Fragment out;
  for (std::size_t i = 0; i < all_strata.size(); ++i)
    out += html::input(view, {.name = count_name(all_strata[i]),
                              .label = {view(key_of(all_strata[i]))},
                              .error = i == 0 ? html::error_for(view, error, "strata") : "",
                              .value = s.counts[i],
                              .width = 4,
                              .inputmode = "numeric"});
  return html::fieldset(
      view, {.legend = {view("supervision.new.strata"_t), html::Size::m}, .body = std::move(out)});
}

Fragment fields(const View& view, const Plan& s, const Error* error) {
  const auto field = [&](std::string_view name, TextKey label, const std::string& value,
                         TextKey hint, std::string_view type, std::string_view wrong) {
    return html::input(view, {.name = name,
                              .label = {view(label)},
                              .hint = hint.is_none() ? std::string_view() : view(hint),
                              .error = html::error_for(view, error, wrong),
                              .value = value,
                              .type = type});
  };
  Fragment out =
      field("title_vi", "supervision.new.title_vi"_t, s.title_vi, {}, "text", "title_vi");
  out += field("title_en", "supervision.new.title_en"_t, s.title_en, {}, "text", "title_en");
  out += html::textarea(view, {.name = "subject",
                               .label = {view("supervision.new.subject"_t)},
                               .hint = view("supervision.new.subject_hint"_t),
                               .error = html::error_for(view, error, "subject"),
                               .value = s.subject,
                               .rows = 4,
                               .chars_max = static_cast<int>(words_chars_max)});
  out += field("unit", "supervision.new.unit"_t, s.unit, "supervision.new.unit_hint"_t, "text",
               "unit");
  out += field("from", "supervision.new.from"_t, s.from, "supervision.new.from_hint"_t, "date",
               "from");
  out += field("to", "supervision.new.to"_t, s.to, {}, "date", "to");
  out += field("draw_day", "supervision.new.draw_day"_t, s.draw_day, "supervision.new.draw_hint"_t,
               "date", "head_at");
  out += field("draw_time", "supervision.new.draw_time"_t, s.draw_time, {}, "time", "draw_time");
  out.add("<p>{}</p>", view("supervision.new.strata_lead"_t));
  out += strata_fields(view, s, error);
  return out;
}

Fragment counted(const View& view, const Made& made) {
  const html::Column columns[] = {{view("supervision.stratum"_t)},
                                  {view("supervision.in_frame"_t), true},
                                  {view("supervision.to_draw"_t), true}};
  Fragment rows;
  for (const draw::Stratum& each : made.strata) {
    Fragment row;
    html::add_head_cell(row, fill("{}", view(key_of(from_word(all_strata, each.word).value()))));
    html::add_cell(row, columns[1], view.voice.number(each.size));
    html::add_cell(row, columns[2], view.voice.number(std::min(each.size, each.count)));
    rows.add("<tr>{}</tr>", row);
  }
  Fragment body = fill("<p>{}</p>", view("supervision.new.looked"_t));
  body += html::table(
      {.caption = view("supervision.strata"_t), .columns = columns, .rows = std::move(rows)});
  return html::note(
      {.heading = view("supervision.new.frame"_t), .body = std::move(body), .is_status = true});
}

http::Response show(const View& view, const Plan& s, const Error* error, const Made* made) {
  const std::string_view title = view("supervision.new.title"_t);
  Fragment body = html::back_link(view, Url::in(view, "/staff/supervision/programmes"));
  body += html::error_summary(view, error,
                              {{"head_at", "draw_day"}, {"strata", count_name(all_strata[0])}});
  body.add(R"(<h1 class="h-l">{}</h1><p class="lead">{}</p>)", title,
           view("supervision.new.lead"_t));
  if (made != nullptr) body += counted(view, *made);
  Fragment form = fields(view, s, error);
  Fragment buttons = html::button({.text = view("supervision.new.check"_t),
                                   .kind = html::ButtonKind::secondary,
                                   .name = "step",
                                   .value = "check"});
  buttons += html::button({.text = view("supervision.new.announce"_t),
                           .name = "step",
                           .value = "announce",
                           .once = true});
  form.add(R"(<div class="govuk-button-group">{}</div>)", buttons);
  body += html::form(view, {.action = Url::in(view, "/staff/supervision/programmes/new"),
                            .body = std::move(form)});
  return http::form_page(view, {.title = title,
                                .here = "/staff/supervision",
                                .body = std::move(body),
                                .error = error,
                                .is_staff = true});
}

}  // namespace

Result<http::Response> new_page(const http::Request& request,
                                db::Read&,
                                people::Supervisor supervisor,
                                Instant) {
  const View view = people::view_of(request, supervisor.staff());
  Plan empty;
  empty.draw_time = "10:00";
  return show(view, empty, nullptr, nullptr);
}

Result<http::Pending> new_post(const http::Request& request,
                               db::Read& read,
                               people::Supervisor supervisor,
                               Random& random,
                               Instant now) {
  const View here = people::view_of(request, supervisor.staff());
  const Plan typed = typed_in(request.form);
  const Typed plan = plan_of(typed);
  const auto unit = unit_typed(read, typed.unit, local_day(now));
  const auto checked = check(plan, now);
  const auto refuse = [&](const Error& error) {
    return http::Pending::answer(show(here, typed, &error, nullptr));
  };
  if (!checked.ok()) return refuse(checked.error());
  if (!unit)
    return refuse({ErrorKind::invalid,
                   "supervision.error.no_unit"_t,
                   {{"unit", "supervision.error.no_unit"_t}}});
  if (!people::is_independent(supervisor.staff(), unit->path))
    return Error{ErrorKind::forbidden, "supervision.error.not_independent"_t};
  const std::string key(as_text(random.bytes<32>()));
  const auto made = frame_for(read, *unit, checked.value(), key, now);
  if (!made.ok()) return refuse(made.error());
  if (request.form.text("step") != "announce")
    return http::Pending::answer(show(here, typed, nullptr, &made.value()));
  const std::string list(Url::in(here, "/staff/supervision/programmes").view());
  return http::Pending::commit(
      [act = SupervisorAct{supervisor, now}, unit = *unit, plan, key](db::Write& write) {
        return announce(write, act, unit, plan, key);
      },
      [&request, supervisor, typed, list](const Result<Programme>& done, std::string_view) {
        if (done.ok()) return http::see_other(list + "/" + std::to_string(done.value().id.value));
        if (done.error().kind != ErrorKind::invalid)
          return http::error_response(request, done.error());
        const View view = people::view_of(request, supervisor.staff());
        return show(view, typed, &done.error(), nullptr);
      });
}

}  // namespace ln::supervision::staff
