// One question that waits, for who answers it: what it asks and the line it is about, without the
// name and the address of who asked. Once it has its answer no page of staff shows it.
#include <utility>

#include "feature/project/project_actions.h"
#include "feature/project/project_pages_parts.h"
#include "feature/project/project_pages_staff.h"
#include "platform/html/forms.h"
#include "platform/html/parts.h"
#include "platform/http/form_page.h"

namespace ln::project::staff {
namespace {

using html::fill;
using html::Fragment;
using html::Url;
using html::View;

struct AtQuestion {
  const http::Request& request;
  const people::Officer& officer;
  Project p;
  Question question;
  std::vector<Line> lines;  // the one asked about, or all of the file
  std::vector<Price> prices;
  Instant now;

  View view() const { return people::view_of(request, officer.staff()); }
};

Result<AtQuestion> load_question(const http::Request& request,
                                 db::Read& read,
                                 const people::Officer& officer,
                                 Instant now) {
  auto p = find(read, ProjectId{request.path_number("id")});
  const auto code = Code::parse(request.path_text("code"));
  auto question = code ? find_question(read, *code) : std::nullopt;
  if (!p || !question || question->project != p->id || question->answered_at ||
      !may_answer(read, officer, *p))
    return Error{ErrorKind::not_found, "project.error.none"_t};
  AtQuestion at{.request = request,
                .officer = officer,
                .p = *std::move(p),
                .question = *std::move(question),
                .lines = {},
                .prices = {},
                .now = now};
  for (Line& each : lines_of(read, at.question.household))
    if (at.question.line.value == 0 || each.id == at.question.line)
      at.lines.push_back(std::move(each));
  at.prices = prices_in_force(read, at.p.id);
  return at;
}

// "120,5" as a field takes it.
std::string typed_area(std::int64_t hundredths) {
  const std::int64_t part = hundredths % 100;
  std::string text = std::to_string(hundredths / 100);
  if (part != 0) text += "," + std::string(part < 10 ? "0" : "") + std::to_string(part);
  return text;
}

Fragment remedy_fields(const AtQuestion& at, const Error* error) {
  const View view = at.view();
  const http::Fields& form = at.request.form;
  const Amounts& now = at.lines.front().amounts;
  const auto field = [&](std::string_view name, TextKey label, const std::string& value) {
    return html::input(view, {.name = name,
                              .label = {view(label)},
                              .error = html::error_for(view, error, name),
                              .value = form.has(name) ? form.text(name) : std::string_view(value),
                              .width = 20,
                              .inputmode = "decimal"});
  };
  html::Select land{
      .name = "land",
      .label = {view("project.line.land"_t)},
      .error = html::error_for(view, error, "land"),
      .value = form.has("land") ? form.text("land") : std::string_view(now.land_code)};
  std::vector<std::string> names;
  names.reserve(at.prices.size() + 1);
  const auto offer = [&](const std::string& code, const std::string& name, std::int64_t price) {
    names.push_back(code + " · " + name + " · " + dong_text(view, price));
    land.options.push_back({code, names.back()});
  };
  // The line keeps its price while its kind of land stays.
  offer(now.land_code, at.lines.front().land_name, now.price);
  for (const Price& each : at.prices)
    if (each.code != now.land_code) offer(each.code, each.name, each.price);
  Fragment out = field("area", "project.answer.area"_t, typed_area(now.area));
  out += html::select(view, land);
  out += field("structures", "project.answer.structures"_t, std::to_string(now.structures));
  out += field("support", "project.answer.support"_t, std::to_string(now.support));
  return out;
}

Fragment answer_form(const AtQuestion& at, const Error* error) {
  const View view = at.view();
  Fragment fields = html::textarea(view, {.name = "answer",
                                          .label = {view("project.answer.words"_t)},
                                          .hint = view("project.answer.words_hint"_t),
                                          .error = html::error_for(view, error, "answer"),
                                          .value = at.request.form.text("answer"),
                                          .rows = 6,
                                          .chars_max = static_cast<int>(answer_chars_max)});
  html::Choices outcomes{.name = "outcome",
                         .legend = {view("project.answer.outcome"_t)},
                         .error = html::error_for(view, error, "outcome"),
                         .values = {at.request.form.text("outcome")}};
  outcomes.choices.push_back(
      {.value = to_text(Outcome::explained), .text = view(key_of(Outcome::explained))});
  if (at.question.line.value != 0 && !at.lines.empty())
    outcomes.choices.push_back({.value = to_text(Outcome::remedied),
                                .text = view(key_of(Outcome::remedied)),
                                .reveal = remedy_fields(at, error)});
  fields += html::radios(view, outcomes);
  fields +=
      html::button({.text = view("project.answer.do"_t), .icon_before = "send", .once = true});
  return html::form(view, {.action = Url::in(view, "/staff/projects/", at.p.id.value, "/questions/",
                                             at.question.code->text()),
                           .body = std::move(fields)});
}

http::Response show_question(const AtQuestion& at, const Error* error) {
  const View view = at.view();
  Fragment body = html::error_summary(view, error);
  body.add(R"(<h1 class="h-l" translate="no">{}</h1><p><a href="{}" lang="vi">{}</a></p><p>{}</p>)",
           at.question.code->shown(), Url::in(view, "/staff/projects/", at.p.id.value),
           at.p.name_vi, view("project.answer.lead"_t));
  body.add(R"(<div class="op" lang="vi">{}</div><p>{}</p>)", html::paragraphs(at.question.body),
           view.voice(
               at.now >= at.question.due_at ? "project.question.late"_t : "project.question.due"_t,
               {{"moment", view.voice.moment(at.question.due_at)}}));
  for (const Line& each : at.lines)
    body.add(R"(<h2 class="h-m">{}</h2>{})",
             view.voice("project.own.parcel"_t, {{"parcel", each.parcel}}), line_facts(view, each));
  body += answer_form(at, error);
  return http::form_page(view, {.title = at.question.code->shown(),
                                .here = "/staff/projects",
                                .body = std::move(body),
                                .error = error,
                                .is_staff = true});
}

// What was typed as an answer; refuses beside each field what is wrong.
Result<Answer> answer_in(const http::Fields& form, const Code& code) {
  Answer given{.code = code, .words = std::string(form.text("answer"))};
  const auto outcome = from_word(all_outcomes, form.text("outcome"));
  FieldErrors errors;
  if (!outcome || *outcome == Outcome::erased) errors.add("outcome", "project.error.outcome"_t);
  if (outcome == Outcome::remedied) {
    const auto area = read_area(form.text("area")), structures = read_dong(form.text("structures")),
               support = read_dong(form.text("support"));
    if (!area) errors.add("area", "project.error.row_area"_t);
    if (!structures) errors.add("structures", "project.error.row_dong"_t);
    if (!support) errors.add("support", "project.error.row_dong"_t);
    given.after = Amounts{.area = area.value_or(0),
                          .land_code = std::string(form.text("land")),
                          .structures = structures.value_or(0),
                          .support = support.value_or(0)};
  }
  if (!errors.empty()) return errors.take();
  return given;
}

}  // namespace

Result<http::Response> question_page(const http::Request& request,
                                     db::Read& read,
                                     people::Officer officer,
                                     Instant now) {
  TRY(const AtQuestion at, load_question(request, read, officer, now));
  return show_question(at, nullptr);
}

Result<http::Pending> question_post(const http::Request& request,
                                    db::Read& read,
                                    people::Officer officer,
                                    Random& random,
                                    Instant now) {
  TRY(const AtQuestion at, load_question(request, read, officer, now));
  const auto given = answer_in(request.form, *at.question.code);
  if (!given.ok()) return http::Pending::answer(show_question(at, &given.error()));
  const OfficeAct act{.officer = officer, .id = at.p.id, .salts = ledger::draw(random), .now = now};
  const std::string back(Url::in(request.view, "/staff/projects/", at.p.id.value).view());
  return http::Pending::commit(
      [act, given = given.value()](db::Write& write) { return answer(write, act, given); },
      [&request, officer, at, back](const Result<Question>& done, std::string_view) {
        if (done.ok()) return http::see_other(back);
        if (done.error().kind != ErrorKind::invalid)
          return http::error_response(request, done.error());
        // Of the officer who lives as long as this answer.
        const AtQuestion again{request, officer, at.p, at.question, at.lines, at.prices, at.now};
        return show_question(again, &done.error());
      });
}

}  // namespace ln::project::staff
