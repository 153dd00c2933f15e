// The editor of forms in a browser: each button, each refusal, two administrators at once.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "feature/survey/survey_actions_draft.h"
#include "test/survey_desks.h"

namespace ln::survey {

TEST_CASE("a form is made field by field, seen as it will look, and put into use") {
  Desks desks;
  auto qt = desks.signed_in("qt");
  begin_anew(qt);
  CHECK(qt.status() == 200);
  CHECK(qt.address() == first_draft);
  CHECK(qt.shows("Nhà văn hóa sạch sẽ"));
  qt.follow("Thêm câu hỏi").follow("Chọn một");
  qt.fill("vi", "Bạn đến vì việc gì?").fill("options", "Họp | Meeting\nĐọc sách | Reading");
  qt.press("Lưu câu hỏi");
  qt.follow("Thêm câu hỏi").follow("Trả lời bằng lời");
  qt.fill("vi", "Bạn muốn có sách gì?").choose("Câu 2: Bạn đến vì việc gì?");
  qt.press("Chọn câu trả lời");
  CHECK(qt.status() == 200);
  CHECK(qt.shows("Chỉ hỏi khi câu “Bạn đến vì việc gì?” được trả lời"));
  qt.press("Lưu câu hỏi");
  CHECK(qt.status() == 422);
  CHECK(qt.shows("Hãy chọn ít nhất một câu trả lời"));
  CHECK(qt.body().find("value=\"Bạn muốn có sách gì?\"") != std::string::npos);
  qt.choose("Đọc sách").choose("Góp ý", "section").press("Lưu câu hỏi");
  CHECK(qt.shows("chỉ hỏi khi câu 2 trả lời: Đọc sách"));
  qt.follow("Xem như người dân sẽ thấy");
  CHECK(qt.shows("Bạn muốn có sách gì?"));
  CHECK(qt.shows("không có gì được gửi đi"));
  CHECK(qt.body().find("<main") != std::string::npos);
  qt.get("/en" + first_draft + "/preview");
  CHECK(qt.shows("nothing is sent"));
  CHECK(desks.newest("danh-gia-nha-van-hoa") == 0);
  qt.get(first_draft).press("Đưa vào sử dụng");
  CHECK(qt.status() == 200);
  CHECK(qt.address().starts_with("/surveys/forms/"));
  CHECK(desks.newest("danh-gia-nha-van-hoa") == 1);
  CHECK(qt.get(first_draft).status() == 404);
  // The next version begins from it, and what is in use stays as it is.
  qt.get("/staff/surveys/forms").press("Soạn phiên bản tiếp theo: Đánh giá nhà văn hóa");
  CHECK(qt.shows("Đang dùng: phiên bản 1"));
  qt.follow("Nhà văn hóa sạch sẽ").fill("vi", "Phòng đọc sạch sẽ").press("Lưu câu hỏi");
  const auto first =
      desks.read([&](db::Read& r) { return find_form(r, "danh-gia-nha-van-hoa", 1); });
  CHECK(first->questions.front().words.vi == "Nhà văn hóa sạch sẽ");
  qt.press("Đưa vào sử dụng");
  CHECK(desks.newest("danh-gia-nha-van-hoa") == 2);
  CHECK(qt.shows("Phòng đọc sạch sẽ"));
}

TEST_CASE("questions are moved, copied and taken out, and not while another depends on them") {
  Desks desks;
  auto qt = desks.signed_in("qt");
  begin_anew(qt);
  qt.follow("Thêm câu hỏi").follow("Có hoặc không");
  qt.fill("vi", "Có ai giúp không?").press("Lưu câu hỏi");
  qt.press("Đưa lên Câu 2");
  CHECK(desks.codes() == std::vector<std::string>{"q2", "q1"});
  qt.press("Đưa xuống Câu 1");
  CHECK(desks.codes() == std::vector<std::string>{"q1", "q2"});
  qt.press("Sao chép Câu 1");
  CHECK(desks.codes() == std::vector<std::string>{"q1", "q3", "q2"});
  qt.get(desks.question("q2"));
  qt.choose("Câu 2: Nhà văn hóa sạch sẽ").press("Chọn câu trả lời");
  qt.choose("Rất không hài lòng").press("Lưu câu hỏi");
  CHECK(desks.draft().form.find("q2")->show_if->is == std::vector<std::int64_t>{1});
  qt.press("Đưa lên Câu 3");
  CHECK(qt.status() == 409);
  CHECK(qt.shows("phải đứng sau câu ấy"));
  qt.get(desks.question("q3", "/out"));
  CHECK(qt.shows("Có câu khác chỉ được hỏi tùy câu này"));
  CHECK(qt.body().find("Bỏ khỏi bản nháp") == std::string::npos);
  qt.get(desks.question("q2", "/out"));
  // Asked once; nothing happened yet.
  CHECK(desks.codes().size() == 3);
  qt.press("Bỏ khỏi bản nháp");
  CHECK(desks.codes() == std::vector<std::string>{"q1", "q3"});
  CHECK(qt.get(desks.question("q2")).status() == 404);
}

TEST_CASE("an explanation and a shared heading stand where people answer") {
  Desks desks;
  auto qt = desks.signed_in("qt");
  begin_anew(qt);
  qt.follow("Sửa Câu 1");
  qt.fill("help_vi", "Cả sân và nhà vệ sinh")
      .fill("matrix_vi", "Bạn thấy thế nào")
      .press("Lưu câu hỏi");
  qt.follow("Thêm câu hỏi").follow("Thang 1 đến 5");
  qt.fill("vi", "Đủ chỗ ngồi").fill("matrix_vi", "Bạn thấy thế nào").press("Lưu câu hỏi");
  qt.follow("Xem như người dân sẽ thấy");
  CHECK(qt.shows("Cả sân và nhà vệ sinh"));
  // Two neighbours with one heading are one table, which says it once.
  const std::string heading = "Bạn thấy thế nào";
  const std::size_t first = qt.body().find(heading);
  REQUIRE(first != std::string::npos);
  CHECK(qt.body().find(heading, first + 1) == std::string::npos);
  qt.get(first_draft).press("Đưa vào sử dụng");
  Typed typed = desks.plan();
  typed.form = desks.read([](db::Read& r) { return find_form(r, "danh-gia-nha-van-hoa", 1)->id; });
  desks.open(typed);
  auto page = desks.anybody();
  page.get(desks.url("/answer"));
  CHECK(page.shows("Cả sân và nhà vệ sinh"));
  CHECK(page.shows(heading));
}

TEST_CASE("answers that were chosen of one question are not taken for those of another") {
  Desks desks;
  auto qt = desks.signed_in("qt");
  begin_anew(qt);
  qt.press("Sao chép Câu 1");
  qt.follow("Thêm câu hỏi").follow("Trả lời bằng lời");
  qt.fill("vi", "Vì sao?").choose("Câu 1: Nhà văn hóa sạch sẽ").press("Chọn câu trả lời");
  qt.choose("Rất không hài lòng").choose("Câu 2: Nhà văn hóa sạch sẽ").press("Lưu câu hỏi");
  CHECK(qt.status() == 422);
  CHECK(qt.shows("Hãy chọn ít nhất một câu trả lời"));
  CHECK(desks.codes().size() == 2);
  qt.choose("Rất không hài lòng").press("Lưu câu hỏi");
  CHECK(desks.draft().form.find("q3")->show_if->question == "q2");
  // Enter presses the first button of the form; with nothing to show it saves.
  qt.get(desks.question("q3")).fill("en", "Why?").press("Chọn câu trả lời");
  CHECK(desks.draft().form.find("q3")->words.en == "Why?");
}

TEST_CASE("a question that somebody begins to depend on meanwhile is not taken out") {
  Desks desks;
  auto qt = desks.signed_in("qt");
  begin_anew(qt);
  auto other = desks.signed_in("qt2");
  other.get(desks.question("q1", "/out"));
  qt.follow("Thêm câu hỏi").follow("Trả lời bằng lời");
  qt.fill("vi", "Vì sao?").choose("Câu 1: Nhà văn hóa sạch sẽ").press("Chọn câu trả lời");
  qt.choose("Rất không hài lòng").press("Lưu câu hỏi");
  other.press("Bỏ khỏi bản nháp");
  CHECK(other.status() == 409);
  CHECK(desks.codes().size() == 2);
}

TEST_CASE("of two administrators the second is told, keeps what was typed and overwrites nothing") {
  Desks desks;
  auto qt = desks.signed_in("qt");
  begin_anew(qt);
  auto other = desks.signed_in("qt2");
  other.get(desks.question("q1")).fill("vi", "Lời của người thứ hai");
  auto third = desks.signed_in("qt2");
  third.get(first_draft + "/about").fill("name_vi", "Tên khác");
  auto fourth = desks.signed_in("qt2");
  fourth.get(first_draft);
  qt.get(desks.question("q1")).fill("vi", "Lời của người thứ nhất").press("Lưu câu hỏi");
  const auto still = [&] {
    return desks.draft().form.find("q1")->words.vi == "Lời của người thứ nhất" &&
           desks.draft().form.name.vi == "Đánh giá nhà văn hóa";
  };
  other.press("Lưu câu hỏi");
  CHECK(other.status() == 409);
  CHECK(other.shows("Người khác đã sửa bản nháp"));
  CHECK(other.body().find("value=\"Lời của người thứ hai\"") != std::string::npos);
  CHECK(still());
  third.press("Lưu");
  CHECK(third.status() == 409);
  CHECK(third.body().find("value=\"Tên khác\"") != std::string::npos);
  CHECK(still());
  fourth.press("Bỏ bản nháp này");
  CHECK(fourth.status() == 409);
  CHECK(desks.draft().is_there);
  auto fifth = desks.signed_in("qt2");
  fifth.get(first_draft);
  qt.get(desks.question("q1")).fill("en", "Clean").press("Lưu câu hỏi");
  fifth.press("Đưa vào sử dụng");
  CHECK(fifth.status() == 409);
  CHECK(desks.newest("danh-gia-nha-van-hoa") == 0);
  // Having seen it, the second may save: knowingly now.
  other.get(desks.question("q1")).fill("vi", "Lời của người thứ hai").press("Lưu câu hỏi");
  CHECK(desks.draft().form.find("q1")->words.vi == "Lời của người thứ hai");
}

TEST_CASE("new words of an answer on which another question depends are told after saving") {
  Desks desks;
  auto qt = desks.signed_in("qt");
  begin_anew(qt);
  qt.follow("Thêm câu hỏi").follow("Chọn một");
  qt.fill("vi", "Vì việc gì?").fill("options", "Họp\nĐọc sách").press("Lưu câu hỏi");
  qt.follow("Thêm câu hỏi").follow("Trả lời bằng lời");
  qt.fill("vi", "Sách gì?").choose("Câu 2: Vì việc gì?").press("Chọn câu trả lời");
  qt.choose("Đọc sách").press("Lưu câu hỏi");
  qt.get(desks.question("q2")).fill("options", "Gặp mặt\nĐọc sách").press("Lưu câu hỏi");
  CHECK_FALSE(qt.shows("Một điều kiện nay có nghĩa khác"));
  qt.get(desks.question("q2")).fill("options", "Gặp mặt\nXem phim").press("Lưu câu hỏi");
  CHECK(qt.shows("Một điều kiện nay có nghĩa khác"));
  CHECK(qt.shows("Câu 3 nay hỏi khi câu 2 trả lời: Xem phim"));
  qt.get("/en" + first_draft + "?renamed=q2");
  CHECK(qt.shows("Question 3 is now asked when question 2 is answered: Xem phim"));
}

TEST_CASE("numbers of questions and options that were in use are not given to others") {
  Desks desks;
  auto qt = desks.signed_in("qt");
  begin_anew(qt);
  qt.follow("Thêm câu hỏi").follow("Chọn một");
  qt.fill("vi", "Vì việc gì?").fill("options", "Họp\nĐọc sách\nHát").press("Lưu câu hỏi");
  qt.press("Sao chép Câu 1").press("Đưa vào sử dụng");
  qt.get("/staff/surveys/forms").press("Soạn phiên bản tiếp theo: Đánh giá nhà văn hóa");
  qt.get(desks.question("q3", "/out")).press("Bỏ khỏi bản nháp");
  qt.press("Sao chép Câu 1");
  CHECK(desks.codes() == std::vector<std::string>{"q1", "q4", "q2"});
  qt.get(desks.question("q2")).fill("options", "Họp\nĐọc sách").press("Lưu câu hỏi");
  qt.get(desks.question("q2")).fill("options", "Họp\nĐọc sách\nMúa").press("Lưu câu hỏi");
  CHECK(desks.draft().form.find("q2")->options[2].value == 3);
}

TEST_CASE("forms and drafts stand twenty on a page") {
  Desks desks;
  auto qt = desks.signed_in("qt");
  begin_anew(qt);
  desks.write([&](db::Write& w) {
    Draft draft = *find_draft(w, DraftId{1});
    for (int n = 10; n < 31; ++n) {
      draft.form.code = "xx-" + std::to_string(n);
      draft.form.name = {"Nháp số " + std::to_string(n), ""};
      insert(w, draft);
    }
  });
  qt.get("/staff/surveys/forms");
  CHECK(qt.shows("Nháp số 28"));
  CHECK_FALSE(qt.shows("Nháp số 29"));
  qt.get("/staff/surveys/forms?drafts=20");
  CHECK(qt.shows("Nháp số 30"));
  CHECK_FALSE(qt.shows("Nháp số 28"));
  CHECK(qt.get("/staff/surveys/forms?drafts=999&forms=-1").shows("Nháp số 10"));
}

TEST_CASE("a draft that was thrown away is gone, and old pages of it change nothing") {
  Desks desks;
  auto qt = desks.signed_in("qt");
  qt.get("/staff/surveys/forms").press("Soạn phiên bản tiếp theo: Thái độ tại quầy");
  auto old = desks.signed_in("qt2");
  old.get(desks.question("polite")).fill("vi", "Lời cũ");
  qt.press("Bỏ bản nháp này");
  CHECK(qt.address() == "/staff/surveys/forms");
  CHECK_FALSE(desks.draft().is_there);
  CHECK(old.press("Lưu câu hỏi").status() == 404);
  // Begun again under the same address: the page from before is still an old one.
  old.get("/staff/surveys/forms").press("Soạn phiên bản tiếp theo: Thái độ tại quầy");
  CHECK(desks.draft().id == DraftId{1});
  CHECK(desks.draft().revision == 3);
  CHECK(desks.draft().form.find("polite")->words.vi == "Chào hỏi, nói năng");
  // Begun twice, it is one draft.
  qt.get("/staff/surveys/forms").press("Soạn phiên bản tiếp theo: Thái độ tại quầy");
  CHECK(qt.address() == first_draft);
  CHECK(desks.draft().revision == 3);
}

TEST_CASE("a new form that is sent twice is one, and one that was thrown away frees its name") {
  Desks desks;
  auto qt = desks.signed_in("qt");
  const auto hidden = [&](const std::string& name) {
    const std::string mark = "name=\"" + name + "\" value=\"";
    const std::size_t at = qt.body().find(mark) + mark.size();
    return qt.body().substr(at, qt.body().find('"', at) - at);
  };
  const auto send = [&](int times) {
    qt.get("/staff/surveys/drafts/new");
    const std::string body = "csrf=" + hidden("csrf") + "&once=" + hidden("once") +
                             "&name_vi=Th%E1%BB%AD&source=P&sections=M&formula=scaled&formula_vi=T";
    for (int n = 0; n < times; ++n)
      qt.post("/staff/surveys/drafts/new", "application/x-www-form-urlencoded", body);
  };
  send(2);
  const auto all = [&] { return desks.read([](db::Read& r) { return drafts(r); }); };
  CHECK(all().size() == 1);
  send(1);
  REQUIRE(all().size() == 2);
  CHECK(all()[1].form.code == "thu-2");
  qt.press("Bỏ bản nháp này");
  send(1);
  REQUIRE(all().size() == 2);
  CHECK(all()[1].form.code == "thu-2");
  // Without the key of its page nothing is taken for what was sent before.
  qt.get("/staff/surveys/drafts/new");
  const std::string bare =
      "csrf=" + hidden("csrf") + "&name_vi=Hai&source=P&sections=M&formula=scaled&formula_vi=T";
  for (int n = 0; n < 2; ++n)
    qt.post("/staff/surveys/drafts/new", "application/x-www-form-urlencoded", bare);
  CHECK(all().size() == 4);
}

TEST_CASE("a version that came meanwhile is not passed over unseen") {
  Desks desks;
  auto qt = desks.signed_in("qt");
  qt.get("/staff/surveys/forms").press("Soạn phiên bản tiếp theo: Thái độ tại quầy");
  auto other = desks.signed_in("qt2");
  other.get("/staff/surveys/forms/" + std::to_string(desks.form("counter-conduct").value));
  std::string body = desks.draft().form.body;
  const std::string greeting = "Chào hỏi";
  body.replace(body.find(greeting), greeting.size(), "Xin chào");
  other.fill("body", body).press("Lưu phiên bản mới");
  CHECK(desks.newest("counter-conduct") == 2);
  qt.press("Đưa vào sử dụng");
  CHECK(qt.status() == 409);
  CHECK(qt.shows("Đã có phiên bản mới hơn"));
  CHECK(desks.newest("counter-conduct") == 2);
  qt.press("Đưa vào sử dụng thành phiên bản 3");
  CHECK(desks.newest("counter-conduct") == 3);
}

TEST_CASE("what is not whole yet is not put into use, and the page leads to what is missing") {
  Desks desks;
  auto qt = desks.signed_in("qt");
  begin_anew(qt);
  qt.get(desks.question("q1")).fill("weight", "0").press("Lưu câu hỏi");
  CHECK(qt.shows("Chưa thể đưa vào sử dụng"));
  CHECK(qt.shows("Không câu nào có trọng số"));
  const auto refused = desks.write([&](db::Write& w) {
    const DraftAct act{*people::Administrator::of(desks.staff("qt")), desks.now,
                       find_draft(w, DraftId{1})->revision};
    return put_into_use(w, act, DraftId{1}, 0);
  });
  CHECK(test::why(refused) == "survey.fault.nothing_counted");
  CHECK(desks.draft().is_there);
  qt.get(first_draft + "/about").fill("source", "").fill("sections", "").press("Lưu");
  CHECK(qt.status() == 422);
  CHECK(qt.shows("Hãy ghi nguồn"));
  CHECK(qt.shows("Cần từ 1 đến 20 phần"));
}

TEST_CASE("the file of a draft is taken out and put in, and a bad one is refused in its place") {
  Desks desks;
  auto qt = desks.signed_in("qt");
  qt.get("/staff/surveys/forms").press("Soạn phiên bản tiếp theo: Thái độ tại quầy");
  std::string body = file_of(desks.draft().form);
  qt.follow("Tệp của bản nháp").fill("body", "{\"format\": 1}").press("Thay bản nháp");
  CHECK(qt.status() == 422);
  CHECK(qt.shows("langnghe form 1"));
  std::string twice = body;
  twice.replace(twice.find("\"helpful\""), 9, "\"polite\"");
  qt.fill("body", twice).press("Thay bản nháp");
  CHECK(qt.status() == 422);
  CHECK(qt.shows("Mã này dùng hai lần. Ở: polite"));
  body.replace(body.find("counter-conduct"), 15, "another-code");
  const std::string greeting = "Chào hỏi";
  body.replace(body.find(greeting), greeting.size(), "Xin chào");
  qt.fill("body", body).press("Thay bản nháp");
  CHECK(qt.status() == 200);
  CHECK(qt.shows("Xin chào"));
  CHECK(desks.draft().form.code == "counter-conduct");
}

TEST_CASE("drafts are for administrators alone") {
  Desks desks;
  auto qt = desks.signed_in("qt");
  begin_anew(qt);
  for (const char* login : {"hoa", "mat", "thu", "omb"})
    for (const std::string& page :
         {std::string("/staff/surveys/forms"), first_draft, first_draft + "/add",
          first_draft + "/preview", first_draft + "/file", desks.question("q1")})
      CHECK(desks.signed_in(login).get(page).status() == 403);
}

TEST_CASE("a draft of eighty questions stands on two pages and takes no more") {
  Desks desks;
  auto qt = desks.signed_in("qt");
  begin_anew(qt);
  desks.write([&](db::Write& w) {
    Draft draft = *find_draft(w, DraftId{1});
    while (draft.form.questions.size() < questions_max)
      draft.form = edited(draft.form, Copy{"q1"}).value();
    REQUIRE(save(w, draft));
  });
  qt.get(first_draft);
  CHECK(qt.shows("Câu 40"));
  CHECK_FALSE(qt.shows("Câu 41"));
  qt.get(first_draft + "?from=40");
  CHECK(qt.shows("Câu 41"));
  CHECK(qt.shows("Câu 80"));
  qt.press("Sao chép Câu 80");
  CHECK(qt.status() == 409);
  CHECK(qt.shows("Phải có từ 1 đến 80 câu hỏi"));
  qt.get(first_draft + "?from=40").press("Đưa lên Câu 41");
  CHECK(qt.address() == first_draft);
  qt.get(first_draft + "?from=999");
  CHECK(qt.shows("Câu 1"));
}

}  // namespace ln::survey
