// What the address of the queue asks for, and the cases it finds. For the wings of the pages for
// staff: the queue itself, acts on many cases, and filters kept under a name.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/people/people.h"
#include "core/units/units.h"
#include "feature/feedback/feedback_store_lists.h"
#include "platform/html/url.h"
#include "platform/html/view.h"
#include "platform/http/http.h"

namespace ln::feedback::staff {

inline constexpr std::int64_t queue_rows_max = 9;  // of one page: with boxes and filters, 6 KiB

struct Asked {
  QueueFilter filter{};
  std::string query{};
  units::Unit top{};
  std::vector<units::Unit> tops{};  // one to choose among, when the officer has several
  std::vector<std::string> places{};
  people::AccountId self{};
  std::optional<units::Unit> unit{};      // narrower than `top`: only what this one handles
  std::string unit_typed{};               // as it stands in the field
  std::vector<units::Unit> which_unit{};  // several have the name that was typed
  std::optional<Topic> topic{};
  // Parts of the address that mean nothing here, by name and value: told on the page, so that
  // nobody takes a list for narrower than it is.
  std::vector<std::pair<TextKey, std::string>> unknown{};

  // Whether anything but the tab and the subtree narrows the list.
  bool is_narrowed() const {
    return !query.empty() || filter.about || filter.officer_id != 0 || filter.is_nobodys ||
           has_more_filters();
  }
  // Whether one of the filters is set that the page folds away.
  bool has_more_filters() const {
    return unit || topic || filter.state || filter.is_urgent || !filter.source.empty() ||
           !unit_typed.empty();
  }
};

// Reads "tab", "who" (mine, nobody), "about", "top", "unit" (code or name), "topic", "state",
// "urgent", "source", "q" and "after"; what is none of ours narrows nothing and is kept in
// `unknown`. Whatever is asked for, the officer's own places bound what is found.
Asked asked_of(const http::Fields& query,
               db::Read& read,
               const people::Officer& officer,
               Instant now);

// What an address calls a unit: its code; one that has ended also by its first day, since its code
// may be in use again.
std::string top_key(const units::Unit& unit);

// The same question as names and values, as they stand in an address; without a cursor.
std::vector<std::pair<std::string, std::string>> query_of(const Asked& asked, Tab tab);
// The same list at another tab, or further on.
html::Url list_url(const html::View& view,
                   const Asked& asked,
                   Tab tab,
                   const Feedback* after = nullptr);

struct Page {
  std::vector<Feedback> rows;
  bool has_more = false;
};
// At most `limit` cases, from the cursor on, none that the officer may not see.
Page rows_of(db::Read& read, const Asked& asked, std::int64_t limit = queue_rows_max);

}  // namespace ln::feedback::staff
