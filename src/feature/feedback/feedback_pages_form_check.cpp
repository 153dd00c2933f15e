#include "feature/feedback/feedback_pages_form_check.h"

#include <algorithm>

#include "base/check.h"
#include "base/text.h"
#include "core/attachment/attachment_store.h"
#include "core/people/people_citizen.h"
#include "core/units/units_store.h"
#include "core/units/units_store_procedures.h"
#include "engine/text/text_redact.h"
#include "feature/feedback/feedback_deadline.h"
#include "feature/feedback/feedback_pages_due.h"
#include "feature/feedback/feedback_pages_form_similar.h"
#include "feature/feedback/feedback_pages_form_steps.h"
#include "feature/feedback/feedback_pages_receipt.h"
#include "platform/html/forms.h"
#include "platform/html/parts.h"
#include "platform/html/qr.h"

namespace ln::feedback {
namespace {

using html::Fragment;
using html::Url;

// One answer a row, each with the way back to its question. What was left out says so.
struct Rows {
  const html::View& view;
  const CheckShown& shown;
  html::SummaryList list{};

  void add(TextKey key, Fragment value, Step step) {
    if (value.empty())
      value = html::fill(R"(<span class="muted">{}</span>)", view("feedback.form.check.none"_t));
    list.rows.push_back(
        {.key = view(key),
         .value = std::move(value),
         .actions = {{.url = Url::in(view, path_of(shown.draft, step)), .of_what = view(key)}}});
  }
  void add_text(TextKey key, std::string_view text, Step step) {
    Fragment value;
    value.add_text(text);
    add(key, std::move(value), step);
  }
};

// Lines as they were typed.
std::string file_names(const CheckShown& shown) {
  std::string names;
  for (const attachment::Attachment& file : shown.files)
    names += (names.empty() ? "" : ", ") + file.name;
  return names;
}

Fragment answers_list(const html::View& view, const CheckShown& shown) {
  const Feedback& f = shown.prepared.feedback;
  const Draft& draft = shown.draft;
  Rows rows{view, shown};
  rows.add_text("feedback.form.check.about"_t, view(key_of(f.about)), Step::about);
  rows.add_text("feedback.form.kind"_t, view(key_of(f.kind)), Step::about);
  rows.add_text("feedback.form.from"_t, view(key_of(f.sender)), Step::about);
  if (!shown.prepared.topic.code.empty())
    rows.add_text("feedback.form.check.topic"_t, name_of(view, shown.prepared.topic), Step::topic);
  rows.add_text("feedback.form.check.unit"_t,
                shown.object ? in_language(view, shown.object->name, shown.object->name_en)
                             : view("feedback.form.where.unknown"_t),
                Step::where);
  if (f.about == About::procedure)
    rows.add_text("feedback.form.where.procedure"_t, shown.procedure, Step::where);
  if (!f.dossier.empty()) rows.add_text("feedback.form.where.dossier"_t, f.dossier, Step::where);
  if (!f.counter.empty()) rows.add_text("feedback.form.where.counter"_t, f.counter, Step::where);
  rows.add_text("feedback.form.where.place"_t, f.place, Step::where);
  if (f.position)
    rows.add_text("feedback.form.where.position"_t, geo::to_text(*f.position), Step::where);
  rows.add("feedback.form.story.body"_t, html::paragraphs(f.body), Step::story);
  for (const Question& question : shown.questions)
    for (const auto& [code, answer] : shown.prepared.extras)
      if (code == question.code)
        rows.list.rows.push_back(
            {.key = in_language(view, question.text_vi, question.text_en),
             .value = html::fill("{}", answer),
             .actions = {{.url = Url::in(view, path_of(draft, Step::story)),
                          .of_what = in_language(view, question.text_vi, question.text_en)}}});
  rows.add_text("feedback.form.story.day"_t,
                f.happened_on ? view.voice.date(*f.happened_on) : std::string(), Step::story);
  rows.add_text("feedback.form.story.title"_t, draft.text("title"), Step::story);
  rows.add_text("feedback.form.story.files"_t, file_names(shown), Step::story);
  rows.add_text("feedback.form.contact.protected"_t,
                view(f.is_protected ? "feedback.form.contact.protected_yes"_t
                                    : "feedback.form.contact.protected_no"_t),
                Step::contact);
  rows.add_text("feedback.form.contact.contact"_t, draft.text("contact"), Step::contact);
  rows.add_text("feedback.form.contact.public"_t,
                view(f.is_public ? "feedback.form.contact.public_yes"_t
                                 : "feedback.form.contact.public_no"_t),
                Step::contact);
  if (f.recurs_of.value != 0)
    rows.add_text("feedback.form.contact.recurs"_t, draft.text("recurs_of"), Step::contact);
  if (Fragment page = page_link(view, draft.text("page")); !page.empty() && !f.is_protected)
    rows.list.rows.push_back({.key = view("feedback.page.about"_t), .value = std::move(page)});
  return html::summary_list(view, rows.list);
}

// Who answers and by when, before it is sent.
Fragment outlook(const html::View& view, const CheckShown& shown) {
  const Topic& topic = shown.prepared.topic;
  const calendar::Due due = due_of(topic, shown.now, shown.prepared.feedback.hours);
  Fragment out = html::fill(R"(<h2 class="h-m">{}</h2>)", view("feedback.form.check.next"_t));
  if (shown.handler) {
    const std::string_view name = in_language(view, shown.handler->name, shown.handler->name_en);
    out.add("<p>{}</p>", view.voice("feedback.form.check.who"_t, {{"unit", name}}));
    if (shown.prepared.feedback.about == About::conduct && shown.object)
      out.add("<p>{}</p>", view("feedback.form.check.above"_t));
  }
  const std::string limit = limit_of(view.voice, topic.deadline);
  out.add("<p><b>{}</b></p>", view.voice("feedback.form.check.due"_t,
                                         {{"at", view.voice.moment(due.at)}, {"limit", limit}}));
  out += why_details(view, due, topic.deadline.measure);
  return out;
}

// One step of the confirmation: its day, its sentence, and how the day was counted.
html::NextStep next(std::string when,
                    std::string_view what,
                    const Fragment& why,
                    std::vector<std::string>& kept) {
  kept.push_back(std::move(when));
  Fragment body;
  body.add_text(what);
  body += why;
  return {kept.back(), std::move(body)};
}

Fragment next_list(const html::View& view, const Sent& sent, const SentShown& shown) {
  const i18n::Voice& voice = view.voice;
  const calendar::Due taken = accept_due_of(sent.received_at, shown.hours);
  const calendar::Due due = due_of(shown.topic, sent.received_at, shown.hours);
  const std::string line = voice.number(sent.index);
  const std::string received =
      sent.before
          ? voice("feedback.sent.step.received_waits"_t, {{"before", voice.moment(*sent.before)}})
          : voice("feedback.sent.step.received"_t, {{"line", line}});
  std::vector<std::string> whens;
  whens.reserve(4);  // The steps borrow from it.
  std::vector<html::NextStep> steps;
  steps.push_back(next(voice.moment(sent.received_at), received, {}, whens));
  steps.push_back(next(voice("feedback.sent.by"_t, {{"at", voice.moment(taken.at)}}),
                       voice("feedback.sent.step.accepted"_t, {{"unit", shown.handler}}),
                       why_details(view, taken, calendar::Measure::working_hours), whens));
  steps.push_back(next(voice("feedback.sent.by"_t, {{"at", voice.moment(due.at)}}),
                       voice(shown.is_protected ? "feedback.sent.step.answered_protected"_t
                                                : "feedback.sent.step.answered"_t),
                       why_details(view, due, shown.topic.deadline.measure), whens));
  steps.push_back(next(std::string(voice("feedback.sent.after"_t)),
                       voice("feedback.sent.step.silence"_t), {}, whens));
  return html::next_steps(steps);
}

// "b81f 02d4 9c6e …": sixteen groups that can be compared by eye.
std::string in_groups(std::string_view hex) {
  std::string out;
  for (std::size_t i = 0; i < hex.size(); i += 4)
    out += (i == 0 ? "" : " ") + std::string(hex.substr(i, 4));
  return out;
}

// While it waits the receipt is a promise, which stands here to be kept by whoever may keep it.
Fragment promise_part(const html::View& view, const Sent& sent, const SentShown& shown) {
  const auto leaf = from_hex(sent.fingerprint);
  const auto hash = leaf ? merkle::to_hash(*leaf) : std::nullopt;
  Fragment out = html::fill("<p>{}</p>", view.voice("feedback.promise.until"_t,
                                                    {{"before", view.voice.moment(*sent.before)}}));
  if (shown.promiser && hash)
    out += html::details(view("feedback.promise.show"_t),
                         html::fill(R"(<pre class="code" translate="no">{}</pre>)",
                                    shown.promiser->sign(*hash, *sent.before).note));
  return out;
}

Fragment receipt_card(const html::View& view, const Sent& sent, const SentShown& shown) {
  const bool is_protected = shown.is_protected;
  const std::string line = view.voice.number(sent.index);
  const html::Fact all[] = {
      {view("feedback.sent.received_at"_t), html::moment(view, sent.received_at)},
      sent.before ? html::Fact{view("feedback.promise.before"_t), html::moment(view, *sent.before)}
                  : html::Fact{view("feedback.sent.line"_t), html::code(line)},
      {view("feedback.sent.fingerprint"_t),
       html::fill(R"(<span class="hash" translate="no">{}</span>)", in_groups(sent.fingerprint))}};
  Fragment body = html::facts(all);
  if (sent.before) body += promise_part(view, sent, shown);
  body.add(R"(<p class="small"><a href="{}">{}</a></p>)", Url::in(view, "/ledger"),
           view("feedback.sent.ledger"_t));
  // A file on somebody's disk betrays them; whoever is in danger remembers, and keeps nothing.
  if (!is_protected) body += receipt_offers(view, sent);
  return html::card({.icon_name = "fingerprint",
                     .heading = view("feedback.sent.receipt"_t),
                     .body = std::move(body)});
}

}  // namespace

CheckShown gather_check(db::Read& read, const Draft& draft, Random& random, Instant now) {
  auto prepared = prepare(read, draft.typed(false), random, now);
  CHECK(prepared.ok());
  CheckShown shown{.draft = draft,
                   .steps = steps_of(read, draft),
                   .prepared = std::move(prepared).value(),
                   .object = {},
                   .handler = {},
                   .now = now};
  const Feedback& f = shown.prepared.feedback;
  if (f.object_unit.value != 0) shown.object = units::find(read, f.object_unit);
  shown.handler = units::find(read, f.unit);
  if (f.procedure_id != 0)
    if (const auto found = units::find_procedure(read, units::ProcedureId{f.procedure_id}))
      shown.procedure = found->name;
  shown.questions = questions_of(read, shown.prepared.topic.code);
  shown.similar = similar_published(read, f, now);
  for (attachment::Attachment& file : attachment::list(read, draft.owner()))
    if (!file.removed_at) shown.files.push_back(std::move(file));
  return shown;
}

std::string check_html(const html::View& view, const CheckShown& shown) {
  const Feedback& f = shown.prepared.feedback;
  Fragment body;
  if (text::has_citizen_id(f.body) || text::has_citizen_id(f.title) ||
      text::has_citizen_id(f.place))
    body += html::note({.kind = html::NoteKind::warn,
                        .heading = view("feedback.form.citizen_id.heading"_t),
                        .body = html::fill("<p>{}</p>", view("feedback.form.citizen_id.body"_t))});
  body += answers_list(view, shown);
  body += outlook(view, shown);
  Fragment send = similar_choice(view, shown.similar);
  send += html::button(
      {.text = view("feedback.form.send"_t), .icon_after = "send", .is_big = true, .once = true});
  body += html::form(view, {.action = Url::in(view, "/feedback/new/", shown.draft.token, "/send"),
                            .body = std::move(send)});
  body.add(R"(<p class="small"><a href="{}">{}</a></p>)",
           Url::in(view, path_of(shown.draft, Step::nature)), view("feedback.form.nature.link"_t));
  return step_page(view, {.step = Step::check, .draft = shown.draft, .steps = shown.steps},
                   std::move(body));
}

std::string packed(const Sent& sent) {
  return sent.code + " " + sent.secret + " " + std::to_string(sent.index) + " " + sent.fingerprint +
         " " + std::to_string(to_ms(sent.received_at)) +
         (sent.before ? " " + std::to_string(to_ms(*sent.before)) : "");
}

std::optional<Sent> unpacked_sent(std::string_view text) {
  std::vector<std::string_view> words;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    words.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  if (words.size() != 5 && words.size() != 6) return std::nullopt;
  const auto index = parse_number(words[2]), received = parse_number(words[4]);
  const auto before = words.size() == 6 ? parse_number(words[5]) : std::nullopt;
  if (!index || !received || (words.size() == 6 && !before)) return std::nullopt;
  return Sent{.code = std::string(words[0]),
              .secret = std::string(words[1]),
              .index = *index,
              .fingerprint = std::string(words[3]),
              .received_at = from_ms(*received),
              .before = before ? std::optional(from_ms(*before)) : std::nullopt};
}

namespace {

Fragment how_to_keep(const html::View& view, const Code& code, std::string_view secret) {
  return html::fill(
      R"(<div class="actions"><button type="button" class="govuk-button )"
      R"(govuk-button--secondary" data-copy="both" hidden>{}{}</button><button type="button" )"
      R"(class="govuk-button govuk-button--secondary" data-print hidden>{}{}</button></div>)"
      R"(<p class="vh" id="both" translate="no">{} {}</p>)",
      html::icon("copy"), view("feedback.sent.copy"_t), html::icon("printer"),
      view("feedback.sent.print"_t), code.shown(), secret);
}

