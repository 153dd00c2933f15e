#include "feature/feedback/feedback_api_held.h"

#include "feature/feedback/feedback_api_json.h"
#include "feature/feedback/feedback_deadline.h"

namespace ln::feedback {
namespace {

// What the law says on the day of `from`, with the dates of whoever hands it in on that day.
void write_way(const http::Request& request, Sort sort, Instant from, json::Writer& writer) {
  writer.name("way").array();
  std::optional<Instant> taken_up;
  for (const Passage& each : passages_on(sort, local_day(from))) {
    writer.object().member("part", to_text(each.part));
    writer.member("text", in_language_of(request, each.text_vi, each.text_en));
    writer.member("source", each.source).member("valid_from", to_iso(each.valid_from));
    writer.member("confirmed", each.is_confirmed);
    if (each.limit && each.part != Part::send_within) {
      const Instant start = each.part == Part::settled ? taken_up.value_or(from) : from;
      const Instant by = calendar::due(start, *each.limit, {}, *holidays()).at;
      if (each.part == Part::taken_up) taken_up = by;
      writer.member("by", to_iso(by));
    }
    writer.end_object();
  }
  writer.end_array();
}

}  // namespace

std::optional<Nature> nature_in(http::Members& members) {
  const std::string word = members.text("nature");
  if (word.empty()) return std::nullopt;
  const auto nature = from_word(all_natures, word);
  if (!nature) members.errors().add("nature", "feedback.form.nature.missing"_t);
  return nature;
}

void write_suspicion(json::Writer& writer, const Typed& typed, bool is_said, Instant now) {
  const auto found = is_said ? std::nullopt : suspicion_of(typed.title, typed.body, now);
  if (found) writer.member("suspected", petition::to_text(found->sort));
}

std::string held_rest(const http::Request& request, const HeldPrepared& prepared) {
  std::string out;
  json::Writer writer(out);
  writer.object().member("secret", prepared.secret);
  writer.member("held", petition::to_text(prepared.held.sort)).member("lodged", false);
  write_way(request, prepared.held.sort, prepared.held.received_at, writer);
  writer.end_object();
  return out.substr(1);
}

http::Response held_response(const http::Request& request, const Held& held) {
  http::Response response = http::json(200, "");
  json::Writer writer(response.body);
  writer.object().member("code", held.code.text());
  writer.member("held", petition::to_text(held.sort)).member("lodged", false);
  writer.member("received_at", to_iso(held.received_at))
      .member("erased", held.erased_at.has_value());
  writer.member("title", held.title).member("body", held.body);
  write_way(request, held.sort, held.received_at, writer);
  writer.end_object();
  return response;
}

}  // namespace ln::feedback
