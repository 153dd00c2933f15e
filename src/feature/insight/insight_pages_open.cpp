#include "feature/insight/insight_pages_open.h"

#include <algorithm>
#include <filesystem>
#include <mutex>
#include <vector>

#include "core/ledger/ledger_tools.h"
#include "feature/insight/insight_jobs_open.h"
#include "platform/file/file.h"
#include "platform/html/charts.h"
#include "platform/html/layout.h"
#include "platform/html/parts.h"
#include "platform/http/http_parse.h"

namespace ln::insight {
namespace {

// A file is closed with the row that makes it so large.
constexpr std::size_t served_size_max = open_file_size + (std::size_t{4} << 20U);

struct Shelf {
  std::mutex mutex;
  std::string folder;  // guarded by mutex
};
Shelf& shelf() {
  static Shelf the;
  return the;
}
struct Shown {
  std::string night;
  Manifest manifest;
};

std::optional<Shown> shown_of(const std::string& night) {
  const std::string folder = open_folder();
  if (folder.empty() || !http::parse_day(night)) return std::nullopt;
  const auto text = file::read_file(folder + "/" + night + "/manifest.json", manifest_size_max);
  auto manifest = text ? parse_manifest(*text) : std::nullopt;
  if (!manifest) return std::nullopt;
  return Shown{night, *std::move(manifest)};
}

std::string_view content_type_of(std::string_view name) {
  if (name.ends_with(".csv")) return "text/csv; charset=utf-8; header=present";
  if (name.ends_with(".jsonl")) return "application/jsonl; charset=utf-8";
  return "application/json; charset=utf-8";
}

Result<http::Response> file_of(const std::string& night, std::string_view name) {
  const Error unknown{ErrorKind::not_found, "insight.open.error.file"_t};
  const auto shown = shown_of(night);
  if (!shown) return unknown;
  const bool is_listed = name == "manifest.json" ||
                         std::ranges::any_of(shown->manifest.files, [&](const FileListed& each) {
                           return each.made.name == name;
                         });
  if (!is_listed) return unknown;
  auto bytes =
      file::read_file(open_folder() + "/" + night + "/" + std::string(name), served_size_max);
  if (!bytes) return unknown;
  http::Response response;
  response.content_type = content_type_of(name);
  response.body = *std::move(bytes);
  response.headers.emplace_back("Link", "<" + std::string(open_licence_url) + ">; rel=\"license\"");
  response.cacheable = true;
  return response;
}

// "12 KiB".
std::string size_text(const html::View& view, std::int64_t bytes) {
  constexpr std::int64_t kib = 1024;
  return view.voice.number((bytes + kib - 1) / kib) + " KiB";
}

html::Fragment file_links(const html::View& view, const Shown& shown, std::string_view table) {
  html::Fragment out;
  for (const FileListed& file : shown.manifest.files)
    if (file.made.table == table)
      out.add(R"(<li><a href="{}">{}</a> <span class="muted small">{}</span></li>)",
              html::Url::path("/data/", shown.night, "/", file.made.name), file.made.name,
              size_text(view, file.bytes));
  return out;
}

html::Fragment columns_of(const html::View& view, const OpenTable& table) {
  const html::Column columns[] = {{view("insight.open.column"_t)},
                                  {view("insight.open.type"_t)},
                                  {view("insight.open.says"_t)}};
  html::Fragment rows;
  for (const OpenColumn& column : table.columns) {
    html::Fragment row;
    html::add_head_cell(row, html::code(column.name));
    html::add_cell(row, columns[1], column.type);
    html::add_cell(row, columns[2], view(column.about));
    rows.add("<tr>{}</tr>", row);
  }
  return html::table({.caption = table.name, .columns = columns, .rows = std::move(rows)});
}

// Each table with its files. What its columns say stands on a page of its own: together they would
// weigh more than a page may.
html::Fragment tables_of_night(const html::View& view, const Shown& shown) {
  html::Fragment out;
  for (const OpenTable& table : open_tables()) {
    const html::Fragment links = file_links(view, shown, table.name);
    if (links.empty()) continue;
    out.add(R"(<h3 class="h-s sp" id="{}"><span translate="no">{}</span></h3>)", table.name,
            table.name);
    out.add(R"(<p>{} <a href="{}">{}</a></p><ul class="list">{}</ul>)", view(table.about),
            html::Url::in(view, "/data").with("night", shown.night).with("table", table.name),
            view("insight.open.columns"_t), links);
  }
  return out;
}

html::Fragment table_of_night(const html::View& view, const Shown& shown, const OpenTable& table) {
  html::Fragment body = html::breadcrumbs(
      view,
      {{view("insight.open.title"_t), html::Url::in(view, "/data").with("night", shown.night)}},
      table.name);
  body.add(R"(<h1 class="h-l" translate="no">{}</h1><p class="lead">{}</p>)", table.name,
           view(table.about));
  body.add(R"(<ul class="list">{}</ul>{})", file_links(view, shown, table.name),
           columns_of(view, table));
  return body;
}

html::Fragment how_to(const html::View& view) {
  html::Fragment out;
  out.add(R"(<h2 class="h-m sp">{}</h2><ul class="govuk-list govuk-list--bullet">{}</ul>)",
          view("insight.open.how"_t), [&](html::Fragment& list) {
            for (const TextKey key : {"insight.open.how_format"_t, "insight.open.how_once"_t,
                                      "insight.open.how_week"_t, "insight.open.how_apart"_t,
                                      "insight.open.how_changed"_t, "insight.open.how_hash"_t})
              list.add("<li>{}</li>", view(key));
          });
  out.add(R"(<p>{}</p><pre class="code" translate="no">langnghe recompute --from FOLDER
python3 recompute.py FOLDER</pre>)",
          view("insight.open.how_recompute"_t));
  out += ledger::tool_link(view, ledger::recompute_tool);
  return out;
}

html::Fragment nights_list(const html::View& view, const std::string& shown) {
  html::Fragment out;
  const auto nights = open_nights(open_folder());
  if (nights.size() < 2) return out;
  out.add(R"(<h2 class="h-m sp">{}</h2><ul class="chips">{}</ul>)", view("insight.open.nights"_t),
          [&](html::Fragment& list) {
            for (const std::string& night : nights)
              if (night != shown)
                list.add(R"(<li><a href="{}">{}</a></li>)",
                         html::Url::in(view, "/data").with("night", night),
                         view.voice.date(*http::parse_day(night)));
          });
  return out;
}

html::Fragment facts_of(const html::View& view, const Shown& shown) {
  std::vector<html::Fact> all;
  all.push_back({view("insight.open.night"_t), html::day(view, shown.manifest.night.day)});
  all.push_back({view("insight.open.sunday"_t), html::day(view, shown.manifest.night.sunday)});
  if (const auto licence = html::Url::external(open_licence_url))
    all.push_back({view("insight.open.licence"_t),
                   html::fill(R"(<a href="{}" rel="license">{}</a>)", *licence, open_licence)});
  all.push_back({view("insight.open.manifest"_t),
                 html::fill(R"(<a href="{}">manifest.json</a>)",
                            html::Url::path("/data/", shown.night, "/manifest.json"))});
  all.push_back({view("insight.open.in_log"_t),
                 html::fill(R"(<a href="{}">{}</a>)", html::Url::in(view, "/ledger/facts"),
                            view("insight.facts.title"_t))});
  return html::facts(all, true);
}

http::Response data_sheet(const html::View& view, std::string_view title, html::Fragment body) {
  auto response =
      http::page(200, html::page(view, {.title = title,
                                        .here = "/figures",
                                        .body = html::columns({.body = std::move(body)})}));
  response.cacheable = true;
  return response;
}

}  // namespace

