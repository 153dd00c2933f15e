// Letters to whoever wrote a comment; and a draft out of a file of an office program.
#include <doctest/doctest.h>

#include <string>

#include "core/notice/notice_store.h"
#include "core/people/people_jobs.h"
#include "feature/consultation/consultation_actions_answer.h"
#include "feature/consultation/consultation_actions_contact.h"
#include "feature/consultation/consultation_actions_decide.h"
#include "feature/consultation/consultation_pages_import.h"
#include "platform/office/office_document.h"
#include "test/draft_desk.h"

namespace ln::consultation {
namespace {

constexpr std::string_view good_token = "0123456789abcdef0123456789abcdef";

struct LetterDesk : test::DraftDesk {
  Result<Done> leaves(const Told& told, const std::string& address = "hoa@thu.example") {
    return write([&](db::Write& w) { return leave_contact(w, by(told), address, good_token); });
  }
  Result<Comment> confirms(const Told& told, std::string_view token = good_token) {
    return write([&](db::Write& w) { return confirm_contact(w, *told.comment.code, token, now); });
  }
  std::vector<std::string> letters(const Told& told) {
    std::vector<std::string> kinds;
    for (const auto& each : read([&](db::Read& r) {
           return notice::told_about(r, {"consultation_comment", told.comment.id.value});
         }))
      kinds.push_back(each.kind);
    return kinds;
  }
  IssueId answered(const Told& told) {
    const auto made = write([&](db::Write& w) {
      return place_in_new(w, act(), id, "Rút thời hạn", {*told.comment.code}, draw_issue(random));
    });
    REQUIRE(made.ok());
    answer_again(made.value().id);
    return made.value().id;
  }
  void answer_again(IssueId issue) {
    EditAct doing = act();
    doing.revision = read([&](db::Read& r) { return find_issue(r, issue)->revision; });
    REQUIRE(write([&](db::Write& w) {
              return answer_issue(w, doing, issue,
                                  {.answer = Answer::declined, .reason = "Luật không cho phép."},
                                  ledger::draw(random));
            }).ok());
  }
};

template <class T>
std::string why(const Result<T>& result) {
  return result.ok() ? "fine" : std::string(result.error().text.name());
}

std::string docx_of(std::initializer_list<std::string_view> paragraphs) {
  office::Document document{.title = "Dự thảo"};
  for (const std::string_view each : paragraphs) document.parts.push_back(office::paragraph(each));
  return office::write_docx(document);
}

}  // namespace

TEST_CASE("letters go to a confirmed contact alone, and the last one forgets it") {
  LetterDesk desk;
  desk.make_open();
  const auto told = desk.say("d2.1", "Nên công khai trong mười ngày.");
  const auto silent = desk.say("d2.1", "Không để lại địa chỉ.");
  CHECK(why(desk.leaves(told, "không có gì")) == "consultation.error.contact");
  REQUIRE(desk.leaves(told).ok());
  REQUIRE(desk.leaves(silent, "nam@thu.example").ok());
  CHECK(desk.letters(told) == std::vector<std::string>{"consultation.confirm"});
  const IssueId issue = desk.answered(told);
  CHECK(tell_contacts(desk.database, desk.now) == 0);
  CHECK(why(desk.confirms(told, "ffffffffffffffffffffffffffffffff")) ==
        "consultation.error.link_over");
  REQUIRE(desk.confirms(told).ok());
  CHECK(why(desk.confirms(told)) == "consultation.error.link_over");
  CHECK(desk.now_is(told).strength == Strength::email);
  CHECK(tell_contacts(desk.database, desk.now) == 1);
  CHECK(tell_contacts(desk.database, desk.now) == 0);
  desk.now += std::chrono::minutes(5);
  desk.answer_again(issue);
  CHECK(tell_contacts(desk.database, desk.now) == 1);
  REQUIRE(desk.write([&](db::Write& w) {
                return place_comments(w, desk.act(), issue, {*silent.comment.code});
              })
              .ok());
  // Who came later is answered too.
  CHECK_FALSE(desk.read([&](db::Read& r) { return find_issue(r, issue)->answered_at; }));
  desk.answer_again(issue);
  desk.now = at_local(test::last_day + std::chrono::days(1));
  REQUIRE(close_due(desk.database, desk.now) == 1);
  people::keep_sessions(desk.database, desk.now);
  REQUIRE(desk.write([&](db::Write& w) {
                return people::open_session(w, people::AccountId{desk.accounts.at("hoa")},
                                            "token-of-hoa", desk.now);
              })
              .ok());
  REQUIRE(desk.write([&](db::Write& w) {
                return decide(w, desk.act(), desk.id, "Thông qua theo bản 1.");
              })
              .ok());
  CHECK(tell_contacts(desk.database, desk.now) == 1);
  CHECK(tell_contacts(desk.database, desk.now) == 0);
  CHECK(desk.letters(told) ==
        std::vector<std::string>{"consultation.confirm", "consultation.answered",
                                 "consultation.answered", "consultation.decided"});
  CHECK(desk.letters(silent) == std::vector<std::string>{"consultation.confirm"});
  CHECK_FALSE(desk.read([&](db::Read& r) { return find_contact(r, told.comment.id); }));
}

TEST_CASE("an address that is confirmed after the decision changes nothing of its table") {
  LetterDesk desk;
  desk.make_open();
  const auto told = desk.say("d2.1", "Nên công khai trong mười ngày.");
  desk.answered(told);
  desk.now = at_local(test::last_day + std::chrono::days(1));
  REQUIRE(close_due(desk.database, desk.now) == 1);
  people::keep_sessions(desk.database, desk.now);
  REQUIRE(desk.write([&](db::Write& w) {
                return people::open_session(w, people::AccountId{desk.accounts.at("hoa")},
                                            "token-of-hoa", desk.now);
              })
              .ok());
  REQUIRE(desk.leaves(told).ok());
  REQUIRE(desk.write([&](db::Write& w) {
                return decide(w, desk.act(), desk.id, "Thông qua theo bản 1.");
              })
              .ok());
  REQUIRE(desk.confirms(told).ok());
  CHECK(desk.now_is(told).strength == Strength::anonymous);
}

TEST_CASE("a contact is taken back, and goes with the comment") {
  LetterDesk desk;
  desk.make_open();
  const auto told = desk.say("d2.1", "Nên công khai trong mười ngày.");
  REQUIRE(desk.leaves(told).ok());
  REQUIRE(desk.leaves(told).ok());
  REQUIRE(desk.leaves(told).ok());
  CHECK(why(desk.leaves(told)) == "consultation.error.links_today");
  REQUIRE(desk.confirms(told).ok());
  REQUIRE(desk.write([&](db::Write& w) { return withdraw_comment(w, desk.by(told)); }).ok());
  CHECK_FALSE(desk.read([&](db::Read& r) { return find_contact(r, told.comment.id); }));
  const auto late = desk.say("d1", "Một ý kiến khác nữa.");
  REQUIRE(desk.leaves(late).ok());
  desk.now += link_lasts + std::chrono::milliseconds(1);
  CHECK(why(desk.confirms(late)) == "consultation.error.link_over");
}

TEST_CASE("a link of a letter confirms in a browser, and nothing leaves before it is pressed") {
  LetterDesk desk;
  desk.make_open();
  auto citizen = desk.browser("nobody");
  citizen.get("/consultations/1/clauses/d2.1");
  citizen.fill("Ý kiến của bạn", "Nên công khai trong mười ngày.").press("Gửi ý kiến");
  citizen.follow("Xem, sửa hoặc rút ý kiến này");
  const std::string own = citizen.address();
  citizen.fill("E-mail hoặc số điện thoại di động", "xyz").press("Gửi liên kết xác nhận");
  CHECK(citizen.status() == 422);
  citizen.fill("E-mail hoặc số điện thoại di động", "hoa@thu.example");
  citizen.press("Gửi liên kết xác nhận");
  CHECK(citizen.shows("Đã gửi liên kết tới hoa@thu.example."));
  std::string link;
  for (const auto& each : desk.read([&](db::Read& r) {
         const notice::Way ways[] = {notice::Way::mail};
         return notice::due(r, desk.now, ways, 10);
       }))
    link = each.link;
  REQUIRE_FALSE(link.empty());
  auto mail = desk.browser("nobody");
  mail.get(link);
  CHECK_FALSE(desk.read([&](db::Read& r) { return find_contact(r, CommentId{1}); })->confirmed_at);
  mail.press("Xác nhận");
  CHECK(mail.shows("Đã xác nhận."));
  CHECK(citizen.get(own).shows("Sẽ báo tới hoa@thu.example."));
  citizen.press("Xóa địa chỉ này");
  CHECK_FALSE(citizen.shows("hoa@thu.example"));
  // How many links went out today is still known; with the next day nothing is.
  const auto kept = desk.read([&](db::Read& r) { return find_contact(r, CommentId{1}); });
  REQUIRE(kept);
  CHECK(kept->to.address.empty());
  CHECK(kept->asked_count == 1);
  CHECK(forget_unconfirmed(desk.database, desk.now) == 0);
  CHECK(forget_unconfirmed(desk.database, desk.now + link_lasts + std::chrono::hours(24)) == 1);
  CHECK_FALSE(desk.read([&](db::Read& r) { return find_contact(r, CommentId{1}); }));
}

TEST_CASE("a draft is read out of a document with its numbers, and what is none is told plainly") {
  const auto text =
      draft_text_of(docx_of({"QUY CHẾ *mẫu*", "Điều 1. Phạm vi", "1. Áp dụng cho phường.",
                             "Điều 2. Hiệu lực", "Từ ngày ký."}));
  REQUIRE(text.ok());
  const auto draft = draft::parse(draft::paragraphs_of(text.value()));
  REQUIRE(draft.has_value());
  CHECK(draft->count(draft::Level::article) == 2);
  CHECK(draft->find("d1.1").has_value());
  CHECK(draft->opening.size() + (draft->title.empty() ? 0 : 1) > 0);
  CHECK(text.value().find("\\*mẫu\\*") != std::string::npos);
  CHECK(why(draft_text_of(docx_of({"Thư mời họp", "Kính gửi ông bà."}))) ==
        "consultation.error.not_a_draft");
  CHECK(why(draft_text_of("PK\x03\x04 cắt ngang")) == "office.error.broken");
  CHECK(why(draft_text_of("%PDF-1.7 \xFF\xFE")) == "consultation.error.file");
  CHECK(why(draft_text_of(std::string_view("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 word", 13))) ==
        "office.error.old_format");
  CHECK(draft_text_of("Điều 1. Chữ thường").value() == "Điều 1. Chữ thường");
}

TEST_CASE("an editor imports a document, sees its structure, and keeps it") {
  LetterDesk desk;
  auto head = desk.browser("hoa");
  head.get("/staff/consultations/new");
  head.choose("Quy chế, quy định nội bộ", "kind");
  head.fill("Tên dự thảo", "Quy chế tiếp công dân của phường");
  head.fill("Tóm tắt: đổi gì, ai chịu ảnh hưởng", "Quy định giờ và người tiếp công dân.");
  head.attach("file", "thu.docx", docx_of({"Thư mời họp", "Kính gửi ông bà."}));
  head.press("Xem cấu trúc");
  CHECK(head.status() == 422);
  CHECK(head.shows("Tệp này không phải dự thảo"));
  CHECK(desk.read([](db::Read& r) { return in_stage(r, Stage::editing, 10).size(); }) == 0);
  head.attach("file", "du-thao.docx",
              docx_of({"Điều 1. Giờ tiếp", "1. Từ 8 giờ đến 17 giờ.", "Điều 2. Người tiếp",
                       "Chủ tịch tiếp thứ Năm."}));
  head.press("Xem cấu trúc");
  CHECK(head.shows("0 chương, 2 điều, 1 khoản, 0 điểm"));
  CHECK(desk.read([](db::Read& r) { return in_stage(r, Stage::editing, 10).size(); }) == 0);
  head.press("Giữ bản này");
  const auto kept = desk.read([](db::Read& r) { return in_stage(r, Stage::editing, 10); });
  REQUIRE(kept.size() == 1);
  const auto version = desk.read([&](db::Read& r) { return find_version(r, kept[0].id, 1); });
  CHECK(version->text.find("Chủ tịch tiếp thứ Năm.") != std::string::npos);
}

}  // namespace ln::consultation
