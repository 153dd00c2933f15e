#include "feature/project/project_pages_parts.h"

#include "base/text.h"
#include "core/people/people_citizen.h"
#include "core/units/units_name.h"
#include "core/units/units_store.h"
#include "feature/project/project_store_reissue.h"
#include "platform/html/charts.h"
#include "platform/html/parts.h"
#include "platform/html/qr.h"

namespace ln::project {
namespace {

using html::fill;
using html::Fragment;
using html::Url;
using html::View;

Fragment counted_cell(const View& view, const std::optional<std::int64_t>& count) {
  return count ? fill("{}", view.voice.number(*count))
               : fill(R"(<span class="small">{}</span>)", view("project.withheld"_t));
}

// How many households wait for an overdue answer: a number from the floor on, else that there are.
Fragment overdue_note(const View& view, db::Read& read, const Project& p, Instant now) {
  constexpr std::int64_t counted_most = 100'000;
  const std::int64_t count = count_overdue(read, p.id, now, counted_most);
  if (count == 0) return {};
  return html::note(
      {.kind = html::NoteKind::stop,
       .heading = view("project.overdue"_t),
       .body = fill("<p>{}</p>", count < floor_of_households
                                     ? std::string(view("project.overdue_few"_t))
                                     : view.voice.counted("project.overdue_count"_t, count))});
}

}  // namespace

Url page_of(const View& view, ProjectId id) { return Url::in(view, "/projects/", id.value); }
Url file_url(const View& view, const Code& code) {
  return Url::in(view, "/projects/files/", code.text());
}

html::Spoken name_of(const View& view, const Project& p) {
  return html::spoken(view, p.name_vi, p.name_en);
}

std::string unit_name(const View& view, db::Read& read, units::UnitId id) {
  const auto unit = units::find(read, id);
  if (!unit) return {};
  const bool reads_english = view.voice.language() == i18n::Language::en;
  return units::name_in(*unit, reads_english);
}

std::string area_text(const View& view, std::int64_t hundredths) {
  const int digits = hundredths % 100 == 0 ? 0 : hundredths % 10 == 0 ? 1 : 2;
  return view.voice.decimal(static_cast<double>(hundredths) / 100, digits) + " m²";
}

std::string dong_text(const View& view, std::int64_t dong) {
  return view.voice("project.dong"_t, {{"amount", view.voice.number(dong)}});
}

Fragment price_table(const View& view, const std::vector<Price>& prices) {
  const html::Column columns[] = {{view("project.price.code"_t)},
                                  {view("project.price.name"_t)},
                                  {view("project.price.price"_t), true}};
  Fragment rows;
  for (const Price& each : prices) {
    Fragment row;
    html::add_head_cell(row, html::code(each.code));
    html::add_cell(row, columns[1], fill(R"(<span lang="vi">{}</span>)", each.name));
    html::add_cell(row, columns[2], dong_text(view, each.price));
    rows.add("<tr>{}</tr>", row);
  }
  return html::table(
      {.caption = view("project.price.title"_t), .columns = columns, .rows = std::move(rows)});
}

Fragment line_facts(const View& view, const Line& line) {
  const Amounts& a = line.amounts;
  const std::string area = area_text(view, a.area), land = dong_text(view, a.land());
  const html::Fact facts[] = {
      {view("project.line.area"_t), fill("{}", area)},
      {view("project.line.land"_t),
       fill(R"(<span translate="no">{}</span> · <span lang="vi">{}</span>)", a.land_code,
            line.land_name)},
      {view("project.line.price"_t), fill("{}", dong_text(view, a.price))},
      {view("project.line.land_pay"_t),
       fill("{} × {} = {}", area, view.voice.number(a.price), land)},
      {view("project.line.structures"_t), fill("{}", dong_text(view, a.structures))},
      {view("project.line.support"_t), fill("{}", dong_text(view, a.support))},
      {view("project.line.total"_t),
       fill("{} + {} + {} = <b>{}</b>", view.voice.number(a.land()),
            view.voice.number(a.structures), view.voice.number(a.support),
            dong_text(view, a.total()))}};
  return html::facts(facts, true);
}

Fragment correction_list(const View& view, const Correction& c) {
  Fragment rows;
  const auto row = [&](TextKey what, const std::string& before, const std::string& after) {
    if (before != after)
      rows.add(R"(<li>{}: <s>{}</s> → <b>{}</b></li>)", view(what), before, after);
  };
  const Amounts &b = c.before, &a = c.after;
  row("project.line.area"_t, area_text(view, b.area), area_text(view, a.area));
  row("project.line.land"_t, b.land_code, a.land_code);
  row("project.line.price"_t, dong_text(view, b.price), dong_text(view, a.price));
  row("project.line.structures"_t, dong_text(view, b.structures), dong_text(view, a.structures));
  row("project.line.support"_t, dong_text(view, b.support), dong_text(view, a.support));
  row("project.line.total"_t, dong_text(view, b.total()), dong_text(view, a.total()));
  return fill("<p><b>{}</b></p><ul>{}</ul>", view("project.correction.title"_t), rows);
}

Fragment line_link(const View& view, const Project& p, std::int64_t line) {
  return fill(R"(<a href="{}">{}</a>)", Url::path("/projects/", p.id.value, "/lines/", line),
              view.voice("project.line_of_ledger"_t, {{"line", view.voice.number(line)}}));
}

Fragment rounds_part(const View& view, db::Read& read, const Project& p, Instant now) {
  Fragment out = fill(R"(<h2 class="h-m sp" id="rounds">{}</h2><p>{}</p>)",
                      view("project.rounds"_t), view("project.rounds_lead"_t));
  const auto rounds = rounds_of(read, p.id);
  if (rounds.empty()) {
    out += html::nothing_here(view("project.no_rounds"_t));
    return out;
  }
  const Round& last = rounds.back();
  if (!last.is_closed()) {
    const std::string number = view.voice.number(last.number),
                      day = view.voice.date(last.asks_until);
    out.add("<p>{}</p>",
            view.voice(last.takes_questions(now) ? "project.round.asks"_t : "project.round.ended"_t,
                       {{"number", number}, {"day", day}}));
    out += overdue_note(view, read, p, now);
  }
  const html::Column columns[] = {{view("project.round"_t)},
                                  {view("project.round.opened"_t)},
                                  {view("project.round.closed"_t)},
                                  {view("project.round.raised"_t), true},
                                  {view("project.round.answered"_t), true},
                                  {view("project.round.remedied"_t), true}};
  Fragment rows;
  for (const Round& each : rounds) {
    Fragment row;
    // On a phone this cell is the heading of a card, where a number alone says nothing.
    html::add_head_cell(row, fill("{} {}", view("project.round"_t), each.number));
    html::add_cell(row, columns[1],
                   fill("{} · {}", view.voice.date(local_day(each.opened_at)),
                        line_link(view, p, each.opened_line)));
    if (each.is_closed()) {
      html::add_cell(row, columns[2],
                     fill("{} · {}", view.voice.date(local_day(*each.closed_at)),
                          line_link(view, p, each.closed_line.value_or(0))));
      html::add_cell(row, columns[3], counted_cell(view, each.raised));
      // A round is closed only when everything that was raised has its answer.
      html::add_cell(row, columns[4], counted_cell(view, each.raised));
      html::add_cell(row, columns[5], counted_cell(view, each.remedied));
    } else {
      html::add_cell(row, columns[2], view("project.round.open"_t));
      for (int n = 3; n < 6; ++n) html::add_cell(row, columns[n], "–");
    }
    rows.add("<tr>{}</tr>", row);
  }
  out += html::table(
      {.caption = view("project.rounds"_t), .columns = columns, .rows = std::move(rows)});
  out.add(R"(<p class="small muted">{}</p>)", view("project.withheld_why"_t));
  return out;
}

Fragment letter_slip(const View& view, const Project& p, const Slip& slip) {
  const std::string address = view.site->base_url + std::string(file_url(view, slip.code).view());
  Fragment codes = fill(R"(<p>{} <b class="ref-s" translate="no">{}</b></p>)",
                        view("project.letter.code"_t), slip.code.shown());
  codes.add(R"(<p>{} <b translate="no">{}</b></p>)", view("project.letter.secret"_t),
            people::shown_secret(slip.secret));
  codes.add(R"(<div class="qr">{}</div><p class="hash" translate="no">{}</p>)",
            html::qr(address, view("project.letter.qr"_t)), address);
  return fill(R"(<section class="slip"><p class="slip__city" lang="vi">{}</p>)"
              R"(<h2 class="h-m">{}</h2><p>{}</p>{}<p>{}</p></section>)",
              p.name_vi, view.voice("project.letter.to"_t, {{"number", slip.number}}), slip.body,
              codes, view("project.letter.keep"_t));
}

// Until the month that runs began: nobody finds the household of a letter by watching the number
// beside the desk.
Fragment letters_part(const View& view, db::Read& read, const Project& p, Instant now) {
  const std::chrono::year_month_day today(local_day(now));
  const Instant month = at_local(Day(today.year() / today.month() / 1));
  const auto count = printed_of(count_reissues(read, p.id, Instant{}, month));
  return fill("<p>{} {}</p>",
              count ? view.voice.counted("project.reissue.count"_t, *count)
                    : std::string(view("project.reissue.few"_t)),
              view("project.reissue.count_why"_t));
}

Result<Project> asked_for(const http::Request& request, db::Read& read) {
  auto found = find(read, ProjectId{request.path_number("id")});
  if (!found) return Error{ErrorKind::not_found, "project.error.none"_t};
  return *std::move(found);
}

}  // namespace ln::project
