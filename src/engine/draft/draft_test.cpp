#include "engine/draft/draft.h"

#include <doctest/doctest.h>

#include <string>

#include "base/random.h"
#include "engine/draft/draft_compare.h"

namespace ln::draft {
namespace {

constexpr std::string_view small = R"(QUY CHẾ
Đánh giá công chức thành phố

Căn cứ Luật Cán bộ, công chức;

## Chương I
QUY ĐỊNH CHUNG

**Điều 1. Phạm vi điều chỉnh**

1. Quy chế này quy định việc đánh giá công chức
của thành phố.

2. Quy chế này áp dụng cho:

a) Công chức của các sở;

b) Công chức của xã, phường;

đ) Người khác theo Điều 5 của Luật này.

## Chương II
ĐÁNH GIÁ

### Mục 1. Công khai

Điều 2. Công khai kết quả
Kết quả được công khai tại nơi làm việc.

Điều 3. Hiệu lực
Quy chế này có hiệu lực từ ngày 1.1.2027.
)";

Draft of(std::string_view text) {
  const auto draft = parse(paragraphs_of(text));
  REQUIRE(draft.has_value());
  return *draft;
}

std::string keys_of(const Draft& draft) {
  std::string all;
  for (const Clause& each : draft.clauses) all += (all.empty() ? "" : " ") + each.key;
  return all;
}

std::string doubts_of(const Draft& draft) {
  std::string all;
  for (const Note& each : draft.notes) all += std::string(key_of(each.doubt).name()) + " ";
  return all;
}

std::string fates_of(const Draft& before, const Draft& after) {
  std::string all;
  for (const Match& each : matches_of(before, after))
    all += std::string(to_text(each.fate)) + ":" + each.before + ">" + each.after + " ";
  return all;
}

}  // namespace

TEST_CASE("a draft is read as chapters, sections, articles, clauses and points with lasting keys") {
  const Draft draft = of(small);
  CHECK(draft.title == "QUY CHẾ Đánh giá công chức thành phố");
  REQUIRE(draft.opening.size() == 1);
  CHECK(draft.opening[0] == "Căn cứ Luật Cán bộ, công chức;");
  CHECK(keys_of(draft) == "c1 d1 d1.1 d1.2 d1.2.a d1.2.b d1.2.dd c2 c2.m1 d2 d3");
  CHECK(draft.clauses[0].heading == "QUY ĐỊNH CHUNG");
  CHECK(draft.clauses[1].heading == "Phạm vi điều chỉnh");
  CHECK(draft.clauses[2].text == "Quy chế này quy định việc đánh giá công chức của thành phố.");
  CHECK(draft.clauses[6].text == "Người khác theo Điều 5 của Luật này.");
  CHECK(draft.clauses[8].heading == "Công khai");
  CHECK(draft.clauses[9].text == "Kết quả được công khai tại nơi làm việc.");
  CHECK(draft.clauses[9].parent == 8);
  CHECK(draft.count(Level::article) == 3);
  CHECK(doubts_of(draft) == "draft.doubt.jump ");
}

TEST_CASE("what does not follow in its numbers is kept as text and told") {
  const Draft draft =
      of("Điều 1. Một\n\n1. Đầu\n\n30. Phòng họp số ba mươi\n\nĐiều 3. Ba\n\n"
         "1. Một\n\n1. Một lần nữa\n\nĐiều 2. Hai");
  CHECK(keys_of(draft) == "d1 d1.1 d3 d3.1 d3.1-2");
  CHECK(draft.clauses[1].text == "Đầu\n30. Phòng họp số ba mươi");
  CHECK(draft.clauses[4].text == "Một lần nữa\nĐiều 2. Hai");
  CHECK(doubts_of(draft) ==
        "draft.doubt.out_of_order draft.doubt.jump draft.doubt.repeated "
        "draft.doubt.out_of_order ");
  CHECK(doubts_of(of("Không có điều nào.")) == "draft.doubt.no_article ");
}

TEST_CASE("a text that is too long is refused, and a long one with one number is read at once") {
  std::vector<std::string> paragraphs(clauses_max, "1. Một");
  paragraphs.front() = "Điều 1. Một";
  const auto draft = parse(paragraphs);
  REQUIRE(draft.has_value());
  CHECK(draft->clauses.size() == clauses_max);
  CHECK(draft->notes.size() == notes_max);
  paragraphs.push_back("2. Hai");
  CHECK_FALSE(parse(paragraphs).has_value());
  CHECK_FALSE(parse(std::vector<std::string>{std::string(text_size_max + 1, 'a')}).has_value());
}

TEST_CASE("a place is cited as people say it") {
  CHECK(cited("d5.2.dd", false) == "điểm đ khoản 2 Điều 5");
  CHECK(cited("d5.2.dd", true) == "point đ, clause 2, Article 5");
  CHECK(cited("d5.2-2", false) == "khoản 2-2 Điều 5");
  CHECK(cited("c2.m1", false) == "Mục 1 Chương 2");
  CHECK(cited("<b>", false).empty());
}

TEST_CASE("a clause is followed to where its words stand in the next version") {
  const Draft before =
      of("Điều 1. Phạm vi\n\n1. Quy chế quy định việc đánh giá công chức hằng năm.\n\n"
         "Điều 2. Công khai\n\n1. Kết quả được công khai trong thời hạn ba mươi ngày làm việc.\n\n"
         "2. Người bị chấm thấp được giải trình trước hội đồng.\n\n"
         "Điều 3. Cũ\n\n1. Điều khoản này không còn cần thiết trong bản mới nữa.");
  const Draft after =
      of("Điều 1. Phạm vi\n\n1. Quy chế quy định việc đánh giá công chức hằng năm.\n\n"
         "Điều 2. Giải thích từ ngữ\n\n1. Hội đồng là nhóm người do chủ tịch lập ra.\n\n"
         "Điều 3. Công khai\n\n1. Kết quả được công khai trong thời hạn mười ngày làm việc.\n\n"
         "2. Người bị chấm thấp được giải trình trước hội đồng.");
  CHECK(fates_of(before, after) ==
        "kept:d1>d1 kept:d1.1>d1.1 moved:d2>d3 moved:d2.1>d3.1 moved:d2.2>d3.2 gone:d3> "
        "gone:d3.1> added:>d2 added:>d2.1 ");
  const auto matches = matches_of(before, after);
  CHECK(matches[3].is_reworded);
  CHECK_FALSE(matches[4].is_reworded);
  CHECK(follow(matches, "d2.1") == "d3.1");
  CHECK(follow(matches, "d3.1").empty());
}

TEST_CASE("differences of words give both texts back, byte for byte") {
  const auto pieces = differences("công khai trong 30 ngày kể từ ngày ký",
                                  "công khai chậm nhất 10 ngày kể từ ngày ký");
  REQUIRE(pieces.size() >= 3);
  CHECK(pieces.front().text == "công khai ");
  CHECK(pieces.back().text == "ngày kể từ ngày ký");
  SeededRandom random(7);
  for (int turn = 0; turn < 300; ++turn) {
    std::string left, right, left_again, right_again;
    for (std::string* text : {&left, &right})
      for (std::uint64_t n = random.below(30); n > 0; --n)
        *text += std::string(1, static_cast<char>('a' + random.below(4))) +
                 (random.below(3) == 0 ? "\n" : " ");
    for (const Piece& each : differences(left, right)) {
      if (each.edit != Edit::added) left_again += each.text;
      if (each.edit != Edit::removed) right_again += each.text;
    }
    CHECK(left_again == left);
    CHECK(right_again == right);
  }
}

}  // namespace ln::draft
