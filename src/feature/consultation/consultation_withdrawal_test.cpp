// Invitations that are taken back, and files that bodies send with a reply.
#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "core/attachment/attachment_store.h"
#include "core/ledger/ledger_verify.h"
#include "feature/consultation/consultation_actions_decide.h"
#include "feature/consultation/consultation_actions_invitation.h"
#include "feature/consultation/consultation_store_invitation.h"
#include "feature/consultation/consultation_store_source.h"
#include "test/draft_desk.h"

namespace ln::consultation {
namespace {

constexpr const char* reason_given = "Đã mời nhầm: việc này thuộc Sở Tài chính.";

struct BodyDesk : test::DraftDesk {
  Invitation invitation{};
  std::string secret;

  BodyDesk() {
    make_open();
    invite_body("Hội Nông dân phường");
  }
  void invite_body(const std::string& name) {
    const auto draws = draw_invitation(random);
    const auto made = write([&](db::Write& w) {
      return invite(w, act(), id, {.name = name, .due_on = local_day(now) + std::chrono::days(5)},
                    draws);
    });
    REQUIRE(made.ok());
    invitation = made.value();
    secret = draws.secret;
  }
  std::string take_back(const std::string& by, const std::string& reason) {
    auto doing = act(by);
    doing.revision = now_there().revision;
    const auto done = write([&](db::Write& w) {
      return withdraw_invitation(w, doing, invitation.source.id, reason, ledger::draw(random));
    });
    return done.ok() ? "fine" : std::string(done.error().text.name());
  }
  Invitation now_there() {
    return *read([&](db::Read& r) { return find_invitation(r, invitation.source.id); });
  }
  std::string own() const { return "/consultations/invitations/" + invitation.code->text(); }
  std::string at_desk(const std::string& more = "") const {
    return "/staff/consultations/" + std::to_string(id.value) + "/invitations/" +
           std::to_string(invitation.source.id.value) + more;
  }
  bool gate_waits() {
    const auto c = current();
    const auto gate = read([&](db::Read& r) { return gate_of(r, c, now); });
    return std::ranges::find(gate, Blocker::Kind::invited, &Blocker::kind) != gate.end();
  }
  // The files of the first reply.
  std::vector<attachment::Attachment> files() {
    const auto replies =
        read([&](db::Read& r) { return comments_from(r, invitation.source.id, 0, 10); });
    REQUIRE_FALSE(replies.empty());
    return read([&](db::Read& r) {
      return attachment::list(r, {reply_files_owner, replies.front().id.value});
    });
  }
};

}  // namespace

TEST_CASE("an invitation is taken back with a reason, and nobody waits for the body any more") {
  BodyDesk desk;
  CHECK(desk.gate_waits());
  CHECK(desk.take_back("hai", reason_given) == "consultation.error.none");
  CHECK(desk.take_back("hoa", "Nhầm") == "consultation.error.withdrawal");
  CHECK(desk.take_back("hoa", std::string(501, 'a')) == "consultation.error.withdrawal");
  CHECK(desk.take_back("hoa", reason_given) == "fine");
  CHECK(desk.take_back("hoa", reason_given) == "consultation.error.invitation_withdrawn");
  CHECK_FALSE(desk.gate_waits());
  CHECK(punctuality_of(desk.now_there(), local_day(desk.now) + std::chrono::days(30)) ==
        Punctuality::withdrawn);
  CHECK(days_late(desk.now_there(), local_day(desk.now) + std::chrono::days(30)) == 0);
  auto anybody = desk.browser("nobody");
  anybody.get("/consultations/" + std::to_string(desk.id.value) + "/invited");
  CHECK(anybody.shows("Đã rút lời mời"));
  CHECK(anybody.shows(reason_given));
  CHECK(desk.read(ledger::verify_all).empty());
  // The same body may be asked again.
  desk.invite_body("Hội Nông dân phường");
  CHECK(desk.gate_waits());
}

TEST_CASE("the link of an invitation that was taken back tells why, and takes nothing") {
  BodyDesk desk;
  auto body = desk.browser("nobody");
  body.get(desk.own()).fill("secret", desk.secret).press("Mở");
  const auto stale = desk.read([&](db::Read& r) {
    return prepare_reply(r, people::Citizen(desk.secret), *desk.invitation.code,
                         {.clause = "all", .body = "Nhất trí với dự thảo."}, desk.random, desk.now);
  });
  REQUIRE(stale.ok());
  REQUIRE(desk.take_back("hoa", reason_given) == "fine");
  body.fill("body", "Nhất trí với dự thảo.").press("Gửi ý kiến");
  CHECK(body.status() == 409);
  body.get(desk.own());
  CHECK(body.shows("Cơ quan soạn thảo đã rút lời mời."));
  CHECK(body.shows(reason_given));
  CHECK(body.body().find("name=\"body\"") == std::string::npos);
  // What was prepared before is refused in the transaction, too.
  const auto sent = desk.write([&](db::Write& w) {
    return send_reply(w, people::Citizen(desk.secret), stale.value(), desk.now);
  });
  REQUIRE_FALSE(sent.ok());
  CHECK(sent.error().text.name() == "consultation.error.invitation_withdrawn");
  auto act = desk.act();
  act.revision = desk.now_there().revision;
  const auto again = desk.write([&](db::Write& w) {
    return renew_invitation(w, act, desk.invitation.source.id, draw_invitation(desk.random));
  });
  CHECK_FALSE(again.ok());
  // Without the secret the page tells nothing.
  CHECK_FALSE(desk.browser("nobody").get(desk.own()).shows(reason_given));
}

TEST_CASE("the desk takes an invitation back on the page of the body, and keeps what was typed") {
  BodyDesk desk;
  CHECK(desk.browser("nam").get(desk.at_desk()).status() == 404);
  auto head = desk.browser("hoa");
  head.get(desk.at_desk()).fill("reason", "Nhầm").press("Rút lời mời");
  CHECK(head.status() == 422);
  CHECK(head.body().find(">Nhầm</textarea>") != std::string::npos);
  head.fill("reason", reason_given).press("Rút lời mời");
  CHECK(head.shows(reason_given));
  CHECK(head.body().find("name=\"reason\"") == std::string::npos);
  CHECK(head.get(desk.at_desk("9")).status() == 404);
}

TEST_CASE("a reply may carry files, which the body and the desk read and nobody else") {
  BodyDesk desk;
  auto body = desk.browser("nobody");
  body.get(desk.own()).fill("secret", desk.secret).press("Mở");
  body.fill("body", "Gửi kèm bảng so sánh.").attach("files", "virus.exe", "MZ").press("Gửi ý kiến");
  CHECK(body.status() == 422);
  CHECK(body.body().find("Gửi kèm bảng so sánh.") != std::string::npos);
  const std::string words = "Bảng so sánh từng điều, do Hội lập.";
  body.fill("body", "Gửi kèm bảng so sánh.").attach("files", "bang.txt", words).press("Gửi ý kiến");
  REQUIRE(body.status() == 200);
  CHECK(body.shows("bang.txt"));
  const auto files = desk.files();
  REQUIRE(files.size() == 1);
  CHECK(files[0].visibility == attachment::Visibility::hidden);
  const std::string name = "/files/" + files[0].token;
  CHECK(body.get(desk.own() + name).body() == words);
  auto head = desk.browser("hoa");
  CHECK(head.get(desk.at_desk()).shows("bang.txt"));
  CHECK(head.get(desk.at_desk(name)).body() == words);
  CHECK(desk.browser("nam").get(desk.at_desk(name)).status() == 404);
  CHECK(desk.browser("nobody").get(desk.own() + name).status() == 404);
  CHECK(desk.browser("nobody").get("/attachment/" + files[0].token).status() == 404);
  CHECK(desk.read(ledger::verify_all).empty());
}

TEST_CASE("a file goes with the reply that is withdrawn") {
  BodyDesk desk;
  const people::Citizen citizen(desk.secret);
  auto reply = desk.read([&](db::Read& r) {
    return prepare_reply(r, citizen, *desk.invitation.code,
                         {.clause = "all", .body = "Gửi kèm bảng so sánh."}, desk.random, desk.now);
  });
  REQUIRE(reply.ok());
  reply.value().files.push_back({.token = std::string(32, 'a'),
                                 .kind = attachment::Kind::document,
                                 .media_type = "text/plain",
                                 .name = "bang.txt",
                                 .bytes = "so sanh",
                                 .thumbnail = "",
                                 .hash = {}});
  const auto sent =
      desk.write([&](db::Write& w) { return send_reply(w, citizen, reply.value(), desk.now); });
  REQUIRE(sent.ok());
  REQUIRE(desk.files().size() == 1);
  REQUIRE(desk.write([&](db::Write& w) {
                return withdraw_comment(w, {.citizen = citizen,
                                            .code = *sent.value().comment.code,
                                            .salts = ledger::draw(desk.random),
                                            .now = desk.now});
              })
              .ok());
  CHECK(desk.files()[0].removed_at.has_value());
  CHECK_FALSE(desk.read([&](db::Read& r) { return attachment::bytes_of(r, desk.files()[0].id); }));
}

TEST_CASE("an invitation that was taken back keeps how late it was, and is counted") {
  BodyDesk desk;
  // Eight days later, without the session of the officer running out.
  desk.write([](db::Write& w) { w.run("UPDATE consultation_invitation SET due_on = due_on - 8"); });
  REQUIRE(desk.take_back("hoa", reason_given) == "fine");
  auto anybody = desk.browser("nobody");
  anybody.get("/consultations/" + std::to_string(desk.id.value) + "/invited");
  CHECK(anybody.shows("Quá hạn 3 ngày"));
  CHECK(anybody.shows("Đã rút lời mời ngày"));
  auto head = desk.browser("hoa");
  head.get("/staff/consultations/" + std::to_string(desk.id.value) + "/issues");
  CHECK(head.shows("1 lời mời đã được rút, kèm lý do"));
}

TEST_CASE("a reason that was typed on an old page stands there still") {
  BodyDesk desk;
  auto head = desk.browser("hoa");
  head.get(desk.at_desk());
  auto act = desk.act();
  act.revision = desk.now_there().revision;
  REQUIRE(desk.write([&](db::Write& w) {
                return renew_invitation(w, act, desk.invitation.source.id,
                                        draw_invitation(desk.random));
              })
              .ok());
  head.fill("reason", reason_given).press("Rút lời mời");
  CHECK(head.status() == 409);
  CHECK(head.body().find(std::string(reason_given) + "</textarea>") != std::string::npos);
}

TEST_CASE("everybody reads that files came with a reply, and files have an end") {
  BodyDesk desk;
  auto body = desk.browser("nobody");
  body.get(desk.own()).fill("secret", desk.secret).press("Mở");
  body.fill("body", "Gửi kèm bảng so sánh.").attach("files", "bang.txt", "a").press("Gửi ý kiến");
  REQUIRE(body.status() == 200);
  const std::string page = "/consultations/" + std::to_string(desk.id.value);
  CHECK(desk.browser("nobody").get(page + "/comments").shows("Kèm 1 tệp, không công khai"));
  CHECK(desk.browser("nobody").get(page + "/clauses/all").shows("Kèm 1 tệp, không công khai"));
  attachment::Prepared huge{.token = std::string(32, 'b'),
                            .kind = attachment::Kind::document,
                            .media_type = "text/plain",
                            .name = "to.txt",
                            .bytes = std::string(files_size_max, 'a'),
                            .thumbnail = "",
                            .hash = {}};
  const auto fits = desk.read(
      [&](db::Read& r) { return check_files(r, desk.invitation.source.id, {std::move(huge)}); });
  REQUIRE_FALSE(fits.ok());
  CHECK(fits.error().text.name() == "consultation.error.files_full");
}

TEST_CASE("who was asked is read page by page, and a page too far is the last") {
  BodyDesk desk;
  for (int n = 0; n < 25; ++n) desk.invite_body("Tổ dân phố số " + std::to_string(100 + n));
  auto anybody = desk.browser("nobody");
  const std::string page = "/consultations/" + std::to_string(desk.id.value) + "/invited";
  anybody.get(page);
  CHECK(anybody.shows("Hội Nông dân phường"));
  CHECK_FALSE(anybody.shows("Tổ dân phố số 124"));
  anybody.follow("Trang sau");
  CHECK(anybody.shows("Tổ dân phố số 124"));
  CHECK(anybody.get(page + "?from=999").shows("Tổ dân phố số 124"));
  CHECK(anybody.get(page + "?from=-9").shows("Hội Nông dân phường"));
}

}  // namespace ln::consultation
