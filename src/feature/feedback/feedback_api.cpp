// Reading: one case, the published ones, and what the holder does with a case.
#include "feature/feedback/feedback_api.h"

#include <utility>

#include "base/embedded.h"
#include "feature/feedback/feedback_actions_erase.h"
#include "feature/feedback/feedback_api_held.h"
#include "feature/feedback/feedback_api_json.h"
#include "platform/http/http_json.h"

namespace ln::feedback {
namespace {

using Act = Result<Feedback> (*)(db::Write&, const CitizenAct&);

Error no_such_case() { return {ErrorKind::not_found, "feedback.error.no_such_case"_t}; }

// The case in the path when the request carries its secret. Refuses (not_found) everything else in
// the same words, so that nobody learns whether a code exists.
Result<std::pair<people::Citizen, Feedback>> held_case(const http::Request& request,
                                                       db::Read& read) {
  const auto code = Code::parse(request.path_text("code"));
  auto citizen = people::machine_of(request);
  if (!code || !citizen) return no_such_case();
  auto held = open(read, *citizen, *code);
  if (!held.ok()) return no_such_case();
  return std::pair(*std::move(citizen), std::move(held).value());
}

// One of the four acts: {"text"} where the act has one, and the case as it is now in return.
Result<http::Pending> act_api(
    const http::Request& request, db::Read& read, Random& random, Instant now, Act act) {
  TRY(auto held, held_case(request, read));
  auto sent = http::json_body(request, http::Body::may_be_empty);
  if (auto* refused = std::get_if<http::Response>(&sent))
    return http::Pending::answer(std::move(*refused));
  http::Members members(std::get<json::Document>(sent).root());
  const CitizenAct made{.citizen = std::move(held.first),
                        .code = held.second.code,
                        .salts = ledger::draw(random),
                        .now = now,
                        .text = members.text("text")};
  if (!members.errors().empty()) return members.errors().take();
  struct Outcome {
    http::Response response;
  };
  return http::Pending::commit(
      [request, made, act](db::Write& write) -> Result<Outcome> {
        TRY(const Feedback done, act(write, made));
        return Outcome{case_response(request, write, done, Reader::holder, made.now)};
      },
      [request](const Result<Outcome>& outcome, std::string_view) {
        return outcome.ok() ? outcome.value().response
                            : http::error_response(request, outcome.error());
      });
}

Result<Feedback> approve_silently(db::Write& write, const CitizenAct& act) {
  CitizenAct plain = act;
  plain.text.clear();  // Accepting has no text; what a client sends beside it is ignored.
  return approve(write, plain);
}

// The text that is kept under this code, when the secret is right.
std::optional<Held> kept_text(const http::Request& request, db::Read& read) {
  const auto code = Code::parse(request.path_text("code"));
  const auto citizen = people::machine_of(request);
  if (!code || !citizen) return std::nullopt;
  auto held = open_held(read, *citizen, *code);
  return held.ok() ? std::optional(std::move(held).value()) : std::nullopt;
}

}  // namespace

Result<http::Response> case_api(const http::Request& request, db::Read& read, Instant now) {
  if (!request.header("x-feedback-secret").empty()) {
    if (const auto kept = kept_text(request, read)) return held_response(request, *kept);
    TRY(const auto held, held_case(request, read));
    return case_response(request, read, held.second, Reader::holder, now);
  }
  const auto code = Code::parse(request.path_text("code"));
  const auto found = code ? find(read, *code) : std::nullopt;
  if (!found || found->is_protected || found->held_as) return no_such_case();
  return case_response(request, read, *found, Reader::everybody, now);
}

Result<http::Pending> accept_api(const http::Request& request,
                                 db::Read& read,
                                 Random& random,
                                 Instant now) {
  return act_api(request, read, random, now, approve_silently);
}

Result<http::Pending> reopen_api(const http::Request& request,
                                 db::Read& read,
                                 Random& random,
                                 Instant now) {
  return act_api(request, read, random, now, reopen);
}

Result<http::Pending> erase_api(const http::Request& request,
                                db::Read& read,
                                Random& random,
                                Instant now) {
  if (!kept_text(request, read)) return act_api(request, read, random, now, erase);
  const CitizenAct act{.citizen = *people::machine_of(request),
                       .code = *Code::parse(request.path_text("code")),
                       .salts = ledger::draw(random),
                       .now = now,
                       .text = {}};
  return http::Pending::commit([act](db::Write& write) { return erase_held(write, act); },
                               [request](const Result<Held>& done, std::string_view) {
                                 return done.ok() ? held_response(request, done.value())
                                                  : http::error_response(request, done.error());
                               });
}

Result<http::Pending> contest_api(const http::Request& request,
                                  db::Read& read,
                                  Random& random,
                                  Instant now) {
  return act_api(request, read, random, now, contest);
}

Result<http::Pending> reply_api(const http::Request& request,
                                db::Read& read,
                                Random& random,
                                Instant now) {
  return act_api(request, read, random, now, reply);
}

Result<http::Response> description_api(const http::Request&) {
  const auto description = embedded::find("data/api/openapi.json");
  if (!description) return Error{ErrorKind::not_found, "error.not_found.body"_t};
  http::Response response = http::json(200, std::string(*description));
  response.cacheable = true;
  return response;
}

}  // namespace ln::feedback
