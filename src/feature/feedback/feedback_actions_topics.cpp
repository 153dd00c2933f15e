#include "feature/feedback/feedback_actions_topics.h"

#include <vector>

#include "base/embedded.h"
#include "base/text.h"
#include "core/units/units_csv.h"
#include "feature/feedback/feedback_store.h"

namespace ln::feedback {
namespace {

constexpr std::string_view topic_columns[] = {
    "code",    "parent_code",   "about",          "name_vi",     "name_en",  "hint_vi",
    "hint_en", "deadline_kind", "deadline_count", "is_smallest", "unit_code"};
constexpr std::string_view question_columns[] = {"topic_code", "code", "text_vi", "text_en"};

std::string_view bytes_of(std::string_view path) {
  const auto bytes = embedded::find(path);
  if (!bytes) throw db::Failure("the executable lacks " + std::string(path));
  return *bytes;
}

Result<Topic> topic_of(const units::CsvRow& row) {
  const std::vector<std::string>& cell = row.cells;
  const auto about = from_word(all_abouts, cell[2]);
  const auto measure = from_word(all_measures, cell[7]);
  const auto count = parse_number(cell[8]);
  if (!about || !measure || !count || *count < 1 || *count > 365)
    return units::csv_error(row.line, "units.error.csv_word"_t);
  return Topic{.code = cell[0],
               .parent_code = cell[1],
               .about = *about,
               .name_vi = cell[3],
               .name_en = cell[4],
               .hint_vi = cell[5],
               .hint_en = cell[6],
               .deadline = {*measure, static_cast<int>(*count)},
               .is_smallest = cell[9] == "1",
               .unit_code = cell[10]};
}

}  // namespace

Result<Done> install_topics(db::Write& write) {
  if (!all_topics(write).empty()) return Done{};
  TRY(const auto topic_rows, units::read_csv(bytes_of("data/topics.csv"), topic_columns));
  TRY(const auto question_rows, units::read_csv(bytes_of("data/questions.csv"), question_columns));
  std::vector<Topic> topics;
  for (const units::CsvRow& row : topic_rows) {
    TRY(Topic topic, topic_of(row));
    topics.push_back(std::move(topic));
  }
  int position = 0;
  for (const Topic& topic : topics) insert_topic(write, topic, ++position);
  for (const units::CsvRow& row : question_rows)
    insert_question(write, {row.cells[0], row.cells[1], row.cells[2], row.cells[3]}, ++position);
  return Done{};
}

}  // namespace ln::feedback
