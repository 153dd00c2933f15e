#include "feature/commitment/commitment_api.h"

#include "core/units/units_store.h"
#include "feature/commitment/commitment_store_case.h"
#include "platform/html/url.h"
#include "platform/http/http_list.h"

namespace ln::commitment {
namespace {

std::string code_of_unit(db::Read& read, units::UnitId id) {
  const auto unit = units::find(read, id);
  return unit ? unit->code : std::string();
}

std::optional<std::string> day_or_null(const std::optional<Day>& day) {
  return day ? std::optional(to_iso(*day)) : std::nullopt;
}

void write_head(json::Writer& out, db::Read& read, const Commitment& c, Instant now) {
  out.object().member("id", c.id.value).member("unit", code_of_unit(read, c.unit));
  out.member("text", c.text).member("due_on", to_iso(c.due_on));
  out.member("state", to_text(c.state)).member("is_overdue", c.is_overdue(now));
  out.member("changes", c.changed_count).member("source", to_text(c.source));
  for (const auto& [name, source] :
       {std::pair("dialogue", Source::dialogue), std::pair("consultation", Source::consultation)}) {
    out.name(name);
    if (c.source == source)
      out.integer(c.source_id);
    else
      out.null();
  }
  out.name("case");
  const auto of = c.source == Source::feedback ? find_case(read, c.source_id) : std::nullopt;
  if (of && of->is_open && !c.is_private())
    out.text(of->code);
  else
    out.null();
}

void write_change(json::Writer& out, const Commitment& c) {
  out.name("proposed_change");
  if (!c.has_change()) {
    out.null();
    return;
  }
  out.object().member("text", c.next_text);
  out.member("reason", c.is_private() ? std::string_view() : std::string_view(c.next_reason));
  out.member("due_on", to_iso(c.next_due_on.value_or(c.due_on))).end_object();
}

// As the page: a link that leads nowhere safe is not told.
std::optional<std::string> safe_link(const std::string& link) {
  return html::Url::external(link) ? std::optional(link) : std::nullopt;
}

Result<Filter> filter_of(const http::Request& request, db::Read& read, Instant now) {
  TRY(const http::ListAsked asked, http::list_asked(request));
  Filter filter{
      .today = local_day(now), .before = asked.after, .limit = asked.limit + 1, .is_by_id = true};
  if (const std::string_view code = request.query.text("unit"); !code.empty()) {
    auto unit = units::find_on(read, code, local_day(now));
    // What a unit made that a reorganisation ended stays with it, and is found by its code.
    if (const auto before = units::versions(read, code); !unit && !before.empty())
      unit = before.front();
    if (!unit)
      return Error{ErrorKind::invalid, "error.list.unit"_t, {{"unit", "error.list.unit"_t}}};
    filter.unit_path = unit->path;
  }
  if (const std::string_view word = request.query.text("state"); !word.empty()) {
    if (!from_word(all_states, word) && word != "waiting" && word != "overdue" && word != "changed")
      return Error{ErrorKind::invalid, "error.list.state"_t, {{"state", "error.list.state"_t}}};
    filter.state = word;
  }
  return filter;
}

}  // namespace

Result<http::Response> list_api(const http::Request& request, db::Read& read, Instant now) {
  TRY(const Filter filter, filter_of(request, read, now));
  return http::list_answer(
      {filter.before, filter.limit - 1}, list(read, filter),
      [&](json::Writer& out, const Commitment& each) {
        write_head(out, read, each, now);
        out.end_object();
      },
      [](const Commitment& each) { return each.id.value; });
}

Result<http::Response> commitment_api(const http::Request& request, db::Read& read, Instant now) {
  const auto c = find_told(read, CommitmentId{request.path_number("id")});
  if (!c) return Error{ErrorKind::not_found, "commitment.error.none"_t};
  return http::one_answer([&](json::Writer& out) {
    write_head(out, read, *c, now);
    out.member("by_silence", c->state == State::kept && c->is_by_silence);
    out.member("refused", c->refused_count);
    out.member("evidence", c->evidence.empty() ? std::nullopt : std::optional(c->evidence));
    out.member("evidence_link", safe_link(c->evidence_link));
    write_change(out, *c);
    out.name("events").array();
    for (const Event& each : events_of(read, c->id)) {
      out.object().member("at", to_iso(each.at)).member("what", to_text(each.what));
      out.member("party", to_text(each.party));
      out.member("words", c->is_private() ? std::string_view() : std::string_view(each.words));
      out.member("due_on", day_or_null(each.due_on));
      // Of an asker's own chain the page names no line.
      out.member("line", each.party == Party::citizen ? std::nullopt : std::optional(each.line));
      out.end_object();
    }
    out.end_array().end_object();
  });
}

}  // namespace ln::commitment
