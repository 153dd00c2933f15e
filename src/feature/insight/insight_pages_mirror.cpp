// The officer's own mirror: no figure of anybody else is read for it.
#include <string>
#include <vector>

#include "feature/insight/insight_pages_board_parts.h"
#include "feature/insight/insight_pages_desk.h"
#include "feature/insight/insight_pages_live.h"
#include "feature/insight/insight_pages_signal_parts.h"
#include "feature/insight/insight_store_desk.h"
#include "platform/html/charts.h"
#include "platform/html/forms.h"
#include "platform/html/parts.h"

namespace ln::insight {
namespace {

using html::Fragment;
using html::View;

Fragment own_figures(const View& view, const Mirror& mirror) {
  const html::Column columns[] = {{view("insight.board.figure"_t)},
                                  {view("insight.mirror.yours"_t)}};
  Fragment rows;
  const auto add = [&](TextKey name, const Fragment& value) {
    Fragment row;
    html::add_head_cell(row, html::fill("{}", view(name)));
    html::add_cell(row, columns[1], value);
    rows.add("<tr>{}</tr>", row);
  };
  const auto few = [&] {
    return html::fill(R"(<span class="withheld">{}</span>)", view("insight.mirror.few"_t));
  };
  add("insight.mirror.answered"_t, html::fill("{}", view.voice.number(mirror.answered)));
  add("insight.mirror.on_time"_t,
      mirror.on_time.whole == 0 ? html::fill("–") : share_with_interval(view, mirror.on_time));
  add("insight.mirror.median"_t,
      mirror.median_days
          ? html::fill("{}", view.voice.counted("insight.office.days"_t, *mirror.median_days))
          : html::fill("–"));
  add("insight.mirror.reopened"_t, html::fill("{}", view.voice.number(mirror.reopened)));
  // Below five it would tell what one citizen said.
  if (mirror.ratings.count() < stats::privacy_floor)
    add("insight.mirror.rating"_t, few());
  else
    add("insight.mirror.rating"_t,
        html::fill(R"(<span class="num">{}</span> <span class="ci num">{} n = {}</span>)",
                   rating_text(view.voice, mirror.ratings),
                   rating_interval_text(view.voice, mirror.ratings), mirror.ratings.count()));
  return html::table(
      {.caption = view("insight.mirror.caption"_t), .columns = columns, .rows = std::move(rows)});
}

// One sentence for each habit that shows in at least a fifth of the letters, and how to mend it.
Fragment advice(const View& view, const Habits& habits) {
  if (habits.letters == 0) return html::nothing_here(view("insight.mirror.no_letters"_t));
  const std::pair<std::int64_t, TextKey> all[] = {
      {habits.brief, "insight.mirror.brief"_t},
      {habits.formula, "insight.mirror.formula"_t},
      {habits.no_day, "insight.mirror.no_day"_t},
      {habits.long_sentence, "insight.mirror.long_sentence"_t},
      {habits.no_who, "insight.mirror.no_who"_t},
      {habits.no_done, "insight.mirror.no_done"_t}};
  Fragment list;
  for (const auto& [count, key] : all)
    if (count > 0 && 5 * count >= habits.letters)
      list.add("<li>{}</li>", view.voice(key, {{"count", view.voice.number(count)},
                                               {"letters", view.voice.number(habits.letters)}}));
  if (list.empty())
    return html::note({.kind = html::NoteKind::ok,
                       .body = html::fill("<p>{}</p>", view("insight.mirror.good"_t))});
  return html::fill(R"(<ul class="govuk-list govuk-list--bullet">{}</ul>)", list);
}

}  // namespace

Result<http::Response> mirror_page(const http::Request& request,
                                   db::Read& read,
                                   people::Officer officer,
                                   Instant now) {
  const View view = people::view_of(request, officer.staff());
  const Mirror mirror = read_mirror(read, officer.id(), now);
  const std::string open = view.voice.number(mirror.open), late = view.voice.number(mirror.late);
  const std::string soon = view.voice.number(mirror.soon);
  const html::Stat stats[] = {{open, view("insight.mirror.open"_t)},
                              {soon, view("insight.mirror.soon"_t)},
                              {late, view("insight.mirror.late"_t)}};
  Fragment body = html::back_link(view, html::Url::in(view, "/staff"));
  body.add(R"(<h1 class="h-l">{}</h1><p class="lead">{}</p>{})", view("insight.mirror.title"_t),
           view("insight.mirror.lead"_t), html::stats(stats));
  body.add(R"(<h2 class="h-m sp">{}</h2>{})", view("insight.mirror.ninety"_t),
           own_figures(view, mirror));
  body.add(R"(<h2 class="h-m sp">{}</h2><p>{}</p>{})", view("insight.mirror.letters"_t),
           view("insight.mirror.letters_lead"_t),
           advice(view, habits_of(own_letters(read, officer.id(), now - mirror_period))));
  return http::page(200, staff_page(view, view("insight.mirror.title"_t), std::move(body)));
}

}  // namespace ln::insight
