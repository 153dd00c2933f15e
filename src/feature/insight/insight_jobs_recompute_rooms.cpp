#include "feature/insight/insight_jobs_recompute_rooms.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "base/text.h"
#include "feature/insight/insight_jobs_recompute_checks.h"
#include "feature/insight/insight_jobs_rooms.h"

namespace ln::insight {
namespace {

constexpr std::string_view told_in = "room_figures";

std::string joined(const std::vector<std::string>& cells, std::size_t from) {
  std::string all;
  for (std::size_t i = from; i < cells.size(); ++i) all += (i > from ? "," : "") + cells[i];
  return all;
}

// "promises_kept P1 (2025-07-01)", "survey_index P1 (2025-07-01) no. 3".
std::string room_name(std::string_view figure, const Place& place, std::string_view number) {
  std::string name(figure);
  name += " " + (place.unit.empty() ? std::string("city") : place.unit);
  if (!place.valid_from.empty()) name += " (" + place.valid_from + ")";
  if (!number.empty()) name += " no. " + std::string(number);
  return name;
}

class RoomRecount {
 public:
  RoomRecount(const OpenFolder& folder,
              const Manifest& manifest,
              const std::function<void(std::string)>& fault,
              Recomputed& counts)
      : folder_(folder),
        manifest_(manifest),
        fault_(fault),
        counts_(counts),
        book_(manifest.night.day),
        checks_(fault, to_iso(manifest.night.day)) {}

  void all() {
    if (!compare_definitions() && !has(told_in)) return;
    for (const OpenTable& table : room_tables()) {
      if (!has(table.name)) {
        fault_(std::string(table.name) + ": the manifest lists no file of this table");
      } else if (table.name != told_in) {
        last_ = 0;
        each_row(table, [&](const std::vector<std::string>& columns, const auto& cells) {
          take(table.name, columns, cells);
        });
      }
    }
    checks_.finish();
    for (const auto& [number, hash] : checks_.survey_hashes())
      counts_.survey_hashes[parse_number(number).value_or(0)] = hash;
    compare();
  }

 private:
  bool has(std::string_view table) const {
    return std::ranges::any_of(manifest_.files, [&](const FileListed& each) {
      return each.made.table == table && each.made.format == "csv";
    });
  }

  // Of each figure, as "definitions" tells it; the words for people are not compared.
  static std::map<std::string, std::string> known_definitions(bool has_rooms) {
    std::map<std::string, std::string> all;
    const auto put = [&](std::string_view name, std::initializer_list<std::string_view> rest) {
      std::string& line = all[std::string(name)];
      for (const std::string_view each : rest) line.append(line.empty() ? "" : ",").append(each);
    };
    for (const Definition& each : definitions())
      if (!has_rooms)
        put(each.name, {to_text(each.kind), each.numerator, each.denominator});
      else
        put(each.name, {to_text(each.kind), each.numerator, each.denominator,
                        each.is_of_ratings ? "ratings" : "cases", ""});
    if (has_rooms)
      for (const RoomFigure& each : room_figures())
        put(each.name,
            {to_text(each.kind), each.numerator, each.denominator, each.table, each.only});
    return all;
  }

  // Whether figures of rooms must be told: not before there were any.
  bool compare_definitions() {
    bool has_rooms = false;
    std::map<std::string, std::string> known;
    std::size_t width = 0;
    if (!has("definitions")) fault_("definitions: the manifest lists no file of this table");
    for (const FileListed& file : manifest_.files) {
      if (file.made.table != "definitions" || file.made.format != "csv") continue;
      folder_.lines(file.made.name, [&](std::string_view line) {
        const auto cells = cells_of(line);
        if (!cells) return fault_(file.made.name + ": a quote is left open");
        if (width == 0) {
          width = cells->size();
          has_rooms = std::ranges::find(*cells, "counted_from") != cells->end();
          known = known_definitions(has_rooms);
          return;
        }
        if (cells->size() != width || width < (has_rooms ? 8U : 4U))
          return fault_(file.made.name + ": a row cannot be read");
        std::string said = (*cells)[1] + "," + (*cells)[2] + "," + (*cells)[3];
        if (has_rooms) said += "," + (*cells)[6] + "," + (*cells)[7];
        const auto found = known.find(cells->front());
        if (found == known.end())
          return fault_("definitions " + cells->front() + ": is no figure, or told twice");
        if (found->second != said)
          fault_("definitions " + cells->front() + ": published " + said + ", and counted is " +
                 found->second);
        known.erase(found);
      });
    }
    if (!defines_later_figures(folder_, manifest_))
      std::erase_if(known, [](const auto& each) { return is_later_figure(each.first); });
    for (const auto& [name, line] : known)
      fault_("definitions " + name + ": is not published, and counted is " + line);
    return has_rooms;
  }

