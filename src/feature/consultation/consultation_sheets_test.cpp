#include "feature/consultation/consultation_sheets.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "base/text.h"
#include "test/draft_desk.h"

namespace ln::consultation {
namespace {

draft::Draft draft_with(int articles, int chars) {
  std::vector<std::string> paragraphs = {"QUY CHẾ thử"};
  for (int n = 1; n <= articles; ++n) {
    if (n % 10 == 1) paragraphs.push_back("Chương " + std::string(n == 1 ? "I" : "II"));
    paragraphs.push_back("Điều " + std::to_string(n) + ". Tên");
    paragraphs.push_back(std::string(static_cast<std::size_t>(chars), 'a'));
  }
  return *draft::parse(paragraphs);
}

}  // namespace

TEST_CASE("sheets are the whole draft, in order, none heavier than it may be") {
  for (const int chars : {10, 700, 5'000}) {
    const draft::Draft draft = draft_with(20, chars);
    const auto sheets = sheets_of(draft);
    std::size_t next = 0;
    for (const DraftSheet& sheet : sheets) {
      CHECK(sheet.first == next);
      CHECK(sheet.last > sheet.first);
      next = sheet.last;
      std::size_t size = 0, articles = 0;
      for (std::size_t i = sheet.first; i < sheet.last; ++i) {
        size += draft.clauses[i].text.size() + draft.clauses[i].heading.size();
        articles += draft.clauses[i].level == draft::Level::article ? 1 : 0;
      }
      CHECK(articles <= sheet_articles_max);
      CHECK((articles == 1 || size <= sheet_size_max));
    }
    CHECK(next == draft.clauses.size());
  }
  CHECK(sheets_of(draft_with(3, 10)).size() == 1);
  CHECK(sheets_of(draft::Draft{}).size() == 1);
}

TEST_CASE("a chapter's name stands on the sheet of its first article") {
  const draft::Draft draft = draft_with(11, 700);
  for (const DraftSheet& sheet : sheets_of(draft))
    CHECK(draft.clauses[sheet.last - 1].level >= draft::Level::article);
}

TEST_CASE("a long piece is read part by part, and no word of it is lost or cut in a letter") {
  for (const std::string& word : {std::string("điều "), std::string("ề"), std::string("a b\n")}) {
    std::string text;
    while (text.size() < 10'000) text += word;
    std::string together;
    for (const std::string_view chunk : chunks_of(text)) {
      CHECK(chunk.size() <= chunk_size_max);
      CHECK_FALSE(chunk.empty());
      CHECK(is_utf8(chunk));
      together += chunk;
    }
    CHECK(together == text);
  }
  CHECK(chunks_of("").size() == 1);
}

TEST_CASE("every piece below a long article is linked from one of its parts, once") {
  std::vector<std::string> paragraphs = {"QUY CHẾ thử", "Điều 1. Tên"};
  for (int n = 1; n <= 130; ++n) paragraphs.push_back(std::to_string(n) + ". Một việc phải làm.");
  const draft::Draft draft = *draft::parse(paragraphs);
  const std::size_t article = *draft.find("d1");
  const std::size_t count = part_of(draft, article, 0).count;
  CHECK(count == 3);
  std::vector<std::size_t> linked;
  for (std::size_t n = 0; n < count; ++n) {
    const PiecePart part = part_of(draft, article, n);
    CHECK(part.links.size() <= links_at_once);
    linked.insert(linked.end(), part.links.begin(), part.links.end());
  }
  REQUIRE(linked.size() == 130);
  for (std::size_t n = 0; n < linked.size(); ++n)
    CHECK(draft.clauses[linked[n]].key == "d1." + std::to_string(n + 1));
}

TEST_CASE("a long draft is read sheet by sheet, and every article is reached from its first page") {
  test::DraftDesk desk;
  std::string text = "QUY CHẾ thử việc chia trang\n\n";
  for (int n = 1; n <= 40; ++n)
    text += "Điều " + std::to_string(n) + ". Tên điều\n\n1. " +
            std::string(n == 7 ? 30'000 : 600, 'b') + "\n\n2. Câu cuối của điều " +
            std::to_string(n) + ".\n\n";
  const auto made = desk.write([&](db::Write& w) {
    return create(w, desk.act(), desk.units.at("P1"), test::DraftDesk::typed(text.c_str()));
  });
  REQUIRE(made.ok());
  desk.id = made.value().id;
  REQUIRE(
      desk.write([&](db::Write& w) { return open(w, desk.act(), desk.id, test::last_day); }).ok());
  auto anybody = desk.browser("nobody");
  const std::string page = "/consultations/" + std::to_string(desk.id.value);
  anybody.get(page);
  CHECK(anybody.shows("Câu cuối của điều 1."));
  CHECK_FALSE(anybody.shows("Câu cuối của điều 40."));
  CHECK(anybody.body().size() < 60'000);
  anybody.follow("Điều 40");
  CHECK(anybody.shows("Câu cuối của điều 40."));
  CHECK_FALSE(anybody.shows("Câu cuối của điều 1."));
  anybody.get(page + "?sheet=999");
  CHECK(anybody.status() == 404);
  anybody.get(page).follow("Điều 7");
  CHECK(anybody.body().size() < 60'000);
  anybody.get(page + "/clauses/d7.1");
  CHECK(anybody.body().find(std::string(chunk_size_max + 1, 'b')) == std::string::npos);
  CHECK(anybody.shows("Phần 1 trong 10"));
  anybody.follow("Đọc tiếp");
  CHECK(anybody.shows("Phần 2 trong 10"));
  CHECK(anybody.get("/en" + page + "/clauses/d7.1?part=9").shows("Part 10 of 10"));
  CHECK(anybody.get(page + "/clauses/d7.1?part=10").status() == 404);
}

}  // namespace ln::consultation
