// What the ombudsman sees of the texts that are held: a list without a word of them, and one text
// at a time, for a reason that is logged.
#include "base/text.h"
#include "feature/feedback/feedback_actions_held.h"
#include "feature/feedback/feedback_pages_held.h"
#include "feature/feedback/feedback_pages_staff_parts.h"
#include "platform/html/forms.h"
#include "platform/html/layout.h"
#include "platform/html/parts.h"
#include "platform/html/spoken.h"

namespace ln::feedback {
namespace {

using html::Fragment;
using html::Url;

constexpr std::int64_t held_rows_max = 100;

struct Refused {
  std::string code{}, reason{};
  const Error* error = nullptr;
};

std::string held_frame(const html::View& view, Fragment body, bool has_errors) {
  return html::page(view, {.title = view("feedback.held.list"_t),
                           .here = "/staff",
                           .body = html::fill(R"(<div class="wrap form-page">{}</div>)", body),
                           .is_staff = true,
                           .has_errors = has_errors,
                           .is_unlisted = true});
}

TextKey sort_name(Sort sort) {
  return sort == Sort::complaint ? "feedback.held.complaint"_t : "feedback.held.denunciation"_t;
}

Fragment held_row(const html::View& view, const HeldLine& line) {
  return html::fill(
      R"(<tr><th scope="row" translate="no">{}</th><td data-l="{}">{}</td><td data-l="{}">{}</td>)"
      R"(<td data-l="{}">{}</td></tr>)",
      line.code.shown(), view("feedback.held.sort"_t), view(sort_name(line.sort)),
      view("feedback.sent.received_at"_t), html::day(view, local_day(line.received_at)),
      view("feedback.held.readings"_t), view.voice.number(line.reading_count));
}

Fragment held_table(const html::View& view, const std::vector<HeldLine>& lines, TextKey heading) {
  Fragment out = html::fill(R"(<h2 class="h-m">{}</h2>)", view(heading));
  if (lines.empty()) {
    out += html::nothing_here(view("feedback.held.none"_t));
    return out;
  }
  out.add(
      R"(<table class="tbl tbl--stack"><thead><tr><th scope="col">{}</th><th scope="col">{}</th>)"
      R"(<th scope="col">{}</th><th scope="col">{}</th></tr></thead><tbody>{}</tbody></table>)",
      view("feedback.staff.column_code"_t), view("feedback.held.sort"_t),
      view("feedback.sent.received_at"_t), view("feedback.held.readings"_t), [&](Fragment& rows) {
        for (const HeldLine& each : lines) rows += held_row(view, each);
      });
  return out;
}

std::string list_html(const html::View& view, db::Read& read, const Refused& refused) {
  Fragment body = html::back_link(view, Url::in(view, "/staff/protected"));
  body += html::error_summary(view, refused.error);
  body.add(R"(<h1 class="h-l">{}</h1><p class="lead">{}</p>)", view("feedback.held.list"_t),
           view("feedback.held.list_lead"_t));
  body += held_table(view, list_held(read, false, 0, held_rows_max), "feedback.held.list_sent"_t);
  body += held_table(view, list_held(read, true, 0, held_rows_max), "feedback.held.list_turned"_t);
  Fragment fields = html::input(view, {.name = "code",
                                       .label = {view("feedback.staff.column_code"_t)},
                                       .error = html::error_for(view, refused.error, "code"),
                                       .value = refused.code,
                                       .width = 20,
                                       .autocomplete = "off",
                                       .spellcheck = false});
  fields += html::textarea(view, {.name = "text",
                                  .label = {view("feedback.watch.reason"_t)},
                                  .hint = view("feedback.held.reason_hint"_t),
                                  .error = html::error_for(view, refused.error, "text"),
                                  .value = refused.reason,
                                  .rows = 3,
                                  .chars_max = static_cast<int>(reason_chars_max)});
  fields += html::button(
      {.text = view("feedback.held.read"_t), .kind = html::ButtonKind::warning, .once = true});
  body += html::form(view, {.action = Url::in(view, "/staff/held"), .body = std::move(fields)});
  return held_frame(view, std::move(body), refused.error != nullptr);
}

std::string text_html(const html::View& view, const HeldText& text) {
  Fragment body = html::back_link(view, Url::in(view, "/staff/held"));
  body.add(R"(<p>{}</p><h1 class="h-l">{}</h1><p>{} · {}</p>)", html::code(text.code.shown()),
           text.title, view(sort_name(text.sort)), html::day(view, local_day(text.received_at)));
  body.add(R"(<div class="quote">{}</div><p></p><p>{}</p>)", html::paragraphs(text.body),
           text.place);
  body += html::note({.kind = html::NoteKind::info,
                      .body = html::fill("<p>{}</p>", view("feedback.held.logged"_t))});
  return held_frame(view, std::move(body), false);
}

}  // namespace

Result<http::Response> held_list_page(const http::Request& request,
                                      db::Read& read,
                                      people::Ombudsman ombudsman) {
  const html::View view = people::view_of(request, ombudsman.staff());
  return http::page(200, list_html(view, read, {}));
}

Result<http::Pending> read_held_post(const http::Request& request,
                                     db::Read& read,
                                     people::Ombudsman ombudsman,
                                     Random& random,
                                     Instant now) {
  const html::View view = people::view_of(request, ombudsman.staff());
  const std::string typed(first_chars(request.form.text("code"), 50));
  const std::string reason(trimmed(request.form.text("text")));
  const auto code = Code::parse(typed);
  if (!code) {
    const Error error{
        ErrorKind::invalid, "feedback.error.code_form"_t, {{"code", "feedback.error.code_form"_t}}};
    return http::Pending::answer(http::page(422, list_html(view, read, {typed, reason, &error})));
  }
  // The page for a reason that is too short is made beforehand: nothing can be read afterwards.
  const Error too_short{
      ErrorKind::invalid, "feedback.error.text_short"_t, {{"text", "feedback.error.text_short"_t}}};
  const std::string again = list_html(view, read, {typed, reason, &too_short});
  return http::Pending::commit(
      [=, code = *code, salts = ledger::draw(random)](db::Write& write) {
        return read_held(write, ombudsman, code, reason, salts, now);
      },
      [&request, ombudsman, again](const Result<HeldText>& text, std::string_view) {
        if (text.ok())
          return http::page(200,
                            text_html(people::view_of(request, ombudsman.staff()), text.value()));
        if (text.error().kind == ErrorKind::invalid) return http::page(422, again);
        return http::error_response(request, text.error());
      });
}

}  // namespace ln::feedback