  using Take = std::function<void(const std::vector<std::string>& columns,
                                  const std::vector<std::string>& cells)>;
  void each_row(const OpenTable& table, const Take& take) {
    for (const FileListed& file : manifest_.files) {
      if (file.made.table != table.name || file.made.format != "csv") continue;
      std::vector<std::string> columns;
      std::int64_t rows = 0;
      folder_.lines(file.made.name, [&](std::string_view line) {
        auto cells = cells_of(line);
        if (!cells) return fault_(file.made.name + ": a quote is left open");
        if (columns.empty()) {
          columns = *std::move(cells);
          begin(table, file.made.name, columns);
        } else if (++rows; cells->size() != columns.size()) {
          fault_(file.made.name + ": row " + std::to_string(rows) + " cannot be read");
        } else if (is_known_) {
          take(columns, *cells);
        }
      });
      if (table.name != told_in) counts_.rows += rows;
      if (rows != file.made.rows)
        fault_(file.made.name + ": has " + std::to_string(rows) + " rows, and the manifest says " +
               std::to_string(file.made.rows));
    }
  }

  void begin(const OpenTable& table,
             const std::string& file,
             const std::vector<std::string>& columns) {
    is_known_ = std::ranges::equal(columns, table.columns, {}, {}, &OpenColumn::name) &&
                (table.name == told_in || book_.begin(table.name, columns));
    if (!is_known_) fault_(file + ": its columns are not those of the table");
  }

  // Numbers ascend, so that no row is told twice.
  void take(std::string_view table,
            const std::vector<std::string>& columns,
            const std::vector<std::string>& cells) {
    if (columns.front() == "number") {
      const auto number = parse_number(cells.front());
      if (!number || *number <= last_)
        fault_(std::string(table) + ": the row " + cells.front() + " does not follow " +
               std::to_string(last_));
      last_ = number.value_or(last_);
    }
    if (const auto impossible = book_.add(cells))
      fault_(std::string(table) + " " + cells.front() + ": gives " + std::string(*impossible) +
             " less than nothing or more than the whole");
    checks_.take(table, columns, cells);
  }

  void compare() {
    std::map<std::string, std::string> published;
    each_row(open_table(told_in), [&](const auto&, const std::vector<std::string>& cells) {
      constexpr std::size_t values_from = 4;
      const std::string name = room_name(cells[0], {cells[1], cells[2]}, cells[3]);
      if (!published.emplace(name, joined(cells, values_from)).second)
        fault_(name + ": is published twice");
    });
    book_.each([&](const RoomLine& line) {
      const std::string name = room_name(line.figure, line.place, line.number);
      const std::string counted = joined(cells_of(line), 0);
      ++counts_.figures;
      const auto found = published.find(name);
      if (found == published.end())
        return fault_(name + ": is not published, and the rows give " + counted);
      if (found->second != counted)
        fault_(name + ": published " + found->second + ", and the rows give " + counted);
      published.erase(found);
    });
    for (const auto& [name, values] : published)
      fault_(name + ": published " + values + ", and there are no rows for it");
  }

  const OpenFolder& folder_;
  const Manifest& manifest_;
  const std::function<void(std::string)>& fault_;
  Recomputed& counts_;
  RoomBook book_;
  RoomChecks checks_;
  bool is_known_ = false;
  std::int64_t last_ = 0;
};

}  // namespace

bool is_later_figure(std::string_view figure) {
  constexpr std::string_view all[] = {"answered",   "rated",        "satisfied",
                                      "acceptable", "report_again", "believed"};
  return std::ranges::find(all, figure) != std::end(all);
}

bool defines_later_figures(const OpenFolder& folder, const Manifest& manifest) {
  bool defines = false;
  for (const FileListed& file : manifest.files)
    if (file.made.table == "definitions" && file.made.format == "csv")
      folder.lines(file.made.name, [&](std::string_view line) {
        const auto cells = cells_of(line);
        defines = defines || (cells && !cells->empty() && is_later_figure(cells->front()));
      });
  return defines;
}

void recompute_rooms(const OpenFolder& folder,
                     const Manifest& manifest,
                     const std::function<void(std::string)>& fault,
                     Recomputed& counts) {
  RoomRecount(folder, manifest, fault, counts).all();
}

}  // namespace ln::insight
