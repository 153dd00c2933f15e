#include "core/ledger/ledger_public_grassroots.h"

#include "core/ledger/ledger_late.h"
#include "core/ledger/ledger_public.h"
#include "core/ledger/ledger_public_parts.h"
#include "platform/json/json.h"

namespace ln::ledger {

std::string text_of(const GrassrootsFact& fact) {
  std::string json;
  json::Writer out(json);
  out.object().member("count", fact.count).member("hash", to_hex(fact.hash));
  out.member("k", grassroots_word).member("number", fact.number).member("room", fact.room);
  out.member("t", to_iso(fact.at)).member("unit", fact.unit).member("until", to_iso(fact.until));
  out.member("v", plain::version).member("what", fact.what).end_object();
  return json;
}

std::optional<GrassrootsFact> parse_grassroots(std::string_view payload) {
  const auto document = json::parse(
      payload,
      {.size_max = fact_size_max, .depth_max = plain::depth_max, .form = json::Form::as_sent});
  if (!document.ok()) return std::nullopt;
  const json::Value root = document.value().root();
  const auto what = root.text("what"), room = root.text("room"), unit = root.text("unit");
  const auto number = root.integer("number"), count = root.integer("count");
  const auto hash = plain::hash_of(root.text("hash"));
  const auto at = instant_of(std::string(root.text("t").value_or("")));
  const auto until = instant_of(std::string(root.text("until").value_or("")));
  if (!what || !plain::is_word(*what) || !room || !plain::is_word(*room) || !unit ||
      !plain::is_code(*unit) || !plain::is_count(number) || !plain::is_count(count) || !hash ||
      !at || !until)
    return std::nullopt;
  GrassrootsFact fact{.at = *at,
                      .what = std::string(*what),
                      .room = std::string(*room),
                      .number = *number,
                      .count = *count,
                      .unit = std::string(*unit),
                      .hash = *hash,
                      .until = *until};
  if (text_of(fact) != payload) return std::nullopt;
  return fact;
}

Subject subject_of(const GrassrootsFact& fact) { return {fact.room, fact.number}; }

}  // namespace ln::ledger
