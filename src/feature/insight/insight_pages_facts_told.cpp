#include "feature/insight/insight_pages_facts_told.h"

#include <utility>

#include "base/text.h"
#include "platform/html/parts.h"

namespace ln::insight {
namespace {

bool is_ballot(const ledger::GrassrootsFact& fact) { return fact.room == "ballot"; }

constexpr std::pair<std::string_view, TextKey> fact_words[] = {
    {"court", "insight.facts.said.court"_t},
    {"procuracy", "insight.facts.said.procuracy"_t},
    {"police", "insight.facts.said.police"_t},
    {"inspectorate", "insight.facts.said.inspectorate"_t},
    {"other", "insight.facts.said.other"_t},
    {"refused", "insight.facts.said.refused"_t},
    {"partly", "insight.facts.said.partly"_t},
    {"given", "insight.facts.said.given"_t},
    {"announced", "insight.facts.said.announced"_t},
    {"opened", "insight.facts.said.opened"_t},
    {"version", "insight.facts.said.version"_t},
    {"extended", "insight.facts.said.extended"_t},
    {"closed", "insight.facts.said.closed"_t},
    {"decided", "insight.facts.said.decided"_t},
    {"table", "insight.facts.said.table"_t},
    {"archive", "insight.facts.said.archive"_t},
    {"drawn", "insight.facts.said.drawn"_t},
    {"printed", "insight.facts.said.printed"_t},
    {"finding", "insight.facts.said.finding"_t},
    {"replied", "insight.facts.said.replied"_t},
    {"advised", "insight.facts.said.advised"_t},
    {"answered", "insight.facts.said.answered"_t},
    {"verified", "insight.facts.said.verified"_t},
    {"finished", "insight.facts.said.finished"_t},
    {"removed", "insight.facts.said.removed"_t},
    {"reissued", "insight.facts.said.reissued"_t},
    {"counted", "insight.facts.said.counted"_t},
    {"cancelled", "insight.facts.said.cancelled"_t},
    {"moved", "insight.facts.said.moved"_t},
    {"held", "insight.facts.said.held"_t},
    {"due", "insight.facts.said.due"_t},
    {"posted", "insight.facts.said.posted"_t},
    {"replaced", "insight.facts.said.replaced"_t}};

}  // namespace

std::string said_word(const html::View& view, std::string_view word) {
  for (const auto& [known, key] : fact_words)
    if (known == word) return std::string(view(key));
  return std::string(word);
}

std::string title_of(const html::View& view, const ledger::SupervisionFact&) {
  return std::string(view("insight.facts.supervision"_t));
}

std::string title_of(const html::View& view, const ledger::SurveyFact&) {
  return std::string(view("insight.facts.survey"_t));
}

std::string title_of(const html::View& view, const ledger::GrassrootsFact& fact) {
  if (fact.room == "reception") return std::string(view("insight.facts.reception"_t));
  return std::string(
      view(is_ballot(fact) ? "insight.facts.ballot"_t : "insight.facts.disclosed"_t));
}

std::string summary_of(const html::View& view, const ledger::SupervisionFact& fact) {
  return said_word(view, fact.what) + " · " + std::to_string(fact.programme);
}

std::string summary_of(const html::View& view, const ledger::SurveyFact& fact) {
  return said_word(view, fact.what) + " · " + std::to_string(fact.survey);
}

std::string summary_of(const html::View& view, const ledger::GrassrootsFact& fact) {
  return said_word(view, fact.what) + " · " + std::to_string(fact.number);
}

html::Fragment told_hash(std::span<const std::uint8_t> bytes) {
  return html::fill(R"(<span class="hash" translate="no">{}</span>)", to_hex(bytes));
}

html::Fragment show(const html::View& view, const ledger::SupervisionFact& fact) {
  const html::Fact facts[] = {
      {view("insight.facts.supervision_what"_t), html::fill("{}", said_word(view, fact.what))},
      {view("insight.facts.supervision_number"_t), html::code(std::to_string(fact.number))},
      {view("insight.facts.supervision_count"_t), html::code(std::to_string(fact.count))},
      {view("insight.facts.supervision_unit"_t), html::code(fact.unit)},
      {view("insight.facts.supervision_until"_t), html::moment(view, fact.until)},
      {view("insight.facts.supervision_hash"_t), told_hash(fact.hash)}};
  html::Fragment out =
      html::fill(R"(<p>{}</p><p><a href="{}">{}</a></p>)", view("insight.facts.supervision_lead"_t),
                 html::Url::in(view, "/supervision/", fact.programme),
                 view("insight.facts.supervision_link"_t));
  out += html::facts(facts, true);
  return out;
}

html::Fragment show(const html::View& view, const ledger::SurveyFact& fact) {
  const html::Fact facts[] = {
      {view("insight.facts.survey_what"_t), html::fill("{}", said_word(view, fact.what))},
      {view("insight.facts.survey_count"_t), html::code(std::to_string(fact.count))},
      {view("insight.facts.survey_unit"_t), html::code(fact.unit)},
      {view("insight.facts.survey_until"_t), html::moment(view, fact.until)},
      {view("insight.facts.survey_hash"_t), told_hash(fact.hash)}};
  html::Fragment out = html::fill(
      R"(<p>{}</p><p><a href="{}">{}</a></p>)", view("insight.facts.survey_lead"_t),
      html::Url::in(view, "/surveys/", fact.survey), view("insight.facts.survey_link"_t));
  out += html::facts(facts, true);
  return out;
}

html::Fragment show(const html::View& view, const ledger::GrassrootsFact& fact) {
  const html::Fact facts[] = {
      {view("insight.facts.grassroots_what"_t), html::fill("{}", said_word(view, fact.what))},
      {view("insight.facts.grassroots_count"_t), html::code(std::to_string(fact.count))},
      {view("insight.facts.grassroots_unit"_t), html::code(fact.unit)},
      {view("insight.facts.grassroots_until"_t), html::moment(view, fact.until)},
      {view("insight.facts.grassroots_hash"_t), told_hash(fact.hash)}};
  const std::string_view room = is_ballot(fact)            ? "/ballots/"
                                : fact.room == "reception" ? "/receptions/"
                                                           : "/disclosure/";
  html::Fragment out =
      html::fill(R"(<p>{}</p><p><a href="{}">{}</a></p>)", view("insight.facts.grassroots_lead"_t),
                 html::Url::in(view, room, fact.number), view("insight.facts.grassroots_link"_t));
  out += html::facts(facts, true);
  return out;
}

}  // namespace ln::insight
