#include "feature/dialogue/dialogue_api.h"

#include <map>
#include <vector>

#include "core/units/units_store.h"
#include "feature/dialogue/dialogue_store.h"
#include "platform/html/url.h"
#include "platform/http/http_list.h"

namespace ln::dialogue {
namespace {

std::string code_of_unit(db::Read& read, units::UnitId id) {
  const auto unit = units::find(read, id);
  return unit ? unit->code : std::string();
}

void write_session(json::Writer& out, db::Read& read, const Dialogue& d) {
  out.object().member("id", d.id.value).member("unit", code_of_unit(read, d.unit));
  out.member("topic_vi", d.topic_vi).member("topic_en", d.topic_en);
  out.member("stage", to_text(d.stage)).member("leader", d.leader);
  out.member("starts_at", to_iso(d.starts_at));
}

void write_counts(json::Writer& out, const Counts& counts) {
  out.name("questions").object().member("all", counts.all).member("answered", counts.answered);
  out.member("waiting", counts.waiting).member("merged", counts.merged);
  out.member("hidden", counts.hidden).member("withdrawn", counts.withdrawn).end_object();
}

void write_promises(json::Writer& out, db::Read& read, const Dialogue& d, Instant now) {
  const auto codes = codes_of_promised(read, d.id);
  out.name("promises").array();
  for (const Promise& each : promises_of(read, d.id)) {
    // The page shows a promise below its question; of one that was joined to another it shows none.
    const auto code = codes.find(each.question_id);
    if (code == codes.end()) continue;
    out.object().member("id", each.id).member("text", each.text);
    out.member("question", code->second);
    out.member("due_on", to_iso(each.due_on)).member("state", each.state);
    out.member("is_overdue", each.is_overdue(now)).end_object();
  }
  out.end_array();
}

void write_said(json::Writer& out, const Question& q) {
  out.member("code", q.code->text()).member("sight", to_text(q.state));
  out.member("text", q.state == Sight::shown ? std::optional(q.body) : std::nullopt);
  out.member("language", q.in_english ? "en" : "vi");
  out.member("hidden_because", q.state == Sight::hidden && q.reason
                                   ? std::optional(std::string(to_text(*q.reason)))
                                   : std::nullopt);
  out.member("turn", to_text(q.turn)).member("way", to_text(q.way));
  out.member("wants_to_speak", q.wants_to_speak).member("support", q.support_count);
  out.member("support_ranked", q.support_ranked).name("support_networks").array();
  for (const std::int64_t each : q.support_networks) out.integer(each);
  out.end_array();
}

using Joined = std::map<std::int64_t, std::vector<Question>>;

void write_question(json::Writer& out, const Joined& joined, const Question& q) {
  out.object();
  write_said(out, q);
  out.member("answer", q.answer.empty() ? std::nullopt : std::optional(q.answer));
  out.name("joined").array();
  if (const auto found = joined.find(q.id.value); found != joined.end())
    for (const Question& each : found->second) {
      if (!each.code) continue;
      out.object();
      write_said(out, each);
      out.end_object();
    }
  out.end_array().end_object();
}

}  // namespace

Result<http::Response> list_api(const http::Request& request, db::Read& read) {
  TRY(const http::ListAsked asked, http::list_asked(request));
  return http::list_answer(
      asked, dialogues_before(read, asked.after, asked.limit + 1),
      [&](json::Writer& out, const Dialogue& each) {
        write_session(out, read, each);
        out.end_object();
      },
      [](const Dialogue& each) { return each.id.value; });
}

Result<http::Response> session_api(const http::Request& request, db::Read& read, Instant now) {
  const auto d = find(read, DialogueId{request.path_number("id")});
  if (!d) return Error{ErrorKind::not_found, "dialogue.error.none"_t};
  return http::one_answer([&](json::Writer& out) {
    write_session(out, read, *d);
    out.member("summary", d->summary).member("place", d->place);
    out.member("closes_at", to_iso(d->closes_at));
    out.member("stream", html::Url::external(d->stream) ? std::optional(d->stream) : std::nullopt);
    write_counts(out, counts_of(read, d->id));
    out.name("events").array();
    for (const Event& each : events_of(read, d->id)) {
      out.object().member("at", to_iso(each.at)).member("what", to_text(each.what));
      out.member("words", each.words).member("line", each.line).end_object();
    }
    out.end_array();
    write_promises(out, read, *d, now);
    out.end_object();
  });
}

Result<http::Response> questions_api(const http::Request& request, db::Read& read) {
  const auto d = find(read, DialogueId{request.path_number("id")});
  if (!d) return Error{ErrorKind::not_found, "dialogue.error.none"_t};
  TRY(const http::ListAsked asked, http::list_asked(request));
  // Once for all of them.
  const Joined joined = merged_in(read, d->id);
  return http::list_answer(
      asked, questions_of(read, d->id, asked.after, asked.limit + 1),
      [&](json::Writer& out, const Question& each) { write_question(out, joined, each); },
      [&](const Question&) { return asked.after + asked.limit; });
}

}  // namespace ln::dialogue
