#include "feature/feedback/feedback_api_json.h"

#include <string>

#include "base/text.h"
#include "core/units/units_store.h"
#include "core/units/units_store_procedures.h"
#include "feature/feedback/feedback_store_part.h"

namespace ln::feedback {
namespace {

// What was written is for its writer; everybody else reads what an officer has released.
bool shows_text(const Feedback& feedback, Reader reader) {
  if (feedback.erased_at) return false;
  return reader == Reader::holder || feedback.published_at.has_value();
}

// What happened because it was erased, at that instant; only its day is for everybody.
bool is_of_erasure(const Feedback& feedback, Instant at) { return feedback.erased_at == at; }

void write_event(const http::Request& request,
                 db::Read& read,
                 const Feedback& feedback,
                 const Event& event,
                 Reader reader,
                 json::Writer& writer) {
  writer.object().member("event", event.event).member("at", to_iso(event.at));
  writer.member("by", event.party);
  if (event.unit.value != 0) write_unit(request, read, "unit", event.unit, writer);
  if (!event.text.empty() && shows_text(feedback, reader)) writer.member("text", event.text);
  if (!event.reason.empty()) writer.member("reason", event.reason);
  if (event.day) writer.member("day", to_iso(*event.day));
  // The number of a line would tie the lines of one case together for everybody.
  if (event.ledger_index && reader == Reader::holder)
    writer.member("ledger_index", *event.ledger_index);
  if (event.joins_before && reader == Reader::holder)
    writer.member("joins_before", to_iso(*event.joins_before));
  writer.end_object();
}

void write_timeline(const http::Request& request,
                    db::Read& read,
                    const Feedback& feedback,
                    Reader reader,
                    json::Writer& writer) {
  writer.name("timeline").array();
  for (const Event& event : events_of(read, feedback.id)) {
    if (event.audience == Audience::staff) continue;
    if (event.audience == Audience::holder && reader != Reader::holder) continue;
    if (is_of_erasure(feedback, event.at) && reader != Reader::holder) continue;
    write_event(request, read, feedback, event, reader, writer);
  }
  writer.end_array();
}

void write_topic(const http::Request& request,
                 db::Read& read,
                 const Feedback& feedback,
                 json::Writer& writer) {
  const auto topic = feedback.topic.value == 0 ? std::nullopt : find_topic(read, feedback.topic);
  writer.name("topic");
  if (!topic) {
    writer.null();
    return;
  }
  writer.object().member("code", topic->code);
  writer.member("name", in_language_of(request, topic->name_vi, topic->name_en)).end_object();
}

// What every reader and every list has.
void write_common(const http::Request& request,
                  db::Read& read,
                  const Feedback& feedback,
                  json::Writer& writer) {
  writer.member("code", feedback.code.text());
  writer.member("state", to_text(feedback.state));
  writer.member("kind", to_text(feedback.kind)).member("about", to_text(feedback.about));
  write_topic(request, read, feedback, writer);
  write_unit(request, read, "unit", feedback.unit, writer);
  writer.member("received_at", to_iso(feedback.received_at));
  writer.member("due_at", to_iso(feedback.due_at));
  writer.name("published_at");
  if (feedback.published_at)
    writer.text(to_iso(*feedback.published_at));
  else
    writer.null();
  if (!feedback.erased_at || !feedback.erased_because) return;
  // The day, as the page says it: by the second a line of the public log would be this case's.
  writer.member("erased_on", to_iso(local_day(*feedback.erased_at)));
  writer.member("erased_because", to_text(*feedback.erased_because));
}

// What other offices answer of a letter: the same secret opens each under its code.
void write_parts(db::Read& read, const Feedback& feedback, json::Writer& writer) {
  const auto parts = parts_of(read, feedback.id);
  if (parts.empty()) return;
  writer.name("parts").array();
  for (const LetterPart& each : parts)
    if (const auto part = each.undone_at ? std::nullopt : find(read, each.id))
      writer.text(part->code.text());
  writer.end_array();
}

void write_what_the_holder_sent(const http::Request& request,
                                db::Read& read,
                                const Feedback& feedback,
                                json::Writer& writer) {
  writer.member("title", feedback.title).member("body", feedback.body);
  writer.member("from", to_text(feedback.sender));
  writer.member("public", feedback.is_public).member("protected", feedback.is_protected);
  write_unit(request, read, "about_unit", feedback.object_unit, writer);
  if (!feedback.place.empty()) writer.member("place", feedback.place);
  if (feedback.position) writer.member("position", geo::to_text(*feedback.position));
  if (!feedback.dossier.empty()) writer.member("dossier", feedback.dossier);
  if (!feedback.counter.empty()) writer.member("counter", feedback.counter);
  if (feedback.happened_on) writer.member("happened_on", to_iso(*feedback.happened_on));
  const auto procedure = feedback.procedure_id == 0
                             ? std::nullopt
                             : units::find_procedure(read, {feedback.procedure_id});
  if (procedure) writer.member("procedure", procedure->code);
  write_parts(read, feedback, writer);
}

}  // namespace

std::string_view in_language_of(const http::Request& request,
                                std::string_view vi,
                                std::string_view en) {
  const bool english = request.view.voice.language() == i18n::Language::en;
  return english && !en.empty() ? en : vi;
}

void write_unit(const http::Request& request,
                db::Read& read,
                std::string_view name,
                units::UnitId id,
                json::Writer& writer) {
  const auto unit = id.value == 0 ? std::nullopt : units::find(read, id);
  writer.name(name);
  if (!unit) {
    writer.null();
    return;
  }
  writer.object().member("code", unit->code);
  writer.member("name", in_language_of(request, unit->name, unit->name_en)).end_object();
}

http::Response case_response(const http::Request& request,
                             db::Read& read,
                             const Feedback& feedback,
                             Reader reader,
                             Instant now) {
  http::Response response = http::json(200, {});
  json::Writer writer(response.body);
  writer.object();
  write_common(request, read, feedback, writer);
  writer.member("overdue", is_overdue(feedback, now));
  writer.member("first_due_at", to_iso(feedback.first_due_at));
  writer.member("recurrence", feedback.recurrence);
  if (feedback.promised_on) writer.member("promised_on", to_iso(*feedback.promised_on));
  const bool hides_end = feedback.closed_at && is_of_erasure(feedback, *feedback.closed_at) &&
                         reader != Reader::holder;
  if (feedback.closed_at && !hides_end) {
    writer.member("closed_at", to_iso(*feedback.closed_at));
    if (!feedback.closed_by.empty()) writer.member("closed_by", feedback.closed_by);
  }
  if (reader == Reader::holder && !feedback.erased_at)
    write_what_the_holder_sent(request, read, feedback, writer);
  else if (shows_text(feedback, reader))
    writer.member("title", feedback.public_title).member("body", feedback.public_body);
  write_timeline(request, read, feedback, reader, writer);
  writer.end_object();
  return response;
}

void write_published(const http::Request& request,
                     db::Read& read,
                     const Feedback& feedback,
                     json::Writer& writer) {
  writer.object();
  write_common(request, read, feedback, writer);
  writer.member("title", feedback.public_title).member("body", feedback.public_body);
  writer.end_object();
}

Error refuse_parameter(std::string_view name, TextKey text) {
  return {ErrorKind::invalid, text, {{std::string(name), text}}};
}

Result<std::int64_t> limit_in(const http::Request& request, std::int64_t usual, std::int64_t most) {
  const std::string_view typed = request.query.text("limit");
  if (typed.empty()) return usual;
  const auto limit = parse_number(typed);
  if (!limit || *limit < 1 || *limit > most)
    return refuse_parameter("limit", "feedback.error.limit"_t);
  return *limit;
}

}  // namespace ln::feedback
