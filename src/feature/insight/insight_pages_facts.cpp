#include "feature/insight/insight_pages_facts.h"

#include <algorithm>
#include <map>

#include "base/text.h"
#include "core/ledger/ledger_public_actions.h"
#include "core/ledger/ledger_public_any.h"
#include "core/ledger/ledger_store.h"
#include "core/ledger/ledger_store_tree.h"
#include "core/units/units_name.h"
#include "core/units/units_store.h"
#include "engine/merkle/merkle_checkpoint.h"
#include "engine/merkle/merkle_tile.h"
#include "feature/feedback/feedback.h"
#include "feature/insight/insight_pages_facts_told.h"
#include "platform/html/charts.h"
#include "platform/html/layout.h"
#include "platform/html/parts.h"
#include "platform/json/json.h"

namespace ln::insight {
namespace {

using html::Fragment;
using html::View;
using insight::show;
using insight::summary_of;
using insight::title_of;

constexpr std::int64_t facts_per_page = 20, facts_per_answer = 100;

struct FactLine {
  std::int64_t index;
  std::string payload;
  ledger::AnyFact fact;
};
// `next` is where the lines after them begin. A line that does not read back is left out: the audit
// names it.
struct FactLines {
  std::vector<FactLine> lines;
  std::optional<std::int64_t> next;
};

std::int64_t published_lines(db::Read& read) {
  const auto head = ledger::published_head(read);
  return head ? head->size : 0;
}

FactLines lines_before(db::Read& read, std::int64_t index, std::int64_t count) {
  auto stored = ledger::facts_before(read, index, count + 1);
  FactLines found;
  if (std::ssize(stored) > count) {
    stored.pop_back();
    found.next = stored.back().index();
  }
  for (ledger::Stored& each : stored)
    if (auto fact = ledger::parse_any_fact(each.payload))
      found.lines.push_back({each.index(), std::move(each.payload), *std::move(fact)});
  return found;
}

// Where to begin: at ?before=, but nothing that is not published.
std::int64_t begin_of(const http::Request& request, db::Read& read) {
  const std::int64_t all = published_lines(read);
  return std::clamp<std::int64_t>(request.query.number("before").value_or(all), 0, all);
}

TextKey figure_key(std::size_t figure) {
  constexpr TextKey keys[ledger::figure_count] = {
      "insight.facts.received"_t, "insight.facts.answered"_t, "insight.facts.late"_t,
      "insight.facts.overdue"_t,  "insight.facts.reopened"_t, "insight.facts.solved"_t};
  return keys[figure];
}

// "11/2026", in both languages.
std::string shown_month(const View& view, std::chrono::year_month month) {
  return view.voice.date(Day(month / 1)).substr(3);
}

std::string title_of(const View& view, const ledger::Fact& fact) {
  if (const auto* monthly = std::get_if<ledger::MonthlyFact>(&fact))
    return std::string(
        view.voice("insight.facts.monthly"_t, {{"month", shown_month(view, monthly->month)}}));
  if (const auto* daily = std::get_if<ledger::DailyFact>(&fact))
    return std::string(view.voice("insight.facts.daily"_t, {{"day", view.voice.date(daily->day)}}));
  if (std::holds_alternative<ledger::OriginFact>(fact))
    return std::string(view("insight.facts.origin"_t));
  if (std::holds_alternative<ledger::CalendarFact>(fact))
    return std::string(view("insight.facts.calendar"_t));
  if (std::holds_alternative<ledger::SettingsFact>(fact))
    return std::string(view("insight.facts.settings"_t));
  if (std::holds_alternative<ledger::DisclosureFact>(fact))
    return std::string(view("insight.facts.disclosure"_t));
  if (std::holds_alternative<ledger::ConsultationFact>(fact))
    return std::string(view("insight.facts.consultation"_t));
  if (const auto* open = std::get_if<ledger::OpenDataFact>(&fact))
    return std::string(
        view.voice("insight.facts.open_data"_t, {{"day", view.voice.date(open->day)}}));
  return std::string(view(std::holds_alternative<ledger::DeadlinesFact>(fact)
                              ? "insight.facts.deadlines"_t
                              : "insight.facts.keys"_t));
}

std::string title_of(const View& view, const ledger::AnyFact& any) {
  return std::visit([&](const auto& each) { return title_of(view, each); }, any);
}

Instant said_at(const ledger::Fact& fact) {
  return std::visit([](const auto& each) { return each.at; }, fact);
}

Instant said_at(const ledger::AnyFact& any) {
  return std::visit(
      [](const auto& each) {
        if constexpr (requires { each.at; })
          return each.at;
        else
          return said_at(each);
      },
      any);
}

// Of the log before, which has signed its last head: a fact that is none does not read back.
merkle::Checkpoint last_head_of(const ledger::OriginFact& fact) {
  const auto key = merkle::Verifier::parse(fact.key);
  const auto head = key ? merkle::open_checkpoint(fact.note, *key) : std::nullopt;
  return head.value_or(merkle::Checkpoint{});
}

std::string origin_summary(const View& view, const ledger::OriginFact& fact) {
  const merkle::Checkpoint last = last_head_of(fact);
  const auto lost = std::max<std::int64_t>(static_cast<std::int64_t>(last.size) - fact.kept, 0);
  return std::string(
      view.voice("insight.facts.origin_summary"_t, {{"old", last.origin},
                                                    {"kept", view.voice.number(fact.kept)},
                                                    {"lost", view.voice.number(lost)}}));
}

// What a list says of a fact beside its title.
std::string summary_of(const View& view, const ledger::Fact& fact) {
  if (const auto* daily = std::get_if<ledger::DailyFact>(&fact)) {
    std::int64_t erased = 0;
    for (const auto& [reason, count] : daily->erased) erased += count;
    return std::string(view.voice("insight.facts.daily_summary"_t,
                                  {{"counts", view.voice.number(std::ssize(daily->counts))},
                                   {"erased", view.voice.number(erased)}}));
  }
  if (const auto* table = std::get_if<ledger::DeadlinesFact>(&fact))
    return std::string(view.voice("insight.facts.deadlines_summary"_t,
                                  {{"count", view.voice.number(std::ssize(table->topics))}}));
  if (const auto* origin = std::get_if<ledger::OriginFact>(&fact))
    return origin_summary(view, *origin);
  if (const auto* monthly = std::get_if<ledger::MonthlyFact>(&fact))
    return std::string(view.voice("insight.facts.monthly_summary"_t,
                                  {{"count", view.voice.number(std::ssize(monthly->sums))}}));
  if (const auto* calendar = std::get_if<ledger::CalendarFact>(&fact))
    return std::string(view.voice("insight.facts.calendar_summary"_t,
                                  {{"count", view.voice.number(std::ssize(calendar->days))}}));
  if (const auto* ordered = std::get_if<ledger::DisclosureFact>(&fact))
    return said_word(view, ordered->authority) + " · " + said_word(view, ordered->outcome);
  if (const auto* asked = std::get_if<ledger::ConsultationFact>(&fact))
    return said_word(view, asked->what) + " · " + std::to_string(asked->consultation) + "/" +
           std::to_string(asked->version);
  if (const auto* open = std::get_if<ledger::OpenDataFact>(&fact)) return to_hex(open->manifest);
  if (const auto* setting = std::get_if<ledger::SettingsFact>(&fact))
    return std::string(view.voice("insight.facts.settings_summary"_t, {{"code", setting->code}}));
  return std::string(view.voice(
      "insight.facts.keys_summary"_t,
      {{"count", view.voice.number(std::ssize(std::get<ledger::KeysFact>(fact).witnesses))}}));
}

std::string summary_of(const View& view, const ledger::AnyFact& any) {
  return std::visit([&](const auto& each) { return summary_of(view, each); }, any);
}

std::string_view unit_name(const View& view, const units::Unit& unit) {
  const bool is_english = view.voice.language() == i18n::Language::en;
  return units::name_in(unit, is_english);
}

// A unit's name as it was on `day`; the code where nobody knows the unit.
Fragment place_name(const View& view, db::Read& read, const std::string& code, Day day) {
  Fragment name;
  const auto unit = units::find_on(read, code, day);
  if (code == ledger::whole_city)
    name.add_text(view("insight.facts.apart"_t));
  else
    name.add_text(unit ? unit_name(view, *unit) : std::string_view(code));
  return name;
}

Fragment counts_table(const View& view, db::Read& read, const ledger::DailyFact& fact) {
  if (fact.counts.empty()) return html::fill("<p>{}</p>", view("insight.facts.no_counts"_t));
  const html::Column columns[] = {{view("insight.units.unit"_t)},
                                  {view("insight.facts.figure"_t)},
                                  {view("insight.facts.since"_t)},
                                  {view("insight.facts.count"_t), true}};
  Fragment rows;
  for (const ledger::CountRow& each : fact.counts) {
    Fragment row;
    html::add_head_cell(row, place_name(view, read, each.unit, fact.day));
    html::add_cell(row, columns[1], view(figure_key(each.figure)));
    html::add_cell(row, columns[2], html::day(view, each.from));
    html::add_cell(row, columns[3], view.voice.number(each.count));
    rows.add("<tr>{}</tr>", row);
  }
  return html::table({.caption = view("insight.facts.counts_caption"_t),
                      .columns = columns,
                      .rows = std::move(rows),
                      .more_class = "tbl--figs"});
}

Fragment erased_table(const View& view, const ledger::DailyFact& fact) {
  if (fact.erased.empty()) return html::fill("<p>{}</p>", view("insight.facts.no_erasures"_t));
  const html::Column columns[] = {{view("insight.facts.reason"_t)},
                                  {view("insight.facts.count"_t), true}};
  Fragment rows;
  for (const auto& [word, count] : fact.erased) {
    Fragment row, name;
    const auto reason = feedback::from_word(feedback::all_erased_because, word);
    name.add_text(reason ? view(feedback::key_of(*reason)) : std::string_view(word));
    html::add_head_cell(row, name);
    html::add_cell(row, columns[1], view.voice.number(count));
    rows.add("<tr>{}</tr>", row);
  }
  return html::table({.caption = view("insight.facts.erased_caption"_t),
                      .columns = columns,
                      .rows = std::move(rows)});
}

Fragment show(const View& view, db::Read& read, const ledger::DailyFact& fact) {
  Fragment out;
  out.add("<p>{}</p>",
          view.voice("insight.facts.daily_lead"_t, {{"lines", view.voice.number(fact.lines)},
                                                    {"part", view.voice.number(fact.part)},
                                                    {"parts", view.voice.number(fact.parts)}}));
  out.add(R"(<h2 class="h-m sp">{}</h2><p>{}</p>{})", view("insight.facts.counts"_t),
          view("insight.facts.floor"_t), counts_table(view, read, fact));
  if (fact.part == 1)
    out.add(R"(<h2 class="h-m sp">{}</h2>{})", view("insight.figures.erasures"_t),
            erased_table(view, fact));
  return out;
}

Fragment show(const View& view, db::Read& read, const ledger::DeadlinesFact& fact) {
  const bool is_english = view.voice.language() == i18n::Language::en;
  std::map<std::string, std::string, std::less<>> names;
  read.each("SELECT code, name_vi, name_en FROM feedback_topic ORDER BY code",
            [&](const db::Row& row) {
              names[ledger::public_code(row.view(0))] = row.text(is_english ? 2 : 1);
            });
  const html::Column columns[] = {{view("insight.facts.topic"_t)},
                                  {view("insight.facts.limit"_t), true}};
  Fragment rows;
  for (const ledger::DeadlineRow& each : fact.topics) {
    Fragment row, name;
    const auto found = names.find(each.topic);
    name.add_text(found == names.end() ? each.topic : found->second);
    html::add_head_cell(row, name);
    const TextKey key = each.measure == "working_hours"  ? "feedback.due.limit.working_hours"_t
                        : each.measure == "working_days" ? "feedback.due.limit.working_days"_t
                                                         : "feedback.due.limit.calendar_days"_t;
    html::add_cell(row, columns[1], std::string(view.voice.counted(key, each.count)));
    rows.add("<tr>{}</tr>", row);
  }
  Fragment out;
  out.add("<p>{}</p>{}", view("insight.facts.deadlines_lead"_t),
          html::table({.caption = view("insight.facts.deadlines_caption"_t),
                       .columns = columns,
                       .rows = std::move(rows)}));
  return out;
}

Fragment show(const View& view, db::Read&, const ledger::KeysFact& fact) {
  std::vector<html::Fact> all = {{view("ledger.key"_t), told_hash(fact.log)}};
  if (fact.policy) all.push_back({view("insight.facts.policy"_t), told_hash(*fact.policy)});
  for (const ledger::PublicKey& key : fact.witnesses)
    all.push_back({view("insight.facts.witness"_t), told_hash(key)});
  Fragment out;
  out.add("<p>{}</p>{}", view("insight.facts.keys_lead"_t), html::facts(all, true));
  return out;
}

Fragment show(const View& view, db::Read&, const ledger::OriginFact& fact) {
  Fragment out;
  out.add(R"(<p>{}</p><p>{}</p><pre class="code" translate="no">{}</pre><p class="hash" )"
          R"(translate="no">{}</p>)",
          view("insight.facts.origin_lead"_t), origin_summary(view, fact), fact.note, fact.key);
  return out;
}

Fragment show(const View& view, db::Read& read, const ledger::MonthlyFact& fact) {
  Fragment out = html::fill("<p>{}</p><p>{}</p>", view("insight.facts.monthly_lead"_t),
                            view("insight.facts.monthly_check"_t));
  if (fact.sums.empty()) return out;
  const html::Column columns[] = {{view("insight.units.unit"_t)},
                                  {view("insight.facts.figure"_t)},
                                  {view("insight.facts.count"_t), true},
                                  {view("insight.facts.root"_t)}};
  const Day last(fact.month / std::chrono::last);
  Fragment rows;
  for (const ledger::SumRow& each : fact.sums) {
    Fragment row;
    html::add_head_cell(row, place_name(view, read, each.unit, last));
    html::add_cell(row, columns[1], view(figure_key(each.figure)));
    html::add_cell(row, columns[2], view.voice.number(each.count));
    html::add_cell(row, columns[3], told_hash(each.root));
    rows.add("<tr>{}</tr>", row);
  }
  out += html::table({.caption = view("insight.facts.monthly_caption"_t),
                      .columns = columns,
                      .rows = std::move(rows),
                      .more_class = "tbl--figs"});
  return out;
}

TextKey day_kind_key(std::string_view kind) {
  return kind == "holiday"       ? "workdays.kind.holiday"_t
         : kind == "swap_off"    ? "workdays.kind.swap_off"_t
         : kind == "comp_off"    ? "workdays.kind.comp_off"_t
         : kind == "makeup_work" ? "workdays.kind.makeup_work"_t
                                 : "workdays.kind.plain"_t;
}

Fragment show(const View& view, db::Read&, const ledger::CalendarFact& fact) {
  Fragment out =
      html::fill(R"(<p>{} <a href="{}">{}</a></p>)", view("insight.facts.calendar_lead"_t),
                 html::Url::in(view, "/calendar"), view("workdays.title"_t));
  const html::Column columns[] = {
      {view("workdays.day"_t)}, {view("workdays.kind"_t)}, {view("insight.facts.words"_t)}};
  Fragment rows;
  for (const ledger::CalendarRow& each : fact.days) {
    Fragment row;
    html::add_head_cell(row, html::day(view, each.day));
    html::add_cell(row, columns[1], view(day_kind_key(each.kind)));
    html::add_cell(row, columns[2], told_hash(each.words));
    rows.add("<tr>{}</tr>", row);
  }
  out += html::table(
      {.caption = view("insight.facts.calendar"_t), .columns = columns, .rows = std::move(rows)});
  return out;
}

Fragment show(const View& view, db::Read&, const ledger::SettingsFact& fact) {
  const html::Fact facts[] = {{view("insight.facts.settings_code"_t), html::code(fact.code)},
                              {view("insight.facts.settings_from"_t), html::day(view, fact.from)},
                              {view("insight.facts.words"_t), told_hash(fact.value)}};
  Fragment out = html::fill("<p>{}</p>", view("insight.facts.settings_lead"_t));
  out += html::facts(facts, true);
  return out;
}

Fragment show(const View& view, db::Read&, const ledger::DisclosureFact& fact) {
  const html::Fact facts[] = {{view("insight.facts.disclosure_authority"_t),
                               html::fill("{}", said_word(view, fact.authority))},
                              {view("insight.facts.disclosure_outcome"_t),
                               html::fill("{}", said_word(view, fact.outcome))}};
  Fragment out =
      html::fill(R"(<p>{}</p><p><a href="{}">{}</a></p>)", view("insight.facts.disclosure_lead"_t),
                 html::Url::in(view, "/disclosures"), view("feedback.disclosure.title"_t));
  out += html::facts(facts, true);
  return out;
}

Fragment show(const View& view, db::Read&, const ledger::ConsultationFact& fact) {
  const html::Fact facts[] = {
      {view("insight.facts.consultation_what"_t), html::fill("{}", said_word(view, fact.what))},
      {view("insight.facts.consultation_version"_t), html::code(view.voice.number(fact.version))},
      {view("insight.facts.consultation_closes"_t), html::day(view, fact.closes)},
      {view("insight.facts.consultation_comments"_t), html::code(view.voice.number(fact.comments))},
      {view("insight.facts.consultation_text"_t), told_hash(fact.text)}};
  Fragment out = html::fill(R"(<p>{}</p><p><a href="{}">{}</a></p>)",
                            view("insight.facts.consultation_lead"_t),
                            html::Url::in(view, "/consultations/", fact.consultation),
                            view("insight.facts.consultation_link"_t));
  out += html::facts(facts, true);
  return out;
}

Fragment show(const View& view, db::Read&, const ledger::OpenDataFact& fact) {
  const html::Fact facts[] = {{view("insight.facts.manifest"_t), told_hash(fact.manifest)}};
  Fragment out =
      html::fill(R"(<p>{} <a href="{}">{}</a></p>)", view("insight.facts.open_data_lead"_t),
                 html::Url::in(view, "/data"), view("insight.open.title"_t));
  out += html::facts(facts, true);
  return out;
}

Fragment show(const View& view, db::Read& read, const ledger::Fact& fact) {
  return std::visit([&](const auto& each) { return show(view, read, each); }, fact);
}

Fragment show(const View& view, db::Read& read, const ledger::AnyFact& any) {
  if (const auto* fact = std::get_if<ledger::Fact>(&any)) return show(view, read, *fact);
  if (const auto* told = std::get_if<ledger::SupervisionFact>(&any)) return show(view, *told);
  if (const auto* asked = std::get_if<ledger::SurveyFact>(&any)) return show(view, *asked);
  return show(view, std::get<ledger::GrassrootsFact>(any));
}

// The file of leaves in which the line stands.
std::string bundle_of(std::int64_t index, std::int64_t size) {
  const auto n = static_cast<std::uint64_t>(index) / merkle::tile_width;
  const std::uint64_t left = static_cast<std::uint64_t>(size) - n * merkle::tile_width;
  return "/ledger/" + merkle::Tile{.entries = true,
                                   .n = n,
                                   .width = static_cast<unsigned>(
                                       std::min<std::uint64_t>(left, merkle::tile_width))}
                          .path();
}

http::Response page_of(const View& view, std::string_view title, Fragment body) {
  auto response =
      http::page(200, html::page(view, {.title = title,
                                        .here = "/ledger",
                                        .body = html::columns({.body = std::move(body)})}));
  response.cacheable = true;
  return response;
}

}  // namespace

Result<http::Response> facts_page(const http::Request& request, db::Read& read) {
  const View& view = request.view;
  const std::int64_t begin = begin_of(request, read);
  const auto [lines, next] = lines_before(read, begin, facts_per_page);
  const std::string_view title = view("insight.facts.title"_t);
  Fragment body =
      html::breadcrumbs(view, {{view("ledger.title"_t), html::Url::in(view, "/ledger")}}, title);
  body.add(R"(<h1 class="h-l">{}</h1><p class="lead">{}</p>)", title, view("insight.facts.lead"_t));
  if (lines.empty()) body += html::nothing_here(view("insight.facts.none"_t));
  const html::Column columns[] = {{view("insight.facts.what"_t)},
                                  {view("insight.facts.says"_t)},
                                  {view("insight.facts.at"_t)},
                                  {view("insight.facts.line"_t), true}};
  Fragment rows;
  for (const FactLine& line : lines) {
    Fragment row;
    const html::Url url = html::Url::in(view, "/ledger/facts/", std::to_string(line.index));
    html::add_head_cell(row, html::fill(R"(<a href="{}">{}</a>)", url, title_of(view, line.fact)));
    html::add_cell(row, columns[1], summary_of(view, line.fact));
    html::add_cell(row, columns[2], html::moment(view, said_at(line.fact)));
    html::add_cell(row, columns[3], view.voice.number(line.index));
    rows.add("<tr>{}</tr>", row);
  }
  if (!lines.empty())
    body += html::table({.caption = title, .columns = columns, .rows = std::move(rows)});
  const html::Url here = html::Url::in(view, "/ledger/facts");
  if (next) body += html::pager(view, {.next = here.with("before", std::to_string(*next))});
  if (request.query.has("before"))
    body.add(R"(<p><a href="{}">{}</a></p>)", here, view("insight.facts.newest"_t));
  return page_of(view, title, std::move(body));
}

Result<http::Response> fact_page(const http::Request& request, db::Read& read) {
  const View& view = request.view;
  const std::int64_t index = request.path_number("fact"), size = published_lines(read);
  const auto lines =
      index < size ? lines_before(read, index + 1, 1).lines : std::vector<FactLine>{};
  if (lines.empty() || lines.front().index != index)
    return Error{ErrorKind::not_found, "insight.facts.unknown"_t};
  const FactLine& line = lines.front();
  const std::string title = title_of(view, line.fact);
  Fragment body =
      html::breadcrumbs(view,
                        {{view("ledger.title"_t), html::Url::in(view, "/ledger")},
                         {view("insight.facts.title"_t), html::Url::in(view, "/ledger/facts")}},
                        title);
  body.add(R"(<h1 class="h-l">{}</h1>)", title);
  const html::Fact facts[] = {
      {view("insight.facts.line"_t), html::fill("{}", view.voice.number(index))},
      {view("insight.facts.at"_t), html::moment(view, said_at(line.fact))}};
  body += html::facts(facts);
  body += show(view, read, line.fact);
  body.add(R"(<h2 class="h-m sp">{}</h2><p>{}</p><pre class="code" translate="no">{}</pre>)",
           view("insight.facts.text"_t), view("insight.facts.text_hint"_t), line.payload);
  body.add(R"(<p><a href="{}">{}</a></p>)", html::Url::path(bundle_of(index, size)),
           view("insight.facts.bundle"_t));
  return page_of(view, title, std::move(body));
}

Result<http::Response> facts_api(const http::Request& request, db::Read& read) {
  const auto [lines, next] = lines_before(read, begin_of(request, read), facts_per_answer);
  http::Response response = http::json(200, {});
  json::Writer writer(response.body);
  writer.object().name("items").array();
  for (const FactLine& line : lines)
    writer.object().member("index", line.index).name("fact").verbatim(line.payload).end_object();
  writer.end_array().name("next");
  if (next)
    writer.integer(*next);
  else
    writer.null();
  writer.end_object();
  response.cacheable = true;
  return response;
}

}  // namespace ln::insight
