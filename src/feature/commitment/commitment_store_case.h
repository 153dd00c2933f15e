// A case that was answered with a promise, as feature/feedback keeps it: read here, written there.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "feature/commitment/commitment_store.h"
#include "platform/db/db.h"

namespace ln::commitment {

struct PromisedCase {
  std::int64_t id = 0;
  std::string code{}, citizen_key{};
  units::UnitId unit{};
  std::string unit_path{}, unit_code{};
  std::string state{}, closed_by{};  // words of feature/feedback
  // Its promise may be a public one: it is not protected, not about somebody's conduct, not held,
  // not erased, and not worked on as a part of another case.
  bool is_fit = false;
  // Nothing is told of it, not even that there is a promise: it is protected, about somebody's
  // conduct or held.
  bool is_closed_off = false;
  bool is_erased = false;
  // Everybody reads what the office answers in it: its sender wished so, and it is published now.
  bool is_open = false;
};
std::optional<PromisedCase> find_case(db::Read& read, std::int64_t id);
// The case itself, then those that were put together with it and are fit: code and key of each.
std::vector<Asked::Person> people_of(db::Read& read, const PromisedCase& of);

// The newest event of a case with this word: "promised" (the letter, not what became of it),
// "answered", "reopened" or "closed".
struct CaseEvent {
  std::int64_t id = 0;
  Instant at{};
  std::string text{};
  std::optional<Day> day{};
  std::int64_t officer = 0;
  std::int64_t line = 0;  // 0: not in the log yet
};
std::optional<CaseEvent> newest(db::Read& read, std::int64_t case_id, std::string_view event);

// Whether there is a promise of this letter of the office.
bool has_promise(db::Read& read, std::int64_t case_id, std::int64_t event);
// Whether another day may be agreed on: of a case, while it waits for this very promise.
bool may_change_day(db::Read& read, const Commitment& commitment);
// In no list and no number from now on, or there again. Returns how many that changed.
std::int64_t set_gone(db::Write& write, std::int64_t case_id, bool is_gone);
// The promises of an erased case for which no answer came are owed to nobody any more.
void let_go(db::Write& write, std::int64_t case_id);
// The case that this one was put together with.
std::optional<std::int64_t> lead_of(db::Read& read, std::int64_t case_id);
// Cases whose promises do not stand as the case does, by their numbers.
std::vector<std::int64_t> cases_out_of_step(db::Read& read, std::int64_t limit);

// Everybody who holds a promise by the code of this case, erased or not.
std::vector<Asker> askers_of_case(db::Read& read, std::int64_t case_id);
// Nobody acts under the code of this asker any more; what they did under it stays.
void retire_asker(db::Write& write, const Asker& asker);
void change_key(db::Write& write, const Asker& asker, std::string_view citizen_key);
// Nothing that anybody wrote about it stands there any more.
void empty_words(db::Write& write, CommitmentId commitment);
// What somebody wrote about it under this code.
void empty_words_of(db::Write& write, const Asker& asker);
bool is_case_erased(db::Read& read, std::int64_t case_id);

}  // namespace ln::commitment
