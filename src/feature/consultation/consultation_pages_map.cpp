// The map of opinions: drawn by the server, and the same in a table and in words.
#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <utility>

#include "base/text.h"
#include "feature/consultation/consultation_actions_map.h"
#include "feature/consultation/consultation_actions_open.h"
#include "feature/consultation/consultation_pages_parts.h"
#include "feature/consultation/consultation_pages_vote.h"
#include "feature/consultation/consultation_store_answer.h"
#include "platform/html/charts.h"
#include "platform/html/forms.h"
#include "platform/html/layout.h"
#include "platform/html/parts.h"
#include "platform/html/share.h"

namespace ln::consultation {
namespace {

using html::fill;
using html::Fragment;
using html::Url;
using html::View;

constexpr int width = 600, height = 420, margin = 70;
constexpr std::int64_t radius_min = 14, radius_max = 150;

// What the page is made of.
struct MapSheet {
  const View& view;
  const Consultation& c;
  Picture picture;
  std::map<std::int64_t, std::string> texts;  // of statements
  std::optional<Place> place{};               // of the reader
  Instant drawn_at{};
};

std::string letter(std::size_t group) { return std::string(1, static_cast<char>('A' + group)); }
std::string group_class(const char* what, std::size_t group) { return what + letter(group); }

// From steps of the map to the drawing; the same scale in both directions.
class Scale {
 public:
  explicit Scale(const MapSheet& sheet) {
    double left = 0, right = 0, top = 0, bottom = 0;
    const auto take = [&](double x, double y, double around) {
      left = std::min(left, x - around), right = std::max(right, x + around);
      top = std::min(top, y - around), bottom = std::max(bottom, y + around);
    };
    for (const PictureGroup& each : sheet.picture.groups) take(each.x, each.y, each.spread);
    if (sheet.place) take(sheet.place->x, sheet.place->y, 0);
    factor_ = std::min((width - 2 * margin) / std::max(right - left, 1.0),
                       (height - 2 * margin) / std::max(bottom - top, 1.0));
    middle_x_ = (left + right) / 2;
    middle_y_ = (top + bottom) / 2;
  }
  std::int64_t x(double at) const { return width / 2 + std::llround((at - middle_x_) * factor_); }
  std::int64_t y(double at) const { return height / 2 + std::llround((at - middle_y_) * factor_); }
  std::int64_t size(double of) const {
    return std::clamp<std::int64_t>(std::llround(of * factor_), radius_min, radius_max);
  }

