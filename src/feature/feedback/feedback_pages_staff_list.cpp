#include "feature/feedback/feedback_pages_staff_list.h"

#include <algorithm>

#include "base/text.h"
#include "core/units/units_store.h"
#include "engine/text/text.h"
#include "feature/feedback/feedback_deadline.h"
#include "feature/feedback/feedback_pages_unit_choice.h"
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

namespace {

constexpr std::size_t unknown_chars_max = 60;

// `value`, which means nothing, as it is told.
void note_unknown(Asked& asked, TextKey name, std::string_view value) {
  if (!value.empty()) asked.unknown.emplace_back(name, first_chars(value, unknown_chars_max));
}

// Of the units that bear the name only those within the officer's subtrees are meant. The first
// subtree that holds the unit becomes the top of the list.
void read_unit(const http::Fields& query, db::Read& read, Day today, Asked& asked) {
  asked.unit_typed = first_chars(trimmed(query.text("unit")), query_chars_max);
  if (asked.unit_typed.empty()) return;
  auto found = units_asked(read, asked.unit_typed, today);
  std::erase_if(found, [&](const units::Unit& each) {
    return std::ranges::none_of(
        asked.tops, [&](const units::Unit& top) { return units::is_within(each.path, top.path); });
  });
  if (found.empty()) return note_unknown(asked, "staff.queue.unit"_t, asked.unit_typed);
  if (found.size() > 1) {
    asked.which_unit = std::move(found);
    return;
  }
  asked.unit = std::move(found.front());
  asked.unit_typed = asked.unit->name;
  asked.filter.top = asked.unit->path;
}

void read_more_filters(const http::Fields& query, db::Read& read, Asked& asked) {
  QueueFilter& filter = asked.filter;
  const std::string_view topic = query.text("topic"), state = query.text("state"),
                         source = query.text("source"), urgent = query.text("urgent");
  asked.topic = topic.empty() ? std::nullopt : find_topic(read, topic);
  if (asked.topic)
    filter.topic = asked.topic->id;
  else
    note_unknown(asked, "staff.queue.topic"_t, topic);
  filter.state = from_word(all_states, state);
  if (!filter.state) note_unknown(asked, "staff.queue.state"_t, state);
  filter.is_urgent = urgent == "1";
  if (!filter.is_urgent) note_unknown(asked, "staff.queue.urgent"_t, urgent);
  if (!source.empty() && find_source(read, source))
    filter.source = source;
  else
    note_unknown(asked, "staff.queue.source"_t, source);
}

}  // namespace

Asked asked_of(const http::Fields& query,
               db::Read& read,
               const people::Officer& officer,
               Instant now) {
  Asked asked;
  asked.tops = units_of(read, officer, local_day(now));
  if (asked.tops.empty()) throw db::Failure("a role holds for a unit that does not exist");
  asked.top = asked.tops.front();
  const std::string_view top = query.text("top");
  if (const auto chosen = std::ranges::find(asked.tops, top, top_key); chosen != asked.tops.end())
    asked.top = *chosen;
  else
    note_unknown(asked, "feedback.staff.unit"_t, top);
  QueueFilter& filter = asked.filter;
  filter.top = asked.top.path;
  asked.places = places_of(officer);
  asked.self = officer.id();
  for (const std::string& path : asked.places) filter.own += "," + path + ",";
  const std::string_view who = query.text("who"), tab = query.text("tab"),
                         about = query.text("about");
  if (who == "mine")
    filter.officer_id = officer.id().value;
  else if (who == "nobody")
    filter.is_nobodys = true;
  else
    note_unknown(asked, "feedback.staff.who"_t, who);
  if (const auto found = std::ranges::find(all_tabs, tab, [](Tab each) { return to_text(each); });
      found != all_tabs.end())
    filter.tab = *found;
  else
    note_unknown(asked, "feedback.staff.tabs"_t, tab);
  filter.about = from_word(all_abouts, about);
  if (!filter.about) note_unknown(asked, "feedback.staff.about"_t, about);
  read_unit(query, read, local_day(now), asked);
  read_more_filters(query, read, asked);
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
  if (asked.filter.is_nobodys) query.emplace_back("who", "nobody");
  if (asked.filter.about) query.emplace_back("about", to_text(*asked.filter.about));
  if (asked.tops.size() > 1) query.emplace_back("top", top_key(asked.top));
  if (asked.unit) query.emplace_back("unit", asked.unit->code);
  if (asked.topic) query.emplace_back("topic", asked.topic->code);
  if (asked.filter.state) query.emplace_back("state", to_text(*asked.filter.state));
  if (asked.filter.is_urgent) query.emplace_back("urgent", "1");
  if (!asked.filter.source.empty()) query.emplace_back("source", asked.filter.source);
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
