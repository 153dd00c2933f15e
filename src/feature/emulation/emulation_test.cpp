// A model from its registration to its verdict, through rules, actions and pages.
#include "feature/emulation/emulation.h"

#include <doctest/doctest.h>

#include <string>

#include "core/ledger/ledger_verify.h"
#include "feature/emulation/emulation_actions.h"
#include "test/project_ground.h"

namespace ln::emulation {
namespace {

using project::a_day;
using project::error_of;

constexpr int begins_after = 20, compared = 30;  // days
const std::string enough = "Trực thêm buổi tối, mỗi việc có một người nhận và một ngày xong.";

// Ward one has a model that begins in twenty days; cases of both stretches can be planted.
struct Ward : project::Ground {
  ModelId model{};

  Ward() {
    write([&](db::Write& w) {
      add_account(w, "sup", "Giám sát Sen", people::Role::supervisor, "01");
      add_account(w, "both", "Hai Vai", people::Role::supervisor, "01");
      REQUIRE(people::grant(w, people::AccountId{accounts.at("both")}, people::Role::handler,
                            units.at("P1").id, now)
                  .ok());
    });
    announce_it();  // line 0 of the ledger tells of it
  }
  Typed typed_model() const {
    return {.field = Field::politics,
            .name_vi = "Trả lời dân trong ngày ở phường Một",
            .task = "Trả lời phản ánh đúng hạn: mỗi việc một người nhận, một ngày xong.",
            .place = "Phường Một",
            .launched_by = "Ban Dân vận Thành ủy",
            .metric = Metric::on_time,
            .begins_on = local_day(test::monday) + a_day * begins_after,
            .days = compared};
  }
  Result<Registration> try_prepare(const std::string& login,
                                   const Typed& typed,
                                   const char* unit = "P1") {
    const auto who = officer(login);
    return read([&](db::Read& r) { return prepare(r, who, units.at(unit), typed, random, now); });
  }
  void register_it() {
    const auto made = try_prepare("hoa", typed_model());
    REQUIRE(made.ok());
    const auto done = write([&](db::Write& w) { return enter(w, made.value()); });
    REQUIRE(done.ok());
    model = done.value().id;
  }
  // So many cases of today, of which so many were answered on time and the others late.
  void plant(int count, int on_time, const char* unit = "P1") {
    for (int n = 0; n < count; ++n) {
      feedback::Typed typed;
      typed.about = "place";
      typed.unit = unit;
      typed.title = "Đèn đường hỏng ngõ 12";
      typed.body = "Ba tuần nay đèn ngõ 12 không sáng, tối đi rất sợ.";
      typed.is_public = false;
      const auto sent = send(typed);
      const Instant at = n < on_time ? sent.first_due_at : sent.first_due_at + a_day;
      write([&](db::Write& w) {
        w.run("UPDATE feedback SET answered_at = $2 WHERE id = $1", sent.id, at);
      });
    }
  }
  // Both stretches, with `before` and `after` of forty cases on time; then its days are over.
  void live_through(int before, int after) {
    now = test::monday + a_day * 5;
    plant(40, before);
    plant(12, 6, "P2");
    now = test::monday + a_day * (begins_after + 5);
    plant(40, after);
    plant(12, 6, "P2");
    now = test::monday + a_day * (begins_after + compared + judged_days);
  }
  OfficerAct by(const std::string& login) {
    return {.officer = officer(login), .id = model, .salts = ledger::draw(random), .now = now};
  }
  Result<Claim> claim_it(const std::string& lines = "0", const std::string& login = "hoa") {
    const OfficerAct doing = by(login);
    TRY(const Claim measured, read([&](db::Read& r) { return measure(r, doing); }));
    return write([&](db::Write& w) { return claim(w, doing, measured, enough, lines); });
  }
  Result<Event> judge_it(bool confirms, const std::string& login = "sup") {
    const std::string token = login + " judges at " + std::to_string(to_ms(now));
    write([&](db::Write& w) {
      if (!people::find_session(w, people::hash_of(token)))
        REQUIRE(people::open_session(w, people::AccountId{accounts.at(login)}, token, now).ok());
    });
    const auto staff = read(
        [&](db::Read& r) { return people::SignIn::staff_of(r, people::hash_of(token), now, now); });
    const SupervisorAct doing{.supervisor = *people::Supervisor::of(*staff),
                              .id = model,
                              .salts = ledger::draw(random),
                              .now = now};
    return write([&](db::Write& w) { return judge(w, doing, confirms, enough); });
  }
};

}  // namespace

TEST_CASE("a claim is better only when the interval says so, and few cases say nothing") {
  const auto reading = [](Metric metric, stats::Share before, stats::Share after) {
    return reading_of(metric, {.before = before, .after = after});
  };
  CHECK(reading(Metric::on_time, {20, 40}, {36, 40}) == Reading::better);
  CHECK(reading(Metric::on_time, {36, 40}, {20, 40}) == Reading::worse);
  CHECK(reading(Metric::on_time, {20, 40}, {23, 40}) == Reading::no_change);
  CHECK(reading(Metric::reopened, {20, 40}, {4, 40}) == Reading::better);
  CHECK(reading(Metric::reopened, {4, 40}, {20, 40}) == Reading::worse);
  CHECK(reading(Metric::on_time, {0, 9}, {40, 40}) == Reading::too_few);
  CHECK(reading(Metric::on_time, {0, 40}, {9, 9}) == Reading::too_few);
  CHECK(read_lines(" 12, 7 12;3") == std::vector<std::int64_t>{3, 7, 12});
  for (const char* wrong : {"", " ", "x", "1 -2", "1.5"}) CHECK_FALSE(read_lines(wrong));
}

TEST_CASE(
    "a model is registered before it begins, by who heads the unit, with what will be measured") {
  Ward ward;
  CHECK(error_of(ward.try_prepare("nam", ward.typed_model())) == "emulation.error.not_head");
  CHECK(error_of(ward.try_prepare("hai", ward.typed_model())) == "emulation.error.not_head");
  Typed today = ward.typed_model();
  today.begins_on = local_day(ward.now);
  CHECK(error_of(ward.try_prepare("hoa", today)) == "emulation.error.begins_on");
  const auto refused = ward.try_prepare("hoa", {});
  REQUIRE_FALSE(refused.ok());
  std::string fields;
  for (const FieldError& each : refused.error().fields) fields += each.field + " ";
  CHECK(fields == "name_vi field task place launched_by metric begins_on days ");
  ward.register_it();
  CHECK(error_of(ward.claim_it()) == "emulation.error.early");
  // The last case has its age on this day, not before.
  ward.now = test::monday + a_day * (begins_after + compared + judged_days - 1);
  CHECK(error_of(ward.claim_it()) == "emulation.error.early");
}

TEST_CASE("nobody registers many models and claims the best") {
  Ward ward;
  ward.register_it();
  Typed second = ward.typed_model();
  second.name_vi = "Trả lời dân trong tuần ở phường Một";
  second.begins_on = *second.begins_on + a_day * 60;
  CHECK(error_of(ward.try_prepare("hoa", second)) == "emulation.error.open");
  // The city counts the cases of its wards, and the ward's count again in the city's.
  second.begins_on = *ward.typed_model().begins_on + a_day * 59;
  CHECK(error_of(ward.try_prepare("thanh", second, "01")) == "emulation.error.overlap");
  second.begins_on = *ward.typed_model().begins_on + a_day * 60;
  CHECK(error_of(ward.try_prepare("thanh", second, "01")) == "fine");
  CHECK(error_of(ward.try_prepare("hai", ward.typed_model(), "P2")) == "fine");
  second.begins_on = ward.typed_model().begins_on;
  second.metric = Metric::solved;
  const auto other = ward.try_prepare("hoa", second);
  REQUIRE(other.ok());
  // Two who registered at the same time: the later one is told.
  const auto twin = ward.try_prepare("hoa", [&] {
    Typed typed = second;
    typed.name_vi = "Một mô hình khác của phường Một";
    return typed;
  }());
  REQUIRE(ward.write([&](db::Write& w) { return enter(w, other.value()); }).ok());
  CHECK(error_of(ward.write([&](db::Write& w) { return enter(w, twin.value()); })) ==
        "emulation.error.open");
  ward.live_through(20, 36);
  REQUIRE(ward.claim_it().ok());
  Typed next = ward.typed_model();
  next.begins_on = local_day(ward.now) + a_day;
  next.days = 60;
  CHECK(error_of(ward.try_prepare("hoa", next)) == "emulation.error.overlap");
  next.days = 30;
  CHECK(error_of(ward.try_prepare("hoa", next)) == "fine");
}

TEST_CASE("each case is judged as it stood thirty days after it came in") {
  Ward ward;
  ward.plant(12, 12);
  const Day today = local_day(ward.now);
  const auto counted = [&](Metric metric) {
    const stats::Share own = ward.read([&](db::Read& r) {
      return count(r, metric, ward.units.at("P1").path, today, today + a_day).own;
    });
    return std::to_string(own.part) + "/" + std::to_string(own.whole);
  };
  // Each after so many days and a millisecond more or less.
  const auto answered_after = [&](std::int64_t days, std::int64_t more) {
    ward.write([&](db::Write& w) {
      w.run("UPDATE feedback SET answered_at = received_at + $1, first_due_at = received_at + $2",
            days * 86'400'000 + more, std::int64_t{10 * 86'400'000});
    });
  };
  const auto closed_after = [&](std::int64_t days, std::int64_t more) {
    ward.write([&](db::Write& w) {
      w.run(
          "UPDATE feedback SET state = 'closed', closed_by = 'citizen', "
          "closed_at = received_at + $1",
          days * 86'400'000 + more);
    });
  };
  answered_after(10, 0);
  CHECK(counted(Metric::on_time) == "12/12");
  answered_after(10, 1);
  CHECK(counted(Metric::on_time) == "0/12");
  CHECK(counted(Metric::solved) == "0/12");
  // Answered when it has that age: late all the same, and neither solved nor reopened.
  answered_after(judged_days, 0);
  CHECK(counted(Metric::on_time) == "0/12");
  CHECK(counted(Metric::solved) == "0/0");
  answered_after(1, 0);
  closed_after(judged_days, 0);
  CHECK(counted(Metric::solved) == "0/12");
  closed_after(judged_days, -1);
  CHECK(counted(Metric::solved) == "12/12");
  ward.write([](db::Write& w) {
    w.run(
        "INSERT INTO satisfaction_rating (feedback_id, unit_id, score, solved, sender, first_at, "
        "changed_at) SELECT id, unit_id, 5, 'yes', sender, received_at + 1, received_at + 1 "
        "FROM feedback");
  });
  CHECK(counted(Metric::satisfied) == "12/12");
  // Rated anew since: what it was at that age is not kept.
  ward.write([](db::Write& w) {
    w.run("UPDATE satisfaction_rating SET changed_at = first_at + 2592000000");
  });
  CHECK(counted(Metric::satisfied) == "0/0");
}

TEST_CASE("what the figures show is confirmed by who is independent, and taken up by others") {
  Ward ward;
  ward.register_it();
  ward.live_through(20, 36);
  CHECK(error_of(ward.claim_it("0", "nam")) == "emulation.error.none");
  CHECK(error_of(ward.claim_it("0", "hai")) == "emulation.error.none");
  CHECK(error_of(ward.claim_it("none")) == "emulation.error.lines");
  CHECK(error_of(ward.claim_it("5")) == "emulation.error.line");  // of somebody's case
  CHECK(error_of(ward.judge_it(true)) == "emulation.error.not_now");
  const auto claimed = ward.claim_it();
  REQUIRE(claimed.ok());
  CHECK(claimed.value().before.part == 20);
  CHECK(claimed.value().before.whole == 40);
  CHECK(claimed.value().after.part == 36);
  CHECK(claimed.value().city_after.whole == 12);
  CHECK(claimed.value().ledger_size > 0);
  CHECK(error_of(ward.claim_it()) == "emulation.error.not_now");
  CHECK(error_of(ward.judge_it(true, "both")) == "emulation.error.not_independent");
  Typed adopt = ward.typed_model();
  adopt.adopted_from = ward.model;
  adopt.begins_on = local_day(ward.now) + a_day * 3;
  CHECK(error_of(ward.try_prepare("hai", adopt, "P2")) == "emulation.error.adopted");
  REQUIRE(ward.judge_it(true).ok());
  CHECK(error_of(ward.judge_it(false)) == "emulation.error.not_now");
  CHECK(error_of(ward.try_prepare("hoa", adopt)) == "emulation.error.adopted");
  const auto other = ward.try_prepare("hai", adopt, "P2");
  REQUIRE(other.ok());
  REQUIRE(ward.write([&](db::Write& w) { return enter(w, other.value()); }).ok());
  CHECK(ward.read(ledger::verify_all).empty());

  auto anybody = ward.browser("nobody");
  anybody.get("/emulation");
  CHECK(anybody.shows("Được xác nhận"));
  CHECK(anybody.shows("Tiêu chí xem xét"));
  anybody.get("/emulation/1");
  CHECK(anybody.shows("Con số tốt lên rõ rệt."));
  CHECK(anybody.shows("20 trong 40"));
  CHECK(anybody.shows("36 trong 40"));
  CHECK(anybody.shows("Đơn vị khác làm theo, tự đo"));
  // What the claim points at is named, and leads to where everybody reads it.
  CHECK(anybody.shows("Dự án, "));
  CHECK(anybody.body().find("href=\"/projects/1\"") != std::string::npos);
  anybody.get("/en/emulation/1");
  CHECK(anybody.shows("The figure is clearly better."));
  CHECK(anybody.shows("Project, "));
}

TEST_CASE(
    "where no change can be concluded nothing can be confirmed, and the unit may only reply") {
  Ward ward;
  ward.register_it();
  ward.live_through(20, 23);
  CHECK(error_of([&] {
          const OfficerAct doing = ward.by("hoa");
          return ward.write([&](db::Write& w) { return reply(w, doing, enough); });
        }()) == "emulation.error.not_now");
  REQUIRE(ward.claim_it().ok());
  CHECK(error_of(ward.judge_it(true)) == "emulation.error.not_shown");
  REQUIRE(ward.judge_it(false).ok());
  const OfficerAct doing = ward.by("hoa");
  REQUIRE(ward.write([&](db::Write& w) { return reply(w, doing, enough); }).ok());
  auto anybody = ward.browser("nobody");
  anybody.get("/emulation/1");
  CHECK(anybody.shows("Không thể kết luận là có thay đổi."));
  CHECK(anybody.shows("Bị bác"));
  CHECK(anybody.shows("Đơn vị trả lời"));
  // Around the actions, as a clerk with a database console would.
  CHECK_THROWS(ward.write(
      [](db::Write& w) { w.run("UPDATE emulation_claim SET after_part = after_whole"); }));
  CHECK_THROWS(ward.write(
      [](db::Write& w) { w.run("DELETE FROM emulation_event WHERE kind = 'refuted'"); }));
  CHECK_THROWS(
      ward.write([](db::Write& w) { w.run("UPDATE emulation_model SET metric = 'solved'"); }));
}

TEST_CASE("too few cases print no figure") {
  Ward ward;
  ward.register_it();
  ward.now = test::monday + a_day * 5;
  ward.plant(9, 1);
  ward.now = test::monday + a_day * (begins_after + 5);
  ward.plant(40, 40);
  ward.now = test::monday + a_day * (begins_after + compared + judged_days);
  const auto claimed = ward.claim_it();
  REQUIRE(claimed.ok());
  // What is withheld is not kept, and the ledger commits to that word: nine cases have ten results.
  const auto kept = ward.read([&](db::Read& r) { return claim_of(r, ward.model); });
  CHECK(kept->before.whole == 0);
  CHECK(kept->after.whole == 40);
  CHECK(statement_of(claimed.value()).starts_with("withheld 40/40 withheld withheld "));
  auto anybody = ward.browser("nobody");
  anybody.get("/emulation/1");
  CHECK(anybody.shows("Quá ít việc để so sánh"));
  CHECK_FALSE(anybody.shows("trong 9"));
  CHECK(error_of(ward.judge_it(true)) == "emulation.error.not_shown");
}

TEST_CASE("a model is registered, claimed and judged on pages") {
  Ward ward;
  auto head = ward.at_desk("hoa");
  head.get("/staff/emulation/new")
      .fill("name_vi", "Trả lời dân trong ngày ở phường Một")
      .choose("Xây dựng hệ thống chính trị", "field")
      .fill("task", "Trả lời phản ánh đúng hạn: mỗi việc một người nhận.")
      .fill("place", "Phường Một")
      .fill("launched_by", "Ban Dân vận Thành ủy")
      .choose("Tỷ lệ trả lời đúng hạn", "metric")
      .press("Đăng ký");
  CHECK(head.status() == 422);
  head.fill("begins_on", to_iso(local_day(ward.now) + a_day * begins_after))
      .choose("30 ngày", "days")
      .press("Đăng ký");
  REQUIRE(head.status() == 200);
  CHECK(head.shows("Chưa báo kết quả."));
  ward.live_through(20, 36);
  auto later = ward.at_desk("hoa");
  later.get("/staff/emulation/1").fill("text", enough).fill("lines", "9999").press("Báo kết quả");
  CHECK(later.status() == 422);
  later.fill("lines", "0").press("Báo kết quả");
  REQUIRE(later.status() == 200);
  ward.write([&](db::Write& w) {
    REQUIRE(people::open_session(w, people::AccountId{ward.accounts.at("sup")}, "sup now", ward.now)
                .ok());
  });
  auto supervisor = ward.browser("sup");
  supervisor.set_cookie(std::string(people::session_cookie), "sup now");
  supervisor.get("/staff/supervision/models").follow("Trả lời dân trong ngày");
  supervisor.fill("text", enough).press("Ghi kết luận");
  CHECK(supervisor.status() == 422);
  supervisor.choose("Xác nhận", "verdict").press("Ghi kết luận");
  REQUIRE(supervisor.status() == 200);
  CHECK(supervisor.shows("Được xác nhận"));
}

}  // namespace ln::emulation
