#include "feature/project/project_store_check.h"

#include <algorithm>
#include <map>
#include <string>

#include "base/text.h"
#include "core/ledger/ledger_told.h"
#include "feature/project/project_store.h"
#include "feature/project/project_store_reissue.h"

namespace ln::project {
namespace {

using ledger::Told;
using Faults = std::vector<ledger::Fault>;

const char* unfit_item(db::Read& read, const Project& p, const Told& line) {
  const auto number = read.one(
      "SELECT number FROM project_item WHERE project_id = $1 AND line = $2",
      [](const db::Row& row) { return row.integer(0); }, p.id, line.id - 1);
  const auto item = number ? find_item(read, p.id, *number) : std::nullopt;
  if (!item) return "what was published is not there any more";
  if (!line.was_told(statement_of(p, *item))) return "what is read is not what was published";
  if (item->kind != ItemKind::prices) return nullptr;
  auto told = read_prices(item->text);
  if (!told.ok()) return "the table of prices is none";
  std::ranges::sort(told.value(), {}, &Price::code);
  auto kept = prices_of(read, p.id, item->number);
  std::ranges::sort(kept, {}, &Price::code);
  return kept == told.value() ? nullptr : "the prices are not those that were published";
}

const char* unfit_round(const std::vector<Round>& rounds, const Told& line) {
  const auto shown = [](const std::optional<std::int64_t>& count) {
    return count ? std::to_string(*count) : std::string("withheld");
  };
  for (const Round& each : rounds) {
    if (each.opened_line == line.id - 1)
      return line.was_told(std::to_string(each.number) + " " + to_iso(each.asks_until))
                 ? nullptr
                 : "the round does not take questions as it was told to";
    if (each.closed_line == line.id - 1)
      return line.was_told(std::to_string(each.number) + " raised " + shown(each.raised) +
                           " remedied " + shown(each.remedied))
                 ? nullptr
                 : "what is printed of the round is not what was told";
  }
  return "the round of this line is not there any more";
}

void check_projects(db::Read& read, Faults& faults) {
  ledger::each_chain(read, "project", [&](const ledger::Chain& chain) {
    const auto p = find(read, ProjectId{chain.front().subject});
    if (!p) {
      faults.push_back({chain.front().id, "the project of this line is not there any more"});
      return;
    }
    const auto rounds = rounds_of(read, p->id);
    for (const Told& line : chain) {
      const char* wrong =
          line.event == "published" ? unfit_item(read, *p, line) : unfit_round(rounds, line);
      if (wrong != nullptr) faults.push_back({line.id, wrong});
    }
  });
}

// The file as it was taken in: its lines before the first time each was put right, which the
// corrections keep.
std::string first_statement(db::Read& read, const Household& household) {
  auto lines = lines_of(read, household.id);
  auto corrections = corrections_of(read, household.id);
  std::ranges::sort(corrections, std::greater(), [](const Correction& c) { return c.question; });
  for (const Correction& each : corrections)
    if (const auto line = std::ranges::find(lines, each.line, &Line::id); line != lines.end())
      line->amounts = each.before;
  return statement_of(household, lines);
}

// Whether each parcel stands as its last correction left it, and each began where the one before
// ended.
bool fits_corrections(db::Read& read, const Household& household) {
  const auto lines = lines_of(read, household.id);
  std::map<std::int64_t, Amounts> now;
  for (const Correction& each : corrections_of(read, household.id)) {
    const auto before = now.find(each.line.value);
    if (before != now.end() && before->second != each.before) return false;
    now.insert_or_assign(each.line.value, each.after);
  }
  return std::ranges::all_of(lines, [&](const Line& line) {
    const auto last = now.find(line.id.value);
    return last == now.end() || last->second == line.amounts;
  });
}

std::string asked_body(const std::vector<Line>& lines, const Question& q) {
  const auto line = std::ranges::find(lines, q.line, &Line::id);
  return std::to_string(line == lines.end() ? 0 : line->seq) + "\n" + q.body;
}

std::string answer_body(db::Read& read, const Question& q) {
  std::string body = std::string(q.outcome ? to_text(*q.outcome) : "") + "\n" + q.answer;
  for (const Correction& each : corrections_of(read, q.household))
    if (each.question == q.id) body += "\n" + statement_of(each);
  return body;
}

// All of one letter of a household.
struct OfLetter {
  Household household;
  std::vector<Question> questions{};
  std::vector<Reissue> letters{};
};

const char* unfit_act(db::Read& read, const OfLetter& of, const Told& line) {
  const std::int64_t index = line.id - 1;
  if (line.event == "received" && line.is_about("file"))
    return line.was_told(first_statement(read, of.household))
               ? nullptr
               : "the file of a household is not the one that was taken in";
  if (line.event == "asked") {
    const auto letter = std::ranges::find(of.letters, index, &Reissue::line);
    if (letter == of.letters.end()) return "a letter that was printed again is not there any more";
    return line.was_told(statement_of(*letter)) ? nullptr
                                                : "why a letter was printed again is not kept";
  }
  if (line.event == "contested" && !line.is_about("letter")) {
    const auto q = std::ranges::find(of.questions, index, &Question::asked_line);
    if (q == of.questions.end()) return "a question of a household is not there any more";
    return line.was_told(asked_body(lines_of(read, of.household.id), *q))
               ? nullptr
               : "a question of a household is not the one that was asked";
  }
  if (line.event == "answered") {
    const auto q = std::ranges::find_if(
        of.questions, [&](const Question& each) { return each.answer_line == index; });
    if (q == of.questions.end()) return "an answer to a household is not there any more";
    return line.was_told(answer_body(read, *q))
               ? nullptr
               : "an answer to a household is not the one that was given";
  }
  return nullptr;
}

void check_chain(db::Read& read, const ledger::Chain& chain, OfLetter of, Faults& faults) {
  const bool is_erased =
      std::ranges::any_of(chain, [](const Told& line) { return line.event == "erased"; });
  if (of.household.erased_at.has_value() != is_erased) {
    faults.push_back({chain.back().id, is_erased ? "a file stayed in spite of its erasure"
                                                 : "the words of a file went without a line"});
    return;
  }
  if (is_erased) return;
  of.questions = questions_of(read, of.household);
  of.letters = reissues_of(read, of.household.id);
  for (const Told& line : chain)
    if (const char* wrong = unfit_act(read, of, line); wrong != nullptr)
      faults.push_back({line.id, wrong});
  for (const Question& each : of.questions)
    if (std::ranges::find(chain, each.asked_line + 1, &Told::id) == chain.end() ||
        (each.answer_line &&
         std::ranges::find(chain, *each.answer_line + 1, &Told::id) == chain.end()) ||
        each.answered_at.has_value() != each.answer_line.has_value() ||
        (!each.answered_at && !each.answer.empty()))
      faults.push_back({0, "a question or an answer of a household was never told"});
}

void check_files(db::Read& read, Faults& faults) {
  ledger::each_chain(read, "project_household", [&](const ledger::Chain& chain) {
    auto household = find_household(read, HouseholdId{chain.front().subject});
    if (!household) {
      faults.push_back({chain.front().id, "the file of this line is not there any more"});
      return;
    }
    if (!household->erased_at && !fits_corrections(read, *household))
      faults.push_back({chain.back().id, "a parcel is not what its answers made of it"});
    household->letter = ReissueId{};
    check_chain(read, chain, {.household = *std::move(household)}, faults);
  });
  ledger::each_chain(read, "project_reissue", [&](const ledger::Chain& chain) {
    const auto letter = find_reissue(read, ReissueId{chain.front().subject});
    auto household = letter ? find_household(read, letter->household) : std::nullopt;
    if (!household) {
      faults.push_back({chain.front().id, "the letter of this line is not there any more"});
      return;
    }
    household->letter = letter->id;
    check_chain(read, chain, {.household = *std::move(household)}, faults);
  });
}

// What stands in a table and has no line.
void check_untold(db::Read& read, Faults& faults) {
  const auto untold = [&](const db::Row&) {
    faults.push_back({0, "something of a project is there and was never told"});
  };
  read.each(
      "SELECT i.number FROM project_item i LEFT JOIN ledger_entry e ON e.id = i.line + 1 "
      "AND e.subject_kind = 'project' AND e.subject_id = i.project_id WHERE e.id IS NULL",
      untold);
  read.each(
      "SELECT h.id FROM project_household h LEFT JOIN ledger_entry e "
      "ON e.subject_kind = 'project_household' AND e.subject_id = h.id AND e.seq = 0 "
      "WHERE e.id IS NULL",
      untold);
}

}  // namespace

Faults unfit_texts(db::Read& read) {
  Faults faults;
  check_projects(read, faults);
  check_files(read, faults);
  check_untold(read, faults);
  return faults;
}

}  // namespace ln::project
