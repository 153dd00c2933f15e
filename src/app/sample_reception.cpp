#include "app/sample_reception.h"

#include <algorithm>
#include <stdexcept>
#include <string>
#include <string_view>

#include "core/units/units_store.h"
#include "core/workdays/workdays.h"
#include "feature/reception/reception_actions.h"
#include "feature/reception/reception_work.h"

namespace ln::app {
namespace {

using reception::ReceptionId;

constexpr std::chrono::days reception_day{1};

constexpr const char* matters[] = {
    "Ngõ 12 ngập mỗi khi mưa lớn",           "Đèn đường trước trường học tắt đã lâu",
    "Xin hướng dẫn làm giấy tờ đất thừa kế", "Chợ cóc lấn vỉa hè buổi sáng",
    "Nhà bên cạnh xây lấn ranh giới",        "Mức hỗ trợ hộ cận nghèo của gia đình"};
constexpr const char* summaries[] = {
    "Người dân nói nước dâng vào nhà ba lần trong tháng; phường hẹn nạo vét cống.",
    "Người dân nói học sinh về tối không nhìn thấy đường; phường hẹn sửa đèn.",
    "Người dân hỏi cần giấy gì; đã đọc danh mục và hẹn trả lời phần còn thiếu.",
    "Người dân nói xe không vào được ngõ; phường hẹn tổ trật tự đi kiểm tra.",
    "Người dân đưa bản đồ thửa; phường hẹn địa chính đo lại có mặt hai bên.",
    "Người dân nói bị bỏ sót khi bình xét; phường hẹn rà soát lại hồ sơ."};
constexpr const char* answers[] = {
    "Phường nhận việc này: đội thoát nước nạo vét cống ngõ 12 trong tuần tới, tổ trưởng báo lại.",
    "Đã chuyển đội chiếu sáng, có phiếu giao việc; đèn sáng lại chậm nhất ngày 20 tháng này.",
    "Hồ sơ cần bốn loại giấy ghi ở trang sau; bộ phận một cửa nhận hồ sơ vào thứ Ba và thứ Năm."};

template <class T>
T went(Result<T> result, std::string_view what) {
  if (!result.ok())
    throw std::logic_error("the sample's reception was refused: " + std::string(what) + ", " +
                           std::string(result.error().text.name()));
  return std::move(result).value();
}

struct Held {
  reception::Turn turn;
  std::string secret;
};

struct Ward {
  db::Database& database;
  const SampleTeam& team;
  const units::Unit& unit;
  Random& random;
  std::string receiver{};
  int said = 0;

