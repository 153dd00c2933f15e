#include "feature/insight/insight_jobs_recompute_checks.h"

#include <cstdio>
#include <optional>
#include <utility>

#include "base/text.h"
#include "engine/merkle/merkle.h"
#include "engine/stats/stats_trend.h"

namespace ln::insight {
namespace {

std::string with_six(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.6f", value);
  return text;
}

std::optional<stats::Share> share_in(std::string_view part, std::string_view whole) {
  const auto a = parse_number(part), b = parse_number(whole);
  if (!a || !b || *a > *b) return std::nullopt;
  return stats::Share{*a, *b};
}

}  // namespace

void RoomChecks::take(std::string_view table,
                      const std::vector<std::string>& columns,
                      const std::vector<std::string>& cells) {
  Row row;
  for (std::size_t i = 0; i < cells.size(); ++i) row[columns[i]] = cells[i];
  if (table == "surveys") hashes_said_[std::string(row["number"])] = row["counts"];
  if (table == "survey_questions") survey_question(row);
  if (table == "survey_counts") survey_count(row, cells);
  if (table == "programmes") programme(row);
  if (table == "drawn") ++drawn_[std::string(row["programme"])];
  if (table == "models") model(row);
  if (table == "ballots" && row["stage"] == "counted")
    voted_said_[std::string(row["number"])] = row["voted"];
  if (table == "ballot_counts")
    votes_[{std::string(row["ballot"]), std::string(row["question"])}] +=
        parse_number(row["count"]).value_or(0);
}

void RoomChecks::survey_question(const Row& row) {
  const auto share = share_in(row.at("satisfied"), row.at("answered"));
  if (!share) return fault_("survey_questions " + std::string(row.at("number")) + ": no share");
  if (row.at("plan") == "clusters") return;  // needs the counts of each cluster
  const stats::Interval interval = stats::wilson(*share);
  const std::string counted = with_six(interval.low) + "," + with_six(interval.high);
  const std::string said = std::string(row.at("low")) + "," + std::string(row.at("high"));
  if (said != counted)
    fault_("survey_questions " + std::string(row.at("number")) + ": published " + said +
           ", and its counts give " + counted);
}

// Line by line as the survey's counts.csv has them (docs/formats/open-data.md).
void RoomChecks::survey_count(const Row& row, const std::vector<std::string>& cells) {
  if (row.at("survey") != survey_) {
    end_counts();
    survey_ = row.at("survey");
    counts_ = "survey,way,party,question,answer,count\n";
  }
  for (std::size_t i = 0; i < cells.size(); ++i) counts_ += (i > 0 ? "," : "") + cells[i];
  counts_ += '\n';
}

void RoomChecks::end_counts() {
  if (survey_.empty()) return;
  std::string& hash = hashes_[survey_];
  if (!hash.empty()) fault_("survey_counts " + survey_ + ": is told in two places");
  hash = to_hex(merkle::sha256(as_bytes(counts_)));
  survey_.clear();
}

void RoomChecks::programme(const Row& row) {
  std::int64_t sum = 0;
  for (const char* each : {"in_order", "flaw", "breach", "unclear"})
    sum += parse_number(row.at(each)).value_or(0);
  if (row.at("found") != std::to_string(sum))
    fault_("programmes " + std::string(row.at("number")) + ": found " +
           std::string(row.at("found")) + ", and its findings add up to " + std::to_string(sum));
  drawn_said_[std::string(row.at("number"))] = row.at("drawn");
}

void RoomChecks::model(const Row& row) {
  const auto before = share_in(row.at("before_part"), row.at("before_whole"));
  const auto after = share_in(row.at("after_part"), row.at("after_whole"));
  std::string counted = ",,";
  if (before && after) {
    const stats::Difference d = stats::difference_of(*after, *before);
    counted =
        with_six(d.difference) + "," + with_six(d.interval.low) + "," + with_six(d.interval.high);
  }
  const std::string said = std::string(row.at("difference")) + "," + std::string(row.at("low")) +
                           "," + std::string(row.at("high"));
  if (said != counted)
    fault_("models " + std::string(row.at("number")) + ": published " + said +
           ", and its parts give " + counted);
}

void RoomChecks::compare(const std::map<std::string, std::string>& said,
                         const std::map<std::string, std::string>& found,
                         std::string_view what) {
  for (const auto& [number, value] : said) {
    const auto at = found.find(number);
    const std::string counted = at == found.end() ? "nothing" : at->second;
    if (counted != value)
      fault_(std::string(what) + " " + number + ": says " + value + ", and its rows give " +
             counted);
  }
  for (const auto& [number, value] : found)
    if (!said.contains(number)) fault_(std::string(what) + " " + number + ": is not told");
}

void RoomChecks::finish() {
  end_counts();
  compare(hashes_said_, hashes_, "surveys");
  std::map<std::string, std::string> drawn;
  for (const auto& [number, value] : drawn_said_) drawn[number] = "0";
  for (const auto& [number, count] : drawn_) drawn[number] = std::to_string(count);
  compare(drawn_said_, drawn, "programmes");
  std::map<std::string, std::string> voted;
  for (const auto& [question, count] : votes_) {
    std::string& sum = voted[question.first];
    if (!sum.empty() && sum != std::to_string(count))
      fault_("ballots " + question.first + ": its questions have different numbers of votes");
    sum = std::to_string(count);
  }
  compare(voted_said_, voted, "ballots");
}

}  // namespace ln::insight
