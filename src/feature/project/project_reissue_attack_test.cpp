// What whoever prints letters, or writes into the database, tries against a household, and what is
// left to it.
#include <doctest/doctest.h>

#include <string>

#include "test/project_lost.h"

namespace ln::project {

TEST_CASE("a parcel that was put right twice by two letters fits in whatever order they came") {
  Lost city;
  city.begin(2);
  REQUIRE(city.open_it("hoa", 60).ok());
  const auto first = city.ask_it(0, hidden_words);
  city.hand_over(0);
  city.own_it(0);
  const auto second = city.ask_it(0, "Xin xem lại diện tích thửa này.");
  REQUIRE(second.ok());
  // The later question is answered first.
  REQUIRE(city.answer_it(second.value(), city.larger(0)).ok());
  REQUIRE(city.answer_it(first.value(), city.larger(0)).ok());
  CHECK(city.faults().empty());
}

TEST_CASE("the earlier secret takes a letter back for thirty days, and does nothing else") {
  Lost city;
  city.begin(2);
  const std::string household = city.letters[0].secret;
  // Printed before a round opens, when nobody looks.
  city.hand_over(0);
  const std::string printed = city.letters[0].secret;
  REQUIRE(city.open_it("hoa", 60).ok());
  city.own_it(0);
  const auto theirs = city.ask_it(0, "Xin giảm diện tích thửa này đi.");
  REQUIRE(theirs.ok());
  CHECK(error_of(city.take_it_back(0, printed)) == "project.error.code_or_secret");
  CHECK(error_of(city.take_it_back(0, city.letters[0].secret)) == "project.error.code_or_secret");
  CHECK(error_of(city.take_it_back(0, city.letters[1].secret)) == "project.error.code_or_secret");
  city.now = *city.last_of(0).settled_at + a_day * 30 - std::chrono::milliseconds(1);
  const std::string thief = city.letters[0].secret;
  REQUIRE(city.take_it_back(0, household).ok());
  CHECK(error_of(city.take_it_back(0, household)) == "project.error.code_or_secret");
  CHECK_FALSE(city.opens(0, thief));
  CHECK_FALSE(city.opens(0, printed));
  CHECK(city.opens(0, household));
  CHECK(city.household(0).is_own);
  CHECK(city.last_of(0).state == LetterState::taken_back);
  city.letters[0].secret = household;
  CHECK(city.shown_to(0).empty());
  CHECK(error_of(city.ask_it(0, hidden_words)) == "fine");
  REQUIRE(city.answer_it(theirs.value()).ok());
  CHECK(city.faults().empty());
  CHECK(city.read(ledger::verify_all).empty());
  // Another one may be printed, and what the letter asked goes with the file.
  REQUIRE(city.print_again(0).ok());
  REQUIRE(city.stop_it(0).ok());
  REQUIRE(city.erase_it(0).ok());
  app::finish_erasures(city.database, city.now);
  CHECK(city.faults().empty());
  CHECK(city.read(ledger::verify_all).empty());
  Lost late;
  late.begin(1);
  const std::string before = late.letters[0].secret;
  late.hand_over(0);
  late.now = *late.last_of(0).settled_at + a_day * 30;
  CHECK(error_of(late.take_it_back(0, before)) == "project.error.code_or_secret");
}

TEST_CASE("a file is erased by a later letter only when no round is open") {
  Lost city;
  city.begin(2);
  REQUIRE(city.open_it("hoa", 60).ok());
  const auto waits = city.ask_it(0, hidden_words);
  REQUIRE(waits.ok());
  city.hand_over(0);
  city.own_it(0);
  city.now += a_day * 31;
  CHECK(error_of(city.erase_it(0)) == "project.error.letter_erases");
  REQUIRE(city.answer_it(waits.value()).ok());
  // Nothing waits any more, and it says the same: it does not tell.
  CHECK(error_of(city.erase_it(0)) == "project.error.letter_erases");
  city.now += a_day * 60;
  REQUIRE(city.close_it().ok());
  CHECK(error_of(city.erase_it(0)) == "fine");
  CHECK(city.faults().empty());
}

TEST_CASE("a file with more letters than were ever printed is not erased, and nothing breaks") {
  Lost city;
  city.begin(1);
  city.hand_over(0);
  city.own_it(0);
  city.write([&](db::Write& w) {
    for (int n = 0; n < 12; ++n)
      w.run(
          "INSERT INTO project_reissue (project_id, household_id, citizen_key, reason, asked_by, "
          "asked_at, works_at, line, state, settled_at) SELECT project_id, household_id, "
          "citizen_key, reason, asked_by, asked_at, works_at, line, state, settled_at "
          "FROM project_reissue WHERE id = 1");
  });
  city.now += a_day * 31;
  CHECK(error_of(city.erase_it(0)) == "project.error.changed");
  CHECK(city.faults().find("a letter that nobody asked for is there") != std::string::npos);
}

TEST_CASE("so many letters are printed again on a day, and the head reads how many") {
  Lost city;
  city.begin(6);
  for (std::size_t n = 0; n < 3; ++n) REQUIRE(city.print_again(n).ok());
  CHECK(error_of(city.print_again(3)) == "project.error.letters_today");
  city.now += a_day;
  CHECK(error_of(city.print_again(3)) == "fine");
  CHECK(letters_on_a_day(299) == 3);
  CHECK(letters_on_a_day(500) == 5);
  auto head = city.at_desk("hoa");
  head.get("/staff/projects/1");
  CHECK(head.shows("Số thư in lại cho các hộ: 4, trong đó 4 thư trong 30 ngày qua."));
  for (const char* login : {"thu", "nam"}) {
    auto other = city.at_desk(login);
    other.get("/staff/projects/1");
    CHECK_FALSE(other.shows("thư trong 30 ngày qua"));
  }
}

TEST_CASE("a letter that the ledger was not told of, or another key, comes into force for nobody") {
  Lost city;
  city.begin(4);
  const std::string planted = people::draw_secret(city.random);
  const std::string key = std::string(as_text(people::Citizen(planted).key().public_key()));
  REQUIRE(city.print_again(0).ok());
  const auto fair = city.print_again(1);
  const auto stopped = city.print_again(2);
  REQUIRE(city.stop_it(2).ok());
  city.write([&](db::Write& w) {
    w.run(
        "INSERT INTO project_reissue (project_id, household_id, citizen_key, reason, asked_by, "
        "asked_at, works_at, line) VALUES (1, $1, $2, 'x', 1, $3, $3, 3)",
        city.letters[3].household.id, db::Blob{as_bytes(key)}, city.now);
    w.run("UPDATE project_reissue SET citizen_key = $1 WHERE household_id = $2",
          db::Blob{as_bytes(key)}, city.letters[0].household.id);
    w.run("UPDATE project_reissue SET state = 'waiting', settled_at = NULL WHERE household_id = $1",
          city.letters[2].household.id);
  });
  const std::string said = city.faults();
  CHECK(said.find("a letter that nobody asked for is there") != said.npos);
  CHECK(said.find("a letter that was printed again is not the one that was asked") != said.npos);
  CHECK(said.find("a letter is not in the state that was told") != said.npos);
  city.now += a_day * 20;
  CHECK(city.pass() == 1);
  for (const std::size_t n : {0U, 2U, 3U}) CHECK(city.opens(n, city.letters[n].secret));
  CHECK_FALSE(city.opens(3, planted));
  CHECK_FALSE(city.opens(2, stopped.value()));
  CHECK(city.opens(1, fair.value()));
  // Nor is a file opened by a key that stands in it without a line.
  city.write([&](db::Write& w) {
    w.run("UPDATE project_household SET citizen_key = $1 WHERE id = $2", db::Blob{as_bytes(key)},
          city.letters[3].household.id);
  });
  CHECK(city.faults().find("a file is opened by another letter or key than told") !=
        std::string::npos);
}

TEST_CASE("a row that is no letter keeps no other letter waiting") {
  Lost city;
  city.begin(2);
  REQUIRE(city.print_again(0).ok());
  REQUIRE(city.print_again(1).ok());
  city.write([&](db::Write& w) {
    w.run("UPDATE project_reissue SET citizen_key = $1 WHERE household_id = $2",
          db::Blob{as_bytes(std::string_view("short"))}, city.letters[0].household.id);
    for (int n = 0; n < 250; ++n)
      w.run(
          "INSERT INTO project_reissue (project_id, household_id, citizen_key, reason, asked_by, "
          "asked_at, works_at, line) SELECT project_id, household_id, citizen_key, reason, "
          "asked_by, asked_at, works_at - 1000, line FROM project_reissue WHERE household_id = $1 "
          "ORDER BY id LIMIT 1",
          city.letters[0].household.id);
  });
  city.now += a_day * 20;
  CHECK(city.pass() == 1);
}

TEST_CASE("words that came back into an erased file, and questions of no letter, are found") {
  Lost city;
  city.begin(3);
  REQUIRE(city.open_it().ok());
  const auto gone = city.ask_it(0, hidden_words);
  const auto kept = city.ask_it(1, hidden_words);
  REQUIRE(city.answer_it(gone.value()).ok());
  REQUIRE(city.answer_it(kept.value()).ok());
  REQUIRE(city.erase_it(0).ok());
  app::finish_erasures(city.database, city.now);
  CHECK(city.faults().empty());
  city.write([&](db::Write& w) {
    w.run("UPDATE project_question SET answer = 'Đã hứa.' WHERE id = $1", gone.value().id);
    w.run(
        "INSERT INTO project_question (code, project_id, household_id, line_id, round, "
        "previous_id, body, asked_at, due_at, line, reissue_id) SELECT '33333333', project_id, "
        "household_id, line_id, round, 0, 'x', asked_at, due_at, line, 999 "
        "FROM project_question WHERE id = $1",
        kept.value().id);
    w.run("UPDATE project_question SET due_at = due_at + 86400000 WHERE id = $1", kept.value().id);
    w.run(
        "INSERT INTO project_round (project_id, number, opened_at, asks_until, opened_line) "
        "SELECT project_id, 2, opened_at, asks_until, 1 FROM project_round");
    w.run(
        "INSERT INTO project_price (project_id, number, code, name, price) "
        "VALUES (1, 1, 'ONT', 'Đất', 1)");
  });
  const std::string said = city.faults();
  for (const char* each :
       {"words stand in a file that was erased", "a question of a household was never told",
        "a question is not of the round or dates it was told",
        "something of a project is there and was never told"})
    CHECK_MESSAGE(said.find(each) != said.npos, each);
}

TEST_CASE("a household that is robbed while it reads is told, and takes the letter back") {
  Lost city;
  city.begin(2);
  const std::string earlier = city.letters[0].secret;
  auto household = city.browser("household");
  household.get(city.file_url(0)).fill("Mã bí mật", earlier).press("Mở hồ sơ");
  REQUIRE(household.shows("Chủ Hộ Kín1"));
  city.hand_over(0);
  household.press("Xóa hồ sơ");
  CHECK(household.shows("Mã này không mở hồ sơ được nữa"));
  household.get(city.file_url(0));
  CHECK(household.shows("Mã này không mở hồ sơ được nữa"));
  CHECK_FALSE(household.shows("Chủ Hộ Kín1"));
  household.press("Thu hồi thư in lại");
  REQUIRE(household.status() == 200);
  CHECK(household.shows("Chủ Hộ Kín1"));
  CHECK(household.shows("Thư in lại của hồ sơ này đã bị thu hồi"));
  auto bearer = city.browser("bearer");
  bearer.get(city.file_url(0)).fill("Mã bí mật", city.letters[0].secret).press("Mở hồ sơ");
  CHECK(bearer.shows("Thư này đã bị chặn"));
  CHECK(city.faults().empty());
}

}  // namespace ln::project
