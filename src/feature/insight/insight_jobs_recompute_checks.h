// What the rows of other rooms say of each other. Part of recompute().
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace ln::insight {

// Says where rows contradict each other: intervals and differences are those of their counts, the
// published counts of a survey have the hash that its row and the ledger tell, a programme has as
// many numbers drawn and findings as it says, and each question of a decision as many votes as
// households voted. Holds one number for each row of a room, and the counts of one survey.
class RoomChecks {
 public:
  explicit RoomChecks(std::function<void(std::string)> fault) : fault_(std::move(fault)) {}
  // Precondition: as many cells as columns, and the columns are those of the table.
  void take(std::string_view table,
            const std::vector<std::string>& columns,
            const std::vector<std::string>& cells);
  void finish();
  // Of each survey, by its number, as its row says it.
  const std::map<std::string, std::string>& survey_hashes() const { return hashes_said_; }

 private:
  using Row = std::map<std::string_view, std::string_view>;
  void survey_question(const Row& row);
  void survey_count(const Row& row, const std::vector<std::string>& cells);
  void end_counts();
  void programme(const Row& row);
  void model(const Row& row);
  void compare(const std::map<std::string, std::string>& said,
               const std::map<std::string, std::string>& found,
               std::string_view what);

  std::function<void(std::string)> fault_;
  std::string survey_{}, counts_{};  // whose counts are being read
  std::map<std::string, std::string> hashes_said_{}, hashes_{};
  std::map<std::string, std::string> drawn_said_{}, voted_said_{};
  std::map<std::string, std::int64_t> drawn_{};
  std::map<std::pair<std::string, std::string>, std::int64_t> votes_{};
};

}  // namespace ln::insight
