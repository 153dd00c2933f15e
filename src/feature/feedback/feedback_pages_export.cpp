#include "feature/feedback/feedback_pages_export.h"

#include <fmt/format.h>

#include <array>
#include <functional>
#include <map>

#include "core/settings/settings_pages_parts.h"
#include "core/units/units_store.h"
#include "engine/csv/csv.h"
#include "feature/feedback/feedback_actions_foreign.h"
#include "feature/feedback/feedback_actions_triage.h"
#include "feature/feedback/feedback_pages_staff_list.h"
#include "feature/feedback/feedback_pages_staff_parts.h"
#include "feature/feedback/feedback_rights.h"
#include "feature/feedback/feedback_store.h"
#include "feature/feedback/feedback_store_foreign.h"
#include "feature/feedback/feedback_store_part.h"
#include "platform/html/parts.h"
#include "platform/http/download.h"

namespace ln::feedback::exchange {
namespace {

using html::Fragment;
using html::Url;
using html::View;

constexpr std::size_t parts_shown_max = 5;

// Goes over the cases that `asked` finds, from its cursor on and at most export_rows_max of them.
// Gives the last one looked at when there may be more.
std::optional<Feedback> walk(db::Read& read,
                             staff::Asked asked,
                             const std::function<void(const Feedback&)>& each) {
  std::int64_t left = export_rows_max;
  while (left > 0) {
    asked.filter.limit = std::min(left, queue_looked_at_max);
    staff::Page found;
    if (asked.query.empty()) {
      found.rows = queue(read, asked.filter);
      found.has_more = std::ssize(found.rows) == asked.filter.limit;
    } else {
      found = staff::rows_of(read, asked, asked.filter.limit);
    }
    for (const Feedback& row : found.rows)
      if (may_see(row, asked.places, asked.self) && !row.is_protected && !row.held_as &&
          !row.erased_at)
        each(row);
    if (!found.has_more || found.rows.empty()) return std::nullopt;
    left -= std::ssize(found.rows);
    const Feedback& last = found.rows.back();
    if (left <= 0) return last;
    asked.filter.after_at = queued_at(last);
    asked.filter.after_id = last.id.value;
  }
  return std::nullopt;
}

// "2026-11-23 09:05", in the time of Vietnam; as read_received reads it.
std::string shown_time(Instant at) {
  const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(time_of_day(at)).count();
  return fmt::format("{} {:02}:{:02}", to_iso(local_day(at)), minutes / 60, minutes % 60);
}
std::string shown_time(const std::optional<Instant>& at) { return at ? shown_time(*at) : ""; }

// The codes of units and topics, looked up once each.
class Codes {
 public:
  explicit Codes(db::Read& read) : read_(read) {}
  const units::Unit& unit(units::UnitId id) {
    const auto known = units_.find(id);
    if (known != units_.end()) return known->second;
    return units_.emplace(id, units::find(read_, id).value_or(units::Unit{})).first->second;
  }
  const std::string& topic(TopicId id) {
    const auto known = topics_.find(id);
    if (known != topics_.end()) return known->second;
    return topics_.emplace(id, find_topic(read_, id).value_or(Topic{}).code).first->second;
  }

