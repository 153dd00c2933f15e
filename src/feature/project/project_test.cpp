// Rules, the file of an office, and a project over three rounds through actions.
#include "feature/project/project.h"

#include <doctest/doctest.h>

#include <map>
#include <set>
#include <string>

#include "app/erasure.h"
#include "core/ledger/ledger_store.h"
#include "core/ledger/ledger_verify.h"
#include "core/people/people_code.h"
#include "test/project_ground.h"

namespace ln::project {
namespace {

using Input = std::array<std::int64_t, 3>;

}  // namespace

TEST_CASE("what is printed of a round never tells of fewer than ten households, nor of all") {
  // Whoever knows the number of households asks: which rounds print this? What all of these have in
  // common is told.
  constexpr std::int64_t largest = 45;
  for (std::int64_t households = 1; households <= largest; ++households) {
    std::map<std::string, std::vector<Input>> by_print;
    for (std::int64_t raised = 0; raised <= households; ++raised)
      for (std::int64_t remedied = 0; remedied <= raised; ++remedied) {
        const Figures f = figures_of(households, raised, remedied);
        by_print[std::to_string(f.raised.value_or(-1)) + " " +
                 std::to_string(f.remedied.value_or(-1))]
            .push_back({households - raised, raised, remedied});
      }
    for (const auto& [print, inputs] : by_print) {
      CAPTURE(households);
      CAPTURE(print);
      std::set<std::int64_t> silent, raised, remedied, rest;
      for (const Input& each : inputs) {
        silent.insert(each[0]);
        raised.insert(each[1]);
        remedied.insert(each[2]);
        rest.insert(each[1] - each[2]);
      }
      if (households >= 2) {
        if (silent.size() == 1) CHECK(*silent.begin() >= floor_of_households);
        if (raised.size() == 1) CHECK(*raised.begin() >= floor_of_households);
      }
      for (const auto& group : {remedied, rest})
        if (raised.size() == 1 && group.size() == 1)
          CHECK((*group.begin() == 0 || *group.begin() >= floor_of_households));
    }
  }
  CHECK(figures_of(40, 22, 12) == Figures{22, 12});
  CHECK(figures_of(40, 22, 0) == Figures{22, 0});
  CHECK(figures_of(40, 22, 15) == Figures{22, {}});
  CHECK(figures_of(40, 40, 20) == Figures{});
  CHECK(figures_of(40, 0, 0) == Figures{});
}

TEST_CASE("areas and amounts are read as people write them, and nothing is guessed") {
  CHECK(read_area("120,5") == 12'050);
  CHECK(read_area("120.05") == 12'005);
  CHECK(read_area("7") == 700);
  for (const char* wrong : {"", "0", "1.200", "-3", "12,", "1,234", "12 m2", "99999999999"})
    CHECK_FALSE(read_area(wrong));
  CHECK(read_dong("12.000.000") == 12'000'000);
  CHECK(read_dong("85000000") == 85'000'000);
  CHECK(read_dong("0") == 0);
  for (const char* wrong : {"", "12.00", "1.2345.678", ".000", "12,5", "-1", "99.000.000.000.000"})
    CHECK_FALSE(read_dong(wrong));
  CHECK(Amounts{.area = 12'055, .price = 333, .structures = 5, .support = 7}.total() == 40'155);
  CHECK(read_prices(price_text).value().size() == 2);
  CHECK(error_of(read_prices("ONT; Đất ở; 0")) == "project.error.price_row");
  CHECK(error_of(read_prices("ONT; a; 5\nONT; b; 6")) == "project.error.price_twice");
  CHECK(error_of(read_prices("\n")) == "project.error.price_count");
  // The dearest square metre of the largest parcel still is a number.
  CHECK(read_prices("ONT; Đất ở; 1.000.000.000").ok());
  CHECK(error_of(read_prices("ONT; Đất ở; 1.000.000.001")) == "project.error.price_row");
  CHECK(Amounts{.area = area_max, .price = price_max}.total() == 10'000'000'000'000'000);
}

TEST_CASE("a file names each refused row, and half a household is not taken in") {
  const auto prices = read_prices(price_text).value();
  const std::string text = std::string(file_head) +
                           "H-1,An,Ngõ 1,Thửa 1,\"100,5\",ONT,0,\n"
                           "H-1,An,Ngõ 1,Thửa 2,50,CLN,1.000,5.000\n"
                           "H-2,Bình,Ngõ 2,Thửa 3,50,ONT,0,0\n"
                           "H-2,Bình,Ngõ 2,Thửa 4,50,ABC,0,0\n"
                           "H-3,Chi,Ngõ 3,Thửa 5,50,ONT,0,0\n"
                           "H-4,Dũng,Ngõ 4,Thửa 6,1.000,ONT,0,0\n"
                           "H-1,An khác,Ngõ 1,Thửa 7,50,ONT,0,0\n";
  const auto file = read_file(text, prices, {"H-3"});
  REQUIRE(file.ok());
  std::string told;
  for (const Refused& each : file.value().refused)
    told +=
        std::to_string(each.row) + " " + each.number + " " + std::string(each.why.name()) + "\n";
  CHECK(told ==
        "5 H-2 project.error.row_land\n6 H-3 project.error.row_known\n"
        "7 H-4 project.error.row_area\n8 H-1 project.error.row_other\n");
  CHECK(file.value().entries.empty());
  // A row that does not say whose it is may be anybody's.
  const auto unsure = read_file(
      std::string(file_head) + "H-5,Em,Ngõ 5,Thửa 8,50,ONT,0,0\nH-5,Em,Ngõ 5\n", prices, {});
  CHECK(unsure.value().entries.empty());
  CHECK(unsure.value().refused.size() == 1);
  const auto fine = read_file("\xEF\xBB\xBF" + std::string(file_head) +
                                  "H-5,Em,Ngõ 5,Thửa 8,\"50,25\",ONT,1.000,2.000\r\n"
                                  "H-5,Em,Ngõ 5,Thửa 9,10,CLN,,\r\n",
                              prices, {});
  REQUIRE(fine.value().entries.size() == 1);
  const auto& lines = fine.value().entries.front().lines;
  REQUIRE(lines.size() == 2);
  CHECK(lines[0].amounts.total() == 603'003'000);
  CHECK(lines[1].amounts.price == 250'000);
  std::string many = file_head;
  for (std::size_t n = 0; n <= lines_max; ++n)
    many += "H-6,Giang,Ngõ 6,Thửa " + std::to_string(n) + ",50,ONT,0,0\n";
  const auto refused_of = [&](const std::string& rows) {
    const auto read = read_file(rows, prices, {});
    CHECK(read.value().entries.empty());
    REQUIRE(read.value().refused.size() == 1);
    return std::string(read.value().refused.front().why.name());
  };
  CHECK(refused_of(many) == "project.error.row_many");
  const std::string head = file_head;
  CHECK(refused_of(head + "H-7,\"An\nBình\",Ngõ 7,Thửa 1,50,ONT,0,0\n") ==
        "project.error.row_control");
  CHECK(refused_of(head + "H-7,A\xC2\x85"
                          "n,Ngõ 7,Thửa 1,50,ONT,0,0\n") == "project.error.row_control");
  CHECK(refused_of(head + "\"H-7\nH-8\",An,Ngõ 7,Thửa 1,50,ONT,0,0\n") ==
        "project.error.row_number");
  CHECK(error_of(read_file("", prices, {})) == "project.error.file_empty");
  CHECK(error_of(read_file("a,b\n", prices, {})) == "project.error.file_head");
  CHECK(error_of(read_file("\xFF", prices, {})) == "project.error.file_utf8");
}

TEST_CASE(
    "who leads reads no file, who answers leads nothing, and above the unit nobody does either") {
  Ground ground;
  const std::string& path = ground.units.at("P1").path;
  std::string table;
  for (const char* login : {"hoa", "nam", "thu", "tri", "hai", "thanh"}) {
    const auto who = ground.officer(login);
    table += std::string(login) + (may_lead(who, path) ? " leads" : "") +
             (may_import(who, path) ? " imports" : "") + (may_answer(who, path) ? " answers" : "") +
             "\n";
  }
  CHECK(table == "hoa leads\nnam answers\nthu imports\ntri\nhai\nthanh leads\n");
  ground.begin(2);
  REQUIRE(ground.open_it().ok());
  CHECK(error_of(ground.publish_it(ItemKind::notice, price_text, "nam")) == "project.error.none");
  CHECK(error_of(ground.open_it("thu")) == "project.error.none");
  CHECK(error_of(ground.take_it_in(std::string(file_head) + Ground::row(7), "hoa")) ==
        "project.error.none");
  const auto q = ground.ask_it(0, "Nhà tôi đo thiếu mất sân sau.");
  REQUIRE(q.ok());
  for (const char* login : {"hoa", "thu", "thanh", "tri", "hai"})
    CHECK(error_of(ground.answer_it(q.value(), {}, login)) == "project.error.none");
}

TEST_CASE("who took a file of a project in reads no question of it, and the other way round") {
  Ground ground;
  ground.write([&](db::Write& w) {
    ground.add_account(w, "two", "Hai Tay", people::Role::clerk, "P1");
    REQUIRE(people::grant(w, people::AccountId{ground.accounts.at("two")}, people::Role::handler,
                          ground.units.at("P1").id, ground.now)
                .ok());
  });
  ground.begin(2);
  const std::string more = std::string(file_head) + Ground::row(3);
  REQUIRE(ground.open_it().ok());
  // While a round is open nobody moves the number of households under it.
  CHECK(error_of(ground.take_it_in(more)) == "project.error.files_round");
  const auto first = ground.ask_it(0, "Nhà tôi đo thiếu mất sân sau.");
  REQUIRE(ground.answer_it(first.value(), {}, "two").ok());
  ground.now += a_day * 14;
  REQUIRE(ground.close_it().ok());
  CHECK(error_of(ground.take_it_in(more, "two")) == "project.error.none");

  Ground other;
  other.write([&](db::Write& w) {
    other.add_account(w, "two", "Hai Tay", people::Role::clerk, "P1");
    REQUIRE(people::grant(w, people::AccountId{other.accounts.at("two")}, people::Role::handler,
                          other.units.at("P1").id, other.now)
                .ok());
  });
  other.begin(2);
  REQUIRE(other.take_it_in(more, "two").ok());
  REQUIRE(other.open_it().ok());
  const auto second = other.ask_it(0, "Nhà tôi đo thiếu mất sân sau.");
  CHECK(error_of(other.answer_it(second.value(), {}, "two")) == "project.error.none");
  auto desk = other.at_desk("two");
  desk.get("/staff/projects/1/questions/" + second.value().code->text());
  CHECK(desk.status() == 404);
  desk.get("/staff/projects/1");
  CHECK_FALSE(desk.shows("Câu hỏi chờ trả lời"));
}

TEST_CASE("a newer table of prices changes no price behind a correction of the area") {
  Ground ground;
  ground.begin(2);
  REQUIRE(ground.open_it().ok());
  REQUIRE(
      ground.publish_it(ItemKind::prices, "ONT; Đất ở; 9.000.000\nCLN; Đất vườn; 300.000").ok());
  const auto area = ground.ask_it(0, "Nhà tôi đo thiếu mất sân sau.");
  REQUIRE(ground.answer_it(area.value(), ground.larger(0)).ok());
  CHECK(ground.line_of(0).amounts.price == 12'000'000);
  const auto kind = ground.ask_it(1, "Thửa này là đất vườn, không phải đất ở.");
  Amounts garden = ground.line_of(1).amounts;
  garden.land_code = "CLN";
  REQUIRE(ground.answer_it(kind.value(), garden).ok());
  CHECK(ground.line_of(1).amounts.price == 300'000);
  CHECK(ground.line_of(1).land_name == "Đất vườn");
}

TEST_CASE("a round closes when every question has its answer, and a line put right keeps both") {
  Ground ground;
  ground.begin();
  CHECK(error_of(ground.ask_it(0, "Chưa mở vòng thì hỏi được không?")) == "project.error.no_round");
  CHECK(error_of(ground.open_it("hoa", 6)) == "project.error.asks_until");
  REQUIRE(ground.open_it().ok());
  CHECK(error_of(ground.open_it()) == "project.error.round_open");
  const auto q = ground.ask_it(0, "Nhà tôi đo thiếu mất sân sau.");
  REQUIRE(q.ok());
  // 24 November is a day off: ten working days from Monday the 23rd end on Tuesday, 8 December.
  CHECK(q.value().due_at == at_local(local_day(test::monday) + a_day * 15, std::chrono::hours(17)));
  CHECK(error_of(ground.ask_it(0, "Một câu khác về cùng thửa ấy.")) == "project.error.waits");
  // Pressed twice.
  CHECK(ground.ask_it(0, "Nhà tôi đo thiếu mất sân sau.").value().id == q.value().id);
  CHECK(error_of(ground.ask_it(0, "Về cả hồ sơ thì hỏi riêng được.", 0)) == "fine");
  CHECK(error_of(ground.close_it()) == "project.error.still_asks");
  CHECK(error_of(ground.answer_it(q.value(), ground.line_of(0).amounts)) == "project.error.same");
  Amounts dear = ground.larger(0);
  dear.price = 1;  // nobody's price is typed in
  REQUIRE(ground.answer_it(q.value(), dear).ok());
  CHECK(ground.line_of(0).amounts.price == 12'000'000);
  const auto kept =
      ground.read([&](db::Read& r) { return corrections_of(r, ground.letters[0].household.id); });
  REQUIRE(kept.size() == 1);
  CHECK(kept[0].after.area == kept[0].before.area + 500);
  // Another officer at the same moment is told.
  CHECK(error_of(ground.answer_it(q.value())) == "project.error.changed");
  const auto again = ground.ask_it(0, "Đo lại rồi mà vẫn thiếu hai mét.");
  REQUIRE(again.ok());
  CHECK(again.value().previous == q.value().id);
  ground.now += a_day * 12;
  CHECK(error_of(ground.ask_it(1, "Muộn mất rồi, còn hỏi được không?")) ==
        "project.error.no_round");
  CHECK(error_of(ground.close_it()) == "project.error.unanswered");
  for (const Question& each :
       ground.read([&](db::Read& r) { return waiting_of(r, ground.id, 10); }))
    REQUIRE(ground.answer_it(each).ok());
  const auto closed = ground.close_it();
  REQUIRE(closed.ok());
  CHECK_FALSE(closed.value().raised);
  CHECK(error_of(ground.open_it()) == "fine");
  CHECK(ground.read(ledger::verify_all).empty());
}

TEST_CASE("three rounds print what may be told, counted once for each household") {
  Ground ground;
  ground.begin();
  // Households that ask, and those of which a line is put right, round by round.
  const std::vector<std::pair<std::size_t, std::size_t>> plan = {{25, 12}, {14, 4}, {31, 15}};
  std::string printed;
  for (const auto& [asks, fixed] : plan) {
    REQUIRE(ground.open_it().ok());
    for (std::size_t n = 0; n < asks; ++n) {
      const auto q = ground.ask_it(n, "Xin xem lại diện tích thửa này.");
      REQUIRE(q.ok());
      REQUIRE(ground.ask_it(n, "Cả hồ sơ bao giờ chi trả?", 0).ok());
      REQUIRE(
          ground.answer_it(q.value(), n < fixed ? std::optional(ground.larger(n)) : std::nullopt)
              .ok());
    }
    for (const Question& each :
         ground.read([&](db::Read& r) { return waiting_of(r, ground.id, 100); }))
      REQUIRE(ground.answer_it(each).ok());
    ground.now += a_day * 14;
    const auto closed = ground.close_it();
    REQUIRE(closed.ok());
    const auto shown = [](const auto& count) { return count ? std::to_string(*count) : "-"; };
    printed += shown(closed.value().raised) + "/" + shown(closed.value().remedied) + " ";
  }
  CHECK(printed == "25/12 14/- -/- ");
  CHECK(ground.read(ledger::verify_all).empty());
}

TEST_CASE("a new secret locks out whoever printed the letter") {
  Ground ground;
  ground.begin_printed(2);
  const std::string secret = people::draw_secret(ground.random);
  const auto key = people::Citizen(secret).key().public_key();
  const HouseholdAct first = ground.by(0);
  REQUIRE(ground.write([&](db::Write& w) { return change_secret(w, first, key); }).ok());
  REQUIRE(ground.open_it().ok());
  CHECK(error_of(ground.ask_it(0, "Thư cũ còn mở được hồ sơ không?")) ==
        "project.error.code_or_secret");
  ground.letters[0].secret = secret;
  CHECK(error_of(ground.ask_it(0, "Mã mới thì mở được hồ sơ chứ?")) == "fine");
  CHECK(error_of(ground.write([&](db::Write& w) { return change_secret(w, first, key); })) ==
        "project.error.code_or_secret");
  CHECK(ground.read(ledger::verify_all).empty());
}

TEST_CASE("whoever printed the letter neither asks nor erases in the name of a household") {
  Ground ground;
  ground.begin_printed(2);
  REQUIRE(ground.open_it().ok());
  CHECK(error_of(ground.ask_it(0, "Người in thư có hỏi được không?")) ==
        "project.error.printed_secret");
  const HouseholdAct printed = ground.by(0);
  CHECK(error_of(ground.write([&](db::Write& w) { return erase(w, printed); })) ==
        "project.error.printed_secret");
  ground.own_it(0);
  CHECK(error_of(ground.ask_it(0, "Mã của riêng hộ thì hỏi được.")) == "fine");
}

TEST_CASE("households that asked stay counted after they erased their files") {
  Ground ground;
  ground.begin(32);
  REQUIRE(ground.open_it().ok());
  for (std::size_t n = 0; n < 12; ++n) {
    const auto q = ground.ask_it(n, "Xin xem lại diện tích thửa này.");
    REQUIRE(q.ok());
    if (n >= 2) REQUIRE(ground.answer_it(q.value()).ok());
  }
  for (std::size_t n = 0; n < 2; ++n) {
    const HouseholdAct gone = ground.by(n);
    REQUIRE(ground.write([&](db::Write& w) { return erase(w, gone); }).ok());
  }
  ground.now += a_day * 14;
  const Tally tally = ground.read([&](db::Read& r) { return tally_of(r, ground.id, 1); });
  CHECK(tally.households == 30);
  CHECK(tally.raised == 12);
  const auto closed = ground.close_it();
  REQUIRE(closed.ok());
  CHECK(closed.value().raised == 12);
}

TEST_CASE("an erased file leaves no word, opens no line and waits for no answer") {
  Ground ground;
  ground.begin(3);
  REQUIRE(ground.open_it().ok());
  const auto answered = ground.ask_it(0, "Câu này được trả lời kín.");
  REQUIRE(ground.answer_it(answered.value(), ground.larger(0)).ok());
  const auto waits = ground.ask_it(0, "Câu này còn chờ kín.", 0);
  REQUIRE(waits.ok());
  const HouseholdAct gone = ground.by(0);
  REQUIRE(ground.write([&](db::Write& w) { return erase(w, gone); }).ok());
  CHECK(error_of(ground.write([&](db::Write& w) { return erase(w, gone); })) ==
        "project.error.code_or_secret");
  // It was asked, and nobody can answer it any more.
  CHECK(error_of(ground.answer_it(waits.value())) == "project.error.changed");
  app::finish_erasures(ground.database, ground.now);
  const auto id = ground.letters[0].household.id;
  CHECK(ground.read([&](db::Read& r) { return lines_of(r, id); }).empty());
  const auto kept =
      ground.read([&](db::Read& r) { return questions_of(r, *find_household(r, id)); });
  REQUIRE(kept.size() == 2);
  for (const auto& each : kept) CHECK(each.body + each.answer == "");
  CHECK(kept[0].outcome == Outcome::remedied);
  CHECK(kept[1].outcome == Outcome::erased);
  CHECK_FALSE(ground.read(
      [&](db::Read& r) { return ledger::case_key_of(r, {"project_household", id.value}); }));
  CHECK(ground.read([](db::Read& r) { return owed_scrub(r); }).empty());
  CHECK(ground.read(ledger::verify_all).empty());
  ground.now += a_day * 12;
  CHECK(error_of(ground.close_it()) == "fine");
}

TEST_CASE("two who take files in at the same time do not make a household twice") {
  Ground ground;
  ground.begin(2);
  const auto p = *ground.read([&](db::Read& r) { return find(r, ground.id); });
  const auto file =
      read_file(std::string(file_head) + Ground::row(3), read_prices(price_text).value(), {});
  ground.write([&](db::Write& w) {
    ground.add_account(w, "van", "Văn thư Vân", people::Role::clerk, "P1");
  });
  const OfficeAct one = ground.act("thu"), two = ground.act("van");
  const auto made = prepare_letters(one, p, file.value(), ground.random);
  const auto other = prepare_letters(two, p, file.value(), ground.random);
  REQUIRE(ground.write([&](db::Write& w) { return take_in(w, one, made.value()); }).ok());
  CHECK(error_of(ground.write([&](db::Write& w) { return take_in(w, two, other.value()); })) ==
        "project.error.changed");
}

}  // namespace ln::project
