#include "feature/feedback/feedback_pages_disclosure.h"

#include <string>
#include <vector>

#include "base/text.h"
#include "feature/feedback/feedback_actions_disclosure.h"
#include "feature/feedback/feedback_pages_day.h"
#include "feature/feedback/feedback_pages_staff_parts.h"
#include "feature/feedback/feedback_store.h"
#include "feature/feedback/feedback_store_disclosure.h"
#include "platform/html/charts.h"
#include "platform/html/forms.h"
#include "platform/html/layout.h"
#include "platform/html/parts.h"

namespace ln::feedback {
namespace {

using html::Fragment;
using html::Url;
using html::View;

constexpr std::int64_t orders_per_page = 25;

TextKey name_of(Authority authority) {
  switch (authority) {
    case Authority::court: return "feedback.disclosure.court"_t;
    case Authority::procuracy: return "feedback.disclosure.procuracy"_t;
    case Authority::police: return "feedback.disclosure.police"_t;
    case Authority::inspectorate: return "feedback.disclosure.inspectorate"_t;
    case Authority::other: return "feedback.disclosure.other"_t;
  }
  return {};
}

TextKey name_of(Handed outcome) {
  switch (outcome) {
    case Handed::refused: return "feedback.disclosure.refused"_t;
    case Handed::partly: return "feedback.disclosure.partly"_t;
    case Handed::given: return "feedback.disclosure.given"_t;
  }
  return {};
}

// One table for each year: who ordered, and what was done.
Fragment year_table(const View& view, int year, const std::vector<DisclosureCount>& counts) {
  const html::Column columns[] = {{view("feedback.disclosure.authority"_t)},
                                  {view(name_of(Handed::refused)), true},
                                  {view(name_of(Handed::partly)), true},
                                  {view(name_of(Handed::given)), true}};
  const auto count_of = [&](Authority authority, Handed outcome) {
    for (const DisclosureCount& each : counts)
      if (each.year == year && each.authority == authority && each.outcome == outcome)
        return each.count;
    return std::int64_t{0};
  };
  Fragment rows;
  for (const Authority authority : all_authorities) {
    Fragment row;
    html::add_head_cell(row, html::fill("{}", view(name_of(authority))));
    for (std::size_t i = 0; i < all_handed.size(); ++i)
      html::add_cell(row, columns[i + 1], view.voice.number(count_of(authority, all_handed[i])));
    rows.add("<tr>{}</tr>", row);
  }
  const std::string caption(
      view.voice("feedback.disclosure.in_year"_t, {{"year", std::to_string(year)}}));
  return html::table({.caption = caption, .columns = columns, .rows = std::move(rows)});
}

// What the ombudsman's page shows, gathered before the transaction.
struct Ordered {
  std::vector<Disclosure> orders{};
  std::vector<std::string> codes{}, accounts{};  // beside each order
  bool has_more = false;
};

Ordered gather(db::Read& read, std::int64_t before) {
  Ordered shown;
  shown.orders = disclosures(read, before, orders_per_page + 1);
  shown.has_more = std::ssize(shown.orders) > orders_per_page;
  if (shown.has_more) shown.orders.pop_back();
  staff::Names names(read);
  for (const Disclosure& each : shown.orders) {
    const auto feedback = each.feedback.value == 0 ? std::nullopt : find(read, each.feedback);
    shown.codes.push_back(feedback ? feedback->code.shown() : std::string());
    shown.accounts.push_back(names.of_account(each.account_id));
  }
  return shown;
}

Fragment order_card(const View& view, const Ordered& shown, std::size_t i) {
  const Disclosure& each = shown.orders[i];
  std::vector<html::Fact> facts;
  facts.push_back(
      {view("feedback.disclosure.outcome"_t), html::fill("{}", view(name_of(each.outcome)))});
  facts.push_back({view("feedback.disclosure.number"_t), html::fill("{}", each.order_number)});
  facts.push_back(
      {view("feedback.disclosure.ordered"_t), html::fill("{}", view.voice.date(each.ordered_on))});
  if (!shown.codes[i].empty())
    facts.push_back({view("feedback.disclosure.case"_t), html::code(shown.codes[i])});
  if (each.silent_until)
    facts.push_back({view("feedback.disclosure.silent"_t),
                     html::fill("{}", view.voice.date(*each.silent_until))});
  Fragment body = html::facts(facts);
  body.add(R"(<p>{}</p><p class="small muted">{} · {}</p>)", each.basis,
           html::moment(view, each.at), shown.accounts[i]);
  return html::card({.heading = view(name_of(each.authority)), .body = std::move(body)});
}

template <class Word, std::size_t count>
Fragment word_choice(const View& view,
                     std::string_view name,
                     TextKey legend,
                     const std::array<Word, count>& all,
                     const http::Fields& typed,
                     const Error* error) {
  std::vector<html::Choice> choices;
  for (const Word each : all)
    choices.push_back({.value = to_text(each), .text = view(name_of(each))});
  return html::radios(view, {.name = name,
                             .legend = {view(legend), html::Size::s},
                             .error = html::error_for(view, error, name),
                             .choices = std::move(choices),
                             .values = {typed.text(name)}});
}

Fragment day_field(const View& view,
                   const std::string& name,
                   html::Question legend,
                   TextKey hint,
                   const http::Fields& typed,
                   const Error* error) {
  return html::date_input(view, {.name = name,
                                 .legend = legend,
                                 .hint = hint.is_none() ? std::string_view() : view(hint),
                                 .error = html::error_for(view, error, name),
                                 .day = typed.text(name + "-day"),
                                 .month = typed.text(name + "-month"),
                                 .year = typed.text(name + "-year")});
}

Fragment order_form(const View& view, const http::Fields& typed, const Error* error) {
  Fragment fields = word_choice(view, "authority", "feedback.disclosure.authority"_t,
                                all_authorities, typed, error);
  fields += html::input(view, {.name = "number",
                               .label = {view("feedback.disclosure.number"_t)},
                               .error = html::error_for(view, error, "number"),
                               .value = typed.text("number"),
                               .width = 20});
  fields += day_field(view, "ordered", {view("feedback.disclosure.ordered"_t), html::Size::s}, {},
                      typed, error);
  fields += word_choice(view, "outcome", "feedback.disclosure.outcome"_t, all_handed, typed, error);
  fields += html::textarea(view, {.name = "basis",
                                  .label = {view("feedback.disclosure.basis"_t)},
                                  .hint = view("feedback.disclosure.basis_hint"_t),
                                  .error = html::error_for(view, error, "basis"),
                                  .value = typed.text("basis"),
                                  .rows = 4,
                                  .chars_max = static_cast<int>(basis_chars_max)});
  fields +=
      html::input(view, {.name = "case",
                         .label = {.text = view("feedback.disclosure.case"_t), .is_optional = true},
                         .hint = view("feedback.disclosure.case_hint"_t),
                         .error = html::error_for(view, error, "case"),
                         .value = typed.text("case"),
                         .width = 20,
                         .more_class = "code-input"});
  fields += day_field(
      view, "silent",
      {.text = view("feedback.disclosure.silent"_t), .size = html::Size::s, .is_optional = true},
      "feedback.disclosure.silent_hint"_t, typed, error);
  fields += html::button({.text = view("feedback.disclosure.save"_t), .once = true});
  return html::form(view,
                    {.action = Url::in(view, "/staff/disclosures"), .body = std::move(fields)});
}

std::string ordered_html(const View& view,
                         const Ordered& shown,
                         const http::Fields& typed,
                         const Error* error) {
  Fragment body = html::breadcrumbs(
      view, {{view("feedback.staff.protected_title"_t), Url::in(view, "/staff/protected")}},
      view("feedback.disclosure.title"_t));
  body += html::error_summary(view, error, {{"ordered", "ordered-day"}, {"silent", "silent-day"}});
  body.add(R"(<h1 class="h-l">{}</h1><p>{}</p><p><a href="{}">{}</a></p>)",
           view("feedback.disclosure.title"_t), view("feedback.disclosure.staff_lead"_t),
           Url::in(view, "/disclosures"), view("feedback.disclosure.see_public"_t));
  body.add(R"(<h2 class="h-m sp">{}</h2>)", view("feedback.disclosure.new"_t));
  body += order_form(view, typed, error);
  body.add(R"(<h2 class="h-m sp">{}</h2>)", view("feedback.disclosure.all"_t));
  if (shown.orders.empty()) body += html::nothing_here(view("feedback.disclosure.none"_t));
  for (std::size_t i = 0; i < shown.orders.size(); ++i) body += order_card(view, shown, i);
  if (shown.has_more)
    body += html::pager(
        view, {.next = Url::in(view, "/staff/disclosures").with("before", shown.orders.back().id)});
  return html::page(view, {.title = view("feedback.disclosure.title"_t),
                           .here = "/staff",
                           .body = html::fill(R"(<div class="wrap form-page">{}</div>)", body),
                           .is_staff = true,
                           .has_errors = error != nullptr,
                           .is_unlisted = true});
}

// What was typed; what is no choice and names no case stands in `errors`. The rest is judged by
// check_disclosure.
Disclosure order_of(db::Read& read, const http::Fields& form, FieldErrors& errors) {
  Disclosure order{.ordered_on = day_typed(form, "ordered").value_or(Day{}),
                   .order_number = std::string(trimmed(form.text("number"))),
                   .basis = std::string(trimmed(form.text("basis")))};
  const auto authority = from_word(all_authorities, form.text("authority"));
  const auto outcome = from_word(all_handed, form.text("outcome"));
  if (!authority) errors.add("authority", "feedback.disclosure.error.authority"_t);
  if (!outcome) errors.add("outcome", "feedback.disclosure.error.outcome"_t);
  order.authority = authority.value_or(Authority::other);
  order.outcome = outcome.value_or(Handed::given);
  if (!is_day_empty(form, "silent")) order.silent_until = day_typed(form, "silent").value_or(Day{});
  if (const auto typed = trimmed(form.text("case")); !typed.empty()) {
    const auto code = Code::parse(typed);
    const auto feedback = code ? find(read, *code) : std::nullopt;
    if (feedback)
      order.feedback = feedback->id;
    else
      errors.add("case", "feedback.disclosure.error.case"_t);
  }
  return order;
}

}  // namespace

Result<http::Response> disclosures_page(const http::Request& request, db::Read& read) {
  const View& view = request.view;
  const std::vector<DisclosureCount> counts = count_disclosures(read);
  Fragment body =
      html::fill(R"(<h1 class="h-l">{}</h1><p class="lead">{}</p><p>{}</p>)",
                 view("feedback.disclosure.title"_t), view("feedback.disclosure.lead"_t),
                 view("feedback.disclosure.what"_t));
  if (counts.empty()) body += html::nothing_here(view("feedback.disclosure.none"_t));
  int year = 0;
  for (const DisclosureCount& each : counts) {
    if (each.year == year) continue;
    year = each.year;
    body += year_table(view, year, counts);
  }
  body.add(R"(<p>{}</p><p><a href="{}">{}</a></p><p><a href="{}">{}</a></p>)",
           view("feedback.disclosure.in_log"_t), Url::in(view, "/ledger/facts"),
           view("insight.facts.title"_t), Url::in(view, "/refusals"),
           view("feedback.refusals.title"_t));
  http::Response response = http::page(
      200, html::page(view, {.title = view("feedback.disclosure.title"_t),
                             .body = html::columns(
                                 {.body = html::fill(R"(<div class="prose">{}</div>)", body)})}));
  response.cacheable = true;
  return response;
}

Result<http::Response> ordered_page(const http::Request& request,
                                    db::Read& read,
                                    people::Ombudsman ombudsman) {
  const View view = people::view_of(request, ombudsman.staff());
  const Ordered shown = gather(read, request.query.number("before").value_or(0));
  return http::page(200, ordered_html(view, shown, request.form, nullptr));
}

Result<http::Pending> ordered_post(const http::Request& request,
                                   db::Read& read,
                                   people::Ombudsman ombudsman,
                                   Instant now) {
  FieldErrors errors;
  const Disclosure order = order_of(read, request.form, errors);
  check_disclosure(order, local_day(now), errors);
  if (!errors.empty()) {
    const View view = people::view_of(request, ombudsman.staff());
    const Error error = errors.take();
    return http::Pending::answer(
        http::page(422, ordered_html(view, gather(read, 0), request.form, &error)));
  }
  const std::string there(Url::in(request.view, "/staff/disclosures").view());
  return http::Pending::commit(
      [=](db::Write& write) { return disclose(write, ombudsman, order, now); },
      [&request, there](const Result<std::int64_t>& done, std::string_view) {
        return done.ok() ? http::see_other(there) : http::error_response(request, done.error());
      });
}

Fragment told_of_order(const View& view, const Disclosure& disclosure) {
  return html::fill(
      "<p><b>{}</b> {}</p>",
      view.voice("feedback.disclosure.told"_t, {{"day", view.voice.date(disclosure.ordered_on)}}),
      html::fill("{} · {}", view(name_of(disclosure.authority)),
                 view(name_of(disclosure.outcome))));
}

}  // namespace ln::feedback
