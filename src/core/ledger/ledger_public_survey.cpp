#include "core/ledger/ledger_public_survey.h"

#include <algorithm>

#include "base/text.h"
#include "core/ledger/ledger_late.h"
#include "core/ledger/ledger_public.h"
#include "platform/json/json.h"

namespace ln::ledger {
namespace {

constexpr std::int64_t survey_version = 1, survey_exact_max = (std::int64_t{1} << 53) - 1;
constexpr std::size_t survey_depth_max = 4, survey_code_size_max = 64;

bool is_survey_code(std::string_view text) {
  return !text.empty() && text.size() <= survey_code_size_max &&
         std::ranges::all_of(text, [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  c == '.' || c == '_' || c == '-';
         });
}

bool is_survey_word(std::string_view text) {
  return is_survey_code(text) &&
         std::ranges::all_of(text, [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; });
}

bool is_survey_count(std::optional<std::int64_t> count) {
  return count && *count >= 0 && *count <= survey_exact_max;
}

}  // namespace

std::string text_of(const SurveyFact& fact) {
  std::string json;
  json::Writer out(json);
  out.object().member("count", fact.count).member("hash", to_hex(fact.hash));
  out.member("k", survey_word).member("survey", fact.survey).member("t", to_iso(fact.at));
  out.member("unit", fact.unit).member("until", to_iso(fact.until)).member("v", survey_version);
  out.member("what", fact.what).end_object();
  return json;
}

std::optional<SurveyFact> parse_survey(std::string_view payload) {
  const auto document = json::parse(
      payload,
      {.size_max = fact_size_max, .depth_max = survey_depth_max, .form = json::Form::as_sent});
  if (!document.ok()) return std::nullopt;
  const json::Value root = document.value().root();
  const auto what = root.text("what"), unit = root.text("unit");
  const auto survey = root.integer("survey"), count = root.integer("count");
  const auto bytes = from_hex(root.text("hash").value_or(""));
  const auto hash = bytes ? merkle::to_hash(*bytes) : std::nullopt;
  const auto at = instant_of(std::string(root.text("t").value_or("")));
  const auto until = instant_of(std::string(root.text("until").value_or("")));
  if (!what || !is_survey_word(*what) || !unit || !is_survey_code(*unit) ||
      !is_survey_count(survey) || !is_survey_count(count) || !hash || !at || !until)
    return std::nullopt;
  SurveyFact fact{*at, std::string(*what), *survey, *count, std::string(*unit), *hash, *until};
  return text_of(fact) == payload ? std::optional(std::move(fact)) : std::nullopt;
}

Subject subject_of(const SurveyFact& fact) { return {"survey", fact.survey}; }

}  // namespace ln::ledger
