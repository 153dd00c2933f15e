#include "engine/merkle/merkle_canonical.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "engine/merkle/merkle_leaf.h"

namespace ln::merkle {

TEST_CASE("what the ledger writes is canonical, whatever stands in its texts") {
  std::string every;
  for (char c = 1; c < 0x7f; ++c) every += c;
  CanonicalObject object;
  object.text("body", every + "Đường hỏng 🚧");
  object.texts("files", std::vector<std::string>{"a", "\"", ""});
  object.number("seq", 0);
  object.number("v", -((std::int64_t{1} << 53) - 1));
  CHECK(is_canonical(std::move(object).take()));
  CHECK(is_canonical("{}"));
  CHECK(is_canonical(R"({"a":[],"b":{"c":null,"d":[true,false,-1]}})"));
}

TEST_CASE("JSON that says the same in another spelling is not canonical") {
  const std::vector<std::string> others = {R"({"k": "x"})",
                                           R"( {"k":"x"})",
                                           "{\"k\":\"x\"}\n",
                                           R"({"v":1,"k":"x"})",
                                           R"({"k":"x","k":"x"})",
                                           R"({"k":"\u0078"})",
                                           R"({"k":"\/"})",
                                           R"({"k":"\u000a"})",
                                           R"({"k":"\u001F"})",
                                           R"({"\u006b":"x"})",
                                           R"({"v":1.0})",
                                           R"({"v":1e0})",
                                           R"({"v":01})",
                                           R"({"v":-0})",
                                           R"({"v":9007199254740992})",
                                           R"({"k":"x",})",
                                           R"({"k":[1,]})",
                                           R"(["k"])",
                                           R"("k")",
                                           "",
                                           "{",
                                           R"({"k")",
                                           R"({"k":)",
                                           R"({"k":"x)",
                                           R"({"k":"\u00)",
                                           "{\"k\":\"\t\"}",
                                           "{\"k\":\"\xff\"}",
                                           "\xEF\xBB\xBF{\"k\":\"x\"}",
                                           R"({"k":"x"}{})",
                                           R"({"k":tru})"};
  for (const std::string& each : others) {
    CAPTURE(each);
    CHECK_FALSE(is_canonical(each));
  }
}

TEST_CASE("nothing is nested so deep that looking at it would be dangerous") {
  const auto nested = [](int depth) {
    return "{\"k\":" + std::string(static_cast<std::size_t>(depth), '[') +
           std::string(static_cast<std::size_t>(depth), ']') + "}";
  };
  CHECK(is_canonical(nested(7)));
  CHECK_FALSE(is_canonical(nested(8)));
  CHECK_FALSE(is_canonical("{\"k\":" + std::string(100'000, '[')));
}

}  // namespace ln::merkle
