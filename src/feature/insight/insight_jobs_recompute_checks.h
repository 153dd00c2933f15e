// What the rows of other rooms say of each other. Part of recompute().
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace ln::insight {

// Says where rows contradict each other: intervals and differences are those of their counts, the
// published counts of a survey have the hash that its row tells, and give what its row and those of
// its questions say; a flag "late" is what the days say, where they differ (within a day the hour
// decides, which is not told); a programme has as many numbers drawn and findings as it says, and
// each question of a decision as many votes as households voted, no more than were asked, and none
// but its largest choice passed (by which majority stands in data/ballot/rules.csv, and is not
// counted again). Holds some cells of each row of a room, and the lines of one survey.
class RoomChecks {
 public:
  // `night` is the last day of the data, "2026-11-22".
  RoomChecks(std::function<void(std::string)> fault, std::string night)
      : fault_(std::move(fault)), night_(std::move(night)) {}
  // Precondition: as many cells as columns, and the columns are those of the table.
  void take(std::string_view table,
            const std::vector<std::string>& columns,
            const std::vector<std::string>& cells);
  void finish();
  // Of each survey, by its number, as its row says it.
  const std::map<std::string, std::string>& survey_hashes() const { return hashes_said_; }

 private:
  using Row = std::map<std::string_view, std::string_view>;
  // Of a survey, as its counts.csv says them: the headline by its word, and the classes of each
  // question by their number; null is hidden.
  struct Published {
    std::map<std::string, std::string> headline{};
    std::map<std::string, std::map<std::int64_t, std::optional<std::int64_t>>> questions{};
  };
  struct Question {
    std::string number{}, survey{}, code{}, satisfied{}, answered{};
  };
  void differs(const std::string& what, std::string_view said, std::string_view counted);
  void survey(const Row& row);
  void survey_question(const Row& row);
  void survey_headline(const std::string& number, const std::map<std::string, std::string>& row);
  void question_counts(const Question& question);
  void late_disclosure(const Row& row);
  void late_advice(const Row& row);
  void drawn(const Row& row);
  void ballot(const Row& row);
  void votes();
  void survey_count(const Row& row, const std::vector<std::string>& cells);
  void end_counts();
  void programme(const Row& row);
  void model(const Row& row);
  void compare(const std::map<std::string, std::string>& said,
               const std::map<std::string, std::string>& found,
               std::string_view what);

  std::function<void(std::string)> fault_;
  std::string night_;
  std::map<std::string, std::map<std::string, std::string>> surveys_{};  // by number and column
  std::map<std::string, Published> published_{};
  std::vector<Question> questions_{};
  std::string survey_{}, counts_{};  // whose counts are being read
  std::map<std::string, std::string> hashes_said_{}, hashes_{};
  std::map<std::string, std::string> drawn_said_{}, voted_said_{};
  std::map<std::string, std::set<std::int64_t>> drawn_{};
  struct Choice {
    std::int64_t choice, count;
    bool has_passed;
  };
  std::map<std::pair<std::string, std::string>, std::vector<Choice>> votes_{};
};

}  // namespace ln::insight
