#include "core/ledger/ledger_public_grassroots.h"

#include <algorithm>

#include "base/text.h"
#include "core/ledger/ledger_late.h"
#include "core/ledger/ledger_public.h"
#include "platform/json/json.h"

namespace ln::ledger {
namespace {

constexpr std::int64_t grassroots_version = 1, number_max = (std::int64_t{1} << 53) - 1;
constexpr std::size_t name_size_max = 64, grassroots_depth_max = 2;

bool is_plain_name(std::string_view text) {
  return !text.empty() && text.size() <= name_size_max && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '_' || c == '-';
  });
}
bool is_small_word(std::optional<std::string_view> text) {
  return text && is_plain_name(*text) &&
         std::ranges::all_of(*text, [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; });
}
bool is_exact(std::optional<std::int64_t> number) {
  return number && *number >= 0 && *number <= number_max;
}

}  // namespace

std::string text_of(const GrassrootsFact& fact) {
  std::string json;
  json::Writer out(json);
  out.object().member("count", fact.count).member("hash", to_hex(fact.hash));
  out.member("k", grassroots_word).member("number", fact.number).member("room", fact.room);
  out.member("t", to_iso(fact.at)).member("unit", fact.unit).member("until", to_iso(fact.until));
  out.member("v", grassroots_version).member("what", fact.what).end_object();
  return json;
}

std::optional<GrassrootsFact> parse_grassroots(std::string_view payload) {
  const auto document = json::parse(
      payload,
      {.size_max = fact_size_max, .depth_max = grassroots_depth_max, .form = json::Form::as_sent});
  if (!document.ok()) return std::nullopt;
  const json::Value root = document.value().root();
  const auto what = root.text("what"), room = root.text("room"), unit = root.text("unit");
  const auto number = root.integer("number"), count = root.integer("count");
  const auto bytes = from_hex(root.text("hash").value_or("-"));
  const auto hash = bytes ? merkle::to_hash(*bytes) : std::nullopt;
  const auto at = instant_of(std::string(root.text("t").value_or("")));
  const auto until = instant_of(std::string(root.text("until").value_or("")));
  if (!is_small_word(what) || !is_small_word(room) || !unit || !is_plain_name(*unit) ||
      !is_exact(number) || !is_exact(count) || !hash || !at || !until)
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
