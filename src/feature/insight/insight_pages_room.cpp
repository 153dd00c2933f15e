#include "feature/insight/insight_pages_room.h"

#include <algorithm>
#include <fstream>
#include <functional>
#include <mutex>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/text.h"
#include "core/units/units_store.h"
#include "engine/csv/csv.h"
#include "feature/insight/insight_jobs_open.h"
#include "feature/insight/insight_pages_live.h"
#include "feature/insight/insight_pages_open.h"
#include "platform/file/file.h"
#include "platform/html/charts.h"
#include "platform/html/layout.h"
#include "platform/html/parts.h"
#include "platform/http/http_parse.h"

namespace ln::insight {
namespace {

constexpr std::int64_t rows_listed_max = 40;
constexpr std::int64_t rows_taken_max = 100'000;

struct AskedRoom {
  std::optional<units::Unit> unit{};
  std::string number{};
  std::optional<Manifest> manifest{};  // null: there is no night yet
  std::string folder{};

  Place place() const { return unit ? Place{unit->code, to_iso(unit->valid_from)} : Place{}; }
};

Result<AskedRoom> asked_room(const http::Request& request, db::Read& read, Instant now) {
  AskedRoom asked{.number = std::string(request.query.text("number"))};
  if (!asked.number.empty() && !parse_number(asked.number))
    return Error{ErrorKind::not_found, "insight.open.error.figure"_t};
  if (const std::string_view code = request.query.text("unit"); !code.empty()) {
    asked.unit = units::find_on(read, code, local_day(now));
    if (!asked.unit) return Error{ErrorKind::not_found, "insight.open.error.unit"_t};
  }
  const auto nights = open_nights(open_folder());
  if (nights.empty()) return asked;
  asked.folder = open_folder() + "/" + nights.front() + "/";
  if (const auto text = file::read_file(asked.folder + "manifest.json", manifest_size_max))
    asked.manifest = parse_manifest(*text);
  return asked;
}

// Each row of a table of the night, with its header first.
void each_line(
    const AskedRoom& asked,
    std::string_view table,
    const std::function<void(const std::vector<std::string>& cells, bool is_header)>& take) {
  if (!asked.manifest) return;
  bool had_header = false;
  for (const FileListed& file : asked.manifest->files) {
    if (file.made.table != table || file.made.format != "csv") continue;
    std::ifstream in(asked.folder + file.made.name, std::ios::binary);
    bool is_first = true;
    for (std::string line; std::getline(in, line); is_first = false) {
      const auto cells = cells_of(line);
      if (!cells || (is_first && had_header)) continue;
      take(*cells, is_first);
      had_header = true;
    }
  }
}

std::size_t column_of(const std::vector<std::string>& header, std::string_view name) {
  return static_cast<std::size_t>(std::ranges::find(header, name) - header.begin());
}

// The rows that are counted: of the place, and of the number where one is asked for.
class Picking {
 public:
  Picking(const AskedRoom& asked, const RoomFigure& figure, std::vector<std::string> header)
      : header_(std::move(header)),
        place_(asked.place()),
        number_(asked.number),
        night_(to_iso(asked.manifest->night.day)),
        only_(RoomRule::read(figure.only.empty() ? "rows" : figure.only, header_)) {
    unit_ = column_of(header_, "unit");
    valid_from_ = column_of(header_, "valid_from");
    at_number_ = column_of(header_, "number");
  }
  bool is_one(const std::vector<std::string>& cells) const {
    if (cells.size() != header_.size() || unit_ >= cells.size()) return false;
    if (!place_.unit.empty() &&
        (cells[unit_] != place_.unit || cells[valid_from_] != place_.valid_from))
      return false;
    if (!number_.empty() && cells[at_number_] != number_) return false;
    return only_ && only_->of(cells, night_) == 1;
  }

 private:
  std::vector<std::string> header_;
  Place place_;
  std::string number_, night_;
  std::optional<RoomRule> only_;
  std::size_t unit_ = 0, valid_from_ = 0, at_number_ = 0;
};

struct Behind {
  std::int64_t rows = 0;
  std::string since{};  // the earliest day of the table's column `since`
};

Behind behind(const AskedRoom& asked, const RoomFigure& figure) {
  Behind out;
  std::optional<Picking> picking;
  std::size_t since = 0;
  each_line(asked, figure.table, [&](const auto& cells, bool is_header) {
    if (is_header) {
      picking.emplace(asked, figure, cells);
      since = column_of(cells, figure.since);
    } else if (picking && picking->is_one(cells)) {
      ++out.rows;
      if (since < cells.size() && !cells[since].empty() &&
          (out.since.empty() || cells[since] < out.since))
        out.since = cells[since];
    }
  });
  return out;
}

// Which numbers the figures of rows have in a night, read once for each: an address with another
// number costs no walk through files.
class Numbers {
 public:
  bool has(const AskedRoom& asked, std::string_view figure) {
    const std::lock_guard lock(mutex_);
    if (folder_ != asked.folder) {
      known_.clear();
      each_line(asked, "room_figures", [&](const auto& cells, bool is_header) {
        constexpr std::size_t at_number = 3;
        if (!is_header && cells.size() > at_number && !cells[at_number].empty())
          known_.insert(cells.front() + " " + cells[at_number]);
      });
      folder_ = asked.folder;
    }
    return known_.contains(std::string(figure) + " " + asked.number);
  }

