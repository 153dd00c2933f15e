// One letter that many sent: what counts as one, what is shown of it, and what a desk does with it.
#include "feature/consultation/consultation_letter.h"

#include <doctest/doctest.h>

#include <array>
#include <string>

#include "core/ledger/ledger_verify.h"
#include "engine/campaigns/campaigns_generate.h"
#include "feature/consultation/consultation_actions_letter.h"
#include "feature/consultation/consultation_actions_table.h"
#include "feature/consultation/consultation_jobs_letter.h"
#include "feature/consultation/consultation_store_inbox.h"
#include "feature/consultation/consultation_store_tally.h"
#include "test/letter_desk.h"

namespace ln::consultation {
namespace {

using test::family_names;
using test::letter_of;
using test::LetterDesk;

template <class T>
std::string letter_refusal(const Result<T>& result) {
  return result.ok() ? "fine" : std::string(result.error().text.name());
}

struct HeldTexts final : campaigns::Texts {
  std::vector<std::string> all;
  std::string text_at(std::uint64_t place) const override { return all.at(place); }
};

}  // namespace

TEST_CASE("what is stored of a letter is read as it was written") {
  const std::vector<LetterPart> parts = {
      {.text = "Tôi là"}, {.values = {{"phường A", 12}, {"xã B", 5}}}, {.text = ", đề nghị"}};
  CHECK(parts_in(parts_text(parts)) == parts);
  CHECK(parts_in("").empty());
  CHECK(parts_in("x").empty());
  CHECK(parts_in("=a\x1f"
                 "b")
            .empty());
  const std::vector<campaigns::Span> spans = {{3, 9}, {12, 40}};
  CHECK(spans_text(spans) == "3-9 12-40");
  CHECK(spans_in("3-9 12-40", 40) == spans);
  CHECK(spans_in("3-9 12-40", 39) == std::vector<campaigns::Span>{{3, 9}});
  CHECK(spans_in("9-3 x 4- -5", 100).empty());
  CHECK(beginning_of(parts) == "Tôi là … , đề nghị");
}

TEST_CASE("the limits of a letter are data, and each line is understood") {
  CHECK(letter_limits().senders_min == 5);
  CHECK(letter_limits().names_percent_min > 0);
  CHECK_FALSE(read_letter_limits("name,value,why\nsenders_min,5,x\n").has_value());
  CHECK_FALSE(read_letter_limits("name,value,why\nnobody_min,5,x\n").has_value());
  CHECK_FALSE(clause_of({{"d1", 3}, {"d2", 3}}).has_value());
  CHECK(clause_of({{"d1", 9}, {"d2", 1}}) == "d1");
  CHECK(clause_of({{"all", 6}, {"d2", 3}, {"d3", 2}}) == "all");
  CHECK_FALSE(clause_of({{"", 9}}).has_value());
}

TEST_CASE("generated letters are recognised, and what people wrote alone is none") {
  const auto material = campaigns::built_in_material();
  const auto made = campaigns::generated(
      material, {.seed = 7, .of_each_template = 120, .of_each_letter = 30, .quotes = 10});
  HeldTexts texts;
  campaigns::Finder finder(1);
  std::vector<campaigns::Comment> batch;
  for (const campaigns::Made& each : made) {
    batch.push_back({.id = std::to_string(batch.size()), .text = each.text, .place = batch.size()});
    texts.all.push_back(each.text);
  }
  finder.take(batch);
  const campaigns::Found found = finder.find(texts);
  const auto members = members_of(found);
  std::map<std::uint32_t, std::map<std::uint32_t, int>> truth;  // of each group, by campaign
  for (std::size_t i = 0; i < made.size(); ++i) {
    const campaigns::Distinct& text = found.texts[found.text_of[i]];
    if (text.group != campaigns::no_group && text.how != campaigns::How::quote)
      ++truth[text.group][made[i].campaign];
  }
  std::map<std::uint32_t, int> found_of;  // letters by campaign
  int mixed = 0, organic = 0;
  for (std::uint32_t group = 0; group < found.groups.size(); ++group) {
    if (found.groups[group].comments < 5) continue;
    const LetterReading reading = read_letter(found, group, members[group], texts);
    if (!reading.is_letter()) continue;
    int all = 0, most = 0;
    std::uint32_t campaign = 0;
    for (const auto& [of, count] : truth[group]) {
      all += count;
      if (count > most) most = count, campaign = of;
    }
    // People really send the same text more than once; no template is made of what they wrote
    // alone.
    if (campaign == campaigns::no_group && reading.kind == campaigns::Kind::merged) ++organic;
    if (most * 100 < all * 95) ++mixed;
    ++found_of[campaign];
  }
  // Two templates and twenty letters.
  CHECK(found_of.contains(0));
  CHECK(found_of.contains(1));
  CHECK(found_of.size() >= 20);
  CHECK(mixed == 0);
  CHECK(organic == 0);
}

TEST_CASE("texts that share greeting and thanks and ask for different things are no letter") {
  HeldTexts texts;
  campaigns::Finder finder(1);
  std::vector<campaigns::Comment> batch;
  const std::array asks = {
      "Đề nghị chỉ tính điểm hài lòng khi quý đó có từ ba mươi lượt chấm trở lên.",
      "Xin so điểm trong cùng một loại thủ tục, không so quầy dễ với quầy khó.",
      "Nên nâng phần của người dân lên một nửa vì dân là người trả lương."};
  const std::array whys = {"Quầy đất đai hồ sơ nào cũng vướng, dân bực cả với người làm đúng việc.",
                           "Từ chối một hồ sơ thiếu giấy tờ là đúng luật, thế mà vẫn bị một sao.",
                           "Có nơi cán bộ đứng cạnh máy và nhắc người dân bấm năm sao cho mình."};
  for (int turn = 0; turn < 3; ++turn)
    for (const char* why : whys)
      for (const char* ask : asks) {
        const std::string text = std::string(
                                     "Kính gửi ban soạn thảo, tôi đã làm việc ở bộ phận một "
                                     "cửa nhiều năm nay. ") +
                                 why + " " + ask + " Xin cảm ơn ban soạn thảo đã hỏi ý kiến.";
        batch.push_back({.id = std::to_string(batch.size()), .text = text, .place = batch.size()});
        texts.all.push_back(text);
      }
  finder.take(batch);
  const campaigns::Found found = finder.find(texts);
  const auto members = members_of(found);
  for (std::uint32_t group = 0; group < found.groups.size(); ++group) {
    // Only the very same text, sent three times, is the same; that is too few.
    const LetterReading reading = read_letter(found, group, members[group], texts);
    CAPTURE(reading.sentence_slots_percent);
    CAPTURE(reading.fits_percent());
    CAPTURE(reading.members);
    CHECK_FALSE(reading.is_letter());
  }
}

TEST_CASE("a letter shows what all wrote, no name of anybody, and who added something") {
  LetterDesk desk;
  desk.make_open();
  for (std::size_t i = 0; i < 12; ++i) desk.say("d2.1", letter_of(i));
  const auto own = desk.say(
      "d2.1", letter_of(12,
                        "Riêng tôi xin thêm một điều: phiếu chấm phải gửi về từng tổ dân phố "
                        "trước khi họp bình xét."));
  desk.say("d1", "Phạm vi nên gồm cả viên chức.");
  desk.group();
  const auto issues = desk.issues();
  REQUIRE(issues.size() == 2);
  CHECK(issues[0].origin == Origin::campaign);
  CHECK(issues[0].title.ends_with("(thư giống nhau)"));
  const Letter letter = desk.letter(issues[0].id);
  REQUIRE(letter.kind.has_value());
  CHECK_FALSE(letter.is_stale);
  CHECK(letter.members == 13);
  CHECK(letter.fitting == 12);
  const std::string shown = desk.shown(letter);
  CHECK(shown.find("công khai kết quả đánh giá công chức") != std::string::npos);
  CHECK(shown.find("[…]") != std::string::npos);
  for (const char* each : family_names) CHECK(shown.find(each) == std::string::npos);
  CHECK(shown.find("tổ dân phố") == std::string::npos);
  const std::string spans = desk.read([&](db::Read& r) { return own_words_in(r, own.comment.id); });
  const auto marked = spans_in(spans, own.comment.body.size());
  REQUIRE_FALSE(marked.empty());
  CHECK(own.comment.body.substr(marked[0].begin, marked[0].end - marked[0].begin)
            .find("phiếu chấm phải gửi về từng tổ dân phố") != std::string::npos);
  // At the desk it comes first, and its words are marked.
  auto head = desk.browser("hoa");
  head.get(desk.point_address(issues[0].id));
  CHECK(head.shows("13 thư, 92 % không thêm lời riêng."));
  CHECK(head.shows("Có lời riêng (1)"));
  const std::size_t first_mark = head.body().find("<mark>");
  REQUIRE(first_mark != std::string::npos);
  CHECK(first_mark < head.body().find("Nguyễn Văn An"));
  CHECK(
      head.get("/staff" + desk.address("/issues")).shows("13 thư giống nhau, 1 thư có lời riêng"));
}

TEST_CASE("the same letter to several clauses is no point of one of them") {
  LetterDesk desk;
  desk.make_open();
  for (std::size_t i = 0; i < 6; ++i) desk.say("d2.1", letter_of(i));
  for (std::size_t i = 6; i < 12; ++i) desk.say("d1", letter_of(i));
  desk.group();
  for (const Issue& each : desk.issues()) CHECK(each.origin == Origin::clause);
  CHECK(desk.loose() == 0);
}

TEST_CASE("a comment of a letter at another clause stays loose for a person") {
  LetterDesk desk;
  desk.make_open();
  for (std::size_t i = 0; i < 11; ++i) desk.say("d2.1", letter_of(i));
  desk.say("d1", letter_of(11));
  desk.group();
  REQUIRE(desk.issues().size() == 1);
  CHECK(desk.loose() == 1);
  desk.group();
  CHECK(desk.loose() == 1);
}

TEST_CASE("twenty-five thousand letters in two presses are one point") {
  LetterDesk desk;
  desk.make_open();
  desk.send_many(0, 12'500);
  desk.group();
  REQUIRE(desk.issues().size() == 1);
  CHECK(desk.loose() == 0);
  desk.send_many(12'500, 25'000);
  desk.group();
  REQUIRE(desk.issues().size() == 1);
  CHECK(desk.loose() == 0);
  CHECK(desk.letter(desk.issues()[0].id).members == 25'000);
  CHECK(desk.issues()[0].title.ends_with("(thư giống nhau)"));
}

TEST_CASE("an answered letter is not joined, and what is left undone waits for a person") {
  LetterDesk desk;
  desk.make_open();
  std::vector<test::DraftDesk::Told> told;
  for (std::size_t i = 0; i < 6; ++i) told.push_back(desk.say("d2.1", letter_of(i)));
  desk.group();
  const Issue first = desk.issues().at(0);
  // One is supported, another hidden: what is counted of both goes along.
  REQUIRE(desk.write([&](db::Write& w) {
                return consultation::support(w, *told[0].comment.code, "mark", desk.now);
              })
              .ok());
  EditAct hiding = desk.act();
  hiding.revision = desk.now_is(told[1]).revision;
  REQUIRE(desk.write([&](db::Write& w) {
                return hide(w, hiding, *told[1].comment.code, HideReason::privacy,
                            ledger::draw(desk.random));
              })
              .ok());
  CHECK(letter_refusal(desk.write([&](db::Write& w) {
          return undo_grouping(w, desk.act("nam"), first.id);
        })) == "consultation.error.none");
  const auto undone =
      desk.write([&](db::Write& w) { return undo_grouping(w, desk.act(), first.id); });
  REQUIRE(undone.ok());
  CHECK(undone.value() == 6);
  // Nobody reads that letter again: its words go with it.
  CHECK(first.title.ends_with("(thư giống nhau)"));
  CHECK(desk.issues().at(0).title == "Ý kiến về khoản 1 Điều 2");
  CHECK(desk.loose() == 6);
  CHECK(desk.read(mistallied).empty());
  CHECK(desk.read([&](db::Read& r) { return table_of(r, desk.id); }).empty());
  // An answer that is being written was to another point.
  CHECK(desk.issues().at(0).revision > first.revision);
  CHECK(letter_refusal(desk.write([&](db::Write& w) {
          return undo_grouping(w, desk.act(), first.id);
        })) == "consultation.error.undo_nothing");
  // It was a decision: the machine does not do it again.
  desk.group();
  CHECK(desk.loose() == 6);
  const auto kept = desk.read([&](db::Read& r) { return undone_of(r, desk.id, 5); });
  REQUIRE(kept.size() == 1);
  CHECK(kept[0].comments == 6);
  CHECK(kept[0].undone_by == desk.accounts.at("hoa"));
  auto head = desk.browser("hoa");
  CHECK(head.get("/staff" + desk.address("/issues")).shows("đã bỏ một nhóm, 6 ý kiến trở lại"));
  // New ones become a point of their own; once it is answered the next are another.
  for (std::size_t i = 6; i < 12; ++i) desk.say("d2.1", letter_of(i));
  desk.group();
  Issue second = desk.issues().at(1);
  REQUIRE(desk.write([&](db::Write& w) {
                EditAct doing = desk.act();
                doing.revision = second.revision;
                return answer_issue(
                    w, doing, second.id,
                    {.answer = Answer::noted, .reason = "Cảm ơn các ông bà đã góp ý."},
                    ledger::draw(desk.random));
              })
              .ok());
  CHECK(letter_refusal(desk.write([&](db::Write& w) {
          return undo_grouping(w, desk.act(), second.id);
        })) == "consultation.error.undo_answered");
  for (std::size_t i = 12; i < 18; ++i) desk.say("d2.1", letter_of(i));
  desk.group();
  CHECK(desk.issues().size() == 3);
  CHECK(desk.read([](db::Read& r) { return ledger::verify_all(r); }).empty());
}

TEST_CASE("who withdraws leaves the letter, and it is read again") {
  LetterDesk desk;
  desk.make_open();
  std::vector<test::DraftDesk::Told> told;
  for (std::size_t i = 0; i < 5; ++i) told.push_back(desk.say("d2.1", letter_of(i)));
  told.push_back(desk.say(
      "d2.1",
      letter_of(5, "Riêng tôi còn mong có thêm một bảng tin ở đầu ngõ cho người già đọc.")));
  desk.group();
  const IssueId issue = desk.issues().at(0).id;
  CHECK(desk.letter(issue).with_own_words() == 1);
  REQUIRE(desk.write([&](db::Write& w) { return withdraw_comment(w, desk.by(told[5])); }).ok());
  CHECK(desk.letter(issue).is_stale);
  CHECK(desk.read([&](db::Read& r) { return own_words_in(r, told[5].comment.id); }).empty());
  auto head = desk.browser("hoa");
  CHECK(head.get(desk.point_address(issue)).shows("Thư đang được đọc lại"));
  // Until then nobody reads of it how many they are; and it is not read again at once.
  CHECK_FALSE(head.get("/staff" + desk.address("/issues")).shows("6 thư giống nhau"));
  CHECK(read_letters(desk.database, desk.random, desk.tools) == 0);
  CHECK(desk.read_again() == 1);
  CHECK(desk.letter(issue).members == 5);
  CHECK(desk.letter(issue).kind.has_value());
  CHECK(desk.read([&](db::Read& r) { return find_issue(r, issue); })
            ->title.ends_with("(thư giống nhau)"));
  // Fewer than five have nothing in common that may be told.
  REQUIRE(desk.write([&](db::Write& w) { return withdraw_comment(w, desk.by(told[0])); }).ok());
  CHECK(desk.read_again() == 1);
  CHECK_FALSE(desk.letter(issue).kind.has_value());
  // The title keeps none of their words.
  CHECK(desk.issues().at(0).title == "Ý kiến về khoản 1 Điều 2");
  CHECK(desk.letter(issue).parts.empty());
  CHECK(head.get(desk.point_address(issue)).shows("không còn là một bức thư chung"));
  CHECK(desk.read_again() == 0);
}

TEST_CASE("what is hidden is placed by its clause, and none of its words is a title") {
  LetterDesk desk;
  desk.make_open();
  std::vector<test::DraftDesk::Told> told;
  for (std::size_t i = 0; i < 6; ++i)
    told.push_back(desk.say("d2.1", "Ông Trần Văn Ất ở số 12 Ngõ Gạch ăn cắp tiền quỹ của tổ."));
  for (const auto& each : told) {
    EditAct doing = desk.act();
    doing.revision = desk.now_is(each).revision;
    REQUIRE(desk.write([&](db::Write& w) {
                  return hide(w, doing, *each.comment.code, HideReason::privacy,
                              ledger::draw(desk.random));
                })
                .ok());
  }
  desk.group();
  REQUIRE(desk.issues().size() == 1);
  CHECK(desk.issues()[0].origin == Origin::clause);
  CHECK(desk.issues()[0].title == "Ý kiến về khoản 1 Điều 2");
  CHECK(desk.loose() == 0);
  CHECK(desk.read(mistallied).empty());
}

TEST_CASE("two that read one letter at once do not keep each other's reading") {
  LetterDesk desk;
  desk.make_open();
  for (std::size_t i = 0; i < 6; ++i) desk.say("d2.1", letter_of(i));
  desk.group();
  const IssueId issue = desk.issues().at(0).id;
  desk.write([&](db::Write& w) { mark_stale(w, issue); });
  desk.write([&](db::Write& w) { begin_reading(w, issue, 7); });
  CHECK(desk.read([&](db::Read& r) { return is_as_read(r, issue, 7); }));
  desk.write([&](db::Write& w) { mark_stale(w, issue); });
  desk.write([&](db::Write& w) { begin_reading(w, issue, 8); });
  CHECK_FALSE(desk.read([&](db::Read& r) { return is_as_read(r, issue, 7); }));
  // And one grouping is given to one job.
  REQUIRE(desk.write([&](db::Write& w) { return ask_grouping(w, desk.act(), desk.id); }).ok());
  const auto claim = [&] {
    bool is_mine = false;
    desk.write([&](db::Write& w) {
      is_mine = claim_grouping(w, desk.now - grouping_dead_after, desk.now).has_value();
    });
    return is_mine;
  };
  CHECK(claim());
  CHECK_FALSE(claim());
  desk.now += grouping_dead_after + std::chrono::seconds(1);
  CHECK(claim());
}

TEST_CASE("a desk looks among the comments, and all that is found goes under one point") {
  LetterDesk desk;
  desk.make_open();
  for (std::size_t i = 0; i < 6; ++i) desk.say("d2.1", letter_of(i));
  desk.group();
  for (int i = 0; i < 3; ++i)
    desk.say("d1", "Phạm vi nên gồm cả viên chức, nhóm " + std::to_string(i) + ".");
  desk.say("d1.1", "Khoản này viết hơi khó hiểu.");
  auto head = desk.browser("hoa");
  const std::string inbox = "/staff" + desk.address("/issues");
  CHECK(head.get(inbox + "?clause=d1.1").shows("Tìm thấy 1 ý kiến."));
  CHECK(head.get(inbox + "?clause=d1").shows("Tìm thấy 4 ý kiến."));
  CHECK(head.get(inbox + "?in=any").shows("Tìm thấy 10 ý kiến."));
  CHECK(head.get(inbox + "?in=any&source=imported").shows("Tìm thấy 0 ý kiến."));
  CHECK(head.get(inbox + "?in=" + std::to_string(desk.issues()[0].id.value))
            .shows("Tìm thấy 6 ý kiến."));
  CHECK(head.get(inbox + "?own=1").shows("Tìm thấy 0 ý kiến."));
  CHECK(head.get(inbox + "?in=xx&clause=%3Cb%3E&source=yy").status() == 200);
  head.get(inbox + "?clause=d1");
  head.press("Xếp cả 4 ý kiến tìm thấy");
  CHECK(head.status() == 422);  // A new point needs a title.
  head.get(inbox + "?clause=d1");
  head.fill("new_title", "Mở rộng phạm vi");
  desk.say("d1", "Một ý vừa mới đến.");
  head.press("Xếp cả 4 ý kiến tìm thấy");
  CHECK(head.status() == 409);
  CHECK(head.shows("Danh sách đã thay đổi"));
  head.press("Xếp cả 5 ý kiến tìm thấy");
  CHECK(head.status() == 200);
  CHECK(desk.loose() == 0);
  CHECK(desk.issues().back().title == "Mở rộng phạm vi");
  CHECK(letter_refusal(desk.write([&](db::Write& w) {
          return place_many(w, desk.act("nam"), desk.id,
                            {.comments = {CommentId{1}}, .to = {}, .title = "Vấn đề"},
                            draw_issue(desk.random));
        })) == "consultation.error.none");
}

}  // namespace ln::consultation
