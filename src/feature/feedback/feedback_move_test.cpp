#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <thread>
#include <vector>

#include "core/ledger/ledger_store.h"
#include "core/settings/settings_store.h"
#include "core/settings/settings_units.h"
#include "core/units/units_actions.h"
#include "core/units/units_actions_reorganise.h"
#include "core/units/units_store.h"
#include "feature/feedback/feedback_actions_move.h"
#include "feature/feedback/feedback_jobs_move.h"
#include "feature/feedback/feedback_store_move.h"
#include "test/city.h"

namespace ln::feedback {
namespace {

constexpr Day change_day{std::chrono::year(2026) / 12 / 1};
constexpr std::string_view list =
    "level,code,name,type,parent_code\n"
    "1,01,Thành phố Hà Nội,Thành,\n"
    "3,N1,Phường Bắc,Phường,01\n"
    "3,P2,Phường Nam,Phường,01\n";  // A code that is used again.
constexpr std::string_view split =
    "new_code,new_name,new_province,old_code,old_name,old_district,old_province,relation,note_vi,"
    "address\n"
    "N1,,,P1,,,,partial,Nhập một phần,\n"
    "P2,,,P1,,,,partial,Nhập một phần,phố Hàng Than; ngõ 5\n"
    "P2,,,P2,,,,full,Nhập toàn bộ,\n";
constexpr std::string_view merged =
    "new_code,new_name,new_province,old_code,old_name,old_district,old_province,relation,note_vi\n"
    "N1,,,P1,,,,full,x\nN1,,,P2,,,,full,x\nP2,,,,,,,new,x\n";

Typed about(const std::string& what, const std::string& unit, const std::string& place = "") {
  Typed typed;
  typed.about = what;
  typed.unit = unit;
  typed.place = place;
  typed.body = "Đèn đường ngõ 82 tắt ba tuần";
  return typed;
}

// The city on the last Monday of November; its wards change on 1 December.
struct Town : test::City {
  units::ReorganisationId event{};

