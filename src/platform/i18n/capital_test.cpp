#include "platform/i18n/capital.h"

#include <doctest/doctest.h>

namespace ln::i18n {

TEST_CASE("i18n: a sentence or a cell begins with a capital, in any Vietnamese letter") {
  CHECK(capitalised("thứ Hai 23/11/2026") == "Thứ Hai 23/11/2026");
  CHECK(capitalised("Chủ nhật 22/11/2026") == "Chủ nhật 22/11/2026");
  CHECK(capitalised("đường hỏng") == "Đường hỏng");
  CHECK(capitalised("ở đây") == "Ở đây");
  CHECK(capitalised("ưu tiên") == "Ưu tiên");
  CHECK(capitalised("ấp Bắc") == "Ấp Bắc");
  // The mark typed apart.
  CHECK(capitalised("o\u031B\u0309 đây") == "O\u031B\u0309 đây");
  CHECK(capitalised("Monday") == "Monday");
  CHECK(capitalised("16:30 thứ Hai") == "16:30 thứ Hai");
  CHECK(capitalised("") == "");
  CHECK(capitalised("đ") == "Đ");
}

}  // namespace ln::i18n
