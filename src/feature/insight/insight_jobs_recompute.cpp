#include "feature/insight/insight_jobs_recompute.h"

#include <algorithm>
#include <map>

#include "base/text.h"
#include "feature/insight/insight_jobs_recompute_rooms.h"
#include "platform/json/json.h"

namespace ln::insight {
namespace {

constexpr std::size_t faults_max = 100;

std::optional<Day> day_of(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto number = [&](std::size_t at, std::size_t size) -> std::int64_t {
    std::int64_t value = 0;
    for (const char c : text.substr(at, size)) {
      if (c < '0' || c > '9') return -1;
      value = value * 10 + (c - '0');
    }
    return value;
  };
  const std::int64_t year = number(0, 4), month = number(5, 2), day = number(8, 2);
  if (year < 0 || month < 1 || day < 1) return std::nullopt;
  const std::chrono::year_month_day date(std::chrono::year(static_cast<int>(year)),
                                         std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day)));
  return date.ok() ? std::optional(Day(date)) : std::nullopt;
}

using Cells = std::vector<std::string>;

// Which cells stand where in a file, by its header.
class Reader {
 public:
  Reader(const Cells& header, std::initializer_list<std::string_view> names) {
    for (const std::string_view name : names) {
      const auto found = std::ranges::find(header, name);
      if (found == header.end()) is_known_ = false;
      places_.push_back(static_cast<std::size_t>(found - header.begin()));
    }
    width_ = header.size();
  }
  bool fits(const Cells& cells) const { return is_known_ && cells.size() == width_; }
  const std::string& at(const Cells& cells, std::size_t n) const { return cells[places_[n]]; }

 private:
  std::vector<std::size_t> places_{};
  std::size_t width_ = 0;
  bool is_known_ = true;
};

class Recounting {
 public:
  Recounting(const OpenFolder& folder, const Manifest& manifest)
      : folder_(folder), manifest_(manifest), book_(manifest.night.sunday) {}

  Recomputed all() {
    for (const FileListed& file : manifest_.files) compare_hash(file);
    for (const FileListed& file : manifest_.files)
      if (file.made.format == "csv") count(file);
    compare_figures();
    recompute_rooms(folder_, manifest_, [&](std::string what) { fault(std::move(what)); }, out_);
    return std::move(out_);
  }

 private:
  void fault(std::string what) {
    if (out_.faults.size() < faults_max) out_.faults.push_back(std::move(what));
  }

  void compare_hash(const FileListed& file) {
    const auto hash = folder_.sha256(file.made.name);
    if (!hash)
      fault(file.made.name + ": is missing");
    else if (*hash != file.sha256)
      fault(file.made.name + ": is not the file of the manifest (SHA-256 " + *hash + ")");
  }

  // Nights from before trust was asked have fewer figures (is_later_figure).
  bool has_trust() {
    if (!has_trust_) has_trust_ = defines_later_figures(folder_, manifest_);
    return *has_trust_;
  }

  void count(const FileListed& file) {
    const bool is_cases = file.made.table == "cases";
    if (!is_cases && file.made.table != "ratings") return;
    std::optional<Reader> reader;
    std::int64_t rows = 0;
    folder_.lines(file.made.name, [&](std::string_view line) {
      const auto cells = cells_of(line);
      if (!cells) return fault(file.made.name + ": a quote is left open");
      if (!reader) {
        reader =
            is_cases
                ? Reader(*cells, {"unit", "valid_from", "to", "from", "topic", "sender", "answered",
                                  "on_time", "overdue", "open", "declined", "reopened", "solved"})
            : has_trust()
                ? Reader(*cells, {"unit", "valid_from", "to", "from", "score", "again", "believed"})
                : Reader(*cells, {"unit", "valid_from", "to", "from", "score"});
        return;
      }
      ++rows;
      const auto to = reader->fits(*cells) ? day_of(reader->at(*cells, 2)) : std::nullopt;
      if (!to) return fault(file.made.name + ": row " + std::to_string(rows) + " cannot be read");
      if (is_cases)
        case_row(*reader, *cells, *to);
      else
        rating_row(*reader, *cells, *to);
    });
    end_class();
    out_.rows += rows;
    if (rows != file.made.rows)
      fault(file.made.name + ": has " + std::to_string(rows) + " rows, and the manifest says " +
            std::to_string(file.made.rows));
  }

  void case_row(const Reader& reader, const Cells& cells, Day to) {
    constexpr std::size_t first_flag = 6;
    std::int64_t outcome = 0;
    for (std::size_t i = 0; i < all_outcomes.size(); ++i)
      if (reader.at(cells, first_flag + i) == "1") outcome |= bit_of(all_outcomes[i]);
    book_.add(What::cases, {reader.at(cells, 0), reader.at(cells, 1)}, to, reader.at(cells, 5),
              outcome, 1);
    in_class(reader.at(cells, 0) + "," + reader.at(cells, 1) + " " + reader.at(cells, 3) + "/" +
             reader.at(cells, 2) + " " + reader.at(cells, 4) + "," + reader.at(cells, 5));
  }