  // A working day so long ago.
  static Day before(Instant now, int days) {
    Day day = local_day(now) - reception_day * days;
    while (!workdays::current()->days().is_working_day(day)) day -= reception_day;
    return day;
  }
  ReceptionId announce(reception::Typed typed, Instant at) const {
    typed.receiver = receiver;
    typed.place = "Phòng tiếp công dân, trụ sở Ủy ban nhân dân";
    typed.from = std::chrono::hours(8);
    typed.to = std::chrono::hours(11);
    typed.turn_minutes = 20;
    typed.places = 8;
    const auto made = went(reception::prepare(team.head, unit, typed, at), "prepare");
    return went(database.write([&](db::Write& write) { return reception::announce(write, made); }),
                "announce")
        .front()
        .id;
  }
  ReceptionId one_day(Day day) const {
    return announce({.rhythm = reception::Rhythm::once, .first = day},
                    at_local(day - reception_day * 14, std::chrono::hours(9)));
  }
  reception::Reception day_of(ReceptionId id) const {
    return *database.read([&](db::Read& read) { return reception::find(read, id); });
  }
  reception::DayAct on_day(ReceptionId id, Instant at) const {
    return {team.head, id, day_of(id).revision, at};
  }
  Held book(ReceptionId id, Instant at) {
    const auto prepared = went(database.read([&](db::Read& read) {
      return reception::prepare_booking(read, id,
                                        {.about = matters[said % std::ssize(matters)],
                                         .way = "person",
                                         // All of a day book in one moment here.
                                         .worked_bits = reception::work_bits_max},
                                        random, at);
    }),
                               "booking");
    auto booked =
        went(database.write([&](db::Write& write) { return reception::book(write, prepared, at); }),
             "book");
    return {std::move(booked.turn), prepared.secret};
  }
  reception::TurnAct on_turn(const Held& held, const people::Officer& officer, Instant at) const {
    const auto turn =
        database.read([&](db::Read& read) { return reception::find_turn(read, held.turn.id); });
    return {officer, turn->reception, *turn->code, turn->revision, ledger::draw(random), at};
  }
  void log(const Held& held, const reception::TypedEntry& entry, Instant at) {
    const auto act = on_turn(held, team.handler, at);
    went(database.write([&](db::Write& write) { return reception::enter(write, act, entry); }),
         "log");
    ++said;
  }
  void answer(const Held& held, Instant at) {
    const auto act = on_turn(held, team.head, at);
    const std::string words = answers[said++ % std::ssize(answers)];
    went(
        database.write([&](db::Write& write) { return reception::give_result(write, act, words); }),
        "result");
  }
  // A day with `count` who came, in order; the head sits down on time.
  std::vector<Held> receive(ReceptionId id, int count, const std::string& outcome = "written") {
    std::vector<Held> all;
    const Instant starts = day_of(id).starts_at;
    for (int n = 0; n < count; ++n)
      all.push_back(book(id, starts - reception_day * 3 + std::chrono::minutes(40 * n)));
    const auto act = on_day(id, starts);
    went(database.write([&](db::Write& write) { return reception::hold_day(write, act); }), "hold");
    for (int n = 0; n < count; ++n)
      log(all[static_cast<std::size_t>(n)],
          {.presence = "came",
           .sort = n % 2 == 0 ? "report" : "request",
           .outcome = outcome,
           .summary = summaries[said % std::ssize(summaries)]},
          starts + std::chrono::minutes(20 * (n + 1)));
    return all;
  }
};

// One day each that was held in time, partly late, moved and contested, and overdue.
void play_past(Ward& ward, Instant now) {
  const Day second = Ward::before(now, 44), third = Ward::before(now, 27),
            fourth = Ward::before(now, 20);
  const auto on = [&](Day day, int after) {
    return at_local(day + reception_day * after, std::chrono::hours(15));
  };
  // Enough in one quarter for its numbers to be told, wherever the quarters lie.
  for (const int before : {72, 79, 86, 93, 100}) {
    const Day day = Ward::before(now, before);
    for (const Held& each : ward.receive(ward.one_day(day), 5)) ward.answer(each, on(day, 6));
  }
  auto all = ward.receive(ward.one_day(second), 5);
  for (std::size_t n = 0; n < all.size(); ++n) ward.answer(all[n], on(second, n == 4 ? 19 : 7));
  // Announced for another day, and moved; of three one says that the answer is none.
  const ReceptionId moved = ward.one_day(third);
  const auto act = ward.on_day(moved, on(third, -5));
  went(ward.database.write([&](db::Write& write) {
    return reception::move_day(write, act, at_local(fourth, std::chrono::hours(8)),
                               "Họp Hội đồng nhân dân bất thường cả ngày");
  }),
       "move");
  all = ward.receive(moved, 3);
  ward.answer(all[0], on(fourth, 5));
  ward.answer(all[1], on(fourth, 6));
  const reception::HolderAct says{people::Citizen(all[1].secret), *all[1].turn.code,
                                  ledger::draw(ward.random), on(fourth, 8)};
  went(ward.database.write([&](db::Write& write) {
    return reception::contest(write, says,
                              "Văn bản không nói bao giờ xong, cũng không nói ai làm.");
  }),
       "contest");
}

void play_not_held(Ward& ward, Instant now) {
  const Day stormy = Ward::before(now, 34), forgotten = Ward::before(now, 55);
  ward.one_day(forgotten);
  const ReceptionId id = ward.one_day(stormy);
  const auto act = ward.on_day(id, at_local(stormy - reception_day, std::chrono::hours(16)));
  went(ward.database.write([&](db::Write& write) {
    return reception::cancel_day(write, act, "Bão vào đất liền, thành phố cho nghỉ để chống bão");
  }),
       "cancel");
}

}  // namespace

void play_receptions(db::Database& database,
                     const SampleStaff& staff,
                     const std::vector<units::Unit>& wards,
                     Random& random,
                     Instant now) {
  using reception::Rhythm;
  const Day tomorrow = local_day(now) + reception_day;
  constexpr std::size_t wards_told = 4;
  bool is_first = true;
  for (std::size_t n = 0; n < std::min(wards_told, wards.size()); ++n) {
    const units::Unit& unit = wards[n];
    Ward ward{database, staff.team_for(unit.path), unit, random,
              "Chủ tịch Ủy ban nhân dân " + std::string(unit.type == "Xã" ? "xã" : "phường")};
    if (is_first) {
      play_past(ward, now);
      play_not_held(ward, now);
      ward.announce({.rhythm = Rhythm::weekly, .first = tomorrow, .weekday = 4, .months = 3}, now);
    } else {
      const Day day = Ward::before(now, 30);
      for (const Held& each : ward.receive(ward.one_day(day), 2))
        ward.answer(each, at_local(day + reception_day * 5, std::chrono::hours(15)));
      ward.announce({.rhythm = Rhythm::monthly, .first = tomorrow, .month_day = 15, .months = 6},
                    now);
    }
    is_first = false;
  }
  const auto city = database.read([&](db::Read& read) {
    const auto above = units::ancestors(read, wards.front());
    return above.empty() ? wards.front() : above.front();
  });
  Ward top{database, staff.team_for(city.path), city, random, "Chủ tịch Ủy ban nhân dân thành phố"};
  top.receive(top.one_day(Ward::before(now, 16)), 1, "answered");
  top.announce({.rhythm = Rhythm::monthly, .first = tomorrow, .month_day = 20, .months = 12}, now);
}

}  // namespace ln::app
