#include "feature/feedback/feedback_pages_case.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "core/attachment/attachment_pages.h"
#include "core/attachment/attachment_store.h"
#include "feature/feedback/feedback_actions.h"
#include "feature/feedback/feedback_actions_held.h"
#include "feature/feedback/feedback_actions_moderation.h"
#include "feature/feedback/feedback_jobs.h"
#include "feature/feedback/feedback_pages_case_view.h"
#include "feature/feedback/feedback_pages_erase.h"
#include "feature/feedback/feedback_pages_held.h"
#include "feature/feedback/feedback_pages_paper.h"
#include "feature/feedback/feedback_store_intake.h"
#include "feature/feedback/feedback_store_part.h"
#include "platform/http/http_range.h"

namespace ln::feedback {
namespace {

std::string path_of(const Code& code) { return "/feedback/" + code.text(); }

bool is_english(const http::Request& request) {
  return request.view.voice.language() == i18n::Language::en;
}

// The case, when this request carries its secret.
std::optional<Feedback> held(const http::Request& request, db::Read& read, const Code& code) {
  const auto citizen = people::citizen_of(request, code.text());
  if (!citizen) return std::nullopt;
  auto opened = open(read, *citizen, code);
  return opened.ok() ? std::optional(std::move(opened).value()) : std::nullopt;
}

http::Response opened(const Code& code, std::string_view secret) {
  return people::remember_secret(http::see_other(path_of(code)), code.text(), secret);
}

// A secret is checked the same way whether the code exists or not.
bool is_right(db::Read& read, const Code& code, std::string_view secret) {
  const std::string plain = people::plain_secret(secret);
  if (plain.empty()) return false;
  const people::Citizen citizen(plain);
  return open(read, citizen, code).ok() || open_held(read, citizen, code).ok();
}

// Whoever holds a letter holds its parts: the same secret opens them, and the browser keeps it for
// each, so that what is done to a part needs nothing more.
http::Response with_parts(const http::Request& request,
                          const CaseShown& letter,
                          http::Response response) {
  const std::string secret(request.cookie(people::case_cookie(letter.feedback.code.text())));
  if (secret.empty()) return response;
  for (const CaseShown& part : letter.parts)
    response = people::remember_secret(std::move(response), part.feedback.code.text(), secret);
  return response;
}

// A part has no page of its own for its holder: the letter's, at the place of the part.
std::optional<http::Response> page_of_letter(const http::Request& request,
                                             db::Read& read,
                                             const Feedback& feedback) {
  const auto part = part_of(read, feedback.id);
  const auto letter = part ? find(read, part->letter) : std::nullopt;
  // The page of a letter that became a complaint, or is erased, shows no parts.
  if (!letter || letter->held_as || letter->erased_at) return std::nullopt;
  const std::string news = request.query.has("done")   ? "?done=1"
                           : request.query.has("late") ? "?late=1"
                                                       : "";
  http::Response response =
      http::see_other(path_of(letter->code) + news + "#part-" + std::to_string(part->number));
  const std::string secret(request.cookie(people::case_cookie(feedback.code.text())));
  if (secret.empty()) return response;
  return people::remember_secret(std::move(response), letter->code.text(), secret);
}

// What a holder does, by the last word of its address.
struct HolderAct {
  std::string_view word;
  Result<Feedback> (*does)(db::Write&, const CitizenAct&);
};
constexpr std::array holder_acts = {HolderAct{"accept", approve}, HolderAct{"reopen", reopen},
                                    HolderAct{"reply", reply}, HolderAct{"contest", contest},
                                    HolderAct{"unhide", contest_hiding}};

}  // namespace

Result<http::Response> find_page(const http::Request& request) {
  const std::string_view typed = request.query.text("code");
  if (typed.empty()) return http::page(200, find_html(request.view, {}, nullptr));
  if (const auto code = Code::parse(typed)) return http::see_other(path_of(*code));
  const Error error{
      ErrorKind::invalid, "feedback.error.code_form"_t, {{"code", "feedback.error.code_form"_t}}};
  return http::page(422, find_html(request.view, first_chars(typed, 50), &error));
}

Result<http::Pending> find_post(const http::Request& request, db::Read& read) {
  const std::string_view typed = request.form.text("code"), secret = request.form.text("secret");
  const auto code = Code::parse(typed);
  const auto again = [&](std::string_view field, TextKey text) {
    const Error error{ErrorKind::invalid, text, {{std::string(field), text}}};
    return http::Pending::answer(
        http::page(422, find_html(request.view, first_chars(typed, 50), &error)));
  };
  if (!code) return again("code", "feedback.error.code_form"_t);
  if (trimmed(secret).empty()) return http::Pending::answer(http::see_other(path_of(*code)));
  // The strip of a printed form carries both before there is a case.
  if (!find(read, *code) && find_paper(read, *code))
    return http::Pending::answer(http::see_other(path_of(*code)));
  if (!is_right(read, *code, secret)) return again("secret", "feedback.error.code_or_secret"_t);
  return http::Pending::answer(opened(*code, secret));
}

Result<http::Response> case_page(const http::Request& request, db::Read& read, Instant now) {
  const std::string_view typed = request.path_text("code");
  const auto code = Code::parse(typed);
  if (!code) return Error{ErrorKind::not_found, "feedback.error.code_form"_t};
  if (code->text() != typed) return http::see_other(path_of(*code));
  CaseNews news;
  news.is_done = request.query.has("done");
  news.is_too_late = request.query.has("late");
  if (auto own = held(request, read, *code)) {
    if (auto letter = page_of_letter(request, read, *own)) return *std::move(letter);
    if (own->erased_at)
      return http::page(200, tombstone_html(request.view, read, *own, news.is_done));
    const CaseShown shown = gather_case(read, *std::move(own), true, is_english(request), now);
    return with_parts(request, shown, http::page(200, case_html(request.view, shown, news)));
  }
  if (auto page = held_page(request, read, *code)) return *std::move(page);
  auto feedback = find(read, *code);
  // The code of a printed form is no case before somebody has typed it in.
  if (const auto paper = feedback ? std::nullopt : find_paper(read, *code))
    if (auto waiting = help::paper_page(request.view, *paper, now)) return *std::move(waiting);
  if (!feedback || feedback->is_protected || feedback->held_as)
    return http::page(404, locked_html(request.view, *code, false));
  if (feedback->erased_at)
    return http::page(200, tombstone_html(request.view, read, *feedback, false));
  const FeedbackId id = feedback->id;
  views().count(id);
  auto response = http::page(
      200, case_html(request.view,
                     gather_case(read, *std::move(feedback), false, is_english(request), now)));
  response.cacheable = true;
  response.when_reused = [id] { views().count(id); };
  return response;
}

Result<http::Response> case_file(const http::Request& request, db::Read& read) {
  const Error none{ErrorKind::not_found, "attachment.error.not_found"_t};
  const auto code = Code::parse(request.path_text("code"));
  const auto own = code ? held(request, read, *code) : std::nullopt;
  const auto file = attachment::find(read, request.path_text("token"));
  if (!own && file && file->owner_kind == "feedback_held" && code)
    if (auto answer = held_file(request, read, *code, *file)) return *std::move(answer);
  if (!own || !file || file->owner_id != own->id.value) return none;
  if (file->owner_kind != "feedback" && file->owner_kind != "feedback_answer") return none;
  auto response = attachment::file_response(read, *file, attachment::Part::whole);
  if (!response) return none;
  return http::part_of(request, *std::move(response));
}

Result<http::Pending> open_post(const http::Request& request, db::Read& read) {
  const auto code = Code::parse(request.path_text("code"));
  if (!code) return Error{ErrorKind::not_found, "feedback.error.code_form"_t};
  const std::string_view secret = request.form.text("secret");
  if (!is_right(read, *code, secret))
    return http::Pending::answer(http::page(422, locked_html(request.view, *code, true)));
  return http::Pending::answer(opened(*code, secret));
}

Result<http::Pending> close_post(const http::Request& request) {
  const auto code = Code::parse(request.path_text("code"));
  if (!code) return Error{ErrorKind::not_found, "feedback.error.code_form"_t};
  return http::Pending::answer(
      people::forget_secret(http::see_other("/feedback/find"), code->text()));
}

Result<http::Pending> act_post(const http::Request& request,
                               db::Read& read,
                               Random& random,
                               Instant now,
                               people::Citizen citizen) {
  const auto wanted = std::ranges::find(holder_acts, request.path_text("act"), &HolderAct::word);
  const auto code = Code::parse(request.path_text("code"));
  if (wanted == holder_acts.end() || !code)
    return Error{ErrorKind::not_found, "feedback.error.code_or_secret"_t};
  auto feedback = open(read, citizen, *code);
  if (!feedback.ok())
    return http::Pending::answer(http::page(404, locked_html(request.view, *code, false)));
  CaseShown shown = gather_case(read, std::move(feedback).value(), true, is_english(request), now);
  const CitizenAct act{.citizen = citizen,
                       .code = *code,
                       .salts = ledger::draw(random),
                       .now = now,
                       .text = std::string(trimmed(request.form.text("text")))};
  return http::Pending::commit(
      [act, does = wanted->does](db::Write& write) { return does(write, act); },
      [&request, shown = std::move(shown), name = wanted->word, code = *code, typed = act.text](
          const Result<Feedback>& done, std::string_view) {
        if (done.ok()) return http::see_other(path_of(code) + "?done=1");
        const Error& error = done.error();
        // Pressed twice, or the office was faster: the page tells how it stands now.
        if (error.kind == ErrorKind::conflict) return http::see_other(path_of(code) + "?late=1");
        if (error.kind != ErrorKind::invalid) return http::error_response(request, error);
        return http::page(
            422, case_html(request.view, shown, {.error = &error, .act = name, .typed = typed}));
      });
}

}  // namespace ln::feedback
