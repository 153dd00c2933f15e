#include "feature/feedback/feedback_pages_receipt.h"

#include "base/text.h"
#include "core/ledger/ledger_late.h"
#include "core/ledger/ledger_pages.h"
#include "core/ledger/ledger_promise.h"
#include "core/ledger/ledger_store.h"
#include "core/ledger/ledger_store_tree.h"
#include "core/ledger/ledger_tools.h"
#include "engine/merkle/merkle_compact.h"
#include "feature/feedback/feedback_actions_held.h"
#include "feature/feedback/feedback_pages_case_parts.h"
#include "platform/html/forms.h"
#include "platform/html/parts.h"
#include "platform/html/qr.h"
#include "platform/http/download.h"
#include "platform/http/form_page.h"

namespace ln::feedback {
namespace {

using html::Fragment;
using html::Url;

constexpr std::string_view file_type = "text/plain; charset=utf-8";

// One answer for a code that does not exist, a wrong secret and a line of another case.
Error none() { return {ErrorKind::not_found, "feedback.receipt.none"_t}; }

// What somebody holds the secret of, as the ledger knows it.
struct HeldCase {
  Feedback feedback;
  ledger::Subject subject;
};

// One event of it.
struct HeldEvent {
  Feedback feedback;
  ledger::Stored entry;
  merkle::Receipt receipt;
  std::optional<ledger::Promise> promise{};  // instead of the receipt, while the event waits
};

Result<HeldCase> held_case(const http::Request& request,
                           db::Read& read,
                           const people::Citizen& citizen) {
  const auto code = Code::parse(request.path_text("code"));
  if (!code) return none();
  auto feedback = open(read, citizen, *code);
  if (feedback.ok()) {
    const ledger::Subject subject{"feedback", feedback.value().id.value};
    return HeldCase{std::move(feedback).value(), subject};
  }
  // A text that is kept and not handled has receipts like a protected case.
  const auto kept = open_held(read, citizen, *code);
  if (!kept.ok()) return none();
  Feedback stands_for{.code = *code};
  stands_for.is_protected = true;
  stands_for.received_at = kept.value().received_at;
  return HeldCase{std::move(stands_for), {"feedback_held", kept.value().id.value}};
}

// The event in `line`; without one the first, which is the sending.
Result<HeldEvent> held_event(const http::Request& request,
                             db::Read& read,
                             const people::Citizen& citizen,
                             std::optional<std::int64_t> line) {
  TRY(HeldCase held, held_case(request, read, citizen));
  Feedback& feedback = held.feedback;
  const ledger::Subject& subject = held.subject;
  auto entry = line ? ledger::entry_at(read, *line) : ledger::first_entry_of(read, subject);
  if (!entry || !(entry->subject == subject)) return none();
  if (entry->before) {
    auto promise = ledger::promise_of(read, subject, feedback.code.text());
    if (!promise) return Error{ErrorKind::not_found, "feedback.receipt.erased"_t};
    return HeldEvent{std::move(feedback), *std::move(entry), {}, std::move(promise)};
  }
  auto receipt = ledger::receipt_of(read, *entry, feedback.code.text());
  if (!receipt) return Error{ErrorKind::not_found, "feedback.receipt.erased"_t};
  return HeldEvent{std::move(feedback), *std::move(entry), *std::move(receipt)};
}

http::Response download(std::string body, const std::string& name) {
  http::Response response;
  response.content_type = file_type;
  response.body = std::move(body);
  return http::download(std::move(response), name);
}

http::Response file_of(const HeldEvent& held) {
  if (held.promise) return download(held.promise->file(), held.feedback.code.text() + ".promise");
  const std::string line = held.entry.seq == 0 ? "" : "-" + std::to_string(held.entry.index());
  return download(held.receipt.text(), held.feedback.code.text() + line + ".tlog-proof");
}

Url file_url(const HeldEvent& held) {
  const std::string& code = held.feedback.code.text();
  if (held.entry.seq == 0) return Url::path("/feedback/", code, "/receipt.tlog-proof");
  return Url::path("/feedback/", code, "/receipt/", std::to_string(held.entry.index()),
                   "/receipt.tlog-proof");
}

Fragment receipt_facts(const html::View& view, const HeldEvent& held) {
  const auto note = merkle::Note::parse(held.receipt.checkpoint);
  const auto head = note ? merkle::Checkpoint::parse(note->text) : std::nullopt;
  const auto opening = ledger::Opening::parse(held.receipt.extra);
  const auto leaf = opening ? ledger::leaf_of(*opening) : std::nullopt;
  const auto hash = [](std::string_view text) {
    return html::fill(R"(<span class="hash" translate="no">{}</span>)", text);
  };
  std::vector<html::Fact> all = {
      {view("feedback.receipt.code"_t), html::code(held.feedback.code.shown())},
      {view("feedback.receipt.event"_t),
       html::fill("{}", view(case_event_title(ledger::to_text(held.entry.event))))},
      {view("feedback.receipt.at"_t), html::moment(view, held.entry.at)},
      {view("feedback.receipt.line"_t), html::code(view.voice.number(held.entry.index()))}};
  if (leaf)
    all.push_back({view("feedback.receipt.fingerprint"_t), hash(to_hex(merkle::hash_leaf(*leaf)))});
  if (head) {
    all.push_back({view("feedback.receipt.log"_t), hash(head->origin)});
    all.push_back({view("feedback.receipt.lines"_t),
                   html::code(view.voice.number(static_cast<std::int64_t>(head->size)))});
    all.push_back({view("feedback.receipt.root"_t), hash(to_base64(head->root))});
  }
  return html::facts(all, true);
}

// The whole proof in squares, and beside it the way back to the case. Neither holds the secret.
Fragment codes_part(const html::View& view, const HeldEvent& held) {
  Fragment out = html::fill(R"(<h2 class="h-m sp">{}</h2>)", view("feedback.receipt.paper"_t));
  const auto text = merkle::to_qr_text(held.receipt);
  auto large = text ? html::large_qr(*text, view("feedback.receipt.qr"_t)) : std::nullopt;
  if (large)
    out.add("<p>{}</p><div>{}</div>", view("feedback.receipt.qr_hint"_t), *large);
  else
    out.add("<p>{}</p>", view("feedback.receipt.qr_none"_t));
  const std::string address =
      view.site->base_url +
      std::string(Url::in(view, "/feedback/", held.feedback.code.text()).view());
  out.add(R"(<p>{}</p><div class="qr">{}</div><p class="hash" translate="no">{}</p>)",
          view("feedback.receipt.small_hint"_t),
          html::qr(address, view("feedback.receipt.small"_t)), address);
  return out;
}

Fragment ways_part(const html::View& view, const HeldEvent& held) {
  Fragment out = html::fill(
      R"(<div class="actions">{}<button type="button" class="govuk-button )"
      R"(govuk-button--secondary" data-print hidden>{}{}</button></div>)",
      html::link_button(file_url(held),
                        {.text = view("feedback.receipt.file"_t), .icon_before = "download"}),
      html::icon("printer"), view("feedback.receipt.print"_t));
  out.add(R"(<p class="no-print">{} <a href="{}">{}</a></p>)"
          R"(<p class="no-print"><a href="{}">{}</a></p>)",
          view("feedback.receipt.check"_t), Url::in(view, "/ledger/help"),
          view("feedback.receipt.what"_t), ledger::verify_url(view), view("ledger.verify.link"_t));
  return out;
}

