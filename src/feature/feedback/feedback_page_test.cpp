#include "feature/feedback/feedback_page.h"

#include <doctest/doctest.h>

#include "core/ledger/ledger_store.h"
#include "feature/feedback/feedback_actions_erase.h"
#include "feature/feedback/feedback_actions_page.h"
#include "feature/feedback/feedback_store_erase.h"
#include "feature/feedback/feedback_store_page.h"
#include "test/feedback_town.h"

namespace ln::feedback {
namespace {

using test::Browser;
using test::FeedbackTown;

Typed said(const char* about) {
  Typed typed;
  typed.about = about;
  typed.unit = "w3";
  typed.kind = "suggestion";
  typed.body = "Trang này viết khó hiểu, xin thêm một đoạn giải thích.";
  return typed;
}

void add_project(FeedbackTown& town) {
  town.write([](db::Write& w) {
    w.run(
        "INSERT INTO project (unit_id, unit_path, name_vi, summary, created_by, created_at) "
        "VALUES (1, '/1/', 'Mở rộng đường', 'x', 1, 0)");
  });
}

}  // namespace

TEST_CASE("a case may be about a public page of ours, and about nothing else") {
  for (const std::string path :
       {"/consultations/3", "/consultations/3/clauses/d1.2", "/consultations/3/clauses/c4.m1",
        "/consultations/3/clauses/d5-2.2.dd", "/consultations/3/clauses/all",
        "/consultations/3/clauses/d5a.2", "/consultations/3/map", "/consultations/3/answers",
        "/dialogues/12", "/dialogues/12/minutes", "/projects/1", "/ballots/2", "/disclosure/9",
        "/surveys/1", "/units/P1", "/units/H26.15-2", "/figures", "/figures/on_time",
        "/figures/board/units"}) {
    CAPTURE(path);
    CHECK(may_be_about(path));
  }
  const std::string long_one = "/units/" + std::string(page_path_size_max, 'a');
  for (const std::string path : {"",
                                 "/",
                                 "consultations/3",
                                 "//evil.example/figures",
                                 "/\\evil.example",
                                 "https://x.example/",
                                 "/staff",
                                 "/staff/projects/3",
                                 "/consultations",
                                 "/consultations/comments/7K2M9QPR",
                                 "/consultations/invitations/7K2M9QPR",
                                 "/dialogues/questions/7K2M9QPR",
                                 "/projects/files/7K2M9QPR",
                                 "/ballots/slips/7K2M9QPR",
                                 "/surveys/slip/secret",
                                 "/reply/secret",
                                 "/recover/secret",
                                 "/projects/1/../files/X",
                                 "/surveys/1/../slip/SECRET",
                                 "/figures/../staff",
                                 "/units/P1/anything",
                                 "/units/..",
                                 "/units/.",
                                 "/units/../staff",
                                 "/units/a..b",
                                 "/projects/1/",
                                 "/projects//1",
                                 "/projects/0",
                                 "/projects/01",
                                 "/projects/0912345678",
                                 "/projects/1234567",
                                 "/projects/1/ong-an-nhan-tien",
                                 "/projects/1/minutes",
                                 "/projects/1?ong=an",
                                 "/figures?ong=an",
                                 "/figures/ong-an-nhan-tien",
                                 "/figures/",
                                 "/consultations/3/clauses",
                                 "/consultations/3/clauses/",
                                 "/consultations/3/clauses/..",
                                 "/consultations/3/clauses/d1..2",
                                 "/consultations/3/clauses/d1.2.",
                                 "/consultations/3/clauses/d1.2/map",
                                 "/consultations/3/clauses/ong-an.nhan-tien",
                                 "/consultations/3/clauses/d1.ong",
                                 "/consultations/3/clauses/d1-0912",
                                 "/feedback/7K2M9QPR",
                                 "/feedback/7k2m-9qpr",
                                 "/feedback/find",
                                 "/feedback/7K2M9QPR/receipt",
                                 "/feedback/7K2M9QPR?done=1",
                                 "/units/",
                                 "/units/P1#secret",
                                 "/units/Phường",
                                 "/units/%2e%2e",
                                 "/figures\"><script>",
                                 long_one.c_str()}) {
    CAPTURE(path);
    CHECK_FALSE(may_be_about(path));
  }
}

TEST_CASE("the form says from which page somebody came, and takes no page that is none of ours") {
  FeedbackTown town;
  Browser b(town, town.router, town.site);
  b.get("/feedback/new?kind=suggestion&page=/projects/3");
  CHECK(b.shows("Góp ý về trang"));
  CHECK(b.shows("Dự án số 3"));
  CHECK_FALSE(b.shows("/projects/3"));
  CHECK(b.body().find("name=\"page\" value=\"/projects/3\"") != std::string::npos);
  CHECK(b.body().find("value=\"suggestion\" selected") != std::string::npos);
  b.press("Tiếp tục");  // Nothing is chosen: the form comes back and still knows.
  CHECK(b.status() == 422);
  CHECK(b.shows("Dự án số 3"));
  b.get("/en/feedback/new?page=/consultations/3/clauses/d5.2");
  CHECK(b.shows("Draft for comment no. 3 – clause 2, Article 5"));
  for (const char* foreign : {"//evil.example/x", "/staff/projects/3", "/ballots/slips/2222",
                              "/projects/3/../../staff", "/feedback/7K2M9QPR"}) {
    b.get("/feedback/new?kind=nonsense&page=" + std::string(foreign));
    CHECK(b.status() == 200);
    CHECK_FALSE(b.shows("Góp ý về trang"));
  }
}

TEST_CASE("what is said about a page is told once published, and never of a protected case") {
  FeedbackTown town;
  for (int n = 1; n <= 4; ++n) add_project(town);
  std::string secret;
  const auto about = [&](const char* what, std::string_view path) {
    const Feedback f = town.send(said(what), secret);
    town.write([&](db::Write& w) { note_page(w, f, path); });
    return f;
  };
  const Feedback one = about("place", "/projects/3"), other = about("place", "/projects/4");
  const Feedback guarded = about("conduct", "/projects/3");
  const Feedback foreign = about("place", "/staff/projects/3");
  const Feedback nowhere = about("place", "/projects/5");
  const Feedback nobody = about("place", "/units/nobody"), office = about("place", "/units/w3");
  const auto count = [&] {
    return town.read([](db::Read& r) { return count_published_about(r, "/projects/3"); });
  };
  const auto page = [&](const Feedback& f) {
    return town.read([&](db::Read& r) { return page_of(r, f.id); });
  };
  CHECK_FALSE(may_be_about("/feedback/" + one.code.text()));
  CHECK(page(one) == "/projects/3");
  CHECK(page(other) == "/projects/4");
  CHECK(guarded.is_protected);
  CHECK(page(guarded).empty());
  CHECK(page(foreign).empty());
  CHECK(page(nowhere).empty());
  CHECK(page(nobody).empty());
  CHECK(page(office) == "/units/w3");
  CHECK(count() == 0);
  Browser b(town, town.router, town.site);
  b.get("/feedback/" + one.code.text());
  CHECK_FALSE(b.shows("Dự án số 3"));  // What is not published is not told.
  town.change(one.code.text(), [&](Feedback& f) { f.published_at = town.now; });
  CHECK(count() == 1);
  CHECK(town.read([](db::Read& r) { return published_about(r, "/projects/3", 5); }) ==
        std::vector<FeedbackId>{one.id});
  b.get("/feedback/" + one.code.text());
  CHECK(b.shows("Dự án số 3"));
  const auto make = [&](std::string_view what) {
    town.write([&](db::Write& w) {
      w.run("UPDATE feedback SET about = $1, object_unit_id = NULL WHERE id = $2", what, one.id);
    });
  };
  make("conduct");
  CHECK(count() == 0);
  make("place");

  town.write([&](db::Write& w) { empty_words(w, one.id, town.now, ErasedBecause::by_sender); });
  CHECK(page(one).empty());
  CHECK(count() == 0);
}

}  // namespace ln::feedback
