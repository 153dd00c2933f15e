#include "app/promised.h"

#include <optional>

#include "core/ledger/ledger_actions.h"
#include "feature/commitment/commitment_actions_case.h"
#include "feature/feedback/feedback_actions_promised.h"
#include "feature/feedback/feedback_store.h"

namespace ln::app {
namespace {

using commitment::Commitment;

// The case holds what its newest promise says; earlier ones stand for themselves.
bool is_newest(db::Read& read, const Commitment& c) {
  return commitment::of_source(read, commitment::Source::feedback, c.source_id).back().id == c.id;
}

void bring_case(db::Write& write,
                commitment::CommitmentId id,
                const ledger::Salts& salts,
                Instant now) {
  const auto c = commitment::find(write, id);
  if (!c || c->source != commitment::Source::feedback || !is_newest(write, *c)) return;
  const feedback::FeedbackId case_id{c->source_id};
  const auto found = feedback::find(write, case_id);
  if (!found || found->state != feedback::State::promised) return;
  if (c->state == commitment::State::broken) {
    // A day that is over already says so by itself.
    if (found->promised_on && *found->promised_on >= local_day(now))
      (void)feedback::give_up_promise(write, case_id, salts, now);
  } else if (c->wording > 1 && found->promised_on != c->due_on) {
    (void)feedback::change_promised_day(write, case_id, c->due_on, salts, now);
  }
}

}  // namespace

Follow promise_follows(const http::Request& request, db::Read& read, Random& random, Instant now) {
  const auto code = feedback::Code::parse(request.path_text("code"));
  const auto found = code ? feedback::find(read, *code) : std::nullopt;
  if (!found) return [](db::Write&) {};
  return [step = commitment::draw_step(found->id.value, random, now)](db::Write& write) {
    commitment::follow_case(write, step);
  };
}

Follow case_follows(const http::Request& request, db::Read&, Random& random, Instant now) {
  return [id = commitment::CommitmentId{request.path_number("id")}, salts = ledger::draw(random),
          now](db::Write& write) { bring_case(write, id, salts, now); };
}

http::Pending followed(http::Pending inner, Follow follow) {
  if (inner.ready()) return inner;
  return http::Pending::commit(
      [inner, follow = std::move(follow)](db::Write& write) -> Result<Done> {
        // Why it was refused is told by the inner one; this outcome nobody reads.
        if (!inner.work()(write)) return Error{ErrorKind::conflict, "commitment.error.not_now"_t};
        follow(write);
        return Done{};
      },
      [inner](const Result<Done>&, std::string_view seal) { return inner.finish(seal); });
}

}  // namespace ln::app
