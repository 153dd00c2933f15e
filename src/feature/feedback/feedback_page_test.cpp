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

}  // namespace

TEST_CASE("a case may be about a public page of ours, and about nothing else") {
  for (const char* path :
       {"/consultations/3", "/consultations/3/clauses/d1.2", "/consultations/3/map",
        "/dialogues/12", "/dialogues/12/minutes", "/projects/1", "/ballots/2", "/disclosure/9",
        "/surveys/1", "/units/P1", "/figures", "/figures/on_time?unit=P1&period=2026-10",
        "/feedback/22222222"}) {
    CAPTURE(path);
    CHECK(may_be_about(path) ==
          (std::string_view(path) != "/feedback/22222222" || Code::parse("22222222").has_value()));
  }
  const std::string long_one = "/units/" + std::string(page_path_size_max, 'a');
  for (const char* path : {"",
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
  CHECK(b.shows("/projects/3"));
  CHECK(b.body().find("name=\"page\" value=\"/projects/3\"") != std::string::npos);
  CHECK(b.body().find("value=\"suggestion\" selected") != std::string::npos);
  b.press("Tiếp tục");  // Nothing is chosen: the form comes back and still knows.
  CHECK(b.status() == 422);
  CHECK(b.shows("/projects/3"));
  for (const char* foreign : {"//evil.example/x", "/staff/projects/3", "/ballots/slips/2222"}) {
    b.get("/feedback/new?kind=nonsense&page=" + std::string(foreign));
    CHECK(b.status() == 200);
    CHECK_FALSE(b.shows("Góp ý về trang"));
  }
}

TEST_CASE("what is said about a page is told once published, and never of a protected case") {
  FeedbackTown town;
  std::string secret;
  const auto about = [&](const char* what, std::string_view path) {
    const Feedback f = town.send(said(what), secret);
    town.write([&](db::Write& w) { note_page(w, f, path); });
    return f;
  };
  const Feedback one = about("place", "/projects/3"), other = about("place", "/projects/4");
  const Feedback guarded = about("conduct", "/projects/3");
  const Feedback foreign = about("place", "/staff/projects/3");
  const auto count = [&] {
    return town.read([](db::Read& r) { return count_published_about(r, "/projects/3"); });
  };
  const auto page = [&](const Feedback& f) {
    return town.read([&](db::Read& r) { return page_of(r, f.id); });
  };
  CHECK(page(one) == "/projects/3");
  CHECK(page(other) == "/projects/4");
  CHECK(guarded.is_protected);
  CHECK(page(guarded).empty());
  CHECK(page(foreign).empty());
  CHECK(count() == 0);
  Browser b(town, town.router, town.site);
  b.get("/feedback/" + one.code.text());
  CHECK_FALSE(b.shows("/projects/3"));  // What is not published is not told.
  town.change(one.code.text(), [&](Feedback& f) { f.published_at = town.now; });
  CHECK(count() == 1);
  CHECK(town.read([](db::Read& r) { return published_about(r, "/projects/3", 5); }) ==
        std::vector<FeedbackId>{one.id});
  b.get("/feedback/" + one.code.text());
  CHECK(b.shows("/projects/3"));
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
