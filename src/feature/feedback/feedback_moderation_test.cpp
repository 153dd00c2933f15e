// What is hidden from the public: who may hide it, what the public reads instead, and the log.
#include "feature/feedback/feedback_moderation.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "core/attachment/attachment_cover.h"
#include "core/attachment/attachment_store.h"
#include "feature/feedback/feedback_actions_erase.h"
#include "feature/feedback/feedback_actions_moderation.h"
#include "feature/feedback/feedback_jobs.h"
#include "feature/feedback/feedback_pages_boxes.h"
#include "feature/feedback/feedback_store_moderation.h"
#include "feature/feedback/feedback_store_search.h"
#include "platform/file/picture_codec.h"
#include "test/office.h"

namespace ln::feedback {
namespace {

// White, with a face: a square of noise from 40 to 60 percent.
std::string picture_with_face(Random& random) {
  file::codec::Pixels pixels{200, 100, std::vector<std::uint8_t>(200UL * 100 * 4, 255)};
  for (std::size_t y = 40; y < 60; ++y)
    for (std::size_t x = 80; x < 120; ++x)
      for (std::size_t c = 0; c < 3; ++c)
        pixels.rgba[(y * 200 + x) * 4 + c] = static_cast<std::uint8_t>(random.below(256));
  return file::codec::encode_png(pixels);
}

struct Desk : test::Office {
  Feedback call() {
    Typed typed;
    typed.about = "place";
    typed.unit = "P1";
    typed.title = "Đèn ngõ 12 hỏng";
    typed.body = "Gọi tôi theo số 0912 345 678 nhé.\nTổng đài 1022 không nghe.";
    typed.is_public = true;
    return send(typed);
  }
  attachment::Attachment attach_picture(const Feedback& to) {
    const auto made =
        attachment::prepare_one("Nguyen Van An.png", picture_with_face(random), random);
    REQUIRE(made.ok());
    write(
        [&](db::Write& w) { attachment::store(w, {"feedback", to.id.value}, made.value(), now); });
    return *read([&](db::Read& r) { return attachment::find(r, made.value().token); });
  }
  void publish_it(const Feedback& of) {
    browser("hoa").get(url(of, "/publish")).press("Đăng công khai");
    REQUIRE(now_is(of).published_at);
  }
  static std::string picture_url(const Feedback& of, const attachment::Attachment& picture) {
    return url(of, "/pictures/" + picture.token);
  }
  // Somebody without an account; with `of`, whoever has typed the secret of that case.
  struct Reader : test::Browser {
    explicit Reader(Desk& desk) : test::Browser(desk, desk.router, desk.site) {}
    Reader(Desk& desk, const Feedback& of) : Reader(desk) {
      get("/feedback/" + of.code.text()).fill("secret", desk.secrets.at(of.code.text()));
      press("Mở hồ sơ");
    }
  };
  Reader holder(const Feedback& of) { return Reader(*this, of); }
  Reader stranger() { return Reader(*this); }
  std::vector<Moderation> rows(const Feedback& of) {
    return read([&](db::Read& r) { return moderations_of(r, of.id); });
  }
  OfficerAct by(const std::string& login, const Feedback& of) {
    const auto staff = read([&](db::Read& r) {
      return people::SignIn::staff_of(r, people::hash_of("token-of-" + login), now, now);
    });
    return {.officer = *people::Officer::of(*staff),
            .code = of.code,
            .revision = now_is(of).revision,
            .salts = ledger::draw(random),
            .now = now};
  }
};

}  // namespace

TEST_CASE("the form comes with marks, and the public reads them in its language") {
  Desk desk;
  const Feedback call = desk.call();
  const std::string page = "/feedback/" + call.code.text();
  auto head = desk.browser("hoa");
  head.get(Desk::url(call, "/publish"));
  CHECK(head.shows("Gọi tôi theo số [đã che: số điện thoại] nhé."));
  CHECK(head.shows("0912 345 678"));
  head.press("Đăng công khai");
  REQUIRE(head.status() == 200);
  CHECK(desk.now_is(call).body == call.body);

  auto stranger = desk.stranger();
  stranger.get(page);
  CHECK(stranger.shows("Gọi tôi theo số [đã che: số điện thoại] nhé."));
  CHECK(stranger.shows("Tổng đài 1022 không nghe."));
  CHECK(stranger.shows("Nội dung: che bớt – Số điện thoại"));
  CHECK(stranger.shows("Thông tin riêng của người dân"));
  CHECK_FALSE(stranger.shows("0912"));
  stranger.get("/en" + page);
  CHECK(stranger.shows("[hidden: phone number]"));
  CHECK(stranger.shows("Text: parts hidden – Phone number"));
  CHECK_FALSE(stranger.shows("0912"));

  auto citizen = desk.holder(call);
  CHECK(citizen.shows("0912 345 678"));
  CHECK(citizen.shows("Người khác đọc bản đã che"));
  CHECK(citizen.shows("Nội dung: che bớt – Số điện thoại"));

  stranger.get("/moderation");
  CHECK(stranger.shows("Nội dung: che bớt – Số điện thoại"));
  CHECK(stranger.shows("Phường Một"));
  CHECK(stranger.shows(call.code.shown()));
  CHECK_FALSE(stranger.shows("Trưởng Hoa"));
  CHECK_FALSE(stranger.shows("0912"));
  stranger.get("/en/moderation");
  CHECK(stranger.shows("Private details of a person"));
  stranger.get("/api/v1/moderation");
  CHECK(stranger.body().find(R"("kinds":{"phone":1})") != std::string::npos);
  CHECK(stranger.body().find(R"("reason":"privacy")") != std::string::npos);
}

TEST_CASE("what is changed without a mark is told too, and what is shown again is another line") {
  Desk desk;
  const Feedback call = desk.call();
  desk.publish_it(call);
  auto head = desk.browser("hoa");
  head.get(Desk::url(call, "/publish"))
      .fill("body", "Gọi tôi theo số [đã che: số điện thoại] nhé.")
      .choose("Lời xúc phạm một người")
      .press("Lưu nội dung đăng");
  head.get(Desk::url(call, "/publish"))
      .fill("body", call.body)
      .choose("Trước đó che hoặc đăng nhầm, nay sửa lại")
      .press("Lưu nội dung đăng");
  const auto rows = desk.rows(call);
  REQUIRE(rows.size() == 3);
  CHECK(rows[0].change == Change::hidden);
  CHECK(rows[1].change == Change::reworded);
  CHECK(rows[1].reason == HideReason::insult);
  CHECK(rows[2].change == Change::shown);
  CHECK(rows[2].kinds == "phone:1");
  CHECK(rows[2].reason == HideReason::mistake);
  CHECK(desk.stranger().get("/feedback/" + call.code.text()).shows("0912 345 678"));
}

TEST_CASE("a text without anything private leaves no line") {
  Desk desk;
  const Feedback lamp = desk.lamp();
  desk.publish_it(lamp);
  CHECK(desk.rows(lamp).empty());
  auto stranger = desk.stranger();
  CHECK(stranger.get("/moderation").shows("Chưa có gì bị che hoặc gỡ."));
  CHECK_FALSE(stranger.get("/feedback/" + lamp.code.text()).shows("Đã che gì, vì sao"));
}

TEST_CASE("a covered picture is public, and the original is not reached by anybody else") {
  Desk desk;
  const Feedback call = desk.call();
  const attachment::Attachment original = desk.attach_picture(call);
  desk.publish_it(call);
  auto head = desk.browser("hoa");
  head.get(Desk::url(call)).follow("Ảnh 1: che và đăng");
  head.press("Đăng ảnh này");
  CHECK(head.status() == 422);
  CHECK(head.shows("Đánh dấu rằng bạn đã xem kỹ ảnh"));
  head.fill("box1-left", "40").fill("box1-top", "40").fill("box1-width", "70");
  head.fill("box1-height", "20").press("Xem thử vùng che");
  CHECK(head.status() == 422);
  CHECK(head.shows("Nhập bốn số nguyên phần trăm"));
  head.fill("box1-width", "20").press("Xem thử vùng che");
  CHECK(head.status() == 200);
  CHECK(head.body().find(R"(<rect x="40%" y="40%" width="20%" height="20%"/>)") !=
        std::string::npos);
  CHECK(desk.rows(call).size() == 1);
  head.choose("Tôi đã xem kỹ: không còn khuôn mặt hay biển số nào chưa che").press("Đăng ảnh này");
  REQUIRE(head.status() == 200);

  const auto covered =
      desk.read([&](db::Read& r) { return attachment::shown_for(r, original.id); });
  REQUIRE(covered);
  CHECK(covered->name.find("Nguyen") == std::string::npos);
  auto stranger = desk.stranger();
  stranger.get("/feedback/" + call.code.text());
  CHECK(stranger.body().find(covered->token) != std::string::npos);
  CHECK(stranger.body().find(original.token) == std::string::npos);
  CHECK(stranger.shows("Ảnh: che bớt – Vùng trên ảnh"));
  stranger.get("/attachment/" + covered->token);
  CHECK(stranger.status() == 200);
  const auto pixels = file::codec::decode_jpeg(stranger.body());
  REQUIRE(pixels.ok());
  for (std::size_t y = 40; y < 60; ++y)
    for (std::size_t x = 80; x < 120; ++x)
      REQUIRE(pixels.value().pixels.rgba[(y * 200 + x) * 4] < 60);
  CHECK(stranger.get("/attachment/" + covered->token + "/thumbnail").status() == 200);
  CHECK(stranger.get("/attachment/" + original.token).status() == 404);
  CHECK(stranger.get("/attachment/" + original.token + "/thumbnail").status() == 404);
  CHECK(stranger.get("/feedback/" + call.code.text() + "/files/" + original.token).status() == 404);
  auto citizen = desk.holder(call);
  CHECK(citizen.get("/feedback/" + call.code.text() + "/files/" + original.token).status() == 200);

  // The boxes of the last time stand in the form again; the picture can be taken away.
  head.get(Desk::picture_url(call, original));
  CHECK(head.body().find(R"(<rect x="40%" y="40%" width="20%" height="20%"/>)") !=
        std::string::npos);
  head.choose("Có thể gây nguy hiểm cho ai đó").press("Không đăng ảnh này");
  CHECK(stranger.get("/attachment/" + covered->token).status() == 404);
  stranger.get("/feedback/" + call.code.text());
  CHECK(stranger.shows("Ảnh: không đăng"));
  CHECK(stranger.shows("Có thể gây nguy hiểm cho ai đó"));
}

TEST_CASE("a text taken down leaves a stone, is found by nobody, and can come back") {
  Desk desk;
  const Feedback call = desk.call();
  const attachment::Attachment original = desk.attach_picture(call);
  desk.publish_it(call);
  auto covered = attachment::prepare_covered(
      *desk.read([&](db::Read& r) { return attachment::bytes_of(r, original.id); }), {},
      desk.random);
  REQUIRE(covered.ok());
  const ShowPicture shown{original.id, covered.value()};
  const auto act = desk.by("hoa", call);
  REQUIRE(desk.write([&](db::Write& w) { return show_picture(w, act, shown); }).ok());
  index_published(desk.database);
  const std::vector<std::string> words = {"1022"};
  const auto found = [&] {
    return desk.read([&](db::Read& r) {
      return search_index.find(r, db::TextIndex::Form::folded, words, 1'000'000, 10).size();
    });
  };
  CHECK(found() == 1);
  desk.browser("hoa")
      .get(Desk::url(call))
      .follow("Gỡ nội dung đã đăng")
      .choose("Luật hoặc tòa án cấm đăng")
      .press("Gỡ nội dung");
  index_published(desk.database);
  CHECK(found() == 0);
  auto stranger = desk.stranger();
  stranger.get("/feedback/" + call.code.text());
  CHECK(stranger.shows("Nội dung này đã được gỡ ngày 23/11/2026."));
  CHECK(stranger.shows("Luật hoặc tòa án cấm đăng"));
  CHECK_FALSE(stranger.shows("1022"));
  CHECK(stranger.get("/attachment/" + covered.value().token).status() == 404);
  CHECK_FALSE(stranger.get("/register").shows("Đèn ngõ 12 hỏng"));
  // The log goes on without a way to the case.
  stranger.get("/moderation");
  CHECK(stranger.shows("Nội dung: không đăng"));
  CHECK_FALSE(stranger.shows(call.code.shown()));
  CHECK(desk.holder(call).shows("0912 345 678"));
  desk.publish_it(call);
  index_published(desk.database);
  CHECK(found() == 1);
  CHECK_FALSE(stranger.get("/feedback/" + call.code.text()).shows("đã được gỡ ngày"));
}

TEST_CASE("the sender can ask for another look once until the office has acted") {
  Desk desk;
  const Feedback call = desk.call();
  auto citizen = desk.holder(call);
  CHECK_FALSE(citizen.shows("Yêu cầu xem lại chỗ đã che"));
  desk.publish_it(call);
  citizen.get("/feedback/" + call.code.text()).fill("Vì sao không nên che?", "Ngắn");
  citizen.press("Gửi yêu cầu xem lại");
  CHECK(citizen.status() == 422);
  citizen.fill("Vì sao không nên che?", "Số này là của cửa hàng tôi, zqopen.")
      .press("Gửi yêu cầu xem lại");
  CHECK(citizen.status() == 200);
  CHECK(citizen.shows("người gửi yêu cầu xem lại"));
  CHECK_FALSE(citizen.shows("Gửi yêu cầu xem lại"));
  CHECK(desk.browser("hoa").get(Desk::url(call)).shows("zqopen"));
  auto stranger = desk.stranger();
  for (const std::string& page :
       {std::string("/moderation"), std::string("/feedback/") + call.code.text()}) {
    stranger.get(page);
    CHECK(stranger.shows("người gửi yêu cầu xem lại"));
    CHECK(stranger.body().find("zqopen") == std::string::npos);
  }
  const CitizenAct again{.citizen = people::Citizen(desk.secrets.at(call.code.text())),
                         .code = call.code,
                         .salts = ledger::draw(desk.random),
                         .now = desk.now,
                         .text = "Tôi vẫn yêu cầu xem lại chỗ này."};
  const auto asked = [&] {
    const auto done = desk.write([&](db::Write& w) { return contest_hiding(w, again); });
    return done.ok() ? std::string("ok") : std::string(done.error().text.name());
  };
  CHECK(asked() == "feedback.error.hiding_contested");
}

TEST_CASE("only those who may publish may hide, each role at each page") {
  Desk desk;
  const Feedback call = desk.call();
  const attachment::Attachment picture = desk.attach_picture(call);
  desk.publish_it(call);
  const std::string pages[] = {Desk::picture_url(call, picture), Desk::url(call, "/withdraw")};
  const auto code_of = [&](const std::string& login, const std::string& page) {
    auto person = desk.browser(login);
    person.get(page);
    return person.status();
  };
  for (const std::string& page : pages) {
    CAPTURE(page);
    for (const char* login : {"hoa", "tri", "thanh"}) CHECK(code_of(login, page) == 200);
    for (const char* login : {"nam", "lan", "thu"}) CHECK(code_of(login, page) == 403);
    CHECK(code_of("hai", page) == 404);
    CHECK(code_of("omb", page) != 200);
    CHECK(desk.stranger().get(page).body().find("<image") == std::string::npos);
  }
  const auto outcome = [&](const std::string& login) {
    const auto act = desk.by(login, call);
    const auto done = desk.write(
        [&](db::Write& w) { return withhold_picture(w, act, picture.id, HideReason::privacy); });
    const auto down =
        desk.write([&](db::Write& w) { return withdraw(w, act, HideReason::privacy); });
    CHECK(done.ok() == down.ok());
    return done.ok() ? std::string("ok") : std::string(done.error().text.name());
  };
  for (const char* login : {"nam", "lan", "thu"})
    CHECK(outcome(login) == "feedback.error.not_your_part");
  CHECK(outcome("hai") == "feedback.error.no_such_case");
  CHECK(desk.rows(call).size() == 1);
  // A picture of another case, a document, and what is not public.
  const Feedback other = desk.call();
  const attachment::Attachment others = desk.attach_picture(other);
  CHECK(code_of("hoa", Desk::picture_url(call, others)) == 404);
  const auto act = desk.by("hoa", other);
  const auto hidden = desk.write(
      [&](db::Write& w) { return withhold_picture(w, act, others.id, HideReason::privacy); });
  REQUIRE_FALSE(hidden.ok());
  CHECK(hidden.error().text.name() == "feedback.error.not_public_now");
}

TEST_CASE("of a conduct case the log tells nothing before it was answered, and no office after") {
  Desk desk;
  Typed typed;
  typed.about = "conduct";
  typed.unit = "P1";
  typed.title = "Cán bộ hẹn rồi không tới";
  typed.body = "Anh Phạm Quốc Huy hẹn tôi mà không tới.";
  typed.is_public = true;
  typed.is_protected = false;
  const Feedback of = desk.send(typed);
  // As a row would stand there if the case had been of another kind before.
  desk.write([&](db::Write& w) {
    insert_moderation(w, {.feedback = of.id,
                          .at = desk.now,
                          .unit = desk.now_is(of).unit,
                          .kinds = "person:1",
                          .reason = HideReason::privacy});
  });
  auto stranger = desk.stranger();
  CHECK(stranger.get("/moderation").shows("Chưa có gì bị che hoặc gỡ."));
  CHECK(stranger.get("/api/v1/moderation").body().find("person") == std::string::npos);
  CHECK_FALSE(stranger.get("/feedback/" + of.code.text()).shows("Đã che gì, vì sao"));
  desk.write([&](db::Write& w) {
    Feedback answered = *find(w, of.id);
    answered.answered_at = desk.now;
    REQUIRE(save(w, answered));
  });
  stranger.get("/moderation");
  CHECK(stranger.shows("không nêu cơ quan"));
  CHECK_FALSE(stranger.shows(of.code.shown()));
  CHECK(stranger.get("/api/v1/moderation").body().find(R"("unit":null,"code":null)") !=
        std::string::npos);
}

TEST_CASE("an erasure takes what was shown in a picture's place, and leaves the line") {
  Desk desk;
  const Feedback call = desk.call();
  const attachment::Attachment original = desk.attach_picture(call);
  desk.publish_it(call);
  const auto covered = attachment::prepare_covered(
      *desk.read([&](db::Read& r) { return attachment::bytes_of(r, original.id); }), {},
      desk.random);
  const ShowPicture shown{original.id, covered.value()};
  const auto act = desk.by("hoa", call);
  REQUIRE(desk.write([&](db::Write& w) { return show_picture(w, act, shown); }).ok());
  const CitizenAct erasing{.citizen = people::Citizen(desk.secrets.at(call.code.text())),
                           .code = call.code,
                           .salts = ledger::draw(desk.random),
                           .now = desk.now,
                           .text = {}};
  REQUIRE(desk.write([&](db::Write& w) { return erase(w, erasing); }).ok());
  CHECK_FALSE(desk.read([&](db::Read& r) { return attachment::find(r, covered.value().token); }));
  CHECK(desk.stranger().get("/attachment/" + covered.value().token).status() == 404);
  auto stranger = desk.stranger();
  stranger.get("/moderation");
  CHECK(stranger.shows("Ảnh: hiện nguyên"));
  CHECK_FALSE(stranger.shows(call.code.shown()));
}

TEST_CASE("boxes of a form: each row whole and within the picture, or refused beside it") {
  const auto read = [](std::initializer_list<std::pair<const char*, const char*>> typed) {
    http::Fields form;
    for (const auto& [name, value] : typed) form.add(name, value);
    const auto boxes = boxes_of_form(form);
    if (!boxes.ok()) return "!" + boxes.error().fields.front().field;
    return file::to_text(boxes.value());
  };
  CHECK(read({}) == "");
  CHECK(
      read({{"box1-left", " 0 "}, {"box1-top", "0"}, {"box1-width", "5"}, {"box1-height", "5"}}) ==
      "0,0,5,5");
  CHECK(
      read(
          {{"box20-left", "1"}, {"box20-top", "2"}, {"box20-width", "3"}, {"box20-height", "4"}}) ==
      "1,2,3,4");
  CHECK(read({{"box21-left", "1"}}) == "");
  CHECK(read({{"box2-left", "1"}, {"box2-top", "2"}, {"box2-width", "3"}}) == "!box2-left");
  CHECK(
      read({{"box1-left", "1;9"}, {"box1-top", "2"}, {"box1-width", "3"}, {"box1-height", "4"}}) ==
      "!box1-left");
  CHECK(read({{"box1-left", "1,1"}, {"box1-top", "2"}, {"box1-width", "3"}, {"box1-height", ""}}) ==
        "!box1-left");
}

}  // namespace ln::feedback
