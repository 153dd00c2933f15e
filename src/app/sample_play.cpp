#include "app/sample_play.h"

#include <algorithm>
#include <exception>
#include <map>
#include <stdexcept>

#include "app/sample_counter.h"
#include "app/sample_rate.h"
#include "app/sample_write.h"
#include "core/notice/notice_jobs.h"
#include "core/people/people_citizen.h"
#include "core/units/units_store.h"
#include "engine/text/text_hide.h"
#include "feature/commitment/commitment_actions_case.h"
#include "feature/feedback/feedback_actions_erase.h"
#include "feature/feedback/feedback_actions_held.h"
#include "feature/feedback/feedback_jobs.h"
#include "feature/feedback/feedback_jobs_escalate.h"
#include "feature/insight/insight_jobs_facts.h"
#include "feature/insight/insight_jobs_monthly.h"
#include "platform/i18n/i18n.h"

namespace ln::app {
namespace {

// Acts in one transaction. Each has its signed head, as in a city whose people come a few at a
// time; a large city gets larger ones, because a head and a sync for each few hundred acts would
// take longer than the acts.
constexpr std::size_t batch_min = 400, batch_most = 10'000, batches_wanted = 100;

constexpr std::chrono::minutes evening{17 * 60 + 1};

struct Due {
  Instant at;
  std::size_t subject;
  SampleAct act;
};

// Where a matter of `report` belongs that a commune cannot settle.
std::string_view competent_for(const SampleReport& report) {
  if (report.about == "procedure") return "so-noi-vu";
  if (report.topic == "rubbish") return "so-nong-nghiep-moi-truong";
  if (report.topic == "noise") return "so-van-hoa";
  return report.topic == "place-other" ? "van-phong-ubnd" : "so-xay-dung";
}

class Play {
 public:
  Play(const SampleScene& scene, std::span<const SampleCase> cases, Random& random)
      : scene_(scene), cases_(cases), random_(random), lives_(cases.size()) {}

  std::vector<SampleLife> run();

 private:
  void act(db::Write& write, const Due& due);
  void submit(db::Write& write, const Due& due);
  void escalate(db::Write& write, Instant until);
  Result<feedback::Feedback> by_office(db::Write& write, const Due& due);
  Result<feedback::Feedback> by_citizen(db::Write& write, const Due& due);
  Result<feedback::Feedback> publish(db::Write& write, const feedback::OfficerAct& by, Due due);
  Result<feedback::Feedback> open_identity(db::Write& write, const Due& due);
  Result<feedback::Feedback> erase(db::Write& write, const Due& due);
  Result<feedback::Feedback> decline(db::Write& write, const feedback::OfficerAct& by, Due due);

  const SampleCase& planned(const Due& due) const { return cases_[due.subject]; }
  SampleLife& life(const Due& due) { return lives_[due.subject]; }
  SampleWords words(const Due& due, std::string_view purpose, std::string_view wanted = "any") {
    return words_for(purpose, wanted, planned(due), life(due), random_);
  }

