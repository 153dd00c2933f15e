// Paper forms: printed with codes that wait, typed in once, withdrawn, expired.
#include <doctest/doctest.h>

#include <string>

#include "core/people/people_citizen.h"
#include "feature/feedback/feedback_actions_help.h"
#include "feature/feedback/feedback_store_intake.h"
#include "test/office.h"

namespace ln::feedback {
namespace {

struct Printer : test::Office {
  Printer() {
    write([&](db::Write& w) { add_account(w, "hao", "Thư ký Hào", people::Role::clerk, "P2"); });
  }
  std::vector<DrawnPaper> papers;

  people::Officer officer(const std::string& login) {
    return *read([&](db::Read& r) {
      return people::Officer::of(
          *people::SignIn::staff_of(r, people::hash_of("token-of-" + login), now));
    });
  }
  PaperBatch print(std::int64_t count, const std::string& login = "thu") {
    papers = read([&](db::Read& r) { return draw_papers(r, count, random); });
    const auto clerk = officer(login);
    const auto batch = write([&](db::Write& w) {
      return print_papers(w, clerk, About::procedure, units.at(login == "hao" ? "P2" : "P1"),
                          papers, now);
    });
    REQUIRE(batch.ok());
    return batch.value();
  }
  std::int64_t count() {
    return *read([](db::Read& r) {
      return r.one("SELECT (SELECT count(*) FROM feedback) + (SELECT count(*) FROM ledger_entry)",
                   [](const db::Row& row) { return row.integer(0); });
    });
  }
  // Types the form of `code` in, as far as the page lets one.
  void type_in(test::Browser& clerk, const Code& code) {
    clerk.get("/staff/intake?paper=" + code.text());
    clerk.fill("body", "Viết trên giấy: chờ lâu quá.").press("Đọc lại");
    if (clerk.status() != 200) return;
    clerk.choose("Tôi đã đọc lại và người dân đồng ý").press("Gửi và in giấy hẹn");
  }
  int answers(const Code& code, const std::string& words) {
    test::Browser anybody(*this, router, site);
    anybody.get("/feedback/" + code.text());
    CHECK(anybody.shows(words));
    return anybody.status();
  }
};

}  // namespace

TEST_CASE("a printed form waits, is no case, and becomes the case of its code") {
  Printer office;
  office.print(2);
  const Code code = office.papers.front().code;
  CHECK(code.text().front() == 'P');
  CHECK(office.count() == 0);
  CHECK(office.answers(code, "đang chờ nhập") == 200);
  test::Browser english(office, office.router, office.site);
  CHECK(english.get("/en/feedback/" + code.text()).shows("waiting to be typed in"));
  // Whoever types both from the strip is told the same.
  test::Browser finder(office, office.router, office.site);
  finder.get("/feedback/find")
      .fill("code", code.shown())
      .fill("secret", office.papers.front().secret)
      .press("Mở hồ sơ");
  CHECK(finder.shows("đang chờ nhập"));

  auto clerk = office.browser("hao");  // Any counter may type it in.
  office.type_in(clerk, code);
  REQUIRE(clerk.status() == 200);
  CHECK(clerk.shows("Mã bí mật nằm trên phần phiếu"));
  CHECK(clerk.body().find("id=\"secret\"") == std::string::npos);
  const auto sent = office.read([&](db::Read& r) { return find(r, code); });
  REQUIRE(sent);
  CHECK(sent->received_at == office.now);
  CHECK(sent->entered_by == office.accounts.at("hao"));
  CHECK(sent->about == About::procedure);
  // The writer opens it with the strip; the clerk has never seen that secret.
  test::Browser writer(office, office.router, office.site);
  writer.get("/feedback/" + code.text());
  CHECK(!writer.shows("đang chờ nhập"));
  writer.fill("secret", office.papers.front().secret).press("Mở hồ sơ");
  CHECK(writer.shows("Viết trên giấy: chờ lâu quá."));
  CHECK(office.answers(office.papers.back().code, "đang chờ nhập") == 200);
}

TEST_CASE("a form is typed in once, even by two counters at the same moment") {
  Printer office;
  office.print(1);
  const Code code = office.papers.front().code;
  auto slow = office.browser("hao");
  slow.get("/staff/intake?paper=" + code.text())
      .fill("body", "Gõ cùng lúc ở quầy khác.")
      .press("Đọc lại")
      .choose("Tôi đã đọc lại và người dân đồng ý");
  auto fast = office.browser("thu");
  office.type_in(fast, code);
  CHECK(fast.status() == 200);
  const std::int64_t after_one = office.count();
  slow.press("Gửi và in giấy hẹn");
  CHECK(slow.status() == 422);
  CHECK(slow.shows("Phiếu này đã được nhập"));
  CHECK(office.count() == after_one);
  // The act refuses by itself, behind the page.
  const auto paper = office.read([&](db::Read& r) { return find_paper(r, code); });
  Typed typed;
  typed.about = "procedure";
  typed.body = "Lần thứ ba.";
  const auto prepared =
      office.read([&](db::Read& r) { return prepare(r, typed, office.random, office.now); });
  TakenIn taken{.prepared = prepared.value(), .paper = paper};
  put_on_paper(taken.prepared, *paper);
  const auto thu = office.officer("thu");
  const auto again = office.write([&](db::Write& w) { return take_in(w, thu, taken, office.now); });
  REQUIRE(!again.ok());
  CHECK(again.error().text.name() == "feedback.error.paper_used");
}

TEST_CASE("withdrawn and expired forms say so and cannot be typed in") {
  Printer office;
  office.print(2);
  const Code withdrawn = office.papers.front().code, used = office.papers.back().code;
  auto typist = office.browser("thu");
  office.type_in(typist, used);
  CHECK(typist.status() == 200);
  auto stranger = office.browser("hao");  // Of another ward.
  CHECK(!stranger.get("/staff/paper").shows("Thu hồi phiếu chưa nhập"));
  auto clerk = office.browser("thu");
  clerk.get("/staff/paper");
  CHECK(clerk.shows("Đã nhập 1 trên 2 phiếu."));
  clerk.press("Thu hồi phiếu chưa nhập");
  CHECK(clerk.shows("Đã thu hồi lúc"));
  CHECK(office.answers(withdrawn, "đã bị thu hồi") == 200);
  office.type_in(typist, withdrawn);
  CHECK(typist.status() == 422);
  CHECK(typist.shows("Phiếu này đã bị thu hồi"));
  // What was typed in before stays a case.
  CHECK(office.read([&](db::Read& r) { return find(r, used); }).has_value());

  office.print(1);
  const Code old = office.papers.front().code;
  office.now += papers_valid_for;
  CHECK(office.answers(old, "đang chờ nhập") == 200);
  office.now += std::chrono::hours(24);
  CHECK(office.answers(old, "đã hết hạn") == 200);
}

TEST_CASE("only the units' own clerks withdraw, and only a clerk or a head prints") {
  Printer office;
  const PaperBatch batch = office.print(1);
  const auto name = [](const auto& result) {
    return result.ok() ? std::string("ok") : std::string(result.error().text.name());
  };
  const auto withdraw = [&](const char* login) {
    const auto by = office.officer(login);
    return name(
        office.write([&](db::Write& w) { return withdraw_papers(w, by, batch.id, office.now); }));
  };
  CHECK(withdraw("hao") == "feedback.error.no_such_batch");
  CHECK(withdraw("nam") == "feedback.error.no_intake");
  CHECK(withdraw("thanh") == "ok");  // The head of the city.
  CHECK(withdraw("thu") == "feedback.error.batch_withdrawn");
  const auto print = [&](const char* login, std::int64_t count) {
    const auto by = office.officer(login);
    const auto drawn =
        office.read([&](db::Read& r) { return draw_papers(r, count, office.random); });
    return name(office.write([&](db::Write& w) {
      return print_papers(w, by, About::place, office.units.at("P1"), drawn, office.now);
    }));
  };
  CHECK(print("tri", 1) == "feedback.error.no_intake");
  CHECK(print("hai", 1) == "feedback.error.no_intake");  // A head of another ward.
  CHECK(print("thu", 0) == "feedback.error.paper_count");
  CHECK(print("thu", 1) == "ok");
}

TEST_CASE(
    "the forms that are printed bear their code twice and their secret once, and are kept "
    "nowhere") {
  Printer office;
  auto clerk = office.browser("thu");
  clerk.get("/staff/paper").fill("count", "51").press("In phiếu");
  CHECK(clerk.status() == 422);
  clerk.fill("count", "3").press("In phiếu");
  REQUIRE(clerk.status() == 200);
  std::size_t sheets = 0;
  for (std::size_t at = 0;
       (at = clerk.body().find("<section class=\"paper\"", at)) != std::string::npos; ++at)
    ++sheets;
  CHECK(sheets == 3);
  const std::string mark = "class=\"secret\" translate=\"no\">";
  const std::size_t at = clerk.body().find(mark);
  REQUIRE(at != std::string::npos);
  const std::string secret = clerk.body().substr(at + mark.size(), 24);
  CHECK(clerk.body().find(secret) == clerk.body().rfind(secret));
  const auto batches = office.read([](db::Read& r) { return paper_batches(r, "/", 10); });
  REQUIRE(batches.size() == 1);
  CHECK(batches.front().form_count == 3);
  CHECK(batches.front().printed_by == office.accounts.at("thu"));
  CHECK(clerk.get("/staff/paper").body().find(secret) == std::string::npos);
}

TEST_CASE("no case that is sent takes a code which a form may have") {
  test::World world;
  for (int i = 0; i < 2'000; ++i) {
    CHECK(Code::draw(world.random).text().front() != 'P');
    CHECK(Code::draw_for_paper(world.random).text().front() == 'P');
  }
}

TEST_CASE("a protected case from a form is answered like a code that does not exist") {
  Printer office;
  office.print(1);
  const Code code = office.papers.front().code;
  auto clerk = office.browser("thu");
  clerk.get("/staff/intake?paper=" + code.text())
      .fill("body", "Chuyện kín trên giấy.")
      .choose("Có, giấu tôi", "protected")
      .press("Đọc lại")
      .choose("Tôi đã đọc lại và người dân đồng ý")
      .press("Gửi và in giấy hẹn");
  REQUIRE(clerk.status() == 200);
  REQUIRE(office.read([&](db::Read& r) { return find(r, code); })->is_protected);
  test::Browser anybody(office, office.router, office.site);
  CHECK(anybody.get("/feedback/" + code.text()).status() == 404);
  CHECK(anybody.get("/feedback/22222222").status() == 404);
}

}  // namespace ln::feedback
