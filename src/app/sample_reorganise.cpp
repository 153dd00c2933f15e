#include "app/sample_reorganise.h"

#include <algorithm>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "app/sample_staff.h"
#include "app/sample_texts.h"
#include "core/people/people_actions.h"
#include "core/people/people_citizen.h"
#include "core/people/people_password.h"
#include "core/people/people_store.h"
#include "core/units/units_actions.h"
#include "core/units/units_store.h"
#include "core/units/units_store_reorganise.h"
#include "feature/feedback/feedback_actions_move.h"
#include "feature/feedback/feedback_jobs_move.h"
#include "feature/feedback/feedback_store_move.h"

namespace ln::app {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

constexpr std::size_t cases_from = 1'000, one_in = 100, cases_max = 400;
constexpr std::string_view officer_login = "xuly.2025";
constexpr std::size_t unsettled_each = 3;  // every third undetermined case stays so

struct Sent {
  feedback::FeedbackId id{};
  std::string secret{};
  SampleSlots slots{};
  std::string topic{};
};

template <class T>
T expect(Result<T> result, const char* what) {
  if (!result.ok()) throw std::logic_error(std::string("the replay was refused: ") + what);
  return std::move(result).value();
}

class Replay {
 public:
  Replay(db::Database& database, Instant& clock, Random& random)
      : database_(database), clock_(clock), random_(random) {}

  SampleReplay run(std::size_t count);

 private:
  void employ();
  people::Officer officer(Instant now);
  void send(std::size_t count);
  void settle();
  void answer();
  void approve();
  feedback::OfficerAct by(const people::Officer& who, const feedback::Feedback& about) {
    ++made_.acts;
    return {.officer = who,
            .code = about.code,
            .revision = about.revision,
            .salts = ledger::draw(random_),
            .now = clock_};
  }

