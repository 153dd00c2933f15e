#include "feature/project/project_store_check.h"

#include <algorithm>
#include <map>
#include <string>

#include "base/text.h"
#include "core/ledger/ledger_store.h"
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
// corrections keep in their order.
std::string first_statement(db::Read& read, const Household& household) {
  auto lines = lines_of(read, household.id);
  auto corrections = corrections_of(read, household.id);
  std::ranges::reverse(corrections);
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
  const ledger::Chain& chain;
  std::vector<Question> questions{};
  std::vector<Reissue> letters{};
};

// What became of a letter by the lines that follow the one by which it was asked for.
LetterState state_told(const OfLetter& of, const Told& asked) {
  LetterState state = LetterState::waiting;
  for (const Told& line : of.chain) {
    if (line.id <= asked.id) continue;
    if (line.event == "asked") break;  // the next letter
    if (state == LetterState::waiting && line.event == "contested" && line.is_about("letter"))
      return LetterState::stopped;
    if (line.event == "closed") state = LetterState::in_force;
    if (line.event == "contested" && line.is_about("letter_back")) state = LetterState::taken_back;
  }
  return state;
}

const char* unfit_act(db::Read& read, const OfLetter& of, const Told& line) {
  const std::int64_t index = line.id - 1;
  if (line.event == "received" && line.is_about("file"))
    return line.was_told(first_statement(read, of.household))
               ? nullptr
               : "the file of a household is not the one that was taken in";
  if (line.event == "asked") {
    const auto letter = std::ranges::find(of.letters, index, &Reissue::line);
    if (letter == of.letters.end()) return "a letter that was printed again is not there any more";
    if (!line.was_told(statement_of(*letter)) ||
        ledger::text_in(line.payload, "due") != to_iso(letter->works_at))
      return "a letter that was printed again is not the one that was asked for";
    return letter->state == state_told(of, line) ? nullptr
                                                 : "a letter is not in the state that was told";
  }
  if (line.event == "contested" && !line.is_about("letter") && !line.is_about("letter_back")) {
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

// Whether a word of an erased file stands anywhere.
bool has_words(db::Read& read, HouseholdId id) {
  return read
      .one(
          "SELECT 1 FROM project_household h WHERE h.id = $1 AND (h.number <> '' "
          "OR h.holder <> '' OR h.address <> '' "
          "OR EXISTS (SELECT 1 FROM project_question q WHERE q.household_id = h.id "
          " AND (q.body <> '' OR q.answer <> '')) "
          "OR EXISTS (SELECT 1 FROM project_line l WHERE l.household_id = h.id) "
          "OR EXISTS (SELECT 1 FROM project_correction c JOIN project_question q "
          " ON q.id = c.question_id WHERE q.household_id = h.id) "
          "OR EXISTS (SELECT 1 FROM project_reissue r WHERE r.household_id = h.id "
          " AND r.reason <> ''))",
          [](const db::Row& row) { return row.integer(0); }, id)
      .has_value();
}

// Whether the letter that opens the file, and its key, are those that the lines made.
bool fits_letters(db::Read& read, const Household& household) {
  ReissueId last{};
  for (const Reissue& each : reissues_of(read, household.id))
    if (each.state == LetterState::in_force) last = each.id;
  const ledger::Subject chain = chain_of(household.id, last);
  const auto key = ledger::citizen_key_of(read, chain);
  const bool is_own = read.one(
                              "SELECT 1 FROM ledger_entry WHERE subject_kind = $1 "
                              "AND subject_id = $2 AND event = 'rekeyed' LIMIT 1",
                              [](const db::Row& row) { return row.integer(0); }, chain.kind,
                              chain.id)
                          .has_value();
  return household.letter == last && key && as_text(*key) == household.citizen_key &&
         household.is_own == is_own;
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
    if (household->erased_at && has_words(read, household->id))
      faults.push_back({chain.back().id, "words stand in a file that was erased"});
    if (!household->erased_at && !fits_letters(read, *household))
      faults.push_back({chain.back().id, "a file is opened by another letter or key than told"});
    household->letter = ReissueId{};
    check_chain(read, chain, {.household = *std::move(household), .chain = chain}, faults);
  });
  ledger::each_chain(read, "project_reissue", [&](const ledger::Chain& chain) {
    const auto letter = find_reissue(read, ReissueId{chain.front().subject});
    auto household = letter ? find_household(read, letter->household) : std::nullopt;
    if (!household) {
      faults.push_back({chain.front().id, "the letter of this line is not there any more"});
      return;
    }
    if (ledger::registered_in(chain.front().payload) !=
        merkle::to_hash(letter->citizen_key))
      faults.push_back({chain.front().id, "a letter has another key than was told"});
    household->letter = letter->id;
    check_chain(read, chain, {.household = *std::move(household), .chain = chain}, faults);
  });
}

