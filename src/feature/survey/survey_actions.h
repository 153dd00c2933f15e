// What people do with surveys: permission, rule, ledger and rows in one transaction.
//
// Only a supervisor who is independent of the unit opens a survey of it and prints slips: nobody
// hands themselves the slips by which they are judged. Only an administrator writes a version of a
// form. Only the clock draws and closes. Whoever holds a slip answers; a clerk of the unit may type
// in for others, which is told apart. Nothing is withdrawn or deleted, by anybody.
#pragma once

#include <array>
#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "core/ledger/ledger.h"
#include "core/people/people.h"
#include "feature/survey/survey_result.h"
#include "feature/survey/survey_store.h"
#include "platform/db/db.h"

namespace ln::survey {

struct SupervisorAct {
  people::Supervisor supervisor;
  Instant now{};
};

// Keeps `body` as the next version of its code, whatever version it says itself; a body that is in
// force word for word is given back. Refuses (invalid) beside "body" what read_form finds wrong;
// ask it for the sentence.
Result<Form> save_form(db::Write& write,
                       const people::Administrator& administrator,
                       const std::string& body,
                       Instant now);

// What a supervisor typed. `clusters` has a line "name; how many" for each.
struct Typed {
  std::string title_vi{}, title_en{}, frame{}, procedure{}, clusters{};
  FormId form{};
  Day opens_on{}, closes_on{};
  Plan plan = Plan::census;
  std::int64_t frame_size = 0, sample_size = 0;
  std::optional<Instant> head_at{};  // whole seconds; needed where something is drawn
  bool has_kiosk = false, has_link = false;
};
struct Planned {
  Survey survey{};  // without id, line and hash
  std::vector<Cluster> clusters{};
};
// Refuses (invalid) beside each field what is wrong.
Result<Planned> check(const Typed& typed, Instant now);

// Says the plan in public and opens the survey, or waits for the head that draws. Refuses
// (forbidden) a supervisor who is not independent of the unit.
Result<Survey> announce(db::Write& write,
                        const SupervisorAct& act,
                        const units::Unit& unit,
                        const Typed& typed);

// Draws by `head`, the first published at head_at or later. Refuses (conflict) a survey that does
// not wait for it, and a head that is older than the announcement.
Result<Survey> draw_lots(db::Write& write, SurveyId id, const draw::Head& head, Instant now);

// The slips of one sheet, by the hashes of their secrets; the ledger says how many there are now.
// The same sheet again by the same hand changes nothing for sheet_again_max, while the survey is
// open; then (conflict) it is shown to nobody any more. Refuses (conflict) what is not open,
// (invalid) beside "cluster" one that was not drawn, beside "count" more than the plan asks.
inline constexpr std::chrono::minutes sheet_again_max{10};
struct NewSheet {
  std::int64_t cluster = 0;
  std::vector<std::string> hashes{};
};
Result<std::int64_t> print_slips(db::Write& write,
                                 const SupervisorAct& act,
                                 SurveyId id,
                                 const NewSheet& sheet);

// What becomes of an answer: its line of the ledger and its fingerprint.
struct Receipt {
  std::int64_t line = 0;
  std::string fingerprint{};  // hex of the leaf's hash
  Instant at{};
  Instant change_until{};  // its slip may change it so long, if the survey lasts
};
struct Saying {
  SurveyId survey{};
  Way way = Way::slip;
  std::string secret{};  // of the slip
  Given given{};
  const people::Officer* clerk = nullptr;
  ledger::Salts salts{};
  ledger::CaseKey case_key{};
  std::array<std::uint8_t, 32> nonce{};  // drawn; stands in the statement
};
// A slip that has answered changes its answer: whoever says the same again is told nothing else
// than who says something new, so that nobody can try what a slip said. Refuses (not_found) a slip
// that is none or whose survey is over, (conflict) a survey that takes nothing this way now, an
// answer too old to change, (forbidden) a clerk of another unit.
Result<Receipt> answer(db::Write& write, const Saying& saying, Instant now);
// Whether the clerk may type in answers about the unit.
bool may_take_in(const people::Officer& officer, std::string_view unit_path);

// What may be published of it now.
Figures figures_now(db::Read& read, const Survey& survey, const Form& form);
// Fixes the figures in the ledger, keeps totals and takes the answers away.
// Refuses (conflict) a survey whose last day is not over, or whose answers are not those that the
// ledger was told; then nothing of it is shown, and nothing is taken away.
Result<Survey> close_survey(db::Write& write, SurveyId id, Instant now);

}  // namespace ln::survey