// What the city must show by when, so as not to have been late: by the due date the receipt names.
Fragment late_part(const html::View& view, const HeldEvent& held) {
  const auto opening = ledger::Opening::parse(held.receipt.extra);
  const auto due = opening ? ledger::text_in(opening->payload, "due") : std::nullopt;
  const auto due_at = due ? ledger::instant_of(*due) : std::nullopt;
  if (!due_at || ledger::is_answer(ledger::to_text(held.entry.event))) return {};
  return html::fill(R"(<h2 class="h-m sp">{}</h2><p>{}</p><p>{}</p><p>{}</p>)"
                    R"(<pre class="code" translate="no">{}</pre>)",
                    view("feedback.receipt.due"_t),
                    view.voice("ledger.late.must"_t, {{"due", view.voice.moment(*due_at)}}),
                    view("ledger.late.honest"_t), view("ledger.late.how"_t),
                    "langnghe verify --late RECEIPT --answer ANSWER --policy policy");
}

// Until the hour: the promise, and how to see later whether it was kept.
http::Response promise_page(const html::View& view, const HeldEvent& held) {
  const Feedback& f = held.feedback;
  const std::string before = view.voice.moment(held.promise->before);
  Fragment body = html::back_link(view, Url::in(view, "/feedback/", f.code.text()));
  body.add(
      R"(<h1 class="h-l">{}</h1><p class="lead">{}</p><p>{}</p>)", view("feedback.promise.title"_t),
      view.voice("feedback.promise.until"_t, {{"before", before}}), view("feedback.promise.why"_t));
  body += html::note({.kind = html::NoteKind::warn,
                      .heading = view("feedback.receipt.danger"_t),
                      .body = html::fill("<p>{}</p>", view("feedback.receipt.danger_text"_t))});
  Fragment rest = html::fill(
      R"(<pre class="code" translate="no">{}</pre><div class="actions">{}</div><p>{}</p>)"
      R"(<pre class="code" translate="no">{}</pre>)",
      held.promise->note,
      html::link_button(file_url(held),
                        {.text = view("feedback.promise.file"_t), .icon_before = "download"}),
      view("feedback.promise.check"_t),
      "python3 verify_ledger.py promise FILE --log " + view.site->base_url + "/ledger");
  rest += ledger::tool_link(view, ledger::verify_tool);
  body += html::details(view("feedback.promise.anyway"_t), rest);
  return http::form_page(
      view,
      {.title = view("feedback.promise.title"_t), .body = std::move(body), .is_narrow = true});
}

