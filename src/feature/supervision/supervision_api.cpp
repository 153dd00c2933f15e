#include "feature/supervision/supervision_api.h"

#include <algorithm>

#include "base/text.h"
#include "core/units/units_store.h"
#include "feature/supervision/supervision_pages_parts.h"
#include "platform/http/http_list.h"

namespace ln::supervision {
namespace {

std::string code_of_unit(db::Read& read, units::UnitId id) {
  const auto unit = units::find(read, id);
  return unit ? unit->code : std::string();
}

std::optional<std::string> moment_or_null(const std::optional<Instant>& at) {
  return at ? std::optional(to_iso(*at)) : std::nullopt;
}

void write_programme(json::Writer& out, db::Read& read, const Programme& p) {
  out.object().member("id", p.id.value).member("unit", code_of_unit(read, p.unit));
  out.member("title_vi", p.title_vi).member("title_en", p.title_en);
  out.member("stage", to_text(p.stage)).member("frame_size", p.frame_size);
}

void write_draw(json::Writer& out, const Sheet& sheet) {
  const Programme& p = sheet.programme;
  out.member("from", to_iso(p.from)).member("to", to_iso(p.to));
  out.member("announced_at", to_iso(p.created_at)).member("line", p.line);
  out.member("frame_sha256", to_hex(as_bytes(p.frame_hash))).member("head_at", to_iso(p.head_at));
  out.member("head_size", p.head_size);
  out.member("head_root",
             p.head_size ? std::optional(to_hex(as_bytes(p.head_root))) : std::nullopt);
  out.member("drawn_at", moment_or_null(p.drawn_at)).member("drawn_line", p.drawn_line);
  out.member("finished_at", moment_or_null(p.finished_at)).member("finished_line", p.finished_line);
  out.name("strata").array();
  std::int64_t first = 1;
  for (const draw::Stratum& each : sheet.strata) {
    out.object().member("stratum", each.word).member("in_frame", each.size);
    out.member("to_draw", std::min(each.size, each.count)).name("drawn").array();
    for (const std::int64_t number : sheet.drawn)
      if (number >= first && number < first + each.size) out.integer(number);
    first += each.size;
    out.end_array().end_object();
  }
  out.end_array();
}

void write_findings(json::Writer& out, const Sheet& sheet) {
  const auto last = last_findings(sheet.findings);
  out.name("findings").object().member("drawn", std::ssize(sheet.drawn));
  out.member("found", std::ssize(last))
      .member("corrected", std::ssize(sheet.findings) - std::ssize(last));
  for (const Outcome each : all_outcomes)
    out.member(to_text(each), std::ranges::count(last, each, &Finding::outcome));
  out.end_object();
}

void write_advice(json::Writer& out, db::Read& read, const Advice& advice, Instant now) {
  out.object().member("number", advice.number).member("unit", code_of_unit(read, advice.unit));
  out.member("text", advice.text).member("advised_at", to_iso(advice.advised_at));
  out.member("line", advice.line).member("is_late", advice.is_late(now));
  out.member("state", advice.is_verified()            ? "verified"
                      : advice.waits_for_supervisor() ? "answered"
                                                      : "waits");
  out.member("due_on", !advice.is_verified() && !advice.waits_for_supervisor()
                           ? std::optional(to_iso(advice.due_now()))
                           : std::nullopt);
  out.name("said").array();
  for (const Said& each : advice.said) {
    out.object().member("kind", to_text(each.kind)).member("text", each.text);
    out.member("said_at", to_iso(each.said_at)).member("line", each.line).end_object();
  }
  out.end_array().end_object();
}

}  // namespace

Result<http::Response> list_api(const http::Request& request, db::Read& read, Instant now) {
  TRY(const http::ListAsked asked, http::list_asked(request));
  return http::list_answer(
      asked, programmes(read, asked.after, asked.limit + 1),
      [&](json::Writer& out, const Programme& each) {
        write_programme(out, read, each);
        const auto advice = advice_of(read, each.id);
        out.member("advice", std::ssize(advice));
        out.member("advice_late", std::ranges::count_if(
                                      advice, [&](const Advice& one) { return one.is_late(now); }));
        out.end_object();
      },
      [](const Programme& each) { return each.id.value; });
}

Result<http::Response> programme_api(const http::Request& request, db::Read& read, Instant now) {
  const auto sheet = sheet_of(read, ProgrammeId{request.path_number("id")});
  if (!sheet) return Error{ErrorKind::not_found, "supervision.error.none"_t};
  return http::one_answer([&](json::Writer& out) {
    write_programme(out, read, sheet->programme);
    out.member("subject", sheet->programme.subject);
    write_draw(out, *sheet);
    // Before the draw the page tells of neither.
    if (sheet->programme.stage == Stage::announced) {
      out.name("findings").null().name("advice").array().end_array().end_object();
      return;
    }
    write_findings(out, *sheet);
    out.name("advice").array();
    for (const Advice& each : sheet->advice) write_advice(out, read, each, now);
    out.end_array().end_object();
  });
}

}  // namespace ln::supervision
