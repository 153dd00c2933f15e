#include "feature/insight/insight_jobs_recompute_checks.h"

#include <algorithm>
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
  if (!a || !b || *a < 0 || *a > *b) return std::nullopt;
  return stats::Share{*a, *b};
}

}  // namespace

void RoomChecks::take(std::string_view table,
                      const std::vector<std::string>& columns,
                      const std::vector<std::string>& cells) {
  Row row;
  for (std::size_t i = 0; i < cells.size(); ++i) row[columns[i]] = cells[i];
  if (table == "disclosures") late_disclosure(row);
  if (table == "surveys") survey(row);
  if (table == "survey_questions") survey_question(row);
  if (table == "survey_counts") survey_count(row, cells);
  if (table == "programmes") programme(row);
  if (table == "drawn") drawn(row);
  if (table == "advice") late_advice(row);
  if (table == "models") model(row);
  if (table == "ballots") ballot(row);
  if (table == "ballot_counts")
    votes_[{std::string(row["ballot"]), std::string(row["question"])}].push_back(
        {parse_number(row["choice"]).value_or(0), parse_number(row["count"]).value_or(0),
         row["passed"] == "1"});
}

void RoomChecks::differs(const std::string& what, std::string_view said, std::string_view counted) {
  if (said != counted)
    fault_(what + ": published " + std::string(said) + ", and its rows give " +
           std::string(counted));
}

void RoomChecks::late_disclosure(const Row& row) {
  const std::string_view due = row.at("due"), posted = row.at("posted"), late = row.at("late");
  if (posted == due) return;  // the hour decides, which is not told
  const bool is_late = posted.empty() ? due <= night_ : posted > due;
  differs("disclosures " + std::string(row.at("number")) + ": late", late, is_late ? "1" : "0");
}

void RoomChecks::late_advice(const Row& row) {
  // Once late stays late, so that one in time now may have been late before.
  if (row.at("answered") == "0" && row.at("due") <= night_)
    differs("advice " + std::string(row.at("number")) + ": late", row.at("late"), "1");
}

void RoomChecks::survey(const Row& row) {
  const std::string number(row.at("number"));
  hashes_said_[number] = row.at("counts");
  auto& kept = surveys_[number];
  for (const char* each : {"invited", "answers", "scored", "score_sum", "index", "low", "high"})
    kept[each] = row.at(each);
  constexpr std::int64_t score_max = 10'000;
  const auto scored = parse_number(row.at("scored"));
  differs("surveys " + number + ": score_most", row.at("score_most"),
          scored ? std::to_string(*scored * score_max) : "");
}

void RoomChecks::survey_question(const Row& row) {
  const std::string number(row.at("number"));
  const auto share = share_in(row.at("satisfied"), row.at("answered"));
  if (!share) return fault_("survey_questions " + number + ": no share");
  questions_.push_back({number, std::string(row.at("survey")), std::string(row.at("question")),
                        std::string(row.at("satisfied")), std::string(row.at("answered"))});
  if (row.at("plan") == "clusters") return;  // needs the counts of each cluster
  const stats::Interval interval = stats::wilson(*share);
  differs("survey_questions " + number,
          std::string(row.at("low")) + "," + std::string(row.at("high")),
          with_six(interval.low) + "," + with_six(interval.high));
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
  if (row.at("way") != "slip" || row.at("party") != "*") return;
  Published& published = published_[survey_];
  if (row.at("question") == "*")
    published.headline[std::string(row.at("answer"))] = row.at("count");
  else if (const auto value = parse_number(row.at("answer")))
    published.questions[std::string(row.at("question"))][*value] = parse_number(row.at("count"));
}

void RoomChecks::end_counts() {
  if (survey_.empty()) return;
  std::string& hash = hashes_[survey_];
  if (!hash.empty()) fault_("survey_counts " + survey_ + ": is told in two places");
  hash = to_hex(merkle::sha256(as_bytes(counts_)));
  survey_.clear();
}