http::Response page_of(const html::View& view, const HeldEvent& held) {
  if (held.promise) return promise_page(view, held);
  const Feedback& f = held.feedback;
  Fragment body = html::back_link(view, Url::in(view, "/feedback/", f.code.text()));
  body.add(R"(<h1 class="h-l">{}</h1><p class="lead">{}</p>)", view("feedback.receipt.title"_t),
           view("feedback.receipt.lead"_t));
  body += receipt_facts(view, held);
  Fragment rest = late_part(view, held);
  rest += ways_part(view, held);
  rest += ledger::tool_link(view, ledger::verify_tool);
  rest += codes_part(view, held);
  if (f.is_protected) {
    body += html::note({.kind = html::NoteKind::warn,
                        .heading = view("feedback.receipt.danger"_t),
                        .body = html::fill("<p>{}</p>", view("feedback.receipt.danger_text"_t))});
    body += html::details(view("feedback.receipt.anyway"_t), rest);
  } else {
    body += rest;
  }
  return http::form_page(
      view,
      {.title = view("feedback.receipt.title"_t), .body = std::move(body), .is_narrow = true});
}

std::optional<people::Citizen> by_form(const http::Request& request) {
  const std::string plain = people::plain_secret(request.form.text("secret"));
  return plain.empty() ? people::citizen_of(request) : std::optional(people::Citizen(plain));
}

}  // namespace

Result<http::Response> receipt_page(const http::Request& request,
                                    db::Read& read,
                                    people::Citizen citizen) {
  TRY(const HeldEvent held, held_event(request, read, citizen, std::nullopt));
  return page_of(request.view, held);
}

Result<http::Response> line_receipt_page(const http::Request& request,
                                         db::Read& read,
                                         people::Citizen citizen) {
  TRY(const HeldEvent held, held_event(request, read, citizen, request.path_number("line")));
  return page_of(request.view, held);
}