 private:
  db::Read& read_;
  std::map<units::UnitId, units::Unit> units_;
  std::map<TopicId, std::string> topics_;
};

constexpr std::array<std::string_view, 16> export_columns = {
    "code",     "received", "due",         "state",          "about", "kind",
    "topic",    "unit",     "unit_name",   "place",          "title", "body",
    "answered", "source",   "source_code", "source_received"};

void append_case(db::Read& read, Codes& codes, const Feedback& f, std::string& out) {
  const auto foreign = foreign_of(read, f.id);
  const units::Unit& unit = codes.unit(f.unit);
  const std::string received = shown_time(f.received_at), due = shown_time(f.due_at),
                    answered = shown_time(f.last_answered_at),
                    there = foreign ? shown_time(foreign->stated_at) : "", code = f.code.shown();
  const std::string_view source = foreign ? std::string_view(foreign->source) : "",
                         source_code = foreign ? std::string_view(foreign->code) : "";
  const std::array<std::string_view, export_columns.size()> cells = {code,
                                                                     received,
                                                                     due,
                                                                     to_text(f.state),
                                                                     to_text(f.about),
                                                                     to_text(f.kind),
                                                                     codes.topic(f.topic),
                                                                     unit.code,
                                                                     unit.name,
                                                                     f.place,
                                                                     f.title,
                                                                     f.body,
                                                                     answered,
                                                                     source,
                                                                     source_code,
                                                                     there};
  csv::append(out, cells);
}

// --- back to the system a case came from --------------------------------------------------------

// What was said last to whoever sent it, when, and where the whole of it stands.
struct LastWord {
  std::string text{};
  std::optional<Instant> at{};
  State state = State::received;
};
LastWord last_word_of(db::Read& read, const Feedback& f) {
  LastWord last{.state = f.state};
  for (const Event& event : events_of(read, f.id))
    if (is_letter(event)) {
      last.text = event.text;
      last.at = event.at;
    }
  return last;
}

// Over there a letter about two matters is one: it has one answer, of all offices one after the
// other, and waits as long as one part does. What another office answered is told to whom that part
// is shown, here or in public.
LastWord last_word_of_letter(db::Read& read,
                             const people::Officer& officer,
                             Codes& codes,
                             const Feedback& letter) {
  LastWord whole = last_word_of(read, letter);
  for (const LetterPart& row : parts_of(read, letter.id)) {
    const auto part = row.undone_at ? std::nullopt : find(read, row.id);
    if (!part || part->erased_at) continue;
    const LastWord last = last_word_of(read, *part);
    if (!last.text.empty() && (part->published_at || may_see(*part, officer))) {
      if (!whole.text.empty()) whole.text += "\n\n";
      whole.text += codes.unit(part->unit).name + ": " + last.text;
    }
    if (last.at && (!whole.at || *whole.at < *last.at)) whole.at = last.at;
    if (waits_for_office(part->state) && !waits_for_office(whole.state)) whole.state = part->state;
  }
  return whole;
}

// Their word for what is `ours`; `name` where they have none.
std::string theirs_of(const std::vector<ForeignWord>& words,
                      std::string_view ours,
                      std::string_view name) {
  for (const ForeignWord& each : words)
    if (each.ours == ours) return each.theirs;
  return std::string(name);
}

// The columns by which that system calls its own, and after them what it does not know yet. How a
// sender is reached goes nowhere.
struct SourceTable {
  const View& view;
  db::Read& read;
  const people::Officer& officer;
  const Source& source;
  Codes& codes;

