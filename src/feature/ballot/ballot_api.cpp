#include "feature/ballot/ballot_api.h"

#include "base/text.h"
#include "core/units/units_store.h"
#include "feature/ballot/ballot_store.h"
#include "platform/http/http_list.h"

namespace ln::ballot {
namespace {

void write_ballot(json::Writer& out, db::Read& read, const Ballot& b, Instant now) {
  const auto unit = units::find(read, b.unit);
  out.object().member("id", b.id.value);
  out.member("unit", unit ? std::string_view(unit->code) : std::string_view());
  out.member("area", b.area).member("title_vi", b.title_vi).member("title_en", b.title_en);
  out.member("stage", to_text(b.stage)).member("is_open", b.is_open(now));
  out.member("waits_for_count", b.waits_for_count(now)).member("households", b.households);
  out.member("opens_at", to_iso(b.opens_at)).member("closes_at", to_iso(b.closes_at));
}

void write_part(json::Writer& out, std::string_view name, const Part& part) {
  out.name(name).object().member("part", part.part).member("whole", part.whole).end_object();
}

// What was decided and by how many, as the page tells once it is counted.
void write_result(json::Writer& out, const Outcome& outcome) {
  out.name("result").object().member("passed", outcome.passed);
  out.member("is_quorate", outcome.is_quorate).member("is_tied", outcome.is_tied);
  out.member("blank", outcome.counts.front()).end_object();
}

void write_questions(json::Writer& out, db::Read& read, const Ballot& b) {
  const bool is_counted = b.stage == Stage::counted;
  const auto votes = is_counted ? votes_of(read, b.id) : std::vector<Vote>();
  out.name("questions").array();
  for (const Question& each : questions_of(read, b.id)) {
    const auto outcome =
        is_counted ? std::optional(result_of(b.rule, b.households, each, votes)) : std::nullopt;
    out.object().member("number", each.number);
    out.member("text_vi", each.text_vi).member("text_en", each.text_en).name("options").array();
    for (const Option& option : each.options) {
      out.object().member("number", option.number).member("text_vi", option.text_vi);
      out.member("text_en", option.text_en);
      if (outcome) out.member("votes", outcome->counts[static_cast<std::size_t>(option.number)]);
      out.end_object();
    }
    out.end_array();
    if (outcome) write_result(out, *outcome);
    out.end_object();
  }
  out.end_array();
}

void write_count(json::Writer& out, db::Read& read, const Ballot& b) {
  const std::int64_t objections = count_objects(read, b.id);
  out.name("count").object().member("voted", b.voted.value_or(0)).member("on_paper", b.handed_in);
  out.member("counted_at", b.counted_at ? std::optional(to_iso(*b.counted_at)) : std::nullopt);
  out.member("line", b.counted_line).member("box_sha256", to_hex(as_bytes(b.box_hash)));
  out.member("text_sha256", to_hex(as_bytes(b.text_hash)));
  // "None" and "few" are told apart, as on the page; how many few are is not.
  out.member("has_objections", objections > 0);
  out.member("objections",
             objections >= objections_floor ? std::optional(objections) : std::nullopt);
  out.end_object();
}

}  // namespace

Result<http::Response> list_api(const http::Request& request, db::Read& read, Instant now) {
  TRY(const http::ListAsked asked, http::list_asked(request));
  return http::list_answer(
      asked, ballots(read, asked.after, asked.limit + 1),
      [&](json::Writer& out, const Ballot& each) {
        write_ballot(out, read, each, now);
        out.end_object();
      },
      [](const Ballot& each) { return each.id.value; });
}

Result<http::Response> ballot_api(const http::Request& request, db::Read& read, Instant now) {
  const auto b = find(read, BallotId{request.path_number("id")});
  if (!b) return Error{ErrorKind::not_found, "ballot.error.none"_t};
  return http::one_answer([&](json::Writer& out) {
    write_ballot(out, read, *b, now);
    out.member("summary", b->summary).member("announced_at", to_iso(b->created_at));
    out.member("line", b->line);
    out.name("rule").object().member("code", b->rule.code).member("source", b->rule.source);
    write_part(out, "needs", b->rule.needs);
    out.member("is_above", b->rule.is_above);
    write_part(out, "quorum", b->rule.quorum);
    out.end_object();
    write_questions(out, read, *b);
    if (b->stage == Stage::counted)
      write_count(out, read, *b);
    else
      out.name("count").null();
    out.name("events").array();
    for (const Event& each : events_of(read, b->id)) {
      // The page tells why a household was taken off in the words of a list, and why a ballot was
      // cancelled; of everything else it tells no words.
      const bool has_words =
          each.what == Happening::cancelled ||
          (each.what == Happening::removed && from_word(all_removals, each.words));
      out.object().member("at", to_iso(each.at)).member("what", to_text(each.what));
      out.member("words", has_words ? std::optional(each.words) : std::nullopt);
      out.member("line", each.line).end_object();
    }
    out.end_array().end_object();
  });
}

}  // namespace ln::ballot
