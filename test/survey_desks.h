// Two administrators at drafts of forms: what the tests of the editor share.
#pragma once

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "feature/survey/survey_actions_draft.h"
#include "test/survey_street.h"

namespace ln::survey {

struct Desks : Street {
  Desks() {
    write([&](db::Write& w) {
      add_account(w, "qt2", "Quản Trị Hai", people::Role::administrator, "01");
    });
    sign_in_again();
  }
  Draft draft() {
    return *read([&](db::Read& r) { return find_draft(r, DraftId{1}); });
  }
  std::string question(const std::string& code, const std::string& more = "") {
    return "/staff/surveys/drafts/1/questions/" + code + more;
  }
  std::int64_t newest(std::string_view code) {
    const auto all = read([&](db::Read& r) { return versions_of(r, code); });
    return all.empty() ? 0 : all.front().version;
  }
  std::vector<std::string> codes() {
    std::vector<std::string> all;
    for (const Question& each : draft().form.questions) all.push_back(each.code);
    return all;
  }
};

inline const std::string first_draft = "/staff/surveys/drafts/1";

// A form that did not exist, with its first question.
inline void begin_anew(test::Browser& page) {
  page.get("/staff/surveys/forms").follow("Soạn bộ câu hỏi mới");
  page.fill("Tên bằng tiếng Việt", "Đánh giá nhà văn hóa")
      .fill("source", "Phường Một")
      .fill("sections", "Nơi sinh hoạt | The place\nGóp ý")
      .fill("formula_vi", "Trung bình");
  page.press("Lưu");
  page.follow("Thêm câu hỏi").follow("Thang 1 đến 5");
  page.fill("vi", "Nhà văn hóa sạch sẽ").fill("weight", "1").press("Lưu câu hỏi");
}

}  // namespace ln::survey
