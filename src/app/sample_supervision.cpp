#include "app/sample_supervision.h"

#include <stdexcept>
#include <string>

#include "base/text.h"
#include "core/ledger/ledger_jobs.h"
#include "core/units/units_store.h"
#include "feature/supervision/supervision_actions.h"
#include "feature/supervision/supervision_jobs.h"

namespace ln::app {
namespace {

using supervision::Outcome;
using supervision::Stratum;

// How long before the city's present it begins, and how far back it looks.
constexpr std::chrono::days begins_before{75}, looks_back{40};
constexpr std::chrono::days first_due{45}, second_due{12}, answers_after{3};
constexpr std::chrono::hours draws_after{1};
constexpr std::int64_t drawn_of_each = 4;

constexpr const char* notes[] = {
    "Hồ sơ đủ, trả lời đúng việc được hỏi, có ảnh hiện trường kèm theo.",
    "Trả lời đúng việc nhưng không ghi ngày làm xong và không có ảnh.",
    "Trả lời chung chung, không nói đã làm gì; quá hạn mà không báo người gửi.",
    "Sổ theo dõi không cho biết ai đã đến hiện trường và đến khi nào.",
};
constexpr Outcome outcomes[] = {Outcome::in_order, Outcome::flaw, Outcome::breach,
                                Outcome::unclear};
constexpr const char* first_advice =
    "Mỗi câu trả lời ghi rõ đã làm gì, ai làm, ngày nào xong, kèm ảnh trước và sau.";
constexpr const char* second_advice =
    "Phân công người trực thay khi cán bộ phụ trách vắng, để không vụ nào quá hạn vì không ai "
    "nhận.";
constexpr const char* first_answer =
    "Từ đầu tháng, mẫu trả lời của phường có ba mục bắt buộc và chỗ đính ảnh; tổ trưởng duyệt "
    "trước khi gửi.";
constexpr const char* verdict =
    "Đã xem 20 câu trả lời gần nhất: đủ ba mục, 18 câu có ảnh. Đạt yêu cầu.";

template <class T>
T expect_done(Result<T> result, std::string_view what) {
  if (!result.ok())
    throw std::logic_error("the sample's supervision was refused: " + std::string(what) + ", " +
                           std::string(result.error().text.name()));
  return std::move(result).value();
}

}  // namespace

SampleSupervision::SampleSupervision(db::Database& database,
                                     const SampleStaff& staff,
                                     const units::Unit& unit,
                                     std::uint64_t seed,
                                     Instant now)
    : database_(database), staff_(staff), unit_(unit), random_(seed), now_(now) {}

void SampleSupervision::go_on(Instant& clock) {
  if (clock < now_ - begins_before) return;
  if (id_.value == 0) {
    if (clock + 2 * draws_after < now_) announce(clock);
  } else if (!is_verified_ && advised_at_ && clock >= *advised_at_ + answers_after) {
    answer_and_verify(clock);
  }
}

void SampleSupervision::announce(Instant& clock) {
  const supervision::Typed typed{
      .title_vi = "Giám sát việc trả lời phản ánh trong quý",
      .title_en = "How feedback was answered this quarter",
      .subject =
          "Phản ánh bị từ chối, quá hạn, phải xem lại hoặc bị chấm điểm thấp có được giải "
          "quyết đúng quy định không.",
      .from = local_day(clock) - looks_back,
      .to = local_day(clock) - std::chrono::days(1),
      .head_at = clock + draws_after,
      .wishes = {{Stratum::declined, drawn_of_each},
                 {Stratum::reopened, drawn_of_each},
                 {Stratum::late, drawn_of_each},
                 {Stratum::low_rated, drawn_of_each}}};
  const std::string key(as_text(random_.bytes<32>()));
  const supervision::SupervisorAct act{staff_.supervisor(), clock};
  const auto made = database_.write([&](db::Write& write) -> Result<supervision::Programme> {
    const auto city = units::find_on(write, "01", local_day(clock));
    if (!city) throw std::logic_error("the sample has no city");
    return supervision::announce(write, act, *city, typed, key);
  });
  if (!made.ok()) return;  // nothing to draw from yet; the next batch asks again
  id_ = made.value().id;
  clock += draws_after;
  ledger::publish_now(database_, clock);
  if (supervision::draw_due(database_, clock) != 1)
    throw std::logic_error("the sample's programme was not drawn");
  find_and_advise(clock);
}

void SampleSupervision::find_and_advise(Instant at) {
  const supervision::SupervisorAct act{staff_.supervisor(), at};
  const auto drawn =
      database_.read([&](db::Read& read) { return supervision::drawn_of(read, id_); });
  for (const std::int64_t number : drawn) {
    const std::uint64_t kind = random_.below(std::size(outcomes));
    const supervision::Found found{.number = number,
                                   .outcome = outcomes[kind],
                                   .note = notes[kind],
                                   .salt = std::string(as_text(random_.bytes<32>()))};
    expect_done(database_.write([&](db::Write& write) {
      return supervision::find_out(write, act, id_, found);
    }),
                "finding");
  }
  const auto advise = [&](const char* text, std::chrono::days due) {
    return expect_done(database_.write([&](db::Write& write) {
             return supervision::advise(write, act, id_, unit_, text, local_day(at) + due);
           }),
                       "advice")
        .id;
  };
  first_ = advise(first_advice, first_due);
  advise(second_advice, second_due);
  advised_at_ = at;
}

void SampleSupervision::answer_and_verify(Instant at) {
  const supervision::OfficerAct head{staff_.team_for(unit_.path).head, at};
  const supervision::SupervisorAct act{staff_.supervisor(), at};
  expect_done(database_.write([&](db::Write& write) {
    return supervision::answer(write, head, *first_, 1, first_answer);
  }),
              "answer");
  expect_done(database_.write([&](db::Write& write) {
    return supervision::verify(write, act, *first_, 2, verdict);
  }),
              "verification");
  is_verified_ = true;
}

}  // namespace ln::app
