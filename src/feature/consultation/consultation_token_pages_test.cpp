// The pages of tokens: what they tell and when, what a form does that is sent twice or too late,
// and what a browser may not learn.
#include <doctest/doctest.h>

#include <string>

#include "base/text.h"
#include "engine/blind/blind_client.h"
#include "feature/consultation/consultation_actions_token.h"
#include "test/token_desk.h"

namespace ln::consultation {

namespace {

using test::Browser;

}  // namespace

TEST_CASE("comments by token are told of a whole draft that is closed, and from ten on") {
  // The page and the API when there are so many; first open, then closed.
  const auto told_of = [](int by_token, int nameless, int with_badge) {
    TokenDesk desk;
    const auto say_as = [&](Strength strength, int count) {
      for (int n = 0; n < count; ++n) {
        const auto prepared = desk.read([&](db::Read& r) {
          return prepare(
              r, desk.id,
              {.clause = "d1", .body = "Ý kiến số " + std::to_string(n), .strength = strength},
              desk.random, desk.now);
        });
        REQUIRE(desk.write([&](db::Write& w) { return send(w, prepared.value(), desk.now); }).ok());
      }
    };
    say_as(Strength::verified, by_token);
    say_as(Strength::anonymous, nameless);
    say_as(Strength::signed_in, with_badge);
    Browser anybody(desk, desk.router, desk.site);
    const std::string label = "Cán bộ, công chức, bằng phiếu";
    CHECK_FALSE(anybody.get(desk.address("")).shows(label));
    anybody.get("/api/v1" + desk.address(""));
    CHECK(anybody.body().find(R"("verified":1)") == std::string::npos);
    CHECK(anybody.body().find(R"("line":)") != std::string::npos);
    desk.close();
    CHECK(desk.told_key().said == by_token);
    CHECK_FALSE(anybody.get(desk.address("/clauses/d1")).shows(label));
    anybody.get("/api/v1" + desk.address(""));
    const bool is_told =
        anybody.body().find(R"("verified":)" + std::to_string(by_token)) != std::string::npos;
    CHECK(anybody.get(desk.address("")).shows(label) == is_told);
    CHECK(anybody.body().find(R"("issued")") == std::string::npos);
    // And no comment says of itself for ever that it came by token.
    CHECK(desk.read([&](db::Read& r) { return comments_by_token(r, desk.id); }) == 0);
    return is_told;
  };
  CHECK_FALSE(told_of(9, 10, 0));
  CHECK(told_of(10, 10, 0));
  // Those that are known one by one hide nobody, and of all being told there is nobody to hide in.
  CHECK_FALSE(told_of(10, 1, 10));
  CHECK_FALSE(told_of(10, 0, 0));
  CHECK(may_tell_apart(10, 20));
  CHECK_FALSE(may_tell_apart(10, 19));
}

TEST_CASE("how many took and spent tokens is not told while the draft is open") {
  TokenDesk desk;
  desk.take_ten();
  Browser anybody(desk, desk.router, desk.site);
  const auto seen = [&] {
    std::string all = anybody.get("/api/v1" + desk.address("")).body();
    anybody.get(desk.address());
    const std::size_t at = anybody.body().find("<dl");
    return all + anybody.body().substr(at, anybody.body().find("</dl>", at) - at);
  };
  const std::string before = seen();
  CHECK(before.find("Nêu khi hết hạn") != std::string::npos);
  REQUIRE(desk.spend_it(desk.take("nv1"), mark_a) == "fine");
  CHECK(seen() == before);
  desk.close();
  CHECK(seen().find(R"("issued":11)") != std::string::npos);
}

TEST_CASE("a draft of the house's own never takes the name of an official") {
  TokenDesk desk;
  desk.make();
  REQUIRE(
      desk.write([&](db::Write& w) { return open(w, desk.act(), desk.id, test::last_day); }).ok());
  auto nam = desk.browser("nam");
  nam.get(desk.address("/clauses/d1"));
  CHECK(nam.shows("Dự thảo nội bộ này không phát phiếu"));
  CHECK_FALSE(nam.shows("Tôi góp ý với tư cách cán bộ"));
}

TEST_CASE("a unit that is not offered any more opens no draft without tokens") {
  TokenDesk desk;
  desk.make();
  auto head = desk.browser("hoa");
  const std::string form =
      "&closes_on=2026-12-10&step=do&revision=" + std::to_string(desk.current().revision);
  const std::string open = "/staff" + desk.address("/open");
  head.get("/staff" + desk.address(""));
  CHECK(head.shows("Phường Một: 25 người"));
  const std::string csrf = "csrf=" + csrf_of(head);
  desk.write([&](db::Write& w) {
    for (int n = 1; n <= 20; ++n)
      people::set_disabled(w, people::AccountId{desk.accounts.at("nv" + std::to_string(n))},
                           desk.now);
  });
  head.post(open, form_type, csrf + form + "&audience=P1");
  CHECK(head.status() == 422);
  CHECK(head.shows("Đơn vị này có dưới 10 người"));
  CHECK(desk.current().stage == Stage::editing);
  desk.write([&](db::Write& w) {
    for (int n = 1; n <= 20; ++n)
      people::set_disabled(w, people::AccountId{desk.accounts.at("nv" + std::to_string(n))},
                           std::nullopt);
  });
  head.post(open, form_type, csrf + form);
  CHECK(head.status() == 422);
  CHECK(desk.current().stage == Stage::editing);
  head.post(open, form_type, csrf + form + "&audience=none");
  CHECK(desk.current().stage == Stage::open);
}

TEST_CASE("a form prints its slips once") {
  TokenDesk desk;
  auto head = desk.browser("hoa");
  head.get("/staff" + desk.address("/slips"));
  const std::string form =
      "csrf=" + csrf_of(head) + "&count=10&once=0123456789abcdef" + "0123456789abcdef";
  head.post("/staff" + desk.address("/slips"), form_type, form);
  CHECK(head.status() == 200);
  head.post("/staff" + desk.address("/slips"), form_type, form);
  CHECK(head.status() == 409);
  CHECK(head.shows("Trang này đã in phiếu rồi."));
  CHECK(desk.told_key().printed == 10);
}

TEST_CASE("a slip is spent without a script, without a session, and the comment bears it") {
  TokenDesk desk;
  auto head = desk.browser("hoa");
  head.get("/staff" + desk.address("")).follow("Phiếu giấy để bốc");
  head.fill("In bao nhiêu phiếu", "99").press("In phiếu");
  CHECK(head.status() == 422);
  CHECK(head.shows("Hãy ghi 10, 20, 30 hoặc 40."));
  head.fill("In bao nhiêu phiếu", "1").press("In phiếu");
  CHECK(head.status() == 422);
  head.fill("In bao nhiêu phiếu", "10").press("In phiếu");
  const std::string before = R"(<span class="secret" translate="no">)";
  const std::size_t at = head.body().find(before);
  REQUIRE(at != std::string::npos);
  const std::string letters = head.body().substr(at + before.size(), 24);
  const std::size_t next = head.body().find(before, at + 1);
  REQUIRE(next != std::string::npos);
  const std::string others = head.body().substr(next + before.size(), 24);
  CHECK_FALSE(head.get("/staff" + desk.address("/slips")).shows(letters));
  // Beside a session the page takes no notice of the slip.
  CHECK(head.get(desk.address()).shows("Máy này đang đăng nhập"));
  head.post(desk.address(), "application/x-www-form-urlencoded", "token=" + letters);
  CHECK(desk.count_of("spent") == 0);

  Browser clean(desk, desk.router, desk.site);
  clean.get(desk.address("")).follow("Góp ý bằng phiếu, không ai biết là ai");
  clean.fill("Phiếu của bạn", "ABCD").press("Dùng phiếu");
  CHECK(clean.status() == 422);
  CHECK(clean.shows("Đây không phải phiếu hợp lệ."));
  clean.fill("Phiếu của bạn", letters).press("Dùng phiếu");
  CHECK(clean.shows("Phiếu đã được nhận"));
  clean.get(desk.address("/clauses/d2"));
  CHECK(clean.shows("được tính là của cán bộ, công chức, bằng phiếu"));
  clean.fill("Ý kiến của bạn", "Ba mươi ngày là quá lâu.").press("Gửi ý kiến");
  CHECK(clean.shows("Đã nhận ý kiến của bạn"));
  CHECK(desk.read([&](db::Read& r) { return comments_by_token(r, desk.id); }) == 1);
  // With a slip of somebody else's this browser is told nothing of it, and it stays good.
  clean.get(desk.address("/clauses/d2"));
  clean.post(desk.address(), form_type, "csrf=" + csrf_of(clean) + "&token=" + letters);
  CHECK(clean.status() == 409);
  CHECK(clean.shows("Trình duyệt này đã dùng một phiếu"));
  CHECK_FALSE(clean.shows("Phiếu này đã được dùng."));
  CHECK(clean.cookie("ln_part").empty());
  CHECK_FALSE(clean.cookie("ln_token_" + std::to_string(desk.id.value)).empty());
  // A form that was opened before somebody signed in: its token came with their name.
  Browser late(desk, desk.router, desk.site);
  late.get(desk.address());
  late.set_cookie(std::string(people::session_cookie), "token-of-nv1");
  late.fill("Phiếu của bạn", others).press("Dùng phiếu");
  CHECK(late.status() == 409);
  CHECK(late.shows("Phiếu này vừa được gửi cùng phiên đăng nhập"));
  CHECK(desk.count_of("spent") == 1);
  // Somebody else, with the same slip, and somebody without any.
  Browser other(desk, desk.router, desk.site);
  other.get(desk.address());
  other.fill("Phiếu của bạn", letters).press("Dùng phiếu");
  CHECK(other.status() == 409);
  CHECK(other.shows("Phiếu này đã được dùng."));
  other.get(desk.address("/clauses/d2"));
  CHECK(other.shows("không được tính là bằng phiếu"));
  other.fill("Ý kiến của bạn", "Tôi là người dân.").press("Gửi ý kiến");
  CHECK(desk.read([&](db::Read& r) { return comments_by_token(r, desk.id); }) == 1);
  // The browser of the token, once it is signed in, is nobody's either.
  clean.set_cookie(std::string(people::session_cookie), "token-of-nv1");
  clean.get(desk.address("/clauses/d2"));
  CHECK_FALSE(clean.shows("Tôi góp ý với tư cách cán bộ"));
  clean.fill("Ý kiến của bạn", "Gửi kèm phiên đăng nhập.").press("Gửi ý kiến");
  CHECK(desk.read([&](db::Read& r) { return comments_by_token(r, desk.id); }) == 1);
}

TEST_CASE("the page signs what a script blinded, once, and shows no name") {
  TokenDesk desk;
  auto nv = desk.browser("nv1");
  nv.get("/staff" + desk.address());
  CHECK(nv.body().find("data-token=\"" + to_base64(as_bytes(desk.told_key().public_key))) !=
        std::string::npos);
  CHECK(nv.shows("Cách này cần JavaScript."));
  const std::string before = "name=\"csrf\" value=\"";
  const std::size_t at = nv.body().find(before) + before.size();
  const std::string csrf = nv.body().substr(at, nv.body().find('"', at) - at);
  const std::string message = blind::prepare(std::string(32, 'n'), desk.random);
  const auto blinded = blind::blind(desk.told_key().public_key, message, desk.random);
  const std::string form = "csrf=" + csrf + "&blinded=" + blind::to_base64url(blinded->message);
  nv.post("/staff" + desk.address(), "application/x-www-form-urlencoded", form);
  REQUIRE(nv.status() == 200);
  const std::string head = R"({"signature":")";
  REQUIRE(nv.body().starts_with(head));
  const auto answer =
      blind::from_base64url(nv.body().substr(head.size(), nv.body().size() - head.size() - 2));
  CHECK(blind::finalize(desk.told_key().public_key, message, answer.value(), blinded->inverse));
  // An answer that was lost is given again, and is the same; nothing else is signed.
  const std::string signed_first = nv.body();
  nv.post("/staff" + desk.address(), "application/x-www-form-urlencoded", form);
  CHECK(nv.status() == 200);
  CHECK(nv.body() == signed_first);
  const auto second = blind::blind(desk.told_key().public_key, message, desk.random);
  nv.post("/staff" + desk.address(), "application/x-www-form-urlencoded",
          "csrf=" + csrf + "&blinded=" + blind::to_base64url(second->message));
  CHECK(nv.status() == 409);
  CHECK(nv.body().find("Mỗi người chỉ được một phiếu.") != std::string::npos);
  CHECK(nv.get("/staff" + desk.address()).shows("Bạn đã lấy phiếu cho dự thảo này."));
  CHECK(desk.browser("hai").get("/staff" + desk.address()).shows("lấy ý kiến của đơn vị khác"));
  Browser nobody(desk, desk.router, desk.site);
  nobody.get("/staff" + desk.address());
  CHECK(nobody.body().find("data-token=") == std::string::npos);
}

}  // namespace ln::consultation
