// Who reads what of a case on its pages: the office, whoever holds the secret, everybody.
#include <doctest/doctest.h>

#include <string>

#include "core/attachment/attachment_prepare.h"
#include "core/attachment/attachment_store.h"
#include "feature/feedback/feedback_pages_staff_forms.h"
#include "feature/feedback/feedback_store.h"
#include "test/office.h"

namespace ln::feedback {
namespace {

struct Office : test::Office {
  // A file of the case, and its token.
  std::string attach(const Feedback& to) {
    const auto made = attachment::prepare_one("don.txt", "Kính gửi phường\n", random);
    REQUIRE(made.ok());
    write(
        [&](db::Write& w) { attachment::store(w, {"feedback", to.id.value}, made.value(), now); });
    return made.value().token;
  }
  // Somebody without an account; with `of`, whoever has typed the secret of that case.
  struct Reader : test::Browser {
    explicit Reader(Office& office) : test::Browser(office, office.router, office.site) {}
    Reader(Office& office, const Feedback& of) : Reader(office) {
      get("/feedback/" + of.code.text()).fill("secret", office.secrets.at(of.code.text()));
      press("Mở hồ sơ");
    }
  };
  Reader holder(const Feedback& of) { return Reader(*this, of); }
  Reader stranger() { return Reader(*this); }
};

TEST_CASE("a file is given only with the case it belongs to") {
  Office office;
  const Feedback one = office.lamp(), other = office.lamp();
  const std::string file = office.attach(one), others = office.attach(other);
  auto head = office.browser("hoa");
  CHECK(head.get(Office::url(one, "/files/" + file)).status() == 200);
  CHECK(head.get(Office::url(one, "/files/" + others)).status() == 404);
  auto citizen = office.holder(one);
  const std::string path = "/feedback/" + one.code.text() + "/files/";
  CHECK(citizen.get(path + file).status() == 200);
  CHECK(citizen.get(path + others).status() == 404);
  CHECK(office.stranger().get(path + file).status() == 404);
}

TEST_CASE("notes are for the office, letters for the holder, and answers for all once published") {
  Office office;
  const Feedback lamp = office.lamp();
  office.do_assign(lamp, "nam");
  auto nam = office.browser("nam");
  nam.get(Office::url(lamp, "/note")).fill("text", "Ghi chú zqnote.").press("Lưu ghi chú");
  nam.get(Office::url(lamp, "/ask")).fill("text", "Cột số mấy zqask?").press("Hỏi thêm");
  nam.get(Office::url(lamp, "/answer"))
      .fill("text", std::string(test::good_answer) + " zqanswer")
      .choose("Phản ánh đúng, đã khắc phục")
      .fill("evidence", "Biên bản số 7")
      .press("Xem lại");
  nam.press("Gửi câu trả lời");
  REQUIRE(office.now_is(lamp).state == State::answered);
  // Which of the three a reader sees.
  const auto seen = [&](test::Browser&& reader) {
    reader.get("/feedback/" + lamp.code.text());
    REQUIRE(reader.status() == 200);
    std::string out;
    for (const char* word : {"zqnote", "zqask", "zqanswer"})
      if (reader.body().find(word) != std::string::npos) out += std::string(word) + " ";
    return out;
  };
  CHECK(seen(office.stranger()) == "");
  CHECK(seen(office.holder(lamp)) == "zqask zqanswer ");
  auto head = office.browser("hoa");
  head.get(Office::url(lamp, "/publish")).fill("title", "Đèn hỏng").press("Đăng công khai");
  REQUIRE(office.now_is(lamp).published_at.has_value());
  CHECK(seen(office.stranger()) == "zqanswer ");
  CHECK(seen(office.holder(lamp)) == "zqask zqanswer ");
}

TEST_CASE("whom a case is about is told to its holder and to nobody else") {
  Office office;
  Typed typed;
  typed.about = "conduct";
  typed.unit = "P1";
  typed.body = "Họ nói nhanh hơn nếu biết điều.";
  typed.is_protected = false;
  const Feedback open = office.send(typed);
  auto reader = office.stranger();
  CHECK(reader.get("/feedback/" + open.code.text()).status() == 200);
  CHECK_FALSE(reader.shows("Phường Một"));
  CHECK(office.holder(open).shows("Phường Một"));
}

TEST_CASE("what somebody else did is not taken for one's own form sent twice") {
  Office office;
  const Feedback lamp = office.lamp();
  auto first = office.browser("hoa"), second = office.browser("tri");
  first.get(Office::url(lamp));
  second.get(Office::url(lamp));
  first.press("Nhận việc");
  second.press("Nhận việc");
  CHECK(second.status() == 409);
  CHECK(second.shows("Có người vừa thay đổi"));
}

TEST_CASE("a case that left while one was writing is not shown again with the refusal") {
  Office office;
  const Feedback lamp = office.lamp();
  Feedback gone = lamp;
  gone.unit_path = office.units.at("P2").path;
  const auto officer = office.read([&](db::Read& r) {
    return *people::Officer::of(
        *people::SignIn::staff_of(r, people::hash_of("token-of-nam"), office.now, office.now));
  });
  http::Request request;
  request.view.site = &office.site;
  request.view.now = office.now;
  request.path = request.view.path = "/staff";
  const staff::Form form{&request, officer, lamp, Task::note, office.now};
  const Error changed{ErrorKind::conflict, "feedback.error.changed_meanwhile"_t};
  const auto shown = staff::refused(form, changed, lamp),
             hidden = staff::refused(form, changed, gone);
  CHECK(shown.status == 409);
  CHECK(shown.body.find(lamp.title) != std::string::npos);
  CHECK(hidden.status == 409);
  CHECK(hidden.body.find(lamp.title) == std::string::npos);
}

}  // namespace
}  // namespace ln::feedback
