// Maps of single articles: from how many statements and people on they are shown.
#include <doctest/doctest.h>

#include <string>

#include "feature/consultation/consultation_actions_map.h"
#include "feature/consultation/consultation_actions_vote.h"
#include "feature/consultation/consultation_jobs.h"
#include "test/draft_desk.h"

namespace ln::consultation {
namespace {

struct MapDesk : test::DraftDesk {
  std::string code;

  MapDesk() {
    make_open();
    code = say("d2.1", "Ba mươi ngày là quá lâu.").comment.code->text();
  }
  Result<Consultation> draw_from(const std::string& from, const std::string& text) {
    return write([&](db::Write& w) { return add_statement(w, act(), id, text, from); });
  }
  void add_statements(int count) {
    for (int n = 0; n < count; ++n)
      REQUIRE(draw_from(code, "Câu thứ " + std::to_string(n) + " về thời hạn công khai.").ok());
  }
  // People of two camps answer everything.
  void vote_all(int first, int last) {
    const auto all = read([&](db::Read& r) { return statements_of(r, id); });
    for (int person = first; person < last; ++person)
      for (std::size_t i = 0; i < all.size(); ++i)
        REQUIRE(write([&](db::Write& w) {
                  return vote(w, {.consultation = id,
                                  .statement = all[i].id,
                                  .mark = std::string(32, static_cast<char>('0' + person)),
                                  .said = (person % 2 == 0) == (i < 3) ? 1 : -1,
                                  .now = now});
                }).ok());
  }
  std::string url(const std::string& more) const {
    return "/consultations/" + std::to_string(id.value) + more;
  }
};

}  // namespace

TEST_CASE("a statement stands under the clause of the comment it was drawn from") {
  MapDesk desk;
  const auto why = [](const auto& result) {
    return result.ok() ? std::string("fine") : std::string(result.error().text.name());
  };
  CHECK(why(desk.draw_from("GY-2222-2222", "Nên rút xuống mười ngày.")) ==
        "consultation.error.statement_from");
  CHECK(why(desk.draw_from("không phải mã", "Nên rút xuống mười ngày.")) ==
        "consultation.error.statement_from");
  const auto whole = desk.say("all", "Dự thảo ngắn gọn, dễ hiểu.");
  REQUIRE(desk.draw_from(desk.code, "Nên rút xuống mười ngày.").ok());
  REQUIRE(desk.draw_from(whole.comment.code->shown(), "Dự thảo này dễ hiểu.").ok());
  REQUIRE(desk.draw_from("", "Quy chế này là cần thiết.").ok());
  const auto gone = desk.say("d2.2", "Nhà tôi ở ngay cạnh.");
  REQUIRE(desk.write([&](db::Write& w) { return withdraw_comment(w, desk.by(gone)); }).ok());
  CHECK(why(desk.draw_from(gone.comment.code->text(), "Câu của ý kiến đã rút.")) ==
        "consultation.error.statement_from");
  const auto all = desk.read([&](db::Read& r) { return statements_of(r, desk.id); });
  REQUIRE(all.size() == 3);
  CHECK(all[0].clause == "d2.1");
  CHECK(all[1].clause.empty());
  CHECK(all[2].clause.empty());
  CHECK(article_of("d2.1.a") == "d2");
  CHECK(article_of("d2") == "d2");
  CHECK(article_of("c1").empty());
  CHECK(article_of("all").empty());
}

TEST_CASE("an article has a map from five statements and ten people on, and says what is missing") {
  MapDesk desk;
  auto anybody = desk.browser("nobody");
  const std::string page = desk.url("/clauses/d2/map");
  desk.add_statements(4);
  CHECK(anybody.get(page).shows("Điều này mới có 4 câu để chọn; từ 5 câu mới vẽ được bản đồ."));
  REQUIRE(desk.draw_from(desk.code, "Câu thứ năm về thời hạn công khai.").ok());
  desk.vote_all(0, 9);
  draw_maps(desk.database, desk.now);
  CHECK(anybody.get(page).shows("Chưa đủ 10 người trả lời"));
  // How many there are below the floor is told nowhere.
  CHECK_FALSE(anybody.shows("9 người"));
  desk.vote_all(9, 10);
  CHECK(anybody.get(page).shows("Bản đồ được vẽ lại trong vài phút."));
  draw_maps(desk.database, desk.now);
  CHECK(anybody.get(page).body().find("<svg class=\"plot\"") != std::string::npos);
  CHECK(anybody.shows("Các nhóm và điều họ nói"));
  CHECK(anybody.get(desk.url("/clauses/d2.1")).shows("Bản đồ ý kiến: Điều 2"));
  CHECK(anybody.get(desk.url("/map")).shows("Bản đồ của từng điều"));
  CHECK(anybody.get(desk.url("/clauses/d2.1/map")).status() == 404);
  CHECK(anybody.get(desk.url("/clauses/all/map")).status() == 404);
  CHECK(anybody.get(desk.url("/clauses/d9/map")).status() == 404);
  CHECK(anybody.get(desk.url("/clauses/d1/map")).shows("Điều này mới có 0 câu"));
}

TEST_CASE("a map is not shown under an article that its statements have left") {
  MapDesk desk;
  desk.add_statements(5);
  desk.vote_all(0, 12);
  draw_maps(desk.database, desk.now);
  auto typed = test::DraftDesk::typed(test::second_text);
  typed.note = "Thêm một điều.";
  REQUIRE(desk.write([&](db::Write& w) { return change(w, desk.act(), desk.id, typed); }).ok());
  REQUIRE(desk.write([&](db::Write& w) { return publish_version(w, desk.act(), desk.id); }).ok());
  auto anybody = desk.browser("nobody");
  // Article 2 is Article 3 now.
  CHECK(anybody.get(desk.url("/clauses/d2/map")).shows("Điều này mới có 0 câu"));
  CHECK(anybody.get(desk.url("/clauses/d3/map")).shows("Bản đồ được vẽ lại trong vài phút."));
  draw_maps(desk.database, desk.now);
  CHECK(anybody.get(desk.url("/clauses/d3/map")).shows("Các nhóm và điều họ nói"));
  // The table is short, what each group says is folded, and all of it is there without a script.
  const std::string& page = anybody.body();
  const std::size_t table = page.find("<table"), end = page.find("</table>");
  REQUIRE(table != std::string::npos);
  CHECK(page.substr(table, end - table).find("<ul") == std::string::npos);
  CHECK(page.find("Nhóm A: mọi điều", end) != std::string::npos);
  CHECK(page.find("<details", end) != std::string::npos);
  CHECK(page.find("Phần lớn nhóm này", end) != std::string::npos);
  CHECK(desk.read([&](db::Read& r) { return clause_maps_of(r, desk.id); }).size() == 1);
}

TEST_CASE("a map is drawn anew by five people at once, and tells shares in steps") {
  MapDesk desk;
  desk.add_statements(5);
  desk.vote_all(0, 12);
  draw_maps(desk.database, desk.now);
  const auto people = [&] {
    const auto maps = desk.read([&](db::Read& r) { return clause_maps_of(r, desk.id); });
    return maps.empty() ? 0 : picture_in(maps[0].json)->people;
  };
  CHECK(people() == 12);
  desk.vote_all(12, 16);
  draw_maps(desk.database, desk.now);
  CHECK(people() == 12);
  desk.vote_all(16, 17);
  draw_maps(desk.database, desk.now);
  CHECK(people() == 17);
  // A statement that is added waits with the map for five more people.
  REQUIRE(desk.draw_from(desk.code, "Câu thứ sáu về thời hạn công khai.").ok());
  desk.vote_all(17, 18);
  draw_maps(desk.database, desk.now);
  CHECK(people() == 17);
  auto anybody = desk.browser("nobody");
  anybody.get(desk.url("/clauses/d2/map"));
  CHECK(anybody.shows("Các nhóm và điều họ nói"));
  // Its camps are of eight and nine: of fewer than ten no share is told.
  CHECK_FALSE(anybody.shows("đồng ý từ"));
  CHECK(anybody.shows("nơi dưới 10 người trả lời thì không nói"));
  // A map needs people who answered all six.
  desk.vote_all(0, 26);
  draw_maps(desk.database, desk.now);
  anybody.get(desk.url("/clauses/d2/map"));
  CHECK(anybody.shows("đồng ý từ 50% đến 100% (của khoảng 10"));
  CHECK_FALSE(anybody.shows("Số câu trả lời"));
  CHECK_FALSE(anybody.get(desk.url("/map")).shows("Số câu trả lời"));
}

TEST_CASE("a map outlives the last day and moves with its article until the decision") {
  MapDesk desk;
  desk.add_statements(5);
  desk.vote_all(0, 12);
  draw_maps(desk.database, desk.now);
  desk.write([](db::Write& w) { w.run("UPDATE consultation SET closes_on = closes_on - 60"); });
  REQUIRE(close_due(desk.database, desk.now) == 1);
  auto typed = test::DraftDesk::typed(test::second_text);
  typed.note = "Thêm một điều.";
  REQUIRE(desk.write([&](db::Write& w) { return change(w, desk.act(), desk.id, typed); }).ok());
  REQUIRE(desk.write([&](db::Write& w) { return publish_version(w, desk.act(), desk.id); }).ok());
  auto anybody = desk.browser("nobody");
  // Until the job has come by, the list names no map that is not there.
  CHECK_FALSE(anybody.get(desk.url("/map")).shows("Bản đồ của từng điều"));
  draw_maps(desk.database, desk.now);
  CHECK(anybody.get(desk.url("/map")).shows("Bản đồ của từng điều"));
  CHECK(anybody.get(desk.url("/clauses/d3/map")).shows("Các nhóm và điều họ nói"));
  // The clause page leads to a map only where there are statements enough for one.
  CHECK(anybody.get(desk.url("/clauses/d3")).shows("Bản đồ ý kiến: Điều 3"));
  CHECK_FALSE(anybody.get(desk.url("/clauses/d1")).shows("Bản đồ ý kiến: Điều 1"));
}

}  // namespace ln::consultation
