#include "app/sample_fates.h"

#include <algorithm>

#include "feature/feedback/feedback_deadline.h"

namespace ln::app {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

// One case on its way through the offices. Each method adds steps after `at_`, the last moment
// something happened; what comes after now is cut off at the end.
class Life {
 public:
  Life(SampleCase& subject, const FateSetting& setting, Instant sent_at)
      : case_(subject), set_(setting), time_(setting.time), at_(sent_at) {
    add(SampleAct::submit, sent_at);
    due_at_ = feedback::due_of(setting.topic, sent_at, "").at;
  }

  void run();
  void finish();

 private:
  bool in_hundred(std::uint64_t share) { return set_.random.below(100) < share; }
  void add(SampleAct act, Instant at) {
    at_ = case_.steps.empty() ? at : std::max(at, at_ + minutes(1));
    case_.steps.push_back({act, at_});
  }
  void office(SampleAct act, minutes least, minutes most) {
    add(act, time_.at_work(at_ + time_.between(least, most)));
  }
  void citizen(SampleAct act, minutes least, minutes most) {
    add(act, time_.awake(at_ + time_.between(least, most)));
  }
  // `act` so that what follows from it lies behind `latest`.
  void office_before(SampleAct act, Instant latest) { add(act, time_.at_work_before(latest)); }

  void take_up();
  void answer(bool in_time = false);
  void fall_silent();
  void approve();
  void rate(std::uint64_t share);
  void start_again();
  void go_asked();
  void go_promised();
  void go_back();

