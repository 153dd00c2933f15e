#include "feature/consultation/consultation_actions_table.h"

#include <algorithm>
#include <tuple>

#include "base/text.h"
#include "engine/csv/csv.h"
#include "feature/consultation/consultation_actions.h"
#include "feature/consultation/consultation_store_invitation.h"

namespace ln::consultation {
namespace {

// "d5.10.b" stands after "d5.9": numbers by their value, letters by themselves.
std::vector<std::pair<std::int64_t, std::string>> sort_parts(std::string_view key) {
  std::vector<std::pair<std::int64_t, std::string>> parts;
  while (!key.empty()) {
    const std::size_t end = std::min(key.find('.'), key.size());
    std::string_view part = key.substr(0, end);
    key.remove_prefix(std::min(end + 1, key.size()));
    const auto digit = std::ranges::find_if(part, [](char c) { return c >= '0' && c <= '9'; });
    const auto from = static_cast<std::size_t>(digit - part.begin());
    std::size_t to = from;
    while (to < part.size() && part[to] >= '0' && part[to] <= '9') ++to;
    const auto number = parse_number(part.substr(from, to - from)).value_or(0);
    parts.emplace_back(number, std::string(part.substr(0, from)) + std::string(part.substr(to)));
  }
  return parts;
}

int rank_of(std::string_view clause) { return clause == whole_draft ? 0 : clause.empty() ? 2 : 1; }

void put_in_order(std::vector<TableRow>& rows) {
  std::ranges::stable_sort(rows, {}, [](const TableRow& row) {
    return std::tuple(row.is_criticised, rank_of(row.issue.clause), sort_parts(row.issue.clause),
                      row.issue.id.value);
  });
  for (std::size_t i = 0; i < rows.size(); ++i) rows[i].number = static_cast<std::int64_t>(i) + 1;
}

}  // namespace

std::vector<TableRow> table_of(db::Read& read, ConsultationId id) {
  const auto behind = behind_of(read, id);
  const auto objections = objections_of(read, id);
  const auto criticised = criticised_issues(read, id);
  std::vector<TableRow> rows;
  for (Issue& issue : issues_of(read, id)) {
    const auto at = behind.find(issue.id.value);
    if (at == behind.end()) continue;
    TableRow row{.issue = std::move(issue), .behind = at->second};
    row.is_criticised = criticised.contains(row.issue.id.value);
    for (const Objection& each : objections)
      if (each.issue == row.issue.id) {
        ++row.objections;
        if (!each.replied_at) ++row.open_objections;
      }
    rows.push_back(std::move(row));
  }
  put_in_order(rows);
  return rows;
}

std::vector<TableRow> sections_of(db::Read& read, ConsultationId id) {
  std::vector<TableRow> rows = table_of(read, id);
  if (rows.empty() || !rows.back().is_criticised) return rows;
  const auto bodies = bodies_behind(read, id);
  const std::size_t points = rows.size();
  for (std::size_t i = 0; i < points; ++i) {
    if (!rows[i].is_criticised) continue;
    Behind criticism, views = rows[i].behind;
    views.bodies.clear();
    for (const BodyBehind& each : bodies) {
      if (each.issue != rows[i].issue.id) continue;
      (each.criticises ? criticism : views).bodies.push_back(each.name);
      if (!each.criticises) continue;
      criticism.comments += each.comments;
      criticism.supports += each.supports;
      views.comments -= each.comments;
      views.supports -= each.supports;
    }
    if (views.comments <= 0) continue;
    rows[i].behind = std::move(criticism);
    TableRow beside = rows[i];
    beside.is_criticised = false;
    beside.behind = std::move(views);
    rows.push_back(std::move(beside));
  }
  put_in_order(rows);
  return rows;
}

std::optional<TextKey> section_before(std::span<const TableRow> rows, std::size_t at) {
  // Without criticism the table is one, as it was before there were sections.
  if (!rows.back().is_criticised) return std::nullopt;
  const bool begins = at == 0 || rows[at].is_criticised != rows[at - 1].is_criticised;
  if (!begins) return std::nullopt;
  return rows[at].is_criticised ? "consultation.table.criticism"_t : "consultation.table.views"_t;
}

std::string place_of(i18n::Voice voice, std::string_view clause) {
  if (clause == whole_draft) return std::string(voice("consultation.whole"_t));
  if (clause.empty()) return std::string(voice("consultation.gone"_t));
  return draft::cited(clause, voice.language() == i18n::Language::en);
}

std::string who_said(i18n::Voice voice, const Behind& behind) {
  std::string out = voice.counted("consultation.table.people"_t, behind.comments);
  std::string list;
  for (const Strength each : all_strengths) {
    const auto count = behind.by_strength[static_cast<std::size_t>(each)];
    if (count == 0) continue;
    if (!list.empty()) list += "; ";
    list += std::string(voice(key_of(each))) + ": " + voice.number(count);
  }
  if (behind.imported > 0) {
    if (!list.empty()) list += "; ";
    list += std::string(voice(key_of(Channel::imported))) + ": " + voice.number(behind.imported);
  }
  for (const std::string& each : behind.bodies) {
    if (!list.empty()) list += "; ";
    list += each;
  }
  if (!list.empty()) out += " (" + list + ")";
  if (behind.supports > 0)
    out += ". " + voice.counted("consultation.comment.support"_t, behind.supports);
  return out;
}

std::string answer_in_words(i18n::Voice voice, const Issue& issue) {
  if (!issue.answer || !issue.answered_at) return std::string(voice("consultation.answer.waits"_t));
  std::string out(voice(key_of(*issue.answer)));
  if (!issue.changed_clause.empty()) out += " (" + place_of(voice, issue.changed_clause) + ")";
  out += ".";
  if (!issue.reason.empty()) out += " " + issue.reason;
  if (!issue.wording.empty())
    out += "\n" + voice("consultation.answer.reads_now"_t, {{"words", issue.wording}});
  return out;
}

std::string table_csv(const std::vector<TableRow>& rows) {
  const i18n::Voice voice(i18n::Language::vi);
  std::string out(csv::byte_order_mark);
  const std::string_view head[] = {
      voice("consultation.table.number"_t), voice("consultation.table.place"_t),
      voice("consultation.table.who"_t), voice("consultation.table.content"_t),
      voice("consultation.table.answer"_t)};
  csv::append(out, head);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const TableRow& row = rows[i];
    if (const auto section = section_before(rows, i)) {
      const std::string_view cells[] = {"", "", "", voice(*section), ""};
      csv::append(out, cells);
    }
    const std::string number = std::to_string(row.number);
    const std::string place = place_of(voice, row.issue.clause);
    const std::string who = who_said(voice, row.behind);
    const std::string answer = answer_in_words(voice, row.issue);
    const std::string_view cells[] = {number, place, who, row.issue.title, answer};
    csv::append(out, cells);
  }
  return out;
}

}  // namespace ln::consultation
