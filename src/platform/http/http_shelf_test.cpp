#include "platform/http/http_shelf.h"

#include <doctest/doctest.h>

namespace ln::http {
namespace {

std::shared_ptr<const KeptAnswer> answer(std::size_t size) {
  KeptAnswer made;
  made.body = std::string(size, 'x');
  return std::make_shared<const KeptAnswer>(std::move(made));
}

TEST_CASE("a kept answer is found under the mark it was kept with, and under no other") {
  AnswerShelf shelf(100'000);
  const ShelfMark mark{.version = 7, .minute = 3, .forgotten = 0};
  shelf.keep(mark, "vi /register", answer(10));
  CHECK(shelf.find(mark, "vi /register") != nullptr);
  CHECK(shelf.find(mark, "en /register") == nullptr);
  CHECK(shelf.find({.version = 8, .minute = 3, .forgotten = 0}, "vi /register") == nullptr);
  CHECK(shelf.find({.version = 7, .minute = 4, .forgotten = 0}, "vi /register") == nullptr);
  CHECK(shelf.find({.version = 7, .minute = 3, .forgotten = 1}, "vi /register") == nullptr);
}

TEST_CASE("the shelf never holds more than it may, and what is out of date makes room") {
  AnswerShelf shelf(10'000);
  ShelfMark mark{.version = 1, .minute = 0, .forgotten = 0};
  for (int i = 0; i < 100; ++i) {
    shelf.keep(mark, "page " + std::to_string(i), answer(1'000));
    CHECK(shelf.size() <= 10'000);
  }
  CHECK(shelf.find(mark, "page 0") != nullptr);
  CHECK(shelf.find(mark, "page 99") == nullptr);
  shelf.keep(mark, "too large", answer(20'000));
  CHECK(shelf.find(mark, "too large") == nullptr);
  ++mark.version;
  shelf.keep(mark, "page 99", answer(1'000));
  CHECK(shelf.find(mark, "page 99") != nullptr);
  CHECK(shelf.size() < 2'000);
}

TEST_CASE("keeping the same page again replaces it") {
  AnswerShelf shelf(10'000);
  const ShelfMark mark{.version = 1, .minute = 0, .forgotten = 0};
  for (int i = 0; i < 100; ++i) shelf.keep(mark, "page", answer(1'000));
  CHECK(shelf.size() < 2'000);
  CHECK(shelf.find(mark, "page") != nullptr);
}

}  // namespace
}  // namespace ln::http