void set_open_folder(std::string folder) {
  Shelf& the = shelf();
  const std::lock_guard lock(the.mutex);
  the.folder = std::move(folder);
}

std::string open_folder() {
  Shelf& the = shelf();
  const std::lock_guard lock(the.mutex);
  return the.folder;
}

std::vector<std::string> open_nights(const std::string& folder) {
  std::vector<std::string> nights;
  std::error_code failure;
  if (folder.empty()) return nights;
  for (const auto& each : std::filesystem::directory_iterator(folder, failure)) {
    std::string name = each.path().filename().string();
    if (http::parse_day(name)) nights.push_back(std::move(name));
  }
  std::ranges::sort(nights, std::greater());
  return nights;
}

Result<http::Response> data_page(const http::Request& request, db::Read&) {
  const html::View& view = request.view;
  const auto nights = open_nights(open_folder());
  std::string night(request.query.text("night"));
  if (night.empty() && !nights.empty()) night = nights.front();
  const auto shown = shown_of(night);
  if (!shown && request.query.has("night"))
    return Error{ErrorKind::not_found, "insight.open.error.night"_t};
  const std::string_view title = view("insight.open.title"_t);
  html::Fragment body;
  if (request.query.has("table")) {
    const auto table =
        std::ranges::find(open_tables(), request.query.text("table"), &OpenTable::name);
    if (table == open_tables().end() || !shown)
      return Error{ErrorKind::not_found, "insight.open.error.file"_t};
    return data_sheet(view, table->name, table_of_night(view, *shown, *table));
  }
  body.add(R"(<h1 class="h-l">{}</h1><p class="lead">{}</p>)", title, view("insight.open.lead"_t));
  if (!shown) {
    body += html::nothing_here(view("insight.open.none"_t));
    body += how_to(view);
  } else {
    body += facts_of(view, *shown);
    body += how_to(view);
    body.add(R"(<h2 class="h-m sp">{}</h2>{})", view("insight.open.tables"_t),
             tables_of_night(view, *shown));
    body += nights_list(view, shown->night);
  }
  return data_sheet(view, title, std::move(body));
}

Result<http::Response> data_file(const http::Request& request, db::Read&) {
  const auto nights = open_nights(open_folder());
  if (nights.empty()) return Error{ErrorKind::not_found, "insight.open.error.file"_t};
  return file_of(nights.front(), request.path_text("file"));
}

Result<http::Response> night_file(const http::Request& request, db::Read&) {
  return file_of(std::string(request.path_text("night")), request.path_text("file"));
}

}  // namespace ln::insight
