// Sending itself: once, however often the button is pressed.
#include "base/text.h"
#include "core/ledger/ledger_stop.h"
#include "core/ledger/ledger_store.h"
#include "core/units/units_store.h"
#include "feature/feedback/feedback_actions_page.h"
#include "feature/feedback/feedback_actions_triage.h"
#include "feature/feedback/feedback_pages_form.h"
#include "feature/feedback/feedback_pages_form_check.h"
#include "feature/feedback/feedback_pages_form_nature.h"
#include "feature/feedback/feedback_pages_form_similar.h"
#include "platform/db/once.h"

namespace ln::feedback {
namespace {

std::string once_key(std::string_view token) { return "feedback.send:" + std::string(token); }

SentShown shown_of(db::Read& read, const Feedback& feedback) {
  SentShown shown{.hours = feedback.hours, .is_protected = feedback.is_protected};
  if (feedback.is_protected) shown.promiser = ledger::promiser_of(read);
  if (const auto topic = find_topic(read, feedback.topic)) shown.topic = *topic;
  if (const auto unit = units::find(read, feedback.unit)) shown.handler = unit->name;
  return shown;
}

// The confirmation of what was sent before; null when this draft was not sent.
std::optional<http::Response> sent_before(const html::View& view,
                                          db::Read& read,
                                          std::string_view token) {
  const auto kept = db::Once::find(read, once_key(token));
  auto sent = kept ? unpacked_sent(*kept) : std::nullopt;
  const auto code = sent ? Code::parse(sent->code) : std::nullopt;
  const auto feedback = code ? find(read, *code) : std::nullopt;
  if (!feedback) return std::nullopt;
  const auto entry = ledger::first_entry_of(read, {"feedback", feedback->id.value});
  if (sent->before && entry && !entry->before) {  // It has joined meanwhile.
    sent->before.reset();
    sent->index = entry->index();
  }
  return http::page(200, sent_html(view, *sent, shown_of(read, *feedback)));
}

Result<Sent> send_once(db::Write& write,
                       const Prepared& prepared,
                       const std::optional<Join>& wish,
                       std::string_view page,
                       Instant now) {
  const std::string key = once_key(prepared.draft);
  if (const auto kept = db::Once::find(write, key))
    if (auto sent = unpacked_sent(*kept)) return *std::move(sent);
  // The row of the draft is the right to send it: without it nothing is submitted.
  if (!find_draft(write, prepared.draft))
    return Error{ErrorKind::not_found, "feedback.form.gone_sent"_t};
  TRY(const Submitted submitted, submit(write, prepared, now));
  note_page(write, submitted.feedback, page);
  // When the other was answered or hidden meanwhile, this one stands alone: it is sent all the
  // same.
  if (wish)
    static_cast<void>(
        join(write, submitted.feedback, *wish, people::Citizen(prepared.secret), now));
  Sent sent{.code = submitted.feedback.code.text(),
            .secret = prepared.secret,
            .index = submitted.appended.line().value_or(0),
            .fingerprint = to_hex(submitted.appended.leaf_hash),
            .received_at = submitted.feedback.received_at,
            .before = submitted.appended.before};
  db::Once::save(write, key, packed(sent), sent.received_at);
  return sent;
}

}  // namespace

Result<http::Pending> send_post(const http::Request& request,
                                db::Read& read,
                                Random& random,
                                Instant now) {
  const std::string_view token = request.path_text("draft");
  if (token.size() >= 20)
    if (auto before = sent_before(request.view, read, token))
      return http::Pending::answer(*std::move(before));
  const auto draft = load_draft(read, token);
  if (!draft) return http::Pending::answer(draft_gone(request.view));
  if (wants_to_hold(*draft)) return http::Pending::answer(http::see_other(hold_path(*draft)));
  const bool english = request.view.voice.language() == i18n::Language::en;
  auto prepared = prepare(read, draft->typed(english), random, now);
  if (!prepared.ok()) {
    // Each step tells what is wrong with its own answers; the page to check them leads there.
    if (prepared.error().kind != ErrorKind::invalid) return std::move(prepared).error();
    return http::Pending::answer(http::see_other(path_of(*draft, Step::check)));
  }
  // The answers as they are, below the sentence that says why nothing can be sent now.
  if (!ledger::may_write().ok())
    return http::Pending::answer(
        http::page(503, check_html(request.view, gather_check(read, *draft, random, now))));
  Prepared ready = std::move(prepared).value();
  ready.draft = draft->token;
  std::optional<Join> wish;
  if (const auto into = chosen_similar(read, request.form.text("joins")))
    wish = Join{*into, ledger::draw(random)};
  const SentShown shown = shown_of(read, ready.feedback);
  return http::Pending::commit(
      [ready = std::move(ready), wish, page = std::string(draft->text("page")),
       now](db::Write& write) { return send_once(write, ready, wish, page, now); },
      [&request, shown](const Result<Sent>& sent, std::string_view) {
        if (!sent.ok()) return http::error_response(request, sent.error());
        return http::page(200, sent_html(request.view, sent.value(), shown));
      });
}

}  // namespace ln::feedback
