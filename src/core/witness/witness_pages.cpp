#include "core/witness/witness_pages.h"

#include <atomic>
#include <utility>

#include "base/log.h"
#include "platform/file/file.h"

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

Result<http::Response> about_page(const http::Request&) {
  const Witness* witness = only();
  return http::text(200, witness == nullptr ? "" : witness->about())
      .with_header("Cache-Control", "no-cache");
}

}  // namespace ln::witness
