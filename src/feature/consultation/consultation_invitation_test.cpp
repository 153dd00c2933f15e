// Bodies that are asked by name: their letters, their days, and what stands in the table.
#include "feature/consultation/consultation_invitation.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "core/ledger/ledger_store.h"
#include "core/ledger/ledger_verify.h"
#include "feature/consultation/consultation_actions_decide.h"
#include "feature/consultation/consultation_actions_draft.h"
#include "feature/consultation/consultation_actions_invitation.h"
#include "feature/consultation/consultation_actions_table.h"
#include "feature/consultation/consultation_store_draft.h"
#include "feature/consultation/consultation_store_invitation.h"
#include "test/draft_desk.h"

namespace ln::consultation {
namespace {

struct InvitedDesk : test::DraftDesk {
  Invitation invitation{};
  std::string secret;

  InvitedDesk() { make_open(); }
  Day due() const { return local_day(now) + std::chrono::days(5); }
  Result<Invitation> invite_as(const std::string& login,
                               const std::string& name,
                               const InvitationDraws& draws) {
    return write([&](db::Write& w) {
      return invite(w, act(login), id, {.name = name, .due_on = due()}, draws);
    });
  }
  void invite_front() {
    const auto draws = draw_invitation(random);
    const auto made = invite_as("hoa", "Ủy ban Mặt trận Tổ quốc phường", draws);
    REQUIRE(made.ok());
    invitation = made.value();
    secret = draws.secret;
  }
  Result<Sent> reply_with(const std::string& with,
                          const std::string& clause,
                          const std::string& body) {
    const people::Citizen citizen(with);
    const auto prepared = read([&](db::Read& r) {
      return prepare_reply(r, citizen, *invitation.code, {.clause = clause, .body = body}, random,
                           now);
    });
    if (!prepared.ok()) return prepared.error();
    return write([&](db::Write& w) { return send_reply(w, citizen, prepared.value(), now); });
  }
  Invitation now_is() {
    return *read([&](db::Read& r) { return find_invitation(r, invitation.source.id); });
  }
  std::string url(const std::string& more) const {
    return "/consultations/" + std::to_string(id.value) + more;
  }
};

template <class T>
std::string reason_of(const Result<T>& result) {
  return result.ok() ? "fine" : std::string(result.error().text.name());
}

// A form of ours as it is sent again: with the tokens that stood in `page`.
std::string tokens_in(const std::string& page) {
  std::string out;
  for (const std::string name : {"csrf", "once", "version"}) {
    const std::string mark = "name=\"" + name + "\" value=\"";
    const auto at = page.find(mark);
    if (at == std::string::npos) continue;
    const auto from = at + mark.size();
    out += name + "=" + page.substr(from, page.find('"', from) - from) + "&";
  }
  return out;
}

}  // namespace

TEST_CASE("a body replies with its letter, and its reply stands in the table under its name") {
  InvitedDesk desk;
  desk.invite_front();
  CHECK(reason_of(desk.reply_with("22222222222222222222", "d2.1", "Nên rút ngắn.")) ==
        "consultation.error.code_or_secret");
  CHECK(reason_of(desk.reply_with(desk.secret, "d9", "Nên rút ngắn.")) ==
        "consultation.error.clause");
  CHECK(reason_of(desk.reply_with(desk.secret, "d2.1", "Ừ")) == "consultation.error.body_short");
  const auto sent = desk.reply_with(desk.secret, "d2.1", "Đề nghị rút xuống mười ngày.");
  REQUIRE(sent.ok());
  CHECK(desk.now_is().replied_at == desk.now);
  CHECK(punctuality_of(desk.now_is(), local_day(desk.now)) == Punctuality::in_time);
  const Counts counts =
      desk.read([&](db::Read& r) { return total_of(counts_by_clause(r, desk.id)); });
  CHECK(counts.all == 1);
  CHECK(counts.invited == 1);
  CHECK(counts.by_strength[0] == 0);
  const auto issue = desk.write([&](db::Write& w) {
    return place_in_new(w, desk.act(), desk.id, "Rút ngắn thời hạn", {*sent.value().comment.code},
                        draw_issue(desk.random));
  });
  REQUIRE(issue.ok());
  const auto rows = desk.read([&](db::Read& r) { return table_of(r, desk.id); });
  REQUIRE(rows.size() == 1);
  CHECK(who_said(i18n::Voice(i18n::Language::vi), rows[0].behind)
            .find("Ủy ban Mặt trận Tổ quốc phường") != std::string::npos);
  // Signed in the chain of the invitation, by the key of the letter.
  const auto entries = desk.read([&](db::Read& r) {
    return ledger::entries_of(r, {"consultation_invitation", desk.invitation.source.id.value});
  });
  REQUIRE(entries.size() == 2);
  CHECK(ledger::is_signed_by(entries[1].payload, people::Citizen(desk.secret).key().public_key()));
  CHECK(desk.read([](db::Read& r) { return ledger::verify_all(r); }).empty());
}

TEST_CASE("what is late is taken and told, and so is who never replied") {
  InvitedDesk desk;
  desk.invite_front();
  CHECK(punctuality_of(desk.now_is(), desk.due()) == Punctuality::waits);
  CHECK(punctuality_of(desk.now_is(), desk.due() + std::chrono::days(1)) == Punctuality::overdue);
  auto anybody = desk.browser("nobody");
  CHECK(anybody.get(desk.url("/invited")).shows("Còn hạn, chưa trả lời"));
  desk.now += std::chrono::days(8);
  CHECK(anybody.get(desk.url("/invited")).shows("Quá hạn 3 ngày, chưa trả lời"));
  REQUIRE(desk.reply_with(desk.secret, "all", "Nhất trí với dự thảo.").ok());
  CHECK(anybody.get(desk.url("/invited")).shows("Đã trả lời, muộn 3 ngày"));
  CHECK(anybody.get("/en" + desk.url("/invited")).shows("Replied 3 days late"));
  CHECK(days_late(desk.now_is(), local_day(desk.now) + std::chrono::days(90)) == 3);
}

TEST_CASE("the gate is shut while a body that was asked has time left and said nothing") {
  InvitedDesk desk;
  desk.invite_front();
  const auto waits = [&] {
    const auto gate = desk.read([&](db::Read& r) { return gate_of(r, desk.current(), desk.now); });
    return std::ranges::count(gate, Blocker::Kind::invited, &Blocker::kind);
  };
  CHECK(waits() == 1);
  REQUIRE(desk.reply_with(desk.secret, "all", "Nhất trí với dự thảo.").ok());
  CHECK(waits() == 0);
  const auto other = draw_invitation(desk.random);
  REQUIRE(desk.invite_as("hoa", "Hội Nông dân phường", other).ok());
  CHECK(waits() == 1);
  desk.now += std::chrono::days(6);
  CHECK(waits() == 0);
}

TEST_CASE("only who drafts invites, each body once, for a day that can be kept") {
  InvitedDesk desk;
  desk.invite_front();
  const auto draws = draw_invitation(desk.random);
  CHECK(reason_of(desk.invite_as("hai", "Hội Nông dân phường", draws)) ==
        "consultation.error.none");
  CHECK(reason_of(desk.invite_as("hoa", " ỦY BAN Mặt trận Tổ quốc phường", draws)) ==
        "consultation.error.invited_again");
  const auto in_days = [&](int days) {
    const Day today = local_day(desk.now);
    return reason_of(
        check_invited({.name = "Hội Nông dân", .due_on = today + std::chrono::days(days)}, today));
  };
  for (const int days : {0, 1, 2, 181}) CHECK(in_days(days) == "consultation.error.due_on");
  for (const int days : {3, 180}) CHECK(in_days(days) == "fine");
  CHECK(reason_of(check_invited({.name = "Hội", .due_on = desk.due()}, local_day(desk.now))) ==
        "consultation.error.source_name");
}

TEST_CASE("a new letter takes the old one's place, and what was said stays") {
  InvitedDesk desk;
  desk.invite_front();
  const auto sent = desk.reply_with(desk.secret, "all", "Nhất trí với dự thảo.");
  REQUIRE(sent.ok());
  EditAct act = desk.act();
  act.revision = desk.now_is().revision;
  const auto draws = draw_invitation(desk.random);
  REQUIRE(desk.write([&](db::Write& w) {
                return renew_invitation(w, act, desk.invitation.source.id, draws);
              })
              .ok());
  CHECK(reason_of(desk.write([&](db::Write& w) {
          return renew_invitation(w, act, desk.invitation.source.id, draws);
        })) == "consultation.error.changed");
  CHECK(reason_of(desk.reply_with(desk.secret, "all", "Xin nói thêm.")) ==
        "consultation.error.code_or_secret");
  REQUIRE(desk.reply_with(draws.secret, "all", "Xin nói thêm.").ok());
  // Whoever found the old letter opens no reply of it, and whoever has the new one does.
  const Code& code = *sent.value().comment.code;
  const auto opens = [&](const std::string& secret) {
    return desk.read([&](db::Read& r) { return open_comment(r, people::Citizen(secret), code); });
  };
  CHECK(reason_of(opens(desk.secret)) == "consultation.error.code_or_secret");
  CHECK(opens(draws.secret).ok());
  const auto withdraw = [&](const std::string& secret) {
    const CitizenAct own{.citizen = people::Citizen(secret),
                         .code = code,
                         .salts = ledger::draw(desk.random),
                         .now = desk.now};
    return desk.write([&](db::Write& w) { return withdraw_comment(w, own); });
  };
  CHECK(reason_of(withdraw(desk.secret)) == "consultation.error.code_or_secret");
  CHECK(withdraw(draws.secret).ok());
  CHECK(desk.read([](db::Read& r) { return ledger::verify_all(r); }).empty());
}

TEST_CASE("a body that took its only reply back has not replied, and the first one left counts") {
  InvitedDesk desk;
  desk.invite_front();
  const auto first = desk.reply_with(desk.secret, "all", "Nhất trí với dự thảo.");
  REQUIRE(first.ok());
  desk.now += std::chrono::days(7);
  const auto second = desk.reply_with(desk.secret, "d2.1", "Đề nghị rút xuống mười ngày.");
  REQUIRE(second.ok());
  const auto withdraw = [&](const Result<Sent>& sent) {
    const CitizenAct own{.citizen = people::Citizen(desk.secret),
                         .code = *sent.value().comment.code,
                         .salts = ledger::draw(desk.random),
                         .now = desk.now};
    return desk.write([&](db::Write& w) { return withdraw_comment(w, own); }).ok();
  };
  REQUIRE(withdraw(first));
  CHECK(desk.now_is().replied_at == desk.now);
  CHECK(punctuality_of(desk.now_is(), local_day(desk.now)) == Punctuality::late);
  REQUIRE(withdraw(second));
  CHECK_FALSE(desk.now_is().replied_at.has_value());
  CHECK(punctuality_of(desk.now_is(), local_day(desk.now)) == Punctuality::overdue);
  auto anybody = desk.browser("nobody");
  CHECK(anybody.get(desk.url("/invited")).shows("Quá hạn 2 ngày, chưa trả lời"));
}

TEST_CASE("from the decision on nobody's delay grows") {
  InvitedDesk desk;
  desk.invite_front();
  desk.now += std::chrono::days(8);
  auto anybody = desk.browser("nobody");
  CHECK(anybody.get(desk.url("/invited")).shows("Quá hạn 3 ngày, chưa trả lời"));
  REQUIRE(desk.write([&](db::Write& w) -> Result<Done> {
                insert(w, Decision{.consultation = desk.id,
                                   .version = 1,
                                   .note = "Thông qua.",
                                   .table_hash = std::string(32, 'h'),
                                   .decided_by = 1,
                                   .decided_at = desk.now});
                return Done{};
              })
              .ok());
  desk.now += std::chrono::days(30);
  CHECK(anybody.get(desk.url("/invited")).shows("Quá hạn 3 ngày, chưa trả lời"));
}

TEST_CASE("a body's replies have a limit also for those that were prepared at once") {
  InvitedDesk desk;
  desk.invite_front();
  const people::Citizen citizen(desk.secret);
  const auto late = desk.read([&](db::Read& r) {
    return prepare_reply(r, citizen, *desk.invitation.code,
                         {.clause = "all", .body = "Nhất trí với dự thảo."}, desk.random, desk.now);
  });
  REQUIRE(late.ok());
  REQUIRE(desk.write([&](db::Write& w) -> Result<Done> {
                for (std::int64_t n = 0; n < replies_max; ++n) {
                  Comment comment = late.value().prepared.comment;
                  comment.code = Code::draw(desk.random);
                  insert(w, comment);
                }
                return Done{};
              })
              .ok());
  CHECK(reason_of(desk.write([&](db::Write& w) {
          return send_reply(w, citizen, late.value(), desk.now);
        })) == "consultation.error.replies");
}

TEST_CASE("a letter is printed once, opens the body's page, and a double press invites once") {
  InvitedDesk desk;
  auto head = desk.browser("hoa");
  head.get("/staff" + desk.url("/invitations"));
  head.fill("name", "Hội Nông dân phường").fill("due_on", "2026-11-30");
  const std::string again =
      tokens_in(head.body()) +
      "name=H%E1%BB%99i+N%C3%B4ng+d%C3%A2n+ph%C6%B0%E1%BB%9Dng&due_on=2026-11-30&kind=view";
  head.press("Mời và in thư");
  CHECK(head.status() == 422);
  CHECK(head.shows("Hãy chọn mời góp ý hay mời phản biện xã hội."));
  head.choose("Góp ý", "kind").press("Mời và in thư");
  CHECK(head.shows("Kính gửi:"));
  const std::string letter = head.body();
  head.post("/staff" + desk.url("/invitations"), "application/x-www-form-urlencoded", again);
  CHECK(head.status() == 200);
  const auto all = desk.read([&](db::Read& r) { return invitations_of(r, desk.id); });
  REQUIRE(all.size() == 1);
  const std::string mark = R"(id="secret" translate="no">)";
  const auto at = letter.find(mark);
  REQUIRE(at != std::string::npos);
  const std::string secret = letter.substr(at + mark.size(), 24);
  CHECK(head.body().find(secret) != std::string::npos);
  const std::string own = "/consultations/invitations/" + all[0].invitation.code->text();
  auto body = desk.browser("nobody");
  body.get(own).fill("secret", "AAAA-AAAA-AAAA-AAAA-AAAA").press("Mở");
  CHECK(body.status() == 404);
  body.get("/consultations/invitations/22222222").fill("secret", secret).press("Mở");
  CHECK(body.status() == 404);
  body.get(own).fill("secret", secret).press("Mở");
  CHECK(body.status() == 200);
  body.fill("body", "Ừ").press("Gửi ý kiến");
  CHECK(body.status() == 422);
  const std::string reply = tokens_in(body.body()) + "clause=all&body=Nhat+tri+voi+du+thao";
  body.fill("body", "Nhất trí với dự thảo.").press("Gửi ý kiến");
  CHECK(body.shows("Đã trả lời đúng hạn"));
  body.post(own + "/reply", "application/x-www-form-urlencoded", reply);
  CHECK(desk.read([&](db::Read& r) { return invitations_of(r, desk.id); })[0].comments == 1);
  CHECK(desk.browser("nam").get("/staff" + desk.url("/invitations")).status() == 404);
}

TEST_CASE("a point is drafted by whom it was given to, and answered by the head alone") {
  InvitedDesk desk;
  const auto told = desk.say("d2.1", "Ba mươi ngày là quá lâu.");
  const auto issue = desk.write([&](db::Write& w) {
    return place_in_new(w, desk.act(), desk.id, "Rút ngắn thời hạn", {*told.comment.code},
                        draw_issue(desk.random));
  });
  REQUIRE(issue.ok());
  const IssueId point = issue.value().id;
  const auto give = [&](const std::string& by, const std::string& to) {
    return desk.write([&](db::Write& w) {
      return assign_issue(w, desk.act(by), point, people::AccountId{desk.accounts.at(to)},
                          ledger::draw(desk.random));
    });
  };
  CHECK(reason_of(give("hai", "nam")) == "consultation.error.none");
  CHECK(reason_of(give("hoa", "hai")) == "consultation.error.drafter");
  const std::string page =
      "/staff" + desk.url("/issues/" + std::to_string(point.value) + "/proposal");
  auto nam = desk.browser("nam");
  CHECK(nam.get(page).status() == 404);
  REQUIRE(give("hoa", "nam").ok());
  CHECK(nam.get("/staff/consultations/mine").shows("Rút ngắn thời hạn"));
  CHECK_FALSE(desk.browser("lan").get("/staff/consultations/mine").shows("Rút ngắn thời hạn"));
  CHECK(desk.browser("lan").get(page).status() == 404);
  nam.get(page).press("Lưu bản soạn");
  CHECK(nam.status() == 422);
  nam.choose("Không tiếp thu").fill("reason", "Cần đủ thời gian xác minh.").press("Lưu bản soạn");
  CHECK(nam.status() == 200);
  CHECK_FALSE(desk.read([&](db::Read& r) { return find_issue(r, point); })->answer.has_value());
  auto head = desk.browser("hoa");
  head.get("/staff" + desk.url("/issues/" + std::to_string(point.value)));
  CHECK(head.body().find("Cần đủ thời gian xác minh.") != std::string::npos);
  head.press("Công bố trả lời");
  CHECK(desk.read([&](db::Read& r) { return find_issue(r, point); })->answer == Answer::declined);
  CHECK_FALSE(nam.get("/staff/consultations/mine").shows("Rút ngắn thời hạn"));
  const auto propose_as = [&](const std::string& login) {
    return desk.write([&](db::Write& w) {
      return propose(w, desk.act(login), point,
                     {.answer = Answer::noted, .reason = "Đã nghe và ghi nhận."});
    });
  };
  CHECK(reason_of(propose_as("nam")) == "consultation.error.point_answered");
  REQUIRE(give("hoa", "lan").ok());
  CHECK(nam.get(page).status() == 404);
  // What one drafter wrote is not told as the words of the next.
  CHECK_FALSE(desk.read([&](db::Read& r) { return find_proposal(r, point); }).has_value());
}

}  // namespace ln::consultation
