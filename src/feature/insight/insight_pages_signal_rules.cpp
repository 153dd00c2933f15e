// The thresholds by which signals are looked for.
#include "base/text.h"
#include "core/settings/settings_actions.h"
#include "feature/insight/insight_pages_signal.h"
#include "feature/insight/insight_pages_signal_parts.h"
#include "feature/insight/insight_store_signal.h"
#include "platform/html/charts.h"
#include "platform/html/forms.h"
#include "platform/html/parts.h"

namespace ln::insight {
namespace {

using html::Fragment;
using html::Url;
using html::View;

constexpr std::string_view rules_path = "/staff/signals/rules";

Fragment rule_table(const View& view, const SignalRules& rules) {
  const html::Column columns[] = {{view("insight.signal.column.what"_t)},
                                  {view("insight.signal.threshold"_t)},
                                  {view("insight.signal.part_min"_t), true},
                                  {view("insight.signal.level"_t), true},
                                  {view("insight.signal.on"_t)}};
  Fragment rows;
  for (const Formality kind : formalities) {
    const SignalRule rule = rule_of(rules, kind);
    Fragment row;
    html::add_head_cell(row, html::fill(R"(<a href="{}">{}</a>)",
                                        Url::in(view, rules_path).with("kind", to_text(kind)),
                                        view(name_of(kind))));
    html::add_cell(row, columns[1],
                   view.voice(threshold_of(kind), {{"count", view.voice.number(rule.threshold)}}));
    html::add_cell(row, columns[2], view.voice.number(rule.part_min));
    html::add_cell(row, columns[3],
                   is_of_rooms(kind) ? std::string("–") : view.voice.number(rule.level));
    html::add_cell(row, columns[4],
                   view(rule.is_on ? "insight.signal.is_on"_t : "insight.signal.is_off"_t));
    rows.add("<tr>{}</tr>", row);
  }
  return html::table({.caption = view("insight.signal.rules_caption"_t),
                      .columns = columns,
                      .rows = std::move(rows)});
}

Fragment rule_form(const View& view,
                   Formality kind,
                   const SignalRule& rule,
                   const http::Fields& typed,
                   const Error* error) {
  const bool is_typed = typed.has("reason");
  Fragment fields = html::hidden("kind", to_text(kind));
  const auto number = [&](std::string_view name, TextKey label, std::string_view hint,
                          std::int64_t value) {
    const std::string now_is = std::to_string(value);
    fields += html::input(view, {.name = name,
                                 .label = {.text = view(label)},
                                 .hint = hint,
                                 .error = html::error_for(view, error, name),
                                 .value = is_typed ? typed.text(name) : std::string_view(now_is),
                                 .width = 5});
  };
  const std::string what =
      view.voice(threshold_of(kind), {{"count", view.voice.number(rule.threshold)}});
  number("threshold", "insight.signal.threshold"_t, what, rule.threshold);
  number("part_min", "insight.signal.part_min"_t,
         view(is_of_rooms(kind) ? "insight.signal.room_part_min_hint"_t
                                : "insight.signal.part_min_hint"_t),
         rule.part_min);
  // No chance is reckoned of what rooms did.
  if (is_of_rooms(kind))
    fields += html::hidden("level", std::to_string(rule.level));
  else
    number("level", "insight.signal.level"_t, view("insight.signal.level_hint"_t), rule.level);
  const bool is_on = is_typed ? typed.has("on") : rule.is_on;
  fields += html::checkboxes(
      view,
      {.name = "on",
       .choices = {{.value = "1", .text = view("insight.signal.is_on"_t), .is_checked = is_on}}});
  fields += html::input(view, {.name = "reason",
                               .label = {.text = view("insight.signal.reason"_t)},
                               .hint = view("insight.signal.reason_hint"_t),
                               .error = html::error_for(view, error, "reason"),
                               .value = typed.text("reason")});
  fields += html::button({.text = view("insight.signal.rule_do"_t), .once = true});
  return html::form(view, {.action = Url::in(view, rules_path), .body = std::move(fields)});
}

std::string rules_html(const View& view,
                       db::Read& read,
                       const people::Administrator& administrator,
                       const http::Fields& typed,
                       const Error* error) {
  const SignalRules rules = signal_rules(read);
  Fragment body = html::back_link(view, Url::in(view, "/staff/administration"));
  body += html::error_summary(view, error);
  body.add(R"(<h1 class="h-l">{}</h1><p class="lead">{}</p>)", view("insight.signal.rules"_t),
           view("insight.signal.rules_lead"_t));
  body += rule_table(view, rules);
  const auto kind = formality_of(typed.text("kind"));
  if (kind && settings::may_change(administrator))
    body.add(R"(<h2 class="h-m sp">{}</h2><p>{}</p>{})", view(name_of(*kind)),
             view(meaning_of(*kind)), rule_form(view, *kind, rule_of(rules, *kind), typed, error));
  return staff_page(view, view("insight.signal.rules"_t), std::move(body), error != nullptr);
}

}  // namespace

Result<http::Response> rules_page(const http::Request& request,
                                  db::Read& read,
                                  people::Administrator administrator) {
  const View view = people::view_of(request, administrator.staff());
  return http::page(200, rules_html(view, read, administrator, request.query, nullptr));
}

Result<http::Pending> rules_post(const http::Request& request,
                                 db::Read& read,
                                 people::Administrator administrator,
                                 Instant now) {
  const auto kind = formality_of(request.form.text("kind"));
  if (!kind) return Error{ErrorKind::not_found, "insight.signal.error.none"_t};
  const auto number = [&](std::string_view name) {
    return parse_number(trimmed(request.form.text(name))).value_or(0);
  };
  const RuleAct act{.kind = *kind,
                    .rule = {.is_on = request.form.has("on"),
                             .threshold = number("threshold"),
                             .part_min = number("part_min"),
                             .level = number("level")},
                    .reason = std::string(request.form.text("reason")),
                    .now = now};
  // What is wrong is said on the form; the action looks again.
  const SignalRule before = rule_of(signal_rules(read), *kind);
  FieldErrors errors;
  check_rule(act.kind, act.rule, errors);
  settings::check({.list = "",
                   .code = "",
                   .before = to_text(before),
                   .after = to_text(act.rule),
                   .from = local_day(now),
                   .reason = std::string(trimmed(act.reason))},
                  now, errors);
  const View view = people::view_of(request, administrator.staff());
  if (settings::may_change(administrator) && !errors.empty()) {
    const Error error = errors.take();
    return http::Pending::answer(
        http::page(422, rules_html(view, read, administrator, request.form, &error)));
  }
  const std::string back(Url::in(view, rules_path).view());
  return http::Pending::commit(
      [=](db::Write& write) { return change_rule(write, administrator, act); },
      [&request, administrator, back](const Result<Done>& done, std::string_view) {
        if (done.ok()) return http::see_other(back);
        const View again = people::view_of(request, administrator.staff());
        Fragment body = html::error_summary(again, &done.error());
        body.add(R"(<p><a href="{}">{}</a></p>)", Url::in(again, rules_path),
                 again("insight.signal.rules"_t));
        return http::page(
            http::status_of(done.error().kind),
            staff_page(again, again("insight.signal.rules"_t), std::move(body), true));
      });
}

}  // namespace ln::insight
