#include "core/ledger/ledger_public_supervision.h"

#include "core/ledger/ledger_late.h"
#include "core/ledger/ledger_public.h"
#include "core/ledger/ledger_public_parts.h"
#include "platform/json/json.h"

namespace ln::ledger {

std::string text_of(const SupervisionFact& fact) {
  std::string json;
  json::Writer out(json);
  out.object().member("count", fact.count).member("hash", to_hex(fact.hash));
  out.member("k", supervision_word).member("number", fact.number);
  out.member("programme", fact.programme).member("t", to_iso(fact.at)).member("unit", fact.unit);
  out.member("until", to_iso(fact.until)).member("v", plain::version).member("what", fact.what);
  out.end_object();
  return json;
}

std::optional<SupervisionFact> parse_supervision(std::string_view payload) {
  const auto document = json::parse(
      payload,
      {.size_max = fact_size_max, .depth_max = plain::depth_max, .form = json::Form::as_sent});
  if (!document.ok()) return std::nullopt;
  const json::Value root = document.value().root();
  const auto what = root.text("what"), unit = root.text("unit");
  const auto programme = root.integer("programme"), number = root.integer("number"),
             count = root.integer("count");
  const auto hash = plain::hash_of(root.text("hash"));
  const auto at = instant_of(std::string(root.text("t").value_or("")));
  const auto until = instant_of(std::string(root.text("until").value_or("")));
  if (!what || !plain::is_word(*what) || !unit || !plain::is_code(*unit) ||
      !plain::is_count(programme) || !plain::is_count(number) || !plain::is_count(count) || !hash ||
      !at || !until)
    return std::nullopt;
  SupervisionFact fact{*at,    std::string(*what), *programme, *number,
                       *count, std::string(*unit), *hash,      *until};
  return text_of(fact) == payload ? std::optional(std::move(fact)) : std::nullopt;
}

Subject subject_of(const SupervisionFact& fact) { return {"supervision", fact.programme}; }

}  // namespace ln::ledger
