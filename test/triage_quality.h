// How good triage is with what travels with the program: for its test and its measurement.
#pragma once

#include <map>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/embedded.h"
#include "core/units/units_csv.h"
#include "engine/text/text.h"
#include "engine/triage/triage_corpus.h"
#include "engine/triage/triage_score.h"

namespace ln::test {

inline constexpr std::string_view topic_columns[] = {
    "code",    "parent_code",   "about",          "name_vi",     "name_en",  "hint_vi",
    "hint_en", "deadline_kind", "deadline_count", "is_smallest", "unit_code"};

// The rows of a file of the program; throws when it is not as it should be.
inline std::vector<units::CsvRow> shipped_rows(std::string_view path,
                                               std::span<const std::string_view> columns) {
  const auto bytes = embedded::find(path);
  if (!bytes) throw std::runtime_error(std::string(path));
  auto rows = units::read_csv(*bytes, columns);
  if (!rows.ok()) throw std::runtime_error(std::string(path));
  return std::move(rows).value();
}

struct TriageCorpus {
  std::vector<triage::Template> templates;
  std::vector<triage::SlotValue> slots;
};

inline const TriageCorpus& triage_corpus() {
  static const TriageCorpus made = [] {
    constexpr std::string_view texts[] = {"topic", "text"}, slots[] = {"slot", "value"};
    std::map<std::string, std::string> label_of;
    for (const auto& row : shipped_rows("data/topics.csv", topic_columns))
      label_of[row.cells[0]] = row.cells[2] + "/" + row.cells[0];
    TriageCorpus all;
    for (const auto& row : shipped_rows("data/triage/topics.csv", texts))
      all.templates.push_back({label_of[row.cells[0]], row.cells[1]});
    for (const auto& row : shipped_rows("data/triage/slots.csv", slots))
      all.slots.push_back({row.cells[0], row.cells[1]});
    return all;
  }();
  return made;
}

// The Vietnamese reports of the sample city that have a topic. Nobody wrote them for triage, and
// who wrote the corpus did not have them at hand.
inline std::vector<triage::Example> sample_reports() {
  constexpr std::string_view columns[] = {"about",     "topic", "kind",     "from",  "unit",
                                          "procedure", "fate",  "language", "title", "body"};
  std::vector<triage::Example> reports;
  for (const auto& row : shipped_rows("data/sample/feedback.csv", columns))
    if ((row.cells[7] == "vi" || row.cells[7].empty()) && !row.cells[1].empty())
      reports.push_back(
          {row.cells[8] + "\n" + row.cells[9], row.cells[0] + "/" + row.cells[1], ""});
  return reports;
}

// One fold of four: the nth template of each topic is asked about when n % 4 == part. What is
// learned is written in two manners, as the program does; what is asked stands as in the corpus.
struct TriageHalves {
  std::vector<triage::Example> learned, asked;
};
inline TriageHalves halves_by_template(std::size_t part) {
  constexpr std::size_t parts = 4, manners = 2;
  const TriageCorpus& corpus = triage_corpus();
  std::map<std::string, std::size_t> seen;
  std::vector<triage::Template> learned;
  TriageHalves made;
  for (const triage::Template& each : corpus.templates) {
    if (seen[each.label]++ % parts != part) {
      learned.push_back(each);
      continue;
    }
    auto as_it_stands = triage::expand(std::span(&each, 1), corpus.slots, 1);
    made.asked.push_back(std::move(as_it_stands.front()));
  }
  made.learned = triage::expand(learned, corpus.slots, manners);
  return made;
}

struct TriageQuality {
  triage::Score marked, stripped;  // as written, and with all diacritics left out
  std::size_t model_size = 0;
};

inline TriageQuality quality_of(const triage::Model& model, std::vector<triage::Example> asked) {
  TriageQuality quality;
  quality.marked = triage::score(model, asked);
  for (triage::Example& each : asked) each.text = text::fold(each.text);
  quality.stripped = triage::score(model, asked);
  quality.model_size = model.bytes().size();
  return quality;
}

// Of templates that were not learned from: the first `folds` of the four, at most two, together.
// Whoever looks for better settings looks at the folds 2 and 3, so that these stay unseen by people
// too.
inline TriageQuality quality_of_unseen(std::size_t folds) {
  std::vector<triage::Score> marked, stripped;
  for (std::size_t part = 0; part < folds; ++part) {
    TriageHalves halves = halves_by_template(part);
    const auto quality = quality_of(*triage::train(halves.learned), std::move(halves.asked));
    marked.push_back(quality.marked);
    stripped.push_back(quality.stripped);
  }
  return {triage::together(marked), triage::together(stripped)};
}

}  // namespace ln::test
