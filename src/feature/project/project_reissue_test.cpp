// A lost letter that is printed again, and the official who prints one to read or silence a
// household.
#include <doctest/doctest.h>

#include <regex>
#include <string>

#include "app/erasure.h"
#include "core/ledger/ledger_store.h"
#include "core/ledger/ledger_verify.h"
#include "feature/project/project_actions_reissue.h"
#include "feature/project/project_jobs.h"
#include "feature/project/project_store_check.h"
#include "test/project_ground.h"

namespace ln::project {
namespace {

constexpr const char* good_reason = "Chủ hộ báo mất thư, đã xem căn cước và sổ đỏ.";
constexpr const char* hidden_words = "Nhà tôi đo thiếu mất sân sau kín.";

struct Lost : Ground {
  // Prints another letter for household `n` (from 0); gives its secret.
  Result<std::string> print_again(std::size_t n,
                                  const std::string& reason = good_reason,
                                  const std::string& as = "thu") {
    const std::string secret = people::draw_secret(random);
    const OfficeAct doing = act(as);
    const Asked asked{.number = "H-" + std::to_string(n + 1),
                      .reason = reason,
                      .key = people::Citizen(secret).key().public_key()};
    TRY(const Printed made, write([&](db::Write& w) { return reissue(w, doing, asked); }));
    CHECK(made.household.id == letters[n].household.id);
    return secret;
  }
  Result<Done> stop_it(std::size_t n) {
    const HouseholdAct doing = by(n);
    const auto all = read([&](db::Read& r) { return reissues_of(r, letters[n].household.id); });
    const Instant asked_at = all.empty() ? now : all.back().asked_at;
    return write([&](db::Write& w) { return stop_letter(w, doing, asked_at); });
  }
  // Who held household `n`'s letter before, with `secret`, takes the one in force back.
  Result<Done> take_it_back(std::size_t n, const std::string& secret) {
    HouseholdAct doing = by(n, secret);
    doing.more = draw_more(random);
    return write([&](db::Write& w) { return take_back(w, doing); });
  }
  Result<Household> erase_it(std::size_t n) {
    HouseholdAct gone = by(n);
    gone.more = draw_more(random);
    return write([&](db::Write& w) { return erase(w, gone); });
  }
  std::string faults() {
    std::string all;
    for (const ledger::Fault& each : read(unfit_texts)) all += each.what + "\n";
    return all;
  }
  std::int64_t pass() { return put_letters_in_force(database, random, now); }
  Reissue last_of(std::size_t n) {
    return read([&](db::Read& r) { return reissues_of(r, letters[n].household.id); }).back();
  }
  Household household(std::size_t n) {
    return *read([&](db::Read& r) { return find_household(r, letters[n].household.id); });
  }
  std::vector<Question> shown_to(std::size_t n) {
    return read([&](db::Read& r) { return questions_of(r, household(n)); });
  }
  bool opens(std::size_t n, const std::string& secret) {
    return read([&](db::Read& r) {
      return open_file(r, people::Citizen(secret), *letters[n].household.code).ok();
    });
  }
  // Household `n` holds a letter that was printed again and works.
  void hand_over(std::size_t n) {
    const auto secret = print_again(n);
    REQUIRE(secret.ok());
    now = last_of(n).works_at;
    REQUIRE(pass() == 1);
    letters[n].secret = secret.value();
  }
};

std::string bare_file(const std::string& body) {
  static const std::regex noise(
      R"re((name="csrf" value="[^"]*")|(GP-\w{4}-\w{4})|(/files/\w{8})|([0-9A-Za-z+/=_-]{24,}))re");
  return std::regex_replace(body, noise, "#");
}

}  // namespace

TEST_CASE("a letter printed again works after five working days, and the earlier secret stops") {
  Lost city;
  city.begin(3);
  const std::string before = city.letters[0].secret;
  const auto secret = city.print_again(0);
  REQUIRE(secret.ok());
  const Reissue letter = city.last_of(0);
  CHECK(to_iso(local_day(letter.asked_at)) == "2026-11-24");
  CHECK(to_iso(local_day(letter.works_at)) == "2026-12-01");
  CHECK(city.opens(0, before));
  CHECK_FALSE(city.opens(0, secret.value()));
  city.now = letter.works_at - std::chrono::milliseconds(1);
  CHECK(city.pass() == 0);
  CHECK(city.opens(0, before));
  city.now = letter.works_at;
  CHECK(city.pass() == 1);
  CHECK(city.pass() == 0);
  CHECK_FALSE(city.opens(0, before));
  CHECK(city.opens(0, secret.value()));
  CHECK_FALSE(city.household(0).is_own);
  CHECK(error_of(city.stop_it(0)) == "project.error.code_or_secret");
  CHECK(city.read(ledger::verify_all).empty());
  CHECK(city.read(unfit_texts).empty());
}

TEST_CASE("who holds the earlier secret stops the letter with one press, and twice is once") {
  Lost city;
  city.begin_printed(2);
  CHECK(error_of(city.stop_it(0)) == "project.error.no_letter");
  const auto secret = city.print_again(0);
  REQUIRE(secret.ok());
  REQUIRE(city.stop_it(0).ok());
  REQUIRE(city.stop_it(0).ok());
  CHECK(city.last_of(0).state == LetterState::stopped);
  city.now += a_day * 20;
  CHECK(city.pass() == 0);
  CHECK_FALSE(city.opens(0, secret.value()));
  CHECK(city.opens(0, city.letters[0].secret));
  std::string lines;
  for (const auto& each : city.read([&](db::Read& r) {
         return ledger::entries_of(r, {"project_household", city.letters[0].household.id.value});
       }))
    lines += std::string(to_text(each.event)) + " " + std::string(to_text(each.party)) + "\n";
  CHECK(lines == "received office\nasked office\ncontested citizen\n");
}

TEST_CASE("only a clerk who answers nothing prints a letter again, with a reason, for a file") {
  Lost city;
  city.begin(3);
  for (const char* login : {"hoa", "nam", "tri", "hai", "thanh"})
    CHECK(error_of(city.print_again(0, good_reason, login)) == "project.error.none");
  CHECK(error_of(city.print_again(0, "mất thư")) == "project.error.short");
  CHECK(error_of(city.print_again(0, std::string(reason_chars_max + 1, 'a'))) ==
        "project.error.long");
  const OfficeAct doing = city.act("thu");
  CHECK(error_of(city.write([&](db::Write& w) {
          return reissue(w, doing, {.number = "", .reason = good_reason, .key = {}});
        })) == "project.error.letter_number");
  // Who prints a letter again answers nothing in this project from then on.
  city.write([&](db::Write& w) {
    city.add_account(w, "two", "Hai Tay", people::Role::clerk, "P1");
    REQUIRE(people::grant(w, people::AccountId{city.accounts.at("two")}, people::Role::handler,
                          city.units.at("P1").id, city.now)
                .ok());
  });
  REQUIRE(city.open_it().ok());
  const auto q = city.ask_it(1, hidden_words);
  REQUIRE(city.print_again(0, good_reason, "two").ok());
  CHECK(error_of(city.answer_it(q.value(), {}, "two")) == "project.error.none");
  CHECK(error_of(city.answer_it(q.value())) == "fine");
}

TEST_CASE("another letter comes after thirty days, whatever became of the last one") {
  for (const bool is_stopped : {false, true}) {
    CAPTURE(is_stopped);
    Lost city;
    city.begin(2);
    REQUIRE(city.print_again(0).ok());
    if (is_stopped) REQUIRE(city.stop_it(0).ok());
    city.now += a_day * 29;
    city.pass();
    CHECK(error_of(city.print_again(0)) == "project.error.letter_soon");
    REQUIRE(city.print_again(1).ok());
    city.now += a_day;
    CHECK(error_of(city.print_again(0)) == "fine");
  }
}

TEST_CASE("a stolen letter reads nothing that was asked before; only a corrected parcel tells") {
  Lost asked, silent;
  for (Lost* city : {&asked, &silent}) {
    city->begin(3);
    REQUIRE(city->open_it("hoa", 60).ok());
  }
  const auto first = asked.ask_it(0, hidden_words);
  REQUIRE(asked.answer_it(first.value(), asked.larger(0)).ok());
  const auto waits = asked.ask_it(0, "Vẫn thiếu hai mét, câu kín này chờ.");
  REQUIRE(waits.ok());
  for (Lost* city : {&asked, &silent}) city->hand_over(0);
  CHECK(asked.shown_to(0).empty());
  const auto file_of = [](Lost& city, const std::string& more) {
    auto thief = city.browser("thief");
    thief.get(city.file_url(0)).fill("Mã bí mật", city.letters[0].secret).press("Mở hồ sơ");
    REQUIRE(thief.status() == 200);
    if (!more.empty()) thief.get(city.file_url(0) + more);
    return thief.body();
  };
  const std::string page = file_of(asked, "");
  CHECK(page.find("kín") == page.npos);
  CHECK(page.find(good_words) == page.npos);
  CHECK(page.find(first.value().code->shown()) == page.npos);
  // The area was put right meanwhile and stands as it is: who has the letter of before sees by it
  // that something was asked (decision 47). Beside it the pages are the same.
  const std::regex amounts(R"re([0-9][0-9.,]*)re");
  CHECK(std::regex_replace(bare_file(page), amounts, "#") ==
        std::regex_replace(bare_file(file_of(silent, "")), amounts, "#"));
  // The receipts are of the letter's own chain, which begins at nothing.
  const std::string proofs = file_of(asked, "/receipts");
  CHECK(proofs.find(hidden_words) == proofs.npos);
  CHECK(asked
            .read([&](db::Read& r) {
              return ledger::entries_of(
                  r, chain_of(asked.letters[0].household.id, asked.last_of(0).id));
            })
            .front()
            .seq == 0);
  // Nor does asking tell: the line takes a question although an earlier one waits.
  for (Lost* city : {&asked, &silent}) {
    city->own_it(0);
    CHECK(error_of(city->ask_it(0, "Xin xem lại diện tích thửa này.")) == "fine");
    CHECK(city->shown_to(0).size() == 1);
    CHECK(city->shown_to(0).front().previous.value == 0);
  }
}

TEST_CASE("a stolen letter silences nobody: what was asked before is answered and counted") {
  Lost city;
  city.begin(32);
  REQUIRE(city.open_it("hoa", 10).ok());
  std::vector<Question> asked;
  for (std::size_t n = 0; n < 11; ++n) asked.push_back(city.ask_it(n, hidden_words).value());
  city.hand_over(0);
  city.own_it(0);
  // Not erased either, before everything that was asked is long due.
  HouseholdAct gone = city.by(0);
  gone.more = draw_more(city.random);
  CHECK(error_of(city.write([&](db::Write& w) { return erase(w, gone); })) ==
        "project.error.letter_erases");
  for (const Question& each : asked) REQUIRE(city.answer_it(each).ok());
  // The answer stands in the chain of who asked.
  const auto lines = city.read([&](db::Read& r) {
    return ledger::entries_of(r, {"project_household", city.letters[0].household.id.value});
  });
  CHECK(lines.back().event == ledger::Event::answered);
  city.now += a_day * 14;
  const auto closed = city.close_it();
  REQUIRE(closed.ok());
  CHECK(closed.value().raised == 11);
  CHECK(city.read(ledger::verify_all).empty());
  CHECK(city.read(unfit_texts).empty());
}

TEST_CASE("an erased file takes all letters and what each of them asked with it") {
  Lost city;
  city.begin(3);
  REQUIRE(city.open_it().ok());
  REQUIRE(city.answer_it(city.ask_it(0, hidden_words).value()).ok());
  city.hand_over(0);
  const ReissueId first = city.last_of(0).id;
  city.now += a_day * 31;
  REQUIRE(city.close_it().ok());
  city.hand_over(0);
  city.own_it(0);
  city.now += a_day * 31;
  REQUIRE(city.print_again(0).ok());
  HouseholdAct gone = city.by(0);
  gone.more = draw_more(city.random);
  REQUIRE(city.write([&](db::Write& w) { return erase(w, gone); }).ok());
  app::finish_erasures(city.database, city.now);
  const auto id = city.letters[0].household.id;
  for (const Reissue& each : city.read([&](db::Read& r) { return reissues_of(r, id); }))
    CHECK(each.reason.empty());
  CHECK(city.last_of(0).state == LetterState::erased);
  for (const ReissueId letter : {ReissueId{}, first, city.household(0).letter})
    CHECK_FALSE(
        city.read([&](db::Read& r) { return ledger::case_key_of(r, chain_of(id, letter)); }));
  city.now += a_day * 9;
  CHECK(city.pass() == 0);
  CHECK(city.read([](db::Read& r) {
    return *r.one("SELECT count(*) FROM project_question WHERE body <> ''",
                  [](const db::Row& row) { return row.integer(0); });
  }) == 0);
  CHECK(city.read(ledger::verify_all).empty());
  CHECK(city.read(unfit_texts).empty());
}

TEST_CASE(
    "edited words of a letter and of what was asked by it are found, and erased ones are none") {
  Lost city;
  city.begin(3);
  REQUIRE(city.open_it("hoa", 80).ok());
  REQUIRE(city.answer_it(city.ask_it(0, hidden_words).value(), city.larger(0)).ok());
  city.hand_over(0);
  city.own_it(0);
  const auto again = city.ask_it(0, "Xin xem lại diện tích thửa này.");
  REQUIRE(city.answer_it(again.value(), city.larger(0)).ok());
  CHECK(city.read(unfit_texts).empty());
  const auto said = [&] {
    std::string all;
    for (const ledger::Fault& each : city.read(unfit_texts)) all += each.what + "\n";
    return all;
  };
  city.write([&](db::Write& w) {
    w.run("UPDATE project_reissue SET reason = 'Chủ hộ tự nguyện.'");
    w.run("UPDATE project_question SET answer = 'Đã đồng ý.' WHERE id = $1", again.value().id);
    w.run("UPDATE project_correction SET area_after = area_after - 1 WHERE question_id = 1");
    w.run("UPDATE project_household SET holder = 'Người Khác' WHERE id = 2");
    w.run("UPDATE project_line SET area = area - 1 WHERE household_id = 3");
  });
  CHECK(said() ==
        "a parcel is not what its answers made of it\n"
        "an answer to a household is not the one that was given\n"
        "a letter that was printed again is not the one that was asked for\n"
        "the file of a household is not the one that was taken in\n"
        "the file of a household is not the one that was taken in\n"
        "an answer to a household is not the one that was given\n");
  // Words that went by an act are no fault; that they went without one is.
  Lost other;
  other.begin(2);
  HouseholdAct gone = other.by(0);
  REQUIRE(other.write([&](db::Write& w) { return erase(w, gone); }).ok());
  app::finish_erasures(other.database, other.now);
  CHECK(other.read(unfit_texts).empty());
  other.write([&](db::Write& w) {
    w.run("UPDATE project_household SET erased_at = $1 WHERE id = 2", other.now);
  });
  CHECK(other.faults() ==
        "words stand in a file that was erased\nthe words of a file went without a line\n");
}

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
  for (const std::size_t n : {0, 2, 3}) CHECK(city.opens(n, city.letters[n].secret));
  CHECK_FALSE(city.opens(3, planted));
  CHECK_FALSE(city.opens(2, stopped.value()));
  CHECK(city.opens(1, fair.value()));
  // Nor is a file opened by a key that stands in it without a line.
  city.write([&](db::Write& w) {
    w.run("UPDATE project_household SET citizen_key = $1 WHERE id = $2", db::Blob{as_bytes(key)},
          city.letters[3].household.id);
  });
  CHECK(city.faults().find("a file is opened by another letter or key than was told") !=
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

TEST_CASE("the desk prints a letter again, the household reads of it, stops it, and is told") {
  Lost city;
  city.begin(2);
  auto clerk = city.at_desk("thu");
  clerk.get("/staff/projects/1").follow("In lại thư");
  clerk.fill("number", "H-99").fill("reason", "mất").press("Xem trước khi in");
  CHECK(clerk.status() == 422);
  CHECK(clerk.shows("Không có hồ sơ nào mang số này."));
  CHECK(clerk.shows("Hãy viết thêm cho rõ."));
  clerk.fill("number", "H-1").fill("reason", good_reason).press("Xem trước khi in");
  REQUIRE(clerk.status() == 200);
  CHECK(clerk.shows("Thư mới có hiệu lực từ"));
  CHECK_FALSE(clerk.shows("Chủ Hộ Kín1"));
  clerk.press("In thư mới");
  REQUIRE(clerk.status() == 200);
  const std::string body = clerk.body();
  const std::size_t at = body.find("translate=\"no\">", body.find("Mã bí mật:")) + 15;
  const std::string secret = body.substr(at, body.find('<', at) - at);
  clerk.get("/staff/projects/1/letter")
      .fill("number", "H-1")
      .fill("reason", good_reason)
      .press("Xem trước khi in");
  CHECK(clerk.status() == 409);
  CHECK(clerk.shows("chưa đầy 30 ngày"));

  auto bearer = city.browser("bearer");
  bearer.get(city.file_url(0)).fill("Mã bí mật", secret).press("Mở hồ sơ");
  CHECK(bearer.shows("Thư này có hiệu lực từ"));
  CHECK_FALSE(bearer.shows("Chủ Hộ Kín1"));
  auto household = city.browser("household");
  household.get(city.file_url(0)).fill("Mã bí mật", city.letters[0].secret).press("Mở hồ sơ");
  CHECK(household.shows("Một thư mới cho hồ sơ này đã được đề nghị"));
  CHECK(household.shows(good_reason));
  auto left_open = city.browser("left open");
  left_open.get(city.file_url(0)).fill("Mã bí mật", city.letters[0].secret).press("Mở hồ sơ");
  household.press("Chặn thư mới");
  REQUIRE(household.status() == 200);
  CHECK(household.shows("Thư mới đã bị chặn"));
  CHECK_FALSE(household.shows("Một thư mới cho hồ sơ này đã được đề nghị"));
  // Who printed it does not learn that it was stopped before the day, and never when.
  bearer.get(city.file_url(0)).fill("Mã bí mật", secret).press("Mở hồ sơ");
  CHECK(bearer.shows("Thư này có hiệu lực từ"));
  city.now = city.last_of(0).works_at;
  bearer.get(city.file_url(0)).fill("Mã bí mật", secret).press("Mở hồ sơ");
  CHECK(bearer.shows("Thư này đã bị chặn, không có hiệu lực"));
  CHECK_FALSE(bearer.shows("2026"));
  // A page that was left open stops no later letter.
  city.now += a_day * 31;
  REQUIRE(city.print_again(0).ok());
  left_open.press("Chặn thư mới");
  CHECK(left_open.status() == 409);
  CHECK(city.last_of(0).state == LetterState::waiting);
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

TEST_CASE("an earlier secret is told that another letter works, and opens nothing") {
  Lost city;
  city.begin(2);
  const std::string earlier = city.letters[0].secret;
  city.hand_over(0);
  auto household = city.browser("household");
  household.get(city.file_url(0)).fill("Mã bí mật", earlier).press("Mở hồ sơ");
  CHECK(household.shows("Mã này không mở hồ sơ được nữa"));
  CHECK_FALSE(household.shows("Chủ Hộ Kín1"));
  household.get(city.file_url(0)).fill("Mã bí mật", city.letters[1].secret).press("Mở hồ sơ");
  CHECK(household.status() == 404);
}

TEST_CASE("how many letters were printed again is told from ten on") {
  Lost city;
  city.begin(12);
  for (std::size_t n = 0; n < 9; ++n) {
    REQUIRE(city.print_again(n).ok());
    if (n % 3 == 2) city.now += a_day;
  }
  auto anybody = city.browser("nobody");
  anybody.get(city.url());
  CHECK(anybody.shows("Số thư in lại cho các hộ: dưới 10"));
  REQUIRE(city.print_again(9).ok());
  city.now += a_day;
  anybody.get(city.url());
  CHECK(anybody.shows("Số thư in lại cho các hộ: dưới 10"));
  // Once the month is over, and in full tens.
  city.now += a_day * 10;
  REQUIRE(city.print_again(10).ok());
  anybody.get(city.url());
  CHECK(anybody.shows("Số thư in lại cho các hộ đến hết tháng trước: từ 10 trở lên."));
}

}  // namespace ln::project
