#include "feature/supervision/supervision_pages_staff.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "core/people/people_independent.h"
#include "core/units/units_store.h"
#include "feature/supervision/supervision_actions.h"
#include "feature/supervision/supervision_pages_parts.h"
#include "platform/html/charts.h"
#include "platform/html/forms.h"
#include "platform/html/layout.h"
#include "platform/html/parts.h"
#include "platform/html/spoken.h"

namespace ln::supervision::staff {
namespace {

using html::fill;
using html::Fragment;
using html::Url;
using html::View;

constexpr std::int64_t desk_programmes_max = 100;

Url desk_url(const View& view, const Programme& p) {
  return Url::in(view, "/staff/supervision/programmes/", p.id.value);
}

http::Response staff_page(
    int status, const View& view, std::string_view title, Fragment body, bool has_errors) {
  return http::page(status, html::page(view, {.title = title,
                                              .here = "/staff/supervision",
                                              .body = html::columns({.body = std::move(body)}),
                                              .is_staff = true,
                                              .has_errors = has_errors,
                                              .is_unlisted = true}));
}

// What was typed into one of the desk's forms, and what is wrong with it. `at`: the advice the form
// stands under; 0: the form for a new one.
struct Draft {
  std::string unit{}, text{}, due_on{};
  std::int64_t at = 0;
  const Error* error = nullptr;
};

struct Desk {
  const View& view;
  Sheet sheet;
  bool may_act = false;  // independent, and the programme is at work
  Instant now{};
};

Fragment cases_part(const Desk& desk) {
  const View& view = desk.view;
  const auto last = last_findings(desk.sheet.findings);
  const html::Column columns[] = {{view("supervision.desk.case"_t)},
                                  {view("supervision.stratum"_t)},
                                  {view("supervision.outcome"_t)}};
  Fragment rows;
  std::int64_t open = 0;
  for (const std::int64_t number : desk.sheet.drawn) {
    std::int64_t end = 0;
    const auto stratum = std::ranges::find_if(desk.sheet.strata, [&](const draw::Stratum& each) {
      end += each.size;
      return number <= end;
    });
    const auto word =
        stratum == desk.sheet.strata.end() ? std::nullopt : from_word(all_strata, stratum->word);
    const auto found = std::ranges::find(last, number, &Finding::number);
    open += found == last.end() ? 1 : 0;
    Fragment row;
    html::add_head_cell(row, fill(R"(<a href="{}">{}</a>)",
                                  Url::in(view, "/staff/supervision/programmes/",
                                          desk.sheet.programme.id.value, "/cases/", number),
                                  view.voice("supervision.desk.number"_t,
                                             {{"number", view.voice.number(number)}})));
    html::add_cell(row, columns[1], word ? view(key_of(*word)) : std::string_view());
    html::add_cell(
        row, columns[2],
        found == last.end() ? view("supervision.desk.open"_t) : view(key_of(found->outcome)));
    rows.add("<tr>{}</tr>", row);
  }
  Fragment out = html::table(
      {.caption = view("supervision.desk.cases"_t), .columns = columns, .rows = std::move(rows)});
  if (open > 0) out.add("<p>{}</p>", view.voice.counted("supervision.desk.open_count"_t, open));
  return out;
}

Fragment words_field(const View& view, const Draft& draft, std::int64_t at, TextKey label) {
  const std::string id = "text-" + std::to_string(at);
  return html::textarea(view, {.name = "text",
                               .label = {view(label)},
                               .hint = view("supervision.desk.public_hint"_t),
                               .error = draft.at == at ? html::error_for(view, draft.error, "text")
                                                       : std::string_view(),
                               .value = draft.at == at ? std::string_view(draft.text) : "",
                               .id = id,
                               .rows = 5,
                               .chars_max = static_cast<int>(words_chars_max)});
}

Fragment due_field(const View& view, const Draft& draft, std::int64_t at, TextKey hint) {
  const std::string id = "due_on-" + std::to_string(at);
  return html::input(view, {.name = "due_on",
                            .label = {view("supervision.desk.due_on"_t)},
                            .hint = view(hint),
                            .error = draft.at == at ? html::error_for(view, draft.error, "due_on")
                                                    : std::string_view(),
                            .value = draft.at == at ? std::string_view(draft.due_on) : "",
                            .id = id,
                            .type = "date"});
}

// Below an answer: it is done, or the unit has another day.
Fragment judge_form(const Desk& desk, const Advice& advice, const Draft& draft) {
  const View& view = desk.view;
  if (!desk.may_act || !advice.waits_for_supervisor()) return {};
  Fragment body = html::hidden("advice", std::to_string(advice.id.value));
  body += html::hidden("seq", std::to_string(advice.said.size() + 1));
  body += words_field(view, draft, advice.id.value, "supervision.desk.judged"_t);
  body += due_field(view, draft, advice.id.value, "supervision.desk.return_hint"_t);
  const Programme& p = desk.sheet.programme;
  body += html::button({.text = view("supervision.desk.verify"_t), .once = true});
  body +=
      html::button({.text = view("supervision.desk.return"_t),
                    .kind = html::ButtonKind::secondary,
                    .to = Url::in(view, "/staff/supervision/programmes/", p.id.value, "/return")});
  return html::form(
      view, {.action = Url::in(view, "/staff/supervision/programmes/", p.id.value, "/verify"),
             .body = std::move(body)});
}

Fragment advise_form(const Desk& desk, const Draft& draft) {
  const View& view = desk.view;
  const std::string unit = draft.at == 0 && !draft.unit.empty() ? draft.unit : desk.sheet.unit;
  Fragment body = html::input(
      view,
      {.name = "unit",
       .label = {view("supervision.desk.unit"_t)},
       .hint = view("supervision.desk.unit_hint"_t),
       .error = draft.at == 0 ? html::error_for(view, draft.error, "unit") : std::string_view(),
       .value = unit});
  body += words_field(view, draft, 0, "supervision.desk.advice"_t);
  body += due_field(view, draft, 0, "supervision.desk.due_on_hint"_t);
  body += html::button({.text = view("supervision.desk.advise"_t), .once = true});
  return html::form(view, {.action = Url::in(view, "/staff/supervision/programmes/",
                                             desk.sheet.programme.id.value, "/advise"),
                           .body = std::move(body)});
}

Fragment finish_part(const Desk& desk) {
  const View& view = desk.view;
  return fill(R"(<h2 class="h-m sp">{}</h2><p>{}</p>{}{})", view("supervision.desk.finish"_t),
              view("supervision.desk.finish_lead"_t), Fragment(),
              html::form(view, {.action = Url::in(view, "/staff/supervision/programmes/",
                                                  desk.sheet.programme.id.value, "/finish"),
                                .body = html::button({.text = view("supervision.desk.finish_do"_t),
                                                      .kind = html::ButtonKind::secondary,
                                                      .once = true})}));
}

http::Response show(db::Read& read, const Desk& desk, const Draft& draft) {
  const View& view = desk.view;
  const Programme& p = desk.sheet.programme;
  const html::Spoken title = title_of(view, p);
  const std::string at = "-" + std::to_string(draft.at);
  Fragment body = html::back_link(view, Url::in(view, "/staff/supervision/programmes"));
  body +=
      html::error_summary(view, draft.error, {{"text", "text" + at}, {"due_on", "due_on" + at}});
  body.add(R"(<h1 class="h-l" lang="{}">{}</h1><p>{} · <a href="{}">{}</a></p>)", title.lang,
           title.text, stage_badge(view, p), page_of(view, p), view("supervision.desk.public"_t));
  body += frame_facts(view, desk.sheet);
  if (p.stage == Stage::announced) {
    body.add("<p>{}</p>", view("supervision.desk.waits"_t));
    return staff_page(200, view, title.text, std::move(body), false);
  }
  body += cases_part(desk);
  body.add(R"(<h2 class="h-m sp">{}</h2>)", view("supervision.advice.title"_t));
  if (!desk.sheet.advice.empty())
    body.add(R"(<ul class="plain">{}</ul>)", [&](Fragment& list) {
      for (const Advice& each : desk.sheet.advice)
        list += advice_item(view, read, each, desk.now, judge_form(desk, each, draft));
    });
  if (desk.may_act) {
    body += advise_form(desk, draft);
    body += finish_part(desk);
  } else if (p.stage == Stage::drawn) {
    body.add("<p>{}</p>", view("supervision.error.not_independent"_t));
  }
  const bool has_error = draft.error != nullptr;
  return staff_page(has_error ? http::status_of(draft.error->kind) : 200, view, title.text,
                    std::move(body), has_error);
}

Result<Desk> desk_of(const View& view,
                     const http::Request& request,
                     db::Read& read,
                     const people::Supervisor& supervisor,
                     Instant now) {
  auto sheet = sheet_of(read, ProgrammeId{request.path_number("id")});
  if (!sheet) return Error{ErrorKind::not_found, "supervision.error.none"_t};
  const bool may_act = sheet->programme.stage == Stage::drawn &&
                       people::is_independent(supervisor.staff(), sheet->programme.unit_path);
  return Desk{view, *std::move(sheet), may_act, now};
}

// What one of the buttons asks for.
struct Asked {
  std::string name{};
  ProgrammeId programme{};
  AdviceId advice{};
  std::int64_t seq = 0;
  std::optional<units::Unit> unit{};
  std::string text{};
  Day due_on{};
};

Error no_unit() {
  return {
      ErrorKind::invalid, "supervision.error.no_unit"_t, {{"unit", "supervision.error.no_unit"_t}}};
}

// What can be said of a form before it is sent on, so that it can be shown again.
Result<Done> typed_well(const Asked& asked, Instant now) {
  if (asked.name == "finish") return Done{};
  if (asked.name == "advise" && !asked.unit) return no_unit();
  TRY([[maybe_unused]] const std::string words, check_words(asked.text));
  if (asked.name == "verify") return Done{};
  return check_due(asked.due_on, now);
}

Result<Done> perform(db::Write& write, const SupervisorAct& act, const Asked& asked) {
  if (asked.name == "finish") {
    TRY([[maybe_unused]] const Programme done, finish(write, act, asked.programme));
    return Done{};
  }
  if (asked.name == "verify") {
    TRY([[maybe_unused]] const Advice done,
        verify(write, act, asked.advice, asked.seq, asked.text));
    return Done{};
  }
  if (asked.name == "return") {
    TRY([[maybe_unused]] const Advice done,
        give_back(write, act, asked.advice, asked.seq, asked.text, asked.due_on));
    return Done{};
  }
  if (!asked.unit) return no_unit();
  TRY([[maybe_unused]] const Advice done,
      advise(write, act, asked.programme, *asked.unit, asked.text, asked.due_on));
  return Done{};
}

}  // namespace

Result<http::Response> list_page(const http::Request& request,
                                 db::Read& read,
                                 people::Supervisor supervisor,
                                 Instant now) {
  const View view = people::view_of(request, supervisor.staff());
  const std::string_view title = view("supervision.desk.title"_t);
  Fragment body = html::back_link(view, Url::in(view, "/staff/supervision"));
  body.add(R"(<h1 class="h-l">{}</h1><p class="lead">{}</p>)", title,
           view("supervision.desk.lead"_t));
  body += html::link_button(Url::in(view, "/staff/supervision/programmes/new"),
                            {.text = view("supervision.new.title"_t), .icon_before = "pencil"});
  body.add(R"(<p><a href="{}">{}</a></p>)", Url::in(view, "/staff/supervision/models"),
           view("emulation.verdict.all"_t));
  Fragment list;
  for (const Programme& p : programmes(read, 0, desk_programmes_max)) {
    const html::Spoken name = title_of(view, p);
    const auto advice = advice_of(read, p.id);
    const auto waiting = std::ranges::count_if(advice, &Advice::waits_for_supervisor);
    const auto late =
        std::ranges::count_if(advice, [&](const Advice& each) { return each.is_late(now); });
    list.add(R"(<li><h2 class="h-s"><a href="{}" lang="{}">{}</a></h2><p>{}</p>)"
             R"(<p class="muted small"><span lang="vi">{}</span> · {} · {}</p></li>)",
             desk_url(view, p), name.lang, name.text, stage_badge(view, p), unit_name(read, p.unit),
             view.voice.counted("supervision.desk.waiting_count"_t, waiting),
             view.voice.counted("supervision.advice.late_count"_t, late));
  }
  if (list.empty())
    body += html::nothing_here(view("supervision.none"_t));
  else
    body.add(R"(<ul class="list">{}</ul>)", list);
  return staff_page(200, view, title, std::move(body), false);
}

Result<http::Response> desk_page(const http::Request& request,
                                 db::Read& read,
                                 people::Supervisor supervisor,
                                 Instant now) {
  const View view = people::view_of(request, supervisor.staff());
  TRY(const Desk desk, desk_of(view, request, read, supervisor, now));
  return show(read, desk, {});
}

Result<http::Pending> act_post(const http::Request& request,
                               db::Read& read,
                               people::Supervisor supervisor,
                               Instant now) {
  const View view = people::view_of(request, supervisor.staff());
  TRY(const Desk desk, desk_of(view, request, read, supervisor, now));
  const http::Fields& form = request.form;
  Asked asked{.name = std::string(request.path_text("act")),
              .programme = desk.sheet.programme.id,
              .advice = AdviceId{form.number("advice").value_or(0)},
              .seq = form.number("seq").value_or(0),
              .text = std::string(form.text("text")),
              .due_on = day_in(form.text("due_on")).value_or(Day{})};
  constexpr std::string_view names[] = {"advise", "verify", "return", "finish"};
  if (std::ranges::find(names, asked.name) == std::end(names))
    return Error{ErrorKind::not_found, "supervision.error.none"_t};
  const std::string_view typed = trimmed(form.text("unit"));
  asked.unit = units::find_on(read, typed, local_day(now));
  if (auto named = units::named(read, typed, local_day(now)); !asked.unit && named.size() == 1)
    asked.unit = std::move(named.front());
  Draft draft{.unit = std::string(typed),
              .text = asked.text,
              .due_on = std::string(form.text("due_on")),
              .at = asked.advice.value};
  const auto well = typed_well(asked, now);
  if (!well.ok()) {
    draft.error = &well.error();
    return http::Pending::answer(show(read, desk, draft));
  }
  const std::string back(desk_url(view, desk.sheet.programme).view());
  return http::Pending::commit([act = SupervisorAct{supervisor, now},
                                asked](db::Write& write) { return perform(write, act, asked); },
                               [&request, back](const Result<Done>& done, std::string_view) {
                                 return done.ok() ? http::see_other(back)
                                                  : http::error_response(request, done.error());
                               });
}

}  // namespace ln::supervision::staff
