#include "feature/feedback/feedback_pages_part.h"

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "base/text.h"
#include "feature/feedback/feedback_actions_part.h"
#include "feature/feedback/feedback_pages_card.h"
#include "feature/feedback/feedback_pages_due.h"
#include "feature/feedback/feedback_pages_staff_parts.h"
#include "feature/feedback/feedback_pages_unit_choice.h"
#include "platform/html/forms.h"
#include "platform/html/layout.h"
#include "platform/html/parts.h"
#include "platform/html/spoken.h"

namespace ln::feedback::staff {
namespace {

using html::Fragment;
using html::Url;
using html::View;

Url part_form_url(const View& view, const Feedback& letter, std::string_view word) {
  return Url::in(view, "/staff/feedback/", letter.code.text(), "/", word);
}

// What the form needs from the database, so that it can be shown again after the transaction.
struct PartSheet {
  const http::Request* request;
  people::Officer officer;
  Feedback letter;
  std::vector<Topic> topics;            // of which one may be chosen
  std::vector<units::Unit> candidates;  // several units have the name that was typed

  View view() const { return people::view_of(*request, officer.staff()); }
};

// Refuses (forbidden) whoever may not send the letter elsewhere, (conflict) what cannot be parted.
Result<PartSheet> part_sheet(const http::Request& request,
                             db::Read& read,
                             const people::Officer& officer) {
  TRY(Feedback letter, visible_case(read, officer, request.path_text("code")));
  if (!may_act(officer, Task::transfer, letter))
    return Error{ErrorKind::forbidden, "feedback.error.not_your_part"_t};
  if (!may_be_parted(letter) || part_of(read, letter.id))
    return Error{ErrorKind::conflict, "feedback.error.part_not_now"_t};
  PartSheet sheet{&request, officer, std::move(letter), all_topics(read), {}};
  std::erase_if(sheet.topics, [](const Topic& each) { return each.about == About::conduct; });
  return sheet;
}

Fragment topic_field(const PartSheet& sheet, const http::Fields& typed, const Error* error) {
  const View view = sheet.view();
  std::vector<html::Option> options = {{"", view("staff.part.choose_topic"_t)}};
  for (const Topic& each : sheet.topics)
    options.push_back({.value = each.code,
                       .text = feedback::name_of(view, each),
                       .group = view(key_of(each.about))});
  std::ranges::stable_sort(options, {}, [](const html::Option& each) { return each.group; });
  return html::select(view, {.name = "topic",
                             .label = {view("staff.part.topic"_t)},
                             .hint = view("staff.part.topic_hint"_t),
                             .error = html::error_for(view, error, "topic"),
                             .value = typed.text("topic"),
                             .options = std::move(options)});
}

// Typed by name or code; where several have the name, one of them is picked.
Fragment part_unit_field(const PartSheet& sheet, const http::Fields& typed, const Error* error) {
  const View view = sheet.view();
  if (sheet.candidates.size() > 1) {
    std::vector<html::Choice> choices;
    for (const units::Unit& each : sheet.candidates)
      choices.push_back({.value = each.code, .text = each.name});
    return html::radios(view, {.name = "unit",
                               .legend = {view("staff.part.unit"_t), html::Size::s},
                               .error = html::error_for(view, error, "unit"),
                               .choices = std::move(choices),
                               .values = {typed.text("unit")}});
  }
  return html::input(view, {.name = "unit",
                            .label = {view("staff.part.unit"_t)},
                            .hint = view("staff.part.unit_hint"_t),
                            .error = html::error_for(view, error, "unit"),
                            .value = typed.text("unit"),
                            .width = 30});
}

std::string part_html(const PartSheet& sheet, const http::Fields& typed, const Error* error) {
  const View view = sheet.view();
  const Feedback& letter = sheet.letter;
  const std::string code = letter.code.shown();
  const std::string_view title = view("staff.part.title"_t);
  Fragment body = html::breadcrumbs(
      view,
      {{view("feedback.staff.queue"_t), Url::in(view, "/staff")}, {code, case_url(view, letter)}},
      title);
  body += html::error_summary(view, error);
  body.add(R"(<h1 class="h-l">{}</h1><p lang="{}"><b>{}</b></p><p>{}</p>)", title,
           lang_of(view, letter), letter.title, view("staff.part.lead"_t));
  body += html::details(view("feedback.staff.citizen_wrote"_t), html::paragraphs(letter.body));
  Fragment fields = html::hidden("revision", std::to_string(letter.revision));
  fields += html::textarea(
      view, {.name = "passage",
             .label = {view("staff.part.passage"_t)},
             .hint = view("staff.part.passage_hint"_t),
             .error = html::error_for(view, error, "passage"),
             .value = typed.has("passage") ? typed.text("passage") : std::string_view(letter.body),
             .rows = 8,
             .chars_max = static_cast<int>(body_chars_max)});
  fields += topic_field(sheet, typed, error);
  fields += part_unit_field(sheet, typed, error);
  fields += html::button({.text = view("staff.part.send"_t), .once = true});
  body +=
      html::form(view, {.action = part_form_url(view, letter, "part"), .body = std::move(fields)});
  return html::page(view, {.title = std::string(title) + " · " + code,
                           .here = "/staff",
                           .body = html::fill(R"(<div class="wrap form-page">{}</div>)", body),
                           .is_staff = true,
                           .has_errors = error != nullptr,
                           .is_unlisted = true});
}

Parting parting_of(
    const http::Request& request, db::Read& read, PartSheet& sheet, Random& random, Instant now) {
  const http::Fields& typed = request.form;
  const OfficerAct act{.officer = sheet.officer,
                       .code = sheet.letter.code,
                       .revision = typed.number("revision").value_or(0),
                       .salts = ledger::draw(random),
                       .now = now};
  Parting parting{.act = act, .code = Code::draw(random), .spare_code = Code::draw(random)};
  parting.typed = typed.text("passage");
  parting.case_key = ledger::draw_case_key(random);
  parting.salts = ledger::draw(random);
  parting.topic = find_topic(read, typed.text("topic"));
  sheet.candidates = units_asked(read, typed.text("unit"), local_day(now));
  if (sheet.candidates.size() == 1) parting.to = sheet.candidates.front();
  return parting;
}

// How one part stands: its office, its state and date, and the way to it for whom it concerns.
Fragment part_row(const View& view,
                  db::Read& read,
                  const people::Officer& officer,
                  const Feedback& letter,
                  const LetterPart& row,
                  bool may_act_on,
                  Instant now) {
  const auto part = find(read, row.id);
  if (!part) return {};
  Names names(read);
  const std::string number = std::to_string(row.number);
  const std::string heading = view.voice("feedback.part.number"_t, {{"number", number}});
  Fragment name = may_see(*part, officer)
                      ? html::fill(R"(<a href="{}">{}</a>)", case_url(view, *part), heading)
                      : html::fill("{}", heading);
  Fragment out = html::fill(
      R"(<p><b>{}</b> · <span lang="vi">{}</span><br>{} <small>{}</small></p>)", name,
      names.of_unit(part->unit),
      row.undone_at ? html::fill("{}", view("feedback.event.rejoined"_t))
                    : staff::state_badge(view, *part),
      waits_for_office(part->state)
          ? view.voice("feedback.staff.answer_by"_t, {{"moment", view.voice.moment(part->due_at)}})
          : std::string());
  if (!may_act_on || !may_rejoin(row, *part, now)) return out;
  Fragment fields = html::hidden("revision", std::to_string(letter.revision));
  fields += html::hidden("number", number);
  fields += html::button({.text = view.voice("staff.part.rejoin"_t, {{"number", number}}),
                          .kind = html::ButtonKind::secondary,
                          .once = true});
  out += html::form(view,
                    {.action = part_form_url(view, letter, "rejoin"), .body = std::move(fields)});
  return out;
}

// Of which letter this part is. A protected letter is not confirmed to exist.
Fragment letter_row(const View& view,
                    db::Read& read,
                    const people::Officer& officer,
                    const Feedback& feedback,
                    const LetterPart& row) {
  const std::string number = std::to_string(row.number);
  Fragment out = html::fill("<p>{}</p>", view.voice("staff.part.is_part"_t, {{"number", number}}));
  const auto letter = feedback.is_protected ? std::nullopt : find(read, row.letter);
  if (letter && may_see(*letter, officer))
    out.add(R"(<p><a href="{}" translate="no">{}</a></p>)", case_url(view, *letter),
            letter->code.shown());
  return out;
}

}  // namespace

Result<http::Response> part_page(const http::Request& request,
                                 db::Read& read,
                                 people::Officer officer,
                                 Instant) {
  TRY(const PartSheet sheet, part_sheet(request, read, officer));
  return http::page(200, part_html(sheet, {}, nullptr));
}

Result<http::Pending> part_post(const http::Request& request,
                                db::Read& read,
                                people::Officer officer,
                                Random& random,
                                Instant now) {
  TRY(PartSheet sheet, part_sheet(request, read, officer));
  const Parting parting = parting_of(request, read, sheet, random, now);
  return http::Pending::commit(
      [parting](db::Write& write) { return take_part(write, parting); },
      [&request, sheet = std::move(sheet)](const Result<Feedback>& done, std::string_view) {
        const View view = sheet.view();
        if (done.ok())
          return http::see_other(
              std::string(case_url(view, sheet.letter).with("done", "part").view()));
        if (done.error().kind != ErrorKind::invalid)
          return http::error_response(request, done.error());
        return http::page(422, part_html(sheet, request.form, &done.error()));
      });
}

Result<http::Pending> rejoin_post(const http::Request& request,
                                  db::Read& read,
                                  people::Officer officer,
                                  Random& random,
                                  Instant now) {
  TRY(const Feedback letter, visible_case(read, officer, request.path_text("code")));
  const OfficerAct act{.officer = officer,
                       .code = letter.code,
                       .revision = request.form.number("revision").value_or(0),
                       .salts = ledger::draw(random),
                       .now = now};
  const auto number = static_cast<int>(
      std::clamp<std::int64_t>(request.form.number("number").value_or(0), 0, 1'000));
  const ledger::Salts salts = ledger::draw(random);
  const std::string next(
      case_url(people::view_of(request, officer.staff()), letter).with("done", "rejoin").view());
  return http::Pending::commit(
      [act, number, salts](db::Write& write) { return rejoin(write, act, number, salts); },
      [&request, next](const Result<Feedback>& done, std::string_view) {
        return done.ok() ? http::see_other(next) : http::error_response(request, done.error());
      });
}

Fragment parts_card(const View& view,
                    db::Read& read,
                    const people::Officer& officer,
                    const Feedback& feedback,
                    Instant now) {
  Fragment body;
  if (const auto row = part_of(read, feedback.id)) {
    body += letter_row(view, read, officer, feedback, *row);
  } else {
    const auto parts = parts_of(read, feedback.id);
    const bool may = may_be_parted(feedback) && may_act(officer, Task::transfer, feedback);
    for (const LetterPart& each : parts)
      body += part_row(view, read, officer, feedback, each, may, now);
    if (may && std::ssize(parts) < parts_max)
      body.add(R"(<p><a href="{}">{}</a></p><p class="small">{}</p>)",
               part_form_url(view, feedback, "part"), view("staff.part.title"_t),
               view("staff.part.why"_t));
  }
  if (body.empty()) return {};
  return html::card(
      {.icon_name = "list", .heading = view("staff.part.heading"_t), .body = std::move(body)});
}

}  // namespace ln::feedback::staff
