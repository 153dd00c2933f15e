#include "feature/reception/reception_api.h"

#include "core/units/units_store.h"
#include "feature/reception/reception_pages_parts.h"
#include "platform/json/json.h"

namespace ln::reception {
namespace {

constexpr std::int64_t api_days_max = 100;

void write_day(json::Writer& out, db::Read& read, const Reception& r, Instant now) {
  const auto unit = units::find(read, r.unit);
  out.object().member("id", r.id.value);
  out.member("unit", unit ? std::string_view(unit->code) : std::string_view());
  out.member("receiver", r.receiver).member("place", r.place);
  out.member("starts_at", to_iso(r.starts_at)).member("ends_at", to_iso(r.ends_at()));
  out.member("turn_minutes", std::int64_t{r.turn_minutes}).member("places", r.places);
  out.member("free", band_of(free_of(read, r, now), r.places))
      .member("state", to_text(r.state))
      .member("moved", r.moved_count);
  out.end_object();
}

}  // namespace

Result<http::Response> list_api(const http::Request& request, db::Read& read, Instant now) {
  const std::int64_t from = place_in(request);
  Wanted wanted{.now = now, .from = from, .limit = api_days_max + 1};
  if (request.query.has("unit")) {
    const auto unit = units::find_on(read, request.query.text("unit"), local_day(now));
    if (!unit) return Error{ErrorKind::not_found, "reception.error.no_unit"_t};
    wanted.unit = unit->id;
  }
  auto all = days_of(read, wanted);
  const bool has_more = std::ssize(all) > api_days_max;
  if (has_more) all.pop_back();
  http::Response response = http::json(200, {});
  json::Writer out(response.body);
  out.object().name("items").array();
  for (const Reception& each : all) write_day(out, read, each, now);
  out.end_array();
  if (has_more)
    out.member("next", from + api_days_max);
  else
    out.name("next").null();
  out.end_object();
  return response;
}

}  // namespace ln::reception
