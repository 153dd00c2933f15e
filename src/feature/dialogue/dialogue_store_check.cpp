#include "feature/dialogue/dialogue_store_check.h"

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "feature/dialogue/dialogue_store.h"

namespace ln::dialogue {
namespace {

// A line that was told words, as it can be opened.
struct Line {
  std::int64_t id = 0, subject = 0;
  std::string payload{}, salt{};

  bool was_told(std::string_view text) const { return ledger::was_told(payload, salt, text); }
  bool is_about(std::string_view word) const { return ledger::text_in(payload, "cat") == word; }
};

// In the order of the log.
std::vector<Line> lines_of(db::Read& read, std::string_view kind, std::string_view event) {
  return read.all(
      "SELECT e.id, e.subject_id, e.payload, s.body_salt FROM ledger_entry e "
      "JOIN ledger_secret s ON s.id = e.id WHERE e.subject_kind = $1 AND e.event = $2 ORDER BY "
      "e.id",
      [](const db::Row& row) {
        return Line{row.integer(0), row.integer(1), row.text(2), std::string(row.view(3))};
      },
      kind, event);
}

void check_sessions(db::Read& read, std::vector<ledger::Fault>& faults) {
  for (const Line& line : lines_of(read, "dialogue", "published")) {
    const auto d = find(read, DialogueId{line.subject});
    if (!d)
      faults.push_back({line.id, "the session of this line is not there any more"});
    else if (!line.was_told(statement_of(*d)))
      faults.push_back({line.id, "the session is not what was announced"});
  }
  std::map<std::int64_t, std::int64_t> numbers;
  for (const Line& line : lines_of(read, "dialogue", "answered")) {
    const std::int64_t number = ++numbers[line.subject];
    const auto minutes = find_minutes(read, DialogueId{line.subject}, number);
    if (!minutes || !line.was_told(std::to_string(number) + "\n" + minutes->text))
      faults.push_back({line.id, "the minutes are not those that were proposed"});
  }
}

void check_questions(db::Read& read, std::vector<ledger::Fault>& faults) {
  for (const Line& line : lines_of(read, "dialogue_question", "received")) {
    const auto question = find_question(read, QuestionId{line.subject});
    if (!question)
      faults.push_back({line.id, "the question of this line is not there any more"});
    else if (question->state != Sight::withdrawn && !line.was_told(statement_of(*question)))
      faults.push_back({line.id, "the question is not the one that was asked"});
  }
  std::map<std::int64_t, Line> newest;
  for (Line& line : lines_of(read, "dialogue_question", "answered"))
    if (line.is_about("answer")) newest[line.subject] = std::move(line);
  for (const auto& [id, line] : newest) {
    const auto question = find_question(read, QuestionId{id});
    if (question && !line.was_told(question->answer))
      faults.push_back({line.id, "the answer is not the one that was given last"});
  }
}

void check_contests(db::Read& read, std::vector<ledger::Fault>& faults) {
  std::map<std::int64_t, std::string> by_line;
  std::multimap<std::int64_t, std::string> by_question;
  read.each("SELECT line, question_id, body, answer FROM dialogue_contest",
            [&](const db::Row& row) {
              by_line[row.integer(0) + 1] = row.text(2);
              by_question.emplace(row.integer(1), row.text(2) + "\n=>\n" + row.text(3));
            });
  for (const Line& line : lines_of(read, "dialogue_question", "contested")) {
    const auto kept = by_line.find(line.id);
    if (kept == by_line.end() || !line.was_told(kept->second))
      faults.push_back({line.id, "what was said against the minutes is not kept"});
  }
  for (const Line& line : lines_of(read, "dialogue_question", "answered")) {
    if (!line.is_about("contest")) continue;
    const auto [first, last] = by_question.equal_range(line.subject);
    if (std::none_of(first, last, [&](const auto& each) { return line.was_told(each.second); }))
      faults.push_back({line.id, "the answer to who contested the minutes is not kept"});
  }
}

}  // namespace

std::vector<ledger::Fault> unfit_texts(db::Read& read) {
  std::vector<ledger::Fault> faults;
  check_sessions(read, faults);
  check_questions(read, faults);
  check_contests(read, faults);
  return faults;
}

}  // namespace ln::dialogue