  void rating_row(const Reader& reader, const Cells& cells, Day to) {
    const auto score = parse_number(reader.at(cells, 4));
    const auto said = [&](std::size_t n) {
      return satisfaction::said_of(has_trust() ? reader.at(cells, n) : std::string());
    };
    const auto again = said(5), believed = said(6);
    if (!score || *score < 1 || *score > 5) return fault("a rating is not from 1 to 5");
    if (!again || !believed) return fault("beside a rating stands a word that is not yes or no");
    book_.add(What::ratings, {reader.at(cells, 0), reader.at(cells, 1)}, to, {},
              to_number({.score = *score, .again = *again, .believed = *believed}), 1);
    in_class(reader.at(cells, 0) + "," + reader.at(cells, 1) + " " + reader.at(cells, 3) + "/" +
             reader.at(cells, 2));
  }

  // The rows of a class follow each other, but for files that end within one.
  void in_class(std::string name) {
    if (name != class_) end_class();
    class_ = std::move(name);
    ++members_;
  }
  void end_class() {
    if (members_ > 0) sizes_[class_] += members_;
    class_.clear();
    members_ = 0;
    // Only small ones are kept, in case the next file goes on with them.
    std::erase_if(sizes_, [](const auto& each) { return each.second >= class_floor; });
  }

  static std::string name_of(std::string_view figure,
                             std::string_view unit,
                             std::string_view valid_from,
                             std::string_view sender,
                             std::string_view period) {
    std::string name(figure);
    name += " " + (unit.empty() ? std::string("city") : std::string(unit));
    if (!valid_from.empty()) name += " (" + std::string(valid_from) + ")";
    if (!sender.empty()) name += " " + std::string(sender);
    return name + " " + std::string(period);
  }

  void compare_figures() {
    for (const auto& [name, count] : sizes_) fault("a class has fewer than five rows: " + name);
    std::map<std::string, std::string> published;
    for (const FileListed& file : manifest_.files)
      if (file.made.table == "figures" && file.made.format == "csv")
        read_figures(file.made.name, published);
    book_.each([&](const FigureBook::Line& line) {
      if (!has_trust() && is_later_figure(line.figure)) return;
      const std::string name =
          name_of(line.figure, line.place.unit, line.place.valid_from, line.sender, line.period);
      const std::string counted = line.is_withheld
                                      ? std::string(",,,,,1")
                                      : std::to_string(line.share.part) + "," +
                                            std::to_string(line.share.whole) + "," + line.value +
                                            "," + line.low + "," + line.high + ",0";
      ++out_.figures;
      const auto found = published.find(name);
      if (found == published.end()) {
        fault(name + ": is not published, and the rows give " + counted);
        return;
      }
      if (found->second != counted)
        fault(name + ": published " + found->second + ", and the rows give " + counted);
      published.erase(found);
    });
    for (const auto& [name, values] : published)
      fault(name + ": published " + values + ", and there are no rows for it");
  }

  void read_figures(const std::string& file, std::map<std::string, std::string>& published) {
    std::optional<Reader> reader;
    folder_.lines(file, [&](std::string_view line) {
      const auto cells = cells_of(line);
      if (!cells) return fault(file + ": a quote is left open");
      if (!reader) {
        reader = Reader(*cells, {"figure", "unit", "valid_from", "sender", "period", "numerator",
                                 "denominator", "value", "low", "high", "withheld"});
        return;
      }
      if (!reader->fits(*cells)) return fault(file + ": a row cannot be read");
      const auto at = [&](std::size_t n) { return reader->at(*cells, n); };
      std::string values = at(5);
      for (std::size_t n = 6; n <= 10; ++n) values += "," + at(n);
      if (!published.emplace(name_of(at(0), at(1), at(2), at(3), at(4)), values).second)
        fault(name_of(at(0), at(1), at(2), at(3), at(4)) + ": is published twice");
    });
  }

  const OpenFolder& folder_;
  const Manifest& manifest_;
  FigureBook book_;
  std::optional<bool> has_trust_{};
  Recomputed out_{};
  std::string class_{};
  std::int64_t members_ = 0;
  std::map<std::string, std::int64_t> sizes_{};
};

}  // namespace

std::optional<Manifest> parse_manifest(std::string_view text) {
  const auto document = json::parse(
      text, {.size_max = manifest_size_max, .depth_max = 8, .form = json::Form::as_sent});
  if (!document.ok()) return std::nullopt;
  const json::Value root = document.value().root();
  const auto day = day_of(root.text("day").value_or(""));
  const auto sunday = day_of(root.text("sunday").value_or(""));
  if (!day || !sunday || root.integer("v") != 1) return std::nullopt;
  Manifest manifest{.night = {*day, *sunday}};
  for (const json::Value each : root.items("files")) {
    const auto name = each.text("name"), table = each.text("table"), format = each.text("format");
    const auto rows = each.integer("rows"), bytes = each.integer("bytes");
    const auto hash = each.text("sha256");
    const auto since = day_of(each.text("since").value_or(""));
    if (!name || !table || !format || !rows || !bytes || !hash || !since) return std::nullopt;
    if (name->empty() || name->find('/') != name->npos || name->front() == '.') return std::nullopt;
    manifest.files.push_back(
        {{std::string(*name), std::string(*table), *format == "csv" ? "csv" : "jsonl", *rows},
         *bytes,
         std::string(*hash),
         *since});
  }
  return manifest;
}

Recomputed recompute(const OpenFolder& folder) {
  const auto manifest = parse_manifest(folder.manifest);
  if (!manifest) return {.faults = {"manifest.json: cannot be read"}};
  return Recounting(folder, *manifest).all();
}

}  // namespace ln::insight
