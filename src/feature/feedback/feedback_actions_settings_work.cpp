// How the city works, as entries of a file: days of the calendar, office hours, rules of routing,
// other systems, and the texts of offices.
#include <algorithm>
#include <ranges>
#include <utility>

#include "base/text.h"
#include "core/settings/settings.h"
#include "core/settings/settings_store.h"
#include "core/units/units_store.h"
#include "core/units/units_store_reorganise.h"
#include "core/workdays/workdays_actions.h"
#include "core/workdays/workdays_hours.h"
#include "core/workdays/workdays_store.h"
#include "feature/feedback/feedback_actions_foreign.h"
#include "feature/feedback/feedback_actions_hours.h"
#include "feature/feedback/feedback_actions_routing.h"
#include "feature/feedback/feedback_actions_settings_lists.h"
#include "feature/feedback/feedback_actions_template.h"
#include "feature/feedback/feedback_store_foreign.h"
#include "feature/feedback/feedback_store_routing.h"
#include "platform/json/json.h"

namespace ln::feedback {
namespace {

constexpr const char* reason_of_plan = "planned";

Result<json::Document> document_of(const std::string& value) {
  return json::parse(
      value, {.size_max = settings::value_size_max, .depth_max = 3, .form = json::Form::as_sent});
}

std::string text_of(const json::Value& root, std::string_view member) {
  return std::string(root.text(member).value_or(""));
}

Error no_value() { return {ErrorKind::invalid, "settings.error.value"_t}; }

// --- days of the calendar -----------------------------------------------------------------------

std::string value_of(const workdays::Edit& edit) {
  std::string value;
  json::Writer(value)
      .object()
      .member("kind", workdays::word_of(edit.kind))
      .member("name_en", edit.name_en)
      .member("name_vi", edit.name_vi)
      .member("source", edit.source)
      .end_object();
  return value;
}

// What a day is: named by the law, by a table of the program or by the city; what the city took
// out; null when it is what its weekday says.
std::optional<workdays::Edit> edit_now(const workdays::Calendar& calendar, Day day) {
  if (const calendar::NamedDay* named = calendar.days().find(day))
    return workdays::Edit{day, named->kind, named->name_vi, named->name_en, named->source};
  for (const workdays::Change& each : std::views::reverse(calendar.changes()))
    if (each.edit.day == day) return each.edit;
  return std::nullopt;
}

// Null for what to_iso does not write.
std::optional<Day> day_of_code(std::string_view code) {
  if (code.size() != 10) return std::nullopt;
  const auto y = parse_number(code.substr(0, 4)), m = parse_number(code.substr(5, 2)),
             d = parse_number(code.substr(8));
  if (!y || !m || !d) return std::nullopt;
  const std::chrono::year_month_day date(std::chrono::year(static_cast<int>(*y)),
                                         std::chrono::month(static_cast<unsigned>(*m)),
                                         std::chrono::day(static_cast<unsigned>(*d)));
  if (!date.ok() || to_iso(Day{date}) != code) return std::nullopt;
  return Day{date};
}

// Those the city changed, as they are now. One that it made and took out again says nothing.
void day_entries(db::Read& read, Day, const EntrySink& sink) {
  const workdays::Shared calendar = workdays::load(read);
  const calendar::Holidays built_in = workdays::Calendar({}).days();
  std::vector<Day> days;
  for (const workdays::Change& each : calendar->changes()) days.push_back(each.edit.day);
  std::ranges::sort(days);
  days.erase(std::ranges::unique(days).begin(), days.end());
  for (const Day day : days) {
    const auto edit = edit_now(*calendar, day);
    if (edit && (edit->kind || built_in.find(day) != nullptr)) sink(to_iso(day), value_of(*edit));
  }
}

std::string day_now(db::Read& read, const std::string& code, Instant) {
  const auto day = day_of_code(code);
  const auto edit = day ? edit_now(*workdays::load(read), *day) : std::nullopt;
  return edit ? value_of(*edit) : std::string();
}

Result<std::vector<workdays::Edit>> edits_of(const SettingDifference& of,
                                             const workdays::Calendar& calendar) {
  TRY(const json::Document document, document_of(of.after));
  const json::Value root = document.root();
  const std::string kind = text_of(root, "kind"), source = text_of(root, "source");
  Result<std::vector<workdays::Edit>> edits = no_value();
  if (kind == workdays::word_of(std::nullopt)) {
    edits = workdays::read_removal(of.code, source, calendar);
  } else if (of.code.size() == 10) {  // "2026-11-24"
    edits = workdays::read_day({.day = of.code.substr(8),
                                .month = of.code.substr(5, 2),
                                .year = of.code.substr(0, 4),
                                .kind = kind,
                                .name_vi = text_of(root, "name_vi"),
                                .name_en = text_of(root, "name_en"),
                                .source = source},
                               calendar);
  }
  if (edits.ok() && value_of(edits.value().front()) != of.after) return no_value();
  return edits;
}

TextKey day_trouble(db::Read& read, const SettingDifference& of, const ImportContext&) {
  const auto edits = edits_of(of, *workdays::load(read));
  return edits.ok() ? TextKey() : first_trouble(edits.error());
}

// The source of the day says why; the reason of the whole file stands beside the other lists.
Result<Done> make_day(db::Write& write, const SettingDifference& of, const ImportBy& by) {
  const workdays::Shared calendar = workdays::load(write);
  TRY(const std::vector<workdays::Edit> edits, edits_of(of, *calendar));
  TRY([[maybe_unused]] const workdays::Shared next,
      workdays::change(write, by.administrator, edits, calendar->revision(), by.now));
  return Done{};
}

// --- office hours -------------------------------------------------------------------------------

std::string quoted(std::string_view line) {
  std::string value;
  json::Writer(value).text(line);
  return value;
}

void hours_entries(db::Read& read, Day today, const EntrySink& sink) {
  const auto all = workdays::all_hours(read);
  for (const units::Unit& each : units::all_on(read, today))
    if (const auto found = all.find(each.id); found != all.end())
      sink(each.code, quoted(found->second));
}

std::string hours_now(db::Read& read, const std::string& code, Instant now) {
  const auto unit = units::find_on(read, code, local_day(now));
  if (!unit) return {};
  const auto all = workdays::all_hours(read);
  const auto found = all.find(unit->id);
  return found == all.end() ? std::string() : quoted(found->second);
}

Result<HoursChange> hours_of(const SettingDifference& of, const std::string& reason, Instant now) {
  TRY(const json::Document document, document_of(of.after));
  const auto line = document.root().text();
  if (!line) return no_value();
  const std::size_t part = std::min(line->find(';'), line->size());
  HoursChange change{.unit = of.code,
                     .weekday = std::string(trimmed(line->substr(0, part))),
                     .from = local_day(now),
                     .reason = reason};
  if (part < line->size()) change.saturday = trimmed(line->substr(part + 1));
  return change;
}

TextKey hours_trouble(db::Read& read, const SettingDifference& of, const ImportContext& context) {
  const auto change = hours_of(of, reason_of_plan, context.now);
  if (!change.ok()) return first_trouble(change.error());
  const auto fine = check_hours_among(read, change.value(), context.brought, context.now);
  return fine.ok() ? TextKey() : first_trouble(fine.error());
}

Result<Done> make_hours(db::Write& write, const SettingDifference& of, const ImportBy& by) {
  TRY(const HoursChange change, hours_of(of, by.reason, by.now));
  TRY([[maybe_unused]] const std::int64_t id,
      change_hours(write, by.administrator, change, by.now));
  return Done{};
}

// --- rules of routing ---------------------------------------------------------------------------

// Their positions have gaps where one was removed; in the file each has its place.
std::vector<Rule> rules_in_place(db::Read& read) {
  std::vector<Rule> rules = all_rules(read);
  int place = 0;
  for (Rule& each : rules) each.position = ++place;
  return rules;
}

void rule_entries(db::Read& read, Day, const EntrySink& sink) {
  for (const Rule& each : rules_in_place(read))
    sink(code_of_place(static_cast<std::size_t>(each.position)), value_of(each));
}

std::string rule_now(db::Read& read, const std::string& code, Instant) {
  const auto place = place_of_code(code);
  const std::vector<Rule> rules = rules_in_place(read);
  return place && *place <= rules.size() ? value_of(rules[*place - 1]) : std::string();
}

Result<Rule> rule_of(const SettingDifference& of) {
  const auto place = place_of_code(of.code);
  if (!place || *place > rule_count_max) return no_value();
  TRY(const json::Document document, document_of(of.after));
  const json::Value root = document.root();
  Rule rule{.position = static_cast<int>(*place),
            .name = text_of(root, "name"),
            .about = from_word(all_abouts, root.text("about").value_or("")),
            .topic_code = text_of(root, "topic"),
            .place_unit = text_of(root, "place_unit"),
            .words = text_of(root, "words"),
            .to_unit = text_of(root, "to_unit"),
            .to_topic = text_of(root, "to_topic"),
            .is_on = root.boolean("is_on").value_or(false)};
  if (value_of(rule) != of.after) return no_value();
  return rule;
}

TextKey rule_trouble(db::Read& read, const SettingDifference& of, const ImportContext& context) {
  const auto rule = rule_of(of);
  if (!rule.ok()) return first_trouble(rule.error());
  if (!follows(context, of.list, {}, all_rules(read).size(),
               static_cast<std::size_t>(rule.value().position)))
    return "settings.error.file_gap"_t;
  const auto fine = check_rule_among(read, rule.value(), context.brought, context.now);
  return fine.ok() ? TextKey() : first_trouble(fine.error());
}

Result<Done> make_rule_of_file(db::Write& write, const SettingDifference& of, const ImportBy& by) {
  TRY(Rule rule, rule_of(of));
  const std::vector<Rule> rules = all_rules(write);
  const auto place = static_cast<std::size_t>(rule.position);
  if (place <= rules.size()) rule.id = rules[place - 1].id;
  return set_rule(write, by.administrator, rule, by.reason, by.now);
}

// --- other systems ------------------------------------------------------------------------------

void source_entries(db::Read& read, Day, const EntrySink& sink) {
  for (const Source& each : all_sources(read)) sink(each.code, value_of(each));
}

std::string source_now(db::Read& read, const std::string& code, Instant) {
  return source_value(read, code);
}

Result<SourceChange> source_of(const SettingDifference& of, const std::string& reason) {
  TRY(Source source, read_source_value(of.code, of.after));
  return SourceChange{.source = std::move(source), .seen = of.before, .reason = reason};
}

TextKey source_trouble(db::Read& read, const SettingDifference& of, const ImportContext& context) {
  const auto change = source_of(of, reason_of_plan);
  if (!change.ok()) return first_trouble(change.error());
  const auto fine = check_source_among(read, change.value(), context.brought, context.now);
  return fine.ok() ? TextKey() : first_trouble(fine.error());
}

Result<Done> make_source(db::Write& write, const SettingDifference& of, const ImportBy& by) {
  TRY(const SourceChange change, source_of(of, by.reason));
  TRY([[maybe_unused]] const std::int64_t id,
      change_source(write, by.administrator, change, by.now));
  return Done{};
}

// --- texts of offices ---------------------------------------------------------------------------

std::string value_in_file(const Template& text) {
  std::string value;
  json::Writer(value).object().member("name", text.name).member("text", text.text).end_object();
  return value;
}

void template_entries(db::Read& read, Day today, const EntrySink& sink) {
  for (const units::Unit& each : units::all_on(read, today)) {
    std::size_t place = 0;
    for (const Template& text : templates_of(read, each.id))
      sink(each.code + "/" + code_of_place(++place), value_in_file(text));
  }
}

// "00004/002": the unit's code and the place.
struct TextPlace {
  std::string unit{};
  std::size_t place = 0;
};

std::optional<TextPlace> text_place_of(std::string_view code) {
  const std::size_t slash = code.rfind('/');
  if (slash == std::string_view::npos) return std::nullopt;
  const auto place = place_of_code(code.substr(slash + 1));
  if (!place || *place > templates_max) return std::nullopt;
  return TextPlace{std::string(code.substr(0, slash)), *place};
}

std::vector<Template> texts_at(db::Read& read, const std::string& unit_code, Instant now) {
  const auto unit = units::find_on(read, unit_code, local_day(now));
  return unit ? templates_of(read, unit->id) : std::vector<Template>();
}

std::string template_now(db::Read& read, const std::string& code, Instant now) {
  const auto at = text_place_of(code);
  if (!at) return {};
  const std::vector<Template> texts = texts_at(read, at->unit, now);
  return at->place <= texts.size() ? value_in_file(texts[at->place - 1]) : std::string();
}

Result<Template> template_of(const SettingDifference& of) {
  TRY(const json::Document document, document_of(of.after));
  Template text{.name = text_of(document.root(), "name"), .text = text_of(document.root(), "text")};
  if (value_in_file(text) != of.after) return no_value();
  TRY([[maybe_unused]] const Done fine, check_template(text.name, text.text));
  return text;
}

TextKey template_trouble(db::Read& read,
                         const SettingDifference& of,
                         const ImportContext& context) {
  const auto at = text_place_of(of.code);
  if (!at) return "settings.error.value"_t;
  if (!knows_unit(read, context.brought, at->unit, context.now))
    return "feedback.error.unit_unknown"_t;
  if (!follows(context, of.list, at->unit + "/", texts_at(read, at->unit, context.now).size(),
               at->place))
    return "settings.error.file_gap"_t;
  const auto text = template_of(of);
  return text.ok() ? TextKey() : first_trouble(text.error());
}

Result<Done> make_template(db::Write& write, const SettingDifference& of, const ImportBy& by) {
  TRY(Template text, template_of(of));
  const TextPlace at = text_place_of(of.code).value_or(TextPlace{});
  const auto unit = units::find_on(write, at.unit, local_day(by.now));
  if (!unit) return Error{ErrorKind::conflict, "feedback.error.unit_unknown"_t};
  text.unit = unit->id;
  text.changed_at = by.now;
  text.changed_by = by.administrator.id().value;
  const std::vector<Template> texts = templates_of(write, unit->id);
  if (at.place > texts.size()) return add_template(write, text, by.reason);
  text.id = texts[at.place - 1].id;
  return change_template(write, text, false, by.reason);
}

}  // namespace

const SettingList day_setting_list{"day", day_entries, day_now, day_trouble, make_day};
const SettingList hours_setting_list{hours_list, hours_entries, hours_now, hours_trouble,
                                     make_hours};
const SettingList rule_setting_list{rule_list, rule_entries, rule_now, rule_trouble,
                                    make_rule_of_file};
const SettingList source_setting_list{source_list, source_entries, source_now, source_trouble,
                                      make_source};

const SettingList template_setting_list{template_list, template_entries, template_now,
                                        template_trouble, make_template};

}  // namespace ln::feedback
