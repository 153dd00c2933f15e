#include "feature/feedback/feedback_held.h"

#include <algorithm>

#include "base/check.h"
#include "base/embedded.h"
#include "base/text.h"
#include "core/units/units_csv.h"

namespace ln::feedback {
namespace {

constexpr std::string_view way_columns[] = {"sort",    "part",  "valid_from", "valid_to",
                                            "measure", "count", "confirmed",  "text_vi",
                                            "text_en", "source"};

const petition::Lexicon& lexicon() {
  static const petition::Lexicon held =
      petition::Lexicon::read(embedded::find("data/guard/words.csv").value_or(""));
  return held;
}

std::optional<Day> way_day(std::string_view iso) {
  if (iso.size() != 10 || iso[4] != '-' || iso[7] != '-') return std::nullopt;
  const auto number = [](std::string_view text) {
    return parse_number(text.starts_with('0') ? text.substr(1) : text).value_or(0);
  };
  const std::chrono::year_month_day date{
      std::chrono::year(static_cast<int>(number(iso.substr(0, 4)))),
      std::chrono::month(static_cast<unsigned>(number(iso.substr(5, 2)))),
      std::chrono::day(static_cast<unsigned>(number(iso.substr(8, 2))))};
  return date.ok() ? std::optional(Day{date}) : std::nullopt;
}

// Null for a row that is none.
std::optional<Passage> passage_of(const std::vector<std::string>& cells) {
  Passage passage;
  passage.sort = petition::sort_of(cells[0]);
  const auto part = from_word(all_parts, cells[1]);
  const auto from = way_day(cells[2]);
  if ((!passage.sort && cells[0] != "both") || !part || !from) return std::nullopt;
  passage.part = *part;
  passage.valid_from = *from;
  if (!cells[3].empty()) {
    passage.valid_to = way_day(cells[3]);
    if (!passage.valid_to || *passage.valid_to < *from) return std::nullopt;
  }
  const auto measure = from_word(all_measures, cells[4]);
  const auto count = parse_number(cells[5]);
  if (cells[4].empty() != cells[5].empty()) return std::nullopt;
  if (!cells[4].empty()) {
    if (!measure || !count || *count < 1 || *count > 365) return std::nullopt;
    passage.limit = calendar::Deadline{*measure, static_cast<int>(*count)};
  }
  if (cells[6] != "yes" && cells[6] != "no") return std::nullopt;
  passage.is_confirmed = cells[6] == "yes";
  passage.text_vi = cells[7];
  passage.text_en = cells[8];
  passage.source = cells[9];
  if (cells[7].empty() || cells[8].empty() || cells[9].empty()) return std::nullopt;
  return passage;
}

const std::vector<Passage>& all_passages() {
  static const std::vector<Passage> held = [] {
    auto read = read_passages(embedded::find("data/guard/ways.csv").value_or(""));
    CHECK(read.ok());  // A test reads it too.
    return std::move(read).value();
  }();
  return held;
}

}  // namespace

std::string_view to_text(Nature nature) {
  switch (nature) {
    case Nature::feedback: return "feedback";
    case Nature::complaint: return "complaint";
    case Nature::denunciation: return "denunciation";
  }
  return "";
}

std::optional<Sort> sort_of(Nature nature) {
  switch (nature) {
    case Nature::feedback: return std::nullopt;
    case Nature::complaint: return Sort::complaint;
    case Nature::denunciation: return Sort::denunciation;
  }
  return std::nullopt;
}

std::string_view to_text(Part part) {
  switch (part) {
    case Part::what: return "what";
    case Part::address: return "address";
    case Part::how: return "how";
    case Part::reception: return "reception";
    case Part::secret: return "secret";
    case Part::send_within: return "send_within";
    case Part::taken_up: return "taken_up";
    case Part::settled: return "settled";
  }
  return "";
}

std::optional<petition::Suspicion> suspicion_of(std::string_view title,
                                                std::string_view body,
                                                Instant now) {
  // Title and body are one text for the list.
  return lexicon().weigh(std::string(title) + "\n" + std::string(body), local_day(now));
}

std::optional<Day> words_as_of() { return lexicon().as_of(); }

Result<std::vector<Passage>> read_passages(std::string_view csv) {
  TRY(const std::vector<units::CsvRow> rows, units::read_csv(csv, way_columns));
  std::vector<Passage> passages;
  for (const units::CsvRow& row : rows) {
    auto passage = passage_of(row.cells);
    if (!passage) return units::csv_error(row.line, "feedback.held.error.row"_t);
    passages.push_back(*std::move(passage));
  }
  return passages;
}

std::vector<Passage> passages_on(Sort sort, Day day) {
  std::vector<Passage> found;
  for (const Part part : all_parts)
    for (const Passage& each : all_passages())
      if (each.part == part && each.sort.value_or(sort) == sort && each.valid_from <= day &&
          (!each.valid_to || day <= *each.valid_to))
        found.push_back(each);
  return found;
}

}  // namespace ln::feedback
