#include "feature/feedback/feedback_pages_moderation.h"

#include <map>
#include <ranges>

#include "core/units/units_name.h"
#include "core/units/units_store.h"
#include "feature/feedback/feedback_api_json.h"
#include "platform/html/forms.h"
#include "platform/html/layout.h"
#include "platform/html/parts.h"
#include "platform/json/json.h"

namespace ln::feedback {
namespace {

using html::Fragment;
using html::Url;

constexpr std::int64_t lines_on_page = 50;
constexpr std::int64_t lines_usual = 100, lines_most = 500;

std::string kind_name(const html::View& view, std::string_view word) {
  if (word == "box") return std::string(view("feedback.moderation.box"_t));
  const auto kind = text::hidden_of(word);
  return kind ? std::string(view(key_of(*kind))) : std::string();
}

Fragment counts_list(const html::View& view, std::span<const ModerationCount> counts) {
  std::vector<html::Fact> facts;
  for (const ModerationCount& each : counts) {
    TextKey key;
    if (const auto reason = from_word(all_hide_reasons, each.what)) key = key_of(*reason);
    if (const auto change = from_word(all_changes, each.what)) key = key_of(*change);
    if (!key.is_none())
      facts.push_back({view(key), html::fill("{}", view.voice.number(each.count))});
  }
  return html::facts(facts);
}

// Names of offices, each asked for once.
class UnitNames {
 public:
  UnitNames(db::Read& read, bool is_english) : read_(read), is_english_(is_english) {}
  const std::string& of(units::UnitId id) {
    const auto [at, is_new] = names_.try_emplace(id);
    if (is_new && id.value != 0)
      if (const auto unit = units::find(read_, id)) at->second = units::name_in(*unit, is_english_);
    return at->second;
  }

 private:
  db::Read& read_;
  bool is_english_;
  std::map<units::UnitId, std::string> names_;
};

Fragment log_line(const html::View& view, UnitNames& names, const Logged& line) {
  const Moderation& row = line.row;
  const std::string& unit = names.of(row.unit);
  Fragment where = html::fill(
      "{}", unit.empty() ? view("feedback.moderation.unit_unsaid"_t) : std::string_view(unit));
  if (const auto code = Code::parse(line.code))
    where.add(R"( · <a href="{}" translate="no">{}</a>)", Url::in(view, "/feedback/", code->text()),
              code->shown());
  return html::fill(
      R"(<li><b>{}</b>{}<br><span class="small muted">{} · {}</span></li>)", said_of(view, row),
      [&](Fragment& out) {
        if (row.reason) out.add("<br>{}", view(key_of(*row.reason)));
      },
      html::day(view, local_day(row.at)), where);
}

}  // namespace

std::string with_spoken_marks(const html::View& view, std::string_view text) {
  return view.voice.language() == i18n::Language::en ? text::in_english(text) : std::string(text);
}

std::string said_of(const html::View& view, const Moderation& row) {
  std::string out(view(row.picture.value == 0 ? "feedback.moderation.text"_t
                                              : "feedback.moderation.picture"_t));
  out += ": ";
  out += view(key_of(row.change));
  std::string_view comma = " – ";
  for (const KindCount& each : kinds_in(row.kinds)) {
    out += comma;
    out += kind_name(view, each.word);
    if (each.count > 1) out += " (" + view.voice.number(each.count) + ")";
    comma = ", ";
  }
  return out;
}

Fragment moderation_list(const html::View& view, std::span<const Moderation> rows) {
  if (rows.empty()) return {};
  return html::fill(R"(<ul class="plain">{}</ul>)", [&](Fragment& list) {
    for (const Moderation& row : rows | std::views::reverse) {
      list.add(
          R"(<li><b>{}</b>{}<br><span class="small muted">{}</span></li>)", said_of(view, row),
          [&](Fragment& out) {
            if (row.reason) out.add("<br>{}", view(key_of(*row.reason)));
          },
          html::moment(view, row.at));
    }
  });
}

Result<http::Response> moderation_page(const http::Request& request, db::Read& read) {
  const html::View& view = request.view;
  const std::int64_t before = std::max<std::int64_t>(0, request.query.number("before").value_or(0));
  auto lines = moderation_log(read, before, lines_on_page + 1);
  const bool is_more = static_cast<std::int64_t>(lines.size()) > lines_on_page;
  if (is_more) lines.pop_back();
  Fragment body = html::fill(
      R"(<h1>{}</h1><p class="lead">{}</p><p>{}</p>)", view("feedback.moderation.title"_t),
      view("feedback.moderation.lead"_t), view("feedback.moderation.never"_t));
  if (lines.empty()) body += html::nothing_here(view("feedback.moderation.none"_t));
  UnitNames names(read, view.voice.language() == i18n::Language::en);
  if (!lines.empty()) {
    const auto by_reason = moderations_by_reason(read), by_change = moderations_by_change(read);
    body.add(R"(<h2 class="h-m sp">{}</h2>{}<h2 class="h-m sp">{}</h2>{})",
             view("feedback.moderation.by_reason"_t), counts_list(view, by_reason),
             view("feedback.moderation.by_change"_t), counts_list(view, by_change));
    body.add(R"(<h2 class="h-m sp">{}</h2><ul class="list">{}</ul>)",
             view("feedback.moderation.each"_t), [&](Fragment& list) {
               for (const Logged& line : lines) list += log_line(view, names, line);
             });
  }
  if (is_more)
    body += html::pager(view,
                        {.next = Url::in(view, "/moderation").with("before", lines.back().row.id)});
  auto response = http::page(
      200, html::page(view, {.title = view("feedback.moderation.title"_t),
                             .here = "/moderation",
                             .body = html::columns({.body = std::move(body), .is_narrow = true})}));
  response.cacheable = true;
  return response;
}

Result<http::Response> moderation_api(const http::Request& request, db::Read& read) {
  TRY(const std::int64_t limit, limit_in(request, lines_usual, lines_most));
  std::int64_t before = 0;
  if (request.query.has("after")) {
    before = request.query.number("after").value_or(0);
    if (before <= 0) return refuse_parameter("after", "feedback.error.after"_t);
  }
  auto lines = moderation_log(read, before, limit + 1);
  const bool is_more = static_cast<std::int64_t>(lines.size()) > limit;
  if (is_more) lines.pop_back();
  http::Response response = http::json(200, {});
  json::Writer writer(response.body);
  writer.object().name("items").array();
  for (const Logged& line : lines) {
    const Moderation& row = line.row;
    const auto unit = row.unit.value == 0 ? std::nullopt : units::find(read, row.unit);
    writer.object().member("number", row.id);
    writer.member("day", to_iso(local_day(row.at))).name("unit");
    if (unit)
      writer.text(unit->code);
    else
      writer.null();
    writer.name("code");
    if (line.code.empty())
      writer.null();
    else
      writer.text(line.code);
    writer.member("what", row.picture.value == 0 ? "text" : "picture");
    writer.member("change", to_text(row.change)).name("reason");
    if (row.reason)
      writer.text(to_text(*row.reason));
    else
      writer.null();
    writer.name("kinds").object();
    for (const KindCount& each : kinds_in(row.kinds)) writer.member(each.word, each.count);
    writer.end_object().end_object();
  }
  writer.end_array().name("next");
  if (is_more)
    writer.text(std::to_string(lines.back().row.id));
  else
    writer.null();
  writer.end_object();
  response.cacheable = true;
  return response;
}

}  // namespace ln::feedback
