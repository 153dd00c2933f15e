#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <map>

#include "base/text.h"
#include "core/people/people_code.h"
#include "feature/ballot/ballot_store_check.h"
#include "test/village.h"

namespace ln::ballot {

using test::Browser;

TEST_CASE("what is needed is counted of all households, by the rule of the day") {
  const Rule* two_thirds = rule_on("contribution", local_day(test::monday));
  const Rule* half = rule_on("convention", local_day(test::monday));
  REQUIRE(two_thirds != nullptr);
  REQUIRE(half != nullptr);
  CHECK_FALSE(two_thirds->is_reached(7, 12));
  CHECK(two_thirds->is_reached(8, 12));
  CHECK_FALSE(half->is_reached(6, 12));
  CHECK(half->is_reached(7, 12));
  CHECK(rule_on("contribution", Day(std::chrono::year(2023) / 6 / 30)) == nullptr);
  CHECK(rule_on("nothing", local_day(test::monday)) == nullptr);
  for (const Rule& each : rules()) CHECK_FALSE(each.source.empty());
  CHECK_FALSE(read_rules("head\na,2023-07-01,,3,2,0,1,2,x,y,z,0,0,\n"));
}

TEST_CASE("nothing is decided on a tie, below the quorum or below the threshold") {
  const Rule* half = rule_on("community", local_day(test::monday));
  const Question question{1, "Câu hỏi", "", {{1, "A", ""}, {2, "B", ""}, {3, "C", ""}}};
  const auto of = [&](std::vector<std::int64_t> choices, std::int64_t households) {
    std::vector<Vote> box;
    for (const std::int64_t each : choices) box.push_back({1, std::to_string(box.size()), each});
    return result_of(*half, households, question, box);
  };
  CHECK(of({1, 1, 1, 2}, 5).passed == 1);
  CHECK_FALSE(of({1, 1, 2, 2}, 4).passed);
  CHECK(of({1, 1, 2, 2}, 4).is_tied);
  CHECK_FALSE(of({1, 1, 1}, 10).is_quorate);
  CHECK_FALSE(of({1, 1, 1}, 6).passed);  // half, and not more
  CHECK_FALSE(of({0, 0, 0, 1}, 4).passed);
  CHECK_FALSE(of({}, 12).is_tied);
  CHECK(of({0, 1, 1}, 4).counts == std::vector<std::int64_t>{1, 2, 0, 0});
}

TEST_CASE("the list of households takes numbers and no names") {
  CHECK(read_numbers(Village::numbers(12)).ok());
  CHECK(error_of(read_numbers(Village::numbers(9))) == "ballot.error.households_few");
  CHECK(error_of(read_numbers(Village::numbers(12) + "Nguyễn Văn A")) ==
        "ballot.error.household_name");
  CHECK(error_of(read_numbers(Village::numbers(12) + "Nguyen")) == "ballot.error.household_name");
  CHECK(error_of(read_numbers(Village::numbers(12) + " 7 ")) == "ballot.error.household_twice");
  CHECK(read_numbers(Village::numbers(12) + "12A\n3-07\n100\n10A").ok());
  for (const char* twice : {"12a\n12A", "07", "5-7\n5-07", "A1\na001"})
    CHECK(error_of(read_numbers(Village::numbers(12) + twice)) == "ballot.error.household_twice");
  CHECK(error_of(read_numbers(Village::numbers(12) + "Tran.Van.An-1")) ==
        "ballot.error.household_name");
  CHECK(error_of(read_numbers(Village::numbers(2'001))) == "ballot.error.households_many");
}

TEST_CASE("every letter of a mark made for paper is as likely as any other") {
  std::map<char, int> found;
  constexpr int marks = 20'000;
  for (int n = 0; n < marks; ++n) {
    const std::string mark = paper_mark(std::string(32, 'k'), 1, n);
    REQUIRE(mark.size() == mark_size);
    for (const char letter : mark) ++found[letter];
  }
  // 240,000 letters of 32: 7,500 each.
  CHECK(found.size() == people::code_letters.size());
  for (const auto& [letter, count] : found) CHECK(std::abs(count - 7'500) < 400);
}

TEST_CASE("what is hashed holds both languages and every household, and each thing on its line") {
  Village village;
  village.announce_it(village.typed());
  const auto text = [&] {
    return village.read([&](db::Read& r) {
      return text_of(*find(r, village.id), questions_of(r, village.id), numbers_of(r, village.id));
    });
  };
  const std::string before = text();
  CHECK(before.find("\ntitle_en Paying for the lane\nquestion 1 Có góp tiền làm đường không?\n"
                    "question_en 1 Do we pay?\noption 1 Đồng ý\noption_en 1 Yes\n") !=
        std::string::npos);
  CHECK(before.find("\nhouseholds 12\nhousehold 1\nhousehold 2\n") != std::string::npos);
  CHECK(village.read([](db::Read& r) { return unfit_texts(r); }).empty());
  village.write([&](db::Write& w) {
    w.run("UPDATE ballot_option SET text_en = 'No' WHERE ballot_id = $1 AND number = 1",
          village.id);
  });
  CHECK(text() != before);
  CHECK(village.read([](db::Read& r) { return unfit_texts(r); }).size() == 1);
  Typed broken = village.typed();
  broken.area = "Thôn Đông\nrule community 0/1 least quorum 0/1";
  broken.title_vi = "Góp tiền làm đường\noption 1 Không";
  broken.title_en = "Paying\nfor the lane";
  const auto refused = village.try_announce(broken);
  REQUIRE_FALSE(refused.ok());
  std::string fields;
  for (const FieldError& each : refused.error().fields) fields += each.field + " ";
  CHECK(fields == "area title_vi title_en ");
}

TEST_CASE(
    "only the head of the unit puts a matter to its households, and every refusal stands beside "
    "its field") {
  Village village;
  CHECK(error_of(village.try_announce(village.typed(), "thu")) == "ballot.error.not_head");
  CHECK(error_of(village.try_announce(village.typed(), "hai")) == "ballot.error.not_head");
  Typed wrong;
  wrong.questions = {{"Gì?", "Một"}};
  const auto refused = village.try_announce(wrong);
  REQUIRE_FALSE(refused.ok());
  std::string fields;
  for (const FieldError& each : refused.error().fields) fields += each.field + " ";
  CHECK(fields == "area title_vi summary rule opens options-1 households ");
}

TEST_CASE("online and paper votes are counted together, and anybody counts the box again") {
  Village village;
  village.open_it();
  for (int n = 0; n < 5; ++n) REQUIRE(village.vote(village.slips[n], 1).ok());
  REQUIRE(village.vote(village.slips[5], 2).ok());
  for (int n = 6; n < 10; ++n) REQUIRE(village.give_paper(village.slips[n]).ok());
  village.now = village.current().closes_at;
  CHECK(count_due(village.database, village.now) == 0);  // the paper box waits
  REQUIRE(village.type("thu", {{0, 4, 0}}).value() == Counted::waits);
  REQUIRE(village.type("nam", {{1, 3, 0}}).value() == Counted::differs);
  REQUIRE(village.type("nam", {{0, 4, 0}}).value() == Counted::done);
  const Ballot b = village.current();
  CHECK(b.stage == Stage::counted);
  CHECK(b.voted == 10);
  CHECK(village.outcome().counts == std::vector<std::int64_t>{0, 9, 1});
  CHECK(village.outcome().passed == 1);
  const std::string box = village.box_file();
  CHECK(b.box_hash == std::string(as_text(merkle::sha256(as_bytes(box)))));
  CHECK(box.find("households 12\nvoted 10\npaper 4\nneeds 2/3 least\nquorum 2/3\nquestion 1 2\n") !=
        std::string::npos);
  const auto told = village.told();
  REQUIRE(told.size() == 2);
  CHECK(told[0].what == "announced");
  CHECK(told[0].count == 12);
  CHECK(told[1].what == "counted");
  CHECK(told[1].count == 10);
  CHECK(std::string(as_text(told[1].hash)) == b.box_hash);
}

TEST_CASE("a box without paper is counted by the clock, and its order goes from the files") {
  Village village;
  village.open_it();
  for (int n = 0; n < 8; ++n) REQUIRE(village.vote(village.slips[n], 1).ok());
  CHECK(count_due(village.database, village.now) == 0);
  village.now = village.current().closes_at;
  CHECK(count_due(village.database, village.now) == 1);
  CHECK(count_due(village.database, village.now) == 0);
  CHECK(village.outcome().passed == 1);
  CHECK_FALSE(village.current().is_mixed);
  mix_counted(village.database);
  CHECK(village.current().is_mixed);
}

TEST_CASE("each question is counted apart, under marks of its own") {
  Village village;
  Typed typed = village.typed();
  typed.rule = "community";
  typed.questions.push_back({"Làm vào tháng nào?", "Tháng 12\nTháng 1"});
  village.announce_it(typed);
  village.print_all();
  village.now = village.current().opens_at;
  const auto receipt = village.vote(village.slips[0], 2);
  REQUIRE(receipt.ok());
  REQUIRE(receipt.value().marks.size() == 2);
  CHECK(receipt.value().marks[0] != receipt.value().marks[1]);
  for (int n = 1; n < 7; ++n) REQUIRE(village.vote(village.slips[n], 1).ok());
  village.now = village.current().closes_at;
  CHECK(count_due(village.database, village.now) == 1);
  CHECK(village.outcome(2).counts == std::vector<std::int64_t>{0, 6, 1});
}

TEST_CASE("a household votes on pages, without scripting, and keeps the mark of its ballot") {
  Village village;
  village.open_it();
  Browser household(village, village.router, village.site);
  household.get("/ballots").follow("Góp tiền làm đường ngõ Đông").follow("Bỏ phiếu");
  household.fill("Mã trên tờ phiếu", village.slips[3].code).press("Bỏ phiếu");
  household.fill("Mật mã trên tờ phiếu", "22222222222222222222").press("Mở lá phiếu");
  CHECK(household.status() == 404);
  CHECK(household.shows("Mã hoặc mật mã không đúng."));
  household.fill("Mật mã trên tờ phiếu", village.slips[3].secret).press("Mở lá phiếu");
  household.press("Bỏ phiếu vào hòm");
  CHECK(household.status() == 422);
  CHECK(household.shows("Chọn một phương án, hoặc phiếu trắng."));
  household.choose("Đồng ý").press("Bỏ phiếu vào hòm");
  CHECK(household.shows("Phiếu đã vào hòm"));
  REQUIRE(village.box().size() == 1);
  CHECK(household.shows(shown_mark(village.box()[0].mark)));
  household.get("/ballots/slips/" + village.slips[3].code);
  CHECK_FALSE(household.shows(shown_mark(village.box()[0].mark)));
  household.choose("Không đồng ý").press("Bỏ phiếu vào hòm");
  CHECK(household.status() == 409);
  CHECK(household.shows("Hộ này đã bỏ phiếu qua mạng."));
  household.get("/en" + village.url());
  CHECK(household.shows("Paying for the lane"));
  CHECK(household.shows("Until it closes nobody is told how many have voted"));
}

TEST_CASE("a decision is announced, printed, handed in and counted at the desk") {
  Village village;
  auto head = village.browser("hoa");
  head.get("/staff/ballots/new")
      .fill("area", "Thôn Đông")
      .fill("title_vi", "Góp tiền làm đường ngõ Đông")
      .fill("summary", "Mỗi hộ góp hai triệu đồng, xã lo xi măng.")
      .fill("question-1", "Có góp tiền không? | Do we pay?")
      .fill("options-1", "Đồng ý | Yes\nKhông đồng ý | No")
      .fill("households", Village::numbers(12))
      .fill("opens", "2026-11-23T11:00")
      .fill("closes", "2026-11-25T11:00")
      .press("Công bố");
  CHECK(head.status() == 200);
  village.id = BallotId{1};
  head.press("In phiếu cho các hộ tiếp theo");
  CHECK(head.shows("Phiếu của hộ gia đình"));
  CHECK(head.shows("Hộ số 12"));
  head.get("/staff/ballots/1");
  CHECK(head.shows("Đã in cho 12 trên 12 hộ."));
  CHECK_FALSE(head.shows("In phiếu cho các hộ tiếp theo"));
  village.now = village.current().opens_at;
  village.sign_in(head, "hoa");
  head.get("/staff/ballots/1").fill("number", "5").press("In lại phiếu");
  CHECK(head.shows("Hộ số 5"));
  const Drawn fresh = draw_slip(village.random);
  const RunAct act = village.run();
  const auto slip = village.write([&](db::Write& w) { return reissue(w, act, "7", fresh); });
  REQUIRE(slip.ok());
  auto clerk = village.browser("thu");
  village.sign_in(clerk, "thu");
  clerk.get("/staff/ballots").follow("Góp tiền làm đường ngõ Đông");
  CHECK_FALSE(clerk.shows("Hủy việc này"));
  clerk.fill("code", "BP-2222-2222").fill("secret", slip.value().secret).press("Nhận tờ phiếu");
  CHECK(clerk.status() == 422);
  clerk.fill("code", slip.value().code).fill("secret", slip.value().secret).press("Nhận tờ phiếu");
  CHECK(clerk.shows("Đã nhận tờ phiếu của hộ số 7. Phát một lá phiếu giấy."));
  village.now = village.current().closes_at;
  village.sign_in(clerk, "thu");
  auto other = village.browser("nam");
  village.sign_in(other, "nam");
  clerk.get("/staff/ballots/1").press("Nhập kết quả kiểm phiếu giấy");
  CHECK(clerk.status() == 422);
  CHECK(clerk.shows("Nhập số cho từng phương án, kể cả số 0."));
  clerk.fill("count-1-1", "1").fill("count-1-2", "0").fill("count-1-0", "0");
  clerk.press("Nhập kết quả kiểm phiếu giấy");
  CHECK(clerk.shows("Người thứ hai kiểm và nhập bằng tài khoản của mình."));
  other.get("/staff/ballots/1").fill("count-1-1", "0").fill("count-1-2", "1");
  other.fill("count-1-0", "0").press("Nhập kết quả kiểm phiếu giấy");
  CHECK(other.shows("Hai bản không khớp."));
  other.get("/staff/ballots/1").fill("count-1-1", "1").fill("count-1-2", "0");
  other.fill("count-1-0", "0").press("Nhập kết quả kiểm phiếu giấy");
  CHECK(village.current().stage == Stage::counted);
  Browser anybody(village, village.router, village.site);
  anybody.get("/ballots/1");
  CHECK(anybody.shows("1 trên 12 hộ đã bỏ phiếu"));
  CHECK(anybody.shows("Không đủ số hộ tối thiểu tham gia."));
  CHECK(anybody.shows("In lại phiếu cho một hộ làm mất phiếu"));
}

}  // namespace ln::ballot