  std::string cell(ForeignColumn column, const Feedback& f, const Foreign& foreign) {
    switch (column) {
      case ForeignColumn::code: return foreign.code;
      case ForeignColumn::received: return shown_time(foreign.stated_at);
      case ForeignColumn::body: return f.body;
      case ForeignColumn::title: return f.title;
      case ForeignColumn::topic:
        return theirs_of(source.topics, codes.topic(f.topic), codes.topic(f.topic));
      case ForeignColumn::unit:
        return theirs_of(source.units, codes.unit(f.unit).code, codes.unit(f.unit).name);
      case ForeignColumn::place: return f.place;
      case ForeignColumn::state: return foreign.state;
      case ForeignColumn::contact: return {};
    }
    return {};
  }
  void head(std::string& out) const {
    std::vector<std::string_view> cells;
    for (const ForeignColumn each : all_foreign_columns)
      if (each != ForeignColumn::contact && !source.column(each).empty())
        cells.push_back(source.column(each));
    for (const TextKey key : {"exchange.out.state"_t, "exchange.out.answer"_t,
                              "exchange.out.answered"_t, "exchange.out.code"_t})
      cells.push_back(view(key));
    csv::append(out, cells);
  }
  void append(const Feedback& f, std::string& out) {
    const auto foreign = foreign_of(read, f.id);
    if (!foreign || foreign->source != source.code || foreign->code.empty()) return;
    std::vector<std::string> cells;
    for (const ForeignColumn each : all_foreign_columns)
      if (each != ForeignColumn::contact && !source.column(each).empty())
        cells.push_back(cell(each, f, *foreign));
    const LastWord last = last_word_of_letter(read, officer, codes, f);
    cells.insert(cells.end(), {std::string(staff::state_name(view, last.state)), last.text,
                               shown_time(last.at), f.code.shown()});
    const std::vector<std::string_view> views(cells.begin(), cells.end());
    csv::append(out, views);
  }
};

// A list of one system's cases comes with the columns of that system.
Url csv_url(const staff::Asked& asked, const Feedback* after) {
  Url url = Url::path("/staff/exchange/cases.csv");
  if (!asked.filter.source.empty()) url = url.with("for", asked.filter.source);
  for (const auto& [name, value] : staff::query_of(asked, asked.filter.tab))
    url = url.with(name, value);
  if (after != nullptr)
    url = url.with("after",
                   std::to_string(queued_at(*after)) + "." + std::to_string(after->id.value));
  return url;
}

// Links to the parts, as far as one page goes over them, and to the page of the parts after them.
Fragment parts_list(const View& view, db::Read& read, staff::Asked asked) {
  Fragment list;
  std::optional<Feedback> before;
  for (std::size_t part = 1; part <= parts_shown_max; ++part) {
    std::int64_t count = 0;
    const auto next = walk(read, asked, [&](const Feedback&) { ++count; });
    const std::string number = view.voice.number(static_cast<std::int64_t>(part)),
                      counted = view.voice.counted("exchange.cases"_t, count);
    if (count > 0)
      list.add(R"(<li><a href="{}">{}</a></li>)", csv_url(asked, before ? &*before : nullptr),
               view.voice("exchange.part"_t, {{"part", number}, {"count", counted}}));
    if (!next) return list;
    before = next;
    asked.filter.after_at = queued_at(*next);
    asked.filter.after_id = next->id.value;
  }
  Url more = Url::in(view, "/staff/exchange");
  for (const auto& [name, value] : staff::query_of(asked, asked.filter.tab))
    more = more.with(name, value);
  more = more.with(
      "after", std::to_string(asked.filter.after_at) + "." + std::to_string(asked.filter.after_id));
  list.add(R"(<li><a href="{}">{}</a></li>)", more, view("exchange.more_parts"_t));
  return list;
}

// Whose cases may be taken back with their answers, in the columns of each system.
Fragment sources_list(const View& view, db::Read& read, const staff::Asked& asked) {
  const auto sources = all_sources(read);
  if (sources.empty() || !asked.filter.source.empty()) return {};
  return html::fill(R"(<h2 class="h-m sp">{}</h2><p>{}</p><ul class="list">{}</ul>)",
                    view("exchange.out.title"_t), view("exchange.out.lead"_t), [&](Fragment& list) {
                      for (const Source& each : sources) {
                        Url url = Url::in(view, "/staff/exchange");
                        for (const auto& [name, value] : staff::query_of(asked, asked.filter.tab))
                          url = url.with(name, value);
                        list.add(R"(<li><a href="{}">{}</a></li>)", url.with("source", each.code),
                                 view.voice("exchange.out.for"_t, {{"name", each.name}}));
                      }
                    });
}

}  // namespace

Result<http::Response> exchange_page(const http::Request& request,
                                     db::Read& read,
                                     people::Officer officer,
                                     Instant now) {
  const View view = people::view_of(request, officer.staff());
  const staff::Asked asked = staff::asked_of(request.query, read, officer, now);
  Fragment body = html::back_link(view, staff::list_url(view, asked, asked.filter.tab));
  body.add(R"(<h1 class="h-l">{}</h1><p class="lead">{}</p><p>{}</p>)", view("exchange.title"_t),
           view("exchange.lead"_t), view("exchange.left_out"_t));
  const Fragment parts = parts_list(view, read, asked);
  if (parts.empty())
    body += html::nothing_here(view("exchange.nothing"_t));
  else
    body.add(R"(<ul class="list">{}</ul>)", parts);
  body += sources_list(view, read, asked);
  if (Importer::of(officer.staff()))
    body.add(R"(<p class="sp"><a href="{}"><b>{}</b></a><br>{}</p>)",
             Url::in(view, "/staff/exchange/import"), view("exchange.import"_t),
             view("exchange.import_lead"_t));
  return http::page(200, settings::frame(view, view("exchange.title"_t), std::move(body)));
}

Result<http::Response> cases_csv(const http::Request& request,
                                 db::Read& read,
                                 people::Officer officer,
                                 Instant now) {
  const staff::Asked asked = staff::asked_of(request.query, read, officer, now);
  // Excel takes a file for UTF-8 only when it says so.
  std::string out(csv::byte_order_mark);
  Codes codes(read);
  if (const std::string_view wanted = request.query.text("for"); !wanted.empty()) {
    const auto source = find_source(read, wanted);
    if (!source) return Error{ErrorKind::not_found, "exchange.error.source_off"_t};
    const View view = people::view_of(request, officer.staff());
    SourceTable table{view, read, officer, *source, codes};
    table.head(out);
    walk(read, asked, [&](const Feedback& each) { table.append(each, out); });
  } else {
    csv::append(out, export_columns);
    walk(read, asked, [&](const Feedback& each) { append_case(read, codes, each, out); });
  }
  http::Response response = http::page(200, std::move(out));
  response.content_type = "text/csv; charset=utf-8";
  return http::download(std::move(response), "cases.csv")
      .with_header("Cache-Control", "private, no-store");
}

}  // namespace ln::feedback::exchange
