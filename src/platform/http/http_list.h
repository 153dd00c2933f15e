// A list for machines: at most ?limit= items, those after ?after=, and "next" to go on with.
//
//   TRY(const ListAsked asked, list_asked(request));
//   return list_answer(asked, rows_before(read, asked.after, asked.limit + 1), write, id_of);
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "base/result.h"
#include "platform/http/http.h"
#include "platform/json/json.h"

namespace ln::http {

inline constexpr std::int64_t list_usual = 20, list_most = 100;

// Where a list goes on and how much of it is wanted; `after` is 0 at its beginning.
struct ListAsked {
  std::int64_t after = 0, limit = list_usual;
};
// Refuses (invalid) beside "limit" what is no number from 1 to list_most, and beside "after" what
// is no number from 1 on.
Result<ListAsked> list_asked(const Request& request);

// {"items": […], "next": …}. `all` holds one more than was asked for when there are more; `write`
// writes one item as a JSON value, `id_of` gives the number after which a list goes on. May be
// kept and given out again.
template <class Item, class Write, class IdOf>
Response list_answer(const ListAsked& asked, std::vector<Item> all, Write write, IdOf id_of) {
  const bool has_more = std::ssize(all) > asked.limit;
  if (has_more) all.resize(static_cast<std::size_t>(asked.limit));
  Response response = json(200, {});
  ln::json::Writer out(response.body);
  out.object().name("items").array();
  for (const Item& each : all) write(out, each);
  out.end_array().name("next");
  if (has_more)
    out.integer(id_of(all.back()));
  else
    out.null();
  out.end_object();
  response.cacheable = true;
  return response;
}

// One thing as JSON, kept as a list is. `write` writes it.
template <class Write>
Response one_answer(Write write) {
  Response response = json(200, {});
  ln::json::Writer out(response.body);
  write(out);
  response.cacheable = true;
  return response;
}

}  // namespace ln::http
