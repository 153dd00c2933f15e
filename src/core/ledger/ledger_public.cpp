#include "core/ledger/ledger_public.h"

#include <algorithm>

#include "base/check.h"
#include "base/text.h"
#include "core/ledger/ledger_late.h"
#include "core/ledger/ledger_public_any.h"
#include "core/ledger/ledger_public_parts.h"
#include "engine/merkle/merkle_checkpoint.h"
#include "platform/json/json.h"

namespace ln::ledger {
namespace {

using namespace plain;

constexpr char public_mark = '\x02';
// Rows of one part, in bytes: what else a fact says has its place beside them.
constexpr std::size_t rows_size_max = 14'000;
constexpr std::size_t digest_shown = 8;

std::string row_of(const CountRow& row) {
  std::string json;
  json::Writer(json)
      .array()
      .text(row.unit)
      .text(figure_words[row.figure])
      .text(to_iso(row.from))
      .integer(row.count)
      .end_array();
  return json;
}

std::string row_of(const DeadlineRow& row) {
  std::string json;
  json::Writer(json).array().text(row.topic).text(row.measure).integer(row.count).end_array();
  return json;
}

std::string row_of(const SumRow& row) {
  std::string json;
  json::Writer(json)
      .array()
      .text(row.unit)
      .text(figure_words[row.figure])
      .integer(row.count)
      .text(to_hex(row.root))
      .end_array();
  return json;
}

std::string row_of(const CalendarRow& row) {
  std::string json;
  json::Writer(json)
      .array()
      .text(to_iso(row.day))
      .text(row.kind)
      .text(to_hex(row.words))
      .end_array();
  return json;
}

std::string write(const DailyFact& fact) {
  std::string json;
  json::Writer out(json);
  out.object().name("counts").array();
  for (const CountRow& row : fact.counts) out.verbatim(row_of(row));
  out.end_array().member("day", to_iso(fact.day));
  if (fact.part == 1) {
    out.name("erased").object();
    for (const auto& [reason, count] : fact.erased) out.member(reason, count);
    out.end_object();
  }
  out.member("k", fact_words[0]).member("lines", fact.lines).member("part", fact.part);
  out.member("parts", fact.parts).member("t", to_iso(fact.at)).member("v", version).end_object();
  return json;
}

std::string write(const DeadlinesFact& fact) {
  std::string json;
  json::Writer out(json);
  out.object().member("k", fact_words[1]).member("part", fact.part).member("parts", fact.parts);
  out.member("t", to_iso(fact.at)).name("topics").array();
  for (const DeadlineRow& row : fact.topics) out.verbatim(row_of(row));
  out.end_array().member("v", version).end_object();
  return json;
}

std::string write(const KeysFact& fact) {
  std::string json;
  json::Writer out(json);
  out.object().member("k", fact_words[2]).member("log", to_hex(fact.log));
  if (fact.policy) out.member("policy", to_hex(*fact.policy));
  out.member("t", to_iso(fact.at)).member("v", version).name("witnesses").array();
  for (const PublicKey& key : fact.witnesses) out.text(to_hex(key));
  out.end_array().end_object();
  return json;
}

// The head stands in clear beside the note, for whoever reads JSON alone.
std::string write(const OriginFact& fact) {
  const auto key = merkle::Verifier::parse(fact.key);
  const auto head = key ? merkle::open_checkpoint(fact.note, *key) : std::nullopt;
  if (!head) return {};
  std::string json;
  json::Writer out(json);
  out.object().member("k", fact_words[origin_kind]).member("kept", fact.kept).name("old").object();
  out.member("key", fact.key).member("note", fact.note).member("origin", head->origin);
  out.member("root", to_base64(head->root)).member("size", static_cast<std::int64_t>(head->size));
  out.end_object().member("t", to_iso(fact.at)).member("v", version).end_object();
  return json;
}

std::string write(const MonthlyFact& fact) {
  std::string json;
  json::Writer out(json);
  out.object().member("k", fact_words[monthly_kind]).member("month", to_text(fact.month));
  out.member("part", fact.part).member("parts", fact.parts).name("sums").array();
  for (const SumRow& row : fact.sums) out.verbatim(row_of(row));
  out.end_array().member("t", to_iso(fact.at)).member("v", version).end_object();
  return json;
}

std::string write(const CalendarFact& fact) {
  std::string json;
  json::Writer out(json);
  out.object().name("days").array();
  for (const CalendarRow& row : fact.days) out.verbatim(row_of(row));
  out.end_array().member("k", fact_words[calendar_kind]).member("part", fact.part);
  out.member("parts", fact.parts).member("t", to_iso(fact.at)).member("v", version).end_object();
  return json;
}

std::string write(const SettingsFact& fact) {
  std::string json;
  json::Writer out(json);
  out.object().member("code", fact.code).member("from", to_iso(fact.from));
  out.member("k", fact_words[settings_kind]).member("list", fact.list);
  out.member("t", to_iso(fact.at)).member("v", version).member("value", to_hex(fact.value));
  out.end_object();
  return json;
}

std::string write(const DisclosureFact& fact) {
  std::string json;
  json::Writer out(json);
  out.object().member("authority", fact.authority).member("k", fact_words[disclosure_kind]);
  out.member("outcome", fact.outcome).member("t", to_iso(fact.at)).member("v", version);
  out.end_object();
  return json;
}

std::string write(const ConsultationFact& fact) {
  std::string json;
  json::Writer out(json);
  out.object().member("closes", to_iso(fact.closes)).member("comments", fact.comments);
  out.member("consultation", fact.consultation).member("k", fact_words[consultation_kind]);
  out.member("t", to_iso(fact.at)).member("text", to_hex(fact.text)).member("v", version);
  out.member("version", fact.version).member("what", fact.what).end_object();
  return json;
}

std::string write(const OpenDataFact& fact) {
  std::string json;
  json::Writer out(json);
  out.object().member("day", to_iso(fact.day)).member("k", fact_words[open_data_kind]);
  out.member("manifest", to_hex(fact.manifest)).member("t", to_iso(fact.at));
  out.member("v", version).end_object();
  return json;
}

// --- reading: takes what it finds; that text_of gives the same bytes is asked afterwards ---------

std::optional<Day> day_of(std::optional<std::string_view> text) {
  const auto at = text ? instant_of(std::string(*text) + "T00:00:00Z") : std::nullopt;
  if (!at) return std::nullopt;
  return Day(std::chrono::duration_cast<std::chrono::days>(at->time_since_epoch()));
}

bool is_place(std::optional<std::string_view> unit) {
  return unit && (is_code(*unit) || *unit == whole_city);
}

std::optional<CountRow> count_row(const json::Value& value) {
  std::vector<json::Value> cells;
  for (const json::Value cell : value.items()) cells.push_back(cell);
  if (cells.size() != 4) return std::nullopt;
  const auto unit = cells[0].text();
  const auto figure = figure_of(cells[1].text().value_or(""));
  const auto from = day_of(cells[2].text());
  const auto count = cells[3].integer();
  if (!is_place(unit) || !figure || !from || !is_count(count)) return std::nullopt;
  return CountRow{std::string(*unit), *figure, *from, *count};
}

std::optional<SumRow> sum_row(const json::Value& value) {
  std::vector<json::Value> cells;
  for (const json::Value cell : value.items()) cells.push_back(cell);
  if (cells.size() != 4) return std::nullopt;
  const auto unit = cells[0].text();
  const auto figure = figure_of(cells[1].text().value_or(""));
  const auto count = cells[2].integer();
  const auto root = hash_of(cells[3].text());
  if (!is_place(unit) || !figure || !is_count(count) || *count == 0 || !root) return std::nullopt;
  return SumRow{std::string(*unit), *figure, *count, *root};
}

bool is_before(const auto& a, const auto& b) {
  return std::pair(std::string_view(a.unit), a.figure) <
         std::pair(std::string_view(b.unit), b.figure);
}

std::optional<Fact> read_daily(const json::Value& root, Instant at) {
  const auto day = day_of(root.text("day"));
  const auto lines = root.integer("lines"), part = root.integer("part"),
             parts = root.integer("parts");
  if (!day || !is_count(lines) || !is_count(part) || !is_count(parts) || *part < 1 ||
      *part > *parts)
    return std::nullopt;
  DailyFact fact{.day = *day, .at = at, .lines = *lines, .part = *part, .parts = *parts};
  for (const json::Value each : root.items("counts")) {
    auto row = count_row(each);
    if (!row || row->from > *day || (!fact.counts.empty() && !is_before(fact.counts.back(), *row)))
      return std::nullopt;
    fact.counts.push_back(*std::move(row));
  }
  for (const json::Member each : root.find("erased").members()) {
    const auto count = each.value.integer();
    if (!is_word(each.name) || !is_count(count) || *count == 0 ||
        (!fact.erased.empty() && fact.erased.back().first >= each.name))
      return std::nullopt;
    fact.erased.emplace_back(each.name, *count);
  }
  return fact;
}

std::optional<Fact> read_deadlines(const json::Value& root, Instant at) {
  const auto part = root.integer("part"), parts = root.integer("parts");
  if (!is_count(part) || !is_count(parts) || *part < 1 || *part > *parts) return std::nullopt;
  DeadlinesFact fact{.at = at, .part = *part, .parts = *parts};
  for (const json::Value each : root.items("topics")) {
    std::vector<json::Value> cells;
    for (const json::Value cell : each.items()) cells.push_back(cell);
    if (cells.size() != 3) return std::nullopt;
    const auto topic = cells[0].text(), measure = cells[1].text();
    const auto count = cells[2].integer();
    if (!topic || !is_code(*topic) || !measure || !is_word(*measure) || !is_count(count) ||
        (!fact.topics.empty() && fact.topics.back().topic >= *topic))
      return std::nullopt;
    fact.topics.push_back({std::string(*topic), std::string(*measure), *count});
  }
  return fact;
}

std::optional<Fact> read_keys(const json::Value& root, Instant at) {
  const auto log = hash_of(root.text("log"));
  if (!log) return std::nullopt;
  KeysFact fact{.at = at, .log = *log, .policy = hash_of(root.text("policy"))};
  for (const json::Value each : root.items("witnesses")) {
    const auto key = hash_of(each.text());
    if (!key || fact.witnesses.size() == witnesses_told) return std::nullopt;
    fact.witnesses.push_back(*key);
  }
  return fact;
}

std::optional<Fact> read_monthly(const json::Value& root, Instant at) {
  const auto part = root.integer("part"), parts = root.integer("parts");
  const auto first = day_of(std::string(root.text("month").value_or("")) + "-01");
  if (!first || !is_count(part) || !is_count(parts) || *part < 1 || *part > *parts)
    return std::nullopt;
  MonthlyFact fact{.month = month_of(*first), .at = at, .part = *part, .parts = *parts};
  for (const json::Value each : root.items("sums")) {
    auto row = sum_row(each);
    if (!row || (!fact.sums.empty() && !is_before(fact.sums.back(), *row))) return std::nullopt;
    fact.sums.push_back(*std::move(row));
  }
  return fact;
}

std::optional<Fact> read_calendar(const json::Value& root, Instant at) {
  const auto part = root.integer("part"), parts = root.integer("parts");
  if (!is_count(part) || !is_count(parts) || *part < 1 || *part > *parts) return std::nullopt;
  CalendarFact fact{.at = at, .part = *part, .parts = *parts};
  for (const json::Value each : root.items("days")) {
    std::vector<json::Value> cells;
    for (const json::Value cell : each.items()) cells.push_back(cell);
    if (cells.size() != 3) return std::nullopt;
    const auto day = day_of(cells[0].text());
    const auto kind = cells[1].text();
    const auto words = hash_of(cells[2].text());
    if (!day || !kind || !is_word(*kind) || !words) return std::nullopt;
    fact.days.push_back({*day, std::string(*kind), *words});
  }
  return fact;
}

std::optional<Fact> read_settings(const json::Value& root, Instant at) {
  const auto list = root.text("list"), code = root.text("code");
  const auto from = day_of(root.text("from"));
  const auto value = hash_of(root.text("value"));
  if (!list || !is_word(*list) || !code || !is_code(*code) || !from || !value) return std::nullopt;
  return SettingsFact{at, std::string(*list), std::string(*code), *from, *value};
}

std::optional<Fact> read_disclosure(const json::Value& root, Instant at) {
  const auto authority = root.text("authority"), outcome = root.text("outcome");
  if (!authority || !is_word(*authority) || !outcome || !is_word(*outcome)) return std::nullopt;
  return DisclosureFact{at, std::string(*authority), std::string(*outcome)};
}

std::optional<Fact> read_consultation(const json::Value& root, Instant at) {
  const auto what = root.text("what");
  const auto number = root.integer("consultation"), issue = root.integer("version");
  const auto comments = root.integer("comments");
  const auto closes = day_of(root.text("closes"));
  const auto text = hash_of(root.text("text"));
  if (!what || !is_word(*what) || !is_count(number) || !is_count(issue) || !is_count(comments) ||
      !closes || !text)
    return std::nullopt;
  return ConsultationFact{at, std::string(*what), *number, *issue, *comments, *closes, *text};
}

std::optional<Fact> read_open_data(const json::Value& root, Instant at) {
  const auto day = day_of(root.text("day"));
  const auto manifest = hash_of(root.text("manifest"));
  if (!day || !manifest) return std::nullopt;
  return OpenDataFact{at, *day, *manifest};
}

// A head that the other log has not signed, or with whatever else below it, is none.
std::optional<Fact> read_origin(const json::Value& root, Instant at) {
  const json::Value old = root.find("old");
  const auto key = old.text("key"), note = old.text("note");
  const auto kept = root.integer("kept");
  const auto parsed = note ? merkle::Note::parse(*note) : std::nullopt;
  if (!key || !parsed || parsed->signatures.size() != 1 || !is_count(kept)) return std::nullopt;
  return OriginFact{at, *kept, std::string(*key), std::string(*note)};
}

// Cuts `rows` where the text of one part grows too long.
template <class Whole, class Row>
std::vector<Whole> cut(Whole whole, std::vector<Row> Whole::* rows) {
  std::vector<Row> all = std::exchange(whole.*rows, {});
  std::vector<Whole> parts = {whole};
  std::size_t size = 0;
  for (Row& row : all) {
    const std::size_t more = row_of(row).size() + 1;
    if (size + more > rows_size_max) {
      parts.push_back(whole);
      size = 0;
    }
    size += more;
    (parts.back().*rows).push_back(std::move(row));
  }
  for (std::size_t i = 0; i < parts.size(); ++i) {
    parts[i].part = static_cast<std::int64_t>(i) + 1;
    parts[i].parts = static_cast<std::int64_t>(parts.size());
  }
  return parts;
}

}  // namespace

Subject subject_of(std::size_t fact_kind) {
  return {"city", static_cast<std::int64_t>(fact_kind) + 1};
}

std::string public_code(std::string_view code) {
  if (is_code(code)) return std::string(code);
  const Hash hash = merkle::sha256(as_bytes(code));
  return "x-" + to_hex(std::span(hash).first(digest_shown));
}

std::string text_of(const Fact& fact) {
  return std::visit([](const auto& each) { return write(each); }, fact);
}

std::optional<Fact> parse_fact(std::string_view payload) {
  if (payload.size() > fact_size_max) return std::nullopt;
  const auto document = json::parse(
      payload, {.size_max = fact_size_max, .depth_max = depth_max, .form = json::Form::as_sent});
  if (!document.ok()) return std::nullopt;
  const json::Value root = document.value().root();
  const auto time = root.text("t");
  const auto at = time ? instant_of(*time) : std::nullopt;
  if (!at) return std::nullopt;
  const std::string_view word = root.text("k").value_or("");
  std::optional<Fact> fact;
  if (word == fact_words[0]) fact = read_daily(root, *at);
  if (word == fact_words[1]) fact = read_deadlines(root, *at);
  if (word == fact_words[2]) fact = read_keys(root, *at);
  if (word == fact_words[origin_kind]) fact = read_origin(root, *at);
  if (word == fact_words[monthly_kind]) fact = read_monthly(root, *at);
  if (word == fact_words[calendar_kind]) fact = read_calendar(root, *at);
  if (word == fact_words[settings_kind]) fact = read_settings(root, *at);
  if (word == fact_words[disclosure_kind]) fact = read_disclosure(root, *at);
  if (word == fact_words[consultation_kind]) fact = read_consultation(root, *at);
  if (word == fact_words[open_data_kind]) fact = read_open_data(root, *at);
  if (!fact || text_of(*fact) != payload) return std::nullopt;
  return fact;
}

std::string public_leaf(std::string_view payload) {
  return std::string(1, public_mark) + std::string(payload);
}

bool is_public_leaf(std::string_view leaf, std::string_view payload) {
  return !leaf.empty() && leaf.front() == public_mark && leaf.substr(1) == payload &&
         parse_any_fact(payload).has_value();
}

std::vector<DailyFact> parts_of(DailyFact whole) {
  auto parts = cut(std::move(whole), &DailyFact::counts);
  for (std::size_t i = 1; i < parts.size(); ++i) parts[i].erased.clear();
  return parts;
}

std::vector<DeadlinesFact> parts_of(DeadlinesFact whole) {
  return cut(std::move(whole), &DeadlinesFact::topics);
}

std::vector<MonthlyFact> parts_of(MonthlyFact whole) {
  return cut(std::move(whole), &MonthlyFact::sums);
}

std::vector<CalendarFact> parts_of(CalendarFact whole) {
  return cut(std::move(whole), &CalendarFact::days);
}

std::optional<std::size_t> figure_of(std::string_view word) {
  const auto* const found = std::ranges::find(figure_words, word);
  if (found == std::end(figure_words)) return std::nullopt;
  return static_cast<std::size_t>(found - figure_words);
}

std::string to_text(std::chrono::year_month month) { return to_iso(Day(month / 1)).substr(0, 7); }

std::chrono::year_month month_of(Day day) {
  const std::chrono::year_month_day date(day);
  return date.year() / date.month();
}

}  // namespace ln::ledger
