#include "feature/disclosure/disclosure_api.h"

#include "core/units/units_store.h"
#include "feature/disclosure/disclosure_store.h"
#include "platform/html/url.h"
#include "platform/http/http_list.h"

namespace ln::disclosure {
namespace {

void write_item(json::Writer& out, db::Read& read, const Disclosure& d, Instant now) {
  const auto unit = units::find(read, d.unit);
  out.object().member("id", d.id.value);
  out.member("unit", unit ? std::string_view(unit->code) : std::string_view());
  out.member("item", d.item).member("title", d.title);
  out.member("decided_on", to_iso(d.decided_on)).member("due_at", to_iso(d.due_at));
  out.member("state", d.is_overdue(now) ? "overdue"
                      : !d.is_posted()  ? "due"
                      : d.was_late()    ? "late"
                                        : "posted");
  out.member("posted_at",
             d.first_posted_at ? std::optional(to_iso(*d.first_posted_at)) : std::nullopt);
}

void write_post(json::Writer& out, const Post& post) {
  out.object().member("number", post.number).member("posted_at", to_iso(post.posted_at));
  out.member("text", post.body).member("place", post.place);
  out.member("link", html::Url::external(post.link) ? std::optional(post.link) : std::nullopt);
  out.member("can_be_read", post.can_be_read()).member("line", post.line).end_object();
}

void write_question(json::Writer& out, const Question& q) {
  const bool is_shown = q.state == Sight::shown;
  out.object().member("code", q.code->text()).member("sight", to_text(q.state));
  out.member("asked_at", to_iso(q.asked_at));
  out.member("text", is_shown ? std::optional(q.body) : std::nullopt);
  out.member("hidden_because", q.state == Sight::hidden && q.reason
                                   ? std::optional(std::string(to_text(*q.reason)))
                                   : std::nullopt);
  const bool is_answered = is_shown && q.answered_at;
  out.member("answer", is_answered ? std::optional(q.answer) : std::nullopt);
  out.member("answered_at", is_answered ? std::optional(to_iso(*q.answered_at)) : std::nullopt);
  out.end_object();
}

}  // namespace

Result<http::Response> list_api(const http::Request& request, db::Read& read, Instant now) {
  TRY(const http::ListAsked asked, http::list_asked(request));
  std::string path;
  if (const std::string_view code = request.query.text("unit"); !code.empty()) {
    auto unit = units::find_on(read, code, local_day(now));
    // What a unit made that a reorganisation ended stays with it, and is found by its code.
    if (const auto before = units::versions(read, code); !unit && !before.empty())
      unit = before.front();
    if (!unit)
      return Error{ErrorKind::invalid, "error.list.unit"_t, {{"unit", "error.list.unit"_t}}};
    path = unit->path;
  }
  return http::list_answer(
      asked, disclosures_before(read, path, asked.after, asked.limit + 1),
      [&](json::Writer& out, const Disclosure& each) {
        write_item(out, read, each, now);
        out.end_object();
      },
      [](const Disclosure& each) { return each.id.value; });
}

Result<http::Response> item_api(const http::Request& request, db::Read& read, Instant now) {
  const auto d = find(read, DisclosureId{request.path_number("id")});
  if (!d) return Error{ErrorKind::not_found, "disclosure.error.none"_t};
  return http::one_answer([&](json::Writer& out) {
    write_item(out, read, *d, now);
    out.member("term_working_days", d->working_days).member("source", d->source);
    out.member("entered_at", to_iso(d->created_at)).member("line", d->line);
    out.member("views",
               d->is_posted() && d->views >= views_floor ? std::optional(d->views) : std::nullopt);
    out.name("posts").array();
    for (const Post& each : posts_of(read, d->id)) write_post(out, each);
    out.end_array().name("questions").array();
    for (const Question& each : questions_of(read, d->id))
      if (each.code) write_question(out, each);
    out.end_array().end_object();
  });
}

}  // namespace ln::disclosure
