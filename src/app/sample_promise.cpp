#include "app/sample_promise.h"

#include <stdexcept>

#include "app/sample_play.h"
#include "core/people/people_citizen.h"
#include "feature/commitment/commitment_actions.h"

namespace ln::app {
namespace {

template <class T>
T made_good(Result<T> result) {
  if (!result.ok())
    throw std::logic_error("the sample's promise was refused: " +
                           std::string(result.error().text.name()));
  return std::move(result).value();
}

}  // namespace

void promise_for_point(db::Database& database,
                       const SamplePromise& promise,
                       Random& random,
                       Instant at) {
  const auto prepared = made_good(database.read([&](db::Read& read) {
    return commitment::prepare(
        read, promise.head, promise.unit,
        {.text = promise.text, .due_on = promise.due_on, .point = promise.point}, random, at);
  }));
  const auto made = made_good(
      database.write([&](db::Write& write) { return commitment::make(write, prepared, at); }));
  const Instant later = at + std::chrono::hours(30);
  const auto act =
      commitment::draw(people::Citizen(promise.secret), promise.code, made, random, later);
  made_good(database.write([&](db::Write& write) {
    return commitment::perform(write, act, commitment::Act::confirm, "");
  }));
}

void pass_sample_promises(db::Database& database, Random& random, Instant now) {
  while (commitment::pass_time(database, random, now) > 0) {
  }
}

}  // namespace ln::app
