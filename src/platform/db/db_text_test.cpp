#include <doctest/doctest.h>

#include <limits>

#include "base/log.h"
#include "base/result.h"
#include "platform/db/db.h"
#include "test/folder.h"
#include "test/world.h"

namespace ln::db {
namespace {

constexpr TextIndex words("thing_words");
constexpr std::int64_t no_limit = std::numeric_limits<std::int64_t>::max();

Options with_index(std::string path = ":memory:") {
  log::set_least(log::Level::warning);
  return test::on_engine(
      {.path = std::move(path), .migrations = {{"0001_thing", "-- text index thing_words"}}});
}

using Ids = std::vector<std::int64_t>;

Ids find(Database& database,
         TextIndex::Form form,
         std::vector<std::string> asked,
         std::int64_t before = no_limit,
         std::size_t limit = 20) {
  return database.read([&](Read& read) { return words.find(read, form, asked, before, limit); });
}
Ids marked(Database& database, std::vector<std::string> asked) {
  return find(database, TextIndex::Form::marked, std::move(asked));
}
Ids folded(Database& database, std::vector<std::string> asked) {
  return find(database, TextIndex::Form::folded, std::move(asked));
}

void put_streets(Database& database) {
  test::write(database, [](Write& write) {
    words.put(write, 1, "đường hỏng ở hàng bạc", "duong hong o hang bac");
    words.put(write, 2, "đường hồng hà ngập", "duong hong ha ngap");
    words.put(write, 3, "đèn đường không sáng", "den duong khong sang");
  });
}

TEST_CASE("all words must occur, newest first, with and without marks") {
  Database database(with_index());
  put_streets(database);
  CHECK(folded(database, {"duong", "hong"}) == Ids{2, 1});
  CHECK(marked(database, {"đường", "hỏng"}) == Ids{1});
  CHECK(marked(database, {"duong"}).empty());
  CHECK(folded(database, {"duong"}) == Ids{3, 2, 1});
  CHECK(folded(database, {"bac", "duong", "hang"}) == Ids{1});
  CHECK(folded(database, {"duong", "nothing"}).empty());
  CHECK(folded(database, {}).empty());
}

TEST_CASE("only the last word may be a beginning") {
  Database database(with_index());
  put_streets(database);
  CHECK(folded(database, {"duong", "hon"}) == Ids{2, 1});
  CHECK(folded(database, {"duo", "hong"}).empty());
  CHECK(folded(database, {"d"}) == Ids{3, 2, 1});
}

TEST_CASE("a long word that stands whole somewhere is no beginning") {
  Database database(with_index());
  const auto put = [&](std::int64_t id, std::string_view text) {
    test::write(database, [&](Write& write) { words.put(write, id, text, text); });
  };
  put(1, "duongray chay qua");
  CHECK(folded(database, {"duong"}) == Ids{1});
  put(2, "duong hong");
  CHECK(folded(database, {"duong"}) == Ids{2});
  CHECK(folded(database, {"duo"}) == Ids{2, 1});
  CHECK(folded(database, {"duongr"}) == Ids{1});
  // Also where the words before it are nowhere near it.
  CHECK(folded(database, {"chay", "duong"}).empty());
  CHECK(folded(database, {"chay", "duongr"}) == Ids{1});
}

TEST_CASE("results come in pages") {
  Database database(with_index());
  put_streets(database);
  CHECK(find(database, TextIndex::Form::folded, {"duong"}, no_limit, 2) == Ids{3, 2});
  CHECK(find(database, TextIndex::Form::folded, {"duong"}, 2, 2) == Ids{1});
  CHECK(find(database, TextIndex::Form::folded, {"duong"}, 1, 2).empty());
}

TEST_CASE("no word is an operator, and none breaks the question") {
  Database database(with_index());
  put_streets(database);
  test::write(database, [](Write& write) { words.put(write, 4, "or not near", "or not near"); });
  CHECK(folded(database, {"or", "near"}) == Ids{4});
  CHECK(folded(database, {"NOT"}) == Ids{4});
  for (const char* odd : {"\"", "\"\"", "*", "a\"b", "folded:duong", ")", "(", "-", "^duong", "+",
                          "", " ", "\xff", "duong OR hong", "NEAR(a b)"})
    CHECK_NOTHROW(folded(database, {odd}));
  CHECK(folded(database, {"duong OR hong"}).empty());
  CHECK(folded(database, {std::string("du\0ong", 6)}) == Ids{3, 2, 1});
}

TEST_CASE("putting again replaces, removing twice is fine") {
  Database database(with_index());
  put_streets(database);
  test::write(database, [](Write& write) {
    words.put(write, 1, "cây đổ", "cay do");
    words.remove(write, 2);
    words.remove(write, 2);
  });
  CHECK(folded(database, {"hong"}).empty());
  CHECK(folded(database, {"cay"}) == Ids{1});
}

TEST_CASE("removed words are not in the files after optimize and scrub") {
  if (test::is_on_postgres()) return;  // About SQLite's files.
  const test::Folder folder;
  Database database(with_index((folder.path / "db").string()));
  const auto word = [](int i) { return "thinword" + std::to_string(10'000 + i) + "x"; };
  for (int batch = 0; batch < 4; ++batch)
    test::write(database, [&](Write& write) {
      for (int i = batch; i < 400; i += 4) words.put(write, i + 1, word(i), word(i));
    });
  // The index shares the beginnings of neighbouring words, so the content table is what shows.
  REQUIRE(folder.bytes().find(word(7)) != std::string::npos);
  test::write(database, [&](Write& write) {
    for (int i = 0; i < 400; ++i) words.remove(write, i + 1);
    words.put(write, 1000, "unrelated", "unrelated");
  });
  test::write(database, [](Write& write) { words.optimize(write); });
  database.scrub();
  const std::string bytes = folder.bytes();
  CHECK(bytes.find("thinword") == std::string::npos);
  CHECK(bytes.find("unrelated") != std::string::npos);
}

}  // namespace
}  // namespace ln::db