  SampleCase& case_;
  const FateSetting& set_;
  SampleTime& time_;
  Instant at_;
  Instant due_at_{};
};

void Life::take_up() {
  // Some lie about for days; not those that must have gone further by now.
  if (in_hundred(10) && time_.now() - at_ > days(12)) at_ += time_.between(days(1), days(3));
  office(SampleAct::accept, minutes(8), hours(7));
  office(SampleAct::assign, minutes(5), hours(5));
  if (in_hundred(15)) office(SampleAct::note, minutes(10), hours(20));
}

// Somewhere between now and the due instant, or after it where answers come late; recent cases are
// answered by now.
void Life::answer(bool in_time) {
  const bool is_late = !in_time && in_hundred(set_.place.late);
  Instant at =
      is_late
          ? due_at_ + time_.between(hours(20), days(12))
          : at_ + (due_at_ > at_ ? (due_at_ - at_) * static_cast<int>(set_.random.below(90)) / 100
                                 : minutes(30));
  at = time_.at_work(at);
  if (!is_late && at > due_at_ && due_at_ > at_) at = due_at_ - minutes(7);
  if (const Instant latest = time_.now() - hours(3); at > latest)
    at = std::min(at, time_.at_work_before(latest - time_.between({}, hours(30))));
  add(SampleAct::answer, at);
}

void Life::fall_silent() {
  add(SampleAct::lapse, at_ + feedback::silence_closes_after + time_.between(minutes(1), hours(1)));
}

void Life::rate(std::uint64_t share) {
  if (in_hundred(share)) add(SampleAct::rate, at_ + time_.between(minutes(1), minutes(20)));
}

void Life::approve() {
  citizen(SampleAct::approve, hours(1), days(8));
  rate(75);
}

// The clock of a reopened case begins anew.
void Life::start_again() {
  due_at_ = feedback::due_of(set_.topic, at_, "").at;
  take_up();
}

void Life::go_asked() {
  const Fate fate = set_.row.fate;
  take_up();
  if (fate == Fate::asked_now) {
    const Instant latest = time_.now() - time_.between(hours(1), hours(50));
    return office_before(SampleAct::ask, latest);
  }
  office(SampleAct::ask, minutes(20), hours(20));
  if (fate == Fate::asked_replied)
    citizen(SampleAct::reply, minutes(30), days(3));
  else
    add(SampleAct::resume, feedback::pause_ends_at(at_, "") + minutes(1));
  answer();
  in_hundred(60) ? approve() : fall_silent();
}

void Life::go_promised() {
  const Fate fate = set_.row.fate;
  take_up();
  office(SampleAct::promise, hours(6), days(3));
  const Day promised = local_day(at_), today = local_day(time_.now());
  const auto within = [&](int least, int most) {
    const int choices = most - least + 1;
    return days(least + static_cast<int>(set_.random.below(static_cast<std::uint64_t>(choices))));
  };
  if (fate == Fate::promise_runs) {
    case_.promised_on = std::max(promised, today) + within(5, 45);
  } else if (fate == Fate::promise_broken) {
    case_.promised_on = std::max(promised + days(5), today - within(2, 25));
  } else {
    case_.promised_on = promised + within(15, 35);
    const Instant latest = at_local(case_.promised_on, hours(11));
    office_before(SampleAct::answer, latest - time_.between({}, days(5)));
    in_hundred(70) ? approve() : fall_silent();
  }
}

// The citizen does not take the answer or the refusal.
void Life::go_back() {
  const Fate fate = set_.row.fate;
  const bool is_now = fate == Fate::reopened_now || fate == Fate::contested_now;
  const bool contests =
      fate == Fate::contested || fate == Fate::contested_now || fate == Fate::redirect_contested;
  const SampleAct refuses = contests ? SampleAct::contest : SampleAct::reopen;
  take_up();
  if (contests)
    office(fate == Fate::redirect_contested ? SampleAct::redirect : SampleAct::decline, hours(2),
           days(2));
  else
    answer(is_now);
  if (is_now) {
    const Instant at = time_.now() - time_.between(minutes(30), hours(30));
    return add(refuses, time_.awake(std::max(at_ + minutes(40), at)));
  }
  if (fate == Fate::reopened_once && in_hundred(20)) fall_silent();
  citizen(refuses, hours(1), days(6));
  start_again();
  answer();
  if (fate == Fate::reopened_twice) {
    citizen(refuses, hours(1), days(4));
    start_again();
    answer();
  }
  in_hundred(65) ? approve() : fall_silent();
}

void Life::run() {
  switch (set_.row.fate) {
    case Fate::fresh:
    case Fate::untouched: return;
    case Fate::taken_up: {
      const Instant at = time_.at_work(at_ + time_.between(minutes(8), hours(7)));
      return add(SampleAct::accept,
                 at < time_.now() ? at : time_.at_work_before(time_.now() - minutes(5)));
    }
    case Fate::in_work:
    case Fate::overdue: return take_up();
    case Fate::solved:
      take_up();
      answer(case_.recurs_of.has_value());
      return approve();
    case Fate::silent:
    case Fate::waiting:
      take_up();
      answer();
      rate(25);
      return fall_silent();
    case Fate::reopened_once:
    case Fate::reopened_twice:
    case Fate::reopened_now:
    case Fate::contested:
    case Fate::contested_now:
    case Fate::redirect_contested: return go_back();
    case Fate::asked_now:
    case Fate::asked_replied:
    case Fate::asked_silent: return go_asked();
    case Fate::promise_runs:
    case Fate::promise_kept:
    case Fate::promise_broken: return go_promised();
    case Fate::declined:
    case Fate::redirected:
      take_up();
      return office(set_.row.fate == Fate::declined ? SampleAct::decline : SampleAct::redirect,
                    hours(1), days(2));
    case Fate::transferred:
      office(SampleAct::accept, minutes(8), hours(7));
      office(SampleAct::transfer, minutes(30), days(2));
      take_up();
      answer();
      return in_hundred(60) ? approve() : fall_silent();
  }
}

// What is read by everybody is released after it was taken up, and conduct only when it is
// answered; some identities are opened. Then the future is cut off.
void Life::finish() {
  std::vector<SampleStep>& steps = case_.steps;
  const auto after = [&](SampleAct act, SampleAct added, minutes least, minutes most) {
    const auto found = std::ranges::find(steps, act, &SampleStep::act);
    if (found == steps.end()) return;
    const Instant at = time_.at_work(found->at + time_.between(least, most));
    steps.push_back({added, at});
  };
  const bool is_conduct = case_.report->about == "conduct";
  if (case_.is_public && (case_.is_kept_clean || in_hundred(93)))
    after(is_conduct ? SampleAct::answer : SampleAct::accept, SampleAct::publish, minutes(15),
          hours(26));
  if (case_.is_protected && case_.has_contact && in_hundred(5))
    after(SampleAct::assign, SampleAct::open_identity, hours(1), days(2));
  std::ranges::stable_sort(steps, {}, &SampleStep::at);
  const auto future =
      std::ranges::find_if(steps, [&](const SampleStep& step) { return step.at > time_.now(); });
  steps.erase(std::max(steps.begin() + 1, future), steps.end());
}

}  // namespace

