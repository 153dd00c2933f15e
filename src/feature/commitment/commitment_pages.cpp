#include "feature/commitment/commitment_pages.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "core/ledger/ledger_store_tree.h"
#include "core/units/units_store.h"
#include "feature/commitment/commitment_pages_parts.h"
#include "platform/html/forms.h"
#include "platform/html/layout.h"
#include "platform/html/parts.h"
#include "platform/http/download.h"

namespace ln::commitment {
namespace {

using html::fill;
using html::Fragment;
using html::Url;
using html::View;

// On a telephone a promise is as tall as a hand: a page holds what is read in one go.
constexpr std::int64_t page_count = 12, overdue_shown = 4;
// Among which one is chosen; the page of every unit leads here as well.
constexpr std::size_t chosen_units = 20;

// A public page is kept and given out again; it holds nothing about its reader.
http::Response kept_page(const View& view, const html::PageParts& parts) {
  auto response = http::page(200, html::page(view, parts));
  response.cacheable = true;
  return response;
}

struct StateChoice {
  std::string_view word;
  TextKey text;
};
constexpr std::size_t state_choices_count = 9;
std::array<StateChoice, state_choices_count> state_choices() {
  return {{{"", "commitment.filter.any"_t},
           {"waiting", "commitment.filter.waiting"_t},
           {"overdue", "commitment.filter.overdue"_t},
           {"proposed", "commitment.state.proposed"_t},
           {"open", "commitment.state.open"_t},
           {"declared", "commitment.state.declared"_t},
           {"kept", "commitment.state.kept"_t},
           {"broken", "commitment.state.broken"_t},
           {"changed", "commitment.filter.changed"_t}}};
}

struct Asking {
  std::optional<units::Unit> unit{};
  std::string state{};
};

Asking asking_of(const http::Request& request, db::Read& read) {
  Asking asking;
  if (const auto id = request.query.number("unit_id"))
    asking.unit = units::find(read, units::UnitId{*id});
  const auto choices = state_choices();
  const std::string_view state = request.query.text("state");
  if (std::ranges::find(choices, state, &StateChoice::word) != choices.end()) asking.state = state;
  return asking;
}

Fragment filter_form(const View& view,
                     db::Read& read,
                     const Asking& asking,
                     const std::map<std::int64_t, Tally>& all) {
  std::vector<std::string> ids, names;
  ids.reserve(chosen_units + 1);
  names.reserve(chosen_units + 1);
  html::Select unit{.name = "unit_id", .label = {view("commitment.owner"_t)}};
  unit.options.push_back({"", view("commitment.filter.all_units"_t)});
  const auto listed = worst_first(all, chosen_units);
  for (const auto& [id, tally] : listed) {
    ids.push_back(std::to_string(id));
    names.push_back(unit_name(view, read, units::UnitId{id}));
    unit.options.push_back({ids.back(), names.back()});
  }
  const std::string chosen = asking.unit ? std::to_string(asking.unit->id.value) : "";
  unit.value = chosen;
  if (asking.unit && std::ranges::find(ids, chosen) == ids.end()) {
    ids.push_back(chosen);
    names.push_back(unit_name(view, read, asking.unit->id));
    unit.options.push_back({ids.back(), names.back()});
  }
  html::Select state{
      .name = "state", .label = {view("commitment.filter.state"_t)}, .value = asking.state};
  for (const StateChoice& each : state_choices())
    state.options.push_back({each.word, view(each.text)});
  Fragment body = html::select(view, unit);
  body += html::select(view, state);
  body += html::button({.text = view("commitment.filter.do"_t),
                        .kind = html::ButtonKind::secondary,
                        .icon_before = "filter"});
  return html::query_form({.action = Url::in(view, "/commitments"),
                           .body = std::move(body),
                           .css_class = "filter",
                           .label = view("commitment.filter.label"_t)});
}

Fragment list_of(const View& view,
                 db::Read& read,
                 const std::vector<Commitment>& all,
                 Instant now) {
  return fill(R"(<ul class="list">{}</ul>)", [&](Fragment& out) {
    for (const Commitment& each : all) out += item(view, read, each, page_of(view, each.id), now);
  });
}

Url again(const View& view, const Asking& asking) {
  Url url = Url::in(view, "/commitments");
  if (asking.unit) url = std::move(url).with("unit_id", std::to_string(asking.unit->id.value));
  if (!asking.state.empty()) url = std::move(url).with("state", asking.state);
  return url;
}

// What is overdue stands first, on the first page of whatever else is looked at.
Fragment overdue_part(const View& view, db::Read& read, const Asking& asking, Instant now) {
  if (!asking.state.empty()) return {};
  const auto late = list(read, {.unit_path = asking.unit ? asking.unit->path : "",
                                .state = "overdue",
                                .today = local_day(now),
                                .limit = overdue_shown});
  if (late.empty()) return {};
  const Tally tally = standing_of(read, asking.unit ? asking.unit->path : "", local_day(now));
  Fragment more;
  if (tally.overdue > std::ssize(late)) {
    Asking those = asking;
    those.state = "overdue";
    more.add(R"(<p><a href="{}">{}</a></p>)", again(view, those), view("commitment.overdue_all"_t));
  }
  return fill(R"(<section aria-labelledby="late"><h2 class="h-m" id="late">{}</h2>{}{}</section>)",
              view.voice.counted("commitment.overdue_now"_t, tally.overdue),
              list_of(view, read, late, now), more);
}

}  // namespace

Result<http::Response> list_page(const http::Request& request, db::Read& read, Instant now) {
  const View& view = request.view;
  const Asking asking = asking_of(request, read);
  const std::string path = asking.unit ? asking.unit->path : "";
  const auto everywhere = tallies(read, "", now);
  const std::int64_t before = request.query.number("before").value_or(0);
  const bool is_first = before == 0;
  Fragment body = fill(R"(<h1 class="h-l">{}</h1><p class="lead">{}</p>)",
                       view("commitment.title"_t), view("commitment.lead"_t));
  if (is_first) body += overdue_part(view, read, asking, now);
  body.add(R"(<h2 class="h-m sp">{}</h2>)",
           view(asking.state.empty() ? "commitment.newest"_t : "commitment.chosen"_t));
  body += filter_form(view, read, asking, everywhere);
  auto all = list(read, {.unit_path = path,
                         .state = asking.state,
                         .today = local_day(now),
                         .before = before,
                         .limit = page_count + 1,
                         .is_by_id = true});
  const bool has_more = std::ssize(all) > page_count;
  if (has_more) all.pop_back();
  body += all.empty() ? html::nothing_here(view("commitment.nothing"_t))
                      : list_of(view, read, all, now);
  if (has_more)
    body += html::pager(view, {.next = again(view, asking).with("before", all.back().id.value)});
  if (!is_first)
    body.add(R"(<p><a href="{}">{}</a></p>)", again(view, asking), view("commitment.first_page"_t));
  const auto counted = path.empty() ? everywhere : tallies(read, path, now);
  if (is_first && !counted.empty())
    body.add(R"(<div class="sp">{}</div>)", tally_table(view, read, counted));
  body.add(R"(<p class="small muted">{} <a href="{}">{}</a></p>)",
           view("commitment.numbers_lead"_t),
           Url::in(view, "/figures/definitions").at("commitments"), view("insight.room.link"_t));
  return kept_page(view, {.title = view("commitment.title"_t),
                          .here = "/commitments",
                          .body = html::columns({.body = std::move(body)})});
}

Result<http::Response> commitment_page(const http::Request& request, db::Read& read, Instant now) {
  const View& view = request.view;
  TRY(const Commitment c, asked_for(request, read));
  const std::string title =
      view.voice("commitment.one"_t, {{"number", view.voice.number(c.id.value)}});
  Fragment body = fill(R"(<h1 class="h-l">{}</h1>)", title);
  body += sheet(view, read, c, now);
  body.add(R"(<p><a href="{}">{}</a></p>)", Url::in(view, "/commitments/", c.id.value, "/own"),
           view("commitment.own.link"_t));
  body += history(view, read, c);
  return kept_page(
      view, {.title = title,
             .here = "/commitments",
             .body = html::columns(
                 {.before = html::breadcrumbs(
                      view, {{view("commitment.title"_t), Url::in(view, "/commitments")}}, title),
                  .body = std::move(body)})});
}

Result<http::Response> line_proof(const http::Request& request, db::Read& read) {
  TRY(const Commitment c, asked_for(request, read));
  const std::int64_t line = request.path_number("line");
  const auto receipt = ledger::receipt_at(read, {"commitment", c.id.value}, line);
  if (!receipt) return Error{ErrorKind::not_found, "commitment.error.none"_t};
  return http::download(
      http::text(200, receipt->text()),
      "cam-ket-" + std::to_string(c.id.value) + "-" + std::to_string(line) + ".tlog-proof");
}

}  // namespace ln::commitment