  db::Database& database_;
  Instant& clock_;
  Random& random_;
  people::AccountId account_{};
  std::vector<Sent> sent_;
  SampleReplay made_;
};

// One officer of the old city, who works for the new one from the day of the event.
void Replay::employ() {
  const std::string hash = people::hash_password(sample_password, random_, people::test_cost);
  account_ = expect(database_.write([&](db::Write& write) -> Result<people::AccountId> {
    const units::Unit city = units::find_on(write, "01", local_day(clock_)).value();
    TRY(const people::AccountId id,
        people::add_account(write,
                            {.login = std::string(officer_login),
                             .name = SampleTexts::built_in().name(random_),
                             .password_hash = hash},
                            clock_));
    TRY([[maybe_unused]] const Done given,
        people::grant(write, id, people::Role::head, city.id, clock_));
    return id;
  }),
                    "an account");
}

people::Officer Replay::officer(Instant now) {
  const std::string token = people::make_password(random_);
  static_cast<void>(expect(database_.write([&](db::Write& write) {
    return people::open_session(write, account_, token, now);
  }),
                           "a session"));
  const auto staff = database_.read(
      [&](db::Read& read) { return people::SignIn::staff_of(read, people::hash_of(token), now); });
  const auto made = staff ? people::Officer::of(*staff) : std::nullopt;
  if (!made) throw std::logic_error("nobody works in the replay");
  static_cast<void>(expect(database_.write([&](db::Write& write) -> Result<Done> {
    return people::sign_out(write, token);
  }),
                           "signing out"));
  return *made;
}

// About places, to communes from all over the old city, through five working days.
void Replay::send(std::size_t count) {
  const Day today = local_day(clock_);
  const auto communes = database_.read(
      [&](db::Read& read) { return units::of_kind(read, units::Kind::commune, today); });
  std::vector<const SampleReport*> reports;
  for (const SampleReport& each : SampleTexts::built_in().reports())
    if (each.about == "place" && each.kind == "report" && each.language == "vi" &&
        each.fate.empty() && each.unit == "ward")
      reports.push_back(&each);
  if (reports.empty() || communes.empty()) throw std::logic_error("the replay has nothing to say");
  const auto apart = minutes(5 * 9 * 60) / static_cast<int>(count);
  static_cast<void>(expect(database_.write([&](db::Write& write) -> Result<Done> {
    for (std::size_t i = 0; i < count; ++i) {
      const auto worked = apart * static_cast<int>(i);
      const Instant at = replay_begins + days(worked / hours(9)) + worked % hours(9);
      const units::Unit& commune = communes[i * communes.size() / count];
      const SampleReport& report = *reports[random_.below(reports.size())];
      Sent sent{.slots = SampleSlots(commune, at), .topic = report.topic};
      feedback::Typed typed;
      typed.about = report.about;
      typed.topic = report.topic;
      typed.unit = commune.code;
      typed.title = sent.slots.fill(report.title, random_);
      typed.body = sent.slots.fill(report.body, random_);
      typed.place = sent.slots.fill("{street}, {ward}", random_);
      TRY(const auto prepared, feedback::prepare(write, typed, random_, at));
      TRY(const auto done, feedback::submit(write, prepared, at));
      sent.id = done.feedback.id;
      sent.secret = prepared.secret;
      sent_.push_back(std::move(sent));
      clock_ = at;
    }
    return Done{};
  }),
                           "a case"));
  made_.acts += sent_.size();
}

// On the morning after, somebody goes through the list.
void Replay::settle() {
  const auto event = database_.read(
      [&](db::Read& read) { return units::reorganisation_on(read, units::two_tier_day); });
  const people::Officer who = officer(clock_);
  static_cast<void>(expect(database_.write([&](db::Write& write) -> Result<Done> {
    std::size_t number = 0;
    for (const feedback::Move& move :
         feedback::undetermined_moves(write, event->id, {}, static_cast<std::int64_t>(cases_max))) {
      auto candidates = feedback::candidates_of(write, move, local_day(clock_));
      if (candidates.empty() || ++number % unsettled_each == 0) continue;
      const feedback::Feedback about = feedback::find(write, move.feedback).value();
      TRY([[maybe_unused]] const auto settled,
          feedback::settle_move(write, by(who, about), event->id,
                                candidates[random_.below(candidates.size())]));
    }
    return Done{};
  }),
                           "settling"));
  const auto counts =
      database_.read([&](db::Read& read) { return feedback::count_moves(read, event->id); });
  made_.moved = static_cast<std::size_t>(counts.moved);
  made_.undetermined = static_cast<std::size_t>(counts.undetermined);
}

void Replay::answer() {
  const people::Officer who = officer(clock_);
  static_cast<void>(expect(database_.write([&](db::Write& write) -> Result<Done> {
    for (Sent& sent : sent_) {
      const feedback::Feedback found = feedback::find(write, sent.id).value();
      TRY(const feedback::Feedback taken, feedback::assign(write, by(who, found), account_.value));
      sent.slots.set("did_on", short_date(local_day(clock_)));
      const SampleLine& line = SampleTexts::built_in().line("answer", sent.topic, "vi", random_);
      const feedback::Answer given{.text = sent.slots.fill(line.text, random_),
                                   .outcome = feedback::Outcome::confirmed,
                                   .evidence = sent.slots.fill(line.evidence, random_),
                                   .files = {}};
      TRY([[maybe_unused]] const auto answered, feedback::answer(write, by(who, taken), given));
    }
    return Done{};
  }),
                           "an answer"));
}

void Replay::approve() {
  static_cast<void>(expect(database_.write([&](db::Write& write) -> Result<Done> {
    for (const Sent& sent : sent_) {
      const feedback::Feedback found = feedback::find(write, sent.id).value();
      TRY([[maybe_unused]] const auto closed,
          feedback::approve(write, {.citizen = people::Citizen(sent.secret),
                                    .code = found.code,
                                    .salts = ledger::draw(random_),
                                    .now = clock_,
                                    .text = {}}));
      ++made_.acts;
    }
    people::set_disabled(write, account_, clock_);
    return Done{};
  }),
                           "a yes"));
}

SampleReplay Replay::run(std::size_t count) {
  employ();
  send(count);
  const Instant day = at_local(units::two_tier_day);
  for (const hours after : {hours(0), hours(2)}) {
    clock_ = day + after;
    while (feedback::follow_reorganisation(database_, random_, clock_) > 0) {
    }
  }
  clock_ = day + hours(9);
  settle();
  clock_ = day + days(1) + hours(10);
  answer();
  clock_ = day + days(2) + hours(19);
  approve();
  made_.cases = sent_.size();
  made_.acts += made_.moved;
  return made_;
}

}  // namespace

std::size_t replayed_in(std::size_t case_count, Instant beginning) {
  if (case_count < cases_from || beginning < replay_begins + days(60)) return 0;
  return std::min(cases_max, case_count / one_in);
}

SampleReplay replay_reorganisation(db::Database& database,
                                   Instant& clock,
                                   std::size_t count,
                                   Random& random) {
  return Replay(database, clock, random).run(count);
}

}  // namespace ln::app
