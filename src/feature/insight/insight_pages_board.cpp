#include "feature/insight/insight_pages_board.h"

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/text.h"
#include "core/units/units_store.h"
#include "feature/insight/insight_jobs_board.h"
#include "feature/insight/insight_jobs_report_text.h"
#include "feature/insight/insight_pages_board_parts.h"
#include "platform/html/charts.h"
#include "platform/html/forms.h"
#include "platform/html/layout.h"
#include "platform/html/parts.h"

namespace ln::insight {
namespace {

using html::Fragment;
using html::Url;
using html::View;

constexpr std::string_view board_path = "/figures/board";
constexpr std::string_view board_units_path = "/figures/board/units";

// What is set beside each other, as far as it was asked for and exists.
struct Comparison {
  std::optional<units::Unit> with{};
  std::optional<std::size_t> a{}, b{};  // quarters
  bool is_asked = false;
};

std::optional<std::size_t> quarter_of(const Board& board, std::string_view word) {
  const auto period = period_of(word);
  if (!period) return std::nullopt;
  const auto at = std::ranges::find(board.quarters, *period);
  if (at == board.quarters.end()) return std::nullopt;
  return static_cast<std::size_t>(at - board.quarters.begin());
}

Result<Comparison> comparison_of(const http::Request& request,
                                 db::Read& read,
                                 const Board& board,
                                 Day today) {
  Comparison made;
  FieldErrors errors;
  if (const std::string_view typed = trimmed(request.query.text("with")); !typed.empty()) {
    made.is_asked = true;
    made.with = units::find_on(read, typed, today);
    if (!made.with)
      if (const auto named = units::named(read, typed, today); named.size() == 1)
        made.with = named.front();
    if (!made.with) errors.add("with", "insight.board.error.unit"_t);
  }
  for (const auto& [name, quarter] : {std::pair("a", &made.a), std::pair("b", &made.b)}) {
    const std::string_view word = request.query.text(name);
    if (word.empty()) continue;
    made.is_asked = true;
    *quarter = quarter_of(board, word);
    if (!*quarter) errors.add(name, "insight.board.error.quarter"_t);
  }
  if (!errors.empty()) return errors.take();
  return made;
}

Fragment quarter_choice(const View& view,
                        const http::Request& request,
                        const Board& board,
                        std::string_view name,
                        TextKey label,
                        const Error* error) {
  std::vector<std::pair<std::string, std::string>> words;
  for (auto each = board.quarters.rbegin(); each != board.quarters.rend(); ++each)
    words.emplace_back(to_text(*each), period_name(view.voice, *each));
  html::Select select{.name = name,
                      .label = {.text = view(label)},
                      .error = html::error_for(view, error, name),
                      .value = request.query.text(name)};
  select.options.push_back({.value = "", .text = view("insight.board.all_quarters"_t)});
  for (const auto& [value, text] : words) select.options.push_back({.value = value, .text = text});
  return html::select(view, select);
}

Fragment compare_form(const View& view,
                      const http::Request& request,
                      const Board& board,
                      const Error* error) {
  Fragment fields;
  if (const std::string_view unit = request.query.text("unit"); !unit.empty())
    fields.add(R"(<input type="hidden" name="unit" value="{}">)", unit);
  fields += html::input(view, {.name = "with",
                               .label = {.text = view("insight.board.with"_t)},
                               .hint = view("insight.board.with_hint"_t),
                               .error = html::error_for(view, error, "with"),
                               .value = request.query.text("with")});
  fields += quarter_choice(view, request, board, "a", "insight.board.quarter_a"_t, error);
  fields += quarter_choice(view, request, board, "b", "insight.board.quarter_b"_t, error);
  fields += html::button({.text = view("insight.board.compare_do"_t)});
  return html::query_form({.action = Url::in(view, board_path).at("compare"),
                           .body = std::move(fields),
                           .css_class = "filter card card--tint no-print",
                           .label = view("insight.board.compare"_t)});
}

// One side of a comparison.
struct Side {
  std::string name;
  std::optional<stats::Share> satisfied{}, on_time{};
};

Side side_of(const View& view,
             const Board& board,
             const BoardUnit* unit,
             std::string_view name,
             std::optional<std::size_t> quarter) {
  Side side{.name = std::string(name)};
  if (quarter) side.name += ", " + period_name(view.voice, board.quarters[*quarter]);
  if (unit == nullptr) return side;
  side.on_time = quarter ? unit->on_time(*quarter) : unit->on_time();
  if (quarter) {
    side.satisfied = unit->satisfied(*quarter);
  } else if (const auto ratings = unit->ratings()) {
    side.satisfied = satisfied_of(*ratings);
  }
  return side;
}

Fragment compared(const View& view,
                  const Board& board,
                  const BoardUnit& unit,
                  const Comparison& asked) {
  if (!asked.is_asked) return {};
  const std::string_view here = shown_name(view, unit.unit);
  const Side first = side_of(view, board, &unit, here, asked.a);
  const Side second = asked.with
                          ? side_of(view, board, board.find(asked.with->id),
                                    shown_name(view, *asked.with), asked.b ? asked.b : asked.a)
                          : side_of(view, board, &unit, here, asked.b);
  const html::Column columns[] = {{view("insight.board.figure"_t)},
                                  {first.name},
                                  {second.name},
                                  {view("insight.board.says"_t)}};
  Fragment rows;
  const auto add = [&](TextKey name, const std::optional<stats::Share>& a,
                       const std::optional<stats::Share>& b) {
    Fragment row;
    html::add_head_cell(row, html::fill("{}", view(name)));
    html::add_cell(row, columns[1], share_with_interval(view, a));
    html::add_cell(row, columns[2], share_with_interval(view, b));
    html::add_cell(row, columns[3], difference_sentence(view, b, a));
    rows.add("<tr>{}</tr>", row);
  };
  add("insight.board.satisfied"_t, first.satisfied, second.satisfied);
  add("insight.units.on_time"_t, first.on_time, second.on_time);
  return html::table({.caption = view("insight.board.compare_caption"_t),
                      .columns = columns,
                      .rows = std::move(rows)});
}

Fragment contents(const View& view, const Url& here) {
  const std::pair<std::string_view, TextKey> parts[] = {{"ratings", "insight.board.ratings"_t},
                                                        {"trend", "insight.board.trend"_t},
                                                        {"waiting", "insight.board.ages"_t},
                                                        {"compare", "insight.board.compare"_t}};
  return html::fill(R"(<ul class="chips no-print">{}</ul>)", [&](Fragment& list) {
    for (const auto& [id, name] : parts)
      list.add(R"(<li><a href="{}">{}</a></li>)", here.at(id), view(name));
  });
}

Fragment head_of(const View& view, const Board& board, const BoardUnit& unit, const Url& here) {
  const std::string_view name = shown_name(view, unit.unit);
  Fragment out =
      html::breadcrumbs(view, {{view("insight.figures.title"_t), Url::in(view, "/figures")}}, name);
  out.add(
      R"(<h1 class="h-l">{}</h1><p class="lead">{}</p>)",
      view.voice("insight.board.title_of"_t, {{"unit", name}}),
      view.voice("insight.board.lead"_t, {{"from", period_name(view.voice, board.quarters.front())},
                                          {"to", period_name(view.voice, board.quarters.back())}}));
  out += board_head(view, board, unit);
  out.add(R"(<p class="muted small">{} {}</p>)", view("insight.board.counted"_t),
          html::moment(view, board.at));
  out += contents(view, here);
  return out;
}

// Of a unit with nothing to tell.
BoardUnit empty_one(const units::Unit& unit) {
  BoardUnit made{.unit = unit};
  return made;
}

// Of the unit with the code that was asked for, or of the city.
struct Reading {
  std::shared_ptr<const Board> board;
  units::Unit unit{};
  const BoardUnit* found = nullptr;  // null: it has nothing to tell
};
Result<Reading> reading_of(const http::Request& request, db::Read& read, Instant now) {
  Reading made{.board = current_board(read, now)};
  const std::string_view code = request.query.text("unit");
  std::optional<units::Unit> unit;
  if (!code.empty()) {
    unit = units::find_on(read, code, local_day(now));
  } else if (!made.board->units.empty()) {
    unit = made.board->units.front().unit;
  }
  if (!unit) return Error{ErrorKind::not_found, "insight.error.no_office"_t};
  made.unit = *std::move(unit);
  made.found = made.board->find(made.unit.id);
  return made;
}

}  // namespace

Result<http::Response> board_page(const http::Request& request, db::Read& read, Instant now) {
  const View& view = request.view;
  TRY(const Reading reading, reading_of(request, read, now));
  const auto& [board, unit, found] = reading;
  const BoardUnit nothing = empty_one(unit);
  const BoardUnit& shown = found ? *found : nothing;
  const Url all = Url::in(view, board_path);
  const Url here = request.query.text("unit").empty() ? all : all.with("unit", unit.code);
  const auto asked = comparison_of(request, read, *board, local_day(now));
  const Error* error = asked.ok() ? nullptr : &asked.error();
  Fragment body = html::error_summary(view, error);
  body += head_of(view, *board, shown, here);
  if (found) {
    body += board_ratings(view, *board, *found);
    body += board_trend(view, *board, *found);
    body += board_ages(view, *board, *found, {});
    if (!board->below(*found).empty())
      body.add(R"(<p><a href="{}">{}</a></p>)",
               Url::in(view, board_units_path).with("unit", unit.code),
               view("insight.board.units_below"_t));
    body += board_funnel(view, *board, *found);
    if (found == board->units.data()) body += board_rhythm(view, *board);
  } else {
    body += html::nothing_here(view("insight.board.nothing"_t));
  }
  body.add(R"(<h2 class="h-m sp" id="compare">{}</h2>)", view("insight.board.compare"_t));
  body += compare_form(view, request, *board, error);
  if (asked.ok()) body += compared(view, *board, shown, asked.value());
  body.add(R"(<p class="muted small">{} {}</p>)", view("insight.board.floor"_t),
           view("insight.office.left_out"_t));
  const std::string title =
      view.voice("insight.board.title_of"_t, {{"unit", shown_name(view, unit)}});
  auto response = http::page(error ? 422 : 200,
                             html::page(view, {.title = title,
                                               .here = "/figures",
                                               .body = html::columns({.body = std::move(body)}),
                                               .has_errors = error != nullptr}));
  response.cacheable = error == nullptr;
  return response;
}

Result<http::Response> board_units_page(const http::Request& request, db::Read& read, Instant now) {
  const View& view = request.view;
  TRY(const Reading reading, reading_of(request, read, now));
  const auto& [board, unit, found] = reading;
  const std::string_view name = shown_name(view, unit);
  const std::string title = view.voice("insight.board.units_title"_t, {{"unit", name}});
  Fragment body = html::breadcrumbs(view,
                                    {{view("insight.figures.title"_t), Url::in(view, "/figures")},
                                     {view.voice("insight.board.title_of"_t, {{"unit", name}}),
                                      Url::in(view, board_path).with("unit", unit.code)}},
                                    view("insight.board.units_below"_t));
  body.add(R"(<h1 class="h-l">{}</h1><p class="muted small">{} {}</p>)", title,
           view("insight.board.counted"_t), html::moment(view, board->at));
  const auto below = found ? board->below(*found) : std::vector<const BoardUnit*>();
  if (below.empty()) {
    body += html::nothing_here(view("insight.board.units_none"_t));
  } else {
    body += board_bands(view, *board, *found);
    body += board_ages(view, *board, *found, below);
  }
  body.add(R"(<p class="muted small">{} {}</p>)", view("insight.board.floor"_t),
           view("insight.office.left_out"_t));
  auto response =
      http::page(200, html::page(view, {.title = title,
                                        .here = "/figures",
                                        .body = html::columns({.body = std::move(body)})}));
  response.cacheable = true;
  return response;
}

}  // namespace ln::insight
