// Taking files in, and answering what households ask.
#include <set>

#include "base/text.h"
#include "core/ledger/ledger_actions.h"
#include "core/ledger/ledger_stop.h"
#include "core/people/people_citizen.h"
#include "core/people/people_code.h"
#include "engine/text/text_typed.h"
#include "feature/project/project_actions.h"
#include "feature/project/project_store_reissue.h"

namespace ln::project {
namespace {

Error no_file() { return {ErrorKind::not_found, "project.error.none"_t}; }
Error file_changed() { return {ErrorKind::conflict, "project.error.changed"_t}; }
Error beside(std::string_view field, TextKey text) {
  return {ErrorKind::invalid, text, {{std::string(field), text}}};
}

}  // namespace

bool may_import(db::Read& read, const people::Officer& officer, const Project& p) {
  return may_import(officer, p.unit_path) && !hands_of(read, p.id, officer.id().value).answers;
}

bool may_answer(db::Read& read, const people::Officer& officer, const Project& p) {
  return may_answer(officer, p.unit_path) && !hands_of(read, p.id, officer.id().value).takes_in;
}

Result<std::vector<Letter>> prepare_letters(const OfficeAct& act,
                                            const Project& project,
                                            const Import& file,
                                            Random& random) {
  if (!may_import(act.officer, project.unit_path)) return no_file();
  if (file.entries.empty()) return beside("file", "project.error.file_none"_t);
  std::vector<Letter> letters;
  for (const Entry& each : file.entries) {
    Letter letter{.household = {.project = project.id,
                                .code = Code::draw(random),
                                .number = each.number,
                                .holder = each.holder,
                                .address = each.address,
                                .imported_at = act.now,
                                .imported_by = act.officer.id().value},
                  .lines = each.lines,
                  .spare_code = Code::draw(random)};
    letter.secret = people::draw_secret(random);
    letter.public_key = people::Citizen(letter.secret).key().public_key();
    letter.household.citizen_key = as_text(letter.public_key);
    letter.case_key = ledger::draw_case_key(random);
    letter.salts = ledger::draw(random);
    letters.push_back(std::move(letter));
  }
  return letters;
}

Result<std::vector<Letter>> take_in(db::Write& write,
                                    const OfficeAct& act,
                                    const std::vector<Letter>& letters) {
  TRY([[maybe_unused]] const Done allowed, ledger::may_write());
  const auto p = find(write, act.id);
  if (!p || !may_import(write, act.officer, *p)) return no_file();
  if (p->revision != act.revision) return file_changed();
  TRY([[maybe_unused]] const Done between, may_take_in(rounds_of(write, p->id)));
  const std::set<std::string> known = numbers_of(write, p->id);
  for (const Letter& each : letters)
    if (known.contains(each.household.number)) return file_changed();
  if (!touch(write, *p)) return file_changed();
  std::vector<Letter> made = letters;
  for (Letter& each : made) {
    if (write.is_again()) each.household.code = each.spare_code;
    each.household.id = insert(write, each.household);
    for (Line& line : each.lines) {
      line.household = each.household.id;
      insert(write, line);
    }
    const std::string statement = statement_of(each.household, each.lines);
    const auto appended = ledger::append(write,
                                         {.event = ledger::Event::received,
                                          .subject = {"project_household", each.household.id.value},
                                          .at = act.now,
                                          .party = ledger::Party::office,
                                          .actor_id = act.officer.id().value,
                                          .unit_id = p->unit.value,
                                          .topic = "file",
                                          .body = statement,
                                          .case_key = &each.case_key,
                                          .registers = each.public_key},
                                         each.salts);
    if (!appended.ok()) throw db::Failure("the ledger refused a new file of a household");
  }
  return made;
}

Result<Question> answer(db::Write& write, const OfficeAct& act, const Answer& given) {
  const auto p = find(write, act.id);
  if (!p || !may_answer(write, act.officer, *p)) return no_file();
  auto question = find_question(write, given.code);
  if (!question || question->project != p->id) return no_file();
  if (question->answered_at) return file_changed();
  question->answer = text::tidied(given.words);
  const std::size_t chars = count_chars(question->answer);
  if (chars < answer_chars_min) return beside("answer", "project.error.short"_t);
  if (chars > answer_chars_max) return beside("answer", "project.error.long"_t);
  question->outcome = given.after ? Outcome::remedied : Outcome::explained;
  Correction correction{.question = question->id, .line = question->line};
  std::optional<Line> line;
  std::string land_name;
  std::string body = std::string(to_text(*question->outcome)) + "\n" + question->answer;
  if (given.after) {
    line = find_line(write, question->line);
    // A question about the whole file names no line that could be put right.
    if (!line) return beside("outcome", "project.error.no_line"_t);
    correction.before = line->amounts;
    correction.after = *given.after;
    // Nobody's price is typed in, and a newer table does not change it behind another correction.
    if (correction.after.land_code == correction.before.land_code) {
      correction.after.price = correction.before.price;
      land_name = line->land_name;
    } else {
      const auto prices = prices_in_force(write, p->id);
      const Price* price = find_price(prices, correction.after.land_code);
      if (price == nullptr) return beside("land", "project.error.row_land"_t);
      correction.after.price = price->price;
      land_name = price->name;
    }
    if (correction.after == correction.before) return beside("outcome", "project.error.same"_t);
    body += "\n" + statement_of(correction);
  }
  question->answered_by = act.officer.id().value;
  question->answered_at = act.now;
  TRY(const ledger::Appended appended,
      ledger::append(write,
                     {.event = ledger::Event::answered,
                      .subject = chain_of(question->household, question->letter),
                      .at = act.now,
                      .party = ledger::Party::office,
                      .actor_id = question->answered_by,
                      .unit_id = p->unit.value,
                      .topic = question->code->text(),
                      .body = body},
                     act.salts));
  question->answer_line = appended.index;
  if (!project::answer(write, *question)) throw db::Failure("a question was answered twice");
  if (line && !correct(write, *line, correction, land_name))
    throw db::Failure("a line changed under who puts it right");
  return *std::move(question);
}

}  // namespace ln::project
