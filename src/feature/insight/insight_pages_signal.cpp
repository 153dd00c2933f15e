#include "feature/insight/insight_pages_signal.h"

#include <utility>

#include "base/text.h"
#include "core/people/people_independent.h"
#include "core/people/people_store.h"
#include "core/units/units_store.h"
#include "feature/insight/insight_jobs_report_text.h"
#include "feature/insight/insight_pages_signal_parts.h"
#include "feature/insight/insight_store_signal.h"
#include "feature/insight/insight_store_signal_rooms.h"
#include "platform/html/charts.h"
#include "platform/html/forms.h"
#include "platform/html/parts.h"

namespace ln::insight {
namespace {

using html::Fragment;
using html::Url;
using html::View;

constexpr std::int64_t signals_listed_max = 200, signal_cases_max = 100;

struct SignalSheet {
  View view;
  KeptSignal signal;
  bool may_dispute = false, may_decide = false, opens_cases = false;
  bool is_own_work = false;  // who decides judges nobody's work but others'
};

Url url_of(const View& view, SignalId id) {
  return Url::in(view, "/staff/signals/", std::to_string(id.value));
}

std::string name_of_account(db::Read& read, std::int64_t id) {
  const auto account = people::find_account(read, people::AccountId{id});
  return account ? account->name : std::string();
}

Fragment case_table(const SignalSheet& of, db::Read& read) {
  const View& view = of.view;
  const html::Column columns[] = {{view("insight.signal.column.case"_t)},
                                  {view("insight.signal.column.case_state"_t)},
                                  {view("insight.signal.column.received"_t)},
                                  {view("insight.signal.column.answered"_t)}};
  Fragment rows;
  for (const SignalCase& each : cases_of(read, of.signal.id, signal_cases_max)) {
    Fragment row;
    if (of.opens_cases)
      html::add_head_cell(
          row, html::fill(R"(<a href="{}">{}</a>)", Url::in(view, "/staff/feedback/", each.code),
                          html::code(each.code)));
    else if (each.is_published)
      html::add_head_cell(
          row, html::fill(R"(<a href="{}">{}</a>)", Url::in(view, "/feedback/", each.code),
                          html::code(each.code)));
    else
      html::add_head_cell(row, html::code(each.code));
    html::add_cell(row, columns[1], view(feedback::key_of(each.state)));
    html::add_cell(row, columns[2], html::moment(view, each.received));
    html::add_cell(row, columns[3],
                   each.answered ? html::moment(view, *each.answered) : html::fill("–"));
    rows.add("<tr>{}</tr>", row);
  }
  if (rows.empty()) return html::nothing_here(view("insight.signal.no_cases"_t));
  return html::table({.caption = view("insight.signal.cases_caption"_t),
                      .columns = columns,
                      .rows = std::move(rows)});
}

Fragment survey_list(const SignalSheet& of, db::Read& read) {
  const View& view = of.view;
  const bool in_english = view.voice.language() == i18n::Language::en;
  Fragment list;
  const auto surveys = surveys_of(read, of.signal);
  for (const SignalSurvey& each : surveys) {
    const bool has_english = in_english && !each.title_en.empty();
    list.add(R"(<li><a href="{}" lang="{}">{}</a> {} – {}</li>)",
             Url::in(view, "/surveys/", std::to_string(each.id)), has_english ? "en" : "vi",
             has_english ? each.title_en : each.title_vi, html::day(view, each.opens),
             html::day(view, each.closes));
  }
  return html::fill(R"(<h2 class="h-m sp">{}</h2><ul class="list">{}</ul><p>{}</p>)",
                    surveys.size() > 1 ? view("insight.signal.one_of_surveys"_t)
                                       : view("insight.signal.surveys"_t),
                    list, view("insight.signal.surveys_hint"_t));
}

Fragment said(const View& view, db::Read& read, const Dispute& dispute) {
  Fragment out = html::fill(
      R"(<div class="quote"><p class="muted small"><span lang="vi">{}</span> · {}</p>)"
      R"(<p>{}</p></div>)",
      name_of_account(read, dispute.account_id), html::moment(view, dispute.at), dispute.text);
  if (dispute.decision && dispute.decided_at)
    out.add(
        R"(<div class="quote"><p>{}</p><p class="muted small"><span lang="vi">{}</span> · {}</p>)"
        R"(<p>{}</p></div>)",
        signal_badge(view, dispute), name_of_account(read, dispute.decided_by),
        html::moment(view, *dispute.decided_at), dispute.decided_text);
  return out;
}

Fragment text_field(
    const View& view, const http::Fields& typed, const Error* error, TextKey label, TextKey hint) {
  return html::textarea(view, {.name = "text",
                               .label = {.text = view(label)},
                               .hint = view(hint),
                               .error = html::error_for(view, error, "text"),
                               .value = typed.text("text"),
                               .rows = 6,
                               .chars_max = static_cast<int>(dispute_chars_max)});
}

Fragment dispute_form(const SignalSheet& of, const http::Fields& typed, const Error* error) {
  const View& view = of.view;
  Fragment fields =
      text_field(view, typed, error, "insight.signal.dispute"_t, "insight.signal.dispute_hint"_t);
  fields += html::button({.text = view("insight.signal.dispute_do"_t), .once = true});
  return html::form(view, {.action = Url::in(view, "/staff/signals/",
                                             std::to_string(of.signal.id.value), "/dispute"),
                           .body = std::move(fields)});
}

Fragment decision_form(const SignalSheet& of, const http::Fields& typed, const Error* error) {
  const View& view = of.view;
  Fragment fields = html::radios(
      view, {.name = "decision",
             .legend = {.text = view("insight.signal.decision"_t)},
             .error = html::error_for(view, error, "decision"),
             .choices = {{.value = "explained", .text = view("insight.signal.decide_explained"_t)},
                         {.value = "stands", .text = view("insight.signal.decide_stands"_t)}},
             .values = {typed.text("decision")}});
  fields += text_field(view, typed, error, "insight.signal.decision_why"_t,
                       "insight.signal.decision_hint"_t);
  fields += html::button({.text = view("insight.signal.decide"_t), .once = true});
  return html::form(view, {.action = Url::in(view, "/staff/signals/",
                                             std::to_string(of.signal.id.value), "/decision"),
                           .body = std::move(fields)});
}

std::string signal_html(const SignalSheet& of,
                        db::Read& read,
                        const http::Fields& typed,
                        const Error* error) {
  const View& view = of.view;
  const KeptSignal& signal = of.signal;
  const auto unit = units::find(read, signal.unit);
  const auto dispute = find_dispute(read, signal.id);
  Fragment body = html::back_link(view, Url::in(view, signals_path));
  body += html::error_summary(view, error);
  body.add(R"(<h1 class="h-l">{}</h1><p class="lead"><span lang="vi">{}</span> · {}</p>{})",
           view(name_of(signal.kind)), unit ? unit->name : std::string(),
           period_name(view.voice, {.span = Span::month, .first = signal.month}),
           html::note({.kind = html::NoteKind::info,
                       .body = html::fill("<p>{}</p>", view("insight.signal.no_verdict"_t))}));
  std::vector<html::Fact> facts = {
      {view("insight.signal.column.counted"_t), html::fill("{}", arithmetic_words(view, signal))}};
  // What rooms are asked is counted, and no chance makes it.
  if (!is_of_rooms(signal.kind))
    facts.push_back(
        {view("insight.signal.by_chance"_t), html::fill("{}", chance_words(view, signal.p_value))});
  facts.push_back({view("insight.signal.column.state"_t), signal_badge(view, dispute)});
  body += html::facts(facts, true);
  body.add(R"(<h2 class="h-m sp">{}</h2><p>{}</p>)", view("insight.signal.why"_t),
           view(meaning_of(signal.kind)));
  if (is_of_rooms(signal.kind)) {
    body += object_list(view, read, signal);
  } else if (is_of_surveys(signal.kind)) {
    body += survey_list(of, read);
  } else {
    body.add(R"(<h2 class="h-m sp">{}</h2>)", view("insight.signal.cases"_t));
    body += case_table(of, read);
  }
  body.add(R"(<h2 class="h-m sp">{}</h2>)", view("insight.signal.answer"_t));
  if (dispute) body += said(view, read, *dispute);
  if (!dispute && of.may_dispute) body += dispute_form(of, typed, error);
  if (!dispute && !of.may_dispute) body += html::nothing_here(view("insight.signal.no_answer"_t));
  const bool waits = dispute && !dispute->decision && of.may_decide;
  if (waits && of.is_own_work) body.add("<p>{}</p>", view("insight.signal.error.own_programme"_t));
  if (waits && !of.is_own_work) body += decision_form(of, typed, error);
  return staff_page(view, view(name_of(signal.kind)), std::move(body), error != nullptr);
}

bool opens(const Head& head, std::string_view unit_path) { return head.may_act_for(unit_path); }
bool opens(const Watcher& watcher, std::string_view unit_path) {
  return may_read(watcher, unit_path);
}
bool opens(const people::Supervisor& supervisor, std::string_view unit_path) {
  return may_read(*Watcher::of(supervisor.staff()), unit_path);
}

template <class Holder>
Result<SignalSheet> open_signal(const http::Request& request,
                                db::Read& read,
                                const Holder& holder) {
  const auto signal = find_signal(read, SignalId{request.path_number("id")});
  if (!signal || !opens(holder, signal->unit_path))
    return Error{ErrorKind::not_found, "insight.signal.error.none"_t};
  const people::Staff& staff = holder.staff();
  const bool leads = staff.may(people::Role::head, signal->unit_path);
  return SignalSheet{.view = people::view_of(request, staff),
                     .signal = *signal,
                     .may_dispute = leads,
                     .may_decide = staff.has(people::Role::supervisor) &&
                                   people::is_independent(staff, signal->unit_path),
                     .opens_cases = leads,
                     .is_own_work = signal->kind == Formality::idle_supervision &&
                                    is_own_programme(read, signal->id, staff.id().value)};
}

// After a refusal the page as it stands, with what was typed.
template <class Holder>
http::Response answer_to(const http::Request& request,
                         db::Read& read,
                         const Holder& holder,
                         const Error& error) {
  const auto again = open_signal(request, read, holder);
  if (!again.ok()) return http::page(404, {});
  return http::page(http::status_of(error.kind),
                    signal_html(again.value(), read, request.form, &error));
}

// What is wrong with the words is said beside them before the transaction; what changed meanwhile
// on a page of its own.
http::Response refused_page(const View& view, const Error& error) {
  Fragment body = html::error_summary(view, &error);
  body.add(R"(<p><a href="{}">{}</a></p>)", Url::in(view, signals_path),
           view("insight.signal.title"_t));
  return http::page(http::status_of(error.kind),
                    staff_page(view, view("insight.signal.title"_t), std::move(body), true));
}

bool is_text_fine(std::string_view typed) {
  const std::size_t chars = count_chars(trimmed(typed));
  return chars >= dispute_chars_min && chars <= dispute_chars_max;
}

}  // namespace

Result<http::Response> signals_page(const http::Request& request,
                                    db::Read& read,
                                    Watcher watcher,
                                    Instant now) {
  const View view = people::view_of(request, watcher.staff());
  const std::vector<KeptSignal> all = signals_for(read, watcher, signals_listed_max);
  Fragment body = html::back_link(view, Url::in(view, "/staff"));
  body.add(R"(<h1 class="h-l">{}</h1><p class="lead">{}</p>{})", view("insight.signal.title"_t),
           view("insight.signal.lead"_t),
           html::note({.kind = html::NoteKind::info,
                       .body = html::fill("<p>{}</p>", view("insight.signal.no_verdict"_t))}));
  body += all.empty() ? html::nothing_here(view("insight.signal.nothing"_t))
                      : signal_table(view, read, all);
  if (const auto month = signal_month_on(local_day(now)))
    if (const auto count = counted_units(read, month->first))
      body.add("<p>{}</p>",
               view.voice("insight.signal.looked_at"_t, {{"month", period_name(view.voice, *month)},
                                                         {"count", view.voice.number(*count)}}));
  Fragment kinds;
  for (const Formality kind : formalities)
    kinds.add("<dt>{}</dt><dd>{}</dd>", view(name_of(kind)), view(meaning_of(kind)));
  body += html::details(view("insight.signal.kinds"_t), html::fill("<dl>{}</dl>", kinds));
  if (watcher.staff().has(people::Role::administrator))
    body.add(R"(<p><a href="{}">{}</a></p>)", Url::in(view, "/staff/signals/rules"),
             view("insight.signal.rules"_t));
  return http::page(200, staff_page(view, view("insight.signal.title"_t), std::move(body)));
}

Result<http::Response> signal_page(const http::Request& request,
                                   db::Read& read,
                                   Watcher watcher,
                                   Instant) {
  TRY(const SignalSheet of, open_signal(request, read, watcher));
  return http::page(200, signal_html(of, read, request.query, nullptr));
}

Result<http::Pending> dispute_post(const http::Request& request,
                                   db::Read& read,
                                   Head head,
                                   Instant now) {
  TRY(const SignalSheet of, open_signal(request, read, head));
  if (!is_text_fine(request.form.text("text"))) {
    FieldErrors errors;
    errors.add("text", "insight.signal.error.text"_t);
    return http::Pending::answer(answer_to(request, read, head, errors.take()));
  }
  const DisputeAct act{of.signal.id, std::string(request.form.text("text")), now};
  const std::string back(url_of(of.view, of.signal.id).view());
  return http::Pending::commit([=](db::Write& write) { return dispute(write, head, act); },
                               [&request, head, back](const Result<Done>& done, std::string_view) {
                                 if (done.ok()) return http::see_other(back);
                                 return refused_page(people::view_of(request, head.staff()),
                                                     done.error());
                               });
}

Result<http::Pending> decision_post(const http::Request& request,
                                    db::Read& read,
                                    people::Supervisor supervisor,
                                    Instant now) {
  TRY(const SignalSheet of, open_signal(request, read, supervisor));
  const auto decision = decision_of(request.form.text("decision"));
  FieldErrors errors;
  if (!decision) errors.add("decision", "insight.signal.error.decision"_t);
  if (!is_text_fine(request.form.text("text"))) errors.add("text", "insight.signal.error.text"_t);
  if (!errors.empty())
    return http::Pending::answer(answer_to(request, read, supervisor, errors.take()));
  const DecisionAct act{of.signal.id, decision, std::string(request.form.text("text")), now};
  const std::string back(url_of(of.view, of.signal.id).view());
  return http::Pending::commit(
      [=](db::Write& write) { return decide_dispute(write, supervisor, act); },
      [&request, supervisor, back](const Result<Done>& done, std::string_view) {
        if (done.ok()) return http::see_other(back);
        return refused_page(people::view_of(request, supervisor.staff()), done.error());
      });
}

}  // namespace ln::insight
