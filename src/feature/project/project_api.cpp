#include "feature/project/project_api.h"

#include <limits>

#include "core/units/units_store.h"
#include "feature/project/project_store.h"
#include "platform/http/http_list.h"

namespace ln::project {
namespace {

// Lists of the store go on from a number that is no id yet.
std::int64_t below(const http::ListAsked& asked) {
  return asked.after == 0 ? std::numeric_limits<std::int64_t>::max() : asked.after;
}

void write_project(json::Writer& out, db::Read& read, const Project& p) {
  const auto unit = units::find(read, p.unit);
  out.object().member("id", p.id.value);
  out.member("unit", unit ? std::string_view(unit->code) : std::string_view());
  out.member("name_vi", p.name_vi).member("name_en", p.name_en).member("summary", p.summary);
}

void write_round(json::Writer& out, const Round& round) {
  out.object().member("number", round.number);
  out.member("opened_on", to_iso(local_day(round.opened_at)));
  out.member("opened_line", round.opened_line);
  out.member("asks_until",
             round.is_closed() ? std::nullopt : std::optional(to_iso(round.asks_until)));
  out.member("closed_on",
             round.closed_at ? std::optional(to_iso(local_day(*round.closed_at))) : std::nullopt);
  out.member("closed_line", round.closed_line);
  // Withheld ones are null in the rows already.
  out.member("raised", round.is_closed() ? round.raised : std::nullopt);
  out.member("answered", round.is_closed() ? round.raised : std::nullopt);
  out.member("remedied", round.is_closed() ? round.remedied : std::nullopt).end_object();
}

}  // namespace

Result<http::Response> list_api(const http::Request& request, db::Read& read) {
  TRY(const http::ListAsked asked, http::list_asked(request));
  return http::list_answer(
      asked, projects_before(read, ProjectId{below(asked)}, asked.limit + 1),
      [&](json::Writer& out, const Project& each) {
        write_project(out, read, each);
        out.end_object();
      },
      [](const Project& each) { return each.id.value; });
}

Result<http::Response> project_api(const http::Request& request, db::Read& read) {
  const auto p = find(read, ProjectId{request.path_number("id")});
  if (!p) return Error{ErrorKind::not_found, "project.error.none"_t};
  return http::one_answer([&](json::Writer& out) {
    write_project(out, read, *p);
    out.name("rounds").array();
    for (const Round& each : rounds_of(read, p->id)) write_round(out, each);
    out.end_array().end_object();
  });
}

Result<http::Response> items_api(const http::Request& request, db::Read& read) {
  const auto p = find(read, ProjectId{request.path_number("id")});
  if (!p) return Error{ErrorKind::not_found, "project.error.none"_t};
  TRY(const http::ListAsked asked, http::list_asked(request));
  return http::list_answer(
      asked, items_before(read, p->id, below(asked), asked.limit + 1),
      [](json::Writer& out, const Item& each) {
        out.object().member("number", each.number).member("kind", to_text(each.kind));
        out.member("document", each.document).member("title", each.title);
        out.member("dated_on", to_iso(each.dated_on)).member("line", each.line).end_object();
      },
      [](const Item& each) { return each.number; });
}

}  // namespace ln::project
