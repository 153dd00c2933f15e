#include "feature/survey/survey_store_check.h"

#include <map>
#include <string>
#include <utility>

#include "feature/survey/survey_store.h"

namespace ln::survey {
namespace {

struct ToldLine {
  std::int64_t id = 0;
  std::string payload{}, salt{};
};

// The newest line of each answer of the survey.
std::map<std::int64_t, ToldLine> told_lines(db::Read& read, SurveyId id) {
  std::map<std::int64_t, ToldLine> newest;
  for (auto& [answer, line] : read.all(
           "SELECT a.id, e.id, e.payload, s.body_salt FROM survey_answer a JOIN ledger_entry e "
           "ON e.subject_kind = 'survey_answer' AND e.subject_id = a.id "
           "JOIN ledger_secret s ON s.id = e.id WHERE a.survey_id = $1 ORDER BY e.id",
           [](const db::Row& row) {
             return std::pair(row.integer(0),
                              ToldLine{row.integer(1), row.text(2), std::string(row.view(3))});
           },
           id))
    newest[answer] = std::move(line);
  return newest;
}

}  // namespace

std::vector<ledger::Fault> unfit_answers(db::Read& read, SurveyId id) {
  std::vector<ledger::Fault> faults;
  const auto survey = find(read, id);
  const auto form = survey ? find_form(read, survey->form) : std::nullopt;
  if (!form) return faults;
  const auto lines = told_lines(read, id);
  for (const std::int64_t each : read.all(
           "SELECT id FROM survey_answer WHERE survey_id = $1 ORDER BY id",
           [](const db::Row& row) { return row.integer(0); }, id)) {
    const auto answer = find_answer(read, AnswerId{each});
    const auto line = lines.find(each);
    if (line == lines.end())
      faults.push_back({answer->line + 1, "the ledger knows nothing of an answer"});
    else if (!ledger::was_told(line->second.payload, line->second.salt,
                               statement_of(*form, answer->given, answer->nonce)))
      faults.push_back({line->second.id, "the answer is not the one that was given last"});
    else if (answer->score != score_of(*form, answer->given.values))
      faults.push_back({line->second.id, "the score is not that of the answer"});
  }
  return faults;
}

std::vector<ledger::Fault> unfit_answers(db::Read& read) {
  std::vector<ledger::Fault> faults;
  for (const std::int64_t each :
       read.all("SELECT DISTINCT survey_id FROM survey_answer ORDER BY survey_id",
                [](const db::Row& row) { return row.integer(0); }))
    for (ledger::Fault& fault : unfit_answers(read, SurveyId{each}))
      faults.push_back(std::move(fault));
  const auto count = [&](auto rows) { return rows.value_or(0); };
  const std::int64_t received = count(
      read.one("SELECT count(*) FROM ledger_entry WHERE subject_kind = 'survey_answer' AND event = "
               "'received'",
               [](const db::Row& row) { return row.integer(0); }));
  const std::int64_t kept =
      count(read.one("SELECT (SELECT count(*) FROM survey_answer) + "
                     "(SELECT CAST(coalesce(sum(answers), 0) AS BIGINT) FROM survey_score)",
                     [](const db::Row& row) { return row.integer(0); }));
  if (received != kept)
    faults.push_back({0, "there are not as many answers to surveys as the ledger received"});
  return faults;
}

}  // namespace ln::survey
