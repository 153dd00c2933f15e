// One turn at the desk: the log, the written result, and what the unit above decides.
#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"
#include "feature/reception/reception_actions.h"
#include "feature/reception/reception_pages_parts.h"
#include "feature/reception/reception_pages_staff.h"
#include "platform/html/forms.h"
#include "platform/html/parts.h"
#include "platform/html/spoken.h"
#include "platform/http/form_page.h"

namespace ln::reception::staff {
namespace {

using html::fill;
using html::Fragment;
using html::Url;
using html::View;

struct AtDesk {
  const http::Request& request;
  const people::Officer& officer;
  Reception r;
  Turn turn;
  std::optional<Contest> contest{};
  Fragment story{};
  bool is_inside = false, may_decide = false;
  std::string case_code{};  // of the case they showed the secret of
  Instant now{};
  std::string failed{};

  View view() const { return people::view_of(request, officer.staff()); }
  std::string_view typed(std::string_view act, std::string_view name) const {
    return failed == act ? request.form.text(name) : std::string_view();
  }
};

// Whoever works in the very unit; and once something was said against a result, whoever decides.
Result<AtDesk> turn_at_desk(const http::Request& request,
                            db::Read& read,
                            const people::Officer& officer,
                            Instant now) {
  TRY(Reception r, asked_day(request, read));
  const auto code = Code::parse(request.path_text("code"));
  auto turn = code ? find_turn(read, *code) : std::nullopt;
  if (!turn || turn->reception != r.id)
    return Error{ErrorKind::not_found, "reception.error.none"_t};
  AtDesk at{.request = request,
            .officer = officer,
            .r = std::move(r),
            .turn = *std::move(turn),
            .now = now};
  at.contest = find_contest(read, at.turn.id);
  at.is_inside = works_in(officer, at.r.keeper_path);
  at.may_decide = at.contest && may_rule(read, officer, at.r, *at.contest);
  if (!at.is_inside && !at.may_decide) return Error{ErrorKind::not_found, "reception.error.none"_t};
  at.story = turn_story(at.view(), read, at.turn);
  // The code leads to whatever was written there: for those alone who read the case anyway.
  if (const auto found = find_case(read, at.turn.case_id);
      found && at.is_inside && units::is_within(found->unit_path, at.r.keeper_path) &&
      std::ranges::any_of(
          std::array{people::Role::triage, people::Role::handler, people::Role::head},
          [&](people::Role role) { return officer.may(role, found->unit_path); }))
    at.case_code = found->code;
  return at;
}

Fragment turn_form(const AtDesk& at, std::string_view act, Fragment body) {
  body += html::hidden("revision", std::to_string(at.turn.revision));
  return html::form(at.view(), {.action = Url::in(at.view(), "/staff/receptions/", at.r.id.value,
                                                  "/turns/", at.turn.code->text(), "/", act),
                                .body = std::move(body)});
}

Fragment small_field(
    const AtDesk& at, const Error* error, std::string_view name, TextKey label, TextKey hint) {
  const View view = at.view();
  return html::input(view, {.name = name,
                            .label = {view(label)},
                            .hint = view(hint),
                            .error = html::error_for(view, error, name),
                            .value = at.typed("log", name),
                            .width = 20});
}

html::Choices outcomes(const AtDesk& at, const Error* error) {
  const View view = at.view();
  html::Choices group{.name = "outcome",
                      .legend = {view("reception.desk.outcome"_t)},
                      .error = html::error_for(view, error, "outcome"),
                      .values = {at.typed("log", "outcome")}};
  for (const Outcome each : all_outcomes) {
    html::Choice choice{.value = to_text(each), .text = view(key_of(each))};
    if (each == Outcome::passed)
      choice.reveal = small_field(at, error, "passed_to", "reception.desk.passed_to"_t,
                                  "reception.desk.passed_to_hint"_t);
    if (each == Outcome::promised)
      choice.reveal = small_field(at, error, "commitment", "reception.desk.commitment"_t,
                                  "reception.desk.commitment_hint"_t);
    if (each == Outcome::taken_up)
      choice.reveal = small_field(at, error, "case_code", "reception.desk.case"_t,
                                  "reception.desk.case_hint"_t);
    group.choices.push_back(std::move(choice));
  }
  return group;
}

Fragment log_part(const AtDesk& at, const Error* given) {
  const View view = at.view();
  if (at.r.state != State::held) return fill("<p>{}</p>", view("reception.error.not_held"_t));
  const Error* error = at.failed == "log" ? given : nullptr;
  html::Choices presence{.name = "presence",
                         .legend = {view("reception.desk.presence"_t)},
                         .error = html::error_for(view, error, "presence"),
                         .values = {at.typed("log", "presence")}};
  for (const TurnState each : {TurnState::came, TurnState::missed})
    presence.choices.push_back({.value = to_text(each), .text = view(key_of(each))});
  html::Choices sort{.name = "sort",
                     .legend = {view("reception.desk.sort"_t)},
                     .hint = view("reception.desk.sort_hint"_t),
                     .error = html::error_for(view, error, "sort"),
                     .values = {at.typed("log", "sort")}};
  for (const Sort each : all_sorts)
    sort.choices.push_back({.value = to_text(each), .text = view(key_of(each))});
  Fragment fields = html::radios(view, presence);
  fields += html::radios(view, sort);
  fields += html::textarea(view, {.name = "summary",
                                  .label = {view("reception.desk.summary"_t)},
                                  .hint = view("reception.desk.summary_hint"_t),
                                  .error = html::error_for(view, error, "summary"),
                                  .value = at.typed("log", "summary"),
                                  .rows = 6,
                                  .chars_max = static_cast<int>(summary_chars_max)});
  fields += html::radios(view, outcomes(at, error));
  fields += html::button({.text = view("reception.desk.log_do"_t), .once = true});
  const bool is_first = at.turn.state == TurnState::booked;
  return html::details(view(is_first ? "reception.desk.log"_t : "reception.desk.log_again"_t),
                       turn_form(at, "log", std::move(fields)), is_first || error != nullptr);
}

struct WordsForm {
  std::string_view act;
  TextKey label, hint, send;
  std::size_t max;
};
Fragment words_part(const AtDesk& at, const Error* given, const WordsForm& parts, Fragment before) {
  const View view = at.view();
  const Error* error = at.failed == parts.act ? given : nullptr;
  before += html::textarea(view, {.name = parts.act,
                                  .label = {view(parts.label)},
                                  .hint = view(parts.hint),
                                  .error = html::error_for(view, error, parts.act),
                                  .value = at.typed(parts.act, parts.act),
                                  .rows = 6,
                                  .chars_max = static_cast<int>(parts.max)});
  before += html::button({.text = view(parts.send), .once = true});
  return turn_form(at, parts.act, std::move(before));
}

Fragment ruling_part(const AtDesk& at, const Error* error) {
  const View view = at.view();
  html::Choices choice{
      .name = "choice",
      .legend = {view("reception.desk.ruling_choice"_t)},
      .error = at.failed == "ruling" ? html::error_for(view, error, "choice") : std::string_view(),
      .values = {at.typed("ruling", "choice")}};
  choice.choices.push_back(
      {.value = to_text(Ruling::again), .text = view("reception.ruling.again"_t)});
  choice.choices.push_back(
      {.value = to_text(Ruling::stands), .text = view("reception.ruling.stands"_t)});
  Fragment out = fill(
      R"(<h2 class="h-m sp">{}</h2><p>{}</p>)", view("reception.desk.ruling"_t),
      view.voice("reception.desk.ruling_lead"_t, {{"at", view.voice.moment(at.contest->due_at)}}));
  out += words_part(at, error,
                    {"ruling", "reception.desk.ruling_words"_t, "reception.desk.ruling_hint"_t,
                     "reception.desk.ruling_do"_t, contest_chars_max},
                    html::radios(view, choice));
  return out;
}

Fragment turn_facts(const AtDesk& at) {
  const View view = at.view();
  std::vector<html::Fact> facts = {
      {view("reception.slip.at"_t), html::moment(view, at.r.turn_at(at.turn.slot))},
      {view("reception.matter"_t), fill("{}", at.turn.about)},
      {view("reception.way"_t), fill("{}", view(key_of(at.turn.way)))}};
  if (at.is_inside && !at.turn.name.empty())
    facts.push_back({view("reception.called"_t), fill("{}", at.turn.name)});
  if (at.is_inside && !at.turn.contact.empty())
    facts.push_back({view("reception.contact"_t), fill("{}", at.turn.contact)});
  if (!at.case_code.empty())
    facts.push_back({view("reception.book.case"_t),
                     fill(R"(<a href="{}" translate="no">{}</a>)",
                          Url::in(view, "/staff/feedback/", at.case_code), at.case_code)});
  return html::facts(facts, true);
}

http::Response show_turn(const AtDesk& at, const Error* error) {
  const View view = at.view();
  Fragment body = html::back_link(view, Url::in(view, "/staff/receptions/", at.r.id.value));
  body += html::error_summary(view, error);
  body.add(R"(<h1 class="h-l" translate="no">{}</h1><p>{}</p>)", at.turn.code->shown(),
           owed_badge(view, at.turn, at.now));
  if (at.turn.erased_at) {
    body.add("<p>{}</p>", view("reception.own.erased"_t));
  } else {
    body += turn_facts(at);
    body += at.story;
    if (at.may_decide && !at.contest->ruled_at) body += ruling_part(at, error);
    // What was typed and has no field any more, because somebody was faster.
    if (at.failed == "result" && !at.turn.is_owed())
      body += html::note({.body = html::paragraphs(at.typed("result", "result"))});
    if (at.is_inside && at.turn.is_owed() && signs_for(at.officer, at.r.keeper_path)) {
      body.add(R"(<h2 class="h-m sp">{}</h2>)", view("reception.result.title"_t));
      body += words_part(at, error,
                         {"result", "reception.desk.result"_t, "reception.desk.result_hint"_t,
                          "reception.desk.result_do"_t, result_chars_max},
                         {});
    }
    if (at.is_inside && at.turn.state != TurnState::cancelled) body += log_part(at, error);
  }
  return http::form_page(view, {.title = at.turn.code->shown(),
                                .here = "/staff/receptions",
                                .body = std::move(body),
                                .error = error,
                                .is_staff = true});
}

Result<Turn> perform_on_turn(db::Write& write,
                             const TurnAct& act,
                             const http::Fields& form,
                             std::string_view name) {
  const auto of = [&](std::string_view field) { return std::string(form.text(field)); };
  if (name == "log")
    return enter(write, act,
                 {.presence = of("presence"),
                  .sort = of("sort"),
                  .outcome = of("outcome"),
                  .summary = of("summary"),
                  .passed_to = of("passed_to"),
                  .commitment = form.number("commitment").value_or(0),
                  .case_code = of("case_code")});
  if (name == "result") return give_result(write, act, of("result"));
  const auto ruling = from_word(all_rulings, form.text("choice"));
  if (!ruling || *ruling == Ruling::erased)
    return Error{
        ErrorKind::invalid, "reception.error.ruling"_t, {{"choice", "reception.error.ruling"_t}}};
  return decide(write, act, *ruling, of("ruling"));
}

}  // namespace

Result<http::Response> turn_page(const http::Request& request,
                                 db::Read& read,
                                 people::Officer officer,
                                 Instant now) {
  TRY(const AtDesk at, turn_at_desk(request, read, officer, now));
  return show_turn(at, nullptr);
}

Result<http::Pending> turn_post(const http::Request& request,
                                db::Read& read,
                                people::Officer officer,
                                Random& random,
                                Instant now) {
  TRY(AtDesk at, turn_at_desk(request, read, officer, now));
  at.failed = std::string(request.path_text("act"));
  if (at.failed != "log" && at.failed != "result" && at.failed != "ruling")
    return Error{ErrorKind::not_found, "reception.error.none"_t};
  const TurnAct act{.officer = officer,
                    .id = at.r.id,
                    .code = *at.turn.code,
                    .revision = request.form.number("revision").value_or(0),
                    .salts = ledger::draw(random),
                    .now = now};
  const std::string back(
      Url::in(request.view, "/staff/receptions/", at.r.id.value, "/turns/", at.turn.code->text())
          .view());
  return http::Pending::commit(
      [&request, act, name = at.failed](db::Write& write) {
        return perform_on_turn(write, act, request.form, name);
      },
      [&request, officer, at, back](const Result<Turn>& done, std::string_view) {
        if (done.ok()) return http::see_other(back);
        // Also when somebody was faster: what was typed stays, beside what stands there now.
        if (done.error().kind != ErrorKind::invalid && done.error().kind != ErrorKind::conflict)
          return http::error_response(request, done.error());
        // Of the officer who lives as long as this answer.
        const AtDesk again{request,      officer,       at.r,         at.turn, at.contest, at.story,
                           at.is_inside, at.may_decide, at.case_code, at.now,  at.failed};
        return show_turn(again, &done.error());
      });
}

}  // namespace ln::reception::staff
