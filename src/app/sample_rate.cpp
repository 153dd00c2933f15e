#include "app/sample_rate.h"

#include <algorithm>
#include <stdexcept>

#include "core/people/people_citizen.h"
#include "feature/satisfaction/satisfaction_actions.h"

namespace ln::app {
namespace {

using satisfaction::Reason;

constexpr Reason good_reasons[] = {Reason::fast, Reason::clear, Reason::polite, Reason::thorough};
constexpr Reason poor_reasons[] = {Reason::unclear, Reason::off_point, Reason::not_done,
                                   Reason::sent_around};
constexpr std::int64_t after_real_answers[] = {3, 3, 4, 4, 4, 4, 5, 5, 5, 5};
constexpr std::int64_t after_empty_answers[] = {1, 1, 1, 2, 2, 2, 3, 3, 4};

std::int64_t score_of(const SampleCase& subject, const SampleLife& life, Random& random) {
  const bool is_empty = subject.is_formal && life.answer_count < 2;
  const std::int64_t score = is_empty
                                 ? after_empty_answers[random.below(std::size(after_empty_answers))]
                                 : after_real_answers[random.below(std::size(after_real_answers))];
  return life.is_late ? std::max<std::int64_t>(1, score - 1) : score;
}

// Of a hundred people: how many say yes, by their score. Seven of ten say anything at all. Drawn
// from the moment, so that what else the sample draws stays as it was.
void say_trust(satisfaction::Given& given, std::int64_t score, Instant at) {
  struct Share {
    std::int64_t believed, again;
  };
  const Share share = score >= 4 ? Share{90, 93} : score == 3 ? Share{60, 78} : Share{14, 46};
  const std::int64_t seconds = to_ms(at) / 1000;
  const auto drawn = [&](std::int64_t factor) { return seconds * factor / 7 % 100; };
  if (drawn(3) < 70) given.believed = drawn(31) < share.believed ? "yes" : "no";
  if (drawn(5) < 70) given.again = drawn(53) < share.again ? "yes" : "no";
}

}  // namespace

void rate_sample(db::Write& write,
                 const SampleCase& subject,
                 const SampleLife& life,
                 Instant at,
                 Random& random) {
  const std::int64_t score = score_of(subject, life, random);
  const bool is_good = score >= 4;
  satisfaction::Given given;
  given.score = score;
  given.solved = to_text(is_good      ? satisfaction::Solved::yes
                         : score == 3 ? satisfaction::Solved::partly
                                      : satisfaction::Solved::no);
  if (life.is_late && random.below(100) < 60) given.reasons.emplace_back(to_text(Reason::slow));
  const auto& reasons = is_good ? good_reasons : poor_reasons;
  for (const Reason reason : reasons)
    if (random.below(100) < 30) given.reasons.emplace_back(to_text(reason));
  if (subject.report->language == "vi" && random.below(100) < 45)
    given.text = SampleTexts::built_in()
                     .line("rating",
                           is_good      ? "good"
                           : score == 3 ? "fair"
                                        : "poor",
                           "vi", random)
                     .text;
  say_trust(given, score, at);
  const auto done = satisfaction::rate(write, {.citizen = people::Citizen(life.secret),
                                               .code = *life.code,
                                               .given = std::move(given),
                                               .salts = ledger::draw(random),
                                               .now = at});
  if (!done.ok()) throw std::logic_error("the sample was refused a rating at " + to_iso(at));
}

}  // namespace ln::app
