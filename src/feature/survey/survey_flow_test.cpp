// A survey from its plan to its figures, through actions and pages.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "base/text.h"
#include "core/ledger/ledger_verify.h"
#include "core/people/people_code.h"
#include "engine/merkle/merkle.h"
#include "test/folder.h"
#include "test/survey_street.h"

namespace ln::survey {
namespace {

using test::why;

std::string digest(const std::string& text) {
  return std::string(as_text(merkle::sha256(as_bytes(text))));
}

}  // namespace

TEST_CASE("a survey goes from its plan to its figures, each event in the ledger") {
  Street street;
  street.open(street.plan());
  REQUIRE(street.print(40).ok());
  for (int n = 0; n < 30; ++n)
    REQUIRE(street.say(street.saying(street.secrets[n], 1 + n % 5)).ok());
  auto page = street.anybody();
  page.get(street.url());
  CHECK(page.shows("Đã phát 40 phiếu"));
  CHECK_FALSE(page.shows("Chỉ số hài lòng"));
  street.close();
  page.get(street.url());
  CHECK(page.shows("Chỉ số hài lòng"));
  CHECK(page.shows("25,0"));  // 10 of 40 kept silent
  page.get("/en" + street.url());
  CHECK(page.shows("Satisfaction index"));
  page.get(street.url("/figures"));
  CHECK(page.shows("score_sum"));
  page.get("/en" + street.url("/figures"));
  CHECK(page.status() == 200);
  page.get(street.url("/counts.csv"));
  const Survey over = street.current();
  CHECK(digest(page.body()) == over.result_hash);
  page.get(street.url("/plan.txt"));
  CHECK(digest(page.body()) == over.plan_hash);
  page.get(street.url("/report.xlsx"));
  CHECK(page.body().starts_with("PK"));
  page.get("/surveys");
  CHECK(page.shows("Mức hài lòng tại phường Một"));
  const auto told = street.told_of_surveys();
  REQUIRE(told.size() == 3);
  CHECK(told[0].what == "announced");
  CHECK(told[1].what == "printed");
  CHECK(told[1].count == 40);
  CHECK(told[2].what == "closed");
  CHECK(told[2].count == 30);
  CHECK(std::string(as_text(told[2].hash)) == over.result_hash);
  // The published counts follow from the rows alone.
  const auto figures = street.read([&](db::Read& r) {
    return counts_csv(over, figures_now(r, over, *find_form(r, over.form)));
  });
  CHECK(digest(figures) == over.result_hash);
}

TEST_CASE("an answer is changed for thirty days and not a day longer") {
  Street street;
  Typed typed = street.plan();
  typed.closes_on = typed.opens_on + std::chrono::days(60);
  street.open(typed);
  REQUIRE(street.print(1).ok());
  REQUIRE(street.say(street.saying(street.secrets[0], 5)).ok());
  street.now += change_window;
  Saying change = street.saying(street.secrets[0], 4);
  const auto changed = street.say(change);
  REQUIRE(changed.ok());
  CHECK(changed.value().change_until == changed.value().at);  // from the first answer on
  street.now += std::chrono::milliseconds(1);
  change = street.saying(street.secrets[0], 3);
  CHECK(why(street.say(change)) == "survey.error.too_old");
}

TEST_CASE("nobody hands out the slips by which they are judged") {
  Street street;
  CHECK(why(street.plan_as("kep", street.plan())) == "survey.error.not_independent");
  CHECK(why(street.plan_as("quyen", street.plan())) == "survey.error.not_independent");
  street.open(street.plan());
  const std::string desk = "/staff/surveys/" + std::to_string(street.survey.value);
  for (const char* login : {"hoa", "thanh", "thu", "omb", "qt"})
    CHECK(street.signed_in(login).get(desk).status() == 403);
  for (const char* login : {"kep", "quyen"})
    CHECK(street.signed_in(login).get(desk).status() == 403);
  CHECK(street.signed_in("hoa").get("/staff/surveys/new").status() == 403);
  NewSheet sheet{.hashes = {*slip_hash(people::draw_secret(street.random))}};
  const auto printed = street.write([&, act = street.mat("kep")](db::Write& w) {
    return print_slips(w, act, street.survey, sheet);
  });
  CHECK(why(printed) == "survey.error.not_independent");
  CHECK(street.signed_in("mat").get(desk).status() == 200);
}

TEST_CASE("a sheet that is sent twice is one sheet, and no more slips than the plan asks") {
  Street street;
  street.open(street.plan());
  auto mat = street.signed_in("mat");
  mat.get("/staff/surveys/" + std::to_string(street.survey.value));
  mat.fill("Số phiếu", "3").press("Tạo phiếu");
  CHECK(mat.status() == 200);
  CHECK(mat.shows("Đã in 3 phiếu"));
  const std::string first = mat.body();
  CHECK(first.find("<svg") != std::string::npos);
  CHECK(mat.header("cache-control") == "no-store");
  CHECK(street.read([&](db::Read& r) { return slips_of(r, street.survey, 0); }) == 3);
  NewSheet sheet;
  for (int n = 0; n < 3; ++n)
    sheet.hashes.push_back(*slip_hash(people::draw_secret(street.random)));
  const auto print_it = [&] {
    return street.write([&, act = street.mat()](db::Write& w) {
      return print_slips(w, act, street.survey, sheet);
    });
  };
  REQUIRE(print_it().ok());
  REQUIRE(print_it().ok());
  CHECK(print_it().value() == 6);
  street.now += sheet_again_max;
  CHECK(print_it().ok());
  street.now += std::chrono::milliseconds(1);
  CHECK(why(print_it()) == "survey.error.sheet_over");
  CHECK(street.read([&](db::Read& r) { return slips_of(r, street.survey, 0); }) == 6);
  REQUIRE(street.print(60).ok());
  CHECK(why(street.print(55)) == "survey.error.slips_enough");
  REQUIRE(street.print(54).ok());
  CHECK(why(street.print(61)) == "survey.error.slip_count");
}

TEST_CASE("what came without a slip stands apart") {
  Street street;
  street.open(street.plan());
  REQUIRE(street.print(20).ok());
  for (int n = 0; n < 15; ++n) REQUIRE(street.say(street.saying(street.secrets[n], 3)).ok());
  auto screen = street.anybody();
  screen.get(street.url("/kiosk"));
  CHECK(screen.body().find("data-clears=\"" + street.url("/kiosk")) != std::string::npos);
  fill_in(screen);
  screen.press("Gửi câu trả lời");
  CHECK(screen.shows("Câu trả lời được tính riêng"));
  auto link = street.anybody();
  link.get(street.url());
  link.follow("Trả lời không cần phiếu");
  fill_in(link);
  link.press("Gửi câu trả lời");
  CHECK(link.shows("Đã nhận câu trả lời"));
  auto clerk = street.signed_in("thu");
  clerk.get("/staff/surveys").follow("Nhập hộ");
  fill_in(clerk);
  clerk.press("Gửi câu trả lời");
  CHECK(clerk.shows("Đã nhận câu trả lời"));
  const std::string enter = "/staff/surveys/" + std::to_string(street.survey.value) + "/enter";
  CHECK(street.signed_in("hai").get(enter).status() == 403);
  CHECK_FALSE(street.anybody().get(enter).shows("Gửi câu trả lời"));
  const Survey s = street.current();
  const auto figures =
      street.read([&](db::Read& r) { return figures_now(r, s, *find_form(r, s.form)); });
  CHECK(figures.answers == 15);
  CHECK(figures.index.answers == 15);
  for (const auto& [way, index] : figures.other_ways) {
    CHECK_FALSE(index.is_told);  // one each
    CHECK(index.verdict == Verdict::too_few);
  }
  Saying forged = street.saying("", 5);
  forged.way = Way::clerk;
  CHECK(why(street.say(forged)) == "survey.error.closed");
  const auto stranger = *people::Officer::of(street.staff("hai"));
  forged.clerk = &stranger;
  CHECK(why(street.say(forged)) == "survey.error.not_yours");
}

TEST_CASE("clusters are drawn by a head that nobody knew, and only those are asked") {
  Street street;
  Typed typed = street.plan();
  typed.plan = Plan::clusters;
  typed.clusters = "Tổ 1; 10\nTổ 2; 10\nTổ 3; 10\nTổ 4; 10\nTổ 5; 10\n";
  typed.sample_size = 2;
  typed.head_at = std::chrono::floor<std::chrono::seconds>(street.now) + std::chrono::hours(1);
  street.open(typed);
  CHECK(why(street.print(1, 1)) == "survey.error.not_now");
  CHECK(draw_due(street.database, street.now) == 0);
  street.now = *typed.head_at;
  CHECK(draw_due(street.database, street.now) == 0);  // the head is not there yet
  ledger::publish_now(street.database, street.now);
  REQUIRE(draw_due(street.database, street.now) == 1);
  CHECK(draw_due(street.database, street.now) == 0);
  street.sign_in_again();
  const auto clusters = street.read([&](db::Read& r) { return clusters_of(r, street.survey); });
  int drawn = 0;
  for (const Cluster& each : clusters) {
    const auto printed = street.print(1, each.number);
    CHECK(why(printed) == (each.is_drawn ? "fine" : "survey.error.cluster"));
    drawn += each.is_drawn ? 1 : 0;
  }
  CHECK(drawn == 2);
  const Survey s = street.current();
  std::vector<std::int64_t> numbers = {1, 2, 3, 4, 5};
  const draw::Head head{*s.head_size, *merkle::to_hash(s.head_root)};
  for (const std::int64_t number : draw::sample(draw::seed_of(frame_name(s.id), head), numbers, 2))
    CHECK(clusters[static_cast<std::size_t>(number - 1)].is_drawn);
  auto page = street.anybody();
  page.get(street.url());
  CHECK(page.shows("Tổ 3"));
}

TEST_CASE("when a survey is over, its answers are gone and only totals are kept") {
  Street street;
  Typed typed = street.plan();
  typed.form = street.form("one-stop-nine");
  street.open(typed);
  REQUIRE(street.print(1).ok());
  Saying words{.survey = street.survey,
               .secret = street.secrets[0],
               .given = {.texts = {{"more", "Chị Hoa ở quầy 3 bimatxyz"}}},
               .salts = ledger::draw(street.random),
               .case_key = ledger::draw_case_key(street.random),
               .nonce = street.random.bytes<32>()};
  REQUIRE(street.say(words).ok());
  const auto slip =
      street.read([&](db::Read& r) { return find_slip(r, *slip_hash(street.secrets[0])); });
  const AnswerId id = *slip->answer;
  CHECK(street.read([&](db::Read& r) { return find_answer(r, id); })->given.texts.size() == 1);
  street.close();
  const auto after =
      street.read([&](db::Read& r) { return find_slip(r, *slip_hash(street.secrets[0])); });
  CHECK(after->is_used);
  CHECK_FALSE(after->answer.has_value());
  CHECK_FALSE(street.read([&](db::Read& r) { return find_answer(r, id); }).has_value());
  const auto left = street.read([&](db::Read& r) {
    return r.one(
        "SELECT (SELECT count(*) FROM survey_answer) + (SELECT count(*) FROM survey_value) + "
        "(SELECT count(*) FROM survey_text)",
        [](const db::Row& row) { return row.integer(0); });
  });
  CHECK(left == 0);
  CHECK(why(street.say(words)) == "survey.error.closed");
}

TEST_CASE("what people wrote stands in no file once the survey is over") {
  if (test::is_on_postgres()) return;  // the server's files are not in this folder
  const test::Folder folder;
  db::Database database(
      test::on_engine({.path = (folder.path / "db").string(), .now = test::monday}));
  const auto words = [](int n) { return "Chị ấy nói bimatxyz số " + std::to_string(n) + "."; };
  test::write(database, [&](db::Write& w) {
    for (int n = 0; n < 200; ++n)
      insert(w,
             Answer{.id = AnswerId{n + 1},
                    .survey = SurveyId{n < 100 ? 1 : 2},
                    .given = {.texts = {{"more", words(n)}}},
                    .answered_at = test::monday},
             nullptr);
  });
  REQUIRE(folder.bytes().find(words(50)) != std::string::npos);
  test::write(database, [&](db::Write& w) { forget_answers(w, SurveyId{1}); });
  database.scrub();
  const std::string bytes = folder.bytes();
  for (int n = 10; n < 100; ++n) CHECK(bytes.find(words(n)) == std::string::npos);
  CHECK(bytes.find(words(150)) != std::string::npos);
}

TEST_CASE("a form is edited as another version, and old surveys keep theirs") {
  Street street;
  street.open(street.plan());
  const FormId old = street.form("counter-conduct");
  auto qt = street.signed_in("qt");
  const std::string edit = "/staff/surveys/forms/" + std::to_string(old.value);
  qt.get(edit);
  std::string body = street.read([&](db::Read& r) { return find_form(r, old)->body; });
  const std::string polite = "Chào hỏi, nói năng";
  std::string broken = body;
  broken.replace(broken.find("\"helpful\""), 9, "\"polite\"");
  qt.fill("body", broken).press("Lưu phiên bản mới");
  CHECK(qt.status() == 422);
  CHECK(qt.shows("Mã này dùng hai lần. Ở: polite"));
  body.replace(body.find(polite), polite.size(), "Lời chào và cách nói");
  qt.fill("body", body).press("Kiểm tra");
  CHECK(qt.shows("Không có lỗi"));
  qt.press("Lưu phiên bản mới");
  CHECK(qt.shows("phiên bản 2"));
  CHECK(qt.shows("Lời chào và cách nói"));
  auto page = street.anybody();
  page.get(street.url("/answer"));
  CHECK(page.shows(polite));
  CHECK_FALSE(page.shows("Lời chào và cách nói"));
  CHECK(street.signed_in("hoa").get(edit).status() == 403);
  CHECK(street.signed_in("mat").get(edit).status() == 403);
  page.get("/surveys/forms");
  CHECK(page.shows("phiên bản 2"));
}

TEST_CASE("a plan is checked beside each field, in both languages, and nothing typed is lost") {
  Street street;
  auto mat = street.signed_in("mat");
  mat.get("/staff/surveys/new");
  mat.fill("Tên khảo sát", "Ngắn").fill("Đơn vị được đánh giá", "Phường Không Có").press("Công bố");
  CHECK(mat.status() == 422);
  CHECK(mat.shows("Tên cần ít nhất 10 chữ"));
  CHECK(mat.shows("Không có đơn vị này"));
  CHECK(mat.shows("Danh sách có từ 1 đến 50.000"));
  CHECK(mat.body().find("value=\"Ngắn\"") != std::string::npos);
  mat.fill("Tên khảo sát", "Khảo sát thái độ tại quầy")
      .fill("Đơn vị được đánh giá", "Phường Một")
      .fill("frame", "Người đến quầy")
      .fill("frame_size", "50");
  mat.press("Công bố");
  CHECK(street.told_of_surveys().size() == 1);
  CHECK(mat.status() == 200);
  CHECK(mat.shows("Khảo sát thái độ tại quầy"));
  mat.get("/en/staff/surveys/new");
  CHECK(mat.shows("Plan a survey"));
}

}  // namespace ln::survey
