#include "feature/insight/insight_pages_facts_told.h"

#include "base/text.h"
#include "platform/html/parts.h"

namespace ln::insight {
namespace {

html::Fragment told_hash(const ledger::Hash& hash) {
  return html::fill(R"(<span class="hash" translate="no">{}</span>)", to_hex(hash));
}

}  // namespace

html::Fragment told_fact(const html::View& view, const ledger::SupervisionFact& fact) {
  const html::Fact facts[] = {
      {view("insight.facts.supervision_what"_t), html::code(fact.what)},
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

html::Fragment told_fact(const html::View& view, const ledger::SurveyFact& fact) {
  const html::Fact facts[] = {
      {view("insight.facts.survey_what"_t), html::code(fact.what)},
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

}  // namespace ln::insight