  const SampleScene& scene_;
  std::span<const SampleCase> cases_;
  Random& random_;
  SeededRandom promises_{71};  // apart, as those below
  SeededRandom seeds_{19};     // apart, so that the months change nothing of the lives
  std::vector<SampleLife> lives_;
  SampleCounter counter_{scene_.staff.clerk_id()};
  insight::DailyReader days_;  // each day is announced when the next has begun
  std::optional<Instant> next_day_, next_evening_;
  std::map<feedback::FeedbackId, std::size_t> subjects_;
};

void Play::submit(db::Write& write, const Due& due) {
  const SampleCase& subject = planned(due);
  const SampleLife* earlier = subject.recurs_of ? &lives_[*subject.recurs_of] : nullptr;
  feedback::Typed typed = typed_by(subject, {scene_.places[subject.place].unit, earlier, due.at},
                                   life(due), write, random_);
  // Some come to the counter, where a clerk types for them.
  if (subject.report->about == "procedure" && !subject.is_protected && random_.below(100) < 4)
    typed.entered_by = scene_.staff.clerk_id();
  auto prepared = feedback::prepare(write, typed, random_, due.at);
  if (!prepared.ok())
    throw std::logic_error("the sample cannot send: " + prepared.error().fields.at(0).field);
  // In one city of a million cases out of three two codes are the same. Nothing is run again here.
  if (feedback::find(write, prepared.value().feedback.code))
    prepared.value().feedback.code = prepared.value().spare_code;
  std::string secret = prepared.value().secret;
  if (typed.entered_by != 0) secret = counter_.take_up(write, prepared.value(), due.at);
  const auto sent = feedback::submit(write, prepared.value(), due.at);
  if (!sent.ok()) throw std::logic_error("the sample cannot send");
  if (typed.entered_by != 0)
    counter_.note(write, sent.value().feedback.id, sent.value().feedback.received_at);
  SampleLife& now = life(due);
  now.code = sent.value().feedback.code;
  now.secret = std::move(secret);
  now.id = sent.value().feedback.id;
  subjects_.emplace(now.id, due.subject);
  now.revision = sent.value().feedback.revision;
  now.unit_path = sent.value().feedback.unit_path;
}

Result<feedback::Feedback> Play::publish(db::Write& write,
                                         const feedback::OfficerAct& by,
                                         Due due) {
  const auto seen = feedback::find(write, by.code);
  life(due).is_published = true;
  return feedback::publish(write, by, seen.value().title, text::with_marks(seen.value().body));
}

Result<feedback::Feedback> Play::open_identity(db::Write& write, const Due& due) {
  const auto opened =
      feedback::open_identity(write, scene_.staff.ombudsman(), *life(due).code,
                              words(due, "opening").text, ledger::draw(random_), due.at);
  if (!opened.ok()) return opened.error();
  return *feedback::find(write, *life(due).code);
}

// Most by their sender; of those that are over some at the request of somebody else.
Result<feedback::Feedback> Play::erase(db::Write& write, const Due& due) {
  SampleLife& now = life(due);
  now.is_published = false;
  const auto eraser = feedback::Eraser::of(scene_.staff.ombudsman().staff());
  if (due.subject % 2 == 0 && eraser &&
      feedback::find_erasable(write, *eraser, *now.code, due.at).ok())
    return feedback::erase(write, feedback::EraseAct{.eraser = *eraser,
                                                     .code = *now.code,
                                                     .because = feedback::ErasedBecause::requested,
                                                     .salts = ledger::draw(random_),
                                                     .now = due.at});
  return feedback::erase(write, feedback::CitizenAct{.citizen = people::Citizen(now.secret),
                                                     .code = *now.code,
                                                     .salts = ledger::draw(random_),
                                                     .now = due.at,
                                                     .text = {}});
}

Result<feedback::Feedback> Play::decline(db::Write& write,
                                         const feedback::OfficerAct& by,
                                         Due due) {
  const std::string& word = planned(due).report->fate;
  const auto reason = feedback::from_word(feedback::all_decline_reasons, word);
  if (!reason) throw std::logic_error("data/sample/feedback.csv has the unknown fate " + word);
  // One thread writes the sample, so what is drawn here is drawn once.
  const auto found = feedback::find(write, by.code);
  const std::string sealed =
      found ? feedback::sealed_contact(write, found->id, random_) : std::string();
  return feedback::decline(write, by, *reason, words(due, "decline", word).text, sealed);
}

Result<feedback::Feedback> Play::by_office(db::Write& write, const Due& due) {
  SampleLife& now = life(due);
  const SampleTeam& team = scene_.staff.team_for(now.unit_path);
  const bool heads = due.act == SampleAct::publish || due.act == SampleAct::promise ||
                     due.act == SampleAct::transfer;
  const feedback::OfficerAct by{.officer = heads ? team.head : team.handler,
                                .code = *now.code,
                                .revision = now.revision,
                                .salts = ledger::draw(random_),
                                .now = due.at};
  const std::string& topic = planned(due).report->topic;
  switch (due.act) {
    case SampleAct::accept: return feedback::accept(write, by);
    case SampleAct::assign: return feedback::assign(write, by, team.handler.id().value);
    case SampleAct::note: return feedback::note(write, by, words(due, "note", topic).text);
    case SampleAct::ask: return feedback::ask(write, by, words(due, "ask", topic).text);
    case SampleAct::publish: return publish(write, by, due);
    case SampleAct::decline: return decline(write, by, due);
    case SampleAct::transfer: {
      const auto to = units::find_on(write, competent_for(*planned(due).report), local_day(due.at));
      return feedback::transfer(write, by, to.value(), words(due, "transfer").text);
    }
    case SampleAct::promise: {
      now.slots.set("promised_on", short_date(planned(due).promised_on));
      return feedback::promise(write, by, words(due, "promise").text, planned(due).promised_on);
    }
    case SampleAct::redirect: {
      const SampleWords said = words(due, "redirect", topic);
      return feedback::redirect(write, by, said.evidence, said.text);
    }
    default: {
      const auto given = answer_to(planned(due), now, due.at, random_);
      ++now.answer_count;
      return feedback::answer(write, by, given);
    }
  }
}

Result<feedback::Feedback> Play::by_citizen(db::Write& write, const Due& due) {
  feedback::CitizenAct by{.citizen = people::Citizen(life(due).secret),
                          .code = *life(due).code,
                          .salts = ledger::draw(random_),
                          .now = due.at,
                          .text = {}};
  if (due.act == SampleAct::approve) return feedback::approve(write, by);
  const std::string_view purpose = due.act == SampleAct::reply    ? "reply"
                                   : due.act == SampleAct::reopen ? "reopen"
                                                                  : "contest";
  by.text = words(due, purpose, planned(due).report->topic).text;
  if (due.act == SampleAct::reply) return feedback::reply(write, by);
  return due.act == SampleAct::reopen ? feedback::reopen(write, by) : feedback::contest(write, by);
}

// As the job does it, which comes by within a minute of the end of office hours.
void Play::escalate(db::Write& write, Instant until) {
  if (!next_evening_) next_evening_ = at_local(local_day(until), evening);
  for (; *next_evening_ <= until; *next_evening_ += std::chrono::days(1))
    for (const feedback::FeedbackId id :
         feedback::escalate_all_late(write, seeds_, *next_evening_)) {
      const auto subject = subjects_.find(id);
      if (subject != subjects_.end()) lives_[subject->second].revision += 1;
    }
}

void Play::act(db::Write& write, const Due& due) {
  if (!next_day_ || due.at >= *next_day_) {
    while (insight::announce_day(write, days_, due.at)) {
    }
    while (insight::announce_month(write, days_, seeds_.bytes<32>(), due.at)) {
    }
    next_day_ = days_.due_at();
  }
  escalate(write, due.at);
  if (due.act == SampleAct::submit) return submit(write, due);
  if (due.act == SampleAct::rate)
    return rate_sample(write, planned(due), life(due), due.at, random_);
  const auto done = [&]() -> Result<feedback::Feedback> {
    switch (due.act) {
      case SampleAct::reply:
      case SampleAct::reopen:
      case SampleAct::contest:
      case SampleAct::approve: return by_citizen(write, due);
      case SampleAct::lapse:
        return feedback::lapse(write, life(due).id, ledger::draw(random_), due.at);
      case SampleAct::resume:
        return feedback::resume(write, life(due).id, ledger::draw(random_), due.at);
      case SampleAct::open_identity: return open_identity(write, due);
      case SampleAct::erase: return erase(write, due);
      default: return by_office(write, due);
    }
  }();
  if (!done.ok())
    throw std::logic_error("the sample was refused an act at " + to_iso(due.at) + ": " +
                           std::string(i18n::Voice(i18n::Language::en)(done.error().text)));
  SampleLife& now = life(due);
  if (due.act == SampleAct::promise) now.has_promise = true;
  if (now.has_promise)
    commitment::follow_case(write, commitment::draw_step(now.id.value, promises_, due.at));
  now.state = done.value().state;
  now.revision = done.value().revision;
  now.unit_path = done.value().unit_path;
  const auto& answered_at = done.value().answered_at;
  now.is_late = answered_at && *answered_at > done.value().first_due_at;
}

std::vector<SampleLife> Play::run() {
  std::vector<Due> all;
  for (std::size_t i = 0; i < cases_.size(); ++i)
    for (const SampleStep& step : cases_[i].steps) all.push_back({step.at, i, step.act});
  std::ranges::stable_sort(all, {}, &Due::at);
  SeededRandom lots(all.size());  // Apart, so that it changes nothing of what is written.
  const std::size_t batch = std::clamp(all.size() / batches_wanted, batch_min, batch_most);
  for (std::size_t from = 0; from < all.size(); from += batch) {
    const std::size_t to = std::min(all.size(), from + batch);
    scene_.clock = all[to - 1].at;
    // A batch that failed is run again; but the lives have gone on, so it fails again, with the
    // same reason.
    std::exception_ptr failure;
    const auto done = scene_.database.write([&](db::Write& write) -> Result<Done> {
      if (failure) std::rethrow_exception(failure);
      try {
        for (std::size_t i = from; i < to; ++i) act(write, all[i]);
      } catch (...) {
        failure = std::current_exception();
        throw;
      }
      return Done{};
    });
    if (!done.ok()) throw std::logic_error("the sample's batch was refused");
    // In a small city one batch stands for the hours of many days.
    feedback::join_batch(scene_.database, lots, scene_.clock);
    if (scene_.progress) scene_.progress(to, all.size());
  }
  const auto printed = scene_.database.write([&](db::Write& write) -> Result<Done> {
    counter_.print_more(write, scene_.places.front().unit, scene_.clock);
    return Done{};
  });
  if (!printed.ok()) throw std::logic_error("the sample cannot print forms");
  // Nobody is to be written to about what was made up.
  notice::forget_stale(scene_.database, scene_.clock + std::chrono::days(30));
  return std::move(lives_);
}

}  // namespace

std::vector<SampleLife> play_sample(const SampleScene& scene,
                                    std::span<const SampleCase> cases,
                                    Random& random) {
  return Play(scene, cases, random).run();
}

}  // namespace ln::app
