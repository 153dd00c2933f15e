// Printing the lost letter of a household again. What this page says depends on nothing that the
// household did: not on whether it asked, took a secret of its own or stopped an earlier letter.
#include <algorithm>
#include <utility>

#include "base/text.h"
#include "core/people/people_citizen.h"
#include "core/people/people_code.h"
#include "feature/project/project_actions_reissue.h"
#include "feature/project/project_pages_parts.h"
#include "feature/project/project_pages_staff.h"
#include "platform/db/once.h"
#include "platform/html/forms.h"
#include "platform/html/parts.h"
#include "platform/http/form_page.h"
#include "platform/http/once_key.h"

namespace ln::project::staff {
namespace {

using html::fill;
using html::Fragment;
using html::Url;
using html::View;

Url letter_url(const View& view, ProjectId id) {
  return Url::in(view, "/staff/projects/", id.value, "/letter");
}

// What was typed, and the token of the form.
struct AtLetter {
  Asked asked{};
  std::string once{};
};

Result<Project> project_of_letter(const http::Request& request,
                                  db::Read& read,
                                  const people::Officer& officer) {
  auto p = find(read, ProjectId{request.path_number("id")});
  if (!p || !may_import(read, officer, *p))
    return Error{ErrorKind::not_found, "project.error.none"_t};
  return *std::move(p);
}

http::Response framed_letter(
    const View& view, const Project& p, Fragment inside, const Error* error, bool is_once) {
  Fragment body = html::error_summary(view, error);
  body.add(R"(<h1 class="h-l">{}</h1><p class="no-print"><a href="{}" lang="vi">{}</a></p>{})",
           view("project.reissue.title"_t), Url::in(view, "/staff/projects/", p.id.value),
           p.name_vi, inside);
  return http::form_page(view, {.title = view("project.reissue.title"_t),
                                .here = "/staff/projects",
                                .body = std::move(body),
                                .error = error,
                                .is_staff = true,
                                .is_once = is_once});
}

Fragment letter_form(const View& view,
                     const Project& p,
                     const http::Fields& form,
                     const Error* error) {
  Fragment out = fill(
      "<p>{}</p><p>{}</p>", view("project.reissue.lead"_t),
      view.voice("project.reissue.rule"_t, {{"days", view.voice.number(letter_days)},
                                            {"apart", view.voice.number(letters_apart_days)}}));
  Fragment fields = html::input(view, {.name = "number",
                                       .label = {view("project.own.number"_t)},
                                       .hint = view("project.reissue.number_hint"_t),
                                       .error = html::error_for(view, error, "number"),
                                       .value = form.text("number"),
                                       .width = 20});
  fields += html::textarea(view, {.name = "reason",
                                  .label = {view("project.reissue.reason"_t)},
                                  .hint = view("project.reissue.reason_hint"_t),
                                  .error = html::error_for(view, error, "reason"),
                                  .value = form.text("reason"),
                                  .rows = 4,
                                  .chars_max = static_cast<int>(reason_chars_max)});
  fields += html::hidden("step", "check");
  fields += html::button({.text = view("project.reissue.check"_t)});
  out += html::form(view, {.action = letter_url(view, p.id), .body = std::move(fields)});
  return out;
}

// What will happen, for whoever stands before the desk, and the button that prints.
Fragment letter_preview(const View& view,
                        const Project& p,
                        const Printed& checked,
                        const AtLetter& at) {
  const std::string works = view.voice.moment(checked.letter.works_at);
  Fragment out = html::note({.kind = html::NoteKind::warn,
                             .heading = view.voice("project.reissue.works"_t, {{"moment", works}}),
                             .body = fill("<p>{}</p>", view("project.reissue.works_body"_t))});
  const html::Fact facts[] = {
      {view("project.own.number"_t), html::code(checked.household.number)},
      {view("project.reissue.reason"_t),
       fill(R"(<div lang="vi">{}</div>)", html::paragraphs(checked.letter.reason))}};
  out += html::facts(facts, true);
  Fragment fields = html::hidden("step", "keep");
  fields += html::hidden("once", at.once);
  fields += html::hidden("number", at.asked.number);
  fields += html::hidden("reason", at.asked.reason);
  fields +=
      html::button({.text = view("project.reissue.do"_t), .icon_before = "printer", .once = true});
  out += html::form(view, {.action = letter_url(view, p.id), .body = std::move(fields)});
  return out;
}

// "CODE SECRET WORKS NUMBER": what is kept sealed under the token of the form, so that sending it
// again prints the same letter.
std::string packed_letter(const Printed& printed, std::string_view secret) {
  return printed.household.code->text() + " " + std::string(secret) + " " +
         std::to_string(to_ms(printed.letter.works_at)) + " " + printed.household.number;
}

Fragment printed_letter(const View& view, const Project& p, std::string_view packed) {
  std::string_view parts[4];
  for (std::string_view& part : parts) {
    // The number is the last, and may hold spaces.
    const std::size_t end =
        &part == &parts[3] ? packed.size() : std::min(packed.find(' '), packed.size());
    part = packed.substr(0, end);
    packed.remove_prefix(std::min(end + 1, packed.size()));
  }
  const auto code = Code::parse(parts[0]);
  const auto works = parse_number(parts[2]);
  if (!code || !works) throw db::Failure("a letter was kept as none", db::Failure::Kind::corrupt);
  Fragment out = fill(
      R"(<p class="no-print">{}</p><p class="no-print">)"
      R"(<button type="button" class="govuk-button" data-print hidden>{}{}</button></p>)",
      view("project.letter.print_lead"_t), html::icon("printer"), view("project.letter.print"_t));
  const std::string body =
      view.voice("project.reissue.letter_body"_t, {{"moment", view.voice.moment(from_ms(*works))}});
  out +=
      letter_slip(view, p, {.code = *code, .secret = parts[1], .number = parts[3], .body = body});
  return out;
}

AtLetter sent_in(const http::Request& request, Random& random) {
  const http::Fields& form = request.form;
  return {.asked = {.number = std::string(form.text("number")),
                    .reason = std::string(form.text("reason"))},
          .once = http::once_key(form, random)};
}

}  // namespace

Result<http::Response> letter_page(const http::Request& request,
                                   db::Read& read,
                                   people::Officer officer) {
  TRY(const Project p, project_of_letter(request, read, officer));
  const View view = people::view_of(request, officer.staff());
  return framed_letter(view, p, letter_form(view, p, request.form, nullptr), nullptr, false);
}

Result<http::Pending> letter_post(const http::Request& request,
                                  db::Read& read,
                                  people::Officer officer,
                                  Random& random,
                                  Instant now) {
  TRY(const Project p, project_of_letter(request, read, officer));
  const View view = people::view_of(request, officer.staff());
  AtLetter at = sent_in(request, random);
  const std::string key = "project.letter:" + std::to_string(p.id.value) + ":" +
                          std::to_string(officer.id().value) + ":" + at.once;
  if (const auto before = db::Once::find(read, key))
    return http::Pending::answer(
        framed_letter(view, p, printed_letter(view, p, *before), nullptr, true));
  const OfficeAct act{.officer = officer, .id = p.id, .salts = ledger::draw(random), .now = now};
  const auto checked = check_reissue(read, act, at.asked);
  if (!checked.ok())
    return http::Pending::answer(framed_letter(
        view, p, letter_form(view, p, request.form, &checked.error()), &checked.error(), false));
  if (request.form.text("step") != "keep")
    return http::Pending::answer(
        framed_letter(view, p, letter_preview(view, p, checked.value(), at), nullptr, false));
  const std::string secret = people::draw_secret(random);
  at.asked.key = people::Citizen(secret).key().public_key();
  return http::Pending::commit(
      [act, at, key, secret](db::Write& write) -> Result<std::string> {
        if (auto before = db::Once::find(write, key)) return *std::move(before);
        TRY(const Printed made, reissue(write, act, at.asked));
        std::string packed = packed_letter(made, secret);
        db::Once::save(write, key, packed, act.now);
        return packed;
      },
      [&request, officer, p](const Result<std::string>& packed, std::string_view) {
        if (!packed.ok()) return http::error_response(request, packed.error());
        const View again = people::view_of(request, officer.staff());
        return framed_letter(again, p, printed_letter(again, p, packed.value()), nullptr, true);
      });
}

}  // namespace ln::project::staff
