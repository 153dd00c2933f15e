#include "feature/feedback/feedback_pages_staff_list.h"

#include <algorithm>

#include "base/text.h"
#include "core/units/units_store.h"
#include "engine/text/text.h"
#include "feature/feedback/feedback_deadline.h"
#include "feature/feedback/feedback_rights.h"
#include "feature/feedback/feedback_store.h"
#include "feature/feedback/feedback_store_foreign.h"

namespace ln::feedback::staff {
namespace {

using html::Url;
using html::View;

// So many cases a search looks through before it asks for a narrower one.
constexpr std::size_t searched_max = 2'000;
constexpr std::size_t query_chars_max = 100;
constexpr std::int64_t foreign_codes_shown_max = 10;  // other systems may have the same code

// A cursor is "QUEUED_AT.ID" of the last row; anything else begins at the beginning.
void read_cursor(std::string_view text, QueueFilter& filter) {
  const std::size_t dot = text.find('.');
  if (dot == std::string_view::npos) return;
  const auto at = parse_number(text.substr(0, dot)), id = parse_number(text.substr(dot + 1));
  if (!at || !id) return;
  filter.after_at = *at;
  filter.after_id = *id;
}

// The units at the tops of the officer's subtrees; those that have ended come last.
std::vector<units::Unit> units_of(db::Read& read, const people::Officer& officer, Day today) {
  std::vector<units::Unit> found;
  for (const std::string& path : officer.tops()) {
    std::string_view last(path);
    last.remove_suffix(1);
    const auto id = parse_number(last.substr(last.rfind('/') + 1));
    if (auto unit = id ? units::find(read, units::UnitId{*id}) : std::nullopt)
      found.push_back(*std::move(unit));
  }
  std::ranges::stable_partition(found,
                                [&](const units::Unit& unit) { return unit.is_valid_on(today); });
  return found;
}

// Rows whose title, text or code has a word that begins with each word asked for. Looks only
// through what the queue shows this officer, and only at so much of it.
Page search(db::Read& read, const Asked& asked, std::int64_t limit) {
  if (const auto code = Code::parse(asked.query))
    if (auto found = find(read, *code); found && may_see(*found, asked.places, asked.self))
      return {{*std::move(found)}, false};
  Page same;
  for (const FeedbackId id : with_foreign_code(read, asked.query, foreign_codes_shown_max))
    if (auto found = find(read, id); found && may_see(*found, asked.places, asked.self))
      same.rows.push_back(*std::move(found));
  if (!same.rows.empty()) return same;
  const std::vector<std::string> words = text::words(asked.query);
  const auto fits = [&](const Feedback& feedback) {
    const std::string folded = " " + text::fold(feedback.title + " " + feedback.body);
    return std::ranges::all_of(words, [&](const std::string& word) {
      return folded.find(" " + word) != std::string::npos;
    });
  };
  Page page;
  QueueFilter filter = asked.filter;
  filter.limit = queue_looked_at_max;
  for (std::size_t seen = 0; seen < searched_max;) {
    std::vector<Feedback> some = queue(read, filter);
    for (Feedback& feedback : some) {
      filter.after_at = queued_at(feedback);
      filter.after_id = feedback.id.value;
      if (!may_see(feedback, asked.places, asked.self) || !fits(feedback)) continue;
      if (page.rows.size() == static_cast<std::size_t>(limit)) return {page.rows, true};
      page.rows.push_back(std::move(feedback));
    }
    seen += some.size();
    if (some.size() < static_cast<std::size_t>(queue_looked_at_max)) break;
  }
  return page;
}

}  // namespace

std::string top_key(const units::Unit& unit) {
  return unit.valid_to ? unit.code + "@" + to_iso(unit.valid_from) : unit.code;
}

Asked asked_of(const http::Fields& query,
               db::Read& read,
               const people::Officer& officer,
               Instant now) {
  Asked asked;
  asked.tops = units_of(read, officer, local_day(now));
  if (asked.tops.empty()) throw db::Failure("a role holds for a unit that does not exist");
  asked.top = asked.tops.front();
  for (const units::Unit& unit : asked.tops)
    if (top_key(unit) == query.text("top")) asked.top = unit;
  QueueFilter& filter = asked.filter;
  filter.top = asked.top.path;
  asked.places = places_of(officer);
  asked.self = officer.id();
  for (const std::string& path : asked.places) filter.own += "," + path + ",";
  if (query.text("who") == "mine") filter.officer_id = officer.id().value;
  for (const Tab tab : all_tabs)
    if (to_text(tab) == query.text("tab")) filter.tab = tab;
  filter.about = from_word(all_abouts, query.text("about"));
  filter.now = now;
  filter.soon_until =
      calendar::due(now, {calendar::Measure::working_days, soon_days}, {}, *holidays()).at;
  read_cursor(query.text("after"), filter);
  asked.query = first_chars(trimmed(query.text("q")), query_chars_max);
  return asked;
}

std::vector<std::pair<std::string, std::string>> query_of(const Asked& asked, Tab tab) {
  std::vector<std::pair<std::string, std::string>> query = {{"tab", std::string(to_text(tab))}};
  if (asked.filter.officer_id != 0) query.emplace_back("who", "mine");
  if (asked.filter.about) query.emplace_back("about", to_text(*asked.filter.about));
  if (asked.tops.size() > 1) query.emplace_back("top", top_key(asked.top));
  if (!asked.query.empty()) query.emplace_back("q", asked.query);
  return query;
}

Url list_url(const View& view, const Asked& asked, Tab tab, const Feedback* after) {
  Url url = Url::in(view, "/staff");
  for (const auto& [name, value] : query_of(asked, tab)) url = url.with(name, value);
  if (after != nullptr)
    url = url.with("after",
                   std::to_string(queued_at(*after)) + "." + std::to_string(after->id.value));
  return url;
}

Page rows_of(db::Read& read, const Asked& asked, std::int64_t limit) {
  if (!asked.query.empty()) return search(read, asked, limit);
  QueueFilter filter = asked.filter;
  filter.limit = std::min(limit + 1, queue_looked_at_max);
  Page page;
  while (true) {
    std::vector<Feedback> some = queue(read, filter);
    const bool is_last = std::ssize(some) < filter.limit;
    for (Feedback& each : some) {
      filter.after_at = queued_at(each);
      filter.after_id = each.id.value;
      // The statement knows nothing of who typed a protected case or brought it in: that one is
      // passed over here, and the page is filled up with what comes after it.
      if (!may_see(each, asked.places, asked.self)) continue;
      if (std::ssize(page.rows) == limit) {
        page.has_more = true;
        return page;
      }
      page.rows.push_back(std::move(each));
    }
    if (is_last) return page;
  }
}

}  // namespace ln::feedback::staff
