#include "feature/ballot/ballot_actions.h"

#include <algorithm>

#include "base/text.h"
#include "core/ledger/ledger_actions.h"
#include "core/ledger/ledger_stop.h"
#include "core/people/people_code.h"
#include "engine/text/text_typed.h"
#include "feature/ballot/ballot_actions_record.h"

namespace ln::ballot {
namespace {

void check_chars(FieldErrors& errors,
                 std::string_view field,
                 const std::string& words,
                 std::size_t min,
                 std::size_t max) {
  const std::size_t chars = count_chars(words);
  if (chars < min) errors.add(field, "ballot.error.short"_t);
  if (chars > max) errors.add(field, "ballot.error.long"_t);
}

// What stands in one line of the text that is hashed.
void check_line(FieldErrors& errors, std::string_view field, const std::string& words) {
  if (words.find_first_of("\n\r") != std::string::npos)
    errors.add(field, "ballot.error.one_line"_t);
}

void check_period(FieldErrors& errors, const Typed& typed, Instant now) {
  if (!typed.opens_at || *typed.opens_at < now + opens_ahead_min ||
      *typed.opens_at > now + opens_ahead_max)
    errors.add("opens", "ballot.error.opens"_t);
  else if (!typed.closes_at || *typed.closes_at < *typed.opens_at + open_min ||
           *typed.closes_at > *typed.opens_at + open_max)
    errors.add("closes", "ballot.error.closes"_t);
}

// A draft that hung there earlier than this is another one. A rule of ours.
constexpr std::chrono::days posted_ago_max{366};

// NĐ 61/2023/NĐ-CP asks that a convention's draft stands to be read for thirty days. The day on
// which it is posted is not counted (BLDS 2015, article 147).
void check_posting(FieldErrors& errors,
                   const Typed& typed,
                   const std::optional<Posting>& posted,
                   const Rule& rule,
                   Instant now) {
  if (!posted && rule.posted_days > 0) return errors.add("posted_on", "ballot.error.posted_on"_t);
  if (posted && posted->on > local_day(now))
    return errors.add("posted_on", "ballot.error.posted_later"_t);
  if (posted && posted->room.empty() && posted->on < local_day(now) - posted_ago_max)
    return errors.add("posted_on", "ballot.error.posted_long_ago"_t);
  if (!posted || rule.posted_days == 0 || !typed.opens_at ||
      *typed.opens_at < now + opens_ahead_min)
    return;
  if (local_day(*typed.opens_at) < posted->on + std::chrono::days(1 + rule.posted_days))
    errors.add("opens", "ballot.error.posted_days"_t);
}

Instant whole_seconds(Instant at) { return std::chrono::floor<std::chrono::seconds>(at); }

struct TwoTongues {
  std::string vi{}, en{};
};
TwoTongues parted(std::string_view typed) {
  const std::size_t bar = typed.find('|');
  if (bar == std::string_view::npos) return {text::tidied(typed), {}};
  return {text::tidied(typed.substr(0, bar)), text::tidied(typed.substr(bar + 1))};
}

bool is_one_line(const TwoTongues& words) {
  const std::size_t vi = count_chars(words.vi), en = count_chars(words.en);
  return vi >= words_chars_min && vi <= words_chars_max && en <= words_chars_max &&
         words.vi.find('\n') == std::string::npos && words.en.find('\n') == std::string::npos;
}

std::vector<Question> read_questions(FieldErrors& errors, const std::vector<TypedQuestion>& typed) {
  std::vector<Question> all;
  for (const TypedQuestion& each : typed) {
    if (text::tidied(each.text).empty() && text::tidied(each.options).empty()) continue;
    const std::string number = std::to_string(all.size() + 1);
    const TwoTongues words = parted(each.text);
    if (!is_one_line(words)) errors.add("question-" + number, "ballot.error.question"_t);
    Question question{.number = std::ssize(all) + 1, .text_vi = words.vi, .text_en = words.en};
    bool fits = true;
    for (std::string_view rest = each.options; !rest.empty();) {
      const std::size_t end = std::min(rest.find('\n'), rest.size());
      const TwoTongues option = parted(rest.substr(0, end));
      rest.remove_prefix(std::min(end + 1, rest.size()));
      if (option.vi.empty() && option.en.empty()) continue;
      fits = fits && is_one_line(option) &&
             std::ranges::find(question.options, option.vi, &Option::text_vi) ==
                 question.options.end();
      question.options.push_back({std::ssize(question.options) + 1, option.vi, option.en});
    }
    if (!fits || question.options.size() < options_min || question.options.size() > options_max)
      errors.add("options-" + number, "ballot.error.options"_t);
    all.push_back(std::move(question));
  }
  if (all.empty()) errors.add("question-1", "ballot.error.question"_t);
  if (all.size() > questions_max) errors.add("question-1", "ballot.error.questions_many"_t);
  return all;
}

Result<Ballot> load_to_run(db::Read& read, const RunAct& act) {
  auto found = find(read, act.id);
  if (!found || !may_run(act.officer, found->unit_path)) return none();
  if (found->revision != act.revision) return changed();
  return *std::move(found);
}

}  // namespace

bool may_run(const people::Officer& officer, std::string_view unit_path) {
  return officer.may(people::Role::head, unit_path);
}
bool may_assist(const people::Officer& officer, std::string_view unit_path) {
  return officer.may_act_for(unit_path);
}

Result<std::optional<Posting>> posting_of(db::Read& read,
                                          const units::Unit& unit,
                                          const Typed& typed) {
  if (typed.is_day_unread) return beside("posted_on", "ballot.error.posted_day"_t);
  if (trimmed(typed.posted_at).empty()) {
    if (!typed.posted_on) return std::optional<Posting>();
    return std::optional(Posting{.on = *typed.posted_on});
  }
  if (typed.posted_on) return beside("posted_on", "ballot.error.posted_both"_t);
  auto posting = posting_in(trimmed(typed.posted_at));
  const auto since = posting ? posted_since(read, unit.id, *posting) : std::nullopt;
  if (!since) return beside("posted_at", "ballot.error.posted_at"_t);
  posting->on = *since;
  return posting;
}

Result<Announcement> prepare(const people::Officer& officer,
                             const units::Unit& unit,
                             const Typed& typed,
                             Random& random,
                             Instant now,
                             const Result<std::optional<Posting>>& posted) {
  if (!may_run(officer, unit.path)) return Error{ErrorKind::forbidden, "ballot.error.not_head"_t};
  Announcement made{.unit_code = unit.code};
  Ballot& b = made.ballot;
  b = {.unit = unit.id,
       .unit_path = unit.path,
       .area = text::tidied(typed.area),
       .title_vi = text::tidied(typed.title_vi),
       .title_en = text::tidied(typed.title_en),
       .summary = text::tidied(typed.summary),
       .created_by = officer.id().value,
       .created_at = now};
  FieldErrors errors;
  check_chars(errors, "area", b.area, area_chars_min, area_chars_max);
  check_chars(errors, "title_vi", b.title_vi, title_chars_min, title_chars_max);
  check_chars(errors, "title_en", b.title_en, 0, title_chars_max);
  check_line(errors, "area", b.area);
  check_line(errors, "title_vi", b.title_vi);
  check_line(errors, "title_en", b.title_en);
  check_chars(errors, "summary", b.summary, summary_chars_min, summary_chars_max);
  const Rule* rule = rule_on(typed.rule, local_day(now));
  if (rule == nullptr)
    errors.add("rule", "ballot.error.rule"_t);
  else
    b.rule = *rule;
  check_period(errors, typed, now);
  if (posted.ok())
    b.posted = posted.value();
  else
    for (const FieldError& each : posted.error().fields) errors.add(each.field, each.text);
  if (posted.ok() && rule != nullptr) check_posting(errors, typed, b.posted, *rule, now);
  made.questions = read_questions(errors, typed.questions);
  auto numbers = read_numbers(typed.households);
  if (!numbers.ok()) errors.add("households", numbers.error().text);
  if (!errors.empty()) return errors.take();
  made.households = std::move(numbers).value();
  b.households = std::ssize(made.households);
  b.opens_at = whole_seconds(*typed.opens_at);
  b.closes_at = whole_seconds(*typed.closes_at);
  made.case_key = ledger::draw_case_key(random);
  made.salts = ledger::draw(random);
  return made;
}

Result<Ballot> announce(db::Write& write, const Announcement& announcement) {
  TRY([[maybe_unused]] const Done allowed, ledger::may_write());
  Ballot b = announcement.ballot;
  // The room says the day, and may have changed since it was asked.
  if (b.posted && !b.posted->room.empty() && posted_since(write, b.unit, *b.posted) != b.posted->on)
    return beside("posted_at", "ballot.error.posted_at"_t);
  b.id = next_ballot(write);
  const std::string text = text_of(b, announcement.questions, announcement.households);
  b.text_hash = hash_bytes(text);
  TRY(b.line, tell(write, b,
                   {.what = Happening::announced,
                    .count = b.households,
                    .hash = b.text_hash,
                    .until = b.closes_at,
                    .at = b.created_at}));
  // The chain in which each vote leaves a line that says nothing.
  const auto opened = ledger::append(write,
                                     {.event = ledger::Event::published,
                                      .subject = box_chain(b.id),
                                      .at = b.created_at,
                                      .party = ledger::Party::office,
                                      .actor_id = b.created_by,
                                      .unit_id = b.unit.value,
                                      .unit = announcement.unit_code,
                                      .topic = "ballot",
                                      .body = text,
                                      .case_key = &announcement.case_key},
                                     announcement.salts);
  if (!opened.ok()) throw db::Failure("the ledger refused a new ballot");
  insert(write, b);
  insert(write, b.id, announcement.questions);
  insert_households(write, b.id, announcement.households);
  insert(write, b.id, Event{.at = b.created_at, .what = Happening::announced, .line = b.line});
  return b;
}

Result<Ballot> remove(db::Write& write, const RunAct& act, std::string_view number, Removal why) {
  TRY([[maybe_unused]] const Done allowed, ledger::may_write());
  TRY(Ballot b, load_to_run(write, act));
  if (b.stage != Stage::announced || act.now >= b.opens_at)
    return Error{ErrorKind::conflict, "ballot.error.list_fixed"_t};
  const auto household = find_household(write, b.id, trimmed(number));
  if (!household || household->way == Way::removed)
    return beside("number", "ballot.error.no_household"_t);
  if (b.households <= std::int64_t{households_min})
    return beside("number", "ballot.error.households_few"_t);
  --b.households;
  TRY(const std::int64_t line, tell(write, b,
                                    {.what = Happening::removed,
                                     .count = b.households,
                                     .hash = b.text_hash,
                                     .until = b.closes_at,
                                     .at = act.now}));
  set_way(write, household->id, Way::removed);
  end_slips(write, household->id);
  if (!save(write, b)) throw db::Failure("a ballot changed under its head");
  ++b.revision;
  insert(write, b.id,
         Event{.at = act.now,
               .what = Happening::removed,
               .words = std::string(to_text(why)),
               .line = line});
  return b;
}

Result<Ballot> cancel(db::Write& write, const RunAct& act, const std::string& reason) {
  TRY([[maybe_unused]] const Done allowed, ledger::may_write());
  TRY(Ballot b, load_to_run(write, act));
  if (b.stage != Stage::announced || act.now >= b.closes_at)
    return Error{ErrorKind::conflict, "ballot.error.not_now"_t};
  b.reason = text::tidied(reason);
  FieldErrors errors;
  check_chars(errors, "reason", b.reason, reason_chars_min, reason_chars_max);
  if (!errors.empty()) return errors.take();
  b.stage = Stage::cancelled;
  TRY(const std::int64_t line, tell(write, b,
                                    {.what = Happening::cancelled,
                                     .count = b.households,
                                     .hash = hash_bytes(b.reason),
                                     .until = b.closes_at,
                                     .at = act.now}));
  if (!save(write, b)) throw db::Failure("a ballot changed under its head");
  ++b.revision;
  forget_votes(write, b.id);
  rewrite(write, b.id);
  insert(write, b.id,
         Event{.at = act.now, .what = Happening::cancelled, .words = b.reason, .line = line});
  return b;
}

Drawn draw_slip(Random& random) {
  Drawn drawn{.code = Code::draw(random), .secret = people::draw_secret(random)};
  drawn.public_key = people::Citizen(drawn.secret).public_key();
  return drawn;
}

Result<std::vector<Printed>> issue(db::Write& write,
                                   const RunAct& act,
                                   const std::vector<Drawn>& drawn) {
  TRY([[maybe_unused]] const Done allowed, ledger::may_write());
  TRY(const Ballot b, load_to_run(write, act));
  if (b.stage != Stage::announced || act.now >= b.closes_at)
    return Error{ErrorKind::conflict, "ballot.error.not_now"_t};
  std::vector<Printed> printed;
  for (const Household& each : without_slip(write, b.id, std::ssize(drawn))) {
    const Drawn& slip = drawn[printed.size()];
    insert_slip(write, {.code = slip.code.text(),
                        .citizen_key = slip.public_key,
                        .ballot = b.id,
                        .household = each});
    printed.push_back({each.number, slip.code.text(), slip.secret});
  }
  return printed;
}

Result<Printed> reissue(db::Write& write,
                        const RunAct& act,
                        std::string_view number,
                        const Drawn& drawn) {
  TRY([[maybe_unused]] const Done allowed, ledger::may_write());
  TRY(const Ballot b, load_to_run(write, act));
  if (b.stage != Stage::announced || act.now >= b.closes_at)
    return Error{ErrorKind::conflict, "ballot.error.not_now"_t};
  const auto household = find_household(write, b.id, trimmed(number));
  if (!household || household->way == Way::removed)
    return beside("number", "ballot.error.no_household"_t);
  TRY(const std::int64_t line, tell(write, b,
                                    {.what = Happening::reissued,
                                     .count = 1,
                                     .hash = b.text_hash,
                                     .until = b.closes_at,
                                     .at = act.now}));
  end_slips(write, household->id);
  insert_slip(write, {.code = drawn.code.text(),
                      .citizen_key = drawn.public_key,
                      .ballot = b.id,
                      .household = *household});
  insert(write, b.id, Event{.at = act.now, .what = Happening::reissued, .line = line});
  return Printed{household->number, drawn.code.text(), drawn.secret};
}

}  // namespace ln::ballot
