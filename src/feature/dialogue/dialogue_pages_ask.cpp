// Asking, and standing behind what somebody else asked.
#include <utility>

#include "base/text.h"
#include "core/people/people_citizen_session.h"
#include "feature/dialogue/dialogue_actions.h"
#include "feature/dialogue/dialogue_pages.h"
#include "feature/dialogue/dialogue_pages_parts.h"
#include "feature/dialogue/dialogue_pages_sent.h"
#include "platform/db/once.h"
#include "platform/html/forms.h"
#include "platform/html/layout.h"
#include "platform/html/parts.h"
#include "platform/html/spoken.h"
#include "platform/http/http_guard.h"
#include "platform/http/once_key.h"

namespace ln::dialogue {
namespace {

using html::fill;
using html::Fragment;
using html::Url;
using html::View;

constexpr std::int64_t others_shown = 20;

// How often questions of one session may be supported from one network: 40 at once, which is more
// than press at the same moment in a hall, and one a second in the long run. Each node counts for
// itself. Gives the seconds after which to try again, or 0 and counts one more.
std::int64_t wait_to_press(std::uint64_t sender, DialogueId id, Instant now) {
  static SystemRandom random;
  static http::RateLimiter presses(random, {.send = {.per_minute = 60, .burst = 40}});
  if (sender == 0) return 0;  // Nothing is known of senders.
  // A bucket for each sender and session: the numbers of sessions are spread over all bits.
  const std::uint64_t spread = static_cast<std::uint64_t>(id.value) * 0x9E3779B97F4A7C15U;
  return presses.wait_s(sender ^ spread, http::RateLimiter::Kind::send, now);
}

struct AskSheet {
  Dialogue d;
  std::vector<Question> others{};  // that may be supported
  Instant now;
  std::string once{}, body{};
  bool wants_to_speak = false;
};

// Of the others the one that is wanted, by its code, stands first.
AskSheet ask_sheet(db::Read& read, Dialogue d, std::string_view wanted, Instant now) {
  AskSheet sheet{.d = std::move(d), .now = now};
  const auto add = [&](Question& each) {
    if (each.dialogue == sheet.d.id && each.state == Sight::shown && !each.is_merged() &&
        each.turn != Turn::answered)
      sheet.others.push_back(std::move(each));
  };
  const auto code = Code::parse(wanted);
  auto first = code ? find_question(read, *code) : std::nullopt;
  const QuestionId first_id = first ? first->id : QuestionId{};
  if (first) add(*first);
  for (Question& each : questions_of(read, sheet.d.id, 0, others_shown))
    if (each.id != first_id) add(each);
  return sheet;
}

Fragment ask_form(const View& view, const AskSheet& sheet, const Error* error) {
  if (!sheet.d.takes_questions(sheet.now))
    return html::note({.body = fill("<p>{}</p>", view("dialogue.ask.closed"_t))});
  Fragment fields = html::textarea(view, {.name = "body",
                                          .label = {view("dialogue.ask.body"_t)},
                                          .hint = view("dialogue.ask.body_hint"_t),
                                          .error = html::error_for(view, error, "body"),
                                          .value = sheet.body,
                                          .chars_max = static_cast<int>(body_chars_max)});
  if (sheet.d.stage == Stage::announced)
    fields += html::checkboxes(view, {.name = "speak",
                                      .choices = {{.value = "1",
                                                   .text = view("dialogue.ask.speak"_t),
                                                   .hint = view("dialogue.ask.speak_hint"_t),
                                                   .is_checked = sheet.wants_to_speak}}});
  fields += html::hidden("once", sheet.once);
  fields += html::button({.text = view("dialogue.ask.do"_t), .icon_before = "send", .once = true});
  fields.add(R"(<p class="small muted">{}</p>)", view("dialogue.ask.after"_t));
  return html::form(view, {.action = Url::in(view, "/dialogues/", sheet.d.id.value, "/ask"),
                           .body = std::move(fields),
                           .draft = "dialogue"});
}

// Each question with its button, and beside it why a press was not counted.
Fragment support_part(const View& view, const AskSheet& sheet, const Error* error) {
  if (sheet.others.empty() || !sheet.d.takes_in_hall()) return {};
  Fragment list;
  for (const Question& each : sheet.others) {
    Fragment body = html::hidden("question", each.code->text());
    body.add(R"(<button type="submit" class="govuk-button govuk-button--secondary btn--quiet">)"
             R"({}{}<span class="vh"> {}</span></button>)",
             html::icon("thumbs-up"), view("dialogue.support.do"_t), each.code->shown());
    Fragment extra;
    if (const auto wrong = html::error_for(view, error, each.code->text()); !wrong.empty())
      extra += html::error_message(view, wrong);
    extra += html::form(view, {.action = Url::in(view, "/dialogues/", sheet.d.id.value, "/support"),
                               .body = std::move(body)});
    list += question_item(view, {.question = each, .extra = std::move(extra)}, sheet.now);
  }
  return fill(R"(<section aria-labelledby="support"><h2 class="h-m sp" id="support">{}</h2>)"
              R"(<p>{}</p><ul class="plain">{}</ul></section>)",
              view("dialogue.support.title"_t), view("dialogue.support.lead"_t), list);
}

http::Response show_ask(const View& view, const AskSheet& sheet, const Error* error) {
  const html::Spoken topic = topic_of(view, sheet.d);
  Fragment body = html::error_summary(view, error);
  body.add(R"(<h1 class="h-l">{}</h1><p lang="{}">{}</p>)", view("dialogue.ask.title"_t),
           topic.lang, topic.text);
  body += ask_form(view, sheet, error);
  body += support_part(view, sheet, error);
  return http::page(
      error == nullptr ? 200 : http::status_of(error->kind),
      html::page(view, {.title = view("dialogue.ask.title"_t),
                        .here = "/dialogues",
                        .body = html::columns(
                            {.before = html::breadcrumbs(
                                 view,
                                 {{view("dialogue.title"_t), Url::in(view, "/dialogues")},
                                  {topic.text, page_of(view, sheet.d.id)}},
                                 view("dialogue.ask.title"_t)),
                             .body = std::move(body)}),
                        .has_errors = error != nullptr}));
}

// Too many from this network just now: the same questions again, the one that was pressed first.
http::Response show_pressed(const http::Request& request,
                            const AskSheet& sheet,
                            const Code& code,
                            std::int64_t wait_s) {
  Error error{ErrorKind::too_many, "dialogue.error.pressed"_t};
  if (!sheet.others.empty() && sheet.others[0].code == code)
    error.fields.push_back({code.text(), error.text});
  return show_ask(request.view, sheet, &error).with_header("Retry-After", std::to_string(wait_s));
}

http::Response sent(const View& view, DialogueId id, const SentNote& note) {
  return http::page(
      200, html::page(view, {.title = view("dialogue.sent.title"_t),
                             .here = "/dialogues",
                             .body = html::columns({.body = slip(view, note, page_of(view, id),
                                                                 view("dialogue.sent.back"_t)),
                                                    .is_narrow = true}),
                             .is_unlisted = true,
                             .is_once = true}));
}

}  // namespace

Result<http::Response> ask_page(const http::Request& request,
                                db::Read& read,
                                Random& random,
                                Instant now) {
  TRY(Dialogue d, asked_for(request, read));
  AskSheet sheet = ask_sheet(read, std::move(d), request.query.text("support"), now);
  sheet.once = http::once_key(request.form, random);
  return show_ask(request.view, sheet, nullptr);
}

Result<http::Pending> ask_post(const http::Request& request,
                               db::Read& read,
                               Random& random,
                               Instant now) {
  TRY(Dialogue d, asked_for(request, read));
  AskSheet sheet = ask_sheet(read, std::move(d), {}, now);
  const http::Fields& form = request.form;
  sheet.body = form.text("body");
  sheet.wants_to_speak = form.has("speak") && sheet.d.stage == Stage::announced;
  sheet.once = http::once_key(request.form, random);
  const std::string key = "dialogue.ask:" + sheet.once;
  if (const auto before = db::Once::find(read, key))
    if (const auto note = unpacked(*before))
      return http::Pending::answer(sent(request.view, sheet.d.id, *note));
  const auto prepared =
      prepare_question(read, sheet.d.id,
                       {.body = sheet.body,
                        .in_english = request.view.voice.language() == i18n::Language::en,
                        .wants_to_speak = sheet.wants_to_speak},
                       random, now);
  if (!prepared.ok()) {
    if (prepared.error().kind == ErrorKind::not_found) return prepared.error();
    return http::Pending::answer(show_ask(request.view, sheet, &prepared.error()));
  }
  return http::Pending::commit(
      [prepared = prepared.value(), key, now](db::Write& write) -> Result<SentNote> {
        if (const auto before = db::Once::find(write, key))
          if (auto note = unpacked(*before)) return *std::move(note);
        TRY(const Asked asked, ask(write, prepared, now));
        SentNote note = note_of(asked, prepared.secret);
        db::Once::save(write, key, packed(note), now);
        return note;
      },
      [&request, id = sheet.d.id](const Result<SentNote>& note, std::string_view) {
        if (!note.ok()) return http::error_response(request, note.error());
        return people::remember_secret(sent(request.view, id, note.value()), note.value().code,
                                       note.value().secret);
      });
}

Result<http::Pending> support_post(const http::Request& request,
                                   db::Read& read,
                                   Random& random,
                                   Instant now) {
  TRY(const Dialogue d, asked_for(request, read));
  const auto code = Code::parse(request.form.text("question"));
  const auto question = code ? find_question(read, *code) : std::nullopt;
  if (!question || question->dialogue != d.id)
    return Error{ErrorKind::not_found, "dialogue.error.code_or_secret"_t};
  if (const std::int64_t wait_s = wait_to_press(request.sender, d.id, now); wait_s > 0) {
    AskSheet sheet = ask_sheet(read, d, code->text(), now);
    sheet.once = http::once_key(request.form, random);
    return http::Pending::answer(show_pressed(request, sheet, *code, wait_s));
  }
  const std::string token = token_in(request).value_or(draw_token(random));
  const std::string to(page_of(request.view, d.id).at(code->text()).view());
  return http::Pending::commit(
      [code = *code, supporter = Supporter{.mark = mark_of(d.id, token),
                                           .sender = request.sender,
                                           .spare_key = std::string(as_text(random.bytes<32>()))}](
          db::Write& write) { return support(write, code, supporter); },
      [&request, token, to](const Result<Question>& done, std::string_view) {
        if (!done.ok()) return http::error_response(request, done.error());
        constexpr std::int64_t half_a_year_s = std::int64_t{180} * 24 * 3600;
        return http::see_other(to).with_cookie(std::string(participant_cookie), token,
                                               half_a_year_s);
      });
}

}  // namespace ln::dialogue
