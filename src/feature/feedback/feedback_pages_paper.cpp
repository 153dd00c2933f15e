#include "feature/feedback/feedback_pages_paper.h"

#include <algorithm>

#include "core/people/people_citizen.h"
#include "core/people/people_pages.h"
#include "core/units/units_store.h"
#include "feature/feedback/feedback_actions_help.h"
#include "feature/feedback/feedback_pages_staff_parts.h"
#include "feature/feedback/feedback_store_intake.h"
#include "platform/html/forms.h"
#include "platform/html/layout.h"
#include "platform/html/parts.h"
#include "platform/html/qr.h"
#include "platform/http/form_page.h"

namespace ln::feedback::help {
namespace {

using html::Fragment;
using html::Url;
using html::View;

constexpr std::int64_t batches_max = 100;

// The unit for which this officer prints: that of their first role which takes in.
std::optional<units::Unit> unit_of(db::Read& read, const people::Officer& clerk) {
  for (const people::Grant& grant : clerk.staff().grants())
    if (grant.role == people::Role::clerk || grant.role == people::Role::head)
      return units::find(read, grant.unit);
  return std::nullopt;
}

http::Response staff_page(
    int status, const View& view, Fragment body, bool has_errors, bool is_once = false) {
  return http::page(
      status, html::page(view, {.title = view("feedback.paper.title"_t),
                                .here = "/staff",
                                .body = html::fill(R"(<div class="wrap form-page">{}</div>)", body),
                                .is_staff = true,
                                .has_errors = has_errors,
                                .is_unlisted = true,
                                .is_once = is_once}));
}

TextKey title_of(About about) {
  switch (about) {
    case About::procedure: return "feedback.paper.of_procedure"_t;
    case About::conduct: return "feedback.paper.of_conduct"_t;
    case About::policy: return "feedback.paper.of_policy"_t;
    case About::place: return "feedback.paper.of_place"_t;
  }
  return {};
}

Fragment print_form(const View& view,
                    std::string_view about,
                    std::string_view count,
                    const Error* error) {
  html::Select abouts{.name = "about", .label = {view("feedback.paper.about"_t)}, .value = about};
  for (const About each : all_abouts) abouts.options.push_back({to_text(each), view(key_of(each))});
  Fragment fields = html::select(view, abouts);
  fields += html::input(view, {.name = "count",
                               .label = {view("feedback.paper.count"_t)},
                               .hint = view("feedback.paper.count_hint"_t),
                               .error = html::error_for(view, error, "count"),
                               .value = count,
                               .width = 3,
                               .inputmode = "numeric",
                               .autocomplete = "off"});
  fields += html::button(
      {.text = view("feedback.paper.print"_t), .icon_before = "printer", .once = true});
  return html::form(view, {.action = Url::in(view, "/staff/paper"), .body = std::move(fields)});
}

Fragment batch_row(const View& view, const PaperBatch& batch, staff::Names& names, Instant now) {
  Fragment out = html::fill(
      R"(<h2 class="h-s">{}</h2><p>{}</p><p>{}</p>)", view(title_of(batch.about)),
      view.voice("feedback.paper.printed"_t, {{"name", names.of_account(batch.printed_by)},
                                              {"at", view.voice.moment(batch.printed_at)},
                                              {"unit", names.of_unit(batch.unit)}}),
      view.voice("feedback.paper.used"_t, {{"used", view.voice.number(batch.used_count)},
                                           {"all", view.voice.number(batch.form_count)}}));
  if (batch.withdrawn_at) {
    out.add("<p>{}</p>", view.voice("feedback.paper.withdrawn_at"_t,
                                    {{"at", view.voice.moment(*batch.withdrawn_at)}}));
  } else if (local_day(now) > batch.expires_on) {
    out.add("<p>{}</p>", view("feedback.paper.expired"_t));
  } else {
    out.add("<p>{}</p>",
            view.voice("feedback.paper.until"_t, {{"day", view.voice.date(batch.expires_on)}}));
    out += html::form(view, {.action = Url::in(view, "/staff/paper/",
                                               std::to_string(batch.id.value), "/withdraw"),
                             .body = html::button({.text = view("feedback.paper.withdraw"_t),
                                                   .kind = html::ButtonKind::secondary})});
  }
  return html::fill(R"(<li class="card">{}</li>)", out);
}

http::Response list_page(const View& view,
                         db::Read& read,
                         const people::Officer& clerk,
                         std::string_view count,
                         const Error* error,
                         Instant now) {
  const auto unit = unit_of(read, clerk);
  Fragment body = html::back_link(view, Url::in(view, "/staff/intake"));
  body += html::error_summary(view, error);
  body.add(R"(<h1 class="h-l">{}</h1><p class="lead">{}</p><p>{}</p>)",
           view("feedback.paper.title"_t), view("feedback.paper.lead"_t),
           view("feedback.paper.strip_rule"_t));
  body += print_form(view, {}, count, error);
  std::vector<PaperBatch> batches;
  for (const std::string& top : clerk.tops())
    for (PaperBatch& batch : paper_batches(read, top, batches_max))
      batches.push_back(std::move(batch));
  staff::Names names(read);
  body.add(R"(<h2 class="h-m sp">{}</h2>)", view("feedback.paper.batches"_t));
  if (batches.empty())
    body += html::nothing_here(view("feedback.paper.none"_t));
  else
    body.add(R"(<ul class="plain">{}</ul>)", [&](Fragment& list) {
      for (const PaperBatch& batch : batches) list += batch_row(view, batch, names, now);
    });
  return staff_page(error != nullptr ? 422 : 200, view, std::move(body), error != nullptr);
}

// Lines to write on.
Fragment lines(std::string_view label, int count) {
  return html::fill(R"(<div class="paper__field"><p>{}</p>{}</div>)", label, [&](Fragment& out) {
    for (int i = 0; i < count; ++i) out.add(R"(<div class="paper__line"></div>)");
  });
}

Fragment ticks(std::string_view label, std::initializer_list<std::string_view> choices) {
  return html::fill(R"(<div class="paper__ticks"><p>{}</p><ul>{}</ul></div>)", label,
                    [&](Fragment& out) {
                      for (const std::string_view each : choices)
                        out.add(R"(<li><span class="paper__box"></span>{}</li>)", each);
                    });
}

Fragment one_form(const View& view,
                  const PaperBatch& batch,
                  const units::Unit& unit,
                  const DrawnPaper& paper) {
  const std::string page =
      view.site->base_url + std::string(Url::in(view, "/feedback/", paper.code.text()).view());
  Fragment out = html::fill(
      R"(<div class="paper__head"><div><p>{} · <span lang="vi">{}</span></p><h2>{}</h2>)"
      R"(<p class="ref" translate="no">{}</p></div><div class="qr">{}</div></div><p>{}</p>)",
      view(view.site->city), unit.name, view(title_of(batch.about)), paper.code.shown(),
      html::qr(page, view("feedback.paper.qr"_t)), view("feedback.paper.how"_t));
  out += ticks(view("feedback.paper.kind"_t),
               {view(key_of(Kind::report)), view(key_of(Kind::suggestion)),
                view(key_of(Kind::proposal)), view(key_of(Kind::praise))});
  out += lines(view("feedback.form.check.unit"_t), 1);
  if (batch.about == About::procedure) out += lines(view("feedback.form.where.dossier"_t), 1);
  if (batch.about == About::place) out += lines(view("feedback.form.where.place"_t), 1);
  if (batch.about == About::conduct) out += lines(view("feedback.form.where.counter"_t), 1);
  out += lines(view("feedback.form.story.body"_t), batch.about == About::conduct ? 9 : 10);
  out += lines(view("feedback.paper.dates"_t), 1);
  out += lines(view("feedback.paper.contact"_t), 1);
  out += ticks(view("feedback.form.contact.protected"_t),
               {view("feedback.form.contact.protected_yes"_t),
                view("feedback.form.contact.protected_no"_t)});
  out += ticks(view("feedback.form.contact.public"_t), {view("feedback.form.contact.public_yes"_t),
                                                        view("feedback.form.contact.public_no"_t)});
  out.add(R"(<div class="paper__strip"><div><p><b>{}</b></p><p>{}</p>)"
          R"(<p class="ref" translate="no">{}</p><p>{}</p>)"
          R"(<p class="secret" translate="no">{}</p><p>{}</p></div><div class="qr">{}</div></div>)",
          view("feedback.paper.strip"_t), view("feedback.sent.code"_t), paper.code.shown(),
          view("feedback.sent.secret"_t), people::shown_secret(paper.secret),
          view("feedback.paper.strip_text"_t),
          html::qr(page + "#" + paper.secret, view("feedback.sent.qr"_t)));
  return html::fill(R"(<section class="paper" aria-label="{}">{}</section>)", paper.code.shown(),
                    out);
}

http::Response printed_page(const View& view,
                            const PaperBatch& batch,
                            const units::Unit& unit,
                            const std::vector<DrawnPaper>& papers) {
  Fragment body = html::fill(
      R"(<div class="no-print"><h1 class="h-l">{}</h1><p class="lead">{}</p><p>{}</p>)"
      R"(<p><button type="button" class="govuk-button" data-print hidden>{}{}</button></p>)"
      R"(<p><a href="{}">{}</a></p></div>)",
      view("feedback.paper.ready"_t), view("feedback.paper.ready_text"_t),
      view("feedback.paper.strip_rule"_t), html::icon("printer"), view("feedback.paper.print"_t),
      Url::in(view, "/staff/paper"), view("feedback.paper.title"_t));
  for (const DrawnPaper& paper : papers) body += one_form(view, batch, unit, paper);
  return staff_page(200, view, std::move(body), false, true);
}

Error not_for_you() { return {ErrorKind::forbidden, "feedback.error.no_intake"_t}; }

}  // namespace

Result<http::Response> papers_page(const http::Request& request,
                                   db::Read& read,
                                   people::Officer clerk,
                                   Instant now) {
  if (!may_take_in(clerk)) return not_for_you();
  return list_page(people::view_of(request, clerk.staff()), read, clerk, "10", nullptr, now);
}

Result<http::Pending> print_batch(const http::Request& request,
                                  db::Read& read,
                                  Random& random,
                                  people::Officer clerk,
                                  Instant now) {
  if (!may_take_in(clerk)) return not_for_you();
  const View view = people::view_of(request, clerk.staff());
  const auto about = from_word(all_abouts, request.form.text("about"));
  const auto count = request.form.number("count");
  const auto unit = unit_of(read, clerk);
  if (!about || !unit) return Error{ErrorKind::invalid, "feedback.error.about_missing"_t};
  if (!count || *count < 1 || *count > papers_max) {
    const Error error{ErrorKind::invalid,
                      "feedback.error.paper_count"_t,
                      {{"count", "feedback.error.paper_count"_t}}};
    return http::Pending::answer(
        list_page(view, read, clerk, first_chars(request.form.text("count"), 10), &error, now));
  }
  auto papers = draw_papers(read, *count, random);
  return http::Pending::commit(
      [clerk, about = *about, unit = *unit, papers, now](db::Write& write) {
        return print_papers(write, clerk, about, unit, papers, now);
      },
      [&request, clerk, unit = *unit, papers](const Result<PaperBatch>& done, std::string_view) {
        if (!done.ok()) return http::error_response(request, done.error());
        return printed_page(people::view_of(request, clerk.staff()), done.value(), unit, papers);
      });
}

Result<http::Pending> withdraw_batch(const http::Request& request,
                                     people::Officer clerk,
                                     Instant now) {
  const PaperBatchId batch{request.path_number("batch")};
  return http::Pending::commit(
      [clerk, batch, now](db::Write& write) { return withdraw_papers(write, clerk, batch, now); },
      [&request](const Result<Done>& done, std::string_view) {
        // Pressed twice: the list says when.
        if (done.ok() || done.error().kind == ErrorKind::conflict)
          return http::see_other(std::string(Url::in(request.view, "/staff/paper").view()));
        return http::error_response(request, done.error());
      });
}

std::optional<http::Response> paper_page(const View& view, const Paper& paper, Instant now) {
  TextKey title{}, text{};
  switch (state_of(paper, now)) {
    case PaperState::typed_in: return std::nullopt;
    case PaperState::waiting:
      title = "feedback.paper.waiting"_t;
      text = "feedback.paper.waiting_text"_t;
      break;
    case PaperState::withdrawn:
      title = "feedback.paper.is_withdrawn"_t;
      text = "feedback.paper.is_withdrawn_text"_t;
      break;
    case PaperState::expired:
      title = "feedback.paper.is_expired"_t;
      text = "feedback.paper.is_expired_text"_t;
      break;
  }
  Fragment body = html::fill(R"(<h1 class="h-l">{}</h1><p>{}</p><p class="lead">{}</p>)",
                             view(title), html::code(paper.code.shown()), view(text));
  body.add(R"(<p><a href="{}">{}</a></p>)", Url::in(view, "/feedback/find"),
           view("feedback.locked.other"_t));
  return http::form_page(view, {.title = view(title), .body = std::move(body), .is_narrow = true});
}

}  // namespace ln::feedback::help