// A slip, a picture of the screen or a clipboard that somebody else reads can betray who spoke up.
// So nothing here makes one; the QR code waits for those who ask for it.
Fragment how_to_remember(const html::View& view, const Fragment& qr) {
  Fragment out =
      html::note({.kind = html::NoteKind::warn,
                  .heading = view("feedback.sent.protected"_t),
                  .body = html::fill("<p>{}</p><p>{}</p>", view("feedback.sent.protected_text"_t),
                                     view("feedback.sent.protected_leave"_t))});
  out += html::details(view("feedback.sent.cannot_remember"_t),
                       html::fill(R"(<p>{}</p><div class="qr qr--big">{}</div>)",
                                  view("feedback.sent.cannot_remember_text"_t), qr));
  return out;
}

}  // namespace

std::string sent_html(const html::View& view, const Sent& sent, const SentShown& shown) {
  const auto code = Code::parse(sent.code);
  CHECK(code.has_value());
  const std::string secret = people::shown_secret(sent.secret);
  const Url page = Url::in(view, "/feedback/", sent.code);
  const std::string address = view.site->base_url + std::string(page.view()) + "#" + sent.secret;
  const Fragment qr = html::qr(address, view("feedback.sent.qr"_t));
  Fragment done = html::fill(
      R"(<div><h1 class="h-l">{}</h1><p>{}</p><p class="ref" id="code" translate="no">{}</p>)"
      R"(<p>{}</p><p class="secret" id="secret" translate="no">{}</p><p>{}</p></div>)",
      view("feedback.sent.heading"_t), view("feedback.sent.code"_t), code->shown(),
      view("feedback.sent.secret"_t), secret,
      view(shown.is_protected ? "feedback.sent.keep_protected"_t : "feedback.sent.keep"_t));
  if (!shown.is_protected) done.add(R"(<div class="qr qr--big">{}</div>)", qr);
  Fragment body = html::fill(R"(<div class="done">{}</div>)", done);
  body += shown.is_protected ? how_to_remember(view, qr) : how_to_keep(view, *code, secret);
  body.add(R"(<h2 class="h-m sp">{}</h2>{})", view("feedback.sent.next"_t),
           next_list(view, sent, shown));
  body.add(
      R"(<div class="actions">{}</div>)",
      html::link_button(Url::in(view, "/feedback/", sent.code),
                        {.text = view("feedback.sent.follow"_t), .icon_after = "arrow-right"}));
  Fragment side = receipt_card(view, sent, shown);
  side += html::card(
      {.icon_name = "key-round",
       .heading = view("feedback.sent.no_recovery"_t),
       .body = html::fill("<p>{}</p>", view(shown.is_protected ? "feedback.sent.no_recovery_text"_t
                                                               : "feedback.sent.recovery_text"_t)),
       .is_tinted = true});
  return html::page(view, {.title = view("feedback.sent.title"_t),
                           .here = "/feedback/new",
                           .body = html::columns({.body = std::move(body),
                                                  .side = std::move(side),
                                                  .side_label = view("feedback.sent.receipt"_t)}),
                           .is_unlisted = true,
                           .is_once = true});
}

}  // namespace ln::feedback
