// A lost letter that is printed again, and the official who prints one to read or silence a
// household.
#include <doctest/doctest.h>

#include <regex>
#include <string>

#include "test/project_lost.h"

namespace ln::project {
namespace {

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
  // A Monday, and the day after it is a holiday.
  CHECK(to_iso(local_day(letter.asked_at)) == "2026-11-23");
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
