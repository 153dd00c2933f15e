// Drafts of forms at which somebody else was faster: nothing is overwritten unseen, nothing typed
// is lost.
#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

#include "feature/survey/survey_pages_draft.h"
#include "test/survey_desks.h"

namespace ln::survey {

TEST_CASE("showing the answers of a question does not hand out a revision that nobody saw") {
  Desks desks;
  auto qt = desks.signed_in("qt");
  begin_anew(qt);
  qt.press("Sao chép Câu 1");
  auto other = desks.signed_in("qt2");
  other.get(desks.question("q2")).fill("vi", "Lời của người thứ hai");
  qt.get(desks.question("q2")).fill("vi", "Lời của người thứ nhất").press("Lưu câu hỏi");
  other.choose("Câu 1: Nhà văn hóa sạch sẽ").press("Chọn câu trả lời");
  CHECK(other.status() == 409);
  other.press("Lưu câu hỏi");
  CHECK(other.status() == 409);
  CHECK(desks.draft().form.find("q2")->words.vi == "Lời của người thứ nhất");
}

TEST_CASE("whoever came too late writes over it only by saying so, and over nothing later") {
  Desks desks;
  auto qt = desks.signed_in("qt");
  begin_anew(qt);
  auto other = desks.signed_in("qt2");
  other.get(desks.question("q1")).fill("vi", "Lời của người thứ hai");
  CHECK_FALSE(other.shows("Ghi đè bản hiện nay"));
  const auto says = [&](const std::string& words) {
    qt.get(desks.question("q1")).fill("vi", words).press("Lưu câu hỏi");
  };
  says("Lời thứ nhất");
  for (int times = 0; times < 2; ++times) {
    other.press("Lưu câu hỏi");
    CHECK(other.status() == 409);
    CHECK(other.shows("Ghi đè bản hiện nay"));
  }
  // The box stands for what was there when it was shown.
  other.choose("Ghi đè bản hiện nay bằng điều tôi đã viết");
  says("Lời thứ ba");
  other.press("Lưu câu hỏi");
  CHECK(other.status() == 409);
  CHECK(desks.draft().form.find("q1")->words.vi == "Lời thứ ba");
  other.choose("Ghi đè bản hiện nay bằng điều tôi đã viết").press("Lưu câu hỏi");
  CHECK(other.status() == 200);
  CHECK(desks.draft().form.find("q1")->words.vi == "Lời của người thứ hai");
}

TEST_CASE("who is overtaken between the look and the write gets the page with what was typed") {
  Desks desks;
  auto qt = desks.signed_in("qt");
  begin_anew(qt);
  const auto administrator = *people::Administrator::of(desks.staff("qt2"));
  http::Request request;
  request.view.site = &desks.site;
  request.path_values = {{"id", "1"}, {"question", "q1"}};
  request.form.add("revision", std::to_string(desks.draft().revision));
  for (const auto& [name, value] :
       std::vector<std::pair<std::string, std::string>>{{"newest", "0"},
                                                        {"body", file_of(desks.draft().form)},
                                                        {"vi", "Lời đã gõ"},
                                                        {"section", "0"},
                                                        {"name_vi", "Tên đã gõ"},
                                                        {"source", "Nguồn"},
                                                        {"sections", "Một"},
                                                        {"formula", "scaled"},
                                                        {"formula_vi", "Trung bình"}})
    request.form.add(name, value);
  using Post =
      Result<http::Pending> (*)(const http::Request&, db::Read&, people::Administrator, Instant);
  struct Case {
    Post post;
    std::string kept;
  };
  std::vector<std::pair<http::Pending, std::string>> all;
  for (const Case& each :
       {Case{draft::question_post, "value=\"Lời đã gõ\""},
        Case{draft::about_post, "value=\"Tên đã gõ\""}, Case{draft::file_post, "langnghe form 1"},
        Case{draft::use_post, "Nhà văn hóa"}, Case{draft::drop_post, "Nhà"}}) {
    auto made =
        desks.read([&](db::Read& r) { return each.post(request, r, administrator, desks.now); });
    REQUIRE_MESSAGE(made.ok(), test::why(made));
    REQUIRE_FALSE(made.value().ready());
    all.emplace_back(std::move(made).value(), each.kept);
  }
  qt.get(desks.question("q1")).fill("en", "Clean").press("Lưu câu hỏi");
  const std::int64_t revision = desks.draft().revision;
  for (const auto& [pending, kept] : all) {
    bool is_done = true;
    desks.write([&](db::Write& w) { is_done = pending.work()(w); });
    CHECK_FALSE(is_done);
    const http::Response answer = pending.finish("");
    CHECK(answer.status == 409);
    CHECK(answer.body.find("Người khác đã sửa bản nháp") != std::string::npos);
    CHECK(answer.body.find(kept) != std::string::npos);
  }
  CHECK(desks.draft().revision == revision);
  CHECK(desks.draft().is_there);
}

}  // namespace ln::survey