 private:
  double factor_ = 1, middle_x_ = 0, middle_y_ = 0;
};

Fragment drawing(const MapSheet& sheet) {
  const View& view = sheet.view;
  const Scale scale(sheet);
  Fragment marks;
  for (std::size_t i = 0; i < sheet.picture.groups.size(); ++i) {
    const PictureGroup& each = sheet.picture.groups[i];
    marks.add(R"(<circle class="{}" cx="{}" cy="{}" r="{}"/>)", "hull " + group_class("h", i),
              scale.x(each.x), scale.y(each.y), scale.size(each.spread));
    marks.add(R"(<text class="{}" x="{}" y="{}" text-anchor="middle">{}</text>)",
              group_class("g", i), scale.x(each.x), scale.y(each.y) + 6,
              letter(i) + " · " + view.voice.number(each.people));
  }
  if (sheet.place) {
    marks.add(R"(<circle class="you" cx="{}" cy="{}" r="7"/>)", scale.x(sheet.place->x),
              scale.y(sheet.place->y));
    marks.add(R"(<text class="you" x="{}" y="{}">{}</text>)", scale.x(sheet.place->x) + 12,
              scale.y(sheet.place->y) + 6, view("consultation.map.you"_t));
  }
  const std::string label =
      view.voice("consultation.map.label"_t,
                 {{"people", view.voice.number(sheet.picture.placed)},
                  {"groups", view.voice.number(std::ssize(sheet.picture.groups))}});
  return fill(R"(<figure><svg class="plot" viewBox="0 0 600 420" role="img" aria-label="{}">{})"
              R"(</svg></figure>)",
              label, marks);
}

// Whole percents, as the reader writes them.
std::string percent_text(const View& view, int percent) {
  return view.voice.percent(percent / 100.0, 0);
}

// "“Nên công khai …”: đồng ý từ 90% đến 95% (của khoảng 440 người)". Null where too few answered.
std::optional<Fragment> holding(const MapSheet& sheet, const Holding& each) {
  const View& view = sheet.view;
  const auto told = told_share(each.share);
  if (!told) return std::nullopt;
  const auto text = sheet.texts.find(each.statement);
  const TextKey words = each.said > 0   ? "consultation.map.told_agree"_t
                        : each.said < 0 ? "consultation.map.told_disagree"_t
                                        : "consultation.map.told_pass"_t;
  return fill(R"(<q lang="vi">{}</q> {})",
              text == sheet.texts.end() ? std::string_view() : std::string_view(text->second),
              view.voice(words, {{"from", percent_text(view, told->from)},
                                 {"to", percent_text(view, told->to)},
                                 {"whole", view.voice.number(told->about)}}));
}

Fragment holdings(const MapSheet& sheet, const std::vector<Holding>& all) {
  Fragment items;
  for (const Holding& each : all)
    if (const auto item = holding(sheet, each)) items.add("<li>{}</li>", *item);
  if (items.empty()) return fill("{}", sheet.view("consultation.map.nothing"_t));
  return fill("<ul>{}</ul>", items);
}

// In what a group differs most, of what is told.
Fragment first_apart(const MapSheet& sheet, const PictureGroup& group) {
  for (const Holding& each : group.apart)
    if (auto item = holding(sheet, each)) return *std::move(item);
  return fill("{}", sheet.view("consultation.map.nothing"_t));
}

// What the drawing says, in a table short enough for a phone: who is in a group, and in what it
// differs most from the others.
Fragment groups_table(const MapSheet& sheet) {
  const View& view = sheet.view;
  const html::Column columns[] = {{view("consultation.map.group"_t)},
                                  {view("consultation.map.people"_t), true},
                                  {view("consultation.map.differs"_t)}};
  Fragment rows;
  for (std::size_t i = 0; i < sheet.picture.groups.size(); ++i) {
    const PictureGroup& each = sheet.picture.groups[i];
    Fragment row;
    html::add_head_cell(
        row, fill(R"(<span class="{}">{}</span>)", group_class("tag-g t", i), letter(i)));
    html::add_cell(row, columns[1], view.voice.number(each.people));
    html::add_cell(row, columns[2], first_apart(sheet, each));
    rows.add("<tr>{}</tr>", row);
  }
  return html::table(
      {.caption = view("consultation.map.table"_t), .columns = columns, .rows = std::move(rows)});
}

// All that is known of each group, folded: nobody reads three lists at once, and unfolded they were
// most of a page of nine thousand pixels.
Fragment groups_in_full(const MapSheet& sheet) {
  const View& view = sheet.view;
  Fragment out;
  for (std::size_t i = 0; i < sheet.picture.groups.size(); ++i) {
    const PictureGroup& each = sheet.picture.groups[i];
    out += html::details(
        view.voice("consultation.map.group_full"_t,
                   {{"group", letter(i)}, {"people", view.voice.number(each.people)}}),
        fill(R"(<h3 class="h-s">{}</h3>{}<h3 class="h-s">{}</h3>{})",
             view("consultation.map.apart"_t), holdings(sheet, each.apart),
             view("consultation.map.holds"_t), holdings(sheet, each.holds)));
  }
  return out;
}

Fragment words(const MapSheet& sheet) {
  const View& view = sheet.view;
  Fragment out =
      fill(R"(<h2 class="h-m">{}</h2>{}<h2 class="h-m">{}</h2>)", view("consultation.map.unites"_t),
           holdings(sheet, sheet.picture.unites), view("consultation.map.divides"_t));
  Fragment divisions;
  for (const Division& each : sheet.picture.divides) {
    const auto text = sheet.texts.find(each.statement);
    const auto agree = told_share(each.agree), disagree = told_share(each.disagree);
    if (text == sheet.texts.end() || !agree || !disagree) continue;
    const auto range = [&](const ToldShare& told) {
      return view.voice("consultation.map.told_range"_t, {{"from", percent_text(view, told.from)},
                                                          {"to", percent_text(view, told.to)}});
    };
    divisions.add(R"(<li><q lang="vi">{}</q> {}</li>)", text->second,
                  view.voice("consultation.map.division"_t,
                             {{"for", letter(static_cast<std::size_t>(each.group_for))},
                              {"agree", range(*agree)},
                              {"against", letter(static_cast<std::size_t>(each.group_against))},
                              {"disagree", range(*disagree)}}));
  }
  if (divisions.empty())
    out.add("<p>{}</p>", view("consultation.map.nothing"_t));
  else
    out.add("<ul>{}</ul>", divisions);
  out.add(R"(<p class="small muted">{}</p>)",
          view.voice("consultation.map.told_lead"_t, {{"least", view.voice.number(open_floor)}}));
  return out;
}

Fragment trust(const MapSheet& sheet) {
  const View& view = sheet.view;
  std::vector<html::Fact> facts;
  const auto add = [&](TextKey name, Fragment value) {
    facts.push_back({view(name), std::move(value)});
  };
  add("consultation.map.people_all"_t, fill("{}", view.voice.number(sheet.picture.people)));
  add("consultation.map.people_placed"_t, fill("{}", view.voice.number(sheet.picture.placed)));
  add("consultation.map.stability"_t, fill("{}", view.voice.decimal(sheet.picture.stability, 2)));
  add("consultation.map.gain"_t, fill("{}", view.voice.percent(sheet.picture.gain, 0)));
  add("consultation.map.drawn_at"_t, html::moment(view, sheet.drawn_at));
  Fragment body = fill("<p>{}</p>", view("consultation.map.trust_lead"_t));
  body += html::facts(facts, true);
  return html::details(view("consultation.map.trust"_t), body);
}

std::string where_you_are(const MapSheet& sheet) {
  const View& view = sheet.view;
  if (!sheet.place) return std::string(view("consultation.map.nowhere"_t));
  if (!sheet.place->group) return std::string(view("consultation.map.no_group"_t));
  return view.voice("consultation.map.with"_t, {{"group", letter(*sheet.place->group)}});
}

Fragment picture_part(const MapSheet& sheet) {
  const View& view = sheet.view;
  if (sheet.picture.groups.size() < 2) {
    Fragment out = html::note({.body = fill("<p>{}</p>", view("consultation.map.one_group"_t))});
    if (sheet.picture.placed >= 10) out += words(sheet);
    return out;
  }
  Fragment out = fill(R"(<div class="omap">{}<div><p>{}</p>{}</div></div>)", drawing(sheet),
                      where_you_are(sheet), words(sheet));
  out += groups_table(sheet);
  out += groups_in_full(sheet);
  out += trust(sheet);
  return out;
}

// The picture with the words of its statements, and where the reader stands in it.
MapSheet sheet_of_map(const http::Request& request,
                      db::Read& read,
                      const Consultation& c,
                      Picture picture,
                      Instant drawn_at) {
  MapSheet sheet{.view = request.view, .c = c, .picture = std::move(picture), .texts = {}};
  sheet.drawn_at = drawn_at;
  for (const Statement& each : all_statements(read, c.id)) sheet.texts[each.id.value] = each.text;
  if (const auto token = token_in(request))
    if (const auto participant = find_participant(read, c.id, mark_of(c.id, *token)))
      sheet.place = place_of(sheet.picture, votes_of(read, *participant));
  return sheet;
}

Url clause_map_url(const View& view, const Consultation& c, std::string_view clause) {
  return Url::in(view, "/consultations/", c.id.value, "/clauses/", clause, "/map");
}

// The map of an article, when it may be shown: of statements that stand under it now, and of so
// many people who answered enough of them.
std::optional<Picture> shown_picture(const StoredClauseMap& stored,
                                     const std::vector<std::int64_t>& statements) {
  auto picture = picture_in(stored.json);
  if (!picture || !stands_on(*picture, statements) || picture->placed < clause_people_min)
    return std::nullopt;
  return picture;
}

Fragment clause_maps_part(const View& view, db::Read& read, const Consultation& c) {
  Fragment list;
  std::map<std::string, std::vector<std::int64_t>> by_article;
  for (const Statement& each : statements_of(read, c.id))
    by_article[article_of(each.clause)].push_back(each.id.value);
  for (const StoredClauseMap& each : clause_maps_of(read, c.id))
    if (shown_picture(each, by_article[each.clause]))
      list.add(R"(<li><a href="{}">{}</a></li>)", clause_map_url(view, c, each.clause),
               cited(view, each.clause));
  if (list.empty()) return {};
  return fill(R"(<h2 class="h-m">{}</h2><ul>{}</ul>)", view("consultation.map.of_articles"_t),
              list);
}

// The statements that are asked of an article, in the order of their ids.
std::vector<std::int64_t> statements_under(db::Read& read,
                                           ConsultationId id,
                                           std::string_view article) {
  std::vector<std::int64_t> all;
  for (const Statement& each : statements_of(read, id))
    if (article_of(each.clause) == article) all.push_back(each.id.value);
  return all;
}

// Why an article has no map.
std::string what_is_missing(const View& view,
                            db::Read& read,
                            const Consultation& c,
                            const std::string& article,
                            const std::vector<std::int64_t>& statements) {
  if (std::ssize(statements) < clause_statements_min)
    return view.voice.counted("consultation.map.few_statements"_t, std::ssize(statements),
                              {{"least", view.voice.number(clause_statements_min)}});
  const auto stored = find_clause_map(read, c.id, article);
  const auto picture = stored ? picture_in(stored->json) : std::nullopt;
  const bool is_drawn = picture && stands_on(*picture, statements);
  // How many below it are never told.
  if (is_drawn || !has_voters(read, c.id, article, clause_people_min))
    return view.voice("consultation.map.few_people"_t,
                      {{"least", view.voice.number(clause_people_min)}});
  return std::string(view(find_decision(read, c.id) ? "consultation.map.not_kept"_t
                                                    : "consultation.map.not_drawn"_t));
}

}  // namespace

Result<http::Response> clause_map_page(const http::Request& request, db::Read& read, Instant) {
  TRY(const Opened open, opened(request, read));
  const View& view = request.view;
  const Consultation& c = open.consultation;
  const std::string article(request.path_text("clause"));
  const auto at = open.draft.find(article);
  if (!at || open.draft.clauses[*at].level != draft::Level::article)
    return Error{ErrorKind::not_found, "consultation.error.clause"_t};
  const auto statements = statements_under(read, c.id, article);
  const auto stored = find_clause_map(read, c.id, article);
  auto picture = stored ? shown_picture(*stored, statements) : std::nullopt;
  const std::string name = cited(view, article);
  Fragment body =
      html::breadcrumbs(view,
                        {{view("consultation.title"_t), Url::in(view, "/consultations")},
                         {title_of(view, c).text, page_of(view, c)},
                         {name, clause_url(view, c, article)}},
                        view("consultation.map.title"_t));
  const std::string title = view.voice("consultation.map.of_article"_t, {{"clause", name}});
  body.add(R"(<h1 class="h-l">{}</h1><p class="lead">{}</p>)", title,
           view.voice("consultation.map.of_article_lead"_t, {{"clause", name}}));
  if (picture) {
    body += picture_part(sheet_of_map(request, read, c, *std::move(picture), stored->drawn_at));
  } else {
    body += html::nothing_here(what_is_missing(view, read, c, article, statements));
  }
  body.add(R"(<ul><li><a href="{}">{}</a></li><li><a href="{}">{}</a></li></ul>)",
           Url::in(view, "/consultations/", c.id.value, "/statements"),
           view("consultation.statements.title"_t),
           Url::in(view, "/consultations/", c.id.value, "/map"), view("consultation.map.of_all"_t));
  return http::page(200, html::page(view, {.title = title,
                                           .here = "/consultations",
                                           .body = html::columns({.body = std::move(body)})}));
}

Result<http::Response> map_page(const http::Request& request, db::Read& read, Instant) {
  TRY(const Opened open, opened(request, read));
  const View& view = request.view;
  const Consultation& c = open.consultation;
  const auto stored = find_map(read, c.id);
  auto picture = stored ? picture_in(stored->json) : std::nullopt;
  Fragment body =
      html::breadcrumbs(view,
                        {{view("consultation.title"_t), Url::in(view, "/consultations")},
                         {title_of(view, c).text, page_of(view, c)}},
                        view("consultation.map.title"_t));
  body.add(R"(<h1 class="h-l">{}</h1><p class="lead">{}</p>)", view("consultation.map.title"_t),
           view("consultation.map.lead"_t));
  if (picture)
    body += picture_part(sheet_of_map(request, read, c, *std::move(picture), stored->drawn_at));
  else
    body += html::nothing_here(view("consultation.map.none"_t));
  body += clause_maps_part(view, read, c);
  body.add(R"(<p><a href="{}">{}</a></p>)",
           Url::in(view, "/consultations/", c.id.value, "/statements"),
           view("consultation.statements.title"_t));
  body += html::share(view, Url::here(view), view("consultation.map.title"_t));
  return http::page(200, html::page(view, {.title = view("consultation.map.title"_t),
                                           .here = "/consultations",
                                           .body = html::columns({.body = std::move(body)})}));
}

}  // namespace ln::consultation
