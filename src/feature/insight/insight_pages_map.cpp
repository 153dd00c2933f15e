#include "feature/insight/insight_pages_map.h"

#include <algorithm>
#include <array>
#include <map>
#include <ranges>
#include <string>

#include "base/embedded.h"

namespace ln::insight {
namespace {

struct Outlines {
  std::string view_box;
  std::map<std::string, std::string, std::less<>> path_by_code;
};

// data/map: "code,path" lines; the row "view" holds the viewBox.
const Outlines& outlines() {
  static const Outlines all = [] {
    Outlines made;
    std::string_view rest = embedded::find("data/map/hanoi-2025-07-01.csv").value_or("");
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find('\n'), rest.size());
      const std::string_view line = rest.substr(0, end);
      rest.remove_prefix(std::min(end + 1, rest.size()));
      const std::size_t comma = line.find(',');
      if (comma == std::string_view::npos) continue;
      const std::string_view code = line.substr(0, comma), path = line.substr(comma + 1);
      if (code == "view")
        made.view_box = path;
      else if (code != "code")
        made.path_by_code.emplace(code, path);
    }
    return made;
  }();
  return all;
}

constexpr std::array<std::string_view, 6> classes = {"m0", "m1", "m2", "m3", "m4", "m5"};

TextKey legend_of(std::size_t map_class) {
  switch (map_class) {
    case 1: return "insight.map.below_60"_t;
    case 2: return "insight.map.from_60"_t;
    case 3: return "insight.map.from_70"_t;
    case 4: return "insight.map.from_80"_t;
    case 5: return "insight.map.from_90"_t;
    default: return "insight.map.too_few"_t;
  }
}

}  // namespace

html::Fragment ward_map(const html::View& view, const Figures& figures) {
  std::map<std::string_view, std::size_t> class_by_code;
  for (const UnitCounts& each : figures.units)
    if (each.unit.kind == units::Kind::commune && !each.unit.valid_to)
      class_by_code[each.unit.code] =
          static_cast<std::size_t>(map_class(each.counts.on_time_share()));
  std::array<std::string, classes.size()> drawn;
  for (const auto& [code, path] : outlines().path_by_code) {
    const auto found = class_by_code.find(code);
    drawn[found == class_by_code.end() ? 0 : found->second] += path;
  }
  html::Fragment out;
  // A map on which nothing can be coloured says nothing; the words beside it say why.
  if (std::ranges::all_of(drawn | std::views::drop(1),
                          [](const std::string& each) { return each.empty(); }))
    return out;
  out.add(
      R"(<figure class="map"><h2 class="h-m">{}</h2>)"
      R"(<svg viewBox="{}" role="img" aria-label="{}">{}</svg><ul class="legend">{}</ul>)"
      R"(<figcaption>{} <a href="{}">{}</a></figcaption></figure>)",
      view("insight.map.title"_t), outlines().view_box, view("insight.map.label"_t),
      [&](html::Fragment& paths) {
        for (std::size_t i = 0; i < classes.size(); ++i)
          if (!drawn[i].empty()) paths.add(R"(<path class="{}" d="{}"/>)", classes[i], drawn[i]);
      },
      [&](html::Fragment& legend) {
        for (std::size_t i = classes.size(); i-- > 0;)
          legend.add(R"(<li><svg viewBox="0 0 10 10" aria-hidden="true" focusable="false">)"
                     R"(<rect class="{}" width="10" height="10"/></svg>{}</li>)",
                     classes[i], view(legend_of(i)));
      },
      view("insight.map.caption"_t), html::Url::in(view, "/figures").at("units"),
      view("insight.map.table"_t));
  return out;
}

}  // namespace ln::insight