 private:
  std::mutex mutex_;
  std::string folder_{};           // guarded by mutex_
  std::set<std::string> known_{};  // guarded by mutex_
};
bool knows_number(const AskedRoom& asked, const RoomFigure& figure) {
  static Numbers numbers;
  return figure.is_each && asked.manifest && numbers.has(asked, figure.name);
}

// What the night tells of the figure there; of each row, where it is a figure of rows and none is
// named.
std::vector<RoomLine> lines_told(const AskedRoom& asked, const RoomFigure& figure) {
  constexpr std::size_t columns = 10;
  const Place place = asked.place();
  std::vector<RoomLine> lines;
  each_line(asked, "room_figures", [&](const std::vector<std::string>& cells, bool is_header) {
    if (is_header || cells.size() != columns || cells[0] != figure.name) return;
    const bool is_there = figure.is_each && place.unit.empty()
                              ? true
                              : cells[1] == place.unit && cells[2] == place.valid_from;
    if (!is_there || (!asked.number.empty() && cells[3] != asked.number)) return;
    RoomLine line{.figure = cells[0], .place = {cells[1], cells[2]}, .number = cells[3]};
    const auto part = parse_number(cells[4]), whole = parse_number(cells[5]);
    if (part && whole && *part <= *whole) line.share = stats::Share{*part, *whole};
    line.value = cells[6];
    line.low = cells[7];
    line.high = cells[8];
    lines.push_back(std::move(line));
  });
  return lines;
}

std::string number_text(const html::View& view, const RoomFigure& figure, const RoomLine& line) {
  if (!line.share) return std::string(view("insight.room.withheld"_t));
  if (figure.kind == RoomKind::count) return view.voice.number(line.share->part);
  return line.share->whole > 0 ? view.voice.percent(stats::ratio(*line.share), 1) : "–";
}

// Of a figure of one row the page of what it is about, which has its number.
std::string printed_page(const RoomFigure& figure, std::string_view number) {
  constexpr std::int64_t places_of_survey =
      1'000;  // a question has that of its survey, and its own
  std::string page(figure.page);
  const auto id = figure.is_each ? parse_number(number) : std::nullopt;
  if (id)
    page += "/" + std::to_string(figure.table == "survey_questions" ? *id / places_of_survey : *id);
  return page;
}

html::Url room_address(const html::View& view,
                       const AskedRoom& asked,
                       std::string_view figure,
                       std::string_view number) {
  html::Url url = html::Url::in(view, "/figures/", figure);
  if (asked.unit) url = std::move(url).with("unit", asked.unit->code);
  return number.empty() ? url : std::move(url).with("number", number);
}

void add_number(std::vector<html::Fact>& facts,
                const html::View& view,
                const RoomFigure& figure,
                const RoomLine& line) {
  facts.push_back(
      {view("insight.room.value"_t), html::fill("<b>{}</b>", number_text(view, figure, line))});
  if (figure.kind == RoomKind::share && line.share && line.share->whole > 0) {
    facts.push_back(
        {view("insight.room.interval"_t),
         html::fill("{}", share_interval_text(view.voice, stats::wilson(*line.share)))});
  }
  const auto told = [&](std::int64_t value) {
    return line.share ? view.voice.number(value) : std::string("–");
  };
  facts.push_back({view("insight.open.numerator"_t),
                   html::fill(R"({} <span class="code" translate="no">{}</span>)",
                              told(line.share ? line.share->part : 0), figure.numerator)});
  facts.push_back({view("insight.open.denominator"_t),
                   html::fill(R"({} <span class="code" translate="no">{}</span>)",
                              told(line.share ? line.share->whole : 0), figure.denominator)});
}

// A figure of rows is none of the city, even where there is only one row.
bool is_list(const AskedRoom& asked, const RoomFigure& figure) {
  return figure.is_each && asked.number.empty();
}

html::Fragment facts_of_figure(const html::View& view,
                               const AskedRoom& asked,
                               const RoomFigure& figure,
                               const std::vector<RoomLine>& lines,
                               const Behind& rows) {
  std::vector<html::Fact> facts;
  if (!is_list(asked, figure) && lines.size() == 1) {
    add_number(facts, view, figure, lines.front());
  } else {
    for (const auto& [term, rule] :
         {std::pair(view("insight.open.numerator"_t), figure.numerator),
          std::pair(view("insight.open.denominator"_t), figure.denominator)})
      facts.push_back({term, html::fill(R"(<span class="code" translate="no">{}</span>)", rule)});
  }
  if (asked.manifest)
    facts.push_back({view("insight.room.as_of"_t), html::day(view, asked.manifest->night.day)});
  if (const auto since = http::parse_day(rows.since))
    facts.push_back({view("insight.room.since"_t), html::day(view, *since)});
  facts.push_back(
      {view("insight.room.counted_from"_t),
       html::fill(R"(<a href="{}" translate="no">{}</a>)",
                  html::Url::in(view, "/data").with("table", figure.table), figure.table)});
  facts.push_back({view("insight.room.source"_t),
                   html::fill(R"(<span class="hash" translate="no">{}</span>)", figure.source)});
  const std::string page = printed_page(figure, asked.number);
  facts.push_back(
      {view("insight.room.printed_on"_t),
       html::fill(R"(<a href="{}" translate="no">{}</a> <span class="muted small">{}</span>)",
                  html::Url::in(view, page), page, view("insight.room.page_is_now"_t))});
  return html::facts(facts, true);
}

html::Fragment each_table(const html::View& view,
                          const AskedRoom& asked,
                          const RoomFigure& figure,
                          std::vector<RoomLine> lines,
                          std::int64_t from) {
  std::ranges::sort(lines, std::greater(),
                    [](const RoomLine& each) { return parse_number(each.number).value_or(0); });
  const std::int64_t all = std::ssize(lines);
  from = std::clamp(from, std::int64_t{0}, all);
  html::Fragment list;
  for (std::int64_t i = from; i < std::min(from + rows_listed_max, all); ++i) {
    const RoomLine& each = lines[static_cast<std::size_t>(i)];
    list.add(R"(<li><a href="{}">{} {}</a>: {}</li>)",
             room_address(view, asked, figure.name, each.number), each.place.unit, each.number,
             number_text(view, figure, each));
  }
  html::Fragment out = html::fill(R"(<h2 class="h-m sp">{}</h2><ul class="govuk-list">{}</ul>)",
                                  view("insight.room.each"_t), list);
  if (all <= rows_listed_max) return out;
  const auto page = [&](std::int64_t at) {
    html::Url here = room_address(view, asked, figure.name, {});
    return at <= 0 ? here : std::move(here).with("from", at);
  };
  out += html::pager(
      view, {.previous = from > 0 ? std::optional(page(from - rows_listed_max)) : std::nullopt,
             .next = from + rows_listed_max < all ? std::optional(page(from + rows_listed_max))
                                                  : std::nullopt});
  return out;
}

// The part of the list in which the figures of a table stand, and its anchor.
struct Group {
  std::string_view word;
  TextKey title;
};
Group group_of(std::string_view table) {
  if (table == "commitments") return {"commitments", "insight.room.group.commitments"_t};
  if (table == "disclosures") return {"disclosures", "insight.room.group.disclosures"_t};
  if (table == "models") return {"models", "insight.room.group.models"_t};
  if (table == "ballots") return {"ballots", "insight.room.group.ballots"_t};
  if (table.starts_with("survey")) return {"surveys", "insight.room.group.surveys"_t};
  return {"supervision", "insight.room.group.supervision"_t};
}

http::Response room_page(const html::View& view, std::string_view title, html::Fragment body) {
  auto response =
      http::page(200, html::page(view, {.title = title,
                                        .here = "/figures",
                                        .body = html::columns({.body = std::move(body)})}));
  response.cacheable = true;
  return response;
}

html::Url definitions_url(const html::View& view, const AskedRoom& asked) {
  html::Url url = html::Url::in(view, "/figures/definitions");
  return asked.unit ? std::move(url).with("unit", asked.unit->code) : url;
}

}  // namespace

Result<http::Response> room_figure_page(const http::Request& request,
                                        db::Read& read,
                                        const RoomFigure& figure,
                                        Instant now) {
  const html::View& view = request.view;
  TRY(const AskedRoom asked, asked_room(request, read, now));
  if (!asked.number.empty() && !knows_number(asked, figure))
    return Error{ErrorKind::not_found, "insight.open.error.figure"_t};
  const auto lines = lines_told(asked, figure);
  if (!asked.number.empty() && lines.empty())  // of another unit
    return Error{ErrorKind::not_found, "insight.open.error.figure"_t};
  const Behind rows = behind(asked, figure);
  html::Fragment body = html::breadcrumbs(
      view, {{view("insight.room.definitions.title"_t), definitions_url(view, asked)}},
      view(figure.title));
  body.add(R"(<h1 class="h-l">{}: {}</h1><p class="lead">{}</p>)", view(figure.title),
           asked.unit ? std::string_view(asked.unit->name) : view("insight.open.city"_t),
           view(figure.sentence));
  if (!asked.manifest)
    body += html::nothing_here(view("insight.room.no_night"_t));
  else if (lines.empty())
    body += html::nothing_here(view("insight.room.no_rows"_t));
  body += facts_of_figure(view, asked, figure, lines, rows);
  if (is_list(asked, figure) && !lines.empty())
    body += each_table(view, asked, figure, lines, request.query.number("from").value_or(0));
  if (rows.rows > 0) {
    html::Url csv = html::Url::path("/figures/", figure.name, "/rows.csv");
    if (asked.unit) csv = std::move(csv).with("unit", asked.unit->code);
    if (!asked.number.empty()) csv = std::move(csv).with("number", asked.number);
    body.add(R"(<p><a href="{}">{}</a></p>)", csv,
             view.voice("insight.room.rows_csv"_t, {{"count", view.voice.number(rows.rows)}}));
  }
  body.add(R"(<h2 class="h-m sp">{}</h2><ul class="chips">{}</ul>)", view("insight.room.others"_t),
           [&](html::Fragment& list) {
             for (const RoomFigure& each : room_figures())
               if (each.table == figure.table && each.name != figure.name)
                 list.add(R"(<li><a href="{}">{}</a></li>)",
                          room_address(view, asked, each.name, {}), view(each.title));
           });
  return room_page(view, view(figure.title), std::move(body));
}

Result<http::Response> room_figure_rows(const http::Request& request,
                                        db::Read& read,
                                        const RoomFigure& figure,
                                        Instant now) {
  TRY(const AskedRoom asked, asked_room(request, read, now));
  if (!asked.manifest) return Error{ErrorKind::not_found, "insight.open.error.file"_t};
  if (!asked.number.empty() && !knows_number(asked, figure))
    return Error{ErrorKind::not_found, "insight.open.error.figure"_t};
  http::Response response;
  response.content_type = "text/csv; charset=utf-8; header=present";
  std::optional<Picking> picking;
  std::int64_t taken = 0;
  each_line(asked, figure.table, [&](const std::vector<std::string>& cells, bool is_header) {
    if (is_header) picking.emplace(asked, figure, cells);
    if (!is_header && (!picking || !picking->is_one(cells) || ++taken > rows_taken_max)) return;
    csv::append(response.body, std::vector<std::string_view>(cells.begin(), cells.end()));
  });
  // Half a file would be worse than none: the whole table is there to be taken.
  if (taken > rows_taken_max)
    return http::see_other(
        std::string(html::Url::in(request.view, "/data").with("table", figure.table).view()));
  response.cacheable = true;
  return response;
}

Result<http::Response> definitions_page(const http::Request& request, db::Read& read, Instant now) {
  const html::View& view = request.view;
  TRY(const AskedRoom asked, asked_room(request, read, now));
  const std::string_view title = view("insight.room.definitions.title"_t);
  html::Fragment body = html::breadcrumbs(
      view, {{view("insight.figures.title"_t), html::Url::in(view, "/figures")}}, title);
  body.add(R"(<h1 class="h-l">{}</h1><p class="lead">{}</p>)", title,
           view("insight.room.definitions.lead"_t));
  if (asked.unit)
    body.add("<p>{}</p>", view.voice("insight.room.of_unit"_t, {{"unit", asked.unit->name}}));
  html::Fragment cases;
  for (const Definition& each : definitions())
    cases.add(R"(<li><a href="{}">{}</a></li>)", room_address(view, asked, each.name, {}),
              view(each.title));
  body.add(R"(<h2 class="h-m sp" id="cases">{}</h2><ul class="govuk-list">{}</ul>)",
           view("insight.room.group.cases"_t), cases);
  std::optional<Group> group;
  html::Fragment list;
  const auto close = [&] {
    if (group)
      body.add(R"(<h2 class="h-m sp" id="{}">{}</h2><ul class="govuk-list">{}</ul>)", group->word,
               view(group->title), std::exchange(list, {}));
  };
  for (const RoomFigure& each : room_figures()) {
    const Group own = group_of(each.table);
    if (!group || group->word != own.word) close();
    group = own;
    list.add(R"(<li><a href="{}">{}</a></li>)", room_address(view, asked, each.name, {}),
             view(each.title));
  }
  close();
  body.add(R"(<p><a href="{}">{}</a></p>)", html::Url::in(view, "/data"),
           view("insight.open.title"_t));
  return room_page(view, title, std::move(body));
}

}  // namespace ln::insight
