#include "feature/feedback/feedback_pages_routing.h"

#include <algorithm>
#include <string>
#include <vector>

#include "base/text.h"
#include "core/settings/settings_actions.h"
#include "core/units/units_store.h"
#include "feature/feedback/feedback_actions_routing.h"
#include "feature/feedback/feedback_store.h"
#include "feature/feedback/feedback_store_routing.h"
#include "platform/html/forms.h"
#include "platform/html/layout.h"
#include "platform/html/parts.h"

namespace ln::feedback::routing {
namespace {

using html::Fragment;
using html::Url;
using html::View;

// Rules are of the whole city: an administrator of one ward does not route for the others.
Result<Done> allowed(const Keeper& keeper) {
  if (settings::may_change(keeper)) return Done{};
  return Error{ErrorKind::forbidden, "feedback.error.rule_city"_t};
}

std::string whole_page(const View& view, std::string_view title, Fragment body, bool has_errors) {
  return html::page(view, {.title = title,
                           .here = "/staff",
                           .body = html::fill(R"(<div class="wrap form-page">{}</div>)", body),
                           .is_staff = true,
                           .has_errors = has_errors,
                           .is_unlisted = true});
}

std::string_view topic_name(const View& view, const Topic& topic) {
  return view.voice.language() == i18n::Language::en ? topic.name_en : topic.name_vi;
}

// What a rule says, as a sentence of its parts.
Fragment conditions(const View& view, const Rule& rule) {
  std::vector<html::Fact> facts;
  if (rule.about)
    facts.push_back({view("feedback.rule.about"_t), html::fill("{}", view(key_of(*rule.about)))});
  if (!rule.topic_code.empty())
    facts.push_back({view("feedback.rule.topic"_t), html::code(rule.topic_code)});
  if (!rule.place_unit.empty())
    facts.push_back({view("feedback.rule.place_unit"_t), html::code(rule.place_unit)});
  if (!rule.words.empty())
    facts.push_back(
        {view("feedback.rule.words"_t), html::fill(R"(<q lang="vi">{}</q>)", rule.words)});
  if (!rule.to_unit.empty())
    facts.push_back({view("feedback.rule.to_unit"_t), html::code(rule.to_unit)});
  if (!rule.to_topic.empty())
    facts.push_back({view("feedback.rule.to_topic"_t), html::code(rule.to_topic)});
  return html::facts(facts);
}

Fragment switch_badge(const View& view, const Rule& rule) {
  return rule.is_on ? html::badge(html::Tone::ok, "check", view("feedback.rule.is_on"_t))
                    : html::badge(html::Tone::plain, "minus", view("feedback.rule.is_off"_t));
}

Fragment topic_select(const View& view,
                      const std::vector<Topic>& topics,
                      std::string_view name,
                      TextKey label,
                      const http::Fields& typed,
                      const Error* error) {
  html::Select select{.name = name,
                      .label = {view(label)},
                      .error = html::error_for(view, error, name),
                      .value = typed.text(name)};
  select.options.push_back({"", view("feedback.rule.any"_t)});
  for (const Topic& each : topics)
    if (each.about != About::conduct) select.options.push_back({each.code, topic_name(view, each)});
  return html::select(view, select);
}

Fragment new_rule_form(const View& view,
                       const std::vector<Topic>& topics,
                       const http::Fields& typed,
                       const Error* error) {
  const auto field = [&](std::string_view name, TextKey label, TextKey hint) {
    return html::input(view, {.name = name,
                              .label = {view(label)},
                              .hint = hint.is_none() ? std::string_view() : view(hint),
                              .error = html::error_for(view, error, name),
                              .value = typed.text(name)});
  };
  Fragment fields = field("name", "feedback.rule.name"_t, {});
  html::Select about{
      .name = "about", .label = {view("feedback.rule.about"_t)}, .value = typed.text("about")};
  about.options.push_back({"", view("feedback.rule.any"_t)});
  for (const About each : all_abouts)
    if (each != About::conduct) about.options.push_back({to_text(each), view(key_of(each))});
  fields += html::select(view, about);
  fields += topic_select(view, topics, "topic", "feedback.rule.topic"_t, typed, error);
  fields += field("place_unit", "feedback.rule.place_unit"_t, "feedback.rule.unit_hint"_t);
  fields += field("words", "feedback.rule.words"_t, "feedback.rule.words_hint"_t);
  fields += field("to_unit", "feedback.rule.to_unit"_t, "feedback.rule.unit_hint"_t);
  fields += topic_select(view, topics, "to_topic", "feedback.rule.to_topic"_t, typed, error);
  fields += html::button({.text = view("feedback.rule.add"_t), .once = true});
  return html::form(view, {.action = Url::in(view, "/staff/routing"), .body = std::move(fields)});
}

Fragment act_button(const View& view,
                    const Rule& rule,
                    std::string_view act,
                    std::string_view text) {
  Fragment body = html::hidden("act", act);
  body += html::button({.text = text, .kind = html::ButtonKind::secondary, .once = true});
  return html::form(view,
                    {.action = Url::in(view, "/staff/routing/", std::to_string(rule.id.value)),
                     .body = std::move(body)});
}

// What the page shows, gathered before the transaction.
struct Shown {
  std::vector<Rule> rules;
  std::vector<Topic> topics;
};

std::string rules_html(const View& view,
                       const Shown& shown,
                       const http::Fields& typed,
                       const Error* error) {
  Fragment body = html::error_summary(view, error);
  body.add(R"(<h1 class="h-l">{}</h1><p>{}</p>)", view("feedback.rule.title"_t),
           view("feedback.rule.lead"_t));
  if (shown.rules.empty()) body += html::nothing_here(view("feedback.rule.none"_t));
  for (const Rule& rule : shown.rules)
    body += html::card(
        {.heading = rule.name,
         .body = html::fill(
             R"(<p class="row">{}</p>{}<p><a href="{}">{} <span class="vh">{}</span></a></p>{})",
             switch_badge(view, rule), conditions(view, rule),
             Url::in(view, "/staff/routing/", std::to_string(rule.id.value)),
             view("feedback.rule.try"_t), rule.name,
             rule.id == shown.rules.front().id
                 ? Fragment()
                 : act_button(view, rule, "raise",
                              view.voice("feedback.rule.raise"_t, {{"name", rule.name}})))});
  body.add(R"(<h2 class="h-m sp">{}</h2>)", view("feedback.rule.new"_t));
  body += new_rule_form(view, shown.topics, typed, error);
  return whole_page(view, view("feedback.rule.title"_t), std::move(body), error != nullptr);
}

Rule rule_of(const http::Fields& form, const Keeper& keeper, Instant now) {
  Rule rule;
  rule.name = trimmed(form.text("name"));
  rule.about = from_word(all_abouts, form.text("about"));
  rule.topic_code = trimmed(form.text("topic"));
  rule.place_unit = trimmed(form.text("place_unit"));
  rule.words = trimmed(form.text("words"));
  rule.to_unit = trimmed(form.text("to_unit"));
  rule.to_topic = trimmed(form.text("to_topic"));
  rule.changed_at = now;
  rule.changed_by = keeper.id().value;
  return rule;
}

Fragment examples_list(const View& view, db::Read& read, const Rule& rule, const Trial& trial) {
  if (trial.examples.empty()) return {};
  return html::fill(R"(<ul>{}</ul>)", [&](Fragment& list) {
    for (const Feedback& each : trial.examples) {
      const auto unit = units::find(read, each.unit);
      list.add(R"(<li>{} · {} · <span lang="vi">{}</span> → {}</li>)",
               html::code(each.code.shown()), view.voice.date(local_day(each.received_at)),
               unit ? unit->name : std::string(),
               rule.to_unit.empty() ? rule.to_topic : rule.to_unit);
    }
  });
}

Error no_such_rule() { return {ErrorKind::not_found, "feedback.error.rule_gone"_t}; }

}  // namespace

Result<http::Response> rules_page(const http::Request& request, db::Read& read, Keeper keeper) {
  TRY([[maybe_unused]] const Done fine, allowed(keeper));
  const View view = people::view_of(request, keeper.staff());
  return http::page(200,
                    rules_html(view, {all_rules(read), all_topics(read)}, request.form, nullptr));
}

Result<http::Pending> add_rule(const http::Request& request,
                               db::Read& read,
                               Keeper keeper,
                               Instant now) {
  TRY([[maybe_unused]] const Done fine, allowed(keeper));
  const View view = people::view_of(request, keeper.staff());
  const Rule rule = rule_of(request.form, keeper, now);
  if (const auto right = check_new_rule(read, rule, now); !right.ok())
    return http::Pending::answer(http::page(
        422, rules_html(view, {all_rules(read), all_topics(read)}, request.form, &right.error())));
  const std::string base(Url::in(view, "/staff/routing").view());
  return http::Pending::commit(
      [rule, keeper, now](db::Write& write) -> Result<RuleId> {
        // A unit or topic that ended meanwhile, and the number of rules, are known here alone.
        TRY([[maybe_unused]] const Done right, check_new_rule(write, rule, now));
        return make_rule(write, keeper, rule, now);
      },
      [&request, keeper, base, shown = Shown{all_rules(read), all_topics(read)}](
          const Result<RuleId>& made, std::string_view) {
        if (made.ok()) return http::see_other(base + "/" + std::to_string(made.value().value));
        if (made.error().kind == ErrorKind::forbidden)
          return http::error_response(request, made.error());
        const View again = people::view_of(request, keeper.staff());
        return http::page(http::status_of(made.error().kind),
                          rules_html(again, shown, request.form, &made.error()));
      });
}

Result<http::Response> rule_page(const http::Request& request, db::Read& read, Keeper keeper) {
  TRY([[maybe_unused]] const Done fine, allowed(keeper));
  const auto rule = find_rule(read, RuleId{request.path_number("number")});
  if (!rule) return no_such_rule();
  const View view = people::view_of(request, keeper.staff());
  const Trial trial = try_rule(read, *rule);
  const std::string changed = view.voice.number(trial.changed),
                    looked = view.voice.number(trial.looked_at);
  Fragment body = html::back_link(view, Url::in(view, "/staff/routing"));
  body.add(R"(<h1 class="h-l">{}</h1><p class="row">{}</p>{})", rule->name,
           switch_badge(view, *rule), conditions(view, *rule));
  body.add(R"(<h2 class="h-m">{}</h2><p><b>{}</b></p><p class="small">{}</p>{})",
           view("feedback.rule.tried"_t),
           view.voice("feedback.rule.would"_t, {{"changed", changed}, {"cases", looked}}),
           view("feedback.rule.left_out"_t), examples_list(view, read, *rule, trial));
  body.add(R"(<div class="actions">{}{}</div>)",
           rule->is_on ? act_button(view, *rule, "off", view("feedback.rule.switch_off"_t))
                       : act_button(view, *rule, "on", view("feedback.rule.switch_on"_t)),
           act_button(view, *rule, "remove", view("feedback.rule.remove"_t)));
  return http::page(200, whole_page(view, rule->name, std::move(body), false));
}

Result<http::Pending> change_rule(const http::Request& request,
                                  db::Read& read,
                                  Keeper keeper,
                                  Instant now) {
  TRY([[maybe_unused]] const Done fine, allowed(keeper));
  const auto rule = find_rule(read, RuleId{request.path_number("number")});
  const auto act = from_word(all_rule_acts, request.form.text("act"));
  if (!rule || !act) return no_such_rule();
  const View view = people::view_of(request, keeper.staff());
  const std::string base(Url::in(view, "/staff/routing").view());
  return http::Pending::commit(
      [id = rule->id, act = *act, keeper, now](db::Write& write) {
        return feedback::change_rule(write, keeper, id, act, now);
      },
      [&request, keeper, base, act, id = rule->id,
       shown = Shown{all_rules(read), all_topics(read)}](const Result<Done>& done,
                                                         std::string_view) {
        if (!done.ok() && done.error().kind == ErrorKind::conflict) {
          const View again = people::view_of(request, keeper.staff());
          return http::page(http::status_of(done.error().kind),
                            rules_html(again, shown, request.form, &done.error()));
        }
        if (!done.ok()) return http::error_response(request, done.error());
        return http::see_other(act == RuleAct::remove || act == RuleAct::raise
                                   ? base
                                   : base + "/" + std::to_string(id.value));
      });
}

}  // namespace ln::feedback::routing
