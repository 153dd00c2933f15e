#include "feature/feedback/feedback_pages_erase.h"

#include <vector>

#include "core/units/units_name.h"
#include "core/units/units_store.h"
#include "feature/feedback/feedback_actions_erase.h"
#include "feature/feedback/feedback_pages_card.h"
#include "feature/feedback/feedback_pages_case_view.h"
#include "platform/html/forms.h"
#include "platform/html/layout.h"
#include "platform/html/parts.h"

namespace ln::feedback {
namespace {

using html::Fragment;
using html::Url;

std::string path_of(const Code& code) { return "/feedback/" + code.text(); }

std::string ask_html(const html::View& view, const Feedback& f, const Error* error) {
  const std::string& code = f.code.text();
  Fragment body = html::back_link(view, Url::in(view, "/feedback/", code));
  body += html::error_summary(view, error);
  body.add(R"(<h1 class="h-l">{}</h1><p class="lead">{}</p><p>{}</p>)",
           view("feedback.erase.title"_t), view("feedback.erase.lead"_t),
           html::code(f.code.shown()));
  if (!is_over(f.state))
    body += html::note({.kind = html::NoteKind::warn,
                        .body = html::fill("<p>{}</p>", view("feedback.erase.runs"_t))});
  body += what_goes_and_stays(view);
  body.add(R"(<p>{} <a href="{}" download>{}</a></p>)", view("feedback.erase.proofs"_t),
           Url::path("/feedback/", code, "/receipts.tlog-proofs"), view("feedback.receipt.all"_t));
  Fragment fields = html::checkboxes(
      view, {.name = "sure",
             .error = html::error_for(view, error, "sure"),
             .choices = {{.value = "yes", .text = view("feedback.erase.sure"_t)}}});
  fields += html::button(
      {.text = view("feedback.erase.send"_t), .kind = html::ButtonKind::warning, .once = true});
  body += html::form(
      view, {.action = Url::in(view, "/feedback/", code, "/erase"), .body = std::move(fields)});
  body.add(R"(<p><a href="{}">{}</a></p>)", Url::in(view, "/feedback/", code),
           view("feedback.erase.keep"_t));
  return html::page(view, {.title = view("feedback.erase.title"_t),
                           .body = html::columns({.body = std::move(body), .is_narrow = true}),
                           .has_errors = error != nullptr,
                           .is_unlisted = true});
}

// The holder's case, or the one page for everybody without its secret.
struct Asked {
  std::optional<Feedback> feedback{};
  std::optional<people::Citizen> citizen{};
  http::Response refusal{};
};
Result<Asked> asked_case(const http::Request& request, db::Read& read) {
  const auto code = Code::parse(request.path_text("code"));
  if (!code) return Error{ErrorKind::not_found, "feedback.error.code_form"_t};
  Asked asked;
  asked.citizen = people::citizen_of(request, code->text());
  if (asked.citizen) {
    auto opened = open(read, *asked.citizen, *code);
    if (opened.ok()) asked.feedback = std::move(opened).value();
  }
  if (!asked.feedback)
    asked.refusal = http::page(404, locked_html(request.view, *code, false));
  else if (asked.feedback->erased_at)
    asked.refusal = http::see_other(path_of(*code));
  return asked;
}

Fragment list_of(const html::View& view, std::initializer_list<TextKey> lines) {
  return html::fill("<ul>{}</ul>", [&](Fragment& list) {
    for (const TextKey line : lines) list.add("<li>{}</li>", view(line));
  });
}

}  // namespace

Result<http::Response> erase_page(const http::Request& request, db::Read& read) {
  TRY(Asked asked, asked_case(request, read));
  if (!asked.feedback || asked.feedback->erased_at) return std::move(asked.refusal);
  return http::page(200, ask_html(request.view, *asked.feedback, nullptr));
}

Result<http::Pending> erase_post(const http::Request& request,
                                 db::Read& read,
                                 Random& random,
                                 Instant now) {
  TRY(Asked asked, asked_case(request, read));
  if (!asked.feedback || asked.feedback->erased_at)
    return http::Pending::answer(std::move(asked.refusal));
  if (request.form.text("sure") != "yes") {
    const Error error{ErrorKind::invalid,
                      "feedback.error.erase_unsure"_t,
                      {{"sure", "feedback.error.erase_unsure"_t}}};
    return http::Pending::answer(http::page(422, ask_html(request.view, *asked.feedback, &error)));
  }
  const Code code = asked.feedback->code;
  const CitizenAct act{.citizen = *std::move(asked.citizen),
                       .code = code,
                       .salts = ledger::draw(random),
                       .now = now,
                       .text = {}};
  return http::Pending::commit(
      [act](db::Write& write) -> Result<Feedback> { return erase(write, act); },
      [&request, code](const Result<Feedback>& done, std::string_view) {
        // Pressed twice: it is erased, and its page says so.
        if (done.ok()) return http::see_other(path_of(code) + "?done=1");
        if (done.error().kind == ErrorKind::conflict) return http::see_other(path_of(code));
        return http::error_response(request, done.error());
      });
}

std::string tombstone_html(const html::View& view, db::Read& read, const Feedback& f, bool is_new) {
  const auto unit = units::find(read, f.unit);
  const bool in_english = view.voice.language() == i18n::Language::en;
  Fragment body;
  if (is_new)
    body += html::note({.kind = html::NoteKind::ok,
                        .body = html::fill("<p>{}</p>", view("feedback.erased.done"_t)),
                        .is_status = true});
  body.add(R"(<h1 class="h-l sp">{}</h1><p class="lead">{}</p>)", view("feedback.erased.title"_t),
           view("feedback.erased.lead"_t));
  std::vector<html::Fact> facts;
  const auto add = [&](TextKey term, Fragment value) {
    facts.push_back({view(term), std::move(value)});
  };
  add("feedback.erased.code"_t, html::code(f.code.shown()));
  add("feedback.erased.at"_t, html::day(view, local_day(*f.erased_at)));
  add("feedback.erased.because"_t, html::fill("{}", view(key_of(*f.erased_because))));
  add("feedback.erased.received"_t, html::day(view, local_day(f.received_at)));
  if (unit) add("feedback.case.unit"_t, html::fill("{}", units::name_in(*unit, in_english)));
  add("feedback.case.about"_t, html::fill("{}", view(key_of(f.about))));
  add("feedback.case.kind"_t, html::fill("{}", view(key_of(f.kind))));
  add("feedback.erased.state"_t, html::fill("{}", view(key_of(f.state))));
  body += html::facts(facts);
  body += what_goes_and_stays(view);
  body.add(R"(<p><a href="{}">{}</a></p>)", Url::in(view, "/figures"),
           view("feedback.erased.count"_t));
  return html::page(view, {.title = view("feedback.erased.title"_t),
                           .body = html::columns({.body = std::move(body), .is_narrow = true}),
                           .is_unlisted = true});
}

Fragment erase_card(const html::View& view, const Feedback& feedback) {
  return html::card({.icon_name = "trash-2",
                     .heading = view("feedback.erase.card"_t),
                     .body = html::fill(R"(<p>{}</p><p><a href="{}">{}</a></p>)",
                                        view("feedback.erase.card_text"_t),
                                        Url::in(view, "/feedback/", feedback.code.text(), "/erase"),
                                        view("feedback.erase.go"_t))});
}

Fragment what_goes_and_stays(const html::View& view) {
  Fragment out;
  out.add(R"(<h2 class="h-m sp">{}</h2>{})", view("feedback.erase.goes"_t),
          list_of(view, {"feedback.erase.goes_words"_t, "feedback.erase.goes_answers"_t,
                         "feedback.erase.goes_contact"_t, "feedback.erase.goes_proofs"_t}));
  out.add(R"(<h2 class="h-m sp">{}</h2>{})", view("feedback.erase.stays"_t),
          list_of(view, {"feedback.erase.stays_facts"_t, "feedback.erase.stays_ledger"_t,
                         "feedback.erase.stays_backups"_t}));
  return out;
}

}  // namespace ln::feedback
