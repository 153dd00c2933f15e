// A page whose looks are counted. The page itself knows nothing of it: what is counted is that it
// was given out, whichever way, and never to whom (core/views).
#pragma once

#include <functional>
#include <utility>

#include "core/views/views_store.h"
#include "platform/http/http.h"

namespace ln::app {

// Counts one more look at the thing that the hole {id:number} names, and again each time a kept
// copy of the answer is given out. An answer that is no page of it is not counted, and neither is
// the question of /share whether there is one.
Result<http::Response> count_look(const http::Request& request,
                                  views::Kind kind,
                                  Result<http::Response> answer);

template <auto page, views::Kind kind>
struct Viewed;

template <class... Params,
          Result<http::Response> (*page)(const http::Request&, Params...),
          views::Kind kind>
struct Viewed<page, kind> {
  static Result<http::Response> answer(const http::Request& request, Params... params) {
    return count_look(request, kind, page(request, std::forward<Params>(params)...));
  }
};

// router.get("/projects/{id:number}", viewed<project::project_page, views::Kind::project>)
template <auto page, views::Kind kind>
inline constexpr auto viewed = &Viewed<page, kind>::answer;

}  // namespace ln::app
