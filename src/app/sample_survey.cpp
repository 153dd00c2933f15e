#include "app/sample_survey.h"

#include <algorithm>
#include <stdexcept>
#include <string>
#include <vector>

#include "base/text.h"
#include "core/ledger/ledger_jobs.h"
#include "core/people/people_code.h"
#include "feature/survey/survey_actions.h"
#include "feature/survey/survey_jobs.h"

namespace ln::app {
namespace {

// How long before the city's present the two begin, and how long they take answers.
constexpr std::chrono::days first_began{70}, first_lasts{20}, second_began{9}, second_lasts{30};
constexpr std::chrono::minutes lots_after{40};
constexpr std::uint64_t slips_of_cluster = 66, slips_of_second = 50;
constexpr std::int64_t clusters_drawn = 8;
constexpr const char* streets =
    "Tổ dân phố 1; 66\nTổ dân phố 2; 66\nTổ dân phố 3; 66\nTổ dân phố 4; 66\n"
    "Tổ dân phố 5; 66\nTổ dân phố 6; 66\nTổ dân phố 7; 66\nTổ dân phố 8; 66\n"
    "Tổ dân phố 9; 66\nTổ dân phố 10; 66\nTổ dân phố 11; 66\nTổ dân phố 12; 66";

template <class T>
T granted(Result<T> result, std::string_view what) {
  if (!result.ok())
    throw std::logic_error("the sample's survey was refused: " + std::string(what) + ", " +
                           std::string(result.error().text.name()));
  return std::move(result).value();
}

survey::FormId form_of(db::Database& database, std::string_view code) {
  const auto form = database.read([&](db::Read& read) { return survey::find_form(read, code, 1); });
  if (!form) throw std::logic_error("the sample has no form " + std::string(code));
  return form->id;
}

// Whoever answers agrees with the others of their cluster more than with the rest.
survey::Given given_to(const survey::Form& form, int mood, Random& random) {
  survey::Given given;
  const std::uint64_t who = random.below(20);
  given.party = who < 14   ? survey::Party::person
                : who < 17 ? survey::Party::business
                           : survey::Party::organisation;
  for (const survey::Question& each : form.questions) {
    if (!survey::is_asked(form, each, given.values)) continue;
    const auto classes = each.classes();
    if (each.kind == survey::Kind::yes_no) {
      given.values[each.code] =
          each.code == "favour" ? (random.below(30) == 0 ? 1 : 0) : (random.below(12) == 0 ? 0 : 1);
    } else if (each.kind == survey::Kind::number) {
      given.values[each.code] = each.min + 1 + static_cast<std::int64_t>(random.below(3));
    } else if (!classes.empty()) {
      const auto best = static_cast<std::int64_t>(classes.size()) - 1;
      const bool is_content = random.below(5) < static_cast<std::uint64_t>(mood);
      const auto less = static_cast<std::int64_t>(random.below(is_content ? 2 : 3));
      const std::int64_t at = each.kind == survey::Kind::choice
                                  ? std::min(less / 2, best)
                                  : std::max<std::int64_t>(best - less, 0);
      given.values[each.code] = classes[static_cast<std::size_t>(at)];
    }
  }
  return given;
}

}  // namespace

SampleSurvey::SampleSurvey(db::Database& database,
                           const SampleStaff& staff,
                           const units::Unit& unit,
                           std::uint64_t seed,
                           Instant now)
    : database_(database), staff_(staff), unit_(unit), random_(seed), now_(now) {
  granted(database_.write([&](db::Write& write) -> Result<Done> {
    survey::install_forms(write, now_);
    return Done{};
  }),
          "forms");
}

void SampleSurvey::go_on(Instant& clock) {
  say_due(clock);
  if (first_.value == 0 && clock >= now_ - first_began && clock < now_ - first_lasts)
    hold_first(clock);
  else if (first_.value != 0 && !is_closed_)
    is_closed_ = survey::close_due(database_, clock) > 0;
  if (second_.value == 0 && clock >= now_ - second_began) open_second(clock);
}

void SampleSurvey::hold_first(Instant& clock) {
  const survey::SupervisorAct act{staff_.supervisor(), clock};
  const survey::Typed typed{
      .title_vi = "Mức hài lòng về dịch vụ hành chính của phường",
      .title_en = "Satisfaction with the ward's services",
      .frame = "Hộ gia đình theo tổ dân phố",
      .clusters = streets,
      .form = form_of(database_, "sipas-services"),
      .opens_on = local_day(clock),
      .closes_on = local_day(clock + first_lasts),
      .plan = survey::Plan::clusters,
      .sample_size = clusters_drawn,
      .head_at = std::chrono::floor<std::chrono::seconds>(clock) + lots_after};
  first_ = granted(database_.write([&](db::Write& write) {
             return survey::announce(write, act, unit_, typed);
           }),
                   "announce")
               .id;
  clock = *typed.head_at;
  ledger::publish_now(database_, clock);
  if (survey::draw_due(database_, clock) != 1)
    throw std::logic_error("the sample's survey was not drawn");
  const auto clusters =
      database_.read([&](db::Read& read) { return survey::clusters_of(read, first_); });
  for (const survey::Cluster& each : clusters)
    if (each.is_drawn)
      ask(first_, {.cluster = each.number,
                   .slips = slips_of_cluster,
                   .of_ten_answer = 8,
                   .mood = static_cast<int>(random_.below(4)),
                   .from = clock,
                   .to = clock + first_lasts - std::chrono::days(1)});
}

void SampleSurvey::open_second(Instant clock) {
  const survey::SupervisorAct act{staff_.supervisor(), clock};
  const survey::Typed typed{.title_vi = "Thái độ tại quầy tiếp nhận của phường",
                            .title_en = "Conduct at the ward's counter",
                            .frame = "Người đến quầy trong tháng, theo số thứ tự",
                            .form = form_of(database_, "counter-conduct"),
                            .opens_on = local_day(clock),
                            .closes_on = local_day(clock + second_lasts),
                            .plan = survey::Plan::census,
                            .frame_size = 400,
                            .has_kiosk = true,
                            .has_link = true};
  second_ = granted(database_.write([&](db::Write& write) {
              return survey::announce(write, act, unit_, typed);
            }),
                    "announce")
                .id;
  ask(second_, {.slips = slips_of_second,
                .of_ten_answer = 6,
                .mood = 2,
                .from = clock,
                .to = std::max(clock + std::chrono::hours(1), now_ - std::chrono::hours(1))});
}

void SampleSurvey::ask(survey::SurveyId id, const Round& round) {
  const survey::SupervisorAct act{staff_.supervisor(), round.from};
  const auto form = database_.read(
      [&](db::Read& read) { return survey::find_form(read, survey::find(read, id)->form); });
  std::vector<std::string> secrets;
  for (std::uint64_t n = 0; n < round.slips; ++n) secrets.push_back(people::draw_secret(random_));
  for (std::size_t from = 0; from < secrets.size();
       from += static_cast<std::size_t>(survey::slips_per_sheet_max)) {
    survey::NewSheet sheet{.cluster = round.cluster};
    for (std::size_t n = from;
         n < secrets.size() && std::ssize(sheet.hashes) < survey::slips_per_sheet_max; ++n)
      sheet.hashes.push_back(*survey::slip_hash(secrets[n]));
    granted(database_.write(
                [&](db::Write& write) { return survey::print_slips(write, act, id, sheet); }),
            "slips");
  }
  const auto span = static_cast<std::uint64_t>((round.to - round.from).count());
  for (const std::string& secret : secrets)
    if (random_.below(10) < round.of_ten_answer)
      waiting_.push_back({.survey = id,
                          .secret = secret,
                          .given = given_to(*form, round.mood, random_),
                          .at = round.from + std::chrono::milliseconds(random_.below(span))});
  std::ranges::stable_sort(waiting_, {}, &Waiting::at);
}

void SampleSurvey::say_due(Instant clock) {
  const auto end =
      std::ranges::find_if(waiting_, [&](const Waiting& each) { return each.at > clock; });
  std::vector<survey::Saying> due;
  std::vector<Instant> times;
  for (auto each = waiting_.begin(); each != end; ++each) {
    due.push_back({.survey = each->survey,
                   .secret = each->secret,
                   .given = each->given,
                   .salts = ledger::draw(random_),
                   .case_key = ledger::draw_case_key(random_),
                   .nonce = random_.bytes<32>()});
    times.push_back(each->at);
  }
  waiting_.erase(waiting_.begin(), end);
  if (due.empty()) return;
  granted(database_.write([&](db::Write& write) -> Result<Done> {
    for (std::size_t i = 0; i < due.size(); ++i) {
      TRY([[maybe_unused]] const survey::Receipt receipt, survey::answer(write, due[i], times[i]));
    }
    return Done{};
  }),
          "answers");
}

}  // namespace ln::app
