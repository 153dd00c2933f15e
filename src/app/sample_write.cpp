#include "app/sample_write.h"

#include "base/text.h"
#include "engine/text/text.h"
#include "feature/feedback/feedback_deadline.h"
#include "feature/feedback/feedback_store.h"

namespace ln::app {
namespace {

// The unit the sender names.
std::string unit_code(const SampleReport& report, const units::Unit& place, Random& random) {
  if (report.unit == "city") return "01";
  if (report.unit == "counter" && report.about != "conduct" && random.below(2) == 0)
    return place.code + "-pvhcc";
  if (report.unit == "counter" || report.unit == "ward" || report.unit == "phuong" ||
      report.unit == "xa")
    return place.code;
  return report.unit;
}

void write_text(const SampleCase& subject,
                const SampleLife* earlier,
                SampleLife& life,
                feedback::Typed& typed,
                Random& random) {
  const SampleReport& report = *subject.report;
  const SampleTexts& texts = SampleTexts::built_in();
  typed.title = life.slots.fill(report.title, random);
  typed.body = life.slots.fill(report.body, random);
  if (earlier != nullptr) {
    life.slots.set("n", std::to_string(subject.recurrence));
    life.slots.set("code", earlier->code->shown());
    typed.body += " " + words_for("recur", "any", subject, life, random).text;
  }
  const std::uint64_t roll = random.below(100);
  if (report.is_plain) {
    typed.body = without_marks(typed.body);
  } else if (report.language == "vi" && !subject.is_kept_clean && roll < 15) {
    typed.title.clear();
    typed.body = roll < 7 ? without_marks(typed.body) : typed_in_haste(typed.body);
  } else if (report.language == "vi" && subject.is_public && roll >= 94) {
    const SampleLine& line = texts.line("phone", "any", "vi", random);
    life.phone = life.slots.fill("{phone}", random);
    typed.body += " " + life.slots.fill(line.text, random);
  }
}

void add_details(const SampleCase& subject,
                 SampleLife& life,
                 db::Read& read,
                 feedback::Typed& typed,
                 Instant at,
                 Random& random) {
  const SampleReport& report = *subject.report;
  const auto in_hundred = [&](std::uint64_t share) { return random.below(100) < share; };
  if (report.about == "place" && in_hundred(75))
    typed.place = life.slots.fill("{street}, {ward}", random);
  if (report.unit == "counter" && in_hundred(35)) typed.counter = life.slots.fill("{desk}", random);
  if (report.about == "procedure" && in_hundred(30))
    typed.dossier = life.slots.fill("{slip}", random);
  if (in_hundred(30)) {
    const Day happened = local_day(at) - std::chrono::days(static_cast<int>(random.below(10)));
    const std::chrono::year_month_day date(happened);
    typed.day = std::to_string(static_cast<unsigned>(date.day()));
    typed.month = std::to_string(static_cast<unsigned>(date.month()));
    typed.year = std::to_string(static_cast<int>(date.year()));
  }
  const bool has_extras = report.language == "vi" && in_hundred(60);
  for (const feedback::Question& each : feedback::questions_of(read, report.topic))
    if (has_extras)
      typed.extras.emplace_back(
          each.code, life.slots.fill("{extra." + report.topic + "." + each.code + "}", random));
}

bool asks_for_more(const SampleReport& report) {
  return report.kind == "suggestion" || report.kind == "proposal";
}

}  // namespace

SampleWords words_for(std::string_view purpose,
                      std::string_view wanted,
                      const SampleCase& subject,
                      SampleLife& life,
                      Random& random) {
  constexpr int tries_max = 4;
  const SampleLine* line = nullptr;
  for (int i = 0; i < tries_max && (line == nullptr || line == life.last_line); ++i)
    line = &SampleTexts::built_in().line(purpose, wanted, subject.report->language, random);
  life.last_line = line;
  return {life.slots.fill(line->text, random), life.slots.fill(line->evidence, random)};
}

feedback::Typed typed_by(const SampleCase& subject,
                         const SampleOccasion& occasion,
                         SampleLife& life,
                         db::Read& read,
                         Random& random) {
  const auto& [place, earlier, at] = occasion;
  const SampleReport& report = *subject.report;
  // The same matter again: the same street, the same poles.
  life.slots = earlier == nullptr ? SampleSlots(place, at) : earlier->slots;
  feedback::Typed typed;
  typed.about = report.about;
  typed.kind = report.kind;
  typed.from = report.from;
  typed.topic = report.topic;
  typed.unit = unit_code(report, place, random);
  typed.procedure = report.procedure;
  typed.is_public = subject.is_public;
  typed.is_protected = subject.is_protected;
  typed.in_english = report.language == "en";
  write_text(subject, earlier, life, typed, random);
  add_details(subject, life, read, typed, at, random);
  if (earlier != nullptr) typed.recurs_of = earlier->code->text();
  if (subject.has_contact)
    typed.contact = "nguoi.gui." + std::to_string(10'000 + random.below(90'000)) + "@example.com";
  return typed;
}

feedback::Answer answer_to(const SampleCase& subject,
                           SampleLife& life,
                           Instant at,
                           Random& random) {
  const SampleReport& report = *subject.report;
  Day did_on = local_day(at) - std::chrono::days(static_cast<int>(random.below(3)));
  while (!feedback::holidays()->is_working_day(did_on)) did_on -= std::chrono::days(1);
  life.slots.set("did_on", short_date(did_on));
  life.slots.forget("doc");
  std::string_view purpose = "answer", wanted = report.topic;
  feedback::Outcome outcome = feedback::Outcome::confirmed;
  const std::uint64_t roll = random.below(100);
  if (life.state == feedback::State::promised) {
    purpose = "kept";
  } else if (life.answer_count > 0) {
    purpose = "again";
  } else if (subject.is_formal) {
    purpose = "formal";
  } else if (report.kind == "praise") {
    wanted = "praise";
  } else if (asks_for_more(report)) {
    wanted = "suggestion";
  } else if (report.language == "vi" && roll < 8 && report.about == "place") {
    purpose = "partly";
    outcome = feedback::Outcome::partly;
  } else if (report.language == "vi" && roll < 13 && report.about != "policy") {
    purpose = "unfounded";
    outcome = feedback::Outcome::unfounded;
  }
  const SampleWords words = words_for(purpose, wanted, subject, life, random);
  return {.text = words.text, .outcome = outcome, .evidence = words.evidence, .files = {}};
}

}  // namespace ln::app
