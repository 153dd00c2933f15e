// Finding one comment among many, and what must be found no more.
#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "app/jobs_rooms.h"
#include "feature/consultation/consultation_jobs.h"
#include "feature/consultation/consultation_store_search.h"
#include "test/draft_desk.h"

namespace ln::consultation {
namespace {

struct SearchDesk : test::DraftDesk {
  SearchDesk() { make_open(); }
  void index() {
    while (index_comments(database) > 0) {
    }
  }
  FoundComments found(const std::string& words,
                      const std::string& clause = "",
                      std::size_t wanted = 20,
                      std::int64_t before = 0,
                      bool is_alike = false) {
    return read([&](db::Read& r) {
      return find_comments(r, {.consultation = id,
                               .words = words,
                               .clause = clause,
                               .before = before,
                               .is_alike = is_alike,
                               .wanted = wanted});
    });
  }
  std::size_t count(const std::string& words, const std::string& clause = "") {
    const FoundComments all = found(words, clause);
    return all.exact.size() + all.alike.size();
  }
};

}  // namespace

TEST_CASE("words are found with their marks first, and without marks in every spelling") {
  SearchDesk desk;
  desk.say("d1.1", "Xin dán bảng điểm trong thang máy.");
  desk.say("d2.1", "Ba mươi ngày là quá lâu, xin rút xuống mười ngày.");
  desk.say("d2.2", "Tháng mấy thì áp dụng?");
  CHECK(desk.count("thang") == 0);  // Nothing is indexed yet.
  desk.index();
  CHECK(desk.read(unindexed_count) == 0);
  const FoundComments marked = desk.found("tháng");
  REQUIRE(marked.exact.size() == 1);
  CHECK(marked.exact[0].clause == "d2.2");
  REQUIRE(marked.alike.size() == 1);
  CHECK(marked.alike[0].clause == "d1.1");
  CHECK(desk.found("thang").exact.size() == 2);
  // A clause is the place itself and what stands below it, and no other that begins alike.
  CHECK(desk.count("thang", "d2") == 1);
  CHECK(desk.count("thang", "d2.1") == 0);
  CHECK(desk.count("ngay", "d2.1") == 1);
  CHECK(desk.count("?!") == 0);
  CHECK(desk.count("") == 3);
  CHECK(desk.count("", "d2") == 2);
}

TEST_CASE("whoever follows the pages sees each comment once") {
  SearchDesk desk;
  for (int n = 0; n < 9; ++n)
    desk.say(n % 2 == 0 ? "d1.1" : "d2.1", "Tháng " + std::to_string(n + 1) + " có hiệu lực.");
  for (int n = 0; n < 5; ++n) desk.say("d1.1", "Thang máy số " + std::to_string(n + 1) + " hỏng.");
  desk.index();
  std::vector<std::int64_t> seen;
  std::int64_t before = 0;
  bool is_alike = false;
  int pages = 0;
  do {
    const FoundComments page = desk.found("tháng", "", 4, before, is_alike);
    for (const auto* list : {&page.exact, &page.alike})
      for (const Comment& each : *list) seen.push_back(each.id.value);
    before = page.next;
    is_alike = page.next_is_alike;
    REQUIRE(++pages < 20);
  } while (before != 0);
  CHECK(seen.size() == 14);
  std::ranges::sort(seen);
  CHECK(std::ranges::adjacent_find(seen) == seen.end());
  CHECK(desk.found("", "", 4).next != 0);
}

TEST_CASE("a page of results that ends with the last of them has no next page") {
  SearchDesk desk;
  for (int n = 0; n < 4; ++n) desk.say("d1.1", "Tháng " + std::to_string(n + 1) + " có hiệu lực.");
  desk.index();
  CHECK(desk.found("tháng", "", 4).next == 0);
  CHECK(desk.found("thang", "", 4).next == 0);
  CHECK(desk.found("", "", 4).next == 0);
  // Those that are only alike begin on a page of their own, when there are any.
  desk.say("d1.1", "Thang máy hỏng.");
  desk.index();
  const FoundComments first = desk.found("tháng", "", 4);
  CHECK(first.exact.size() == 4);
  REQUIRE(first.next != 0);
  CHECK(first.next_is_alike);
  const FoundComments second = desk.found("tháng", "", 4, first.next, true);
  CHECK(second.exact.empty());
  CHECK(second.alike.size() == 1);
  CHECK(second.next == 0);
}

TEST_CASE("a search in one clause looks through more comments than one page of the index") {
  SearchDesk desk;
  desk.say("d2.1", "Tháng nào thì áp dụng?");
  for (int n = 0; n < 45; ++n) desk.say("d1.1", "Tháng " + std::to_string(n) + " có hiệu lực.");
  desk.index();
  CHECK(desk.count("thang", "d2") == 1);
  CHECK(desk.found("thang", "d1", 50).exact.size() == 45);
}

TEST_CASE("a search stays within its own draft") {
  SearchDesk desk;
  desk.say("d1.1", "Đồng ý với dự thảo này.");
  const ConsultationId first = desk.id;
  desk.make_open();
  desk.say("d1.1", "Đồng ý với dự thảo kia.");
  desk.index();
  const FoundComments second = desk.found("đồng ý");
  REQUIRE(second.exact.size() == 1);
  CHECK(second.exact[0].consultation == desk.id);
  desk.id = first;
  CHECK(desk.found("đồng ý").exact.size() == 1);
}

TEST_CASE("what was withdrawn, hidden or changed is found by its old words no more") {
  SearchDesk desk;
  const auto gone = desk.say("d1.1", "Nhà tôi ở số mười hai.");
  const auto hidden = desk.say("d1.1", "Số điện thoại của ông ấy là đây.");
  const auto changed = desk.say("d1.1", "Tôi xin chín mươi ngày.");
  desk.index();
  CHECK(desk.read(owed_count) == 0);
  REQUIRE(desk.write([&](db::Write& w) { return withdraw_comment(w, desk.by(gone)); }).ok());
  auto act = desk.act();
  act.revision = hidden.comment.revision;
  const auto hide_it = [&](db::Write& w) {
    return hide(w, act, *hidden.comment.code, HideReason::privacy, ledger::draw(desk.random));
  };
  REQUIRE(desk.write(hide_it).ok());
  REQUIRE(desk.write([&](db::Write& w) {
                return change_comment(w, desk.by(changed), "Tôi xin sáu mươi ngày.", "");
              })
              .ok());
  CHECK(desk.count("muoi hai") == 0);
  CHECK(desk.count("dien thoai") == 0);
  CHECK(desk.count("chin muoi") == 0);
  CHECK(desk.count("sau muoi") == 1);
  CHECK(desk.read(owed_count) == 3);
  // Files of a server are written anew at night; until then it stays owed.
  app::attend_drafts(desk.database, false, desk.now);
  CHECK(desk.read(owed_count) == 3);
  // What is taken out while the files are written anew is owed again.
  desk.write([&](db::Write& w) { forget_owed(w, 2); });
  CHECK(desk.read(owed_count) == 1);
  CHECK(forget_searched_words(desk.database));
  CHECK_FALSE(forget_searched_words(desk.database));
  act.revision = desk.now_is(hidden).revision;
  REQUIRE(desk.write([&](db::Write& w) {
                return show(w, act, *hidden.comment.code, ledger::draw(desk.random));
              })
              .ok());
  CHECK(desk.count("dien thoai") == 1);
}

TEST_CASE("a restored city, which has no search, fills it from the first comment on") {
  SearchDesk desk;
  desk.say("d1.1", "Đồng ý với dự thảo này.");
  desk.index();
  search_anew_if_empty(desk.database);
  CHECK(desk.read(unindexed_count) == 0);
  desk.write([&](db::Write& w) { search_index.remove(w, 1); });
  search_anew_if_empty(desk.database);
  CHECK(desk.read(unindexed_count) == 1);
  desk.index();
  CHECK(desk.count("đồng ý") == 1);
}

TEST_CASE("the page of the search keeps what was asked, and bad questions are empty ones") {
  SearchDesk desk;
  for (int n = 0; n < 17; ++n) desk.say("d2.1", "Ý kiến " + std::to_string(n) + " về thời hạn.");
  desk.index();
  auto anybody = desk.browser("nobody");
  const std::string page = "/consultations/" + std::to_string(desk.id.value) + "/comments";
  anybody.get(page);
  CHECK(anybody.shows("Ý kiến 16 về thời hạn."));
  CHECK_FALSE(anybody.shows("Ý kiến 1 về thời hạn."));
  anybody.fill("q", "thoi han").choose("Khoản 1 Điều 2", "clause").press("Tìm");
  CHECK(anybody.address().find("clause=d2.1") != std::string::npos);
  CHECK(anybody.shows("Ý kiến tìm thấy"));
  anybody.follow("Trang sau");
  CHECK(anybody.shows("Ý kiến 1 về thời hạn."));
  CHECK(anybody.get(page + "?q=%ff%fe&clause=d99&before=-4").status() < 500);
  CHECK(anybody.get(page + "?q=xyz").shows("Không có ý kiến nào như vậy."));
  CHECK(anybody.get("/consultations/99/comments?q=a").status() == 404);
}

}  // namespace ln::consultation