  void announce(std::string_view mapping) {
    const auto announced = write([&](db::Write& w) {
      return units::announce(w,
                             {.day = change_day,
                              .name = "Sắp xếp",
                              .source = "Nghị quyết mẫu",
                              .list = list,
                              .mapping = mapping},
                             now);
    });
    REQUIRE(announced.ok());
    event = announced.value().event.id;
  }
  std::int64_t run() {
    std::int64_t done = 0;
    for (std::int64_t turn = 1; turn > 0; done += turn)
      turn = follow_reorganisation(database, random, now);
    return done;
  }
  // The day has come, and the job has run.
  void pass() {
    now = at_local(change_day) + std::chrono::hours(9);
    run();
  }
  std::string office(const Sent& sent) {
    return read([&](db::Read& r) { return units::find(r, current(sent).unit)->name; });
  }
  std::vector<Event> events(const Sent& sent) {
    return read([&](db::Read& r) { return events_of(r, sent.feedback.id); });
  }
  std::optional<Move> move(const Sent& sent) {
    return read([&](db::Read& r) { return find_move(r, sent.feedback.id, event); });
  }
  OfficerAct by(const std::string& login, const Sent& sent) {
    return {.officer = officer(login),
            .code = sent.feedback.code,
            .revision = current(sent).revision,
            .salts = ledger::draw(random),
            .now = now};
  }
};

TEST_CASE("an open case moves to the new unit with its clock, and the ledger tells from where") {
  Town town;
  town.add_staff("ward", people::Role::head, "P2");
  const auto sent = town.send(about("place", "P2"));
  const OfficerAct taking = town.by("ward", sent);
  REQUIRE(
      town.write([&](db::Write& w) { return assign(w, taking, town.accounts.at("ward").value); })
          .ok());
  const Feedback before = town.current(sent);
  town.announce(split);
  town.run();
  CHECK(town.office(sent) == "Phường Hai");  // Its day has not come.
  town.pass();
  const Feedback after = town.current(sent);
  CHECK(town.office(sent) == "Phường Nam");
  CHECK(after.due_at == before.due_at);
  CHECK(after.first_due_at == before.first_due_at);
  CHECK(after.state == State::assigned);
  CHECK(after.transfer_count == 0);
  CHECK(after.officer_id == before.officer_id);  // They work for the new unit now.
  const auto told = town.events(sent).back();
  CHECK(told.event == "transferred");
  CHECK(told.party == "clock");
  CHECK(told.reason == reason_reorganised);
  CHECK(told.text == "Phường Hai → Phường Nam");
  CHECK(told.unit == after.unit);
  REQUIRE(told.ledger_index.has_value());
  const auto entries = town.read(
      [&](db::Read& r) { return ledger::entries_of(r, {"feedback", sent.feedback.id.value}); });
  CHECK(entries.back().event == ledger::Event::transferred);
  CHECK(town.move(sent)->is_certain);
  // The officer of the new ward answers it.
  const OfficerAct act = town.by("ward", sent);
  CHECK(town.write([&](db::Write& w) {
              return answer(w, act,
                            {.text = "Chúng tôi đã thay bóng đèn và kiểm tra lại buổi tối.",
                             .outcome = Outcome::confirmed,
                             .evidence = "Biên bản ngày 1/12",
                             .files = {}});
            })
            .ok());
}

TEST_CASE("a job that has run finds nothing to do, and moves nothing twice") {
  Town town;
  const auto sent = town.send(about("place", "P2"));
  town.announce(split);
  town.pass();
  const std::size_t count = town.events(sent).size();
  CHECK(town.run() == 0);
  CHECK(town.events(sent).size() == count);
  CHECK(town.read([&](db::Read& r) { return units::find(r, town.event)->stage; }) ==
        units::Stage::done);
  CHECK(town.read([&](db::Read& r) { return count_moves(r, town.event).moved; }) == 1);
}

TEST_CASE("in the first hour of the day the job looks again for what came late") {
  Town town;
  town.announce(split);
  const auto prepared = town.prepare(about("place", "P2"));  // Before midnight …
  town.now = at_local(change_day) + std::chrono::minutes(1);
  town.run();
  const auto late =
      town.write([&](db::Write& w) { return submit(w, prepared.value(), town.now); });  // … after.
  REQUIRE(late.ok());
  town.run();
  CHECK(town.unit_of(*town.read([&](db::Read& r) { return find(r, late.value().feedback.id); })) ==
        "P2");
  CHECK(town.read([&](db::Read& r) { return count_moves(r, town.event).moved; }) == 1);
  CHECK(town.read([&](db::Read& r) { return units::find(r, town.event)->stage; }) ==
        units::Stage::moving);
  town.pass();
  CHECK(town.read([&](db::Read& r) { return units::find(r, town.event)->stage; }) ==
        units::Stage::done);
}

TEST_CASE("of a ward that was split the place decides, else a person; meanwhile the first named") {
  Town town;
  const auto by_rule = town.send(about("place", "P1", "Số 9 ngõ 5, gần chợ"));
  const auto open = town.send(about("place", "P1", "Gần chợ"));
  town.add_staff("tri", people::Role::triage, "P1");
  town.add_staff("khac", people::Role::triage, "P2");
  town.announce(split);
  town.pass();
  CHECK(town.office(by_rule) == "Phường Nam");
  CHECK(town.move(by_rule)->is_certain);
  CHECK(town.office(open) == "Phường Bắc");
  CHECK(town.move(open)->is_undetermined());
  const auto waiting =
      town.read([&](db::Read& r) { return undetermined_moves(r, town.event, FeedbackId{}, 10); });
  REQUIRE(waiting.size() == 1);
  CHECK(waiting[0].feedback == open.feedback.id);
  const auto candidates =
      town.read([&](db::Read& r) { return candidates_of(r, waiting[0], change_day); });
  REQUIRE(candidates.size() == 2);
  const units::Unit city = town.units.at("01");
  const auto settle = [&](const std::string& who, const units::Unit& to) -> std::string {
    const OfficerAct act = town.by(who, open);
    const auto done = town.write([&](db::Write& w) { return settle_move(w, act, town.event, to); });
    return done.ok() ? "settled" : std::string(done.error().text.name());
  };
  CHECK(settle("khac", candidates[1]) == "feedback.error.no_such_case");
  CHECK(settle("tri", city) == "feedback.error.unit_unfit");
  const Instant due = town.current(open).due_at;
  CHECK(settle("tri", candidates[1]) == "settled");
  CHECK(town.office(open) == "Phường Nam");
  CHECK(town.current(open).due_at == due);
  CHECK(town.current(open).transfer_count == 0);
  CHECK(town.move(open)->settled_by == town.accounts.at("tri").value);
  CHECK(settle("tri", candidates[0]) == "feedback.error.not_undetermined");
  CHECK(town.read([&](db::Read& r) { return count_moves(r, town.event).settled; }) == 1);
}

TEST_CASE("of a ward that was split the point on the map decides where the words say nothing") {
  const std::string mapping(
      "new_code,new_name,new_province,old_code,old_name,old_district,old_province,relation,note_vi,"
      "address,area\n"
      "N1,,,P1,,,,partial,Nhập một phần,,\"21.03 105.84,21.06 105.84,21.06 105.87,21.03 105.87\"\n"
      "P2,,,P1,,,,partial,Nhập một phần,phố Hàng Than,"
      "\"21.00 105.84,21.03 105.84,21.03 105.87,21.00 105.87\"\n"
      "P2,,,P2,,,,full,Nhập toàn bộ,,\n");
  Town town;
  Typed marked = about("place", "P1");
  marked.position = "21.01, 105.85";
  Typed told = about("place", "P1", "12 phố Hàng Than");
  told.position = "21.04, 105.85";
  Typed outside = about("place", "P1");
  outside.position = "21.20, 105.85";
  const auto south = town.send(marked), by_words = town.send(told), open = town.send(outside);
  town.announce(mapping);
  town.pass();
  CHECK(town.office(south) == "Phường Nam");
  CHECK(town.move(south)->is_certain);
  CHECK(town.office(by_words) == "Phường Nam");
  CHECK(town.office(open) == "Phường Bắc");
  CHECK(town.move(open)->is_undetermined());
}

TEST_CASE("what is closed stays under the old name; reopened, it goes to whoever took over") {
  Town town;
  const auto sent = town.send(about("place", "P2"));
  town.write([&](db::Write& w) {
    Feedback row = *find(w, sent.feedback.id);
    row.state = State::closed;
    row.closed_at = town.now;
    row.closed_by = "silence";
    row.answered_at = row.last_answered_at = town.now;
    REQUIRE(save(w, row));
  });
  town.announce(split);
  town.pass();
  CHECK(town.office(sent) == "Phường Hai");
  CHECK_FALSE(town.move(sent).has_value());
  CitizenAct act{.citizen = people::Citizen(sent.secret),
                 .code = sent.feedback.code,
                 .salts = ledger::draw(town.random),
                 .now = town.now,
                 .text = "Đèn lại tắt"};
  REQUIRE(town.write([&](db::Write& w) { return reopen(w, act); }).ok());
  CHECK(town.office(sent) == "Phường Nam");
  CHECK(town.move(sent)->is_certain);
}

TEST_CASE("roles follow to each successor; the old one stays for what was closed, none for above") {
  Town town;
  town.add_staff("dau", people::Role::head, "P1");
  town.add_staff("quay", people::Role::clerk, "Q1");  // A counter that ends with its ward.
  town.announce(split);
  town.pass();
  const auto places = [&](const std::string& login) {
    std::string all;
    town.read([&](db::Read& r) {
      for (const people::Grant& grant : people::grants(r, town.accounts.at(login)))
        all += units::find(r, grant.unit)->name + ";";
    });
    return all;
  };
  CHECK(places("dau") == "Phường Một;Phường Bắc;Phường Nam;");
  CHECK(places("quay") == "Điểm tiếp dân phường Một;");
}

TEST_CASE("whoever is complained about does not get the case by becoming part of another unit") {
  Town town;
  town.add_staff("bac", people::Role::head, "P1");
  const auto sent = town.send(about("conduct", "P2"));
  CHECK(town.office(sent) == "Thành phố Hà Nội");
  // As if it had been handed to the neighbours, who now become one with those complained about.
  town.write([&](db::Write& w) {
    Feedback row = *find(w, sent.feedback.id);
    row.unit = town.units.at("P1").id;
    row.unit_path = town.units.at("P1").path;
    REQUIRE(save(w, row));
  });
  town.announce(merged);
  town.pass();
  CHECK(town.office(sent) == "Thành phố Hà Nội");
  CHECK(town.current(sent).is_protected);
  town.add_staff("thanh", people::Role::head, "01");
  const units::Unit heir =
      *town.read([&](db::Read& r) { return units::find_on(r, "N1", change_day); });
  const OfficerAct act = town.by("thanh", sent);
  const auto handed =
      town.write([&](db::Write& w) { return transfer(w, act, heir, "Chuyển để xác minh"); });
  REQUIRE_FALSE(handed.ok());
  CHECK(handed.error().text.name() == "feedback.error.unit_accused");
}

TEST_CASE("what the command line announced is said in the public log once, by the job") {
  Town town;
  CHECK(say_reorganisations(town.database, town.now) == 0);
  town.announce(split);
  CHECK(say_reorganisations(town.database, town.now) == 1);
  CHECK(say_reorganisations(town.database, town.now) == 0);
  const auto said = town.read([](db::Read& r) {
    return settings::last_applied(r, settings::reorganisation_list, to_iso(change_day));
  });
  REQUIRE(said);
  CHECK(said->reason == "Sắp xếp");
}

TEST_CASE("of two nodes on one database one moves each case, and both find the event done") {
  if (!test::is_on_postgres()) return;  // A file has one server.
  const db::Options place = test::on_engine({.path = "two-nodes-move", .now = test::monday});
  db::Database one(place), other(place);
  SeededRandom random(7), elsewhere(8);
  constexpr std::size_t count = 600;
  const Result<Done> ready = one.write([&](db::Write& w) -> Result<Done> {
    TRY([[maybe_unused]] const std::size_t units,
        units::import_units(w,
                            "level,code,name,type,parent_code\n1,01,Thành phố Hà Nội,Thành,\n"
                            "3,P1,Phường Một,Phường,01\n3,P2,Phường Hai,Phường,01\n",
                            {Day{std::chrono::year(2018) / 1 / 1}}));
    TRY([[maybe_unused]] const auto announced, units::announce(w,
                                                               {.day = change_day,
                                                                .name = "Sắp xếp",
                                                                .source = "Nghị quyết mẫu",
                                                                .list = list,
                                                                .mapping = split},
                                                               test::monday));
    for (std::size_t i = 0; i < count; ++i) {
      TRY(const auto prepared,
          prepare(w, about("place", i % 2 == 0 ? "P1" : "P2"), random, test::monday));
      TRY([[maybe_unused]] const auto sent, submit(w, prepared, test::monday));
    }
    return Done{};
  });
  REQUIRE(ready.ok());
  const Instant then = at_local(change_day) + std::chrono::hours(9);
  const auto follow = [&](db::Database& database, Random& salts) {
    while (database.read(
        [&](db::Read& r) { return units::due_reorganisation(r, change_day).has_value(); }))
      follow_reorganisation(database, salts, then);
  };
  std::thread beside([&] { follow(other, elsewhere); });
  follow(one, random);
  beside.join();
  one.read([&](db::Read& r) {
    const auto number = [&](const db::Row& row) { return row.integer(0); };
    CHECK(r.one("SELECT count(*) FROM feedback_event WHERE event = 'transferred'", number) ==
          std::int64_t{count});
    CHECK(r.one("SELECT count(*) FROM ledger_entry WHERE event = 'transferred'", number) ==
          std::int64_t{count});
    CHECK(r.one("SELECT count(DISTINCT feedback_id) FROM feedback_move", number) ==
          std::int64_t{count});
  });
}

}  // namespace
}  // namespace ln::feedback
