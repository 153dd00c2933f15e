// The desk of a claiming unit, and the one of a supervisor.
#include "feature/emulation/emulation_pages_staff.h"

#include <utility>

#include "core/people/people_independent.h"
#include "feature/emulation/emulation_actions.h"
#include "feature/emulation/emulation_pages_parts.h"
#include "platform/html/forms.h"
#include "platform/html/parts.h"
#include "platform/http/form_page.h"

namespace ln::emulation::staff {
namespace {

using html::fill;
using html::Fragment;
using html::Url;
using html::View;

constexpr std::int64_t listed_max = 200;

http::Response framed_desk(const View& view,
                           std::string_view title,
                           std::string_view here,
                           Fragment body,
                           const Error* error) {
  return http::form_page(
      view,
      {.title = title, .here = here, .body = std::move(body), .error = error, .is_staff = true});
}

Result<Model> model_to_run(const http::Request& request,
                           db::Read& read,
                           const people::Officer& officer) {
  auto found = find(read, ModelId{request.path_number("id")});
  if (!found || !officer.may_act_for(found->unit_path))
    return Error{ErrorKind::not_found, "emulation.error.none"_t};
  return *std::move(found);
}

Fragment words_field(const View& view,
                     TextKey label,
                     const http::Fields& form,
                     const Error* error) {
  return html::textarea(view, {.name = "text",
                               .label = {view(label)},
                               .error = html::error_for(view, error, "text"),
                               .value = form.text("text"),
                               .rows = 5,
                               .chars_max = static_cast<int>(words_chars_max)});
}

Fragment claim_form(const View& view,
                    const Model& m,
                    const http::Fields& form,
                    const Error* error) {
  Fragment fields = words_field(view, "emulation.claim.text"_t, form, error);
  fields += html::input(view, {.name = "lines",
                               .label = {view("emulation.claim.lines"_t)},
                               .hint = view("emulation.claim.lines_hint"_t),
                               .error = html::error_for(view, error, "lines"),
                               .value = form.text("lines")});
  fields += html::button({.text = view("emulation.claim.do"_t), .once = true});
  return fill("<p>{}</p>{}", view("emulation.claim.lead"_t),
              html::form(view, {.action = Url::in(view, "/staff/emulation/", m.id.value, "/claim"),
                                .body = std::move(fields)}));
}

Fragment reply_form(const View& view,
                    const Model& m,
                    const http::Fields& form,
                    const Error* error) {
  Fragment fields = words_field(view, "emulation.reply.text"_t, form, error);
  fields += html::button({.text = view("emulation.reply.do"_t), .once = true});
  return html::form(view, {.action = Url::in(view, "/staff/emulation/", m.id.value, "/reply"),
                           .body = std::move(fields)});
}

// What a desk shows besides its forms, read before the transaction.
struct Shown {
  Model m;
  Fragment facts;
  Happening stands{};
  bool may_lead = false;
};

http::Response show_model(const http::Request& request,
                          const people::Officer& officer,
                          const Shown& shown,
                          const Error* error,
                          Instant now) {
  const View view = people::view_of(request, officer.staff());
  Fragment body = html::error_summary(view, error);
  body.add(R"(<h1 class="h-l" lang="vi">{}</h1><p><a href="{}">{}</a></p>{})", shown.m.name_vi,
           page_of(view, shown.m.id), view("emulation.desk.public"_t), shown.facts);
  if (shown.may_lead && shown.stands == Happening::registered && shown.m.may_be_claimed(now))
    body += claim_form(view, shown.m, request.form, error);
  if (shown.may_lead &&
      (shown.stands == Happening::confirmed || shown.stands == Happening::refuted))
    body += reply_form(view, shown.m, request.form, error);
  return framed_desk(view, shown.m.name_vi, "/staff/emulation", std::move(body), error);
}

struct AtVerdict {
  Model m;
  Fragment facts;
  bool waits = false, is_independent = false;
};

Result<AtVerdict> at_verdict(const http::Request& request,
                             db::Read& read,
                             const people::Supervisor& supervisor) {
  auto found = find(read, ModelId{request.path_number("id")});
  if (!found) return Error{ErrorKind::not_found, "emulation.error.none"_t};
  AtVerdict at{.m = *std::move(found), .facts = {}};
  at.facts = sheet(people::view_of(request, supervisor.staff()), read, at.m);
  at.waits = stands_of(read, at.m.id) == Happening::claimed;
  at.is_independent = people::is_independent(supervisor.staff(), at.m.unit_path);
  return at;
}

http::Response show_verdict(const http::Request& request,
                            const people::Supervisor& supervisor,
                            const AtVerdict& at,
                            const Error* error) {
  const View view = people::view_of(request, supervisor.staff());
  Fragment body = html::error_summary(view, error);
  body.add(R"(<h1 class="h-l" lang="vi">{}</h1><p><a href="{}">{}</a></p>{})", at.m.name_vi,
           Url::in(view, "/staff/supervision/models"), view("emulation.verdict.all"_t), at.facts);
  if (at.waits && !at.is_independent)
    body.add("<p>{}</p>", view("emulation.error.not_independent"_t));
  if (at.waits && at.is_independent) {
    html::Choices choices{
        .name = "verdict",
        .legend = {view("emulation.verdict.title"_t)},
        .error = html::error_for(view, error, "verdict"),
        .choices = {{.value = "confirmed",
                     .text = view("emulation.verdict.confirm"_t),
                     .hint = view("emulation.verdict.confirm_hint"_t)},
                    {.value = "refuted", .text = view("emulation.verdict.refute"_t)}},
        .values = {request.form.text("verdict")}};
    Fragment fields = html::radios(view, choices);
    fields += words_field(view, "emulation.verdict.text"_t, request.form, error);
    fields += html::button({.text = view("emulation.verdict.do"_t), .once = true});
    body += html::form(view, {.action = Url::in(view, "/staff/supervision/models/", at.m.id.value),
                              .body = std::move(fields)});
  }
  return framed_desk(view, at.m.name_vi, "/staff/supervision/programmes", std::move(body), error);
}

}  // namespace

Result<http::Response> list_page(const http::Request& request,
                                 db::Read& read,
                                 people::Officer officer) {
  const View view = people::view_of(request, officer.staff());
  Fragment body = fill(R"(<h1 class="h-l">{}</h1><p>{}</p>)", view("emulation.title"_t),
                       view("emulation.desk.lead"_t));
  if (officer.staff().has(people::Role::head))
    body += html::link_button(Url::in(view, "/staff/emulation/new"),
                              {.text = view("emulation.new.title"_t), .icon_before = "award"});
  Fragment list;
  for (const std::string& top : officer.tops())
    for (const Model& each : models_within(read, top, listed_max))
      list += model_item(view, read, each, Url::in(view, "/staff/emulation/", each.id.value));
  if (list.empty())
    body += html::nothing_here(view("emulation.desk.none"_t));
  else
    body.add(R"(<h2 class="h-m">{}</h2><ul class="list">{}</ul>)", view("emulation.models"_t),
             list);
  return framed_desk(view, view("emulation.title"_t), "/staff/emulation", std::move(body), nullptr);
}

Result<http::Response> desk_page(const http::Request& request,
                                 db::Read& read,
                                 people::Officer officer,
                                 Instant now) {
  TRY(const Model m, model_to_run(request, read, officer));
  const View view = people::view_of(request, officer.staff());
  return show_model(
      request, officer,
      {m, sheet(view, read, m), stands_of(read, m.id), may_claim(officer, m.unit_path)}, nullptr,
      now);
}

Result<http::Pending> act_post(const http::Request& request,
                               db::Read& read,
                               people::Officer officer,
                               Random& random,
                               Instant now) {
  TRY(const Model m, model_to_run(request, read, officer));
  const std::string name(request.path_text("act"));
  if ((name != "claim" && name != "reply") || !may_claim(officer, m.unit_path))
    return Error{ErrorKind::not_found, "emulation.error.none"_t};
  const View view = people::view_of(request, officer.staff());
  const Shown shown{m, sheet(view, read, m), stands_of(read, m.id), true};
  const OfficerAct act{.officer = officer, .id = m.id, .salts = ledger::draw(random), .now = now};
  const std::string back(Url::in(request.view, "/staff/emulation/", m.id.value).view());
  Claim measured;
  if (name == "claim") {
    TRY(measured, measure(read, act));
  }
  return http::Pending::commit(
      [&request, act, name, measured](db::Write& write) -> Result<Done> {
        const std::string text(request.form.text("text"));
        if (name == "reply") {
          TRY([[maybe_unused]] const Event said, reply(write, act, text));
        } else {
          TRY([[maybe_unused]] const Claim made,
              claim(write, act, measured, text, std::string(request.form.text("lines"))));
        }
        return Done{};
      },
      [&request, officer, shown, back, now](const Result<Done>& done, std::string_view) {
        if (done.ok()) return http::see_other(back);
        if (done.error().kind != ErrorKind::invalid)
          return http::error_response(request, done.error());
        return show_model(request, officer, shown, &done.error(), now);
      });
}

Result<http::Response> verdicts_page(const http::Request& request,
                                     db::Read& read,
                                     people::Supervisor supervisor) {
  const View view = people::view_of(request, supervisor.staff());
  Fragment list;
  for (const Model& each : waiting_for_verdict(read, listed_max))
    list +=
        model_item(view, read, each, Url::in(view, "/staff/supervision/models/", each.id.value));
  Fragment body = fill(R"(<h1 class="h-l">{}</h1>)", view("emulation.verdict.all"_t));
  if (list.empty())
    body += html::nothing_here(view("emulation.verdict.none"_t));
  else
    body.add(R"(<h2 class="h-m">{}</h2><ul class="list">{}</ul>)", view("emulation.models"_t),
             list);
  return framed_desk(view, view("emulation.verdict.all"_t), "/staff/supervision/programmes",
                     std::move(body), nullptr);
}

Result<http::Response> verdict_page(const http::Request& request,
                                    db::Read& read,
                                    people::Supervisor supervisor) {
  TRY(const AtVerdict at, at_verdict(request, read, supervisor));
  return show_verdict(request, supervisor, at, nullptr);
}

Result<http::Pending> verdict_post(const http::Request& request,
                                   db::Read& read,
                                   people::Supervisor supervisor,
                                   Random& random,
                                   Instant now) {
  TRY(const AtVerdict at, at_verdict(request, read, supervisor));
  const std::string verdict(request.form.text("verdict"));
  if (verdict != "confirmed" && verdict != "refuted") {
    const Error error{
        ErrorKind::invalid, "emulation.error.choose"_t, {{"verdict", "emulation.error.choose"_t}}};
    return http::Pending::answer(show_verdict(request, supervisor, at, &error));
  }
  const SupervisorAct act{
      .supervisor = supervisor, .id = at.m.id, .salts = ledger::draw(random), .now = now};
  const std::string back(Url::in(request.view, "/staff/supervision/models/", at.m.id.value).view());
  return http::Pending::commit(
      [&request, act, verdict](db::Write& write) {
        return judge(write, act, verdict == "confirmed", std::string(request.form.text("text")));
      },
      [&request, supervisor, at, back](const Result<Event>& done, std::string_view) {
        if (done.ok()) return http::see_other(back);
        if (done.error().kind != ErrorKind::invalid)
          return http::error_response(request, done.error());
        return show_verdict(request, supervisor, at, &done.error());
      });
}

}  // namespace ln::emulation::staff
