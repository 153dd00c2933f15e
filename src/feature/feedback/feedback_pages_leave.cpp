#include "feature/feedback/feedback_pages_leave.h"

#include <algorithm>
#include <string>
#include <vector>

#include "base/text.h"
#include "core/people/people_store.h"
#include "feature/feedback/feedback_actions_absence.h"
#include "feature/feedback/feedback_pages_day.h"
#include "feature/feedback/feedback_pages_staff_parts.h"
#include "platform/html/forms.h"
#include "platform/html/layout.h"
#include "platform/html/parts.h"

namespace ln::feedback::staff {
namespace {

using html::Fragment;
using html::Url;
using html::View;

constexpr std::array working_roles = {people::Role::handler, people::Role::head,
                                      people::Role::triage, people::Role::clerk};

struct AbsentName {
  Absence absence;
  std::string substitute;
};
// What the page shows, gathered before the transaction.
struct LeaveShown {
  std::vector<AbsentName> absences;
  std::vector<people::Account> colleagues;
};

LeaveShown leave_of(db::Read& read, const people::Officer& officer, Instant now) {
  LeaveShown shown;
  Names names(read);
  for (const Absence& each : absences_of(read, officer.id(), local_day(now)))
    shown.absences.push_back({each, names.of_account(each.substitute.value)});
  for (const people::Grant& grant : officer.staff().grants())
    for (const people::Role role : working_roles)
      for (people::Account& account : people::holders_of(read, role, grant.unit)) {
        const auto is_same = [&](const people::Account& each) { return each.id == account.id; };
        if (account.id != officer.id() && std::ranges::none_of(shown.colleagues, is_same))
          shown.colleagues.push_back(std::move(account));
      }
  return shown;
}

Fragment absence_list(const View& view, const LeaveShown& shown) {
  if (shown.absences.empty()) return html::nothing_here(view("feedback.absence.none"_t));
  Fragment out;
  for (const AbsentName& each : shown.absences) {
    Fragment fields = html::hidden("act", "end");
    fields += html::hidden("absence", std::to_string(each.absence.id.value));
    fields += html::button({.text = view("feedback.absence.end"_t),
                            .kind = html::ButtonKind::secondary,
                            .once = true});
    const std::string first = view.voice.date(each.absence.first),
                      last = view.voice.date(each.absence.last);
    out += html::card(
        {.heading = view.voice("feedback.absence.days"_t, {{"first", first}, {"last", last}}),
         .body = html::fill(
             "<p>{}</p>{}", view.voice("feedback.absence.stands_in"_t, {{"name", each.substitute}}),
             html::form(view,
                        {.action = Url::in(view, "/staff/leave"), .body = std::move(fields)}))});
  }
  return out;
}

Fragment leave_date(const View& view,
                    std::string_view name,
                    TextKey legend,
                    const http::Fields& typed,
                    const Error* error) {
  const std::string start(name);
  return html::date_input(view, {.name = name,
                                 .legend = {view(legend), html::Size::s},
                                 .error = html::error_for(view, error, name),
                                 .day = typed.text(start + "-day"),
                                 .month = typed.text(start + "-month"),
                                 .year = typed.text(start + "-year")});
}

std::string leave_html(const View& view,
                       const LeaveShown& shown,
                       const http::Fields& typed,
                       const Error* error) {
  Fragment body =
      html::breadcrumbs(view, {{view("feedback.staff.queue"_t), Url::in(view, "/staff")}},
                        view("feedback.absence.title"_t));
  body += html::error_summary(view, error, {{"first", "first-day"}, {"last", "last-day"}});
  body.add(R"(<h1 class="h-l">{}</h1><p>{}</p>)", view("feedback.absence.title"_t),
           view("feedback.absence.lead"_t));
  body += absence_list(view, shown);
  body.add(R"(<h2 class="h-m sp">{}</h2>)", view("feedback.absence.new"_t));
  Fragment fields = html::hidden("act", "add");
  fields += leave_date(view, "first", "feedback.absence.first"_t, typed, error);
  fields += leave_date(view, "last", "feedback.absence.last"_t, typed, error);
  std::vector<std::string> ids;
  for (const people::Account& each : shown.colleagues) ids.push_back(std::to_string(each.id.value));
  std::vector<html::Choice> choices;
  for (std::size_t i = 0; i < ids.size(); ++i)
    choices.push_back({.value = ids[i], .text = shown.colleagues[i].name});
  if (choices.empty()) {
    body += html::nothing_here(view("feedback.absence.nobody"_t));
  } else {
    fields += html::radios(view, {.name = "substitute",
                                  .legend = {view("feedback.absence.substitute"_t), html::Size::s},
                                  .hint = view("feedback.absence.substitute_hint"_t),
                                  .error = html::error_for(view, error, "substitute"),
                                  .choices = std::move(choices),
                                  .values = {typed.text("substitute")},
                                  .arrangement = html::Arrangement::rows});
    fields += html::button({.text = view("feedback.absence.save"_t), .once = true});
    body += html::form(view, {.action = Url::in(view, "/staff/leave"), .body = std::move(fields)});
  }
  return html::page(view, {.title = view("feedback.absence.title"_t),
                           .here = "/staff",
                           .body = html::fill(R"(<div class="wrap form-page">{}</div>)", body),
                           .is_staff = true,
                           .has_errors = error != nullptr,
                           .is_unlisted = true});
}

}  // namespace

Result<http::Response> leave_page(const http::Request& request,
                                  db::Read& read,
                                  people::Officer officer,
                                  Instant now) {
  const View view = people::view_of(request, officer.staff());
  return http::page(200, leave_html(view, leave_of(read, officer, now), request.form, nullptr));
}

Result<http::Pending> change_leave(const http::Request& request,
                                   db::Read& read,
                                   people::Officer officer,
                                   Instant now) {
  const View view = people::view_of(request, officer.staff());
  const bool is_end = request.form.text("act") == "end";
  const AbsenceId id{request.form.number("absence").value_or(0)};
  const Absence absence{
      .account = officer.id(),
      .substitute = people::AccountId{request.form.number("substitute").value_or(0)},
      .first = day_typed(request.form, "first").value_or(Day{}),
      .last = day_typed(request.form, "last").value_or(Day{})};
  const std::string next(Url::in(view, "/staff/leave").view());
  return http::Pending::commit(
      [officer, is_end, id, absence, now](db::Write& write) -> Result<Done> {
        if (is_end) return end_absence(write, officer, id, now);
        const auto made = record_absence(write, officer, absence, now);
        if (!made.ok()) return made.error();
        return Done{};
      },
      [&request, officer, shown = leave_of(read, officer, now), next](const Result<Done>& done,
                                                                      std::string_view) {
        if (done.ok()) return http::see_other(next);
        if (done.error().kind != ErrorKind::invalid)
          return http::error_response(request, done.error());
        return http::page(422, leave_html(people::view_of(request, officer.staff()), shown,
                                          request.form, &done.error()));
      });
}

}  // namespace ln::feedback::staff