// Each question stands in the chain of its letter, in the round and with the dates that were told,
// and what became of it was told too. Also of files that were erased: what they asked is counted.
void check_questions(db::Read& read, Faults& faults) {
  read.each(
      "SELECT q.asked_at, q.due_at, q.outcome, q.answered_by, q.answered_at, e.id, e.payload, "
      "a.event, a.actor_id, a.payload, r.number FROM project_question q "
      "LEFT JOIN ledger_entry e ON e.id = q.line + 1 AND e.event = 'contested' "
      "AND e.subject_kind = CASE WHEN q.reissue_id = 0 THEN 'project_household' "
      "ELSE 'project_reissue' END AND e.subject_id = CASE WHEN q.reissue_id = 0 "
      "THEN q.household_id ELSE q.reissue_id END "
      "LEFT JOIN ledger_entry a ON a.id = q.answer_line + 1 AND (a.event = 'erased' "
      "OR (a.subject_kind = e.subject_kind AND a.subject_id = e.subject_id)) "
      "LEFT JOIN project_round r ON r.project_id = q.project_id AND r.number = q.round "
      "AND r.opened_line < q.line AND (r.closed_line IS NULL OR r.closed_line > q.line) "
      "ORDER BY q.id",
      [&](const db::Row& row) {
        if (row.is_null(5)) {
          faults.push_back({0, "a question of a household was never told"});
          return;
        }
        if (ledger::text_in(row.view(6), "t") != to_iso(row.instant(0)) ||
            ledger::text_in(row.view(6), "due") != to_iso(row.instant(1)) || row.is_null(10))
          faults.push_back({row.integer(5), "a question is not of the round or dates it was told"});
        const std::string_view outcome = row.view(2);
        const bool is_erased = outcome == "erased";
        const bool is_settled = !outcome.empty();
        const bool is_told =
            !is_settled ||
            (!row.is_null(7) && row.view(7) == (is_erased ? "erased" : "answered") &&
             ledger::text_in(row.view(9), "t") == to_iso(row.instant(4)) &&
             (is_erased || row.maybe_integer(8).value_or(0) == row.integer(3)));
        if (!is_told)
          faults.push_back({row.integer(5), "what became of a question is not what was told"});
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
  read.each(
      "SELECT p.code FROM project_price p LEFT JOIN project_item i ON i.project_id = p.project_id "
      "AND i.number = p.number AND i.kind = 'prices' WHERE i.number IS NULL",
      untold);
  read.each(
      "SELECT r.number FROM project_round r LEFT JOIN ledger_entry o ON o.id = r.opened_line + 1 "
      "AND o.event = 'accepted' AND o.subject_kind = 'project' AND o.subject_id = r.project_id "
      "LEFT JOIN ledger_entry c ON c.id = r.closed_line + 1 AND c.event = 'replied' "
      "AND c.subject_kind = 'project' AND c.subject_id = r.project_id WHERE o.id IS NULL "
      "OR (r.closed_at IS NOT NULL AND c.id IS NULL) "
      "OR (r.closed_at IS NULL AND (r.raised IS NOT NULL OR r.remedied IS NOT NULL))",
      untold);
  read.each(
      "SELECT c.question_id FROM project_correction c LEFT JOIN project_question q "
      "ON q.id = c.question_id AND q.outcome = 'remedied' WHERE q.id IS NULL",
      untold);
  read.each(
      "SELECT r.id FROM project_reissue r LEFT JOIN ledger_entry e ON e.id = r.line + 1 "
      "AND e.event = 'asked' AND ((e.subject_kind = 'project_household' "
      "AND e.subject_id = r.household_id) OR (e.subject_kind = 'project_reissue' "
      "AND EXISTS (SELECT 1 FROM project_reissue x WHERE x.id = e.subject_id "
      "AND x.household_id = r.household_id))) WHERE e.id IS NULL OR EXISTS (SELECT 1 "
      "FROM project_reissue y WHERE y.household_id = r.household_id AND y.line = r.line "
      "AND y.id <> r.id)",
      [&](const db::Row&) { faults.push_back({0, "a letter that nobody asked for is there"}); });
  read.each(
      "SELECT r.id FROM project_reissue r LEFT JOIN ledger_entry e "
      "ON e.subject_kind = 'project_reissue' AND e.subject_id = r.id AND e.seq = 0 "
      "WHERE e.id IS NULL AND r.state IN ('in_force', 'taken_back')",
      [&](const db::Row&) { faults.push_back({0, "a letter works and was never told to"}); });
}

}  // namespace

Faults unfit_texts(db::Read& read) {
  Faults faults;
  check_projects(read, faults);
  check_files(read, faults);
  check_questions(read, faults);
  check_untold(read, faults);
  return faults;
}

}  // namespace ln::project
