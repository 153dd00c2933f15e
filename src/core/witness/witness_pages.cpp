#include "core/witness/witness_pages.h"

#include <atomic>
#include <string>
#include <utility>
#include <vector>

#include "base/log.h"
#include "platform/file/file.h"
#include "platform/html/layout.h"
#include "platform/html/parts.h"
#include "platform/html/url.h"
#include "platform/http/download.h"

namespace ln::witness {
namespace {

std::atomic<Witness*>& only() {
  static std::atomic<Witness*> witness = nullptr;
  return witness;
}

// For programs, so in English; the specification names the statuses and leaves the words free.
http::Response response_of(const Witness::Answer& answer) {
  switch (answer.outcome) {
    case Outcome::cosigned: return http::text(200, answer.lines);
    case Outcome::malformed:
      return http::text(400, "not a request, or the old size is above the new one\n");
    case Outcome::not_signed: return http::text(403, "not signed by a known key of this log\n");
    case Outcome::unknown_log: return http::text(404, "this log is not known here\n");
    case Outcome::other_size: {
      http::Response response = http::text(409, merkle::size_line(answer.seen_size));
      response.content_type = merkle::size_line_type;
      return response;
    }
    case Outcome::wrong_proof:
      return http::text(422, "the proof does not lead from the tree seen here to this one\n");
    case Outcome::split_view: break;
  }
  return http::text(422, "another tree of this size was seen here; both heads are kept\n");
}

http::Response not_stored() {
  return http::text(500, "could not be stored, so it is not signed\n");
}

html::Fragment log_part(const html::View& view, const Witness::SeenLog& log) {
  html::Fragment out =
      html::fill(R"(<h2 class="h-m sp" translate="no">{}</h2>)", std::string_view(log.origin));
  if (!log.cosigned_at) {
    out.add("<p>{}</p>", view("witness.nothing_yet"_t));
    return out;
  }
  const std::vector<html::Fact> facts = {
      {view("witness.size"_t), html::code(view.voice.number(static_cast<std::int64_t>(log.size)))},
      {view("witness.at"_t), html::moment(view, *log.cosigned_at)},
      {view("witness.head"_t),
       html::fill(R"(<a href="{}">{}</a>)", html::Url::path("/", log.address, "/checkpoint"),
                  view("witness.head_file"_t))}};
  out += html::facts(facts, true);
  return out;
}

html::Fragment evidence_part(const html::View& view, const std::vector<std::string>& names) {
  if (names.empty()) return html::fill("<p>{}</p>", view("witness.no_evidence"_t));
  html::Fragment out = html::note({.kind = html::NoteKind::stop,
                                   .heading = view("witness.split"_t),
                                   .body = html::fill("<p>{}</p>", view("witness.split_text"_t))});
  const auto shown = shown_of(names);
  out.add("<ul>{}</ul>", [&](html::Fragment& list) {
    for (const std::string& name : shown)
      list.add(R"(<li><a class="hash" href="{}" translate="no">{}</a></li>)",
               html::Url::path("/evidence/", name), name);
  });
  if (shown.size() < names.size())
    out.add("<p>{}</p>",
            view.voice.counted("witness.more_evidence"_t,
                               static_cast<std::int64_t>(names.size() - shown.size())));
  return out;
}

}  // namespace

void set_witness(Witness* witness) { only() = witness; }

Result<http::Pending> add_checkpoint(const http::Request& request) {
  Witness* witness = only();
  if (witness == nullptr) return http::Pending::answer(not_stored());
  try {
    return http::Pending::answer(response_of(witness->add_checkpoint(request.body)));
  } catch (const file::Failure& failure) {
    log::write(log::Level::error, "witness_not_stored", {{"what", failure.what()}});
    return http::Pending::answer(not_stored());
  }
}

Result<http::Response> checkpoint_file(const http::Request& request) {
  const Witness* witness = only();
  auto note = witness == nullptr ? std::nullopt : witness->checkpoint(request.path_text("address"));
  if (!note) return http::text(404, "no head of such a log was seen here\n");
  return http::text(200, *std::move(note))
      .with_header("Cache-Control", "public, max-age=5")
      .with_header("Access-Control-Allow-Origin", "*");
}

Result<http::Response> evidence_file(const http::Request& request) {
  const Witness* witness = only();
  const std::string_view name = request.path_text("name");
  auto bytes = witness == nullptr ? std::nullopt : witness->evidence(name);
  if (!bytes) return http::text(404, "no such evidence is kept here\n");
  return http::download(http::text(200, *std::move(bytes)), name)
      .with_header("Access-Control-Allow-Origin", "*");
}

Result<http::Response> about_page(const http::Request& request) {
  const Witness* witness = only();
  if (witness == nullptr) return Error{ErrorKind::unavailable, "error.not_found.body"_t};
  const html::View& view = request.view;
  html::Fragment body = html::fill(
      R"(<h1 class="h-xl">{}</h1><p class="lead">{}</p><p class="hash" translate="no">{}</p>)",
      view("witness.title"_t), view("witness.lead"_t), witness->verifier().text());
  for (const Witness::SeenLog& log : witness->seen()) body += log_part(view, log);
  body.add(R"(<h2 class="h-m sp">{}</h2>{}<h2 class="h-m sp">{}</h2><p>{}</p>)",
           view("witness.evidence"_t), evidence_part(view, witness->evidence()),
           view("witness.check"_t), view("witness.check_how"_t));
  body.add(R"(<ul><li><a href="{}">{}</a></li><li><a href="{}" translate="no">{}</a></li></ul>)",
           html::Url::path("/verify.html"), view("ledger.verify.link"_t),
           html::Url::path("/tools/verify_ledger.py"), "verify_ledger.py");
  return http::page(200, html::page(view, {.title = view("witness.title"_t),
                                           .body = html::columns({.body = std::move(body)})}))
      .with_header("Cache-Control", "no-cache");
}

}  // namespace ln::witness
