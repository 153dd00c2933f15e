// What was promised in a case is a commitment, and each follows the other in one transaction
// (decision 51). The two rooms do not see each other; they meet here.
#pragma once

#include <functional>
#include <tuple>
#include <utility>

#include "base/random.h"
#include "base/result.h"
#include "base/time.h"
#include "platform/db/db.h"
#include "platform/http/http.h"

namespace ln::app {

// What follows from an act, inside its transaction; prepared beside it.
using Follow = std::function<void(db::Write& write)>;

// After an act on the case of the hole {code}: its promise is made, declared, kept or open again.
Follow promise_follows(const http::Request& request, db::Read& read, Random& random, Instant now);
// After an act on the commitment of the hole {id:number}: the case it was promised in has its day,
// and is overdue at once when the unit gives it up.
Follow case_follows(const http::Request& request, db::Read& read, Random& random, Instant now);

// `inner`, and what follows from it when it was not refused.
http::Pending followed(http::Pending inner, Follow follow);

template <auto post, auto prepare>
struct Followed;

template <class... Params,
          Result<http::Pending> (*post)(const http::Request&, db::Read&, Params...),
          Follow (*prepare)(const http::Request&, db::Read&, Random&, Instant)>
struct Followed<post, prepare> {
  static Result<http::Pending> answer(const http::Request& request,
                                      db::Read& read,
                                      Params... params) {
    const auto all = std::forward_as_tuple(params...);
    Follow follow = prepare(request, read, std::get<Random&>(all), std::get<Instant&>(all));
    TRY(http::Pending inner, post(request, read, std::forward<Params>(params)...));
    return followed(std::move(inner), std::move(follow));
  }
};

// router.post("/feedback/{code}/{act}", followed_by<feedback::act_post, promise_follows>)
template <auto post, auto prepare>
inline constexpr auto followed_by = &Followed<post, prepare>::answer;

}  // namespace ln::app
