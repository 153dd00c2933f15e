#include "feature/emulation/emulation_api.h"

#include <limits>

#include "core/units/units_store.h"
#include "feature/emulation/emulation_store.h"
#include "platform/http/http_list.h"

namespace ln::emulation {
namespace {

constexpr std::int64_t adopters_told = 20;

void write_model(json::Writer& out, db::Read& read, const Model& m) {
  const auto unit = units::find(read, m.unit);
  out.object().member("id", m.id.value);
  out.member("unit", unit ? std::string_view(unit->code) : std::string_view());
  out.member("name_vi", m.name_vi).member("name_en", m.name_en);
  out.member("field", to_text(m.field)).member("metric", to_text(m.metric));
  out.member("stands", to_text(stands_of(read, m.id)));
}

// 0 of 0 is withheld: it is not kept either.
void write_share(json::Writer& out, std::string_view name, const stats::Share& share) {
  out.name(name);
  if (share.whole < cases_min) {
    out.null();
    return;
  }
  out.object().member("part", share.part).member("whole", share.whole).end_object();
}

std::string_view word_of(Reading reading) {
  switch (reading) {
    case Reading::too_few: return "too_few";
    case Reading::no_change: return "no_change";
    case Reading::better: return "better";
    case Reading::worse: return "worse";
  }
  return {};
}

void write_claim(json::Writer& out, const Model& m, const std::optional<Claim>& claim) {
  out.name("claim");
  if (!claim) {
    out.null();
    return;
  }
  const Reading reading = reading_of(m.metric, *claim);
  out.object().member("reading", word_of(reading)).name("difference");
  if (reading == Reading::too_few) {
    out.null();
  } else {
    constexpr int digits = 3;  // of a share: one of a percentage, as on the page
    const stats::Difference d = difference_of(*claim);
    out.object().name("value").decimal(d.difference, digits);
    out.name("low").decimal(d.interval.low, digits).name("high").decimal(d.interval.high, digits);
    out.end_object();
  }
  write_share(out, "before", claim->before);
  write_share(out, "after", claim->after);
  write_share(out, "others_before", claim->city_before);
  write_share(out, "others_after", claim->city_after);
  out.member("ledger_size", claim->ledger_size).name("lines").array();
  for (const std::int64_t line : claim->lines) out.integer(line);
  out.end_array().end_object();
}

}  // namespace

Result<http::Response> list_api(const http::Request& request, db::Read& read) {
  TRY(const http::ListAsked asked, http::list_asked(request));
  const std::int64_t before =
      asked.after == 0 ? std::numeric_limits<std::int64_t>::max() : asked.after;
  return http::list_answer(
      asked, models_before(read, ModelId{before}, asked.limit + 1),
      [&](json::Writer& out, const Model& each) {
        write_model(out, read, each);
        out.end_object();
      },
      [](const Model& each) { return each.id.value; });
}

Result<http::Response> model_api(const http::Request& request, db::Read& read) {
  const auto m = find(read, ModelId{request.path_number("id")});
  if (!m) return Error{ErrorKind::not_found, "emulation.error.none"_t};
  return http::one_answer([&](json::Writer& out) {
    write_model(out, read, *m);
    out.member("task", m->task).member("place", m->place).member("launched_by", m->launched_by);
    constexpr std::chrono::days one{1};
    out.member("before_from", to_iso(m->before_from()));
    out.member("before_to", to_iso(m->begins_on - one));
    out.member("after_from", to_iso(m->begins_on)).member("after_to", to_iso(m->after_to() - one));
    out.member("adopted_from",
               m->adopted_from.value == 0 ? std::nullopt : std::optional(m->adopted_from.value));
    write_claim(out, *m, claim_of(read, m->id));
    out.name("events").array();
    for (const Event& each : events_of(read, m->id)) {
      out.object().member("kind", to_text(each.kind)).member("text", each.text);
      out.member("said_at", to_iso(each.said_at)).member("line", each.line).end_object();
    }
    out.end_array().name("adopted_by").array();
    for (const Model& each : adopters_of(read, m->id, adopters_told)) out.integer(each.id.value);
    out.end_array().end_object();
  });
}

}  // namespace ln::emulation
