#include "feature/feedback/feedback_pages_form_nature.h"

#include "base/text.h"
#include "core/ledger/ledger_promise.h"
#include "core/ledger/ledger_store.h"
#include "core/people/people_citizen.h"
#include "core/units/units_store.h"
#include "core/units/units_store_reorganise.h"
#include "feature/feedback/feedback_actions_held.h"
#include "feature/feedback/feedback_pages_form.h"
#include "feature/feedback/feedback_pages_form_check.h"
#include "feature/feedback/feedback_pages_held.h"
#include "platform/db/once.h"
#include "platform/html/forms.h"
#include "platform/html/parts.h"

namespace ln::feedback {
namespace {

using html::Fragment;
using html::Url;

std::string hold_key(std::string_view token) { return "feedback.hold:" + std::string(token); }

std::optional<Sort> wish_of(const Draft& draft) {
  const auto nature = from_word(all_natures, draft.text("nature"));
  return nature ? sort_of(*nature) : std::nullopt;
}

std::string unit_of(db::Read& read, const Draft& draft, Instant now) {
  const auto unit = units::find_or_heir(read, draft.text("unit"), local_day(now));
  return unit ? unit->name : std::string();
}

// The code and the secret, once, and the way to go.
std::string kept_html(const html::View& view,
                      const Sent& sent,
                      const Held& held,
                      std::string_view unit,
                      const std::optional<ledger::Promiser>& promiser) {
  const auto code = Code::parse(sent.code);
  Fragment body =
      html::fill(R"(<div class="done"><div><h1 class="h-l">{}</h1><p>{}</p>)"
                 R"(<p class="ref" id="code" translate="no">{}</p><p>{}</p>)"
                 R"(<p class="secret" id="secret" translate="no">{}</p><p>{}</p></div></div>)",
                 view("feedback.held.kept_heading"_t), view("feedback.sent.code"_t),
                 code ? code->shown() : std::string(), view("feedback.sent.secret"_t),
                 people::shown_secret(sent.secret), view("feedback.sent.keep_protected"_t));
  body += html::note({.kind = html::NoteKind::warn,
                      .heading = view("feedback.held.not_lodged"_t),
                      .body = html::fill("<p>{}</p>", view("feedback.held.not_lodged_text"_t))});
  body += way_part(view, held.sort, unit, held.received_at, held.happened_on);
  body.add(R"(<div class="actions">{}</div>)",
           html::link_button(Url::in(view, "/feedback/", sent.code),
                             {.text = view("feedback.held.open"_t), .icon_after = "arrow-right"}));
  Fragment receipt;
  if (sent.before) {
    receipt.add("<p>{}</p>", view.voice("feedback.promise.until"_t,
                                        {{"before", view.voice.moment(*sent.before)}}));
    const auto leaf = from_hex(sent.fingerprint);
    const auto hash = leaf ? merkle::to_hash(*leaf) : std::nullopt;
    if (promiser && hash)
      receipt += html::details(view("feedback.promise.show"_t),
                               html::fill(R"(<pre class="code" translate="no">{}</pre>)",
                                          promiser->sign(*hash, *sent.before).note));
  }
  receipt.add(R"(<p class="small"><a href="{}">{}</a></p>)", Url::in(view, "/ledger"),
              view("feedback.sent.ledger"_t));
  Fragment side = html::card({.icon_name = "fingerprint",
                              .heading = view("feedback.sent.receipt"_t),
                              .body = std::move(receipt)});
  side += kept_card(view);
  return html::page(view, {.title = view("feedback.held.kept_heading"_t),
                           .here = "/feedback/new",
                           .body = html::columns({.body = std::move(body),
                                                  .side = std::move(side),
                                                  .side_label = view("feedback.sent.receipt"_t)}),
                           .is_unlisted = true,
                           .is_once = true});
}

Result<Sent> hold_once(db::Write& write, const HeldPrepared& prepared, Instant now) {
  const std::string key = hold_key(prepared.draft);
  if (const auto kept = db::Once::find(write, key))
    if (auto sent = unpacked_sent(*kept)) return *std::move(sent);
  // The row of the draft is the right to keep it: without it there is nothing.
  if (!find_draft(write, prepared.draft))
    return Error{ErrorKind::not_found, "feedback.form.gone_sent"_t};
  TRY(const HeldSent kept, submit_held(write, prepared, now));
  Sent sent{.code = kept.held.code.text(),
            .secret = prepared.secret,
            .index = kept.appended.line().value_or(0),
            .fingerprint = to_hex(kept.appended.leaf_hash),
            .received_at = kept.held.received_at,
            .before = kept.appended.before};
  db::Once::save(write, key, packed(sent), sent.received_at);
  return sent;
}

std::optional<http::Response> kept_before(const html::View& view,
                                          db::Read& read,
                                          std::string_view token) {
  const auto kept = token.size() < 20 ? std::nullopt : db::Once::find(read, hold_key(token));
  const auto sent = kept ? unpacked_sent(*kept) : std::nullopt;
  const auto code = sent ? Code::parse(sent->code) : std::nullopt;
  const auto held = code ? find_held(read, *code) : std::nullopt;
  if (!held) return std::nullopt;
  const auto unit = units::find(read, held->unit);
  return http::page(200, kept_html(view, *sent, *held, unit ? unit->name : std::string(),
                                   ledger::promiser_of(read)));
}

}  // namespace

void note_suspicion(Draft& draft, Instant now) {
  const auto found = suspicion_of(draft.text("title"), draft.text("body"), now);
  draft.set("suspected", found ? petition::to_text(found->sort) : "");
}

bool wants_to_hold(const Draft& draft) { return wish_of(draft).has_value(); }

std::string hold_path(const Draft& draft) { return "/feedback/new/" + draft.token + "/hold"; }

Fragment nature_fields(const html::View& view, const StepShown& shown) {
  const std::string_view suspected = shown.draft.text("suspected");
  Fragment fields =
      html::fill("<p>{}</p>", view(suspected == "self" ? "feedback.form.nature.lead_self"_t
                                                       : "feedback.form.nature.lead"_t));
  const Error* error = shown.error ? &*shown.error : nullptr;
  fields +=
      html::radios(view, {.name = "nature",
                          .legend = {view("feedback.form.nature.question"_t), html::Size::m},
                          .error = html::error_for(view, error, "nature"),
                          .choices = {{.value = "complaint",
                                       .text = view("feedback.form.nature.complaint"_t),
                                       .hint = view("feedback.form.nature.complaint_hint"_t)},
                                      {.value = "denunciation",
                                       .text = view("feedback.form.nature.denunciation"_t),
                                       .hint = view("feedback.form.nature.denunciation_hint"_t)},
                                      {.value = "feedback",
                                       .text = view("feedback.form.nature.feedback"_t),
                                       .hint = view("feedback.form.nature.feedback_hint"_t)}},
                          .values = {shown.draft.text("nature")},
                          .arrangement = html::Arrangement::rows});
  fields.add(R"(<p><a href="{}">{}</a></p>)", Url::in(view, "/not-feedback"),
             view("feedback.form.nature.difference"_t));
  return fields;
}

Result<http::Pending> nature_post(const http::Request& request, db::Read& read, Instant now) {
  auto draft = load_draft(read, request.path_text("draft"));
  if (!draft) return http::Pending::answer(draft_gone(request.view));
  const auto nature = from_word(all_natures, request.form.text("nature"));
  if (!nature) {
    if (draft->text("suspected").empty()) draft->set("suspected", "self");
    StepShown shown = gather_step(read, *std::move(draft), Step::nature, {}, now);
    shown.error = Error{ErrorKind::invalid,
                        "feedback.form.nature.missing"_t,
                        {{"nature", "feedback.form.nature.missing"_t}}};
    return http::Pending::answer(http::page(422, step_html(request.view, shown)));
  }
  draft->set("nature", to_text(*nature));
  const std::string next = wants_to_hold(*draft)
                               ? hold_path(*draft)
                               : path_of(*draft, next_step(steps_of(read, *draft), Step::nature));
  return http::Pending::commit(
      [draft = *draft, now](db::Write& write) -> Result<Done> {
        if (!find_draft(write, draft.token))
          return Error{ErrorKind::not_found, "feedback.form.gone_sent"_t};
        save_draft(write, draft.token, draft.answers, now);
        return Done{};
      },
      [&request, next](const Result<Done>& done, std::string_view) {
        return done.ok() ? http::see_other(next) : http::error_response(request, done.error());
      });
}

Result<http::Response> hold_page(const http::Request& request, db::Read& read, Instant now) {
  const html::View& view = request.view;
  const auto draft = load_draft(read, request.path_text("draft"));
  if (!draft) return draft_gone(view);
  const auto sort = wish_of(*draft);
  if (!sort) return http::see_other(path_of(*draft, Step::nature));
  Fragment before = html::back_link(view, Url::in(view, path_of(*draft, Step::nature)));
  Fragment body =
      html::fill(R"(<h1>{}</h1><p class="lead">{}</p>)",
                 view(*sort == Sort::complaint ? "feedback.held.heading_complaint"_t
                                               : "feedback.held.heading_denunciation"_t),
                 view("feedback.held.lead"_t));
  body += way_part(view, *sort, unit_of(read, *draft, now), now, std::nullopt);
  body.add(R"(<h2 class="h-m sp">{}</h2><p>{}</p>)", view("feedback.held.keep_heading"_t),
           view("feedback.held.keep_text"_t));
  body += html::form(view, {.action = Url::in(view, hold_path(*draft)),
                            .body = html::button({.text = view("feedback.held.keep"_t),
                                                  .icon_after = "fingerprint",
                                                  .is_big = true,
                                                  .once = true})});
  body.add(R"(<p><a href="{}">{}</a></p>)", Url::in(view, path_of(*draft, Step::nature)),
           view("feedback.held.is_feedback"_t));
  return http::page(
      200, html::page(view, {.title = view("feedback.held.title"_t),
                             .here = "/feedback/new",
                             .body = html::columns({.before = std::move(before),
                                                    .body = std::move(body),
                                                    .side = kept_card(view),
                                                    .side_label = view("feedback.form.side"_t)}),
                             .is_unlisted = true}));
}

Result<http::Pending> hold_post(const http::Request& request,
                                db::Read& read,
                                Random& random,
                                Instant now) {
  const std::string_view token = request.path_text("draft");
  if (auto before = kept_before(request.view, read, token))
    return http::Pending::answer(*std::move(before));
  const auto draft = load_draft(read, token);
  if (!draft) return http::Pending::answer(draft_gone(request.view));
  const auto sort = wish_of(*draft);
  if (!sort) return http::Pending::answer(http::see_other(path_of(*draft, Step::nature)));
  const bool english = request.view.voice.language() == i18n::Language::en;
  auto prepared = prepare_held(read, draft->typed(english), *sort, random, now);
  if (!prepared.ok()) {
    if (prepared.error().kind != ErrorKind::invalid || prepared.error().fields.empty())
      return std::move(prepared).error();
    const Step wrong = step_asking(prepared.error().fields.front().field);
    return http::Pending::answer(http::see_other(path_of(*draft, wrong) + "?check=1"));
  }
  HeldPrepared ready = std::move(prepared).value();
  ready.draft = draft->token;
  const Held held = ready.held;
  const std::string unit = ready.unit_name;
  return http::Pending::commit(
      [ready = std::move(ready), now](db::Write& write) { return hold_once(write, ready, now); },
      [&request, held, unit, promiser = ledger::promiser_of(read)](const Result<Sent>& sent,
                                                                   std::string_view) {
        if (!sent.ok()) return http::error_response(request, sent.error());
        return http::page(200, kept_html(request.view, sent.value(), held, unit, promiser));
      });
}

}  // namespace ln::feedback