const std::array<FateRow, fate_count>& all_fates() {
  static constexpr hours day{24};
  static constexpr std::array<FateRow, fate_count> all = {{
      {Fate::solved, 290, 14 * day, 119 * day},
      {Fate::silent, 150, 32 * day, 119 * day},
      {Fate::waiting, 90, 4 * day, 15 * day},
      {Fate::reopened_once, 40, 42 * day, 115 * day},
      {Fate::reopened_twice, 15, 60 * day, 115 * day},
      {Fate::reopened_now, 20, 8 * day, 14 * day},
      {Fate::fresh, 40, hours(0), hours(15)},
      {Fate::untouched, 10, 9 * day, 22 * day},
      {Fate::taken_up, 30, 1 * day, 5 * day},
      {Fate::in_work, 55, 4 * day, 8 * day},
      {Fate::overdue, 35, 14 * day, 50 * day},
      {Fate::asked_now, 20, 6 * day, 9 * day},
      {Fate::asked_replied, 25, 20 * day, 110 * day},
      {Fate::asked_silent, 10, 24 * day, 80 * day},
      {Fate::promise_runs, 25, 9 * day, 45 * day},
      {Fate::promise_kept, 20, 65 * day, 118 * day},
      {Fate::promise_broken, 12, 45 * day, 110 * day},
      {Fate::declined, 40, 7 * day, 118 * day},
      {Fate::contested, 10, 35 * day, 110 * day},
      {Fate::contested_now, 6, 10 * day, 25 * day},
      {Fate::redirected, 18, 7 * day, 118 * day},
      {Fate::redirect_contested, 5, 35 * day, 100 * day},
      {Fate::transferred, 25, 25 * day, 115 * day},
  }};
  return all;
}

bool suits(const SampleReport& report, Fate fate) {
  const bool is_conduct = report.about == "conduct";
  switch (fate) {
    case Fate::declined: return !report.fate.empty() && report.fate != "redirect";
    // What is told in so many words to be no feedback is not contested with success.
    case Fate::contested:
    case Fate::contested_now: return report.fate == "not_competent" || report.fate == "complaint";
    case Fate::redirected:
    case Fate::redirect_contested: return report.fate == "redirect";
    default: break;
  }
  if (!report.fate.empty()) return false;
  switch (fate) {
    case Fate::solved:
    case Fate::silent:
    case Fate::waiting:
    case Fate::fresh:
    case Fate::taken_up: return true;
    case Fate::untouched:
    case Fate::in_work:
    case Fate::overdue:
    case Fate::reopened_once:
    case Fate::reopened_now: return report.kind != "praise";
    case Fate::transferred:
      return report.kind == "report" && !is_conduct && report.language == "vi" &&
             (report.unit == "ward" || report.unit == "phuong" || report.unit == "counter");
    default: return report.kind == "report" && !is_conduct && report.about != "policy";
  }
}

void live_through(SampleCase& subject, const FateSetting& setting, Instant sent_at) {
  const bool is_refused = setting.row.fate == Fate::reopened_once ||
                          setting.row.fate == Fate::reopened_twice ||
                          setting.row.fate == Fate::reopened_now;
  subject.is_formal =
      setting.random.below(100) < (is_refused ? 60 : setting.place.formal) && !subject.recurs_of;
  Life life(subject, setting, sent_at);
  life.run();
  life.finish();
}

}  // namespace ln::app
