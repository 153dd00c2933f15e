// Social criticism of a draft: asked for by name, answered before the decision, in a section of its
// own.
#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "feature/consultation/consultation_actions_answer.h"
#include "feature/consultation/consultation_actions_decide.h"
#include "feature/consultation/consultation_actions_invitation.h"
#include "feature/consultation/consultation_actions_table.h"
#include "feature/consultation/consultation_jobs_check.h"
#include "feature/consultation/consultation_store_invitation.h"
#include "test/draft_desk.h"

namespace ln::consultation {
namespace {

using Kind = Blocker::Kind;

struct CriticisedDesk : test::DraftDesk {
  Issue views{}, criticism{};

  CriticisedDesk() { make_open(); }
  Comment asked_and_replied(const std::string& name, InvitedFor kind, const std::string& words) {
    const auto draws = draw_invitation(random);
    const auto made = write([&](db::Write& w) {
      return invite(w, act(), id,
                    {.name = name, .due_on = local_day(now) + std::chrono::days(5), .kind = kind},
                    draws);
    });
    REQUIRE(made.ok());
    const people::Citizen body(draws.secret);
    const auto prepared = read([&](db::Read& r) {
      return prepare_reply(r, body, *made.value().code, {.clause = "d2.1", .body = words}, random,
                           now);
    });
    REQUIRE(prepared.ok());
    const auto sent =
        write([&](db::Write& w) { return send_reply(w, body, prepared.value(), now); });
    REQUIRE(sent.ok());
    return sent.value().comment;
  }
  Issue put(const std::string& title, const Comment& comment) {
    const auto made = write([&](db::Write& w) {
      return place_in_new(w, act(), id, title, {*comment.code}, draw_issue(random));
    });
    REQUIRE(made.ok());
    return made.value();
  }
  void live() {
    criticism =
        put("Bỏ việc tự chấm điểm",
            asked_and_replied("Ủy ban Mặt trận Tổ quốc phường", InvitedFor::social_criticism,
                              "Tự chấm điểm trái với nguyên tắc khách quan."));
    views = put("Rút ngắn thời hạn", asked_and_replied("Hội Nông dân phường", InvitedFor::view,
                                                       "Đề nghị rút xuống mười ngày."));
  }
  void give(const Issue& issue, Answer answer) {
    const auto now_is = *read([&](db::Read& r) { return find_issue(r, issue.id); });
    EditAct doing = act();
    doing.revision = now_is.revision;
    REQUIRE(write([&](db::Write& w) {
              return answer_issue(w, doing, issue.id,
                                  {.answer = answer, .reason = "Luật không cho phép làm thế."},
                                  ledger::draw(random));
            }).ok());
  }
  std::int64_t blocks(Kind kind) {
    const auto gate = read([&](db::Read& r) { return gate_of(r, current(), now); });
    return std::ranges::count(gate, kind, &Blocker::kind);
  }
  std::vector<TableRow> rows() {
    return read([&](db::Read& r) { return table_of(r, id); });
  }
  std::string url(const std::string& more) const {
    return "/consultations/" + std::to_string(id.value) + more;
  }
};

}  // namespace

TEST_CASE("the gate demands an answer to social criticism, and noting it is none") {
  CriticisedDesk desk;
  desk.live();
  CHECK(desk.blocks(Kind::unanswered) == 2);
  desk.give(desk.views, Answer::noted);
  desk.give(desk.criticism, Answer::noted);
  CHECK(desk.blocks(Kind::unanswered) == 0);
  CHECK(desk.blocks(Kind::criticism) == 1);  // a view may be noted
  desk.give(desk.criticism, Answer::declined);
  CHECK(desk.blocks(Kind::criticism) == 0);
}

TEST_CASE("the synthesis table has a section of social criticism, and none where there is none") {
  CriticisedDesk desk;
  desk.live();
  const auto rows = desk.rows();
  REQUIRE(rows.size() == 2);
  CHECK(rows[0].issue.id == desk.views.id);
  CHECK_FALSE(rows[0].is_criticised);
  CHECK(rows[1].is_criticised);
  const std::string csv = table_csv(rows);
  const auto first = csv.find("Ý kiến góp ý"), second = csv.find("Ý kiến phản biện xã hội");
  REQUIRE(second != std::string::npos);
  CHECK(first < csv.find("Rút ngắn thời hạn"));
  CHECK(csv.find("Rút ngắn thời hạn") < second);
  CHECK(second < csv.find("Bỏ việc tự chấm điểm"));
  // What was decided before there were sections reads, and hashes, as it did.
  const std::vector<TableRow> plain{rows[0]};
  CHECK(table_csv(plain).find("Ý kiến góp ý") == std::string::npos);
  CHECK_FALSE(section_before(plain, 0).has_value());

  // A view under the same point stays a view, and nobody's words are printed as criticism.
  const auto farmer = desk.asked_and_replied("Hội Phụ nữ phường", InvitedFor::view,
                                             "Chấm điểm nên có người ngoài tham gia.");
  REQUIRE(desk.write([&](db::Write& w) {
                return place_comments(w, desk.act(), desk.criticism.id, {*farmer.code});
              })
              .ok());
  CHECK(desk.rows().size() == 2);
  const auto parts = desk.read([&](db::Read& r) { return sections_of(r, desk.id); });
  REQUIRE(parts.size() == 3);
  CHECK(parts[0].issue.id == desk.criticism.id);
  CHECK_FALSE(parts[0].is_criticised);
  CHECK(parts[0].behind.comments == 1);
  CHECK(parts[0].behind.bodies == std::vector<std::string>{"Hội Phụ nữ phường"});
  CHECK(parts[2].is_criticised);
  CHECK(parts[2].number == 3);
  CHECK(parts[2].behind.comments == 1);
  CHECK(parts[2].behind.bodies == std::vector<std::string>{"Ủy ban Mặt trận Tổ quốc phường"});

  desk.give(desk.views, Answer::noted);
  desk.give(desk.criticism, Answer::declined);
  auto anybody = desk.browser("nobody");
  anybody.get("/en" + desk.url("/answers"));
  CHECK(anybody.status() == 200);
  CHECK(anybody.body().find("id=\"criticism\"") != std::string::npos);
  for (const char* file : {"table.docx", "table.xlsx", "table.csv"})
    CHECK(anybody.get(desk.url("/table/") + file).status() == 200);
}

TEST_CASE("who is asked for social criticism is named on the draft's page and from supervision") {
  CriticisedDesk desk;
  auto head = desk.browser("hoa");
  head.get("/staff" + desk.url("/invitations"));
  head.fill("name", "Ủy ban Mặt trận Tổ quốc phường")
      .fill("due_on", to_iso(local_day(desk.now) + std::chrono::days(5)))
      .choose("Phản biện xã hội", "kind")
      .press("Mời và in thư");
  CHECK(head.status() == 200);
  const auto all = desk.read([&](db::Read& r) { return invitations_of(r, desk.id); });
  REQUIRE(all.size() == 1);
  CHECK(all[0].invitation.kind == InvitedFor::social_criticism);
  CHECK(head.shows("phản biện xã hội đối với dự thảo"));
  auto anybody = desk.browser("nobody");
  CHECK(anybody.get(desk.url("")).shows("Phản biện xã hội"));
  CHECK(anybody.shows("Ủy ban Mặt trận Tổ quốc phường"));
  CHECK(anybody.get(desk.url("/invited")).shows("Phản biện xã hội"));
  anybody.get("/supervision");
  CHECK(anybody.body().find(desk.url("/invited")) != std::string::npos);
}

TEST_CASE(
    "the kind of an invitation is what the ledger was told, and nobody turns it into a view") {
  CriticisedDesk desk;
  desk.live();
  CHECK(desk.read([](db::Read& r) { return unfit_texts(r); }).empty());
  desk.write([](db::Write& w) { w.run("UPDATE consultation_invitation SET kind = 'view'"); });
  CHECK(desk.read([](db::Read& r) { return unfit_texts(r); }).size() == 1);
}

}  // namespace ln::consultation