Result<http::Response> receipt_file(const http::Request& request,
                                    db::Read& read,
                                    people::Citizen citizen) {
  TRY(const HeldEvent held, held_event(request, read, citizen, std::nullopt));
  return file_of(held);
}

Result<http::Response> line_receipt_file(const http::Request& request,
                                         db::Read& read,
                                         people::Citizen citizen) {
  TRY(const HeldEvent held, held_event(request, read, citizen, request.path_number("line")));
  return file_of(held);
}

Result<http::Response> receipts_file(const http::Request& request,
                                     db::Read& read,
                                     people::Citizen citizen) {
  TRY(const HeldCase held, held_case(request, read, citizen));
  const std::string& code = held.feedback.code.text();
  const ledger::Subject& subject = held.subject;
  const auto receipts = ledger::receipts_of(read, subject, code);
  if (receipts.empty())
    if (const auto promise = ledger::promise_of(read, subject, code))
      return download(promise->file(), code + ".promise");
  if (receipts.empty()) return Error{ErrorKind::not_found, "feedback.receipt.erased"_t};
  return download(ledger::bundle_of(receipts), code + ".tlog-proofs");
}

Result<http::Pending> receipt_file_post(const http::Request& request, db::Read& read) {
  const auto citizen = by_form(request);
  if (!citizen) return none();
  TRY(const HeldEvent held, held_event(request, read, *citizen, std::nullopt));
  return http::Pending::answer(file_of(held));
}

Result<http::Pending> receipt_page_post(const http::Request& request, db::Read& read) {
  const auto citizen = by_form(request);
  if (!citizen) return none();
  TRY(const HeldEvent held, held_event(request, read, *citizen, std::nullopt));
  const std::string& code = held.feedback.code.text();
  return http::Pending::answer(people::remember_secret(
      http::see_other("/feedback/" + code + "/receipt"), code, request.form.text("secret")));
}

Fragment receipt_offers(const html::View& view, const Sent& sent) {
  Fragment out;
  const auto offer = [&](std::string_view word, TextKey text, std::string_view icon_name) {
    Fragment inside = html::hidden("secret", sent.secret);
    inside += html::button(
        {.text = view(text), .kind = html::ButtonKind::secondary, .icon_before = icon_name});
    out += html::form(view, {.action = Url::in(view, "/feedback/", sent.code, "/", word),
                             .body = std::move(inside),
                             .css_class = "no-print"});
  };
  offer("receipt.tlog-proof", "feedback.receipt.file"_t, "download");
  offer("receipt", "feedback.receipt.to_page"_t, "printer");
  return out;
}

Fragment proofs_card(const html::View& view, const Feedback& feedback) {
  const std::string& code = feedback.code.text();
  Fragment body =
      html::fill("<p>{}</p>", view(feedback.is_protected ? "feedback.receipt.danger_text"_t
                                                         : "feedback.receipt.card_text"_t));
  if (!feedback.answered_at && !is_over(feedback.state))
    body.add("<p>{}</p>",
             view.voice("ledger.late.must"_t, {{"due", view.voice.moment(feedback.due_at)}}));
  body.add(R"(<p><a href="{}">{}</a></p><p><a href="{}" download>{}</a></p>)",
           Url::in(view, "/feedback/", code, "/receipt"), view("feedback.receipt.title"_t),
           Url::path("/feedback/", code, "/receipts.tlog-proofs"), view("feedback.receipt.all"_t));
  body.add(R"(<p>{} <a href="{}">{}</a></p>)", view("feedback.counted.card"_t),
           Url::in(view, "/feedback/", code, "/counted"), view("feedback.counted.title"_t));
  return html::card({.icon_name = "fingerprint",
                     .heading = view("feedback.receipt.card"_t),
                     .body = std::move(body)});
}

}  // namespace ln::feedback