// What its row says is what its counts say. An index in steps has no exact sum in the row.
void RoomChecks::survey_headline(const std::string& number,
                                 const std::map<std::string, std::string>& row) {
  const auto& headline = published_[number].headline;
  for (const auto& [column, word] :
       {std::pair("invited", "invited"), std::pair("answers", "answers"),
        std::pair("scored", "scored"), std::pair("score_sum", "score_sum"),
        std::pair("index", "index"), std::pair("low", "index_low"),
        std::pair("high", "index_high")}) {
    const auto at = headline.find(word);
    const std::string counted = at == headline.end() ? "" : at->second;
    const std::string& said = row.at(column);
    const bool is_in_steps =
        std::string_view(column) == "scored" && said.empty() && headline.contains("index_step");
    const bool is_none = counted.empty() && said == "0";
    if (!is_in_steps && !is_none) differs("surveys " + number + ": " + column, said, counted);
  }
}

void RoomChecks::question_counts(const Question& question) {
  const auto& classes = published_[question.survey].questions[question.code];
  const bool is_scale = !classes.empty() && classes.rbegin()->first > 2;
  std::int64_t sum = 0, satisfied = 0;
  bool is_whole = true;
  for (const auto& [value, count] : classes) {
    is_whole = is_whole && count;
    sum += count.value_or(0);
    if (is_scale ? value >= 4 : value == 1) satisfied += count.value_or(0);
  }
  differs("survey_questions " + question.number + ": satisfied", question.satisfied,
          std::to_string(satisfied));
  if (is_whole || sum > parse_number(question.answered).value_or(0))
    differs("survey_questions " + question.number + ": answered", question.answered,
            std::to_string(sum));
}

void RoomChecks::programme(const Row& row) {
  const std::string number(row.at("number"));
  drawn_said_[number] = row.at("drawn");
  const auto frame = parse_number(row.at("frame")), drawn = parse_number(row.at("drawn"));
  if (!frame || !drawn || *drawn > *frame)
    fault_("programmes " + number + ": more are drawn than there are to draw from");
  std::int64_t sum = 0;
  bool is_told = false;
  for (const char* each : {"in_order", "flaw", "breach", "unclear"}) {
    const auto count = parse_number(row.at(each));
    is_told = is_told || count;
    sum += count.value_or(0);
  }
  differs("programmes " + number, row.at("found"), is_told ? std::to_string(sum) : "");
  if (drawn && sum > *drawn) fault_("programmes " + number + ": more findings than drawn");
}

void RoomChecks::drawn(const Row& row) {
  const std::string number(row.at("programme"));
  const auto item = parse_number(row.at("item"));
  if (!item || !drawn_[number].insert(*item).second)
    fault_("programmes " + number + ": " + std::string(row.at("item")) + " is drawn twice");
}

void RoomChecks::ballot(const Row& row) {
  if (row.at("stage") != "counted") return;
  const std::string number(row.at("number"));
  // Below its floor a decision tells no votes.
  if (row.at("voted").empty()) return;
  voted_said_[number] = row.at("voted");
  if (!share_in(row.at("voted"), row.at("households")))
    fault_("ballots " + number + ": more voted than there are households");
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

void RoomChecks::votes() {
  std::map<std::string, std::string> voted;
  for (const auto& [question, choices] : votes_) {
    std::int64_t count = 0, most = 0;
    for (const Choice& each : choices) {
      count += each.count;
      if (each.choice > 0) most = std::max(most, each.count);
    }
    std::string& sum = voted[question.first];
    if (!sum.empty() && sum != std::to_string(count))
      fault_("ballots " + question.first + ": its questions have different numbers of votes");
    sum = std::to_string(count);
    const auto passed = std::ranges::count_if(choices, &Choice::has_passed);
    if (passed > 1 || std::ranges::any_of(choices, [&](const Choice& each) {
          return each.has_passed && (each.choice == 0 || each.count < most);
        }))
      fault_("ballots " + question.first + ": question " + question.second +
             " passed what is not its largest choice");
  }
  compare(voted_said_, voted, "ballots");
}

void RoomChecks::finish() {
  end_counts();
  compare(hashes_said_, hashes_, "surveys");
  for (const auto& [number, row] : surveys_) survey_headline(number, row);
  for (const Question& each : questions_) question_counts(each);
  std::map<std::string, std::string> drawn;
  for (const auto& [number, value] : drawn_said_) drawn[number] = "0";
  for (const auto& [number, items] : drawn_) drawn[number] = std::to_string(items.size());
  compare(drawn_said_, drawn, "programmes");
  votes();
}

}  // namespace ln::insight
